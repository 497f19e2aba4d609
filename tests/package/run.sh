#!/bin/bash
# run.sh: what make install puts on a machine, as it lies there: man pages, completions in real shells, the Debian package in a
# Debian, the PKGBUILD by makepkg; the figures of status as a collector reads them. Needs root, for namespaces.
set -eu -o pipefail

here=$(dirname "$(readlink -f "$0")")
cd "$here/../.."
[ "$(id -u)" = 0 ] || { echo "package: namespaces need root" >&2 && exit 99; }
installed=$(mktemp -d)
trap 'rm -rf "$installed"' EXIT
chmod 755 "$installed"

make --no-print-directory install DESTDIR="$installed" PREFIX=/usr >/dev/null
/usr/bin/python3 tests/package/openmetrics.py cmd/electroscope/cli/render/testdata/status.openmetrics
"$installed"/usr/bin/electroscope status --format=openmetrics | /usr/bin/python3 tests/package/openmetrics.py -
ELECTROSCOPE_INSTALLED=$installed go test -count=1 -tags rig ./tests/package
bash tests/package/deb.sh "$(bash desktop/debian/build.sh 2>/dev/null)"
bash tests/package/arch.sh "$installed"
make --no-print-directory uninstall DESTDIR="$installed" PREFIX=/usr >/dev/null
left=$(find "$installed" ! -type d)
[ -z "$left" ] || { printf 'package: make uninstall leaves %s\n' "$left" >&2 && exit 1; }
