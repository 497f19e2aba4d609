package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// The init functions of every package that is linked run in every launch, whatever is
// called. So a new package is a decision, and these lists are where it is seen. Prices
// are microseconds of init, the least of 20 runs of GODEBUG=inittrace=1; `make bench`
// prints the sum of today's binary beside one without the tool.

// launch are the packages that a launch needs, the standard library's inner ones left
// out.
const launch = `
	bufio bytes cmp embed encoding encoding/base64 encoding/binary encoding/hex encoding/json errors fmt io io/fs iter maps
	math math/bits os path path/filepath reflect runtime slices sort strconv strings sync sync/atomic syscall time
	unicode unicode/utf16 unicode/utf8 unsafe
	github.com/BurntSushi/toml
	electroscope electroscope/launcher electroscope/launcher/*
`

// tool are those that only the tool needs: "package: price, what for".
const tool = `
	flag: 0, the options of the sub-commands
	github.com/rogpeppe/go-internal/diff: 0, what install would change
	os/exec: 0 and 6 of context, systemctl --user daemon-reload and update-desktop-database after an install
	context: 6, os/exec
	runtime/debug: 0, the revision that electroscope version names
	crypto/sha256: 50 with what it brings, how install knows its own files byte for byte
	crypto: 0, crypto/sha256
	crypto/cipher: 0, crypto/sha256
	crypto/fips140: 0, crypto/sha256
	crypto/subtle: 0, crypto/sha256
	hash: 0, crypto/sha256
	math/rand/v2: 0, names of files that are renamed into place
	golang.org/x/term: 0, the terminal of top
	golang.org/x/sys/unix: 0, golang.org/x/term
	electroscope/desktop/*: 4, install
	electroscope/compare: 0, compare
	electroscope/baseline: 0, baseline
	electroscope/monitor: 0, status
	electroscope/monitor/control: 0, set, freeze, thaw, reclaim, stop and status --fix
	electroscope/monitor/budget: 0, budget
	electroscope/monitor/watch: 1, watch
	electroscope/monitor/background: 0, apps in the background, watch
	electroscope/monitor/x11: 0, whose window is active, watch
	electroscope/monitor/kwin: 0, the same in Plasma's Wayland session
	electroscope/doctor: 0, doctor
	electroscope/doctor/kconfig: 0, doctor
	electroscope/doctor/mend: 0, doctor --fix
	github.com/godbus/dbus/v5: 3, the notices of watch and what the user chooses in them
	github.com/coreos/go-systemd/v22/journal: 0, what watch says, in fields
	os/signal: 1, top gives the terminal back on a signal, watch ends by one
	net: 7, godbus
	net/netip: 13, net
	net/url: 0, godbus
	os/user: 0, godbus
	unique: 0, net/netip
	weak: 0, unique
	electroscope/monitor/journal: 0, why, history, crashes and suggest
	electroscope/monitor/history: 0, the same
	electroscope/cmd/electroscope/*: 5, the tool itself
`

// refused are packages that somebody may want to bring in, into a launch or at all, and why not. Prices:
// start-up time of a hello-world that links or uses them, relative to one without.
var refused = map[string]string{
	"net":                                "0.1 ms of init and a poller that a launch does not need; dbus/conn.go dials itself",
	"net/http":                           "1.54 times the start-up",
	"regexp":                             "compiles at init or at use; what is read has fixed shapes",
	"text/template":                      "pulls reflection over everything and keeps dead methods alive",
	"os/user":                            "reads /etc/passwd; the uid is enough",
	"log":                                "one line to stderr needs no logger",
	"log/slog":                           "one line to stderr needs no logger",
	"github.com/godbus/dbus/v5":          "1.18 times the start-up, and reflection per message; see package dbus",
	"github.com/coreos/go-systemd/v22":   "dials twice",
	"github.com/shirou/gopsutil/v3":      "reads /proc/stat twice at init",
	"github.com/spf13/cobra":             "1.12 to 1.28 times the start-up",
	"github.com/charmbracelet/bubbletea": "its init asks the terminal for its colour and can hang for 5 s",
}

