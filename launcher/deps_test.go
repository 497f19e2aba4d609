package launcher

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// linked are the packages that the way of a launch links, the standard library's
// inner ones left out. Each costs start-up time on every launch: a new one is a
// decision, and this list is where it is seen.
const linked = `
	bufio bytes cmp encoding encoding/base64 encoding/binary encoding/hex encoding/json errors fmt io io/fs iter maps
	math math/bits os path path/filepath reflect runtime slices sort strconv strings sync sync/atomic syscall time
	unicode unicode/utf16 unicode/utf8 unsafe
	github.com/BurntSushi/toml
	electroscope/launcher electroscope/launcher/catalog electroscope/launcher/cgroup electroscope/launcher/chromium
	electroscope/launcher/dbus electroscope/launcher/limit electroscope/launcher/machine electroscope/launcher/systemd
	electroscope/launcher/mounts electroscope/launcher/notify electroscope/launcher/regular electroscope/launcher/statedir
	electroscope/launcher/elf electroscope/launcher/engine electroscope/launcher/program electroscope/launcher/wrapper electroscope/launcher/term
	electroscope/launcher/plan electroscope/launcher/unitname
`

// refused are packages that somebody may want to bring in, and why not. Prices:
// start-up time of a hello-world that links or uses them, relative to one without.
var refused = map[string]string{
	"net":                                "0.1 ms of init and a poller that a launch does not need; dbus/conn.go dials itself",
	"net/http":                           "1.54 times the start-up",
	"regexp":                             "compiles at init or at use; what is read has fixed shapes",
	"text/template":                      "pulls reflection over everything and keeps dead methods alive",
	"os/exec":                            "a launch starts nothing beside itself",
	"os/user":                            "reads /etc/passwd; the uid is enough",
	"log":                                "one line to stderr needs no logger",
	"log/slog":                           "one line to stderr needs no logger",
	"flag":                               "under an app's name every argument is the app's",
	"github.com/godbus/dbus/v5":          "1.18 times the start-up, and reflection per message; see package dbus",
	"github.com/coreos/go-systemd/v22":   "dials twice",
	"github.com/shirou/gopsutil/v3":      "reads /proc/stat twice at init",
	"github.com/spf13/cobra":             "1.12 to 1.28 times the start-up",
	"github.com/charmbracelet/bubbletea": "its init asks the terminal for its colour and can hang for 5 s",
}

func TestLaunchLinksNothingDear(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	allowed := strings.Fields(linked)
	for dep := range strings.FieldsSeq(string(out)) {
		inner := strings.HasPrefix(dep, "internal/") || strings.HasPrefix(dep, "vendor/") || strings.Contains(dep, "/internal")
		if inner || slices.Contains(allowed, dep) {
			continue
		}
		t.Errorf("the way of a launch links %s: %s", dep, whyNot(dep))
	}
}

func whyNot(dep string) string {
	for bad, why := range refused {
		if dep == bad || strings.HasPrefix(dep, bad+"/") {
			return why
		}
	}
	return "not in the list of this file"
}
