#!/bin/bash
# doctor.sh is sourced by enforce.sh, while its app runs: does electroscope doctor find the machine that configure.sh set up as it is?

doctor=$(/opt/electroscope doctor)
state_of() { sed -n "s/^  \(not here\|[a-z]*\)  *$1  .*/\1/p" <<<"$doctor"; }

while read -r name state; do
	check "doctor: $name" "$(state_of "$name")" "$state"
done <<'END'
user-manager ok
private-socket ok
cgroup-v2 ok
controllers ok
session-bus ok
catalogue ok
links-first ok
escape-cure ok
started-past ok
limits-in-force ok
apps-slice ok
psi ok
zram ok
zram-algorithm ok
zram-size ok
zram-priority ok
swappiness ok
vfs-cache-pressure ok
overcommit-memory ok
overcommit-ratio ok
dirty-ratio ok
dirty-background-ratio ok
panic-on-oom ok
earlyoom not here
user-slice warn
gpu-driver not here
kwin-memory not here
nixos-modules not here
END
check "doctor: the user's limit, which is above this RAM" "$(sed -n 's/^  warn  *user-slice  *//p' <<<"$doctor")" "MemoryHigh=12G; MemoryMax=14G; CPUQuota=600%"
