package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// trap is added to a package by the overlay, and called at the begin of a function.
const trap = `package %s

import "os"

func panicOnPurpose(place string) {
	if os.Getenv("PANIC_AT") == place {
		panic("on purpose")
	}
}
`

// places are functions on the way of a launch, by the file that they are in.
var places = []struct{ name, file, function string }{
	{"layers", "launcher/catalog/read.go", "func ReadLayers("},
	{"program", "launcher/program/find.go", "func Find("},
	{"plan", "launcher/plan/plan.go", "func Decide("},
	{"switches", "launcher/facts.go", "func gatherSwitches("},
	{"scope", "launcher/scope.go", "func (scope *scopeRequest) await("},
	{"report", "launcher/report.go", "func report("},
	{"watch", "launcher/unanswered.go", "func (x *watch) over("},
}

// panicking builds electroscope so that it panics where PANIC_AT says.
func panicking(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs("../..")
	must(t, err)
	dir := t.TempDir()
	overlay := map[string]string{}
	for i, p := range places {
		file := filepath.Join(root, p.file)
		text, err := os.ReadFile(file)
		if replaced, again := overlay[file]; again {
			text, err = os.ReadFile(replaced)
		}
		must(t, err)
		begin := regexp.MustCompile(regexp.QuoteMeta(p.function) + `.*\{\n`)
		if !begin.Match(text) {
			t.Fatalf("%s has no %q any more", p.file, p.function)
		}
		text = begin.ReplaceAll(text, []byte(fmt.Sprintf("${0}panicOnPurpose(%q)\n", p.name)))
		name := regexp.MustCompile(`(?m)^package (\w+)`).FindSubmatch(text)[1]
		overlay[file] = filepath.Join(dir, fmt.Sprint(i, ".go"))
		must(t, os.WriteFile(overlay[file], text, 0o644))
		added := filepath.Join(filepath.Dir(file), "panic_on_purpose.go")
		overlay[added] = filepath.Join(dir, fmt.Sprint(i, "trap.go"))
		must(t, os.WriteFile(overlay[added], fmt.Appendf(nil, trap, name), 0o644))
	}
	list, err := json.Marshal(map[string]any{"Replace": overlay})
	must(t, err)
	must(t, os.WriteFile(filepath.Join(dir, "overlay.json"), list, 0o644))
	binary := filepath.Join(dir, "electroscope")
	build := exec.Command("go", "build", "-overlay", filepath.Join(dir, "overlay.json"), "-o", binary, ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return binary
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestPanic: a fault of our own anywhere on the way costs the limits, and one line says
// so. The app gets its arguments, and its exit status is its own. Who would rather not
// have the app without limits does not get it so.
func TestPanic(t *testing.T) {
	binary := panicking(t)
	t.Run("refused", func(t *testing.T) {
		home := t.TempDir()
		must(t, os.MkdirAll(filepath.Join(home, ".config/electroscope"), 0o755))
		must(t, os.WriteFile(filepath.Join(home, ".config/electroscope/apps.toml"), []byte("[apps.plain]\nexec = [\"/bin/echo\"]\non-failure = \"refuse\"\n"), 0o644))
		if stdout, stderr, status := runAt(t, "plan", home, []string{binary, "run", "plain"}); status != 125 || stdout != "" || !strings.Contains(stderr, "on purpose") {
			t.Errorf("status %d, stdout %q, stderr %q", status, stdout, stderr)
		}
	})
	for _, p := range places {
		t.Run(p.name, func(t *testing.T) {
			home := t.TempDir()
			bin, links := filepath.Join(home, "bin"), filepath.Join(home, "links")
			must(t, os.MkdirAll(filepath.Join(home, ".config/electroscope"), 0o755))
			must(t, os.MkdirAll(bin, 0o755))
			must(t, os.MkdirAll(links, 0o755))
			must(t, os.WriteFile(filepath.Join(home, ".config/electroscope/apps.toml"), []byte("[apps.plain]\nruntime = \"electron\"\n"), 0o644))
			must(t, os.WriteFile(filepath.Join(bin, "plain"), []byte("#!/bin/sh\necho \"app $1\"\nexit 7\n"), 0o755))
			must(t, os.Symlink(binary, filepath.Join(links, "plain")))
			for _, words := range [][]string{{filepath.Join(links, "plain"), "word"}, {binary, "run", "plain", "word"}} {
				stdout, stderr, status := runAt(t, p.name, home, words)
				if stdout != "app word\n" || status != 7 {
					t.Errorf("%q: status %d, stdout %q, stderr %q", words[1:], status, stdout, stderr)
				}
				said := "electroscope failed, on purpose at "
				if p.name == "watch" {
					said = "" // nothing is lost
				}
				if n := strings.Count(stderr, "\n"); n > 1 || !strings.Contains(stderr, said) || said == "" && strings.Contains(stderr, "failed") {
					t.Errorf("%q: stderr %q", words[1:], stderr)
				}
			}
		})
	}
}

// runAt runs words where no user manager is, and has them panic at a place.
func runAt(t *testing.T, place, home string, words []string) (stdout, stderr string, status int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, words[0], words[1:]...)
	c.Env = []string{"HOME=" + home, "PANIC_AT=" + place, "XDG_RUNTIME_DIR=" + home, "PATH=" + home + "/links:" + home + "/bin:/usr/bin:/bin"}
	var out, errs bytes.Buffer
	c.Stdout, c.Stderr = &out, &errs
	err := c.Run()
	if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return out.String(), errs.String(), c.ProcessState.ExitCode()
}
