# What is installed: the headers with the bodies, the compiled libraries where they are built, and the
# files by which find_package and pkg-config find both. No path in them is absolute: a prefix may be moved.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

# The headers alone suit every architecture.
if(ARGUS_TICKET_BUILD_COMPILED)
  set(package_root ${CMAKE_INSTALL_LIBDIR})
  set(package_architecture)
else()
  set(package_root ${CMAKE_INSTALL_DATADIR})
  set(package_architecture ARCH_INDEPENDENT)
endif()
set(package_folder ${package_root}/cmake/argus_ticket)

# A component of the package is a file of targets, which the package reads where what they need is there.
function(argus_ticket_install_component component target)
  string(REGEX REPLACE "^argus_ticket_" "" name ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  install(TARGETS ${target} EXPORT argus_ticket-${component}-targets
    RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR}
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
    INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
    ${ARGN})
  install(EXPORT argus_ticket-${component}-targets NAMESPACE argus_ticket::
    FILE argus_ticket-${component}-targets.cmake DESTINATION ${package_folder})
endfunction()

set(headers_go_to DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
argus_ticket_install_component(headers argus_ticket
  FILE_SET HEADERS ${headers_go_to} FILE_SET bodies ${headers_go_to})
argus_ticket_install_component(sqlite argus_ticket_sqlite FILE_SET HEADERS ${headers_go_to})
if(ARGUS_TICKET_BUILD_COMPILED)
  argus_ticket_install_component(compiled argus_ticket_compiled)
  if(TARGET argus_ticket_compiled_sqlite)
    argus_ticket_install_component(compiled_sqlite argus_ticket_compiled_sqlite)
  endif()
endif()

configure_package_config_file(cmake/argus_ticket-config.cmake.in argus_ticket-config.cmake
  INSTALL_DESTINATION ${package_folder}
  NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(argus_ticket-config-version.cmake
  COMPATIBILITY SameMajorVersion ${package_architecture})
install(FILES
  ${CMAKE_CURRENT_BINARY_DIR}/argus_ticket-config.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/argus_ticket-config-version.cmake
  DESTINATION ${package_folder})

include(cmake/pkg_config.cmake)
