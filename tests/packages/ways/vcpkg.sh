# vcpkg's overlay port, by a stand-in for vcpkg that needs no network (vcpkg/vcpkg).
export VCPKG_ROOT=$work/vcpkg_root PUBLIC_REPOSITORIES=file://$work/public
cp -r "$here/vcpkg" "$VCPKG_ROOT"
export PATH=$VCPKG_ROOT:$PATH

new_project vcpkg package
follow_readme vcpkg
opens_a_ticket build/my_service
same_headers "$VCPKG_ROOT/installed/x64-linux/include"

# The manifests tell what the headers include, and agree with each other and with the library's version.
cd argus_ticket
[ "$(python3 "$here/vcpkg/scripts/manifest.py" packaging/vcpkg/argus-ticket/vcpkg.json)" = \
  "$(sed -n 's/.*version = "\(.*\)".*/\1/p' include/argus_ticket/version.hpp)" ]
python3 "$here/vcpkg/scripts/manifest.py" vcpkg.json
python3 "$here/vcpkg/dependencies.py" include vcpkg.json packaging/vcpkg/argus-ticket/vcpkg.json
cd ..

# Every feature, and every target that the text for users names.
port=(--overlay-ports=argus_ticket/packaging/vcpkg)
fails_with 'has no feature sqlit' vcpkg install 'argus-ticket[sqlit]' "${port[@]}"
vcpkg install 'argus-ticket[compiled,sqlite]' "${port[@]}" | tee usage
same_headers "$VCPKG_ROOT/installed/x64-linux/include"
targets=$(grep -o 'argus_ticket::[a-z_]*' usage | sort -u)
[ "$(wc -w <<<"$targets")" = 4 ]
sed -i 's/argus_ticket::argus_ticket/argus_ticket::compiled_sqlite/; s/main.cpp/& store.cpp/' CMakeLists.txt
cat >>CMakeLists.txt <<CMAKE
foreach(target IN ITEMS $(tr '\n' ' ' <<<"$targets"))
  if(NOT TARGET \${target})
    message(FATAL_ERROR "there is no target \${target}")
  endif()
endforeach()
CMAKE
cp "$here/store.cpp" .
for type in Release Debug; do
  cmake -S . -B "$type" -DCMAKE_TOOLCHAIN_FILE="$VCPKG_ROOT/scripts/buildsystems/vcpkg.cmake" \
    -DCMAKE_BUILD_TYPE=$type -DCMAKE_CXX_FLAGS_RELEASE= -DCMAKE_CXX_FLAGS_DEBUG=
  cmake --build "$type" --verbose >"$type.log"
  opens_a_ticket "$type/my_service"
done
grep 'installed/x64-linux/debug/lib/libargus_ticket_compiled.a' Debug.log
if grep 'x64-linux/debug' Release.log; then exit 1; fi
