package wrapper

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// endOfCall stands behind the words of a call in the file that they are appended to.
const endOfCall = "\x01\x00"

// appendWords appends one call's words to a file. Each ends in a NUL.
func appendWords(file string, words []string) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString(strings.Join(append(words, ""), "\x00") + endOfCall)
	return err
}

// user are the words that a wrapper is given.
var user = []string{"--user-1", "user-2"}

// Whatever a wrapper is made of: what is said to be known arrives, in that
// order, and nothing else does but what may, what is in a file that it reads, or
// what is said to be unknown.
func TestWordsAgainstShells(t *testing.T) {
	scripts, seed := generated(60)
	for _, shell := range []string{"dash", "bash"} {
		t.Run(shell, func(t *testing.T) {
			root := theatre(t)
			check(t, os.WriteFile(root+"/home/flags.conf", []byte("--in-file-1\n# a comment\n--in-file-2=x\n"), 0o644))
			started, seen, known, words := 0, 0, 0, 0
			for i := range scripts {
				g := wordwright{Rand: rand.New(rand.NewPCG(seed, uint64(i))), bash: shell == "bash"}
				text := "#!/bin/" + shell + "\n" + strings.ReplaceAll(g.script(), "{}", root)
				path := filepath.Join(root, "bin", "words"+strconv.Itoa(i))
				check(t, os.WriteFile(path, []byte(text), 0o755))
				env := []string{"PATH=" + root + "/opt:/usr/bin:/bin", "HOME=" + root + "/home"}
				for _, name := range []string{"WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "FLAGS_SET"} {
					if v := g.one("", "unset", "wayland", "x11"); v != "unset" {
						env = append(env, name+"="+v)
					}
				}
				calls := callsOf(t, root, path, env)
				chain := Behind(path, Search{Path: root + "/opt:/usr/bin:/bin", Dir: root, Env: lookupIn(env)})
				started += min(1, len(calls))
				if len(calls) == 0 || chain.Program != root+"/opt/x" {
					continue
				}
				seen++
				for _, call := range calls {
					known += len(chain.Before.Known) + len(chain.After.Known)
					words += len(call)
					if fault := contradiction(chain, call); fault != "" {
						t.Errorf("seed %d, script %d: %s\ngot %q\nread %+v\nenvironment %q\n%s", seed, i, fault, call, chain, env, text)
					}
				}
			}
			t.Logf("of %d scripts %d started the program and %d were read to it: of %d words they gave, %d were known", scripts, started, seen, words, known)
			if started < scripts/2 || seen < scripts/4 || known < seen/3 {
				t.Errorf("of %d scripts %d started the program and %d were read to it: of %d words they gave, %d were known: this proves little", scripts, started, seen, words, known)
			}
		})
	}
}

// callsOf runs a wrapper and returns the words of each call of the stand-in.
func callsOf(t *testing.T, root, path string, env []string) (calls [][]string) {
	t.Helper()
	report := path + ".words"
	c := exec.Command(path, user...)
	c.Dir = root
	c.Env = append(slices.Clip(env), reportVariable+"="+os.DevNull, wordsVariable+"="+report)
	c.WaitDelay = 20 * time.Second
	_ = c.Run() // its status is the script's affair
	text, err := os.ReadFile(report)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for call := range strings.SplitSeq(strings.TrimSuffix(string(text), endOfCall), endOfCall) {
		if call = strings.TrimSuffix(call, "\x00"); call != "" {
			calls = append(calls, strings.Split(call, "\x00"))
		}
	}
	return calls
}

func lookupIn(env []string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		for _, v := range env {
			if value, ok := strings.CutPrefix(v, name+"="); ok {
				return value, true
			}
		}
		return "", false
	}
}

