package program

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"

	"electroscope/tests/tree"

	"github.com/google/go-cmp/cmp"
)

func TestFind(t *testing.T) {
	const script = "#!/bin/sh\nexec {}/opt/app \"$@\"\n"
	for name, tt := range map[string]struct {
		files      map[string]string
		candidates []string
		path       string // PATH; default {}/a:{}/b
		want       string // a path, or
		lost       []Look // the places of a NotFound, or
		denied     string // the path of a NotExecutable
	}{
		"first candidate, second folder": {
			files:      map[string]string{"b/app": "ELF x", "a/other": "ELF x"},
			candidates: []string{"app", "other"},
			want:       "{}/b/app",
		},
		"second candidate": {
			files:      map[string]string{"a/other": "ELF x"},
			candidates: []string{"app", "other"},
			want:       "{}/a/other",
		},
		"absolute": {
			files:      map[string]string{"opt/app": "ELF x", "a/app": "ELF x"},
			candidates: []string{"{}/opt/app", "app"},
			want:       "{}/opt/app",
		},
		"relative to the current folder": {
			files:      map[string]string{"hog": "ELF x", "a/hog": "ELF x"},
			candidates: []string{"./hog"},
			want:       "{}/hog",
		},
		"an empty PATH element is the current folder": {
			files:      map[string]string{"app": "ELF x"},
			candidates: []string{"app"},
			path:       "{}/a::{}/b",
			want:       "{}/app",
		},
		"a relative PATH element": {
			files:      map[string]string{"sub/app": "ELF x"},
			candidates: []string{"app"},
			path:       "sub",
			want:       "{}/sub/app",
		},
		"folders and pipes are passed over": {
			files:      map[string]string{"a/app": "dir", "b/app": "ELF x"},
			candidates: []string{"app"},
			want:       "{}/b/app",
		},
		"nothing": {
			files:      map[string]string{"a/app": "dir", "b/app": "-> {}/gone"},
			candidates: []string{"app", ""},
			lost:       []Look{{"{}/a/app", "is a folder"}, {"{}/b/app", `is a link to "{}/gone", which is absent`}},
		},
		"no execute permission is remembered, the search goes on": {
			files:      map[string]string{"a/app": "0644 x", "b/app": "ELF x"},
			candidates: []string{"app"},
			want:       "{}/b/app",
		},
		"no execute permission and nothing else": {
			files:      map[string]string{"a/app": "0644 x", "b/app": "0644 x"},
			candidates: []string{"app", "other"},
			denied:     "{}/a/app",
		},
		"a link to ourselves": {
			files:      map[string]string{"a/app": "-> {}/bin/electroscope", "b/app": "ELF x"},
			candidates: []string{"app"},
			want:       "{}/b/app",
		},
		"another copy, a link to it, and a hard link of it": {
			files:      map[string]string{"opt/e/electroscope": "SELF", "a/app": "-> {}/opt/e/electroscope", "b/app": "= opt/e/electroscope"},
			candidates: []string{"app"},
			lost:       []Look{{"{}/a/app", "is electroscope itself"}, {"{}/b/app", "is electroscope itself"}},
		},
		"a script that leads to another copy": {
			files:      map[string]string{"opt/e/electroscope": "SELF", "a/app": "#!/bin/sh\nexec {}/opt/e/electroscope run app \"$@\"\n", "b/app": "ELF x"},
			candidates: []string{"app"},
			want:       "{}/b/app",
		},
		"a chain of links to ourselves, alone": {
			files:      map[string]string{"a/app": "-> {}/one", "one": "-> two", "two": "-> {}/bin/electroscope"},
			candidates: []string{"app"},
			lost:       []Look{{"{}/a/app", "is electroscope itself"}, {"{}/b/app", "absent"}},
		},
		"a hard link to ourselves": {
			files:      map[string]string{"a/app": "= bin/electroscope", "b/app": "ELF x"},
			candidates: []string{"app"},
			want:       "{}/b/app",
		},
		"links in a circle": {
			files:      map[string]string{"a/app": "-> {}/one", "one": "-> {}/a/app", "b/app": "ELF x"},
			candidates: []string{"app"},
			want:       "{}/b/app",
		},
		"a script that ends elsewhere": {
			files:      map[string]string{"a/app": script, "opt/app": "ELF x"},
			candidates: []string{"app"},
			want:       "{}/a/app",
		},
	} {
		t.Run(name, func(t *testing.T) {
			tt.files["bin/electroscope"] = "ELF electroscope"
			root := tree.Make(t, tt.files)
			here := strings.NewReplacer("{}", root)
			if tt.path == "" {
				tt.path = "{}/a:{}/b"
			}
			s := search(t, root)
			s.Path = here.Replace(tt.path)
			for i, c := range tt.candidates {
				tt.candidates[i] = here.Replace(c)
			}
			got, err := Find(tt.candidates, s, nil)
			if got.Path != here.Replace(tt.want) {
				t.Errorf("found %q, want %q (%v)", got.Path, tt.want, err)
			}
			var lost *NotFound
			if errors.As(err, &lost) {
				for i := range lost.Looked {
					lost.Looked[i].Path = strings.ReplaceAll(lost.Looked[i].Path, root, "{}")
					lost.Looked[i].Reason = strings.ReplaceAll(lost.Looked[i].Reason, root, "{}")
				}
				if diff := cmp.Diff(tt.lost, lost.Looked); diff != "" {
					t.Error(diff)
				}
			} else if tt.lost != nil {
				t.Errorf("error %v, want a NotFound", err)
			}
			var denied *NotExecutable
			if errors.As(err, &denied) != (tt.denied != "") || denied != nil && denied.Path != here.Replace(tt.denied) {
				t.Errorf("error %v, want NotExecutable %q", err, tt.denied)
			}
		})
	}
}

