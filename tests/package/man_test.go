//go:build rig

package pack

import (
	"os/exec"
	"strings"
	"testing"
)

// TestManPages: neither groff nor mandoc has anything to say against them, and
// man-db finds the line for apropos(1).
func TestManPages(t *testing.T) {
	for page, line := range map[string]string{
		"man1/electroscope.1": `"electroscope - start desktop apps inside capped systemd scopes"`,
		"man5/apps.toml.5":    `"apps.toml - the apps of electroscope(1), and what each runs under"`,
	} {
		file := installed(t) + "/usr/share/man/" + page
		for _, check := range [][]string{
			{"mandoc", "-T", "lint", "-W", "style", file},
			{"groff", "-man", "-ww", "-z", "-K", "utf8", file},
		} {
			if said, err := exec.Command(check[0], check[1:]...).CombinedOutput(); err != nil || len(said) > 0 {
				t.Errorf("%q: %v\n%s", check, err, said)
			}
		}
		indexed, err := exec.Command("lexgrog", file).CombinedOutput()
		if err != nil || !strings.HasSuffix(strings.TrimSpace(string(indexed)), line) {
			t.Errorf("lexgrog: %v\n%s", err, indexed)
		}
	}
}
