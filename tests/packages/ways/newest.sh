# The newest Boost and the newest CMake that there are, next to Debian's: Boost.System is a header alone
# there, CMake has no module of its own for Boost, and warnings of CMake's are errors.
in_environment newest cmake
[ -f "$environment/boost" ] || {
  "$environment/bin/pip" install -q --disable-pip-version-check --no-deps cmeel-boost
  touch "$environment/boost"
}
boost=$(echo "$environment"/lib/python3*/site-packages/cmeel.prefix)
[ -d "$boost" ]
export PATH=$environment/bin:$PATH
version=$(sed -n 's/^#define BOOST_LIB_VERSION "\([0-9]*\)_\([0-9]*\)".*/\1.\2/p' "$boost/include/boost/version.hpp")
printf '%s\n' 1.89 "$version" | sort -VC
printf '%s\n' 'cmake version 4.3' "$(cmake --version | head -n 1)" | sort -VC
cmake --version
echo "Boost $version"

new_project newest package
sed -i 's/ REQUIRED)/ REQUIRED COMPONENTS sqlite)/; s/argus_ticket::argus_ticket/argus_ticket::sqlite/' \
  CMakeLists.txt
strict=(-Werror=dev -Werror=deprecated -DCMAKE_PREFIX_PATH="$boost;$PWD/prefix")
cmake -S argus_ticket -B library -DARGUS_TICKET_BUILD_EXAMPLES=OFF -DARGUS_TICKET_BUILD_TESTS=OFF "${strict[@]}"
cmake --install library --prefix "$PWD/prefix"
cmake -S . -B build "${strict[@]}"
cmake --build build
opens_a_ticket build/my_service
readelf -d build/my_service | grep "NEEDED.*libboost_json.so.$version"