// Every script here would start electroscope again, under the app's name, and
// that would start the script again.
func TestFindPassesOverLoops(t *testing.T) {
	for name, script := range map[string]string{
		"by name":                  "exec app \"$@\"",
		"by name, no exec":         "app \"$@\"",
		"by name, no arguments":    "app",
		"by another link's name":   "exec app-desktop \"$@\"",
		"by path":                  "exec {}/a/app \"$@\"",
		"by home":                  "exec ~/.local/bin/app \"$@\"",
		"by $HOME":                 "exec \"$HOME/.local/bin/app\" \"$@\"",
		"by a variable":            "REAL={}/a/app\nexec \"$REAL\" \"$@\"",
		"by command -v":            "exec \"$(command -v app)\" \"$@\"",
		"by which, in backquotes":  "x=`which app`\nexec $x \"$@\"",
		"in the background":        "app \"$@\" &",
		"in a function":            "run() { exec app \"$@\"; }\nrun \"$@\"",
		"in a case":                "case $1 in\n  -h) echo ;;\n  *) exec app \"$@\" ;;\nesac",
		"in a subshell":            "(cd / && app \"$@\")",
		"after a here-document":    "cat <<EOF\nexec no\nEOF\nexec app \"$@\"",
		"with exec -a":             "exec -a app {}/bin/electroscope \"$@\"",
		"with env":                 "exec env -u FOO A=b app \"$@\"",
		"with nice":                "nice -n 5 app \"$@\"",
		"with sh":                  "exec sh {}/b/second \"$@\"",
		"by electroscope run":      "exec electroscope run app \"$@\"",
		"by a second script":       "exec {}/b/second \"$@\"",
		"by a circle of scripts":   "exec {}/b/third \"$@\"",
		"by itself":                "exec \"$0\" \"$@\"",
		"by a sourced file":        ". {}/sourced",
		"by a word that is quoted": "exec 'a'\"pp\" \"$@\"",
		"by a continued line":      "exec \\\n  app \\\n  \"$@\"",
	} {
		t.Run(name, func(t *testing.T) {
			root := tree.Make(t, map[string]string{
				"bin/electroscope":    "ELF electroscope",
				"a/app":               "-> {}/bin/electroscope",
				"a/app-desktop":       "-> {}/bin/electroscope",
				"a/electroscope":      "-> {}/bin/electroscope",
				"home/.local/bin/app": "-> {}/bin/electroscope",
				"b/app":               "#!/bin/sh\n" + script + "\n",
				"b/second":            "#!/bin/sh\nexec app \"$@\"\n",
				"b/third":             "#!/bin/sh\nexec {}/b/app \"$@\"\n",
				"sourced":             "exec app \"$@\"\n",
				"c/app":               "ELF real",
				"opt/app":             "ELF real",
			})
			s := search(t, root)
			s.Links = []string{"app", "app-desktop"}
			s.Path = root + "/a:" + root + "/b:" + root + "/c"
			got, err := Find([]string{"app"}, s, nil)
			if want := root + "/c/app"; got.Path != want {
				t.Fatalf("found %q, want %q (%v)", got.Path, want, err)
			}
			s.Path = root + "/a:" + root + "/b"
			_, err = Find([]string{"app"}, s, nil)
			var lost *NotFound
			if !errors.As(err, &lost) || !strings.Contains(err.Error(), `b/app": loops`) {
				t.Fatalf("error %v, want a NotFound that names the loop", err)
			}
			if !strings.Contains(lost.Remedy(), "full path") {
				t.Errorf("remedy %q", lost.Remedy())
			}
		})
	}
}

