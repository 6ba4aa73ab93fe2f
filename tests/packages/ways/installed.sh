# An installed package, for find_package and for pkg-config.
new_project installed package
follow_readme installed
opens_a_ticket build/my_service
same_headers installed/include

# What finds the package in a prefix, and what find_package says.
cat >asking.cpp <<'CPP'
#include <argus_ticket/version.hpp>
int main() { return argus_ticket::version.empty(); }
CPP
asks() { # prefix, arguments of find_package, options of CMake...
  mkdir -p asking
  cat >asking/CMakeLists.txt <<CMAKE
cmake_minimum_required(VERSION 3.25)
project(asking CXX)
find_package(argus_ticket $2)
add_executable(asking ../asking.cpp)
target_link_libraries(asking PRIVATE argus_ticket::argus_ticket)
CMAKE
  cmake -S asking -B asking/build -DCMAKE_PREFIX_PATH="$PWD/$1" -Dargus_ticket_DIR= \
    -DCMAKE_DISABLE_FIND_PACKAGE_SQLite3=OFF "${@:3}" && cmake --build asking/build
}
asks installed "0 REQUIRED COMPONENTS sqlite"
asks installed "0.1.0 EXACT REQUIRED"
fails_with 'compatible with requested version "99"' asks installed "99 REQUIRED"
fails_with 'argus_ticket::sqlite: it needs SQLite 3.31 or newer' \
  asks installed "REQUIRED COMPONENTS sqlite" -DCMAKE_DISABLE_FIND_PACKAGE_SQLite3=ON
asks installed "REQUIRED OPTIONAL_COMPONENTS sqlite" -DCMAKE_DISABLE_FIND_PACKAGE_SQLite3=ON
fails_with 'argus_ticket::compiled: .* ARGUS_TICKET_BUILD_COMPILED' \
  asks installed "REQUIRED COMPONENTS compiled"
fails_with 'argus_ticket::sqlit: there is no such component' asks installed "REQUIRED COMPONENTS sqlit"

# Once more over what is there, and moved.
cmake --install argus_ticket/build --prefix "$PWD/installed"
mkdir elsewhere
mv installed elsewhere/prefix
if grep -rn "$PWD" elsewhere/prefix; then exit 1; fi
asks elsewhere/prefix "REQUIRED"

# The folders named otherwise, below a root that is not the system's; with pkg-config.
cmake -S argus_ticket -B other -DARGUS_TICKET_BUILD_EXAMPLES=OFF -DARGUS_TICKET_BUILD_TESTS=OFF \
  -DCMAKE_INSTALL_INCLUDEDIR=headers/of -DCMAKE_INSTALL_DATADIR=data
DESTDIR=$PWD/root cmake --install other --prefix /opt/argus
same_headers root/opt/argus/headers/of
asks root/opt/argus REQUIRED -Dargus_ticket_DIR="$PWD/root/opt/argus/data/cmake/argus_ticket"
export PKG_CONFIG_PATH=$PWD/root/opt/argus/data/pkgconfig
[ "$(pkg-config --modversion argus_ticket)" = 0.1.0 ]
pkg-config --exists --print-errors argus_ticket_sqlite
g++ -std=c++20 main.cpp -o with_pkg_config $(pkg-config --cflags --libs argus_ticket)
opens_a_ticket ./with_pkg_config
