#!/usr/bin/env bash
# After a release was tagged: has the port fetch the archive of this version, which it knows by its hash.
# usage: release.sh [ARCHIVE]
set -euo pipefail
cd "$(dirname "$0")"

version=$(sed -n 's/.*version = "\([0-9.]*\)".*/\1/p' ../../include/argus_ticket/version.hpp)
homepage=$(sed -n 's/.*"homepage": "\(.*\)".*/\1/p' argus-ticket/vcpkg.json)
archive=${1:-$homepage/archive/refs/tags/v$version.tar.gz}

hash=$(set -o pipefail; curl --fail --silent --show-error --location "$archive" | sha512sum | cut -d ' ' -f 1)
sed -i "s/^\( *\"version\": \)\".*\"/\1\"$version\"/" argus-ticket/vcpkg.json
sed -i "s/^\( *SHA512 \).*/\1$hash/" argus-ticket/portfile.cmake
echo "argus-ticket $version is $archive"
