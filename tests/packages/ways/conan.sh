# Conan, offline: Boost, OpenSSL, SQLite and CMake are the system's, under the names that they have in
# ConanCenter (conan/system_library.py).
in_environment conan conan
export PATH=$environment/bin:$PATH CONAN_HOME=$work/conan_home
mkdir -p "$CONAN_HOME/profiles"
# What Conan makes of GCC 12 itself; but not optimised, for the test's time.
cat >"$CONAN_HOME/profiles/default" <<'PROFILE'
[settings]
os=Linux
arch=x86_64
build_type=Release
compiler=gcc
compiler.version=12
compiler.cppstd=gnu17
compiler.libcxx=libstdc++11
[conf]
tools.cmake.cmaketoolchain:extra_variables={"CMAKE_CXX_FLAGS_RELEASE": ""}
PROFILE
conan remote disable '*'
for library in boost/1.81.0 openssl/3.0.15 sqlite3/3.40.1 cmake/3.25.1; do
  conan create "$here/conan/system_library.py" --name "${library%/*}" --version "${library#*/}" -vwarning
done

new_project conan package
follow_readme conan
opens_a_ticket build/my_service

# The headers are one package, whatever they are built with.
conan list 'argus_ticket/*:*' --format=json >list.json
package=$(python3 - list.json <<'PY'
import json, sys
((reference, recipe),) = json.load(open(sys.argv[1]))["Local Cache"].items()
(revision,) = recipe["revisions"].values()
((package, about),) = revision["packages"].items()
assert not about["info"].get("settings") and not about["info"].get("options"), about
print(f"{reference}:{package}")
PY
)
same_headers "$(conan cache path "$package")/include"
conan install --requires=argus_ticket/0.1.0 -s compiler.cppstd=23 -s build_type=Debug -s compiler.version=13 --build=never

# What cannot be built is refused.
fails_with 'Current cppstd \(gnu17\) is lower' conan create argus_ticket
fails_with 'needs gcc 12 or newer' conan create argus_ticket -s compiler.cppstd=20 -s compiler.version=11
fails_with 'needs Boost.JSON of boost' conan create argus_ticket -s compiler.cppstd=20 -o 'boost/*:without_json=True' --build=missing

# The compiled libraries, with the outbox's store.
conan create argus_ticket -s compiler.cppstd=20 -o '&:header_only=False' -o '&:with_sqlite3=True' \
  -o '&:shared=True'
sed -i 's/argus_ticket::argus_ticket/argus_ticket::compiled_sqlite/; s/main.cpp/& store.cpp/' CMakeLists.txt
cp "$here/store.cpp" .
conan install --requires=argus_ticket/0.1.0 -s compiler.cppstd=20 -o 'argus_ticket/*:header_only=False' \
  -o 'argus_ticket/*:with_sqlite3=True' -o 'argus_ticket/*:shared=True' -g CMakeDeps -g CMakeToolchain -of compiled
cmake -S . -B compiled -DCMAKE_TOOLCHAIN_FILE=conan_toolchain.cmake -DCMAKE_BUILD_TYPE=Release
cmake --build compiled
opens_a_ticket compiled/my_service
