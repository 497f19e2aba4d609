package launcher

import (
	"os"
	"path/filepath"
	"testing"

	"electroscope/launcher/wrapper"
)

// The family is known by its script, or by its code beside the program.
func TestIsVSCode(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "resources/app/out/vs"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		chain wrapper.Chain
		want  bool
	}{
		{wrapper.Chain{Program: dir + "/codium"}, true},
		{wrapper.Chain{RunAsNode: true}, true},
		{wrapper.Chain{Program: dir + "/resources/codium"}, false},
		{wrapper.Chain{}, false},
	} {
		if got := isVSCode(test.chain); got != test.want {
			t.Errorf("%+v: %t, want %t", test.chain, got, test.want)
		}
	}
}

// What only hands its arguments on is known by where it lies, or by what the terminal
// of an editor sets; the app itself keeps its switches there.
func TestForwards(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "bin/remote-cli"), 0o755); err != nil {
		t.Fatal(err)
	}
	real, link := filepath.Join(dir, "bin/remote-cli/codium"), filepath.Join(dir, "codium")
	if err := os.WriteFile(real, nil, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(real, link); err != nil {
		t.Fatal(err)
	}
	hook, command := map[string]string{"VSCODE_IPC_HOOK_CLI": "/run/x.sock"}, map[string]string{"VSCODE_CLIENT_COMMAND": "ssh"}
	for _, test := range []struct {
		name  string
		chain wrapper.Chain
		env   map[string]string
		want  bool
	}{
		{"the remote command line", wrapper.Chain{Scripts: []string{real}, Program: dir + "/node"}, nil, true},
		{"a wrapper of it", wrapper.Chain{Scripts: []string{"/usr/bin/codium", real}}, nil, true},
		{"a link to it", wrapper.Chain{Scripts: []string{link}}, hook, true},
		{"the desktop's script in a remote terminal", wrapper.Chain{Scripts: []string{"/usr/bin/codium"}, RunAsNode: true}, hook, true},
		{"the same by a client's command", wrapper.Chain{Scripts: []string{"/usr/bin/codium"}, RunAsNode: true}, command, true},
		{"the desktop's script elsewhere", wrapper.Chain{Scripts: []string{"/usr/bin/codium"}, RunAsNode: true}, nil, false},
		{"another app in a remote terminal", wrapper.Chain{Scripts: []string{"/usr/bin/discord"}, Program: "/opt/discord/Discord"}, hook, false},
	} {
		if got := forwards(test.chain, func(name string) string { return test.env[name] }); got != test.want {
			t.Errorf("%s: %t, want %t", test.name, got, test.want)
		}
	}
}
