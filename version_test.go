package electroscope

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// Whatever cannot read the file VERSION, because it stands alone or is a record, has the
// same version. desktop/debian/build.sh and nix/package.nix read it.
func TestVersion(t *testing.T) {
	version, ok := strings.CutSuffix(Version, "\n")
	if !ok || !regexp.MustCompile(`^\d+\.\d+\.\d+$`).MatchString(version) {
		t.Fatalf("VERSION holds %q", Version)
	}
	for path, pattern := range map[string]string{
		"CHANGELOG.md":             `(?m)^## (\S+)`,
		"desktop/arch/PKGBUILD":    `(?m)^pkgver=(\S+)$`,
		"desktop/debian/changelog": `^electroscope \((\S+)\)`,
	} {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if found := regexp.MustCompile(pattern).FindSubmatch(text); found == nil || string(found[1]) != version {
			t.Errorf("%s: its newest version is %q, VERSION says %s", path, found, version)
		}
	}
}
