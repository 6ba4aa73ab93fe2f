# What the ways have in common. To be sourced; run.sh says what is in the environment.

# An empty folder but for the smallest program, and a clone where the README asks for one.
new_project() { # folder [package]
  mkdir "$work/$1"
  cd "$work/$1"
  cp "$checkout/examples/programs/minimal.cpp" main.cpp
  [ "${2:-}" != package ] || {
    git clone -q https://github.com/argus-ticket/argus_ticket.git
    cp "$work/readme/package/CMakeLists.txt" .
  }
}

follow_readme() { # way
  bash -euxo pipefail "$work/readme/$1/commands.sh"
}

opens_a_ticket() { # program
  "$checkout/tests/support/with_tracker.sh" "$tracker" "$here/opens_and_finds.sh" "$(realpath "$1")"
}

fails_with() { # regular expression, command...
  local said
  if said=$("${@:2}" 2>&1); then
    echo "this should have failed: ${*:2}" >&2
    return 1
  fi
  tr '\n' ' ' <<<"$said" | tr -s ' ' | grep -qE "$1" || {
    printf '%s\nthis does not say: %s\n' "$said" "$1" >&2
    return 1
  }
}

# Every header and every body, and nothing else.
same_headers() { # include folder
  diff -r "$checkout/include" "$1"
}

# A virtual environment with what is not Debian's, kept for the next run.
in_environment() { # name packages...
  local folder=$checkout/build/packages/$1
  [ -f "$folder/complete" ] || {
    rm -rf "$folder"
    mkdir -p "$(dirname "$folder")"
    python3 -m venv "$folder"
    "$folder/bin/pip" install -q --disable-pip-version-check "${@:2}"
    touch "$folder/complete"
  }
  environment=$folder
}
