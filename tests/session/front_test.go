//go:build rig

package session

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// store is a folder laid out as Nix's: all files in it have its time (nix,
// src/libstore/posix-fs-canonicalise.hh, mtimeStore).
type store struct {
	*stage
	dir string
}

func newStore(t *testing.T) store {
	s := store{newStage(t), ""}
	s.dir = s.stage.dir + "/store"
	s.must(os.MkdirAll(s.dir+"/electroscope/bin", 0o755))
	program := s.dir + "/electroscope/bin/electroscope"
	s.must(copyFile(electroscope(), program))
	s.must(os.Chtimes(program, time.Time{}, time.Unix(1, 0)))
	return s
}

// app puts a program below the store with its stand-in, which script, if there is one,
// starts: WRAPPED is the stand-in's path in it.
func (s store) app(pkg, program, script string) (exe string) {
	s.t.Helper()
	bin := s.dir + "/" + pkg + "/bin"
	s.must(os.MkdirAll(bin, 0o755))
	if script == "" {
		return s.standIn(bin+"/"+program, "wait")
	}
	exe = s.standIn(bin+"/."+program+"-wrapped", "wait")
	s.script(bin+"/"+program, strings.ReplaceAll(script, "WRAPPED", exe))
	return exe
}

// front makes the front of a package, as nix/front.sh does.
func (s store) front(pkg, program string, names ...string) (bin string) {
	s.t.Helper()
	front := s.dir + "/" + pkg + "-electroscope"
	s.must(os.MkdirAll(front+"/bin", 0o755))
	s.must(os.MkdirAll(front+"/libexec/electroscope", 0o755))
	for _, name := range names {
		s.must(os.Symlink(s.dir+"/electroscope/bin/electroscope", front+"/bin/"+name))
		s.must(os.Symlink(s.dir+"/"+pkg+"/bin/"+program, front+"/libexec/electroscope/"+name))
	}
	return front + "/bin"
}

// TestFronts: what the modules of nixcord, Vesktop, Chromium and VSCodium install, as
// nixpkgs lays it out, starts in its scope by its front alone: no apps.toml names it, and
// another app of the same name is on PATH.
func TestFronts(t *testing.T) {
	const wrapped = "#! /bin/bash -e\nexport NIXOS_OZONE_WL\nexec -a \"$0\" \"WRAPPED\" --theirs \"$@\"\n" // makeWrapper
	const bubble = "#! /bin/bash\ncmd=(WRAPPED --theirs)\nexec \"${cmd[@]}\" \"$@\"\n"                     // buildFHSEnv
	for _, test := range []struct{ pkg, program, script, name, scope string }{
		{"discord", "Discord", wrapped, "discord", "app-discord-"},
		{"vesktop", "vesktop", wrapped, "vesktop", "app-vesktop-"},
		{"chromium", "chromium", wrapped, "chromium", "app-chromium-"},
		{"vscodium-fhs", "codium", bubble, "codium", "app-codium-"},
		{"signal-desktop", "signal-desktop", "", "signal", "app-signal-"},
	} {
		t.Run(test.pkg, func(t *testing.T) {
			s := newStore(t)
			theirs := s.app(test.pkg, test.program, test.script)
			s.standIn(test.program, "exit 3") // on PATH
			bin := s.front(test.pkg, test.program, test.name)

			p := s.start(bin+"/"+test.name, "--some-arg")
			r := p.report(theirs)
			if !strings.Contains(r.Group, "/app-electron.slice/"+test.scope) {
				t.Errorf("it runs in %q; stderr: %s", r.Group, p.stderr())
			}
			args := strings.Split(join(r.Args), "\x00")
			if !slices.Contains(args, "--some-arg") || slices.Contains(args, "--theirs") != (test.script != "") {
				t.Errorf("its arguments: %q", args)
			}
			if name := filepath.Base(args[0]); test.script == wrapped && name != test.program {
				t.Errorf("argv[0] is %q", args[0])
			}
		})
	}
}

// TestFrontOnPath: the tool, which is called through no front, finds the app through the one on PATH.
func TestFrontOnPath(t *testing.T) {
	s := newStore(t)
	exe := s.app("discord", "Discord", "")
	bin := s.front("discord", "Discord", "discord", "Discord")
	s.env = append(slices.DeleteFunc(s.env, func(e string) bool { return strings.HasPrefix(e, "PATH=") }), "PATH="+bin+":/usr/bin:/bin")
	p := s.start(electroscope(), "run", "discord", "--some-arg")
	if r := p.report(exe); !strings.Contains(r.Group, "/app-electron.slice/app-discord-") {
		t.Errorf("it runs in %q; stderr: %s", r.Group, p.stderr())
	}
}
