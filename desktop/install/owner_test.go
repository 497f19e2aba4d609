package install

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"electroscope/desktop/entry"
	"electroscope/launcher/chromium"
)

// A claimed is a machine of programs, with apps that share them.
type claimed struct {
	*stage
	apps []App
}

// newClaimed has browser (over engine), shell-browser, an alias of browser, chat, and python3.11
// with its link python3.
func newClaimed(t *testing.T) *claimed {
	t.Helper()
	s := &claimed{stage: newStage(t)}
	for _, name := range []string{"bin/browser", "bin/chat", "bin/mail", "bin/python3.11", "lib/engine", "lib/electron/electron", "opt/own/engine", "opt/own/resources/app.asar"} {
		s.must(os.Chmod(s.write(name, name), 0o755))
	}
	for link, to := range map[string]string{"x-www-browser": "browser", "chatter": "chat", "python3": "python3.11", "python": "python3"} {
		s.must(os.Symlink(to, filepath.Join(s.machine, "bin", link)))
	}
	s.places.Path = []string{s.places.Bin, s.machine + "/bin"}
	return s
}

// app adds one whose program is that of the machine.
func (s *claimed) app(key, program string, change func(*App)) {
	a := App{Key: key, Names: []string{key}, IDs: []string{key}, Exec: []string{program}, Target: filepath.Join(s.machine, "bin", program)}
	if change != nil {
		change(&a)
	}
	s.apps = append(s.apps, a)
}

// owners are the apps whose an entry with that id and Exec is. MACHINE and BIN stand
// for the folders of the machine and of the links.
func (s *claimed) owners(id, exec string) string {
	s.Helper()
	e, err := entry.Parse("[Desktop Entry]\nExec=" + strings.NewReplacer("MACHINE", s.machine, "BIN", s.places.Bin).Replace(exec) + "\n")
	s.must(err)
	o := newOwners(s.places, Request{Apps: s.apps})
	found := map[string]bool{}
	for _, a := range s.apps {
		starts, _ := o.starts(a, id, e)
		if e.Rewrite(s.places.Bin+"/"+a.Key, starts).Execs > 0 {
			found[a.Key] = true
		}
	}
	return strings.Join(slices.Sorted(maps.Keys(found)), " ")
}

