//go:build rig

package uml

import (
	"strings"
	"testing"
)

// TestGeneralOOMPolicy: systemd takes OOMPolicy= only when a scope is made, so that
// a file which changes it is told, unless the kernel's file says otherwise.
func TestGeneralOOMPolicy(t *testing.T) {
	dropIn(t, "app-.scope.d/50-general.conf", "[Scope]\nOOMPolicy=kill\n")
	s := newStage(t, strings.ReplaceAll(limited, `"refuse"`, `"run"`))
	p := s.start("plain")
	if got := p.scope("plain").read(t, "memory.oom.group"); got != "0" && !strings.Contains(p.said(), "app-.scope.d/50-general.conf") {
		t.Errorf("memory.oom.group is %s; stderr: %s", got, p.said())
	}
}
