# The compiled libraries, static and then shared, with the outbox's store; for CMake and for pkg-config.
new_project compiled package
cp "$here/store.cpp" .
sed -i 's/ REQUIRED)/ REQUIRED COMPONENTS compiled_sqlite)/
  s/main.cpp/& store.cpp/; s/argus_ticket::argus_ticket/argus_ticket::compiled_sqlite/' CMakeLists.txt

for shared in OFF ON; do
  cmake -S argus_ticket -B build -G Ninja -DBUILD_SHARED_LIBS=$shared -DARGUS_TICKET_BUILD_COMPILED=ON \
    -DARGUS_TICKET_BUILD_EXAMPLES=OFF -DARGUS_TICKET_BUILD_TESTS=OFF -DCMAKE_INSTALL_LIBDIR=lib
  cmake --build build
  prefix=$PWD/prefix_$shared
  cmake --install build --prefix "$prefix"
  same_headers "$prefix/include"
  if grep -rIn "$PWD" "$prefix"; then exit 1; fi

  cmake -S . -B "user_$shared" -DCMAKE_PREFIX_PATH="$prefix"
  cmake --build "user_$shared"
  opens_a_ticket "user_$shared/my_service"

  export PKG_CONFIG_PATH=$prefix/lib/pkgconfig LD_LIBRARY_PATH=$prefix/lib
  g++ -std=c++20 main.cpp store.cpp -o "with_pkg_config_$shared" \
    $(pkg-config --cflags --libs argus_ticket_compiled_sqlite)
  opens_a_ticket "./with_pkg_config_$shared"
  unset LD_LIBRARY_PATH
done

# Linked as it should be: the shared library, and OpenSSL only through it.
needs() { readelf -d "$1" | grep -q "NEEDED.*\[$2"; }
needs user_ON/my_service libargus_ticket_compiled.so.0.1
needs user_OFF/my_service libssl
if needs user_ON/my_service libssl || needs user_OFF/my_service libargus; then exit 1; fi
