package wrapper

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"electroscope/tests/tree"
)

// A stand-in for the program is this test binary: it appends its PID to the
// file that this variable names, and fails if it is told to.
const (
	reportVariable = "TARGET_TEST_REPORT"
	wordsVariable  = "TARGET_TEST_WORDS" // the words it is given are appended to this file
)

func TestMain(m *testing.M) {
	if file := os.Getenv(reportVariable); file != "" {
		os.Exit(standIn(file))
	}
	os.Exit(m.Run())
}

func standIn(file string) int {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		fmt.Fprintln(os.Stderr, "stand-in:", err)
		return 98
	}
	defer f.Close()
	fmt.Fprintln(f, os.Getpid())
	if file := os.Getenv(wordsVariable); file != "" {
		if err := appendWords(file, os.Args[1:]); err != nil {
			fmt.Fprintln(os.Stderr, "stand-in:", err)
			return 98
		}
	}
	for _, arg := range os.Args[1:] {
		if arg == "--fail" {
			return 1
		}
	}
	return 0
}

// theatre is a tree with a stand-in at opt/x, and scripts to reach it by.
func theatre(t testing.TB) (root string) {
	t.Helper()
	root = tree.Make(t, map[string]string{
		"bin/second": "#!/bin/sh\nexec {}/opt/x \"$@\"\n",
		"bin/forker": "#!/bin/sh\n{}/opt/x \"$@\"\n",
		"sourced":    "exec {}/opt/x \"$@\"\n",
		"settings":   "SET=1\n",
		"home":       "dir",
		"opt":        "dir",
	})
	in, err := os.Open("/proc/self/exe")
	check(t, err)
	defer in.Close()
	out, err := os.OpenFile(root+"/opt/x", os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o755)
	check(t, err)
	_, err = io.Copy(out, in)
	check(t, err)
	check(t, out.Close())
	return root
}

// play runs a script and returns the PIDs of the stand-ins it started, and its own.
func play(t testing.TB, root, path string, args []string) (pids []int, own int) {
	t.Helper()
	report := path + ".report"
	c := exec.Command(path, args...)
	c.Dir = root
	c.Env = []string{"PATH=" + root + "/opt:/usr/bin:/bin", "HOME=" + root + "/home", reportVariable + "=" + report}
	if testing.Verbose() {
		c.Stderr = os.Stderr
	}
	// What runs on in the background holds stdout: Wait ends with the last of them.
	c.WaitDelay = 20 * time.Second
	c.Stdout = struct{ io.Writer }{io.Discard}
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	check(t, c.Start())
	stop := time.AfterFunc(20*time.Second, func() { syscall.Kill(-c.Process.Pid, syscall.SIGKILL) })
	_ = c.Wait() // its status is the script's affair
	if !stop.Stop() {
		t.Errorf("%s does not end", path)
	}
	text, err := os.ReadFile(report)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for _, word := range strings.Fields(string(text)) {
		pid, err := strconv.Atoi(word)
		check(t, err)
		pids = append(pids, pid)
	}
	return pids, c.Process.Pid
}

// contradicted reports whether a chain is said to exec that was seen to start
// the program under another PID.
func contradicted(t testing.TB, root, path string, args []string) (claims, started, wrong bool) {
	t.Helper()
	env := map[string]string{"HOME": root + "/home"}
	s := Search{Path: root + "/opt:/usr/bin:/bin", Dir: root, Env: func(name string) (string, bool) { v, ok := env[name]; return v, ok }}
	chain := Behind(path, s)
	claims = chain.Execs && chain.Program == root+"/opt/x"
	pids, own := play(t, root, path, args)
	for _, pid := range pids {
		wrong = wrong || claims && pid != own
	}
	return claims, len(pids) > 0, wrong
}

// generated is how many scripts are made, usually or by ELECTROSCOPE_SCRIPTS, and from
// which seed.
func generated(usually int) (scripts int, seed uint64) {
	scripts = usually
	if n, err := strconv.Atoi(os.Getenv("ELECTROSCOPE_SCRIPTS")); err == nil {
		scripts = n
	}
	seed, err := strconv.ParseUint(os.Getenv("ELECTROSCOPE_SEED"), 10, 64)
	if err != nil {
		seed = 1
	}
	return scripts, seed
}

