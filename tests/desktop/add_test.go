//go:build rig

package desktop

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// teller writes down its PID, the unit it runs in and its words, and stays.
const teller = `#!/bin/sh
unit=$(sed -n 's|^0::.*/||p' /proc/self/cgroup)
{ echo "$$ $unit"; printf '%s\n' "$@"; } >"$TOLD.new"
mv "$TOLD.new" "$TOLD"
exec sleep 300
`

const pythonTeller = `import os, sys
unit = open("/proc/self/cgroup").read().split("0::")[1].split("\n")[0].rsplit("/", 1)[-1]
with open(os.environ["TOLD"] + ".new", "w") as told:
    told.write("\n".join(["%d %s" % (os.getpid(), unit)] + sys.argv[1:]) + "\n")
os.rename(os.environ["TOLD"] + ".new", os.environ["TOLD"])
os.execvp("sleep", ["sleep", "300"])
`

// addHome is a home and a machine with programs that share an interpreter or a binary.
func addHome(t *testing.T) (h *home, machine string) {
	t.Helper()
	h, machine = newHome(t, t.TempDir(), "# mine\n\n[apps.other]\nexec = [ \"other\" ]\n"), t.TempDir()
	for path, text := range map[string]string{
		"bin/chat": teller, "Joplin-3.0.15.AppImage": teller, "notes.py": pythonTeller,
		"share/applications/chat.desktop":              "Exec=chat %U\nMimeType=x-scheme-handler/chat;\n",
		"share/applications/chat-work.desktop":         "Exec=chat \"--profile-directory=Profile 1\" %U\n",
		"share/applications/python3.desktop":           "Exec=python3\n",
		"share/applications/org.example.Notes.desktop": "Exec=python3 " + machine + "/notes.py %F\n",
	} {
		if filepath.Ext(path) == ".desktop" {
			text = "[Desktop Entry]\nType=Application\nName=" + filepath.Base(path) + "\n" + text
		}
		h.must(os.Chmod(h.write(filepath.Join(machine, path), text), 0o755))
	}
	h.env = append(h.env, "PATH="+h.dir+"/.local/bin:"+machine+"/bin:/usr/bin:/bin", "XDG_DATA_DIRS="+machine+"/share", "TOLD="+machine+"/told")
	return h, machine
}

// told waits for a teller, checks where it runs and what it was started with, and ends it.
// Unless it is limited it is to have no scope of its own.
func (h *home) told(how, machine, id, words string, limited bool) {
	h.Helper()
	file := machine + "/told"
	if !until(10*time.Second, func() bool { _, err := os.Stat(file); return err == nil }) {
		h.Errorf("%s: nothing is started", how)
		return
	}
	text, err := os.ReadFile(file)
	h.must(err)
	h.must(os.Remove(file))
	first, rest, _ := strings.Cut(string(text), "\n")
	var pid int
	var unit string
	if _, err := fmt.Sscanf(first, "%d %s", &pid, &unit); err != nil {
		h.Fatalf("%s: it says %q", how, text)
	}
	defer syscall.Kill(pid, syscall.SIGKILL)
	if want := fmt.Sprintf("app-%s-%d.scope", escapeUnit(id), pid); (unit == want) != limited {
		h.Errorf("%s: it runs in %s; its own is %s", how, unit, want)
	} else if limited {
		if got := show(h.T, unit, "MemoryMax")["MemoryMax"]; got != fmt.Sprint(gib) {
			h.Errorf("%s: MemoryMax is %s", how, got)
		}
	}
	if rest != words {
		h.Errorf("%s: its words are %q, not %q", how, rest, words)
	}
}

// escapeUnit is systemd-escape(1) for the characters of the ids here.
func escapeUnit(id string) string { return strings.ReplaceAll(id, "-", `\x2d`) }

