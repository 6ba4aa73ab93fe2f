# include/, copied; no CMake.
new_project copied package
rm CMakeLists.txt
follow_readme copied
opens_a_ticket ./my_service
