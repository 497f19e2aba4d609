package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/launcher/catalog"
)

// A told text is one of those that a user may look in, and how it is made.
type told struct{ name, text string }

func (where told) lacks(t *testing.T, what string) {
	t.Helper()
	if !strings.Contains(where.text, what) {
		t.Errorf("%s does not have %q", where.name, what)
	}
}

// document is a file of the source tree, by its path from the top.
func document(t *testing.T, path string) told {
	t.Helper()
	text, err := os.ReadFile("../../../" + path)
	if err != nil {
		t.Fatal(err)
	}
	return told{path, string(text)}
}

func completed(words ...string) told {
	return told{"the completion of " + strings.Join(words, " "), "\n" + strings.Join((&invocation{}).candidates(words), "\n")}
}

// plainRoff is a page without what protects its characters.
func plainRoff(name, page string) told {
	return told{name, strings.NewReplacer(`\-`, "-", `\(aq`, "'", `\(ga`, "`", `\(ti`, "~").Replace(page)}
}

func TestEveryCommandIsDocumented(t *testing.T) {
	help, man, front := told{"electroscope help", usage()}, plainRoff("electroscope(1)", manPage("2026-01-01")), document(t, "README.md")
	for _, c := range commands() {
		for _, where := range []told{help, man, front} {
			where.lacks(t, c.usage())
		}
		completed("").lacks(t, "\n"+c.name+"\t")
		own := told{"electroscope help " + c.name, c.help()}
		for _, o := range c.options() {
			own.lacks(t, o.spelled())
			man.lacks(t, o.spelled())
			completed(c.name, "-").lacks(t, "\n"+o.name)
		}
	}
	for _, v := range variables {
		for _, where := range []told{help, man, front} {
			where.lacks(t, v.name)
		}
	}
}

func TestEveryKeyIsDocumented(t *testing.T) {
	man, keys, run := plainRoff("apps.toml(5)", catalogueManPage("2026-01-01")), document(t, "docs/config.md"), completed("run", "-")
	for _, k := range catalog.Keys() {
		man.lacks(t, `.B "`+k.Name+`"`)
		keys.lacks(t, "    "+k.Name+" ")
		told{"electroscope help apps.toml", keyList()}.lacks(t, "    "+k.Name+" ")
		completed("help", "").lacks(t, "\n"+k.Name+"\t")
		one, err := helpOn(k.Name, false)
		if told := (told{"electroscope help " + k.Name, one}); err != nil {
			t.Error(err)
		} else {
			told.text = strings.Join(strings.Fields(told.text), " ")
			told.lacks(t, k.Doc)
		}
		if slices.Contains(k.Tables, "defaults.limits") {
			run.lacks(t, "\n--"+k.Name+"=\t")
		}
	}
}

// TestHelpFits a terminal of 80 columns.
func TestHelpFits(t *testing.T) {
	words := []string{"", catalogueFile}
	for _, c := range commands() {
		words = append(words, c.name)
	}
	for _, k := range catalog.Keys() {
		words = append(words, k.Name)
	}
	for _, word := range words {
		text, err := helpOn(word, false)
		if err != nil {
			t.Error(err)
		}
		for line := range strings.Lines(text) {
			if line = strings.TrimSuffix(line, "\n"); len(line) > render.Screen {
				t.Errorf("electroscope help %s: %d columns: %s", word, len(line), line)
			}
		}
	}
}

// TestDocumentsAreOfNow: what the documents have of the program's own words is still what
// it says.
func TestDocumentsAreOfNow(t *testing.T) {
	for _, test := range []struct{ path, command, text string }{
		{"README.md", "electroscope help", commandList()},
		{"docs/config.md", "electroscope help apps.toml", keyList()},
	} {
		if !strings.Contains(document(t, test.path).text, test.text) {
			t.Errorf("%s is behind; its part of `%s` should be:\n%s", test.path, test.command, test.text)
		}
	}
}

// TestUsageWords: completion knows each word that stands for something.
func TestUsageWords(t *testing.T) {
	known := []string{"APP", "PROGRAM", "ARGUMENTS", "COMMAND", "KEY", "FOLDER", "FILE", "SIZE", "COUNT", "PERCENT", "NUMBER", "NAME", "URL", "ID", "SETTING", "UNIT", "PID", "SECONDS", "LIMIT=VALUE", "CHECK", "BASELINE"}
	for _, c := range commands() {
		words := c.operands()
		for _, o := range c.options() {
			words = append(words, o.value)
		}
		for _, word := range words {
			for part := range strings.SplitSeq(strings.TrimSuffix(word, "..."), "|") {
				if part != strings.ToLower(part) && !slices.Contains(known, part) {
					t.Errorf("%s: what is %s?", c.usage(), part)
				}
			}
		}
	}
}

// documents are the Markdown files of the source tree.
func documents(t *testing.T) []told {
	t.Helper()
	var list []told
	for _, pattern := range []string{"*.md", "docs/*.md", "nix/*.md", "tests/*/*.md"} {
		files, err := filepath.Glob("../../../" + pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			list = append(list, document(t, strings.TrimPrefix(file, "../../../")))
		}
	}
	return list
}

// TestLinks: what a document links to in the source tree is there.
func TestLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`)
	found := 0
	for _, d := range documents(t) {
		for _, match := range link.FindAllStringSubmatch(d.text, -1) {
			found++
			if _, err := os.Stat(filepath.Join("../../..", filepath.Dir(d.name), match[1])); err != nil {
				t.Errorf("%s: %v", d.name, err)
			}
		}
	}
	if found == 0 {
		t.Error("no document has a link")
	}
}

// namedTests are the tests that a text names, as "`TestName`, `TestOther` (folder)", and their folders.
func namedTests(text string) (list [][2]string) {
	named := regexp.MustCompile("((?:`(?:Test|Fuzz)\\w+`(?:, )?)+) \\(([\\w/]+)\\)")
	for _, match := range named.FindAllStringSubmatch(text, -1) {
		for name := range strings.SplitSeq(match[1], ", ") {
			list = append(list, [2]string{strings.Trim(name, "`"), match[2]})
		}
	}
	return list
}

// TestNamedTests: each test that a document names is there.
func TestNamedTests(t *testing.T) {
	found := 0
	for _, d := range documents(t) {
		for _, test := range namedTests(d.text) {
			found++
			files, _ := filepath.Glob("../../../" + test[1] + "/*_test.go")
			if !slices.ContainsFunc(files, func(file string) bool {
				text, err := os.ReadFile(file)
				return err == nil && strings.Contains(string(text), "\nfunc "+test[0]+"(")
			}) {
				t.Errorf("%s: %s has no %s", d.name, test[1], test[0])
			}
		}
	}
	if found == 0 {
		t.Error("no document names a test")
	}
}

// TestSecurityClaims: each line of the tables of docs/security.md names a test, and no test is named
// in another form than is looked up.
func TestSecurityClaims(t *testing.T) {
	d := document(t, "docs/security.md")
	lines, rows := strings.Split(d.text, "\n"), 0
	for i, line := range lines {
		if isHead := i+1 < len(lines) && strings.HasPrefix(lines[i+1], "|---"); isHead || !strings.HasPrefix(line, "| ") {
			continue
		}
		rows++
		if tests := namedTests(line); len(tests) == 0 || len(tests) != strings.Count(line, "`Test")+strings.Count(line, "`Fuzz") {
			t.Errorf("names %v: %s", tests, line)
		}
	}
	if rows == 0 {
		t.Error("there are no tables")
	}
}
