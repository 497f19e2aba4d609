package mounts

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const list = `22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
23 22 0:21 / /run rw,nosuid - tmpfs tmpfs rw
30 23 0:40 / /run/user/1000 rw - tmpfs tmpfs rw
31 30 0:41 / /run/user/1000/doc rw - fuse.portal portal rw
40 22 0:50 / /home/u/My\040Files rw - nfs4 server:/x rw
41 22 0:51 / /mnt rw - ext4 /dev/vdb rw
42 41 0:52 / /mnt rw - cifs //server/share rw
not a line
50 22
`

func TestAt(t *testing.T) {
	table := parse(list)
	if len(table) != 7 {
		t.Fatalf("%d mounts: %v", len(table), table)
	}
	for path, want := range map[string]Type{
		"/": "ext4", "/home/u": "ext4", "/run": "tmpfs", "/run/user/1000/doc": "fuse.portal", "/run/user/1000/doc/a": "fuse.portal",
		"/run/user/1000/document": "tmpfs", "/home/u/My Files/x": "nfs4", "/home/u/My": "ext4", "/mnt/a": "cifs",
	} {
		if got := table.At(path).Type; got != want {
			t.Errorf("%q lies on %q, want %q", path, got, want)
		}
	}
}

func TestMayWait(t *testing.T) {
	for kind, want := range map[Type]bool{
		"ext4": false, "btrfs": false, "overlay": false, "tmpfs": false, "fusectl": false, "nfsd": false, "": false,
		"fuse": true, "fuse.sshfs": true, "nfs": true, "nfs4": true, "cifs": true, "9p": true, "autofs": true,
	} {
		if got := kind.MayWait(); got != want {
			t.Errorf("%q may wait: %v", kind, got)
		}
	}
}

func TestOfDescriptor(t *testing.T) {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := OfDescriptor(int(f.Fd())); got != "proc" {
		t.Errorf("a file of /proc lies on %q", got)
	}
	if got := OfDescriptor(1 << 20); got != "" {
		t.Errorf("no file lies on %q", got)
	}
}

func TestMayWaitFollowsLinks(t *testing.T) {
	root := t.TempDir()
	for _, dir := range []string{"dead", "alive/config"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{
		"absolute": root + "/dead/config", "alive/relative": "../dead", "chain": "alive/relative", "well": "alive", "circle": "circle",
	} {
		if err := os.Symlink(to, filepath.Join(root, link)); err != nil {
			t.Fatal(err)
		}
	}
	table := Table{{Point: "/", Type: "ext4"}, {Point: filepath.Join(root, "dead"), Type: "fuse.sshfs"}}
	for path, want := range map[string]bool{
		"/dead": true, "/dead/x/y": true, "/absolute": true, "/alive/relative/x": true, "/chain": true, "/alive/../dead/x": true,
		"/alive": false, "/alive/config/none": false, "/well/config": false, "/circle/x": false, "/none": false, "/deader": false,
	} {
		if got := table.MayWait(root + path); got != want {
			t.Errorf("%q may wait: %v", path, got)
		}
	}
}

// FuzzTable: whatever the list of mounts holds, a path is on one that covers it.
func FuzzTable(f *testing.F) {
	f.Add(list, "/run/user/1000/doc/x")
	f.Add(`1 1 0:1 / /a\040b\ rw - fuse.x x`, "/a b")
	f.Fuzz(func(t *testing.T, text, path string) {
		m := parse(text).At(path)
		if m.Point != "" && m.Point != "/" && m.Point != path && !strings.HasPrefix(path, m.Point+"/") {
			t.Errorf("%q is on %q", path, m.Point)
		}
	})
}
