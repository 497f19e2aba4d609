package chromium

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWrapping(t *testing.T) {
	const script, file Origin = "the wrapper /bin/x", "/home/u/x-flags.conf"
	before := func(words ...string) Standing { return Standing{Origin: script, Words: words} }
	may := func(s Standing) Standing { s.May = true; return s }
	behind := func(s Standing) Standing { s.Behind = true; return s }
	for name, test := range map[string]struct {
		wrapping Wrapping
		own      Source
		args     []string
		want     []string
		notes    []string
	}{
		"known lists are united": {
			wrapping: Wrapping{Standing: []Standing{before("--enable-features=Theirs", "--js-flags=--expose-gc", "--single")}},
			own:      Source{EnableFeatures: []string{"Ours"}, Heap: 512 << 20},
			want:     []string{"--enable-features=Theirs,Ours", "--js-flags=--expose-gc --max-old-space-size=512"},
		},
		"what may be enabled is united; what may be disabled, or told to V8, is not": {
			wrapping: Wrapping{Standing: []Standing{may(before("--enable-features=Theirs", "--disable-features=Other", "--js-flags=--expose-gc"))}},
			own:      Source{EnableFeatures: []string{"Ours"}, Heap: 512 << 20},
			want:     []string{"--enable-features=Theirs,Ours", "--js-flags=--max-old-space-size=512"},
		},
		"what may be enabled is left alone where nothing of ours replaces it": {
			wrapping: Wrapping{Standing: []Standing{before("--enable-features=A"), may(before("--enable-features=B"))}},
			own:      Source{DisableFeatures: []string{"C"}},
			want:     []string{"--disable-features=C"},
		},
		"the user replaces it": {
			wrapping: Wrapping{Standing: []Standing{may(before("--enable-features=B"))}},
			args:     []string{"--enable-features=U"},
			want:     []string{"--enable-features=B,U"},
		},
		"unknown before: no list of ours, the heap all the same": {
			wrapping: Wrapping{Standing: []Standing{before("--enable-features=A", "--js-flags=--a")}, Unknown: script},
			own:      Source{Origin: "apps.toml", EnableFeatures: []string{"Ours"}, V8: []string{"--b"}, Heap: 512 << 20, Switches: []string{"--use-angle=gl", "--disable-features=D"}},
			want:     []string{"--use-angle=gl", "--js-flags=--a --max-old-space-size=512"},
			notes: []string{
				"--disable-features=D: from apps.toml, would replace a list of the app's own: what the wrapper /bin/x gives cannot be seen",
				"--enable-features=Ours: from apps.toml, would replace a list of the app's own: what the wrapper /bin/x gives cannot be seen",
				"--js-flags=--b: from apps.toml, would replace a list of the app's own: what the wrapper /bin/x gives cannot be seen",
			},
		},
		"unknown before, and the user replaces the list himself": {
			wrapping: Wrapping{Unknown: script},
			own:      Source{Origin: "apps.toml", EnableFeatures: []string{"Ours"}},
			args:     []string{"--enable-features=U"},
			want:     []string{"--enable-features=Ours,U"},
		},
		"behind: theirs holds, lists, heap and single switches": {
			wrapping: Wrapping{Standing: []Standing{behind(before("--enable-features=A", "--js-flags=--max-old-space-size=8192", "--ozone-platform=wayland"))}},
			own:      Source{Origin: "apps.toml", EnableFeatures: []string{"Ours"}, Heap: 1 << 30, Switches: []string{"--ozone-platform=x11", "--use-angle=gl"}},
			args:     []string{"--enable-features=U"},
			want:     []string{"--enable-features=U", "--use-angle=gl"},
			notes: []string{
				"--ozone-platform=x11: from apps.toml, does not hold: --ozone-platform=wayland from the wrapper /bin/x stands last",
				"--enable-features=Ours: from apps.toml, does not hold: --enable-features=A from the wrapper /bin/x stands last",
				"--max-old-space-size=1024: from apps.toml, does not hold: --js-flags=--max-old-space-size=8192 from the wrapper /bin/x stands last",
				"--enable-features=U: from the arguments, does not hold: --enable-features=A from the wrapper /bin/x stands last",
			},
		},
		"a flags file behind": {
			wrapping: Wrapping{Standing: []Standing{behind(Standing{Origin: file, Words: []string{"--disable-features=A"}})}},
			own:      Source{Origin: "apps.toml", DisableFeatures: []string{"Ours"}},
			notes:    []string{"--disable-features=Ours: from apps.toml, does not hold: --disable-features=A from /home/u/x-flags.conf stands last"},
		},
		"may be behind: ours leaves, and it is said": {
			wrapping: Wrapping{Standing: []Standing{may(behind(before("--use-angle=gl")))}, UnknownBehind: script},
			own:      Source{Origin: "apps.toml", EnableFeatures: []string{"Ours"}, Switches: []string{"--use-angle=vulkan"}},
			want:     []string{"--use-angle=vulkan", "--enable-features=Ours"},
			notes: []string{
				"--use-angle=vulkan: from apps.toml, may not hold: --use-angle=gl from the wrapper /bin/x may stand last",
				"--enable-features=Ours: from apps.toml, may not hold: what the wrapper /bin/x puts behind it cannot be seen",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			theirs := test.wrapping.Lists([]Source{test.own}, test.args)
			own, said := test.wrapping.Beside(test.own, test.args)
			argv, _ := Merge(test.args, append(theirs, own)...)
			if diff := cmp.Diff(test.want, argv, cmp.Transformer("nil", func(s []string) []string { return append([]string{}, s...) })); diff != "" {
				t.Error(diff)
			}
			var notes []string
			for _, n := range append(said, test.wrapping.Given(test.args)...) {
				notes = append(notes, n.Switch+": "+n.Reason)
			}
			if diff := cmp.Diff(test.notes, notes); diff != "" {
				t.Error(diff)
			}
		})
	}
}
