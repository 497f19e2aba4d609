package entry

import (
	"slices"
	"strings"
	"testing"

	"electroscope/launcher/runner"
)

// discord tells the app of these tests as a program is named in an Exec line.
func discord(program string, args []string) Match {
	if !isDiscord(program) {
		return Other
	}
	if slices.Contains(args, "--profile=other") {
		return Shared
	}
	return Own
}

// owns is the test of an app whose program is no other app's.
func owns(is func(program string) bool) Starts {
	return func(program string, _ []string) Match {
		if is(program) {
			return Own
		}
		return Other
	}
}

func isDiscord(program string) bool {
	return slices.Contains([]string{
		"discord", "Discord", "/usr/bin/discord", "/usr/share/discord/Discord", "/opt/My App/discord", "/opt/100%/discord",
		"./discord", "/home/u/.local/bin/discord", `/opt/a"b/discord`, "/opt/ünï/discord",
	}, program)
}

const link = "/home/u/.local/bin/discord"

// execs are Exec values as they stand in a file, and what becomes of them: LINK
// stands for the link's path. "" is a line that starts something else; "?" and a
// part of the reason one that is left because it cannot be followed.
var execs = []struct{ exec, want string }{
	// The specification's own forms, with each field code.
	{`discord`, `LINK`},
	{`discord %U`, `LINK %U`},
	{`/usr/bin/discord %u %f %F`, `LINK %u %f %F`},
	{`/usr/share/discord/Discord %i -c %c --desktop %k`, `LINK %i -c %c --desktop %k`},
	{`discord --url=%u --100%%`, `LINK --url=%u --100%%`},
	{`discord --open-url -- %u`, `LINK --open-url -- %u`},
	{`"discord" "%U"`, `LINK "%U"`},
	{`"/opt/My App/discord" --x "a b"`, `LINK --x "a b"`},
	{`/opt/My\\ App/discord %U`, `LINK %U`},
	{`/opt/My\s\sApp/discord %U`, ``},
	{`"/opt/My\sApp/discord" %U`, `LINK %U`},
	{`/opt/100%%/discord %U`, `LINK %U`},
	{`"/opt/a\\"b/discord" "x\\"y" "\\$HOME" "\\\\"`, `LINK "x\\"y" "\\$HOME" "\\\\"`},
	{`/opt/ünï/discord %U`, `LINK %U`},
	{`'/opt/My App/discord' 'a  b'`, `LINK 'a  b'`},
	{`"/opt/My "'App/discord' x`, `LINK x`},
	{`dis"cord" x`, `LINK x`},
	{`discord	--tab	%U`, `LINK	--tab	%U`},
	{`  discord   two   blanks  `, `LINK   two   blanks`},
	{`./discord %U`, `LINK %U`},
	{`LINK %U`, `LINK %U`},
	{`"LINK" %U`, `"LINK" %U`},

	// Behind other programs.
	{`env FOO=1 discord %U`, `env FOO=1 LINK %U`},
	{`/usr/bin/env -u A -i --unset=B FOO="a b" BAR=2 discord`, `/usr/bin/env -u A -i --unset=B FOO="a b" BAR=2 LINK`},
	{`env -- FOO=1 discord`, `env -- FOO=1 LINK`},
	{`env --chdir /tmp "FOO=discord x" Discord`, `env --chdir /tmp "FOO=discord x" LINK`},
	{`env -S "FOO=1 discord" %U`, `?option -S`},
	{`env --argv0=x discord`, `?option --argv0`},
	{`env FOO=1 env BAR=2 nice -n 10 discord`, `env FOO=1 env BAR=2 nice -n 10 LINK`},
	{`nice -n 10 ionice -c2 discord %U`, `nice -n 10 ionice -c2 LINK %U`},
	{`gamemoderun mangohud discord`, `gamemoderun mangohud LINK`},
	{`taskset -c 0,1 discord`, `taskset -c 0,1 LINK`},
	{`systemd-run --user --scope -p MemoryMax=1G discord`, `systemd-run --user --scope -p MemoryMax=1G LINK`},
	{`systemd-run --user --slice app-x -- discord`, `systemd-run --user --slice app-x -- LINK`},
	{`systemd-inhibit --who me discord`, `systemd-inhibit --who me LINK`},
	{`systemd-run --user --unit discord -- discord`, `systemd-run --user --unit discord -- LINK`},
	{`systemd-run --user --job-xyz me discord`, `?cannot be told`},
	{`gamescope -W 1920 -H 1080 -f -- discord`, `gamescope -W 1920 -H 1080 -f -- LINK`},
	{`gamescope -f -- mangohud discord`, `gamescope -f -- mangohud LINK`},
	{`nixGLIntel discord %U`, `nixGLIntel LINK %U`},
	{`nixGLNvidia-570.1 /opt/ünï/discord`, `nixGLNvidia-570.1 LINK`},
	{`switcherooctl launch -g 1 discord`, `switcherooctl launch -g 1 LINK`},
	{`proxychains4 -q -f /etc/p.conf discord`, `proxychains4 -q -f /etc/p.conf LINK`},
	{`torsocks discord`, `torsocks LINK`},
	{`timeout 1h discord`, `timeout 1h LINK`},
	{`stdbuf -o L discord`, `stdbuf -o L LINK`},
	{`my-vpn --via de discord %U`, `my-vpn --via de LINK %U`},
	{`my-vpn other discord`, `?starts "other"`},
	{`their-vpn discord`, `?starts "their-vpn"`},
	{`bwrap --ro-bind / / discord`, `?starts "bwrap"`},
	{`uwsm app -- discord %U`, `uwsm app -- LINK %U`},
	{`setsid -f mpv discord`, `?cannot be told`},
	{`setsid mpv discord`, `?starts "mpv"`},
	{`firejail --private discord`, `?starts "firejail"`},
	{`flatpak run com.discordapp.Discord`, ``},
	{`sudo -u other discord`, `?starts "sudo"`},
	{`xterm -e discord`, `?starts "xterm"`},

	// Shells.
	{`sh -c "exec discord %U"`, `sh -c "exec LINK %U"`},
	{`sh -c 'discord "$@"' sh %U`, `sh -c 'LINK "$@"' sh %U`},
	{`/bin/bash -lc "cd /tmp && FOO=1 exec discord >/dev/null 2>&1 &"`, `/bin/bash -lc "cd /tmp && FOO=1 exec LINK >/dev/null 2>&1 &"`},
	{`sh -c "sleep 5; pgrep discord || discord --start-minimized"`, `sh -c "sleep 5; pgrep discord || LINK --start-minimized"`},
	{`sh -c "if true; then discord; else Discord; fi"`, `sh -c "if true; then LINK; else LINK; fi"`},
	{`sh -c "exec \\"/opt/My App/discord\\" \\"\\$@\\"" sh %U`, `sh -c "exec LINK \\"\\$@\\"" sh %U`},
	{`sh -c "env A=1 nice discord # discord"`, `sh -c "env A=1 nice LINK # discord"`},
	{`sh -c discord`, `sh -c LINK`},
	{`sh -c exec\\ "dis"cord`, `?quotes`},
	{`sh -c "exec -a other discord"`, `?changes the name`},
	{`sh -c 'exec "$0" "$@"' discord %U`, `?does not start it by name`},
	{`sh -c "$(which discord) %U"`, `?more than a list`},
	{"sh -c \"`which discord`\"", `?more than a list`},
	{`sh -c "case x in y) true;; discord) true;; esac"`, `?more than a list`},
	{`sh -c "discord <<EOF"`, `?more than a list`},
	{`sh -c "discord >"`, `?without a file`},
	{`sh -c "echo 'discord"`, `?not closed`},
	{`sh -c "xdg-open https://discord.com"`, ``},
	{`sh /opt/discord/start.sh`, ``},
	{`sh discord`, `?starts sh`},
	{`fish -c discord`, `?starts "fish"`},

	// Not the app's, and not even a command.
	{`discord-canary %U`, ``},
	{`/usr/bin/discord-canary`, ``},
	{`xdg-open https://discord.com/discord`, ``},
	{`discord;rm -rf /`, `?starts "discord;rm"`},
	{`%U discord`, `?starts "%U"`},
	{`disc%ford`, ``},
	{`"discord`, `?not closed`},
	{`"`, ``},
	{`\`, ``},
	{``, ``},
	{`env`, ``},
	{`env A=1`, ``},
	{`nice -n`, ``},
	{`sh -c`, ``},
	{`$(discord)`, `?starts`},
	{"a\x01b\x7f discord", `?starts`},
	{strings.Repeat("env ", 5000) + "discord", strings.Repeat("env ", 5000) + "LINK"},
	{strings.Repeat(`sh -c "`, 51) + "discord", `?not closed`},
	{`sh -c "sh -c 'nice discord'"`, `sh -c "sh -c 'nice LINK'"`},
}

func TestExec(t *testing.T) {
	for _, test := range execs {
		head := "[Desktop Entry]\nName=x\nExec="
		exec, want := strings.ReplaceAll(test.exec, "LINK", link), strings.ReplaceAll(test.want, "LINK", link)
		text := head + exec + "\nTryExec=discord\n"
		e, err := Parse(text)
		if err != nil {
			t.Errorf("%.80q: %v", exec, err)
			continue
		}
		own := runner.Runner{Name: "my-vpn", Values: []string{"--via"}}
		r := e.Rewrite(link, discord, own)
		after := strings.TrimSuffix(strings.TrimPrefix(r.Text, head), "\nTryExec=discord\n")
		reason, isLeft := strings.CutPrefix(want, "?")
		switch {
		case isLeft && (len(r.Left) != 1 || !strings.Contains(r.Left[0].Reason, reason) || r.Left[0].Line != 3):
			t.Errorf("%.80q: left are %v, want one for %q", exec, r.Left, reason)
		case isLeft || want == "":
			if r.Text != text || r.Execs != 0 || !isLeft && r.Left != nil {
				t.Errorf("%.80q became %.80q (%d, %v)", exec, after, r.Execs, r.Left)
			}
		case strings.TrimSpace(after) != want || r.Execs != 1 || r.Left != nil:
			t.Errorf("%.80q became %.80q, want %.80q (%d, %v)", exec, after, want, r.Execs, r.Left)
		}
		if r.Execs > 0 {
			if again := mustParse(t, r.Text).Rewrite(link, discord, own); again.Text != r.Text || again.Execs != 1 {
				t.Errorf("%.80q, rewritten again, became %.80q", exec, again.Text)
			}
		}
	}
}

func mustParse(t *testing.T, text string) *Entry {
	t.Helper()
	e, err := Parse(text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return e
}

// A link's path may need quotes itself, at each of the levels.
func TestPathInNeedOfQuotes(t *testing.T) {
	const odd = "/home/a b/$x\"`'\\%/discord"
	for _, test := range []struct{ exec, want, reason string }{
		{`discord %U`, `env "/home/a b/\\$x\\"\\` + "`" + `'\\\\%%/discord" %U`, ""},
		{`sh -c "exec discord"`, `sh -c "exec '/home/a b/\\$x\\"\\` + "`" + `'\\\\''\\\\%%/discord'"`, ""},
		{`sh -c 'exec discord'`, ``, "quotes"},
		{`sh -c discord`, ``, "quotes"},
	} {
		r := mustParse(t, "[Desktop Entry]\nExec="+test.exec).Rewrite(odd, discord)
		if test.reason != "" {
			if len(r.Left) != 1 || !strings.Contains(r.Left[0].Reason, test.reason) {
				t.Errorf("%s: left %v", test.exec, r.Left)
			}
			continue
		}
		if got := strings.TrimPrefix(r.Text, "[Desktop Entry]\nExec="); got != test.want {
			t.Errorf("%s\n became %s\n   want %s", test.exec, got, test.want)
		}
		isOdd := owns(func(program string) bool { return program == odd })
		back := mustParse(t, r.Text).Rewrite("discord", isOdd)
		if got := strings.Replace(back.Text, "=env ", "=", 1); got != "[Desktop Entry]\nExec="+test.exec {
			t.Errorf("%s and back became %q", test.exec, got)
		}
		if again := mustParse(t, r.Text).Rewrite(odd, isOdd); again.Text != r.Text || again.Execs != 1 {
			t.Errorf("%s, rewritten again, became %q", test.want, again.Text)
		}
	}
	for exec, path := range map[string]string{"env A=1 discord": "/home/a=b/discord", "discord": "/home/a=b%/discord"} {
		r := mustParse(t, "[Desktop Entry]\nExec="+exec).Rewrite(path, discord)
		if len(r.Left) != 1 || !strings.Contains(r.Left[0].Reason, "variable") {
			t.Errorf("a path with = behind env: %+v", r)
		}
	}
}

// A path with a per cent sign stands behind env, where it is the first word only.
func TestPerCentSign(t *testing.T) {
	const link = "/home/100%/discord"
	for exec, want := range map[string]string{
		`discord %U`:                  `env /home/100%%/discord %U`,
		`/home/100%%/discord %U`:      `env /home/100%%/discord %U`,
		`env /home/100%%/discord %U`:  `env /home/100%%/discord %U`,
		`env A=1 discord %U`:          `env A=1 /home/100%%/discord %U`,
		`nice "discord" %U`:           `nice /home/100%%/discord %U`,
		`sh -c "discord --new"`:       `sh -c "/home/100%%/discord --new"`,
		`sh -c "exec discord '$@'" x`: `sh -c "exec /home/100%%/discord '$@'" x`,
	} {
		isOurs := owns(func(program string) bool { return program == "discord" || program == link })
		if got := mustParse(t, "[Desktop Entry]\nExec="+exec).Rewrite(link, isOurs); got.Text != "[Desktop Entry]\nExec="+want {
			t.Errorf("%s became %q, want %s; left %v", exec, got.Text, want, got.Left)
		}
	}
}

// A command of the app's program may be another app's. Of several in a script the app's
// own is led to the link.
func TestSharedProgram(t *testing.T) {
	for exec, want := range map[string]string{
		`discord --profile=other %U`:                            ``,
		`discord "--profile=other"`:                             ``,
		`env A=1 nice discord --x --profile=other`:              ``,
		`sh -c "sleep 1; discord --profile=other"`:              ``,
		`sh -c "discord --profile=other & exec discord --new"`:  `sh -c "discord --profile=other & exec LINK --new"`,
		`sh -c "discord --profile=other || discord '$@'" sh %U`: `sh -c "discord --profile=other || LINK '$@'" sh %U`,
	} {
		text := "[Desktop Entry]\nExec=" + exec + "\n"
		r := mustParse(t, text).Rewrite(link, discord)
		if want == "" {
			if r.Text != text || r.Execs != 0 || r.Shared != 1 || r.Left != nil {
				t.Errorf("%s: %+v", exec, r)
			}
			continue
		}
		if got := "[Desktop Entry]\nExec=" + strings.ReplaceAll(want, "LINK", link) + "\n"; r.Text != got || r.Execs != 1 || r.Shared != 0 {
			t.Errorf("%s: %+v", exec, r)
		}
	}
}
