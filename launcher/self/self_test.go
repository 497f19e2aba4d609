package self

import (
	"debug/buildinfo"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"electroscope/launcher/regular"
	"electroscope/tests/tree"
)

// Every build is recognised: by a link, as a copy and as a hard link of another name.
func TestIs(t *testing.T) {
	dir := t.TempDir()
	for _, flags := range []string{"", "-s -w -buildid="} {
		program := filepath.Join(dir, "build")
		build := exec.Command("go", "build", "-trimpath", "-ldflags="+flags, "-o", program, "electroscope/cmd/electroscope")
		if out, err := build.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		text, err := os.ReadFile(program)
		check(t, err)
		for name, make := range map[string]func(string) error{
			"link":      func(path string) error { return os.Symlink("build", path) },
			"hard link": func(path string) error { return os.Link(program, path) },
			"copy":      func(path string) error { return os.WriteFile(path, text, 0o755) },
		} {
			path := filepath.Join(dir, "discord")
			check(t, make(path))
			if !Is(path) {
				t.Errorf("-ldflags=%q: a %s is not recognised", flags, name)
			}
			check(t, os.Remove(path))
		}
	}
}

// Another program of the same module is not electroscope: this test.
func TestIsNot(t *testing.T) {
	test, err := os.Executable()
	check(t, err)
	if info, err := buildinfo.ReadFile(test); err != nil || info.Main.Path != "electroscope" {
		t.Fatalf("%+v, %v", info, err)
	}
	root := tree.Make(t, map[string]string{
		"app": "ELF x\npath\telectroscope/cmd/electroscope\nmod\telectroscope\t(devel)\n", "script": "#!/bin/sh\n", "dir": "dir",
	})
	for _, path := range []string{test, root + "/app", root + "/script", root + "/dir", root + "/gone"} {
		if Is(path) {
			t.Errorf("%s is taken for electroscope", path)
		}
	}
}

func TestNames(t *testing.T) {
	for info, want := range map[string]bool{
		"path\telectroscope/cmd/electroscope\nmod\telectroscope\t(devel)\t\n":                 true,
		"path\tcommand-line-arguments\nmod\telectroscope\tv0.2.0\th1:x\n":                     true,
		"path\telectroscope/tests/session.test\nmod\telectroscope\t(devel)\t\n":               false,
		"path\tcommand-line-arguments\ndep\telectroscope\tv0.1.0\n":                           false,
		"path\texample.org/x\nmod\texample.org/x\tv1.0.0\ndep\telectroscope/y\tv1.0.0\th1:\n": false,
	} {
		if names([]byte(info)) != want {
			t.Errorf("%q: %v", info, !want)
		}
	}
}

func TestHas(t *testing.T) {
	test, err := os.Executable()
	check(t, err)
	f, err := regular.Open(test, 0)
	check(t, err)
	defer f.Close()
	if !At("/proc/self/exe").Has(f.Inode()) {
		t.Error("the running program is not itself")
	}
	if At(t.TempDir() + "/exe").Has(regular.Inode{}) {
		t.Error("without /proc, what is not there is the running program")
	}
}

// A link is ours by what it leads to, not by how that begins.
func TestIsLink(t *testing.T) {
	root := tree.Make(t, map[string]string{"bin/electroscope": "#!/bin/sh\n", "bin/electroscope-notes": "#!/bin/sh\n"})
	for to, want := range map[string]bool{
		root + "/bin/electroscope": true, "bin/electroscope": true, "/gone/electroscope": true, "/gone/.electroscope-wrapped": true,
		root + "/bin/electroscope-notes": false, "/gone/electroscope-notes": false, "/gone/electroscope.bak": false, "/bin/sh": false, root: false,
	} {
		link := root + "/link"
		check(t, os.Symlink(to, link))
		if IsLink(link) != want {
			t.Errorf("a link to %q: %v", to, !want)
		}
		check(t, os.Remove(link))
	}
	if IsLink(root+"/bin/electroscope") || IsLink(root+"/nothing") {
		t.Error("a path that is not a link is taken for one of ours")
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
