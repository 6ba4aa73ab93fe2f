if("compiled" IN_LIST FEATURES)
    set(CONFIG_PATH lib/cmake/argus_ticket)
else()
    set(VCPKG_BUILD_TYPE release) # header-only
    set(CONFIG_PATH share/cmake/argus_ticket)
endif()

vcpkg_from_github(
    OUT_SOURCE_PATH SOURCE_PATH
    REPO argus-ticket/argus_ticket
    REF "v${VERSION}"
    SHA512 0
    HEAD_REF main
)

vcpkg_check_features(
    OUT_FEATURE_OPTIONS FEATURE_OPTIONS
    FEATURES
        compiled ARGUS_TICKET_BUILD_COMPILED
        sqlite   CMAKE_REQUIRE_FIND_PACKAGE_SQLite3
    INVERTED_FEATURES
        sqlite   CMAKE_DISABLE_FIND_PACKAGE_SQLite3
)

vcpkg_cmake_configure(
    SOURCE_PATH "${SOURCE_PATH}"
    OPTIONS
        -DARGUS_TICKET_BUILD_EXAMPLES=OFF
        -DARGUS_TICKET_BUILD_TESTS=OFF
        ${FEATURE_OPTIONS}
)

vcpkg_cmake_install()
vcpkg_cmake_config_fixup(PACKAGE_NAME argus_ticket CONFIG_PATH "${CONFIG_PATH}")
vcpkg_fixup_pkgconfig()
vcpkg_copy_pdbs()

file(REMOVE_RECURSE
    "${CURRENT_PACKAGES_DIR}/debug/include"
    "${CURRENT_PACKAGES_DIR}/debug/share"
)

file(INSTALL "${CMAKE_CURRENT_LIST_DIR}/usage" DESTINATION "${CURRENT_PACKAGES_DIR}/share/${PORT}")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
