#!/bin/bash
# run.sh [--rounds N] [--seconds N] BINARY [SETTING...]: what electroscope brings (main.go), in a machine of 1.5 GB with one CPU, User Mode
# Linux; each try in a fresh one, the settings in turn. Each line of JSON on stdout is one try. A try takes two minutes, most of it
# the start of six Chromiums. The figures are worth something only on a machine that does nothing else.
set -eu

here=$(dirname "$(readlink -f "$0")")
cd "$here/../.."
rounds=1 seconds=45
while [ $# -gt 0 ]; do
	case $1 in
	--rounds) rounds=${2:?} && shift ;;
	--seconds) seconds=${2:?} && shift ;;
	*) break ;;
	esac
	shift
done
electroscope=$(readlink -e "${1:?which electroscope?}")
shift
mkdir -p build
CGO_ENABLED=0 go build -o build/effect ./tests/effect
[ $# -gt 0 ] || mapfile -t all < <(build/effect settings)
script=$(mktemp)
trap 'rm -f "$script"' EXIT
for ((round = 1; round <= rounds; round++)); do
	for setting in "${@:-${all[@]}}"; do
		printf 'effect: round %d of %d, %s\n' "$round" "$rounds" "$setting" >&2
		echo "exec /opt/effect -seconds $seconds /opt/electroscope ${setting@Q}" >"$script"
		bash tests/rig/uml.sh --quiet --memory 1536 --timeout 900 --root tests/uml/prepare.sh --copy "$electroscope:/opt/electroscope" \
			--copy build/effect:/opt/effect -- "$script"
	done
done
