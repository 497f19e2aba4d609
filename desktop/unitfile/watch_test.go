package unitfile

import (
	"strings"
	"testing"
)

func TestWatch(t *testing.T) {
	for program, want := range map[string]string{
		"/usr/bin/electroscope":       "ExecStart=/usr/bin/electroscope watch\nExecStopPost=/usr/bin/electroscope watch --release\n",
		"/home/a b/100%$x/\"q\"\\e/x": `ExecStart="/home/a b/100%%$$x/\"q\"\\e/x" watch` + "\n",
	} {
		if service, _ := Watch(program); !strings.Contains(service, want) {
			t.Errorf("%q:\n%s", program, service)
		}
	}
}
