// Package mounts says which files may keep a reader waiting: those of a file
// system that another machine or another program answers for. A dead server holds
// open(2), stat(2) and even poll(2), and a thread that waits so cannot always be
// killed, nor then its process be replaced by exec (fs/fuse/dev.c,
// request_wait_answer). proc_pid_mountinfo(5) answers without asking any of them.
package mounts

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"electroscope/launcher/regular"
)

// A Type is that of a file system: "ext4", "fuse.sshfs"; empty if it is not known.
type Type string

// MayWait reports whether files of the type may answer late or never: they wait for somebody.
func (t Type) MayWait() bool {
	switch t {
	case "9p", "afs", "autofs", "beegfs", "ceph", "cifs", "coda", "fuse", "fuseblk", "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs",
		"nfs", "nfs4", "ocfs2", "orangefs", "smb3", "smbfs", "vboxsf", "virtiofs":
		return true
	}
	return strings.HasPrefix(string(t), "fuse.")
}

// limit is the most that is read of a list of mounts.
const limit = 4 << 20

// A Mount is one line of the list.
type Mount struct {
	ID    string
	Point string // the folder that it covers
	Type  Type
}

// Table are the mounts of this process, in the kernel's order: of two at one
// place the later covers the earlier.
type Table []Mount

// Read reads the list.
func Read() (Table, error) {
	text, err := regular.Read("/proc/self/mountinfo", limit)
	return parse(string(text)), err
}

// parse reads "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw".
func parse(text string) Table {
	var t Table
	for line := range strings.SplitSeq(text, "\n") {
		head, tail, _ := strings.Cut(line, " - ")
		fields, kind := strings.Fields(head), strings.Fields(tail)
		if len(fields) < 5 || len(kind) == 0 {
			continue
		}
		t = append(t, Mount{ID: fields[0], Point: unescape(fields[4]), Type: Type(kind[0])})
	}
	return t
}

// unescape turns \040 and the like into the byte (proc_pid_mounts(5)).
func unescape(s string) string {
	before, after, found := strings.Cut(s, `\`)
	if !found || len(after) < 3 {
		return s
	}
	n, err := strconv.ParseUint(after[:3], 8, 8)
	if err != nil {
		return before + `\` + unescape(after)
	}
	return before + string([]byte{byte(n)}) + unescape(after[3:])
}

// At is the mount that a path, without links in it, lies on.
func (t Table) At(path string) Mount {
	var found Mount
	for _, m := range t {
		inside := m.Point == path || m.Point == "/" || strings.HasPrefix(path, m.Point+"/")
		if inside && len(m.Point) >= len(found.Point) {
			found = m
		}
	}
	return found
}

// OfDescriptor is the type of the file system that an open file lies on, without
// a question to it.
func OfDescriptor(fd int) Type {
	info, err := regular.Read("/proc/self/fdinfo/"+strconv.Itoa(fd), 4096)
	if err != nil {
		return ""
	}
	table, _ := Read()
	_, id, _ := strings.Cut(string(info), "mnt_id:")
	id, _, _ = strings.Cut(strings.TrimSpace(id), "\n")
	for _, m := range table {
		if m.ID == id {
			return m.Type
		}
	}
	return ""
}

// maxLinks is how many links a path may go through, as in the kernel (path_resolution(7)).
const maxLinks = 40

// MayWait reports whether a look at an absolute path may wait: the path, or what a
// link on the way leads to, lies on a file system that does. It asks no such one.
func (t Table) MayWait(path string) bool {
	at, rest := "/", path
	for links := 0; ; {
		var name string
		name, rest, _ = strings.Cut(strings.TrimLeft(rest, "/"), "/")
		if name == "" {
			return t.At(at).Type.MayWait()
		}
		next := filepath.Join(at, name)
		if t.At(next).Type.MayWait() {
			return true
		}
		to, err := os.Readlink(next)
		if err != nil {
			at = next
			continue
		}
		if links++; links > maxLinks {
			return false
		}
		if filepath.IsAbs(to) {
			at = "/"
		}
		rest = to + "/" + rest
	}
}
