#!/bin/bash
# inside.sh COMMAND [ARG...]: the part of session.sh that runs inside its namespaces, as their PID 1 and root. It puts the folders
# together, starts the manager and what was asked for beside it, and runs COMMAND as the user. Its end is the end of them all.
set -eu
umask 022

say() { [ -n "$RIG_QUIET" ] || printf 'rig: %s\n' "$*" >&2; }
die() { printf 'rig: %s\n' "$*" >&2; exit 99; }

home=/home/rig
runtime=/run/user/$RIG_UID
log=/run/rig/manager.log
manager_root=/srv/manager
chroot=() # put before what is to run as the user
path=/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games

# Paths are as logind makes them, so that code which reads /proc/self/cgroup meets what it meets on a desktop.
slice=/user.slice/user-$RIG_UID.slice
service=$slice/user@$RIG_UID.service
scope=$slice/session-1.scope

# build_root mounts an overlay of the lower folder at /run/root: what the session writes lands in memory and is gone with it.
# A session of its own needs its own /run (sd_booted(3) asks for /run/systemd/system), /proc, /sys and /dev/shm.
build_root() {
	local root=/run/root dir up
	mount -t tmpfs -o mode=755 rig /run
	mkdir /run/upper /run/work $root
	mount -t overlay -o "lowerdir=$RIG_LOWER,upperdir=/run/upper,workdir=/run/work" rig $root
	rm -rf "$root$home" # in the overlay: a home of that name on the machine is not ours
	mount -t proc -o nosuid,nodev,noexec proc $root/proc
	mount -t sysfs -o nosuid,nodev,noexec sysfs $root/sys
	mount --rbind /dev $root/dev
	mount -t tmpfs -o mode=1777 rig $root/dev/shm
	mount -t tmpfs -o mode=755 rig $root/run
	while read -r dir; do
		mkdir -p "$root$dir"
		mount --bind "$dir" "$root$dir"
		mount -o remount,bind,ro "$root$dir"
		up=$(dirname "$dir")
		while [ "$up" != / ]; do # a checkout below /root, a test's TempDir: open the way, in the overlay only
			chmod a+x "$root$up"
			up=$(dirname "$up")
		done
	done <<<"$RIG_BINDS"
	if [ -n "$RIG_MANAGER_LOWER" ]; then # a suite's files, for its manager alone
		mkdir /run/manager-upper /run/manager-work "$root$manager_root"
		mount -t overlay -o "lowerdir=$RIG_MANAGER_LOWER,upperdir=/run/manager-upper,workdir=/run/manager-work" rig "$root$manager_root"
	fi
	[ -z "$RIG_BROKER" ] || put_broker "$root${RIG_MANAGER_LOWER:+$manager_root}"
	cd $root
	pivot_root . .
	umount -l .
	cd /
}

