//go:build rig

package faults

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// An oddity is something that stands in a file's place. It is made at a path where
// nothing is, in a folder that is there.
type oddity struct {
	name string
	make func(t *testing.T, path string)
}

func text(of string) func(*testing.T, string) {
	return func(t *testing.T, path string) { try(t, os.WriteFile(path, []byte(of), 0o644)) }
}

// oddities are what a catalogue, or a folder of them, may turn out to be.
var oddities = []oddity{
	{"absent", func(*testing.T, string) {}},
	{"empty", text("")},
	{"truncated", text(quiet[:len(quiet)/2])},
	{"truncated in a string", text(quiet[:strings.Index(quiet, "plain-app")+3])},
	{"of another encoding", text("\xff\xfe[\x00a\x00")},
	{"NUL bytes", text(strings.Repeat("\x00", 4096))},
	{"no TOML", text("exec: plain-app\n- x\n")},
	{"another version's", text(quiet + "\nnew_key = 1\n[new]\nx = 2\n")},
	{"of wrong types", text("[apps.plain]\nexec = 7\nnames = {}\n[defaults]\nlimits = \"x\"\n")},
	{"a limit that nothing lives under", text(quiet + "[apps.plain.limits]\nMemoryMax = 3\nTasksMax = 0\n")},
	{"a 4 MB comment", text(quiet + "#" + strings.Repeat("x", 4<<20))},
	{"100 000 apps", func(t *testing.T, path string) {
		var b strings.Builder
		for i := range 100_000 {
			fmt.Fprintf(&b, "[apps.a%d]\nexec = [\"x\"]\n", i)
		}
		try(t, os.WriteFile(path, []byte(quiet+b.String()), 0o644))
	}},
	{"deeply nested", text(quiet + "x = " + strings.Repeat("[", 100_000))},
	{"4 GB of holes", func(t *testing.T, path string) {
		text(quiet)(t, path)
		try(t, os.Truncate(path, 4<<30))
	}},
	{"a FIFO", func(t *testing.T, path string) { try(t, syscall.Mkfifo(path, 0o644)) }},
	{"a folder", func(t *testing.T, path string) { try(t, os.Mkdir(path, 0o755)) }},
	{"a link to itself", func(t *testing.T, path string) { try(t, os.Symlink(path, path)) }},
	{"a link to nothing", func(t *testing.T, path string) { try(t, os.Symlink("/nonexistent", path)) }},
	{"a link to /dev/zero", func(t *testing.T, path string) { try(t, os.Symlink("/dev/zero", path)) }},
	{"a link to /dev/full", func(t *testing.T, path string) { try(t, os.Symlink("/dev/full", path)) }},
	{"a link to a terminal's end", func(t *testing.T, path string) { try(t, os.Symlink("/dev/ptmx", path)) }},
	{"a link to /proc/self/mem", func(t *testing.T, path string) { try(t, os.Symlink("/proc/self/mem", path)) }},
	{"a link to /proc/kmsg", func(t *testing.T, path string) { try(t, os.Symlink("/proc/kmsg", path)) }},
	{"may not be read", func(t *testing.T, path string) {
		text(quiet)(t, path)
		try(t, os.Chmod(path, 0))
	}},
	{"a socket", func(t *testing.T, path string) { raw(syscall.SOCK_STREAM, 1)(t, path) }},
}

