# The library as a part of another project, which links the compiled library, shared, and exports a
# library of its own that is made of ours.
new_project add_subdirectory package
cat >CMakeLists.txt <<'CMAKE'
cmake_minimum_required(VERSION 3.25)
project(my_service CXX)
set(BUILD_SHARED_LIBS ON)
set(ARGUS_TICKET_INSTALL ON)
add_subdirectory(argus_ticket)
add_executable(my_service main.cpp)
target_link_libraries(my_service PRIVATE argus_ticket::compiled)

add_library(mine INTERFACE)
target_link_libraries(mine INTERFACE argus_ticket::sqlite)
install(TARGETS mine EXPORT mine)
install(EXPORT mine DESTINATION share/cmake/mine)
CMAKE
cmake -S . -B build -G Ninja
cmake --build build --target my_service
opens_a_ticket build/my_service

cmake --install build --prefix "$PWD/installed"
grep 'argus_ticket::sqlite' installed/share/cmake/mine/mine.cmake
same_headers installed/include