// These look like the ones above, and are not loops.
func TestFindKeepsScriptsThatMoveOn(t *testing.T) {
	for name, script := range map[string]string{
		"own PATH":                   "PATH={}/c\nexec app \"$@\"",
		"own PATH for one command":   "PATH={}/c app \"$@\"",
		"only asked for":             "command -v app >/dev/null\nexec {}/opt/app \"$@\"",
		"only spoken of":             "echo app\n# exec app\nexec {}/opt/app \"$@\"",
		"in a here-document":         "cat <<'E'\nexec app\nE\nexec {}/opt/app \"$@\"",
		"electroscope run of a path": "exec electroscope run {}/opt/real \"$@\"",
		"after the end":              "exec {}/opt/app \"$@\"\nexec app \"$@\"",
		"in a branch":                "if [ \"$1\" ]; then exec app \"$@\"; fi\nexec {}/opt/app \"$@\"",
		"in a substitution":          "v=$(app --version)\nexec {}/opt/app \"$@\"",
		"as a child, by path":        "{}/a/app --version\nexec {}/opt/app \"$@\"",
		"once it may have ended":     "[ \"$A\" ] && exec {}/opt/app \"$@\"\nA=1 exec app \"$@\"",
		"a PATH that is not known":   "PATH=$(printf %s \"$PATH\" | tr a b)\nexec app \"$@\"",
		"another app":                "exec other \"$@\"",
		"another app, by path":       "{}/a/other --tray &\nexec {}/opt/app \"$@\"",
		"another app, asked":         "v=$({}/a/other --version)\nexec {}/opt/app \"$@\"",
		"another app, by exec -a":    "exec -a other {}/a/app \"$@\"",
		"another app, by run":        "exec electroscope run other \"$@\"",
		"itself once, then on":       "[ \"$A\" ] || A=1 exec \"$0\" \"$@\"\nexec {}/opt/app \"$@\"",
		"an argument":                "exec {}/opt/app app \"$@\"",
	} {
		t.Run(name, func(t *testing.T) {
			root := tree.Make(t, map[string]string{
				"bin/electroscope": "ELF electroscope",
				"a/app":            "-> {}/bin/electroscope",
				"a/other":          "-> {}/bin/electroscope",
				"a/electroscope":   "-> {}/bin/electroscope",
				"b/app":            "#!/bin/sh\n" + script + "\n",
				"c/app":            "ELF real",
				"opt/app":          "ELF real",
			})
			s := search(t, root)
			s.Path = root + "/a:" + root + "/b:" + root + "/c"
			got, err := Find([]string{"app"}, s, nil)
			if want := root + "/b/app"; got.Path != want {
				t.Fatalf("found %q, want %q (%v)", got.Path, want, err)
			}
		})
	}
}

func TestFindSkips(t *testing.T) {
	root := tree.Make(t, map[string]string{"a/app": "ELF x", "b/app": "ELF x", "b/fifo": "dir"})
	check(t, os.Remove(root+"/b/fifo"))
	check(t, syscall.Mkfifo(root+"/b/fifo", 0o755))
	s := search(t, root)
	s.Path = root + "/a:" + root + "/b"
	skip := func(t Target) (reason string) {
		if strings.HasPrefix(t.Path, root+"/a/") {
			return "is a copy of electroscope"
		}
		return ""
	}
	if got, err := Find([]string{"app"}, s, skip); got.Path != root+"/b/app" {
		t.Errorf("found %q, %v", got.Path, err)
	}
	s.Path = root + "/a:" + root + "/none"
	_, err := Find([]string{"app", "fifo"}, s, skip)
	want := `cannot find "app" or "fifo" ("` + root + `/a/app": is a copy of electroscope)`
	if err == nil || err.Error() != want {
		t.Errorf("error %v\n want %s", err, want)
	}
	s.Path = root + "/b"
	if _, err := Find([]string{"fifo"}, s, nil); err == nil || !strings.Contains(err.Error(), "is not a regular file") {
		t.Errorf("a pipe: error %v", err)
	}
}

func TestExitCodes(t *testing.T) {
	root := tree.Make(t, map[string]string{"a/app": "0644 x"})
	s := search(t, root)
	s.Path = root + "/a"
	_, err := Find([]string{"app"}, s, nil)
	var denied *NotExecutable
	if !errors.As(err, &denied) || denied.ExitCode() != 126 || !errors.Is(err, fs.ErrPermission) {
		t.Errorf("error %v, want a NotExecutable for lack of permission", err)
	}
	if want := "cannot execute \"" + root + "/a/app\": permission denied"; err.Error() != want {
		t.Errorf("error %q, want %q", err, want)
	}
	_, err = Find(nil, s, nil)
	var lost *NotFound
	if !errors.As(err, &lost) || lost.ExitCode() != 127 || err.Error() != "no program is named" {
		t.Errorf("error %v, want a NotFound", err)
	}
}

// An unset PATH must not mean the current folder.
func TestFindWithoutPath(t *testing.T) {
	root := tree.Make(t, map[string]string{"sh": "ELF x"})
	s := search(t, root)
	s.Path = ""
	got, err := Find([]string{"sh"}, s, nil)
	if err != nil || !strings.HasSuffix(got.Path, "bin/sh") {
		t.Errorf("found %q, %v", got.Path, err)
	}
}