func TestOwner(t *testing.T) {
	s := newClaimed(t)
	s.app("a-browser", "browser", func(a *App) { a.IDs = []string{"nowhere"} })
	s.app("browser", "browser", func(a *App) { a.Program, a.Runtime = s.machine+"/lib/engine", chromium.Chromium })
	s.app("whatsapp", "browser", func(a *App) {
		a.Args, a.IDs, a.Exec = []string{"--app-id=aaaa"}, []string{"browser-aaaa-Default"}, []string{"/opt/none/browser", s.machine + "/bin/browser"}
	})
	s.app("work", "browser", func(a *App) { a.Args = []string{"--user-data-dir=/home/u/w k"} })
	s.app("chat", "chat", func(a *App) { a.IDs = []string{"chat", "chat-desktop"} })
	s.app("chat-work", "chat", func(a *App) { a.Args = []string{"--customUserDir=/w"} })
	s.app("script", "python3", func(a *App) { a.Args = []string{"/opt/s/s.py"} })
	s.app("other-script", "python3", func(a *App) { a.IDs = []string{"org.other.Script"} })
	s.app("gone", "gone", func(a *App) { a.Target = "" })
	s.app("of-gone", "chat", func(a *App) { a.Args = []string{"--profile=g"} })
	s.app("mail", "mail", func(a *App) { a.Args = []string{"--user-data-dir=/tmp/m"} })
	for _, test := range []struct{ id, exec, want string }{
		// the id, then the name, and no app that only shares the program
		{"browser", "browser %U", "browser"},
		{"browser", "MACHINE/bin/browser --incognito", "browser"},
		{"browser", "x-www-browser %U", "browser"},
		{"chat-desktop", "MACHINE/bin/chat", "chat"},
		{"mine", "browser --kiosk", "browser"},
		{"mine", "x-www-browser", ""}, // as much a-browser as browser
		{"mine", "chatter --min", "chat"},
		{"mine", "MACHINE/bin/../bin//chatter", "chat"},
		{"mine", "BIN/chat-work", "chat-work"},
		{"mine", "chat-work", "chat-work"},
		{"mine", "chatterbox", ""},
		{"mine", "./chat", ""},

		// a web app, a profile
		{"browser-aaaa-Default", "MACHINE/bin/browser --profile-directory=Default --app-id=aaaa", "whatsapp"},
		{"another-aaaa", "browser --app-id=aaaa", "whatsapp"},
		{"another-aaaa", "browser --app-id aaaa", "whatsapp"},
		{"browser-bbbb-Default", "browser --app-id=bbbb", "browser"},
		{"browser-bbbb-Default", "MACHINE/lib/engine --app-id=bbbb", "browser"},
		{"browser-aaaa-Default", "browser --app-id=bbbb", "browser"}, // the id is whatsapp's, what it opens is not
		{"mine", `"MACHINE/bin/browser" "--user-data-dir=/home/u/w k" %U`, "work"},
		{"work", `browser`, "work"},
		{"mine", "chat --customUserDir=/w %U", "chat-work"},
		{"chat-work", "MACHINE/bin/chat", "chat-work"},
		{"mine", "MACHINE/bin/chat --customUserDir=/other", "chat"},
		{"mine", "MACHINE/bin/chatter --customUserDir=/other", ""},
		{"mine", "chat --customUserDir=/other", "chat"},
		{"mine", "env A=1 nice chat --customUserDir=/w", "chat-work"},
		{"mine", `sh -c "sleep 9; exec chat --customUserDir=/w"`, "chat-work"},
		{"mine", "chat --profile=g", "of-gone"},

		{"mine", "MACHINE/bin/mail --new-window", "mail"}, // its name is the app's: as if typed
		{"mine", "mail --user-data-dir=/tmp/n", ""},

		// an interpreter
		{"python3.11", "python3.11", ""},
		{"python3.11", "MACHINE/bin/python", ""},
		{"idle", "python3 -m idlelib %F", ""},
		{"script", "python3 /opt/s/s.py %F", "script"},
		{"mine", "MACHINE/bin/python3.11 /opt/s/s.py", "script"},
		{"script", "python3 /opt/s/t.py", ""},
		{"org.other.Script", "python3 /opt/o/o.py --x", "other-script"},

		// what is nobody's
		{"gone", "chat", "chat"},
		{"none", "true", ""},
	} {
		if got := s.owners(test.id, test.exec); got != test.want {
			t.Errorf("%s, %s: %q, want %q", test.id, test.exec, got, test.want)
		}
	}
}

// plan is what an install of some of the apps would do, and says.
func (s *claimed) plan(chosen ...string) (Plan, string) {
	s.Helper()
	r := Request{Self: "/usr/bin/electroscope"}
	for _, a := range s.apps {
		if slices.Contains(chosen, a.Key) {
			r.Apps = append(r.Apps, a)
		} else {
			r.Rivals = append(r.Rivals, a)
		}
	}
	p := s.read().Plan(r)
	return p, strings.ReplaceAll(s.notes(p), s.machine, "")
}

// What is left alone is said, unless another app of the catalogue has it, be it chosen or not.
func TestLeftAlone(t *testing.T) {
	const entryOf = "[Desktop Entry]\nExec="
	for name, test := range map[string]struct {
		entry, exec string
		app         func(*App)
		want        string
	}{
		"of another profile": {"browser", "browser", func(a *App) { a.Args = []string{"--app=https://x.org"} },
			`"/share/applications/browser.desktop" starts its program, but not as this app: left alone`},
		"of an interpreter": {"idle", "python3 -m idlelib", func(a *App) { a.Exec, a.Target = []string{"python3"}, "bin/python3" },
			`"/share/applications/idle.desktop" starts its program, but not as this app: left alone`},
		"of a shared Electron": {"other", "MACHINE/lib/electron/electron /opt/o.asar", func(a *App) { a.Exec, a.Target, a.Program = []string{"chat"}, "bin/chat", "lib/electron/electron" },
			`"/share/applications/other.desktop" starts "/lib/electron/electron", the program behind it, which may be others' too: left alone`},
		"of its own Electron": {"other", "MACHINE/opt/own/engine", func(a *App) { a.Exec, a.Target, a.Program = []string{"chat"}, "bin/chat", "opt/own/engine" }, ""},
		"of two":              {"other", "MACHINE/bin/chatter", func(a *App) { a.Exec, a.Target = []string{"chat"}, "bin/chat" }, `"/share/applications/other.desktop" starts what is as much second: left alone`},
		"of the other":        {"second", "MACHINE/bin/chatter", func(a *App) { a.Exec, a.Target = []string{"chat"}, "bin/chat" }, ""},
	} {
		s := newClaimed(t)
		s.app("first", "browser", func(a *App) {
			if test.app(a); !filepath.IsAbs(a.Target) {
				a.Target = filepath.Join(s.machine, a.Target)
			}
			if a.Program != "" {
				a.Program = filepath.Join(s.machine, a.Program)
			}
		})
		if strings.HasPrefix(name, "of t") {
			s.app("second", "chat", nil)
		}
		s.write("share/applications/"+test.entry+".desktop", entryOf+strings.ReplaceAll(test.exec, "MACHINE", s.machine)+"\n")
		p, said := s.plan("first")
		if test.want == "" && strings.Contains(said, "left alone") || !strings.Contains(said, test.want) {
			t.Errorf("%s: says %s", name, said)
		}
		for _, n := range p.Notes {
			if n.Failure {
				t.Errorf("%s: fails: %s", name, n.Text)
			}
		}
		led := slices.ContainsFunc(p.Changes, func(c Change) bool { return c.Kind == Entry })
		if want := name == "of its own Electron"; led != want {
			t.Errorf("%s: led to the link: %v", name, led)
		}
	}
}