func TestDependencies(t *testing.T) {
	for _, test := range []struct {
		root    string
		allowed []string
	}{
		{"electroscope/launcher", strings.Fields(launch)},
		{"electroscope/cmd/electroscope", append(strings.Fields(launch), priced(t)...)},
	} {
		list := exec.Command("go", "list", "-deps", test.root)
		list.Env = append(os.Environ(), "CGO_ENABLED=0") // as the Makefile builds it
		out, err := list.CombinedOutput()
		if err != nil {
			t.Fatalf("go list: %v\n%s", err, out)
		}
		for dep := range strings.FieldsSeq(string(out)) {
			inner := strings.HasPrefix(dep, "internal/") || strings.HasPrefix(dep, "vendor/") || strings.Contains(dep, "/internal")
			if !inner && !isAllowed(dep, test.allowed) {
				t.Errorf("%s links %s: %s", test.root, dep, whyNot(dep))
			}
		}
	}
}

// priced are the packages of the tool. Each has a price and a reason.
func priced(t *testing.T) []string {
	var packages []string
	for line := range strings.Lines(strings.TrimSpace(tool)) {
		name, rest, found := strings.Cut(strings.TrimSpace(line), ": ")
		price, reason, reasoned := strings.Cut(rest, ", ")
		if !found || !reasoned || reason == "" || price == "" || price[0] < '0' || price[0] > '9' {
			t.Errorf("%q has no price and reason", line)
		}
		packages = append(packages, name)
	}
	return packages
}

func isAllowed(dep string, allowed []string) bool {
	for _, a := range allowed {
		below, isTree := strings.CutSuffix(a, "/*")
		if dep == a || isTree && (dep == below || strings.HasPrefix(dep, below+"/")) {
			return true
		}
	}
	return false
}

func whyNot(dep string) string {
	for bad, why := range refused {
		if dep == bad || strings.HasPrefix(dep, bad+"/") {
			return why
		}
	}
	return "not in the list of this file"
}

// TestArrows: what is linked into a launch does not lean on what only the tool needs,
// and what decides reads no file.
func TestArrows(t *testing.T) {
	for root, forbidden := range map[string][]string{
		"electroscope/cmd/electroscope/cli/render": {"electroscope/cmd/electroscope/cli"},
		"electroscope/launcher/...":                {"electroscope/cmd", "electroscope/desktop", "electroscope/monitor", "electroscope/doctor"},
		"electroscope/desktop/...":                 {"electroscope/cmd", "electroscope/doctor"},
		"electroscope/monitor/...":                 {"electroscope/cmd", "electroscope/desktop", "electroscope/doctor"},
		"electroscope/doctor/...":                  {"electroscope/cmd"},
		"electroscope/compare":                     {"electroscope/cmd", "electroscope/desktop", "electroscope/doctor"},
		"electroscope/launcher/plan":               {"electroscope/launcher"},
		"electroscope/launcher/catalog":            {"electroscope/launcher/plan", "electroscope/launcher/systemd", "electroscope/launcher/engine"},
		"electroscope/launcher/chromium":           {"electroscope/launcher/plan", "electroscope/launcher/systemd", "electroscope/launcher/catalog"},
		"electroscope/launcher/wrapper":            {"electroscope/launcher/plan", "electroscope/launcher/program", "electroscope/launcher/chromium"},
		"electroscope/launcher/systemd":            {"electroscope/launcher/plan", "electroscope/launcher/catalog"},
	} {
		out, err := exec.Command("go", "list", "-f", "{{.ImportPath}} {{join .Imports \" \"}}", root).CombinedOutput()
		if err != nil {
			t.Fatalf("go list: %v\n%s", err, out)
		}
		for line := range strings.Lines(string(out)) {
			words := strings.Fields(line)
			for _, imported := range words[1:] {
				for _, f := range forbidden {
					if imported == f || f != "electroscope/launcher" && strings.HasPrefix(imported, f+"/") {
						t.Errorf("%s imports %s", words[0], imported)
					}
				}
			}
		}
	}
}
