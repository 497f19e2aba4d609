package wrapper

import (
	"strings"
	"testing"

	"electroscope/tests/tree"

	"github.com/google/go-cmp/cmp"
)

// A command is shown as its words, with && and || before it, and & behind it if it forks.
func TestParse(t *testing.T) {
	for name, tt := range map[string]struct {
		script string
		want   []string
	}{
		"words and quotes":      {`a 'b c' "d $(e "f") g" h\ i`, []string{`a|'b c'|"d $(e "f") g"|h\ i`}},
		"separators":            {"a;b\nc & d", []string{"a", "b", "c &", "d"}},
		"comments":              {"a # b\n#c\nd#e", []string{"a", "d#e"}},
		"continued lines":       {"a \\\n  b", []string{"a|b"}},
		"lists":                 {"a && b || c\nd", []string{"a", "&& b", "|| c", "d"}},
		"a list over lines":     {"a &&\n  b\nc", []string{"a", "&& b", "c"}},
		"pipelines":             {"a | b |& c\nd", []string{"a &", "b &", "c &", "d"}},
		"assignments":           {"A=1 B='x y' c D=2", []string{"A=1|B='x y'|c|D=2"}},
		"arrays":                {"A=(b c) d\nA+=(\n e # f\n)\ng", []string{"A=(b c)|d", "A+=(\n e # f\n)", "g"}},
		"redirections":          {"a >b 2>&1 <c &>d 3<>e >|f\ng", []string{"a", "g"}},
		"process substitution":  {"exec > >(cat x)\na <(b) c", []string{"exec", "a|c"}},
		"here-documents":        {"a <<E <<-'F' b\nx $(\nE\n\ty\n\tF\nc", []string{"a|b", "", "c"}},
		"here-document, quoted": {"a <<'E' | b\n$(x)\nE\nc", []string{"a &", "b &", "c"}},
		"here-string":           {"a <<<b\nc", []string{"a", "c"}},
		"if":                    {"if a; then b; elif c\nthen d; else e; fi\nf", []string{"if", "a", "then", "b", "elif", "c", "then", "d", "else", "e", "end", "f"}},
		"loops":                 {"while a; do b; done; until c; do d; done\nfor x in 1 2; do e; done; f", []string{"loop", "a", "do", "b", "end", "loop", "c", "do", "d", "end", "loop", "for|x|in|1|2", "do", "e", "end", "f"}},
		"arithmetic":            {"((a=1)); for ((i=0;i<1;i++)); do b; done; c $((1<2))", []string{"((", "loop", "for", "do", "b", "end", "c|$((1<2))"}},
		"case":                  {"case $x in\na|b) c;; # d)\n(e) f ;&\n*) g\nesac\nh", []string{"case $x", "in a|b", "c", "in e", "f", "in *", "g", "end", "h"}},
		"case, nested":          {"case a in x) case b in y) c;; esac;; z) d;; esac; e", []string{"case a", "in x", "case b", "in y", "c", "end", "in z", "d", "end", "e"}},
		"function":              {"f() { a; }\nfunction g { b; }\nfunction h() {\nc; }\nd", []string{"function f", "{", "a", "end", "function g", "{", "b", "end", "function h", "{", "c", "end", "d"}},
		"group and subshell":    {"{ a; }; ( b; c ) ; d", []string{"{", "a", "end", "(", "b &", "c &", "end &", "d"}},
		"test":                  {"[[ a && ( b < c ) || $x =~ ^(d|e)$ ]] && f\ng", []string{"[[", "&& f", "g"}},
		"negation":              {"! a; time b", []string{"! a", "b"}},
		"unended quote":         {"a 'b\nc", []string{"a|'b\nc"}},
		"unended substitution":  {"a $(b\nc", []string{"a|$(b\nc"}},
		"group, piped":          {"{ a; b; } | c; { d; } & e", []string{"{ &", "a &", "b &", "end &", "c &", "{ &", "d &", "end &", "e"}},
		"pipe into a group":     {"a | { b; c; }\nd", []string{"a &", "{ &", "b &", "c &", "end &", "d"}},
		"list, backgrounded":    {"a && b || c & d", []string{"a &", "&& b &", "|| c &", "d"}},
		"if, piped":             {"x; if a; then b; fi | c && d", []string{"x", "if &", "a &", "then &", "b &", "end &", "c &", "&& d"}},
		"group after &&":        {"a && { b; c; }; d", []string{"a", "&& {", "b", "c", "end", "d"}},
		"loop, redirected":      {"while a; do b; done >f & c", []string{"loop &", "a &", "do &", "b &", "end &", " &", "c"}},
		"indented end":          {"a <<E\n\tE\nb\nE\nc", []string{"a", "c"}},
		"unended blocks":        {"if a; then { ( case x in", []string{"if", "a", "then", "{", "(", "case x &", "end &", "end &", "end", "end"}},
		"stray ends":            {"fi; done; esac; } ) ;; a", []string{"a"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, c := range parse(tt.script).commands {
				line := [...]string{"", "if", "then", "elif", "else", "case", "in", "loop", "do", "{", "(", "function", "end"}[c.op]
				if words := strings.Join(append(c.assigns, c.words...), "|"); line == "" {
					line = words
				} else if words != "" {
					line += " " + words
				}
				if c.not {
					line = "! " + line
				}
				if c.joint != 0 {
					line = strings.Repeat(string(c.joint), 2) + " " + line
				}
				if c.forks {
					line += " &"
				}
				got = append(got, line)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestExpand(t *testing.T) {
	root := tree.Make(t, map[string]string{"bin/app": "-> {}/opt/x/app", "opt/x/app": "ELF x", "bin/tool": "ELF x"})
	unknown := []string(nil)
	for word, want := range map[string][]string{
		`a'b'"c"\d`:                         {"abcd"},
		`"\$\"\a"`:                          {`$"\a`},
		`~/x`:                               {"/home/u/x"},
		`"~/x"`:                             {"~/x"},
		`$A/${A}b$Ab`:                       {"1/1b"},
		`"$0"`:                              {root + "/bin/app"},
		`$`:                                 {"$"},
		`$(dirname "$0")/..`:                {root + "/bin/.."},
		"`dirname $0`":                      {root + "/bin"},
		`$(dirname "$(readlink -f "$0")")`:  {root + "/opt/x"},
		`$(basename "$0")`:                  {"app"},
		`$(cd "$(dirname "$0")/.." && pwd)`: {root + "/bin/.."},
		`$(command -v tool)`:                {root + "/bin/tool"},
		`$(which gone)`:                     unknown,
		`$(readlink -f gone/x || echo b)`:   {"b"},
		`$(date)`:                           unknown,
		`$(echo a | tr a b)`:                unknown,
		`$((1+1))`:                          unknown,
		`$RANDOM_UNSET`:                     {""},
		`$?`:                                unknown,
		`${A:-x}${N:-y}${N-z}`:              {"1yz"},
		`${A:+x}${N:+y}`:                    {"x"},
		`${N:=set}$N`:                       {"setset"},
		`${0%/*}`:                           {root + "/bin"},
		`${0##*/}`:                          {"app"},
		`${P%%:*} ${P##*:} ${P#*:}`:         {"/a /c /b:/c"},
		`${P%:/c}`:                          {"/a:/b"},
		`${P#/a:}`:                          {"/b:/c"},
		`${P/:/+}`:                          {"/a+/b:/c"},
		`${P//:/+}`:                         unknown,
		`${P/[/x}`:                          unknown,
		`${#A}`:                             unknown,
		`${!A}`:                             unknown,
		`${A@Q}`:                            unknown,
		`$'a b'`:                            unknown,
		`"$@"`:                              unknown,
		`${`:                                unknown,
		`"${A`:                              {"1"},
		`$L`:                                {"one"},
		`"${L[@]}"`:                         {"one", "two"},
		`$TWO/x`:                            {"/a/x", "/b/x"},
	} {
		t.Run(word, func(t *testing.T) {
			sh := shell{zero: root + "/bin/app", state: state{dir: text(root), args: arguments()}}
			sh.Search = Search{Path: root + "/bin", Env: func(name string) (string, bool) { return "/home/u", name == "HOME" }}
			sh.vars = newVariables()
			for name, v := range map[string]value{"A": text("1"), "P": text("/a:/b:/c"), "TWO": text("/a", "/b"), "L": {list: true, items: []value{text("one"), text("two")}}} {
				sh.state.set(name, &v)
			}
			got := sh.expand(word)
			for _, item := range got.items {
				got.alts = append(got.alts, item.alts...)
			}
			if word == `"$@"` {
				want = []string{argsMark}
			}
			if diff := cmp.Diff(want, got.alts); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDirname(t *testing.T) {
	for path, want := range map[string]string{
		"/usr/bin/x": "/usr/bin", "/usr/bin/": "/usr", "/usr/../x": "/usr/..", "x": ".", "a/b": "a",
		"/x": "/", "/": "/", "//": "/", "": ".", "a//b": "a", "//x": "/",
	} {
		if got := dirname(path); got != want {
			t.Errorf("dirname(%q) = %q, want %q", path, got, want)
		}
	}
}