// Whatever a script is made of: where it is said to exec, the program has its PID.
func TestExecsAgainstShells(t *testing.T) {
	scripts, seed := generated(100)
	for _, shell := range []string{"dash", "bash"} {
		t.Run(shell, func(t *testing.T) {
			root := theatre(t)
			claimed, ran := 0, 0
			for i := range scripts {
				g := playwright{Rand: rand.New(rand.NewPCG(seed, uint64(i))), bash: shell == "bash"}
				text := "#!/bin/" + shell + "\n" + strings.ReplaceAll(g.script(), "{}", root)
				path := filepath.Join(root, "bin", "app"+strconv.Itoa(i))
				check(t, os.WriteFile(path, []byte(text), 0o755))
				claims, started, wrong := contradicted(t, root, path, g.pick("", "a", "a b", "--fail"))
				if wrong {
					t.Errorf("seed %d, script %d is said to exec, and does not:\n%s", seed, i, text)
				}
				if started {
					ran++
				}
				if claims {
					claimed++
				}
			}
			t.Logf("of %d scripts %d started the program, %d are said to exec", scripts, ran, claimed)
			if ran < scripts/2 || claimed < scripts/20 {
				t.Errorf("of %d scripts only %d started the program, only %d are said to exec: this proves little", scripts, ran, claimed)
			}
		})
	}
}

// A playwright writes scripts out of what wrappers are made of.
type playwright struct {
	*rand.Rand
	bash      bool
	functions int
	loops     int
	depth     int
}

func (g *playwright) one(of ...string) string { return of[g.IntN(len(of))] }

func (g *playwright) pick(of ...string) []string { return strings.Fields(g.one(of...)) }

func (g *playwright) script() string {
	var b strings.Builder
	b.WriteString(g.one("", "set -e\n", "# a comment with exec x\n"))
	b.WriteString("APP={}/opt/x\n")
	for range g.IntN(4) {
		b.WriteString(g.statement())
	}
	b.WriteString(g.one(g.start(), "exec {}/opt/x \"$@\"\n", "exec \"$APP\" \"$@\"\n", g.statement()))
	return b.String()
}

// start is a command that starts the program.
func (g *playwright) start() string {
	how := g.one("exec ", "exec ", "exec ", "exec ", "", "", "", "command exec ", "\\exec ", "command ", "$E ", "! exec ", "time exec ", "A=b exec ", "eval exec ")
	runner := g.one("", "", "", "", "", "env A=b ", "nice -n 1 ", "timeout 5 ", "setsid ", "env -u Q nohup ", "$R ", "setsid -w ", "env -S'timeout 5' ")
	if g.bash {
		how = g.one(how, how, "exec -a y ", "exec -l ", "coproc ")
	}
	program := g.one("{}/opt/x", "{}/opt/x", "\"$APP\"", "$APP", "x", "\"${APP}\"", "${APP%/x}/x", "{}/bin/second", "{}/bin/forker", "sh {}/bin/second", "{}/opt/?", "\"$W\"", "$(command -v x)",
		"sh -c '{}/opt/x; :'", "sh -c \"exec {}/opt/x\"")
	args := g.one(" \"$@\"", " \"$@\"", " \"$@\"", "", " --flag", " --fail", " ${1+\"$@\"}", " \"$1\"")
	tail := g.one("", "", "", "", "", " >/dev/null", " 2>&1", " </dev/null", " <{}/gone", " | cat", " &", " & wait", " || :")
	return how + runner + program + args + tail + "\n"
}

