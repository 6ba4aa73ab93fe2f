# In the place of vcpkg's toolchain file: what is installed is found.
list(PREPEND CMAKE_PREFIX_PATH ${CMAKE_CURRENT_LIST_DIR}/../../installed/x64-linux)
