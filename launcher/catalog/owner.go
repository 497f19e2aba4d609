package catalog

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"syscall"

	"electroscope/launcher/regular"
)

// A layer names programs that the user will run, as ~/.profile does. So its file must be his own or
// root's, and may not be one that everybody can write: a folder that others may write, such as /tmp,
// or a HOME that came along with sudo -E, does not decide what he runs. A group may write it: that of
// most users has nobody else in it (Debian's USERGROUPS_ENAB, login.defs(5)).

// untrusted says why a file's text is not used; empty if it is.
func untrusted(st *syscall.Stat_t, euid int, mapped func() bool) (reason, remedy string) {
	switch {
	case st.Uid != 0 && int(st.Uid) != euid && (st.Uid != overflowUID || mapped()):
		return fmt.Sprintf("belongs to another user (uid %d)", st.Uid), "make it your own, or remove it"
	case st.Mode&syscall.S_IWOTH != 0:
		return "may be written by every user", "take that right from others: chmod o-w"
	}
	return "", ""
}

// overflowUID is what stat(2) gives for an owner that this user namespace does not know, such as root
// in most sandboxes (user_namespaces(7)). Outside of one it is the user nobody.
const overflowUID = 65534

// allMapped reports whether the user namespace knows every user, as the first one does.
func allMapped() bool {
	text, err := regular.Read("/proc/self/uid_map", 4096)
	fields := strings.Fields(string(text))
	return err != nil || len(fields) == 3 && fields[2] == "4294967295"
}

// euid asks the kernel once, and not for each of a hundred files.
var euid = sync.OnceValue(os.Geteuid)

// distrusted is [untrusted] for this process.
func distrusted(f *regular.File) (reason, remedy string) {
	return untrusted(&f.Stat_t, euid(), allMapped)
}
