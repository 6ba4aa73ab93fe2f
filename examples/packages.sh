# What the examples are built with, by the names of Debian's packages. To be sourced.
packages=(
  ca-certificates cmake g++-12 ninja-build
  libboost1.81-dev libboost-json1.81-dev libssl-dev
  libcli11-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libsqlite3-dev
)