// TestCatalogues puts each in the place of apps.toml, of a file and of the whole of
// apps.d, of the folders above them, and of the cache.
func TestCatalogues(t *testing.T) {
	a := newArea(t, "odd apps.toml, apps.d, XDG folders")
	for _, place := range []struct {
		name string
		at   func(s *stage) string
	}{
		{"apps.toml", func(s *stage) string { return s.catalogue() }},
		{"apps.d/x.toml", func(s *stage) string { return s.config + "/electroscope/apps.d/x.toml" }},
		{"apps.d", func(s *stage) string { return s.config + "/electroscope/apps.d" }},
		{"electroscope", func(s *stage) string { return s.config + "/electroscope" }},
		{"XDG_CONFIG_HOME", func(s *stage) string { return s.config }},
		{"XDG_CONFIG_DIRS", func(s *stage) string { return s.dir + "/none" }},
		{"XDG_CACHE_HOME", func(s *stage) string { return s.dir + "/cache" }},
		{"HOME", func(s *stage) string { return s.dir + "/home" }},
	} {
		for _, o := range oddities {
			s := newStage(t, "/bin/sh", quiet)
			at := place.at(s)
			try(t, os.RemoveAll(at))
			try(t, os.MkdirAll(filepath.Dir(at), 0o755))
			o.make(t, at)
			a.try(place.name+" "+o.name, "", s.starts(s.env))
		}
	}
	s := newStage(t, "/bin/sh", quiet)
	for _, value := range []string{"", ".", "relative", "/", "//", "/\xff\xfe", "/dev/null", "/proc/self/fd/0/x", "/" + strings.Repeat("x", 300), strings.Repeat("/x", 5000), "/a:/b", "~", "$HOME", "/\n"} {
		for _, name := range []string{"XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "XDG_CACHE_HOME", "XDG_DATA_HOME", "HOME"} {
			a.try(fmt.Sprintf("%s=%.20q", name, value), "", s.starts(s.with(name+"="+value)))
		}
	}
}

// starts is an error unless the app runs, in its time. Where its catalogue cannot
// be read, that is the next program of the link's name on PATH.
func (s *stage) starts(env []string) error {
	l, err := s.run(env)
	if err != nil {
		return err
	}
	if l.group == "" || l.status != 0 {
		return l.absent()
	}
	return nil
}

// TestReplaced launches while apps.toml becomes one thing after the other.
func TestReplaced(t *testing.T) {
	s := newStage(t, "/bin/sh", quiet)
	a := newArea(t, "apps.toml replaced while it is read")
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	var shapes []string
	for i, o := range oddities {
		at := fmt.Sprintf("%s/shape%d", s.dir, i)
		if o.make(t, at); o.name != "a folder" && o.name != "absent" && !strings.HasPrefix(o.name, "100 000") {
			shapes = append(shapes, at)
		}
	}
	whole := s.dir + "/whole"
	s.write(whole, quiet)
	go func() {
		defer close(ended)
		for i := 0; ctx.Err() == nil; i++ {
			for _, shape := range []string{shapes[i%len(shapes)], whole} {
				aside := s.dir + "/aside"
				if os.Link(shape, aside) == nil {
					os.Rename(aside, s.catalogue())
				}
				time.Sleep(100 * time.Microsecond)
			}
		}
	}()
	each(sized(60, 1000), 3, func(i int) { a.try(fmt.Sprintf("launch %d", i), "", s.starts(s.env)) })
	cancel()
	<-ended
}

// TestPath has odd elements before those of the links and the apps.
func TestPath(t *testing.T) {
	a := newArea(t, "odd PATH")
	usual := func(s *stage) string { return s.links + ":" + s.bin + ":/usr/bin:/bin" }
	for name, of := range map[string]func(s *stage) string{
		"of empty elements": func(s *stage) string { return ":::" + usual(s) + "::" },
		"relative":          func(s *stage) string { return "x:./y:.." + usual(s) },
		"of the links alone, twice": func(s *stage) string {
			return s.links + ":" + s.links + "/:" + s.links + "/.:" + s.bin
		},
		"of 5 000 elements":    func(s *stage) string { return strings.Repeat("/nonexistent:", 5000) + usual(s) },
		"of a long element":    func(s *stage) string { return "/" + strings.Repeat("x", 50_000) + ":" + usual(s) },
		"of no text":           func(s *stage) string { return "/\xff\xfe:\x01:" + usual(s) },
		"of files and devices": func(s *stage) string { return "/etc/passwd:/dev/null:/dev/zero:/proc/self/mem:" + usual(s) },
	} {
		s := newStage(t, "/bin/sh", quiet)
		a.try(name, "", s.starts(s.with("PATH="+of(s))))
	}
	for _, o := range oddities {
		for _, program := range []string{"plain-app", ""} {
			s := newStage(t, "/bin/sh", quiet)
			odd := s.dir + "/odd"
			at := odd
			if program != "" { // of the app's name, in a folder that is well
				try(t, os.Mkdir(odd, 0o755))
				at += "/" + program
			}
			o.make(t, at)
			a.try(fmt.Sprintf("before it %s/%s", o.name, program), "", s.starts(s.with("PATH="+s.links+":"+odd+":"+s.bin+":/usr/bin:/bin")))
		}
	}
}
