# CMake's FetchContent: the README's CMakeLists.txt alone.
new_project fetch_content
cp "$work/readme/fetch_content/CMakeLists.txt" .
cmake -S . -B build
cmake --build build
opens_a_ticket build/my_service

# Nothing of the library's own is built for its users, and nothing is installed.
cmake --build build --target help >targets
if grep -E 'tests|local_tracker|argus-ticket' targets; then exit 1; fi
cmake --install build --prefix "$PWD/installed"
[ ! -e installed ]
