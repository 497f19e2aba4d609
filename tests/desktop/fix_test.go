//go:build rig

package desktop

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A finding is one of doctor's, by the keys of its JSON.
type finding struct{ Check, State, Found, Mend string }

// finds is what doctor finds by one check.
func (h *home) finds(check string) finding {
	h.Helper()
	c := h.command(os.Getenv("ELECTROSCOPE_BIN"), "doctor", "--json", check)
	out, _ := c.Output() // a check that fails has the status 1
	var list []finding
	if err := json.Unmarshal(out, &list); err != nil || len(list) != 1 {
		h.Fatalf("doctor %s: %v: %s", check, err, out)
	}
	return list[0]
}

// newPlasma is a home in a session of Plasma, with no file of KDE's, and the system's beside it.
func newPlasma(t *testing.T) *home {
	t.Helper()
	h := newHome(t, t.TempDir()+"/home", "")
	h.env = append(h.env, "XDG_CURRENT_DESKTOP=KDE", "XDG_CONFIG_DIRS="+h.dir+"/../etc")
	return h
}

// kde is what KDE reads of a key, by Frameworks 5 and 6 alike.
func (h *home) kde(file, group, key string) string {
	h.Helper()
	tools := os.Getenv("ELECTROSCOPE_KCONFIG")
	if !filepath.IsAbs(tools) {
		h.Fatalf("ELECTROSCOPE_KCONFIG is %q, not a folder (remedy: tests/desktop/run.sh)", tools)
	}
	words := []string{"--file", file, "--group", group, "--key", key, "--default", "(default)"}
	six, err := h.command(tools+"/kreadconfig6", words...).Output() // Qt tells on stderr of a locale that is not there
	h.must(err)
	five, err := h.command(tools+"/kreadconfig5", words...).Output()
	h.must(err)
	if string(six) != string(five) {
		h.Errorf("%s [%s] %s: kreadconfig6 reads %q, kreadconfig5 %q", file, group, key, six, five)
	}
	return strings.TrimSuffix(string(six), "\n")
}

// A want is a key, and what is to be read of it.
type want struct{ file, group, key, value string }

// keysOf are the keys that a check's fix is to set.
var keysOf = map[string][]want{
	"kwin-compositor": {{"kwinrc", "Compositing", "Backend", "OpenGL"}},
	"kwin-effects":    {{"kwinrc", "Plugins", "blurEnabled", "true"}, {"kwinrc", "Plugins", "contrastEnabled", "false"}},
	"animations":      {{"kdeglobals", "KDE", "AnimationDurationFactor", "0.5"}},
	"dead-keys":       {{"kwinrc", "Compositing", "GLCore", "(default)"}},
	"baloo-keys":      {{"baloofilerc", "General", "only basic indexing", "true"}, {"baloofilerc", "General", "exclude folders", ""}},
}

// fixAndUndo fixes a check, reads its keys as KDE does, and undoes it.
func (h *home) fixAndUndo(check string, excluded string) {
	h.Helper()
	before, found := h.tree(), h.finds(check)
	if found.State != "warn" && found.State != "fail" || found.Mend != "electroscope doctor --fix "+check {
		h.Fatalf("before, %s is %s (%s), mend: %s", check, found.State, found.Found, found.Mend)
	}
	h.electroscope("doctor", "--fix", "--dry-run", check)
	h.sameAs("--dry-run", before)
	h.electroscope("doctor", "--fix", "--yes", check)
	for _, w := range keysOf[check] {
		if w.value == "" {
			w.value = excluded
		}
		if got := h.kde(w.file, w.group, w.key); got != w.value && (got != "(default)" || w.value != "true") { // which blurEnabled is by default
			h.Errorf("%s: KDE reads [%s] %s=%s, want %s", check, w.group, w.key, got, w.value)
		}
	}
	if now := h.finds(check); now.State != "ok" {
		h.Errorf("fixed, %s is %s: %s", check, now.State, now.Found)
	}
	h.electroscope("doctor", "--fix", "--yes", check) // nothing more to do
	h.electroscope("doctor", "--undo", check)
	h.sameAs("--undo", before)
	if now := h.finds(check); now != found {
		h.Errorf("undone, doctor finds %+v, and before %+v", now, found)
	}
	if said := h.electroscope("doctor", "--undo", check); said != "nothing to undo\n" {
		h.Errorf("undone twice: %s", said)
	}
}

func (h *home) sameAs(after string, before map[string]string) {
	h.Helper()
	now := h.tree()
	for name := range before {
		if before[name] != now[name] {
			h.Errorf("after %s, %s is\n%q, and was\n%q", after, name, now[name], before[name])
		}
	}
	for name := range now {
		if before[name] == "" {
			h.Errorf("after %s, there is %s", after, name)
		}
	}
}