# put_broker ROOT: dbus-broker is the service that dbus.socket starts, as its unit's Alias= would have it. It does not start without
# a journal's socket (launcher_open_log, src/launch/launcher.c), so it is given one whose reader forgets.
put_broker() {
	local units=$1/etc/systemd/user
	cp "$RIG_BROKER"/usr/bin/* "$1/usr/bin/"
	cp "$RIG_BROKER/usr/lib/systemd/user/dbus-broker.service" "$units/dbus.service"
	printf '[Socket]\nListenDatagram=/run/systemd/journal/socket\n' >"$units/rig-journal.socket"
	printf '[Service]\nExecStart=/bin/cat\nStandardInput=socket\nStandardOutput=null\n' >"$units/rig-journal.service"
}

# mount_cgroups shows the namespace's own control groups: alone, as systemd >= 256 demands, or as hybrid machines have them.
mount_cgroups() {
	local at=/sys/fs/cgroup
	if [ "$RIG_VIEW" = hybrid ]; then
		mount -t tmpfs -o mode=755 rig $at
		at=$at/unified
		mkdir $at
	fi
	mount -t cgroup2 cgroup2 $at
	cgroups=$at
	mkdir -p "$at$service" "$at$scope"
	# To move a process one must be allowed to write at the common ancestor (cgroups.rst, "Delegation Containment"). A desktop
	# has PID 1 help with that; here the user owns the slice.
	chown -R "$RIG_UID:$RIG_UID" "$at$slice"
}

make_user() {
	sed -i "/^[^:]*:[^:]*:$RIG_UID:/d" /etc/passwd /etc/group
	echo "rig:x:$RIG_UID:$RIG_UID::$home:/bin/bash" >>/etc/passwd
	echo "rig:x:$RIG_UID:" >>/etc/group
	[ "$(wc -c 2>/dev/null </etc/machine-id)" = 33 ] || tr -d - </proc/sys/kernel/random/uuid >/etc/machine-id
	install -d -m 1777 /tmp /tmp/.X11-unix
	install -d /run/systemd/system /run/rig
	# A test may listen at /run/systemd/journal/socket in journald's place.
	install -d -o "$RIG_UID" -g "$RIG_UID" /run/systemd/journal
	install -d -m 700 -o "$RIG_UID" -g "$RIG_UID" "$runtime"
	install -d -o "$RIG_UID" -g "$RIG_UID" $home $home/.config $home/.cache $home/.local $home/.local/{bin,share,state}
}

# share_session shows the manager what the session's processes see.
share_session() {
	local name
	for name in proc sys dev run tmp home; do
		mount --rbind /$name $manager_root/$name
	done
	for name in passwd group machine-id; do
		: >>$manager_root/etc/$name
		mount --bind /etc/$name $manager_root/etc/$name
	done
}

# become GROUP COMMAND...: the calling subshell goes on as COMMAND of the user in that control group.
become() {
	echo "$BASHPID" >"$cgroups$1/cgroup.procs"
	shift
	exec "${chroot[@]}" setpriv --reuid "$RIG_UID" --regid "$RIG_UID" --clear-groups --inh-caps=-all -- "$@"
}

# start_manager leaves no units that happen to be installed on the machine to start by themselves; what a test wants, it starts.
start_manager() {
	local root=/
	if [ -n "$RIG_MANAGER_LOWER" ]; then
		share_session
		root=$manager_root
	fi
	rm -rf $root/usr/lib/systemd/user/*.wants $root/etc/systemd/user/*.wants
	(chroot=(chroot "$root") && become "$service" env -i PATH="$path" HOME=$home USER=rig LOGNAME=rig SHELL=/bin/bash LANG=C.UTF-8 \
		XDG_RUNTIME_DIR="$runtime" SYSTEMD_LOG_TARGET=console \
		/usr/lib/systemd/systemd --user) </dev/null >$log 2>&1 &
	manager=$!
	for _ in {1..500}; do
		[ ! -S "$runtime/systemd/private" ] || return 0
		[ -d "/proc/$manager" ] || break
		sleep 0.02
	done
	die "systemd --user did not come up: $(tail -n 3 $log)"
}

# start_bus waits until the manager has its name on the bus: it connects after dbus.service, which the first client wakes.
start_bus() {
	local client=(env XDG_RUNTIME_DIR="$runtime" timeout 10)
	[ -n "$manager" ] || die "--bus needs the manager"
	(become "$scope" "${client[@]}" systemctl --user start ${RIG_BROKER:+rig-journal.socket} dbus.socket) </dev/null >&2 ||
		die "no session bus: is dbus-user-session installed?"
	for _ in {1..200}; do
		[ "$(become "$scope" "${client[@]}" busctl --user call org.freedesktop.DBus /org/freedesktop/DBus \
			org.freedesktop.DBus NameHasOwner s org.freedesktop.systemd1)" != 'b true' ] || return 0
		sleep 0.05
	done
	die "the manager did not come to the session bus: $(tail -n 3 $log)"
}

start_display() {
	local number
	command -v Xvfb >/dev/null || die "no Xvfb here"
	mkfifo /run/rig/display
	(become "$scope" env HOME=$home Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp -noreset) \
		</dev/null 3<>/run/rig/display >/run/rig/xvfb.log 2>&1 &
	read -r -t 20 number <>/run/rig/display || die "Xvfb did not come up: $(tail -n 3 /run/rig/xvfb.log)"
	display=:$number
}

build_root
mount_cgroups
make_user
manager='' display=''
[ -z "$RIG_MANAGER" ] || start_manager
version=$(chroot "${RIG_MANAGER_LOWER:+$manager_root}/" systemctl --version | awk '{ print $2; exit }')
[ -z "$RIG_BUS" ] || start_bus
[ -z "$RIG_XVFB" ] || start_display
say "systemd $version${manager:+ --user} ($RIG_SUITE, $RIG_VIEW), uid $RIG_UID${RIG_BUS:+, session bus}${RIG_BROKER:+ by dbus-broker}${display:+, display $display}: $1"

# The caller's environment, less what belongs to the caller's own session.
set -- HOME=$home USER=rig LOGNAME=rig SHELL=/bin/bash PATH="${PATH:-$path}" XDG_RUNTIME_DIR="$runtime" \
	${RIG_BUS:+DBUS_SESSION_BUS_ADDRESS="unix:path=$runtime/bus"} ${display:+DISPLAY="$display"} ${manager:+MANAGER_PID="$manager"} \
	ELECTROSCOPE_RIG=session ELECTROSCOPE_RIG_SUITE="$RIG_SUITE" ELECTROSCOPE_RIG_SYSTEMD="$version" ELECTROSCOPE_RIG_BROKER="${RIG_BROKER:+yes}" "$@"
for name in ${!RIG_*} ${!XDG_*} ${!DBUS_*} ${!SUDO_*} ${!LISTEN_*} DISPLAY WAYLAND_DISPLAY XAUTHORITY TMPDIR MAIL OLDPWD \
	NOTIFY_SOCKET INVOCATION_ID JOURNAL_STREAM SYSTEMD_EXEC_PID MANAGERPID; do
	set -- -u "$name" "$@"
done
if ! cd "$RIG_CWD" 2>/dev/null || ! setpriv --reuid "$RIG_UID" --regid "$RIG_UID" --clear-groups test -x .; then
	cd $home
fi
status=0
exec {stderr}>&2 2>$log.bash # COMMAND's stderr is not the place for bash's own "Killed" lines
(become "$scope" timeout --foreground --kill-after 5 "$RIG_TIMEOUT" env --default-signal "$@") 2>&$stderr {stderr}>&- || status=$?
exit "$status"
