//go:build rig

package chromium

import (
	"bytes"
	"debug/elf"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"electroscope/launcher/chromium"
	"electroscope/launcher/engine"
)

// TestTable holds what the table says of each name against real programs of Debian's,
// those in the list ELECTROSCOPE_CHROMIUMS (tests/rig/chromium.sh).
func TestTable(t *testing.T) {
	files := filepath.SplitList(os.Getenv("ELECTROSCOPE_CHROMIUMS"))
	if len(files) == 0 {
		t.Fatal("ELECTROSCOPE_CHROMIUMS names no file (remedy: tests/session/run.sh)")
	}
	for _, file := range append(files, installed) {
		t.Run(filepath.Base(filepath.Dir(file)), func(t *testing.T) {
			seen, err := engine.Examine(file, chromium.Names())
			if err != nil {
				t.Fatal(err)
			}
			at, whole := milestone(t, file)
			if whole && at != seen.Milestone {
				t.Errorf("milestone %d, the package says %d", seen.Milestone, at)
			}
			text := readOnly(t, file)
			said := map[chromium.Presence]int{}
			for _, name := range chromium.Names() {
				row := chromium.Lookup(name)
				there := holds(text, row.Name)
				if seen.Knows(row.Name) != there {
					t.Errorf("%s: the scan says %v, a plain search %v", row.Name, seen.Knows(row.Name), there)
				}
				says := row.At(at)
				said[says]++
				switch {
				case says == chromium.Present && !there && whole:
					t.Errorf("%s: said to be in %d, and is not", row.Name, at)
				case says == chromium.Absent && there:
					t.Errorf("%s: said not to be in %d, and is", row.Name, at)
				case says == chromium.Unknown || says == chromium.Present && !there:
					t.Logf("%s: %v said of %d, in the file: %v", row.Name, says, at, there)
				}
			}
			t.Logf("Chromium %d: %d names there, %d not, %d open", at, said[chromium.Present], said[chromium.Absent], said[chromium.Unknown])
		})
	}
}

// engines are the milestones that Qt WebEngine is built on (qWebEngineChromiumVersion).
// Its literals tell a later one: that of the security fixes it has taken in.
var engines = map[string]int{"5.15": 87, "6.4": 102, "6.8": 122, "6.11": 140}

var (
	ofChromium = regexp.MustCompile(`/chromium-[a-z-]+-(\d+)\.`)
	ofQt       = regexp.MustCompile(`/libQt\dWebEngineCore\.so\.(\d+\.\d+)\.`)
)

// milestone is what the version of Debian's package tells, the machine's own included.
// A Qt WebEngine is not a whole Chromium: it leaves parts out, and their names.
func milestone(t *testing.T, file string) (n int, whole bool) {
	if found := ofQt.FindStringSubmatch(file); found != nil {
		return engines[found[1]], false
	}
	found := ofChromium.FindStringSubmatch(file)
	if found == nil {
		out, err := exec.Command("dpkg-query", "--show", "--showformat", "/chromium-host-${Version}", "chromium").Output()
		if found = ofChromium.FindStringSubmatch(string(out)); err != nil || found == nil {
			t.Fatalf("which Chromium is %s? %q, %v", file, out, err)
		}
	}
	n, err := strconv.Atoi(found[1])
	if err != nil {
		t.Fatal(err)
	}
	return n, true
}

// readOnly is the section of a program that holds its literals.
func readOnly(t *testing.T, file string) []byte {
	t.Helper()
	f, err := elf.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text, err := f.Section(".rodata").Data()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func holds(text []byte, name string) bool {
	return bytes.Contains(text, []byte("\x00"+name+"\x00")) || bytes.Contains(text, []byte("\x00k"+name+"\x00"))
}
