//go:build rig

package nix

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestParse has Nix 2.8 read every file: syntax, and variables that nothing defines.
func TestParse(t *testing.T) {
	files := sources(t)
	_, stderr, err := run(t, program(t, "bookworm", "nix-instantiate"), append([]string{"--parse"}, files...)...)
	if err != nil {
		t.Errorf("nix-instantiate --parse: %s", bytes.TrimSpace(stderr))
	}
}

// TestStyle holds the files to what a formatter would do, of which Debian has none.
func TestStyle(t *testing.T) {
	withLib := regexp.MustCompile(`\bwith\s+(pkgs\.)?lib(\.\w+)?\s*;`)
	for _, file := range sources(t) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.HasSuffix(text, []byte("\n")) || bytes.HasSuffix(text, []byte("\n\n")) {
			t.Errorf("%s does not end with one newline", file)
		}
		lines := strings.Split(string(text), "\n")
		if len(lines) > 400 {
			t.Errorf("%s has %d lines, of 400", file, len(lines))
		}
		for number, line := range lines {
			for fault, found := range map[string]bool{
				"a tab":              strings.Contains(line, "\t"),
				"a blank at the end": line != strings.TrimRight(line, " \r"),
				"an odd indent":      indent(line)%2 != 0 && !strings.HasPrefix(strings.TrimSpace(line), "*"),
				"with lib;":          withLib.MatchString(line),
			} {
				if found {
					t.Errorf("%s:%d has %s: %q", file, number+1, fault, line)
				}
			}
		}
	}
}

func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// TestGolden finds golden files that no test reads any more.
func TestGolden(t *testing.T) {
	var read strings.Builder
	for _, pattern := range []string{"*.go", "*.sh", "cases/*.nix"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			read.Write(text)
		}
	}
	for _, file := range walk(t, "golden", "") {
		name := filepath.ToSlash(strings.TrimPrefix(file, "golden/"))
		if !strings.Contains(read.String(), name) {
			t.Errorf("golden/%s: no case and no test names it", name)
		}
	}
}

// sources lists every Nix file of the checkout.
func sources(t *testing.T) []string {
	t.Helper()
	files := walk(t, "../..", ".nix")
	if len(files) < 20 {
		t.Fatalf("only %d Nix files found", len(files))
	}
	return files
}

// walk lists the files below a folder whose names end so, but what git and the build leave there.
func walk(t *testing.T, folder, suffix string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == ".git" || path == filepath.Join(folder, "build")):
			return fs.SkipDir
		case entry.Type().IsRegular() && strings.HasSuffix(path, suffix):
			files = append(files, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
