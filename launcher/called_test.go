package launcher

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

func TestCalledAs(t *testing.T) {
	own := nameIn(executedFile("/proc"))
	if exe, err := os.Executable(); err != nil || nameIn(exe) != own {
		t.Fatalf("executed as %q, and the file is %q, %v", own, exe, err)
	}
	for _, test := range []struct {
		argv []string
		want string
	}{
		{[]string{"/usr/bin/discord", "x"}, "discord"},
		{[]string{"discord"}, "discord"},
		{[]string{"-discord"}, "discord"}, // a login shell, exec -l
		{[]string{"./a b"}, "a b"},
		{[]string{"3"}, "3"},
		{[]string{""}, own},
		{[]string{"."}, own},
		{[]string{"/"}, own},
		{[]string{"-"}, own},
		{nil, own},
	} {
		if got := CalledAs(test.argv); got != test.want {
			t.Errorf("%q: %q, want %q", test.argv, got, test.want)
		}
	}
}

// A request of nothing ends.
func TestStrayWithoutName(t *testing.T) {
	var unknown *UnknownName
	if err := resolve(Process{Proc: t.TempDir()}, Request{}, &resolved{}); !errors.As(err, &unknown) {
		t.Errorf("%v", err)
	}
}

func TestExecFn(t *testing.T) {
	vector := func(words ...uint64) (b []byte) {
		for _, w := range words {
			if strconv.IntSize == 32 {
				b = binary.NativeEndian.AppendUint32(b, uint32(w))
			} else {
				b = binary.NativeEndian.AppendUint64(b, w)
			}
		}
		return b
	}
	for name, test := range map[string]struct {
		auxv []byte
		want uint64
		ok   bool
	}{
		"there":     {vector(6, 4096, 31, 0x7ffe1234, 0, 0), 0x7ffe1234, true},
		"not there": {vector(6, 4096, 0, 0), 0, false},
		"a value":   {vector(6, 31, 0, 0), 0, false},
		"cut off":   {vector(6, 4096, 31), 0, false},
		"empty":     {nil, 0, false},
	} {
		if got, ok := execFn(test.auxv); got != test.want || ok != test.ok {
			t.Errorf("%s: %#x, %v", name, got, ok)
		}
	}
	if got := executedFile(t.TempDir()); got != "" {
		t.Errorf("without /proc: %q", got)
	}
}

func TestHomeOf(t *testing.T) {
	const passwd = "root:x:0:0:root:/root:/bin/bash\n# a comment\nu:x:1000:1000:U,,,:/home/u:/bin/sh\nshort:x:7\nlast:x:8:8::/var/empty:\n"
	for uid, want := range map[int]string{0: "/root", 1000: "/home/u", 8: "/var/empty", 7: "", 9: ""} {
		if got := homeOf(passwd, uid); got != want {
			t.Errorf("uid %d: %q, want %q", uid, got, want)
		}
	}
}

func TestLinkNames(t *testing.T) {
	dir := t.TempDir()
	for _, folder := range []string{"bin", "alternatives"} {
		if err := os.Mkdir(filepath.Join(dir, folder), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "bin/electroscope"), nil, 0o700); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{
		"bin/chromium":               "electroscope",
		"bin/work":                   "chromium",
		"bin/x-www-browser":          "../alternatives/x-www-browser",
		"alternatives/x-www-browser": dir + "/bin/chromium",
		"bin/circle":                 "circle",
		"bin/dangling":               "nothing",
	} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		file, called string
		want         []string
	}{
		{"bin/chromium", "renamed", []string{"chromium", "renamed"}},
		{"bin/chromium", "chromium", []string{"chromium"}},
		{"bin/work", "work", []string{"work", "chromium"}},
		{"bin/x-www-browser", "browser", []string{"x-www-browser", "chromium", "browser"}},
		{"bin/electroscope", "copied", []string{"electroscope", "copied"}},
		{"bin/dangling", "x", []string{"dangling", "x"}},
		{"bin/circle", "x", []string{"circle", "x"}},
		{"bin/absent", "", []string{"absent"}},
	} {
		if got := linkNames(filepath.Join(dir, test.file), test.called); !slices.Equal(got, test.want) {
			t.Errorf("%s called as %q: %q, want %q", test.file, test.called, got, test.want)
		}
	}
	if got := linkNames("", "show"); !slices.Equal(got, []string{"show"}) {
		t.Errorf("no file: %q", got)
	}
}
