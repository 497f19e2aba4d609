#!/bin/bash
# run.sh BINARY [TEST-OPTION...]: tests a built electroscope under a real kernel with the controllers delegated, User Mode Linux. All in one
# machine; with -test.run '^TestSwap$' only a part of it.
set -eu

here=$(dirname "$(readlink -f "$0")")
cd "$here/../.."
electroscope=$(readlink -e "${1:?which electroscope?}")
shift
mkdir -p build
CGO_ENABLED=0 go test -c -tags rig -o build/uml.test ./tests/uml
script=$(mktemp)
trap 'rm -f "$script"' EXIT
echo "ELECTROSCOPE_BIN=/opt/electroscope exec /opt/uml.test -test.timeout 900s -test.v ${*@Q}" >"$script"
started=$SECONDS
bash tests/rig/uml.sh --timeout 940 --root "$here/prepare.sh" --copy "$electroscope:/opt/electroscope" --copy build/uml.test:/opt/uml.test \
	-- "$script"
echo "uml: all passed, in $((SECONDS - started)) s" >&2
