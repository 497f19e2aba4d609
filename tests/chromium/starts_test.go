//go:build rig

package chromium

import (
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

// A way is one to start Chromium.
type way struct {
	name   string
	script string   // of a wrapper, the app's exec
	exec   string   // what the app is, where it is no wrapper
	table  string   // of the app in apps.toml, beside exec; default: runtime = "chromium"
	inside []string // what is run in the terminal of another app, or of this one
	unit   string   // beginning of the scope's name, where it is not the app's own
	moves  bool     // the variable is lost, so the main process does get a scope, with the app's limits
}

const unlimited = "runtime = \"chromium\"\n"

var ways = []way{
	{name: "the program itself", exec: "{chromium}"},
	{name: "Debian's wrapper", exec: wrapper},
	{name: "Debian's wrapper, by the path on which it forks", script: `exec ` + wrapper + ` --temp-profile "$@"`},
	{name: "exec of gdb in a branch", script: `if [ "$1" = --debug ]; then exec gdb --args {chromium} "$@"; else {chromium} "$@"; fi`},
	{name: "exec in an and-list", script: "[ \"$1\" = --debug ] && exec gdb --args {chromium} \"$@\"\n{chromium} \"$@\""},
	{name: "exec in a case", script: "case $1 in --debug) exec gdb --args {chromium} \"$@\" ;; *) {chromium} \"$@\" ;; esac"},
	{name: "exec in a function that is not called", script: "debug() { exec gdb --args {chromium} \"$@\"; }\n{chromium} \"$@\""},
	{name: "exec timeout", script: `exec timeout 600 {chromium} "$@"`},
	{name: "in the background", script: "{chromium} \"$@\" &\nwait $!"},
	{name: "in a pipeline", script: `{chromium} "$@" 2>&1 | cat`},
	{name: "an ELF file that forks", exec: "{dir}/forks"},
	{name: "a program without a runtime", exec: "{chromium}", table: " "},
	{name: "a wrapper without a runtime", script: `{chromium} "$@"; exit`, table: " "},
	{name: "native by word", exec: "{chromium}", table: `runtime = "native"`},

	{name: "env -i, by exec", script: `exec env -i {env} {chromium} "$@"`},
	{name: "unset, by exec", script: `unset FLATPAK_SANDBOX_DIR; exec {chromium} "$@"`},
	{name: "env -i in a pipeline", script: `env -i {env} {chromium} "$@" 2>&1 | cat`, moves: true},
	{name: "unset, and forks", script: "unset FLATPAK_SANDBOX_DIR\n{chromium} \"$@\"\nexit", moves: true},
	{name: "unset of all there is", script: "for v in $(env | sed -n 's/^\\(F[A-Z_]*\\)=.*/\\1/p'); do unset $v; done\n{chromium} \"$@\"; exit", moves: true},
	{name: "a wrapper in Perl", script: "#!/usr/bin/perl\ndelete $ENV{FLATPAK_SANDBOX_DIR};\nexit system('{chromium}', @ARGV) >> 8;\n", moves: true},
	{name: "an ELF file that forks and clears", exec: "{dir}/forks-clean", moves: true},

	{name: "the app anew inside its own scope", script: `if [ "$1" = -c ]; then exec /bin/sh "$@"; fi; exec {chromium} "$@"`, inside: []string{"{app}", "{app}"}},
	{name: "no limits of its own, inside another app", exec: "{chromium}", table: unlimited, inside: []string{"outer", "{app}"}},
	{name: "a wrapper that forks without limits, inside another app", script: `{chromium} "$@"; exit`, table: unlimited, inside: []string{"outer", "{app}"}},
	{name: "run PROGRAM inside another app", exec: "{chromium}", inside: []string{"outer", "{chromium}"}, unit: "app-outer-"},
	{name: "with limits, inside another app", exec: "{chromium}", inside: []string{"outer", "{app}"}},
}

// together is how many are started at a time: each is nine processes.
const together = 9

// TestStarts: however Chromium is started, nothing of it is outside a scope that is
// capped, once a Chromium that nothing holds has left.
func TestStarts(t *testing.T) {
	dir := t.TempDir()
	config := config(t, table(t, dir))
	for some := range slices.Chunk(indexes(), together) {
		t.Run(fmt.Sprintf("%d to %d", some[0], some[len(some)-1]), func(t *testing.T) {
			trees := map[int]*tree{}
			for _, i := range some {
				trees[i] = plant(t, config, command(i)...)
			}
			for _, tr := range trees {
				tr.up(0)
			}
			control(t)
			for _, i := range some {
				ways[i].check(t, i, trees[i])
			}
		})
	}
}

func indexes() []int {
	list := make([]int, len(ways))
	for i := range list {
		list[i] = i
	}
	return list
}

func key(i int) string { return fmt.Sprintf("start%d", i) }

// table writes the wrappers and returns the apps.toml of all the ways, and of an app
// with a terminal.
func table(t *testing.T, dir string) string {
	t.Helper()
	const env = `HOME="$HOME" DISPLAY="$DISPLAY" XDG_RUNTIME_DIR="$XDG_RUNTIME_DIR" DBUS_SESSION_BUS_ADDRESS="$DBUS_SESSION_BUS_ADDRESS"`
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"forks", "forks-clean"} {
		if err := os.Symlink(self, dir+"/"+name); err != nil {
			t.Fatal(err)
		}
	}
	const limits = "[apps.%s.limits]\nMemoryMax = \"2G\"\n"
	text := "[defaults]\nmemory = \"2G\"\n[apps.outer]\nexec = [\"/bin/sh\"]\n" + fmt.Sprintf(limits, "outer")
	fill := strings.NewReplacer("{chromium}", program, "{env}", env, "{dir}", dir)
	for i, w := range ways {
		file := fill.Replace(w.exec)
		if w.script != "" {
			file = dir + "/" + key(i)
			script := fill.Replace(w.script)
			if !strings.HasPrefix(script, "#!") {
				script = "#!/bin/sh\n" + script + "\n"
			}
			write(t, file, script, 0o755)
		}
		runtime := w.table
		if runtime == "" {
			runtime = `runtime = "chromium"`
		}
		text += fmt.Sprintf("[apps.%s]\nexec = [%q]\n%s\n", key(i), file, runtime)
		if w.table != unlimited {
			text += fmt.Sprintf(limits, key(i))
		}
	}
	return text
}

// command is what is typed for that way.
func command(i int) []string {
	const terminal = `"$@"; exit`
	run := []string{os.Getenv("ELECTROSCOPE_BIN"), "run"}
	name := strings.NewReplacer("{app}", key(i), "{chromium}", program)
	if in := ways[i].inside; in != nil {
		outer := append(run[:2:2], name.Replace(in[0]), "-c", terminal, "terminal")
		return append(append(outer, run...), name.Replace(in[1]))
	}
	return append(run, key(i))
}

// check looks where each process is.
func (w way) check(t *testing.T, i int, tr *tree) {
	t.Helper()
	main := tr.main()
	if main.left() != w.moves {
		t.Errorf("%s: the main process has a scope of its own making: %t, expected %t: %v", w.name, main.left(), w.moves, main)
	}
	unit := w.unit
	if unit == "" {
		unit = "app-" + key(i) + "-"
	}
	list := tr.processes()
	if len(list) < 4 {
		t.Errorf("%s: only %v", w.name, list)
	}
	for _, p := range list {
		if !capped(p.group) || !strings.HasPrefix(path.Base(p.group), unit) && !w.moves {
			t.Errorf("%s: not in %s*.scope with the app's limits: %v", w.name, unit, p)
		}
	}
}
