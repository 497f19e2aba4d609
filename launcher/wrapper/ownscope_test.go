package wrapper

import (
	"strings"
	"testing"

	"electroscope/tests/tree"

	"github.com/google/go-cmp/cmp"
)

func TestOwnScope(t *testing.T) {
	none := OwnScope{}
	for name, tt := range map[string]struct {
		script string // of {}/bin/app, or
		path   string // another path
		args   string // the user's
		want   OwnScope
	}{
		"flatpak's own export":       {script: "exec {}/sys/flatpak run --branch=stable --arch=x86_64 --command=x com.x.App \"$@\"", want: OwnScope{Maker: "flatpak", ID: "com.x.App"}},
		"flatpak, words apart":       {script: "exec flatpak run --branch stable com.x.App \"$@\"", want: OwnScope{Maker: "flatpak", ID: "com.x.App"}},
		"flatpak, no exec":           {script: "flatpak run com.x.App", want: OwnScope{Maker: "flatpak", ID: "com.x.App"}},
		"flatpak, id in a variable":  {script: "ID=com.x.App\nexec flatpak run \"$ID\" \"$@\"", want: OwnScope{Maker: "flatpak", ID: "com.x.App"}},
		"flatpak, else the program":  {script: "flatpak run com.x.App \"$@\" || exec {}/opt/x \"$@\"", want: OwnScope{Maker: "flatpak", ID: "com.x.App", May: true}},
		"flatpak, only asked":        {script: "flatpak info com.x.App\nexec {}/opt/x \"$@\"", want: none},
		"flatpak, asked for output":  {script: "v=$(flatpak run com.x.App --version)\nexec {}/opt/x \"$@\"", want: none},
		"flatpak is not there":       {script: "exec /gone/flatpak run com.x.App \"$@\"", want: none},
		"systemd-run":                {script: "exec systemd-run --user --scope -p MemoryMax=1G {}/opt/x \"$@\"", want: OwnScope{Maker: "systemd-run"}},
		"systemd-run of the program": {script: "if [ \"$1\" ]; then systemd-run --user {}/opt/x; else exec {}/opt/x; fi", want: OwnScope{Maker: "systemd-run", May: true}},
		"systemd-run of another":     {script: "systemd-run --user {}/opt/helper\nexec {}/opt/x \"$@\"", want: none},
		"in a second script":         {script: "exec {}/opt/second \"$@\"", want: OwnScope{Maker: "systemd-run"}},
		"uwsm":                       {script: "exec uwsm app -- {}/opt/x \"$@\"", want: OwnScope{Maker: "uwsm"}},
		"uwsm, something else":       {script: "uwsm check is-active && exec {}/opt/x \"$@\"", want: none},
		"app2unit, itself a script":  {script: "exec app2unit -- {}/opt/x \"$@\"", want: OwnScope{Maker: "app2unit"}},
		"runapp, behind env":         {script: "exec env A=b runapp {}/opt/x \"$@\"", want: OwnScope{Maker: "runapp"}},
		"a Snap by run":              {script: "exec snap run music.player \"$@\"", want: OwnScope{Maker: "snap", ID: "music.player"}},
		"a Snap by its link":         {script: "exec {}/snap/bin/music \"$@\"", want: OwnScope{Maker: "snap", ID: "music.music"}},
		"a container's app":          {script: "exec distrobox enter box -- x \"$@\"", want: OwnScope{Maker: "distrobox"}},
		"a Snap":                     {path: "{}/snap/bin/music", want: OwnScope{Maker: "snap", ID: "music.music"}},
		"a Snap's second command":    {path: "{}/snap/bin/music.player", want: OwnScope{Maker: "snap", ID: "music.player"}},
		"a Snap, by a link to it":    {path: "{}/bin/tunes", want: OwnScope{Maker: "snap", ID: "music.music"}},
		"flatpak by hand":            {path: "{}/sys/flatpak", args: "run com.x.App", want: OwnScope{Maker: "flatpak", ID: "com.x.App"}},
		"flatpak by hand, a list":    {path: "{}/sys/flatpak", args: "list", want: none},
		"systemd-run by hand":        {path: "{}/sys/systemd-run", args: "--scope x", want: OwnScope{Maker: "systemd-run"}},
		"systemd-run --version":      {path: "{}/sys/systemd-run", args: "--version", want: none},
		"app2unit by hand":           {path: "{}/sys/app2unit", args: "-- x", want: OwnScope{Maker: "app2unit"}},
		"an ordinary program":        {path: "{}/opt/x", want: none},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{
				"bin/app": "#!/bin/sh\n" + tt.script + "\n", "opt/x": "ELF x", "opt/helper": "ELF x", "bin/tunes": "-> {}/snap/bin/music",
				"opt/second":     "#!/bin/sh\nexec systemd-run --scope {}/opt/x\n",
				"snap/bin/music": "-> {}/sys/snap", "snap/bin/music.player": "-> {}/sys/snap", "sys/app2unit": "#!/bin/sh\nexec systemd-run \"$@\"\n",
			}
			for _, maker := range []string{"flatpak", "snap", "systemd-run", "uwsm", "runapp", "distrobox"} {
				files["sys/"+maker] = "ELF x"
			}
			root := tree.Make(t, files)
			s := search(t, root)
			s.Path = root + "/sys"
			s.Args = strings.Fields(tt.args)
			path := tt.path
			if path == "" {
				path = "{}/bin/app"
			}
			if diff := cmp.Diff(tt.want, Behind(strings.ReplaceAll(path, "{}", root), s).Own); diff != "" {
				t.Error(diff)
			}
		})
	}
}
