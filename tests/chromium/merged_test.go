//go:build rig

package chromium

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// The lists come from four sides. Chromium knows none of the names, and hands them on.
const (
	listsOfApp = `[apps.web]
exec = [%q]
runtime = "chromium"
id = "web"
heap = "512M"
enable-features = ["OursApp", "OursUserOff"]
disable-features = ["OursAppOff"]
`
	// The form of nixpkgs' makeWrapper.
	listsOfWrapper = `#! /bin/bash -e
exec -a "$0" "%s"  --enable-features=OursWrapper,OursAppOff "$@"
`
	listsOfFile = `# as Arch's launcher reads it
--enable-features=OursFile
--js-flags=--no-compilation-cache
`
)

var listsOfUser = []string{
	"--enable-features=OursUser2,OursUser1", "--js-flags=--expose-gc", "--disable-features=OursUserOff",
	"--enable-features=OursUser3", "--js-flags=--stack-size=900",
}

// TestMerged: all four arrive in the renderers. The browser has them in their order,
// its children have features sorted by name (base::FeatureList keeps them in a map).
func TestMerged(t *testing.T) {
	main, renderers := lists(t, electroscope())
	const (
		enabled  = "OursWrapper,OursFile,OursApp,OursUser2,OursUser1,OursUser3"
		disabled = "OursAppOff,OursUserOff"
		v8       = "--expose-gc --stack-size=900 --no-compilation-cache --max-old-space-size=512"
	)
	// The wrapper's own list stands before ours, which wins.
	for _, want := range []string{" --enable-features=" + enabled, " --disable-features=" + disabled, " --js-flags=" + v8} {
		if name, _, _ := strings.Cut(want, "="); !strings.Contains(main.argv, want+" ") || strings.LastIndex(main.argv, name+"=") != strings.Index(main.argv, want) {
			t.Errorf("expected %q as the last list of the browser: %s", want, main.argv)
		}
	}
	for _, r := range renderers {
		if got := r.ours("--enable-features"); !slices.Equal(got, sorted(enabled)) {
			t.Errorf("enabled in the renderer: %q", got)
		}
		if got := r.ours("--disable-features"); !slices.Equal(got, sorted(disabled)) {
			t.Errorf("disabled in the renderer: %q", got)
		}
		if strings.Count(r.argv, " --js-flags=") != 1 || !strings.Contains(r.argv, " --js-flags="+v8+" --") || strings.Count(r.argv, "--max-old-space-size=") != 1 {
			t.Errorf("expected --js-flags=%s in the renderer: %s", v8, r.argv)
		}
	}
}

// TestMergedControl: without electroscope the wrapper's list and all but the user's last
// are lost. Where they are not any more, TestMerged proves nothing.
func TestMergedControl(t *testing.T) {
	_, renderers := lists(t, nil)
	for _, r := range renderers {
		if got := r.ours("--enable-features"); !slices.Equal(got, []string{"OursUser3"}) {
			t.Errorf("enabled in the renderer: %q", got)
		}
		if !strings.Contains(r.argv, " --js-flags=--stack-size=900 --") {
			t.Errorf("expected the user's last --js-flags alone: %s", r.argv)
		}
	}
}

// lists starts the wrapper, by a launcher or by itself, with the user's lists.
func lists(t *testing.T, launcher []string) (main process, renderers []process) {
	t.Helper()
	wrapper := t.TempDir() + "/web"
	write(t, wrapper, fmt.Sprintf(listsOfWrapper, program), 0o755)
	dir := config(t, fmt.Sprintf(listsOfApp, wrapper))
	write(t, dir+"/chromium-flags.conf", listsOfFile, 0o644)
	if launcher == nil {
		launcher = []string{wrapper}
	}
	b := run(t, dir, append(append(launcher, listsOfUser...), "--disable-gpu"))
	main = b.main()
	for _, p := range processes() {
		if p.kind == "renderer" {
			renderers = append(renderers, p)
		}
	}
	if len(renderers) == 0 {
		t.Fatalf("no renderer: %v", processes())
	}
	return main, renderers
}

// ours is what a list of the process holds of the names above, in its order: Chromium
// may have some of its own.
func (p process) ours(list string) []string {
	value, _ := p.value(list)
	return slices.DeleteFunc(strings.Split(value, ","), func(name string) bool { return !strings.HasPrefix(name, "Ours") })
}

func sorted(list string) []string { return slices.Sorted(strings.SplitSeq(list, ",")) }
