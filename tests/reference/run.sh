#!/usr/bin/env bash
# Builds the reference (Doxygen's warnings are errors) and checks what every public name says.
set -euo pipefail
cd "$(dirname "$0")/../.."
examples/install.sh python3
docs/build_reference.sh
python3 tests/reference/test_check.py
python3 tests/reference/check.py build/reference/xml
