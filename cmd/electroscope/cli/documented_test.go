package cli

import (
	"os"
	"slices"
	"strings"
	"testing"

	"electroscope"
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
	layers := catalog.ReadLayers(func(string) string { return "" }, electroscope.Apps)
	return told{"the completion of " + strings.Join(words, " "), "\n" + strings.Join(candidates(layers, words), "\n")}
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
			if line = strings.TrimSuffix(line, "\n"); len(line) > screen {
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
	known := []string{"APP", "PROGRAM", "ARGUMENTS", "COMMAND", "KEY", "FOLDER", "FILE", "SIZE", "COUNT", "PERCENT", "NUMBER"}
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