// TestFix: of every kind of file, what a fix has KDE read, and that --undo gives back each byte.
func TestFix(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"no file":     {},
		"empty files": {"kwinrc": "", "baloofilerc": "", "kdeglobals": ""},
		"without the group": {
			"kwinrc": "[Desktops]\nNumber=4\n", "baloofilerc": "[Basic Settings]\nIndexing-Enabled=true\n", "kdeglobals": "[General]\nfont=x\n",
		},
		"another value": {
			"kwinrc":      "[Compositing]\nBackend=QPainter\nGLCore=true\n\n[Plugins]\nblurEnabled=false\nslideEnabled=true\n",
			"baloofilerc": "[General]\ndbVersion=2\nonly basic indexing=false\n", "kdeglobals": "[KDE]\nAnimationDurationFactor=1\n",
		},
		"CRLF": {
			"kwinrc": "[Compositing]\r\nBackend=QPainter\r\nGLCore=true\r\n[Plugins]\r\nblurEnabled=false\r\n", "baloofilerc": "[General]\r\nfirst run=false\r\n",
			"kdeglobals": "[KDE]\r\nAnimationDurationFactor=2\r\n[G]\r\n",
		},
		"no newline at the end": {
			"kwinrc": "[Compositing]\nGLCore=true\nBackend=QPainter", "baloofilerc": "[General]\nfirst run=false", "kdeglobals": "[KDE]\nSingleClick=false",
		},
		"comments": {
			"kwinrc":      "# mine\n[Compositing]\n# Backend=OpenGL\nBackend=QPainter # not a comment\n\n# GLCore\nGLCore=true\n# end",
			"baloofilerc": "#\n[General]\n# only basic indexing=true\n", "kdeglobals": "# [KDE]\n",
		},
		"with options": {
			"kwinrc":      "[Compositing]\nBackend[$e]=$HOME\nGLCore[$e]=true\n[Plugins]\nblurEnabled=false\ncontrastEnabled[$d]\n",
			"baloofilerc": "[General]\nonly basic indexing[$d]\nexclude folders[$e]=$HOME/a b/,/x\n", "kdeglobals": "[KDE]\nAnimationDurationFactor[$e]=1$X\n",
		},
		"in languages": {
			"kwinrc":      "[Compositing]\nBackend=QPainter\nBackend[de]=x\nGLCore[de]=true\nGLCore=1\n[Plugins]\ncontrastEnabled[de_DE]=true\nblurEnabled=no\n",
			"baloofilerc": "[General]\nonly basic indexing[de]=false\n", "kdeglobals": "[KDE]\nAnimationDurationFactor[de]=3\n",
		},
		"twice and in parts": {
			"kwinrc":      "[Compositing]\nBackend=OpenGL\n[Compositing][Backend]\nBackend=x\n[Compositing]\nBackend=QPainter\nGLCore=1\nGLCore=2\n[Plugins]\nblurEnabled=off\n",
			"baloofilerc": "[General]\nonly basic indexing=true\n[General]\nonly basic indexing=false\n", "kdeglobals": "[KDE]\n[KDE]\nAnimationDurationFactor=1\n",
		},
		"bytes that are no text": {
			"kwinrc":      "\xef\xbb\xbf[Compositing]\nBackend=\xff\x00\n[Compositing]\nGLCore=1\nBackend=\xfe\n[Plugins\nblurEnabled=0\n]=\n=\n",
			"baloofilerc": "\x00\x01[General\n", "kdeglobals": "[KDE]\nAnimationDurationFactor=\\x31\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newPlasma(t)
			for file, text := range files {
				h.write(".config/"+file, text)
			}
			for _, language := range []string{"C.UTF-8", "de_DE.UTF-8"} {
				h.env = append(h.env, "LANG="+language, "LC_ALL="+language)
				for check := range keysOf {
					if check == "kwin-compositor" && !strings.Contains(files["kwinrc"], "Backend=") && !strings.Contains(files["kwinrc"], "Backend[$e]") || check == "dead-keys" && !strings.Contains(files["kwinrc"], "GLCore") {
						continue // is as wanted by default
					}
					excluded := h.dir + "/.cache"
					if list := "exclude folders[$e]=$HOME/a b/,/x"; strings.Contains(files["baloofilerc"], list) {
						excluded = h.dir + "/a b/,/x," + excluded
					}
					h.fixAndUndo(check, excluded)
				}
			}
		})
	}
}

// TestFixGerman: in the rig a language makes a difference to KDE, whether its locale is there or not.
func TestFixGerman(t *testing.T) {
	h := newPlasma(t)
	h.write(".config/kwinrc", "[Compositing]\nBackend=QPainter\nBackend[de]=x\n")
	for language, want := range map[string]string{"C.UTF-8": "QPainter", "de_DE.UTF-8": "x"} {
		h.env = append(h.env, "LANG="+language, "LC_ALL="+language)
		if got := h.kde("kwinrc", "Compositing", "Backend"); got != want {
			t.Errorf("%s: KDE reads %s, want %s", language, got, want)
		}
	}
}

// TestFixLink: the file that a link leads to is edited, and the link stays.
func TestFixLink(t *testing.T) {
	h := newPlasma(t)
	h.write("dotfiles/kwinrc", "[Plugins]\nblurEnabled=false\n")
	h.must(os.Symlink("../dotfiles/kwinrc", h.dir+"/.config/kwinrc"))
	h.must(os.Chmod(h.dir+"/dotfiles/kwinrc", 0o600))
	h.fixAndUndo("kwin-effects", "")
}

// TestFixBeneath: a key of the system's file is hidden by the user's, and what that sets wins.
func TestFixBeneath(t *testing.T) {
	h := newPlasma(t)
	h.write(h.dir+"/../etc/kwinrc", "[Compositing]\nBackend=QPainter\nBackend[de]=x\nGLCore=true\n[Plugins]\ncontrastEnabled=true\n")
	h.write(h.dir+"/../etc/baloofilerc", "[General]\nexclude folders[$e]=$HOME/a/,/x\n")
	for _, language := range []string{"C.UTF-8", "de_DE.UTF-8"} {
		h.env = append(h.env, "LANG="+language, "LC_ALL="+language)
		for _, check := range []string{"kwin-compositor", "kwin-effects", "dead-keys", "baloo-keys"} {
			h.fixAndUndo(check, h.dir+"/a/,/x,"+h.dir+"/.cache")
		}
	}
}
