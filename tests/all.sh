#!/bin/bash
# all.sh PART...: runs `make PART` for each, goes on after one that fails, and ends with a table of what passed, what failed and how
# long each took. Any failure fails it.
set -u

cd "$(dirname "$(readlink -f "$0")")/.." || exit 1
caches=${ELECTROSCOPE_RIGS:-/var/cache/electroscope-rigs}
echo "test: $# parts; what the rigs unpack is kept in $caches (up to 11 GB, make distclean removes it)"

table='' failed=0 started=$SECONDS
for part; do
	printf '\ntest: %s (%s)\n' "$part" "$(sed -n "s/^$part:.*## //p" Makefile)"
	began=$SECONDS result=passed
	make --no-print-directory "$part" </dev/null || result=FAILED failed=$((failed + 1))
	table+="$part $((SECONDS - began)) $result"$'\n'
done

printf '\n%-14s %8s  %s\n' part seconds result
while read -r part seconds result; do
	[ -z "$part" ] || printf '%-14s %8d  %s\n' "$part" "$seconds" "$result"
done <<<"$table"
printf '%-14s %8d\n\n' all "$((SECONDS - started))"
echo "$(($# - failed)) passed, $failed failed"
[ "$failed" = 0 ]
