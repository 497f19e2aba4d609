package wrapper

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"electroscope/tests/tree"

	"github.com/google/go-cmp/cmp"
)

// TestWrappers reads wrappers in the shapes that distributions have: a file of
// testdata for each row of the table in docs/switches.md, written for this.
func TestWrappers(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	check(t, err)
	docs, err := os.ReadFile("../../docs/switches.md")
	check(t, err)
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".txtar")
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(string(docs), "`"+name+"`") {
				t.Errorf("docs/switches.md has no row for it")
			}
			text, err := os.ReadFile(path)
			check(t, err)
			files := tree.Sections(string(text))
			want, env := files["want"], strings.Fields(files["env"])
			delete(files, "want")
			delete(files, "env")
			root := tree.Make(t, files)
			env = append(env, "HOME="+root+"/home")
			c := Behind(root+"/bin/app", Search{Path: "/usr/bin:/bin", Dir: root, Env: lookupIn(env)})
			if diff := cmp.Diff(strings.TrimSpace(want), strings.ReplaceAll(described(c, root), root, "{}")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// described is a chain as testdata has it.
func described(c Chain, root string) string {
	lines := []string{"program " + strings.TrimPrefix(c.Program, root+"/")}
	if c.Execs {
		lines = append(lines, "execs")
	}
	if c.Deaf {
		lines = append(lines, "deaf")
	}
	for _, side := range []struct {
		name string
		Words
	}{{"before", c.Before}, {"after", c.After}} {
		if len(side.Known) > 0 {
			lines = append(lines, side.name+" "+strings.Join(side.Known, " "))
		}
		if len(side.May) > 0 {
			lines = append(lines, side.name+"-may "+strings.Join(side.May, " "))
		}
		for _, file := range side.Files {
			lines = append(lines, side.name+"-file "+strings.TrimPrefix(file, root+"/"))
		}
		if side.Unknown {
			lines = append(lines, side.name+"-unknown")
		}
	}
	return strings.Join(lines, "\n")
}