// TestAdd takes apps from add to a start by name and by icon, each in a scope of its own,
// and back: the home is as it was.
func TestAdd(t *testing.T) {
	for _, test := range []struct {
		what     string // to add; $M is the machine's folder
		options  []string
		name, id string
		byName   string   // the words that arrive
		byIcon   string   // likewise; the icon is given a URL, if it takes one
		others   []string // entries of the same program
	}{
		{what: "chat", name: "chat", id: "chat", byName: "x\n", byIcon: "http://localhost/\n"},
		{what: "chat-work", name: "chat-work", id: "chat-work", others: []string{"chat"},
			byName: "--profile-directory=Profile 1\nx\n", byIcon: "--profile-directory=Profile 1\nhttp://localhost/\n"},
		{what: "$M/share/applications/org.example.Notes.desktop", name: "org-notes", options: []string{"--name=Org Notes"}, id: "org.example.Notes",
			byName: "x\n", byIcon: "", others: []string{"python3"}},
		{what: "$M/Joplin-3.0.15.AppImage", name: "joplin", id: "joplin", byName: "x\n", byIcon: "\n"},
		{what: "https://web.example.org/a?b=c", name: "web", options: []string{"--browser=chat", "--name=Web"}, id: "chrome-web.example.org__a-Default",
			byName: "--app=https://web.example.org/a?b=c\nx\n", byIcon: "--app=https://web.example.org/a?b=c\n", others: []string{"chat"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			h, machine := addHome(t)
			before := h.tree()
			h.electroscope(append([]string{"add", "--memory=1G", strings.ReplaceAll(test.what, "$M", machine)}, test.options...)...)
			for _, id := range test.others {
				if _, err := os.Stat(h.dir + "/.local/share/applications/" + id + ".desktop"); err == nil {
					t.Errorf("%s.desktop is led to the app", id)
				}
			}
			h.start(test.name, "x")
			h.told("by name", machine, test.id, test.byName, true)
			h.start("ELECTROSCOPE_DISABLE=1", test.name, "x") // by env(1)
			h.told("disabled", machine, test.id, test.byName, false)
			h.start("gio", "launch", h.dir+"/.local/share/applications/"+test.id+".desktop", "http://localhost/")
			h.told("by icon", machine, test.id, test.byIcon, true)

			h.electroscope("uninstall", test.name)
			h.electroscope("remove", test.name)
			h.uninstall(before)
		})
	}
}

// TestUnitsAdd: a Flatpak by its id, from add to the scope that flatpak makes.
func TestUnitsAdd(t *testing.T) {
	h := newHome(t, os.Getenv("HOME"), "# mine\n")
	before := h.tree()
	h.electroscope("add", "com.slack.Slack", "--flatpak", "--memory=1G")
	if got := show(t, h.flatpak("com.slack.Slack"), "MemoryMax")["MemoryMax"]; got != fmt.Sprint(gib) {
		t.Errorf("MemoryMax is %s", got)
	}
	h.electroscope("remove", "slack")
	h.uninstall(before)
	if got := show(t, h.flatpak("com.slack.Slack"), "MemoryMax")["MemoryMax"]; got != "infinity" {
		t.Errorf("after remove: MemoryMax is %s", got)
	}
}

// TestAddChromium: a web app of a real Chromium, by its icon: all of it is in its own scope,
// and its window is called what the entry says.
func TestAddChromium(t *testing.T) {
	const id = "chrome-localhost__a_b-Default"
	h := newHome(t, os.Getenv("HOME"), `
[defaults]
force    = true
switches = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
`)
	before := h.tree()
	h.electroscope("add", "--browser=chromium", "--profile", "--memory=3G", "--name=Web", "http://localhost:1/a/b")
	h.start("gio", "launch", h.dir+"/.local/share/applications/"+id+".desktop")
	class := regexp.MustCompile(`\("([^"]*)" "Chromium"\)`)
	name := ""
	if !until(long, func() bool {
		windows, _ := exec.Command("xwininfo", "-root", "-tree").Output()
		if match := class.FindSubmatch(windows); match != nil && strings.HasPrefix(string(match[1]), "localhost") {
			name = string(match[1])
		}
		return name != ""
	}) {
		t.Error("its window does not come up")
	}
	entry, err := os.ReadFile(h.dir + "/.local/share/applications/" + id + ".desktop")
	h.must(err)
	if !strings.Contains(string(entry), "\nStartupWMClass="+name+"\n") {
		t.Errorf("its window is called %q; the entry is\n%s", name, entry)
	}
	h.capped("by icon", id)
	for _, its := range []string{".local/share/electroscope", ".config/chromium"} { // the browser's own
		h.must(os.RemoveAll(filepath.Join(h.dir, its)))
	}
	h.electroscope("remove", "web")
	h.uninstall(before)
}
