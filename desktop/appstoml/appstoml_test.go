package appstoml

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// texts are files as people have them. None ends in a comment without a line end, for which
// see TestCommentWithoutEnd.
var texts = map[string]string{
	"empty":          "",
	"a table":        "[apps.discord]\nmemory = \"5G\"\n",
	"no line end":    "[apps.discord]\nmemory = \"5G\"",
	"empty lines":    "\n\n[apps.discord]\nmemory = \"5G\"\n\n\n",
	"comments":       "# mine\n\n# of discord\n[apps.discord] # here\nmemory = \"5G\" # much\n# the end\n",
	"CR LF":          "# mine\r\n[apps.discord]\r\nmemory = \"5G\"\r\n",
	"a mark":         "\ufeff[apps.discord]\nmemory = \"5G\"\n",
	"a long string":  "[apps.discord]\nnote = \"\"\"\n[apps.new]\n# no \\\"\"\" table\"\"\"\"\n",
	"a literal":      "[apps.discord]\nnote = '''\n[apps.new]\n'''\n",
	"an array":       "[apps.discord]\nnames = [\n  # [apps.new]\n  \"a]\", 'b[',\n]\n",
	"an inline":      "[apps]\ndiscord = { memory = \"5G\" }\n",
	"dotted":         "apps.discord.memory = \"5G\"\n",
	"near names":     "[apps.newer]\n[apps.new-er]\n[\"apps.new\"]\n[apps.\"new.x\"]\n",
	"capitals":       "[Apps.new]\n",
	"quotes in keys": "[ apps . \"dis\\u0063ord\" ]\n'#' = 1\n",
}

const added = "[apps.new]\n# by electroscope\nexec = [\"new\"]\n\n[apps.new.entry]\nName = \"New\"\n"

func TestAppendRemove(t *testing.T) {
	for name, text := range texts {
		with, err := Append(text, added)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !strings.HasPrefix(with, text) {
			t.Errorf("%s: what was there is changed:\n%s", name, with)
		}
		if line := Line(with, "new"); line == 0 || !strings.HasPrefix(strings.Split(with, "\n")[line-1], "[apps.new]") {
			t.Errorf("%s: line %d of\n%s", name, line, with)
		}
		rest, ended, err := Remove(with, "new")
		if err != nil || rest != text || ended != (text == "") {
			t.Errorf("%s: %v, ended %v (-before +after):\n%s", name, err, ended, cmp.Diff(text, rest))
		}
	}
}

func TestCommentWithoutEnd(t *testing.T) {
	with, err := Append("x = 1\n# the end", added)
	if err != nil || !strings.Contains(with, "# the end\n\n[apps.new]\n") {
		t.Errorf("%v:\n%s", err, with)
	}
	if rest, _, err := Remove(with, "new"); err != nil || rest != "x = 1\n# the end\n" {
		t.Errorf("%v: %q", err, rest)
	}
}

func TestAppendRefuses(t *testing.T) {
	for _, text := range []string{"[apps.new]\n", "apps = 1\n", "[apps]\nnew = { }\n", "x = \n", "[apps.new.entry]\nName = \"x\"\n"} {
		if with, err := Append(text, added); err == nil {
			t.Errorf("%q becomes %q", text, with)
		}
	}
}

func TestRemove(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"first":         {"# of new\n[apps.new]\nexec = [\"n\"]\n\n# of b\n[apps.b]\nid = \"x\"\n", "# of b\n[apps.b]\nid = \"x\"\n"},
		"between":       {"[apps.a]\n\n# 1\n# 2\n[apps.new]\nid = \"x\"\n\n[apps.b]\n", "[apps.a]\n\n[apps.b]\n"},
		"last":          {"[apps.a]\n\n[apps.new]\nid = \"x\"\n", "[apps.a]\n"},
		"apart":         {"[apps.new]\n\n[apps.a]\n\n[apps.new.limits]\nMemoryMax = \"1G\"\n\n[apps.b]\n", "[apps.a]\n\n[apps.b]\n"},
		"other comment": {"# file\n\n# of new\n[apps.new]\n[apps.b]\n", "# file\n\n[apps.b]\n"},
		"quoted":        {"[apps.a]\n\n[apps.\"new\"]\nid = \"x\"\n", "[apps.a]\n"},
		"not there":     {"[apps.a]\n", "[apps.a]\n"},
		"CR LF":         {"[apps.a]\r\n\r\n[apps.new]\r\nid = \"x\"\r\n", "[apps.a]\r\n"},
	} {
		rest, ended, err := Remove(test.text, "new")
		if err != nil || rest != test.want || ended {
			t.Errorf("%s: %v, ended %v (-want +got):\n%s", name, err, ended, cmp.Diff(test.want, rest))
		}
	}
	for _, text := range []string{"[apps]\nnew = { id = \"x\" }\n", "apps.new.id = \"x\"\n", "[apps]\nnew.id = \"x\"\n", "[apps.new"} {
		if rest, _, err := Remove(text, "new"); err == nil {
			t.Errorf("%q becomes %q", text, rest)
		}
	}
}

// Whatever a file holds, what is appended to it can be taken out without a trace.
func FuzzAppendRemove(f *testing.F) {
	for _, text := range texts {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		lines := strings.Split(text, "\n")
		if strings.Contains(lines[len(lines)-1], "#") {
			t.Skip("see TestCommentWithoutEnd")
		}
		if Line(text, "new") > 0 {
			t.Skip("the app is there, and add refuses it")
		}
		with, err := Append(text, added)
		if err != nil {
			t.Skip("not TOML, or the app is there in another form")
		}
		rest, _, err := Remove(with, "new")
		if err != nil || rest != text {
			t.Errorf("%v: %q becomes %q", err, text, rest)
		}
	})
}