// contradiction says what a call has that the chain does not say, or lacks.
func contradiction(chain Chain, call []string) string {
	isUser := func(word string) bool { return slices.Contains(user, word) }
	at, n := slices.IndexFunc(call, isUser), 1
	for i := range call[:max(0, len(call)-1)] {
		if slices.Equal(call[i:i+2], user) {
			at, n = i, 2 // the last that are together: those before are copies
		}
	}
	if at < 0 && !chain.Deaf {
		return "" // by this way the words of the user are lost, and ours with them
	}
	if at >= 0 && chain.Deaf {
		return "the user's words are said not to arrive"
	}
	before, after := call, []string(nil)
	if at >= 0 {
		before, after = call[:at], call[at+n:]
	}
	if copies := slices.Index(call, user[0]) != at && slices.Contains(call, user[0]); copies && (chain.Before.Unknown || chain.After.Unknown) {
		chain.Before.Unknown, chain.After.Unknown = true, true // which of them is "$@" cannot be told
	}
	for _, side := range []struct {
		name string
		got  []string
		said Words
	}{{"before", before, chain.Before}, {"behind", after, chain.After}} {
		rest := side.got
		for _, word := range side.said.Known {
			at := slices.Index(rest, word)
			if at < 0 {
				return fmt.Sprintf("%q is known to stand %s, and does not", word, side.name)
			}
			rest = rest[at+1:]
		}
		for _, word := range side.got {
			inFile := len(side.said.Files) > 0 && (strings.HasPrefix(word, "--in-file") || word == "#" || word == "a" || word == "comment" || strings.HasPrefix(word, "# a"))
			if word == "" || strings.HasPrefix(word, "--u=") || strings.Contains(word, "user-") {
				continue // a value that cannot be seen, of a switch that is no list
			}
			if !side.said.Unknown && !inFile && !slices.Contains(side.said.Known, word) && !slices.Contains(side.said.May, word) {
				return fmt.Sprintf("%q stands %s, and is not said to", word, side.name)
			}
		}
	}
	return ""
}

// A wordwright writes wrappers that add words, out of what real ones are made of.
type wordwright struct {
	*rand.Rand
	bash  bool
	depth int
	names int
}

func (g *wordwright) one(of ...string) string { return of[g.IntN(len(of))] }

func (g *wordwright) word() string {
	g.names++
	return g.one("--w"+strconv.Itoa(g.names), "--enable-features=F"+strconv.Itoa(g.names), "--v"+strconv.Itoa(g.names)+"=y", "--w")
}

func (g *wordwright) script() string {
	var b strings.Builder
	b.WriteString(g.one("", "set -e\n", "set -u\n", ""))
	b.WriteString("F=\nG=--g\nAPP={}/opt/x\n")
	if g.bash {
		b.WriteString("A=()\n")
	}
	b.WriteString("add() { F=\"$F $1\"; }\nadd2() { " + g.one("local v=\"$1\"; ", "", "[ -n \"$1\" ] || return; ") + "G=\"$G $2\"; }\nrun() { " +
		g.one("exec \"$@\"", "\"$@\"", "exec {}/opt/x $F \"$@\"", "shift; exec {}/opt/x \"$@\"") + "; }\n")
	for range 1 + g.IntN(5) {
		b.WriteString(g.statement())
	}
	b.WriteString(g.start())
	return b.String()
}

func (g *wordwright) start() string {
	list := g.one("$F", "$F $G", "", "$G", "${F:+$F} --last")
	if g.bash {
		list = g.one(list, "\"${A[@]}\"", "${A[@]} $F")
	}
	call := g.one("{}/opt/x", "\"$APP\"", "$APP") + " " + g.one(list+" \"$@\"", "\"$@\" "+list, list+" \"$@\" "+g.word(), g.word()+" ${1+\"$@\"}", list)
	return g.one("exec ", "exec ", "exec ", "", "run ", "exec env Q=1 ") + call + "\n"
}

