package wrapper

import (
	"strings"
	"testing"

	"electroscope/launcher/runner"
	"electroscope/tests/tree"
)

// What a script starts behind other programs, and whether by exec all the way.
func TestRunners(t *testing.T) {
	for line, want := range map[string]struct {
		program, before string
		execs           bool
	}{
		`exec mangohud {}/app "$@"`:                        {"{}/app", "", true},
		`exec stdbuf -o L {}/app -x "$@"`:                  {"{}/app", "-x", true},
		`exec nice -n 5 ionice -c 3 {}/app "$@"`:           {"{}/app", "", true},
		`exec taskset -c 0,1 chrt -b 0 {}/app "$@"`:        {"{}/app", "", true},
		`exec proxychains4 -q -f /etc/p.conf {}/app "$@"`:  {"{}/app", "", true},
		`exec nixGLIntel {}/app "$@"`:                      {"{}/app", "", true},
		`exec nixGLNvidiaBumblebee-470.1 {}/app "$@"`:      {"{}/app", "", false},
		`exec prime-run {}/app "$@"`:                       {"{}/app", "", false},
		`exec timeout -k 5 1h {}/app "$@"`:                 {"{}/app", "", false},
		`exec gamescope -W 1920 -f -- {}/app --y "$@"`:     {"{}/app", "--y", false},
		`exec gamescope {}/app "$@"`:                       {"", "", false},
		`exec my-vpn --via de {}/app "$@"`:                 {"{}/app", "", true},
		`exec my-tunnel eu {}/app "$@"`:                    {"{}/app", "", false},
		`exec bwrap --ro-bind / / {}/app "$@"`:             {"", "", false},
		`exec switcherooctl launch --gpu 1 {}/app -x "$@"`: {"{}/app", "-x", false},
	} {
		root := tree.Make(t, map[string]string{"app": "ELF x", "bin/script": "#!/bin/sh\n" + line + "\n", "bin/bwrap": "ELF x"})
		s := search(t, root)
		s.Runners = []runner.Runner{{Name: "my-vpn", Execs: true, Values: []string{"--via"}}, {Name: "my-*", Operands: 1}}
		c := Behind(root+"/bin/script", s)
		program := strings.ReplaceAll(c.Program, root, "{}")
		if before := strings.Join(c.Before.Known, " "); program != want.program || before != want.before || c.Execs != want.execs {
			t.Errorf("%s: %q with %q, exec %v; want %+v", line, program, before, c.Execs, want)
		}
	}
}