// filler starts nothing, or only perhaps.
func (g *playwright) filler() string {
	return g.one(":", "echo hello", "mkdir -p \"$HOME/x\"", "E=exec", "E=", "R=nice", "R='timeout 5'", "R=", "W={}/bin/second", "W={}/bin/forker", "W=$APP",
		"APP={}/bin/second", "APP={}/opt/x", "export A=b", "cd /", "cd {}/opt", ". {}/settings", "v=$({}/opt/x --version)", "v=`{}/opt/x`", "v=$(dirname \"$0\")",
		"[ -x {}/opt/x ]", "test -n \"$1\" && echo", "cat <<E\n$({}/opt/x)\nE", "cat <<'E'\n$({}/opt/x)\nexec x\nE", "cat <<E\nexec {}/opt/x\n\tE\nE", "trap '{}/opt/x' EXIT", "trap : INT",
		"set -- {}/opt/x", "echo '{}/opt/x'", "nice {}/opt/x", "for i in 1 2; do W=$APP; done", "printf '%s' x | read -r W", "unset W", "shift", "exit", ". {}/sourced", "(E=exec)", "true | E=exec",
		"IFS=/", "PATH={}/bin:$PATH", "hash -r", "xargs -n1 {}/opt/x </dev/null", "echo a | xargs {}/opt/x", "find {}/opt -name x -exec {} \\;", "alias x=:", "exit() { :; }", "false", "nohup sh <<E\n{}/opt/x\nE") + "\n"
}

func (g *playwright) condition() string {
	return g.one("true", "false", "[ \"$1\" = a ]", "[ -n \"$1\" ]", "test -d /", "! true", "[ -n \"$U\" ]", "{}/opt/x --fail", "true | false")
}

func (g *playwright) statement() string {
	if g.depth++; g.depth > 4 {
		g.depth--
		return g.one(g.start(), g.filler())
	}
	defer func() { g.depth-- }()
	body := func() string { return strings.TrimSuffix(g.block(), "\n") }
	switch g.IntN(19) {
	case 0, 1:
		return g.start()
	case 2, 3, 4, 5:
		return g.filler()
	case 6:
		return "if " + g.condition() + "; then\n" + body() + "\nelse\n" + body() + "\nfi" + g.end()
	case 7:
		return "if " + g.condition() + "\nthen " + body() + "\nfi" + g.end()
	case 8:
		return "case $1 in\na) " + body() + " ;;\n*) " + body() + "\nesac" + g.end()
	case 9:
		return "for i in " + g.one("1", "1 2", "\"$@\"") + "; do\n" + body() + "\ndone" + g.end()
	case 10:
		g.loops++ // a name of its own: one that is set in a pipeline is not set here
		n := "n" + strconv.Itoa(g.loops)
		return n + "=; while [ -z \"$" + n + "\" ]; do " + n + "=1\n" + body() + "\ndone" + g.end()
	case 11:
		return "{\n" + body() + "\n}" + g.end()
	case 12:
		return "(\n" + body() + "\n)" + g.end()
	case 13:
		return g.condition() + g.one(" && ", " || ") + "{ " + body() + "\n}" + g.end()
	case 14:
		return g.condition() + g.one(" && ", " || ") + g.start()
	case 15:
		return g.one("cat /dev/null | ", "echo | ") + "{ " + body() + "\n}" + g.end()
	case 16:
		return strings.TrimSuffix(g.start(), "\n") + g.one(" || ", " && ") + g.start()
	case 17:
		return "v=$(" + g.one("", "true; ") + strings.TrimSuffix(g.start(), "\n") + ")\n"
	}
	g.functions++
	name := "f" + strconv.Itoa(g.functions)
	define := g.one(name+"() {\n"+body()+"\n}\n", name+"() { "+body()+"\n}\n", name+"() (\n"+body()+"\n)\n", name+"() { \"$@\"; }\n", name+"() { exec \"$@\"; }\n", name+"() { $1; }\n")
	return define + g.one(name, name+" \"$@\"", name+" {}/opt/x", "("+name+")", name+" | cat", name+" &\nwait", "v=$("+name+")", name+" || "+name, "E=exec "+name, "exec "+name, ":") + "\n"
}

// end is what may stand behind a compound command.
func (g *playwright) end() string {
	return g.one("\n", "\n", "\n", "\n", " | cat\n", " &\nwait\n", " >/dev/null\n", " && :\n", " || "+g.start())
}

func (g *playwright) block() string {
	var b strings.Builder
	for range 1 + g.IntN(2) {
		b.WriteString(g.statement())
	}
	return b.String()
}