// Whichever app is installed, in whatever order, each entry is that app's whose it is, and a
// second install finds nothing to do.
func TestEachItsOwn(t *testing.T) {
	s := newClaimed(t)
	s.app("a-chat", "chat", nil)
	s.app("chat", "chat", nil)
	s.app("chat-work", "chat", func(a *App) { a.Args = []string{"--user-data-dir=/tmp/work"} })
	s.write("share/applications/chat.desktop", "[Desktop Entry]\nExec=chat %U\n")
	s.write(s.places.applications()+"/chat-work.desktop", "[Desktop Entry]\nExec=chat --user-data-dir=/tmp/work %U\n")
	s.write(s.places.autostart()+"/w.desktop", "[Desktop Entry]\nExec="+s.machine+"/bin/chatter --user-data-dir=/tmp/work\n")
	before := s.tree(false)
	for _, order := range [][]string{{"a-chat"}, {"chat-work"}, {"a-chat", "chat", "chat-work"}, {"chat"}, {"a-chat", "chat-work"}} {
		s.lock()
		p, _ := s.plan(order...)
		_, err := s.read().Apply(p)
		s.must(err)
		for path, link := range map[string]string{
			s.places.applications() + "/chat.desktop":      "chat",
			s.places.applications() + "/chat-work.desktop": "chat-work",
			s.places.autostart() + "/w.desktop":            "chat-work",
		} {
			f, err := readFile(path)
			s.must(err)
			text := textOf(f)
			if strings.Contains(text, s.places.Bin) && !strings.Contains(text, s.places.Bin+"/"+link+" ") {
				t.Errorf("after %v %s has %s", order, path, text)
			}
		}
		if p, _ := s.plan(order...); len(s.paths(p)) > 0 {
			t.Errorf("after %v: again %v", order, s.paths(p))
		}
		s.uninstall(order...)
		s.same(strings.Join(order, " "), before, s.tree(false))
	}
}

// An entry with actions of several apps is that app's whose its main Exec is; if that is in no
// catalogue, only the action is led to its app.
func TestActionOfAnotherApp(t *testing.T) {
	for _, both := range []bool{true, false} {
		s := newClaimed(t)
		s.app("a-web", "browser", func(a *App) { a.Args = []string{"--app-id=aaaa"} })
		if both {
			s.app("browser", "browser", nil)
		}
		s.write("share/applications/browser.desktop", "[Desktop Entry]\nExec=browser %U\nActions=w;\n[Desktop Action w]\nExec=browser --app-id=aaaa\n")
		p, said := s.plan("a-web", "browser")
		text := ""
		for _, c := range p.Changes {
			if c.Kind == Entry {
				text += c.To.Text
			}
		}
		want := "[Desktop Entry]\nExec=BIN/browser %U\nTryExec=BIN/browser\nActions=w;\n[Desktop Action w]\nExec=BIN/browser --app-id=aaaa\n"
		if !both {
			want = "[Desktop Entry]\nExec=browser %U\nTryExec=BIN/a-web\nActions=w;\n[Desktop Action w]\nExec=BIN/a-web --app-id=aaaa\n"
		}
		if text = strings.ReplaceAll(text, s.places.Bin, "BIN"); text != want {
			t.Errorf("both: %v: %q, says %s", both, text, said)
		}
	}
}
