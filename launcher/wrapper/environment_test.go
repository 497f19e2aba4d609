package wrapper

import (
	"fmt"
	"strings"
	"testing"

	"electroscope/tests/tree"
)

func TestHands(t *testing.T) {
	for _, test := range []struct {
		script string
		want   bool
	}{
		{`exec {}/engine "$@"`, true},
		{`KEEP=1 exec {}/engine "$@"`, true},
		{`export KEEP=1; exec {}/engine "$@"`, true},
		{`exec env A=1 -u B {}/engine "$@"`, true},
		{`exec env -v --unset=B {}/engine "$@"`, true},
		{`unset B C; exec {}/engine "$@"`, true},
		{`unset -f KEEP; exec {}/engine "$@"`, true},
		{`export -p; declare -x A=1; exec {}/engine "$@"`, true},
		{`x=$(env -i uname); exec {}/engine "$@"`, true},
		{`exec -a app {}/engine "$@"`, true},

		{`exec env -i A=1 {}/engine "$@"`, false},
		{`exec env - A=1 {}/engine "$@"`, false},
		{`exec env --ignore-environment {}/engine "$@"`, false},
		{`exec env -C / -i {}/engine "$@"`, false},
		{`exec env -vi {}/engine "$@"`, false},
		{`exec env -u KEEP {}/engine "$@"`, false},
		{`exec env -uKEEP {}/engine "$@"`, false},
		{`exec env --unset=KEEP {}/engine "$@"`, false},
		{`exec env -u "$1" {}/engine "$@"`, false},
		{`exec -c {}/engine "$@"`, false},
		{`exec -ca app {}/engine "$@"`, false},
		{`env -i {}/engine "$@" | cat`, false},
		{`if [ "$1" ]; then env -i {}/engine "$@"; else exec {}/engine "$@"; fi`, false},
		{`f() { env -i "$@"; }; f {}/engine "$@"`, false},
		{`unset KEEP; exec {}/engine "$@"`, false},
		{`[ "$1" ] && unset A KEEP; exec {}/engine "$@"`, false},
		{`v=KEEP; unset "$v"; exec {}/engine "$@"`, false},
		{`for v in $(env | cut -d= -f1); do unset $v; done; exec {}/engine "$@"`, false},
		{`export -n KEEP; exec {}/engine "$@"`, false},
		{`declare +x KEEP; exec {}/engine "$@"`, false},
		{"unset" + strings.Repeat(" A", 9) + manyNames(200) + `; exec {}/engine "$@"`, false},
		{`exec /opt/not/there "$@"`, false},
	} {
		dir := tree.Make(t, map[string]string{"app": "#!/bin/bash\n" + test.script + "\n", "engine": "ELF x"})
		c := Behind(dir+"/app", Search{Path: "/usr/bin:/bin", Dir: dir})
		if got := c.Hands("KEEP"); got != test.want {
			t.Errorf("%s: hands it on: %t, want %t (%+v)", test.script, got, test.want, c)
		}
	}
}

func manyNames(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " N%d", i)
	}
	return b.String()
}
