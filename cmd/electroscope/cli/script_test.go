package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	// Every argv[0] that a script uses: a link under another name would run
	// the tests again.
	programs := map[string]func(){}
	for _, name := range []string{"electroscope", "discord", "Discord", "chat", "discord.sh", "ghost", "slack"} {
		programs[name] = func() { os.Exit(Main(os.Args, os.Stdout, os.Stderr)) }
	}
	testscript.Main(m, programs)
}

// The scripts plan, and launch only what fails before a scope is asked for: on a
// desktop they must not touch the session. Launches are in tests/session.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			home := filepath.Join(env.WorkDir, "home")
			env.Setenv("HOME", home)
			env.Setenv("XDG_CONFIG_HOME", filepath.Join(home, ".config"))
			env.Setenv("XDG_CONFIG_DIRS", filepath.Join(env.WorkDir, "etc"))
			env.Setenv("COLUMNS", "1000") // for patterns of a line; explain.txtar folds
			env.Setenv("XDG_RUNTIME_DIR", filepath.Join(env.WorkDir, "run"))
			for _, dir := range []string{"home/.config/electroscope", "run", "apps"} {
				if err := os.MkdirAll(filepath.Join(env.WorkDir, dir), 0o700); err != nil {
					return err
				}
			}
			// What a script cannot write: programs of Electron 43, and of no known engine.
			for name, words := range map[string][]string{
				"electron43": electronLiterals("43.4.1", "150.0.7871.224", 150),
				"native":     {"Qt5"},
			} {
				if err := os.WriteFile(filepath.Join(env.WorkDir, name), fakeELF(words), 0o755); err != nil {
					return err
				}
			}
			// The folder with the links of testscript comes first, as
			// ~/.local/bin does; the apps are behind it.
			env.Setenv("PATH", env.Getenv("PATH")+":"+filepath.Join(env.WorkDir, "apps")+":/usr/bin:/bin")
			return nil
		},
		RequireExplicitExec: true,
	})
}

// Every command has a help text that names it as it is called.
func TestHelp(t *testing.T) {
	for _, c := range commands() {
		if c.summary == "" || strings.ToUpper(c.summary[:1]) != c.summary[:1] || strings.HasSuffix(c.summary, ".") {
			t.Errorf("%s: summary %q", c.name, c.summary)
		}
		if !strings.Contains(c.help(), "electroscope "+c.name) || !strings.Contains(usage(), "electroscope "+c.name) {
			t.Errorf("%s: the help texts do not show how it is called", c.name)
		}
		told := strings.Contains(c.args, "OPTIONS") || strings.Contains(strings.ReplaceAll(c.args, "[--]", ""), "--")
		if told != (c.flags != nil) {
			t.Errorf("%s: usage %q does not tell whether it has options", c.name, c.usage())
		}
	}
}
