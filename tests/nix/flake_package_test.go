//go:build rig

package nix

import (
	"debug/elf"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"electroscope"

	"github.com/BurntSushi/toml"
)

// nix/package.nix, really built in Nix's sandbox by a stand-in for buildGoModule (stub/go-module.nix): the vendor folder against
// vendorHash, the tests that nixpkgs would run too, the links; and the flake's checks.
func TestPackageBuilds(t *testing.T) {
	t.Parallel()
	c := newCheckout(t, "sid")
	c.sandbox = goInSandbox(t)
	c.nix(t, "flake", "check", c.ref) // the catalogue is read by what was built
	out := strings.TrimSpace(c.nix(t, "build", "--no-link", "--print-out-paths", c.ref+"#electroscope"))
	built := filepath.Join(c.store, out)
	program := filepath.Join(built, "bin/electroscope")

	version, err := exec.Command(program, "version").Output()
	if want := "electroscope " + strings.TrimSpace(electroscope.Version) + " go"; err != nil || !strings.HasPrefix(string(version), want) {
		t.Errorf("electroscope version: %q, %v, want %q and the Go version", version, err, want)
	}
	if f, err := elf.Open(program); err != nil {
		t.Error(err)
	} else if slices.ContainsFunc(f.Progs, func(p *elf.Prog) bool { return p.Type == elf.PT_INTERP }) {
		t.Error("the program is not static")
	}
	for file, piece := range map[string]string{
		"man/man1/electroscope.1":                       `.TH "ELECTROSCOPE" "1"`,
		"man/man5/apps.toml.5":                          `.TH "APPS.TOML" "5"`,
		"bash-completion/completions/electroscope.bash": "complete ",
		"zsh/site-functions/_electroscope":              "#compdef electroscope",
		"fish/vendor_completions.d/electroscope.fish":   "complete ",
	} {
		text, err := os.ReadFile(filepath.Join(built, "share", file))
		if err != nil || !strings.Contains(string(text), piece) {
			t.Errorf("%s, which begins with %.40q, has no %s: %v", file, text, piece, err)
		}
	}

	var catalogue struct {
		Apps map[string]struct{ Names []string }
	}
	if _, err := toml.Decode(electroscope.Apps, &catalogue); err != nil {
		t.Fatal(err)
	}
	for _, app := range catalogue.Apps {
		for _, name := range app.Names {
			link := filepath.Join(built, "lib/electroscope/bin", name)
			if to, err := os.Readlink(link); err != nil || to != out+"/bin/electroscope" {
				t.Errorf("%s leads to %q, %v", name, to, err)
			}
		}
	}
}

// Nix itself compares what `go mod vendor` makes with vendorHash, and refuses another.
func TestVendorHash(t *testing.T) {
	t.Parallel()
	c := newCheckout(t, "trixie")
	c.sandbox = goInSandbox(t)
	vendor := []string{"build", "--no-link", c.ref + "#electroscope.goModules"}
	if _, err := c.run(t, append(vendor, c.options...)...); err != nil {
		t.Fatalf("%v\nremedy: if it is a hash mismatch, write what stands behind got: into nix/package.nix", err)
	}
	other := "sha256-" + strings.Repeat("A", 43) + "="
	change(t, filepath.Join(c.dir, "nix/package.nix"), "vendorHash = ", "vendorHash = \""+other+"\"; # ")
	c.refuses(t, "hash mismatch", vendor...)
}

// goInSandbox is the machine's Go with its caches, and its coreutils, where stub/go-module.nix looks for them.
func goInSandbox(t *testing.T) []string {
	t.Helper()
	// Fills the cache of modules; in the sandbox there is no other place to get them from.
	if out, err := exec.Command("go", "mod", "vendor", "-o", filepath.Join(t.TempDir(), "vendor")).CombinedOutput(); err != nil {
		t.Fatalf("go mod vendor: %v\n%s", err, out)
	}
	paths := []string{"/host=/usr", "/lib64=/usr/lib64", "/lib=/usr/lib"}
	for folder, variable := range map[string]string{"/go": "GOROOT", "/modules": "GOMODCACHE", "/cache": "GOCACHE"} {
		at, err := exec.Command("go", "env", variable).Output()
		if err != nil {
			t.Fatalf("go env %s: %v", variable, err)
		}
		paths = append(paths, folder+"="+strings.TrimSpace(string(at)))
	}
	return paths
}
