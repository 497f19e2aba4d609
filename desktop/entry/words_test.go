package entry

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCommand(t *testing.T) {
	for exec, want := range map[string]Command{
		"slack %U":                                       {Words: []string{"slack"}},
		`"/opt/a b/app" --x="%f" -- %%`:                  {Words: []string{"/opt/a b/app", "--x=", "--", "%"}},
		"python3 /opt/x/app.py %F":                       {Words: []string{"python3", "/opt/x/app.py"}},
		"java -jar /opt/x.jar -icon %i -caption %c":      {Words: []string{"java", "-jar", "/opt/x.jar", "-icon", "--icon", "pic", "-caption", "The Name"}},
		`env WINEPREFIX="/home/u/.w p" wine C:\\\\x.exe`: {Env: []string{"WINEPREFIX=/home/u/.w p"}, Words: []string{"wine", `C:\x.exe`}},
		"/usr/bin/env node /opt/x.js":                    {Env: []string{}, Words: []string{"node", "/opt/x.js"}},
		"env -i node x":                                  {Words: []string{"env", "-i", "node", "x"}},
		"env A=1":                                        {Words: []string{"env", "A=1"}},
		`sh -c "cd /opt && ./app \\"\\$@\\"" sh %U`:      {Words: []string{"sh", "-c", `cd /opt && ./app "$@"`, "sh"}},
		"app a%éb":                                       {Words: []string{"app", "ab"}},
		`app ""`:                                         {Words: []string{"app", ""}},
		"flatpak run --file-forwarding org.x @@u %U @@":  {Words: []string{"flatpak", "run", "--file-forwarding", "org.x"}},
	} {
		e, err := Parse("[Desktop Entry]\nName=The Name\nIcon=pic\nExec=" + exec + "\n[Desktop Action x]\nExec=other\n")
		if err != nil {
			t.Fatal(err)
		}
		got, err := e.Command()
		if err != nil {
			t.Errorf("%s: %v", exec, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", exec, diff)
		}
	}
	for _, text := range []string{"", "Exec=\n", "Exec=%U\n", "Exec=\"open\n"} {
		e, err := Parse("[Desktop Entry]\n" + text)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := e.Command(); err == nil {
			t.Errorf("%q: %v", text, got)
		}
	}
}
