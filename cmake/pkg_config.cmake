# Files for pkg-config, one for each target. Boost has none: its libraries are named.
function(argus_ticket_install_pc name description)
  cmake_parse_arguments(PARSE_ARGV 2 PC "" "ROOT;CFLAGS;LIBS;REQUIRES;REQUIRES_PRIVATE" "")
  # Relative to the file itself, unless a folder was given as an absolute path.
  set(folder ${PC_ROOT}/pkgconfig)
  cmake_path(IS_ABSOLUTE folder given_whole)
  if(given_whole)
    set(PC_PREFIX ${CMAKE_INSTALL_PREFIX})
  else()
    file(RELATIVE_PATH up /${folder} /)
    string(REGEX REPLACE "/$" "" PC_PREFIX "\${pcfiledir}/${up}")
  endif()
  set(PC_INCLUDEDIR \${prefix})
  cmake_path(APPEND PC_INCLUDEDIR ${CMAKE_INSTALL_INCLUDEDIR})
  set(PC_LIBDIR \${prefix})
  cmake_path(APPEND PC_LIBDIR ${CMAKE_INSTALL_LIBDIR})
  set(PC_DESCRIPTION ${description})
  set(PC_NAME ${name})
  configure_file(cmake/argus_ticket.pc.in ${name}.pc @ONLY)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/${name}.pc DESTINATION ${folder})
endfunction()

argus_ticket_install_pc(argus_ticket "${PROJECT_DESCRIPTION}: header-only"
  ROOT ${package_root}
  CFLAGS "-pthread"
  LIBS "-lboost_json -pthread"
  REQUIRES "openssl >= 3.0")
if(SQLite3_FOUND)
  argus_ticket_install_pc(argus_ticket_sqlite "The outbox's store in an SQLite file: header-only"
    ROOT ${package_root}
    REQUIRES "argus_ticket = ${PROJECT_VERSION}, sqlite3 >= 3.31")
endif()
if(ARGUS_TICKET_BUILD_COMPILED)
  # A static library has its users link what it needs itself.
  if(BUILD_SHARED_LIBS)
    set(needs REQUIRES_PRIVATE "openssl >= 3.0")
  else()
    set(needs REQUIRES "openssl >= 3.0")
  endif()
  argus_ticket_install_pc(argus_ticket_compiled "${PROJECT_DESCRIPTION}: compiled"
    ROOT ${package_root}
    CFLAGS "-pthread -DARGUS_TICKET_SEPARATE_COMPILATION"
    LIBS "-L\${libdir} -largus_ticket_compiled -lboost_json -pthread"
    ${needs})
  if(TARGET argus_ticket_compiled_sqlite)
    argus_ticket_install_pc(argus_ticket_compiled_sqlite "The outbox's store in an SQLite file: compiled"
      ROOT ${package_root}
      LIBS "-L\${libdir} -largus_ticket_compiled_sqlite"
      REQUIRES "argus_ticket_compiled = ${PROJECT_VERSION}, sqlite3 >= 3.31")
  endif()
endif()
