package launcher

import (
	"strconv"
	"syscall"

	"electroscope/launcher/cgroup"
	"electroscope/launcher/regular"
)

// Before it moves a process into another control group, the kernel waits for an RCU grace period,
// 5 to 8 ms and often two of them, unless it has moved one a moment ago (percpu_down_write of
// cgroup_threadgroup_rwsem in cgroup_procs_write_start, kernel/cgroup/cgroup.c; the mount option
// favordynmods of cgroup2 is against that, Documentation/admin-guide/cgroup-v2.rst). That is most
// of the time that a launch takes. So the grace period is begun at once, while the launch has yet
// to find out what to ask systemd for.

// beginGracePeriod makes a write that takes the kernel's lock and moves nothing, in a thread of its
// own: a thread of this process cannot go to the manager's group alone, whether it comes before
// this process is moved or after (cgroup_attach_permissions: EOPNOTSUPP, EBUSY or EACCES). A
// failure of any other kind is one to begin it, and costs nothing else.
func (w Process) beginGracePeriod(own cgroup.Group) {
	manager := managerOf(own, w.UID)
	if manager == "" {
		return
	}
	go func() {
		defer func() { _ = recover() }() // a launch that waits longer is still a launch
		_ = regular.Write(w.Cgroup+string(manager)+"/cgroup.threads", strconv.Itoa(syscall.Gettid()))
	}()
}

// managerOf is the control group of the user's manager, which the process is in or, in a
// session of its own, beside (logind's user-UID.slice); empty if it is elsewhere.
func managerOf(own cgroup.Group, uid int) cgroup.Group {
	user := strconv.Itoa(uid)
	service := "user@" + user + ".service"
	if manager := own.Of(service); manager != "" {
		return manager
	}
	if slice := own.Of("user-" + user + ".slice"); slice != "" {
		return slice + "/" + cgroup.Group(service)
	}
	return ""
}
