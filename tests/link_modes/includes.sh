#!/usr/bin/env bash
# What files of a program in compiled mode include: neither Boost.Asio, Boost.Beast, OpenSSL nor
# SQLite, nor any bodies; src.hpp and src_sqlite.hpp between them include all bodies. And no mode
# defines a macro of another library.
# usage: includes.sh COMPILER FOLDER
set -euo pipefail
folder=$(realpath -m "$2")/link_modes
cd "$(dirname "$0")/../../include"
mkdir -p "$folder"
failed=0

included_by() { # file flags...: the headers that it includes, by their names as of -I.
  "$1" -std=c++20 -I. -M "${@:2}" -x c++ - | tr -d '\\\n' | tr ' ' '\n' | sed 's|^\./||' | sort -u
}

# The headers that are Asio's or SQLite's own side of the library.
others='asio_runner|argus_ticket/async\.hpp|async_https|run_async|outbox_delivery|transport/detail|outbox/detail/(sqlite|delivery_lock)|outbox/sqlite_store|/src[a-z_]*\.hpp'
find argus_ticket -name '*.hpp' ! -path '*/impl/*' | grep -vE "$others" | sort |
  sed 's/.*/#include <&>/' >"$folder/user.cpp"
grep -q 'argus_ticket/transport/https.hpp' "$folder/user.cpp" # or there would be nothing to find
included_by "$1" -DARGUS_TICKET_SEPARATE_COMPILATION <"$folder/user.cpp" >"$folder/user.log"
grep -q 'argus_ticket/transport/https.hpp' "$folder/user.log"
if grep -E '/boost/(asio|beast|url)|/openssl/|sqlite3\.h|^argus_ticket/impl/' "$folder/user.log"; then
  echo "a program in compiled mode includes these"
  failed=1
fi
included_by "$1" <"$folder/user.cpp" >"$folder/user_headers.log"
if ! grep -q '/boost/beast' "$folder/user_headers.log"; then
  echo "this check sees nothing"
  failed=1
fi

printf '#include <argus_ticket/%s>\n' src.hpp src_sqlite.hpp |
  included_by "$1" -DARGUS_TICKET_SEPARATE_COMPILATION | grep '^argus_ticket/.*\.ipp$' >"$folder/have.log"
if ! find argus_ticket -name '*.ipp' | sort | diff - "$folder/have.log"; then
  echo "src.hpp and src_sqlite.hpp lack these bodies"
  failed=1
fi

if grep -rnE '^ *# *(define|undef) ' --include='*.hpp' --include='*.ipp' . |
  grep -vE '# *(define|undef) +ARGUS_TICKET_'; then
  echo "a macro that is not ours"
  failed=1
fi
if grep -nE 'compile_definitions\(argus_ticket' ../CMakeLists.txt |
  grep -v 'PUBLIC ARGUS_TICKET_SEPARATE_COMPILATION)'; then
  echo "a macro that a target defines for its users"
  failed=1
fi
exit $failed
