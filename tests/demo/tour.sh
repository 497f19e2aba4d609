#!/bin/bash
# tour.sh ELECTROSCOPE: launches a real browser through a link into a capped scope, as the user whose manager is at hand,
# and shows the dry run, the unit and the processes. Ends what it started; its files are in a folder of their own.
set -eu -o pipefail

electroscope=$1
scratch=$(mktemp -d)
unit=
step() { printf '\n\033[1m%s\033[0m\n' "$*"; }
if [ ! -t 1 ] || [ -n "${NO_COLOR-}" ]; then step() { printf '\n== %s\n' "$*"; }; fi
run() {
	printf '$ %s\n' "${*//$scratch/\~}"
	"$@"
}

# shellcheck disable=SC2317 # the trap calls it
finish() {
	[ -z "$unit" ] || systemctl --user stop "$unit" 2>/dev/null || true
	[ -z "${app-}" ] || wait "$app" 2>/dev/null || true
	rm -rf "$scratch"
}
trap finish EXIT
trap 'exit 130' INT TERM

browser=
for name in chromium chromium-browser google-chrome-stable google-chrome; do
	browser=$(command -v "$name") && break
done
[ -n "$browser" ] || { echo "demo: no Chromium here (remedy: apt-get install chromium)" >&2 && exit 1; }

# An app of one's own: the same form as those that are in the program already.
mkdir -p "$scratch/bin" "$scratch/config/electroscope"
cat >"$scratch/config/electroscope/apps.toml" <<-END
	[apps.chromium]
	exec    = ["$browser"]
	runtime = "chromium"
	heap    = "512M"
	memory  = "3G"
	cpus    = 1.5
END
export PATH=$scratch/bin:$PATH
# The switches that a machine like this needs: no GPU, no network, no sandbox inside namespaces.
flags=(--user-data-dir="$scratch/profile" --no-first-run --no-sandbox --disable-gpu --disable-quic
	--disable-background-networking --disable-component-update --disable-sync about:blank)

step "An app of one's own in apps.toml"
cat "$scratch/config/electroscope/apps.toml"

step "A link of its name, first on PATH"
run env XDG_CONFIG_HOME="$scratch/config" "$electroscope" link --dir="$scratch/bin" chromium

step "What it would run"
run env XDG_CONFIG_HOME="$scratch/config" "$electroscope" run -n chromium "${flags[@]}"
# Whether the kernel will hold the app to its limits is the machine's to say: the demo claims no more.
unenforced=$(XDG_CONFIG_HOME=$scratch/config COLUMNS=1000 "$electroscope" run -n chromium | sed -n 's/^enforced  *//p' | grep -v '^yes' || true)

step "Typing its name (with the browser's own switches for a machine like this)"
echo "\$ chromium ... about:blank &"
XDG_CONFIG_HOME=$scratch/config chromium "${flags[@]}" >"$scratch/log" 2>&1 &
app=$!
unit=app-chromium-$app.scope

# children PID: every process below it, itself first.
children() {
	local pid
	echo "$1"
	for pid in $(pgrep -P "$1"); do children "$pid"; done
}
# A zygote's children have their arguments as one string, blanks between.
type_of() { { tr '\0' ' ' <"/proc/$1/cmdline" | sed -n 's/.* --type=\([a-z-]*\).*/\1/p'; } 2>/dev/null || true; }
rendering() {
	local pid
	for pid in $(children "$app"); do [ "$(type_of "$pid")" != renderer ] || return 0; done
	return 1
}

# Chromium asks systemd for a scope of its own in its first seconds; the proof is that it is still in ours after them.
for _ in {1..150}; do
	rendering && break
	kill -0 "$app" 2>/dev/null || { echo "demo: the browser ended:" >&2 && tail -n 20 "$scratch/log" >&2 && exit 1; }
	sleep 0.2
done
rendering || { echo "demo: no page after 30 s" >&2 && exit 1; }
echo "waiting 10 s, in which Chromium would leave its scope ..."
sleep 10
grep '^electroscope:' "$scratch/log" || true

step "The unit as systemd sees it"
run systemctl --user show "$unit" -p Id,ActiveState,Slice,MemoryHigh,MemoryMax,CPUQuotaPerSecUSec,OOMPolicy,ControlGroup
if [ -n "$unenforced" ]; then
	printf 'These are the values that systemd was given. Enforced: %s\n' "$unenforced"
else # what the kernel has
	group=/sys/fs/cgroup$(systemctl --user show "$unit" -p ControlGroup --value)
	run grep -H . "$group/memory.max" "$group/cpu.max"
fi

step "Its processes, and the cgroup of each"
outside=0
count=0
for pid in $(children "$app"); do
	group=$(sed -n 's/^0:://p' "/proc/$pid/cgroup" 2>/dev/null) || continue
	kind=$(type_of "$pid")
	printf '%8d  %-16s %s\n' "$pid" "${kind:-main process}" "${group##*/app.slice/}"
	count=$((count + 1))
	case $group in */"$unit") ;; *) outside=$((outside + 1)) ;; esac
done

step "Stopping it"
run systemctl --user stop "$unit"
wait "$app" 2>/dev/null || true
unit=
if [ "$outside" -gt 0 ]; then
	echo "demo: $outside of $count processes left the scope" >&2
	exit 1
fi
echo "all $count processes, the main process included, were in the scope"
if [ -n "$unenforced" ]; then
	printf '%s\n' "Enforced: $unenforced" "make test-uml shows limits that are enforced, in a machine of its own."
else
	echo "which the kernel's files above hold to its limits"
fi

step "What to type next"
cat <<-'END'
	make install                    # the program, its man pages and completions, below /usr/local
	electroscope apps               # which apps of the catalogue are here
	electroscope install            # start them through electroscope, by icon and by name
	electroscope explain discord    # what each would run under, and why
	electroscope uninstall          # undo all of it
END