func (g *wordwright) statement() string {
	if g.depth++; g.depth > 3 {
		g.depth--
		return g.assign()
	}
	defer func() { g.depth-- }()
	switch g.IntN(14) {
	case 0, 1, 2, 3:
		return g.assign()
	case 4:
		return "if " + g.condition() + "; then\n" + g.block() + "else\n" + g.block() + "fi\n"
	case 5:
		return "if " + g.condition() + "; then\n" + g.block() + "elif " + g.condition() + "; then\n" + g.block() + "fi\n"
	case 6:
		return g.condition() + g.one(" && ", " || ") + "{ " + g.block() + "}\n"
	case 7:
		return "case " + g.one("$XDG_SESSION_TYPE", "\"$1\"", "$(uname -s)", "\"$F\"") + " in\nway*|x) " + g.block() + ";;\n" + g.one("x11", "--user*", "Linux", "\"\"") + ") " + g.block() + ";;\n*) " + g.block() + "esac\n"
	case 8:
		return "for i in " + g.one("--i1 --i2", "$G", "\"$@\"", g.word()+" $F") + "; do\n" + g.block() + g.one("", "F=\"$F $i\"\n", "[ \"$i\" = --i1 ] && continue\nG=\"$G $i\"\n", "break\n") + "done\n"
	case 9:
		return "n=; while [ -z \"$n\" ]; do n=1\n" + g.block() + "done\n"
	case 10:
		return "( " + g.block() + ")\n"
	case 11:
		return g.one("true", "uname >/dev/null", "false") + " | { " + g.block() + "}\n"
	case 12:
		return g.condition() + g.one(" && ", " || ") + g.start()
	}
	return "if " + g.condition() + "; then\n" + g.block() + g.start() + "fi\n"
}

func (g *wordwright) block() string {
	var b strings.Builder
	for range 1 + g.IntN(2) {
		b.WriteString(g.statement())
	}
	return b.String()
}

func (g *wordwright) condition() string {
	return g.one("[ \"$XDG_SESSION_TYPE\" = wayland ]", "[ -n \"$WAYLAND_DISPLAY\" ]", "[ -z \"${WAYLAND_DISPLAY:-}\" ]", "test \"$1\" = --user-1", "[ $# -gt 1 ]", "uname -s >/dev/null",
		"[ -f {}/home/flags.conf ]", "[ ! -e {}/gone ]", "command -v x >/dev/null", "command -v gone >/dev/null", "! true", "[ -n \"$(uname)\" ]", "[ \"${FLAGS_SET-none}\" = none ]", "[ -n \"$F\" ]",
		"[ 1 = 1 -a 2 = 3 ]", "grep -q in-file {}/home/flags.conf")
}

func (g *wordwright) assign() string {
	w := g.word()
	all := []string{"F=\"$F " + w + "\"", "F=\"" + w + " $F\"", "F=" + w, "G=\"$G $F\"", "add " + w, "add2 " + g.one("a", "''") + " " + w, "F=\"$F ${WAYLAND_DISPLAY:+" + w + "}\"", "F=${FLAGS_SET:-" + w + "}",
		"F=\"$F $(grep -v '^#' {}/home/flags.conf)\"", "G=\"$(cat {}/home/flags.conf 2>/dev/null || true)\"", "F=\"$F --u=$(uname -s)\"", "set -- \"$@\" " + w, "set -- " + w + " \"$@\"", "unset G; G=" + w,
		"F=\"$F,b\"", "export F", "G=$F", ": ${H:=" + w + "}; F=\"$F $H\"", "eval \"F='$F " + w + "'\"", "F=$(echo \"$F\")", "{ F=\"$F " + w + "\"; }", ". {}/settings", "F=\"$(uname -s)\"", "F=\"$F $1\"",
		"eval \"set -- $(grep -v '^#' {}/home/flags.conf | tr '\\n' ' ') \\\"\\$@\\\"\"", "if [ \"$1\" = --temp ]; then shift; F=\"$F " + w + "\"; fi"}
	if g.bash {
		all = append(all, "A+=("+w+")", "A+=("+w+" $F)", "A=("+w+" \"${A[@]}\")", "F+=\" "+w+"\"", "readarray -t A < {}/home/flags.conf", "mapfile -t A < <(grep -v '^#' {}/home/flags.conf)",
			"A+=($(< {}/home/flags.conf))", "while read -r l; do A+=(\"$l\"); done < {}/home/flags.conf", "[[ $XDG_SESSION_TYPE == way* ]] && A+=("+w+")", "[[ -n \"$F\" && -z $WAYLAND_DISPLAY ]] && F="+w,
			"IFS=, ; F=\"--enable-features=${A[*]}\"; unset IFS", "F=\"$(IFS=,; echo \"${A[*]}\")\"", "declare -a A=("+w+")", "local_in() { local -a A=("+w+"); F=\"$F ${A[0]}\"; }; local_in")
	}
	return all[g.IntN(len(all))] + "\n"
}
