package chromium

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const config Origin = "apps.toml"

func TestMerge(t *testing.T) {
	for _, tt := range []struct {
		name    string
		user    []string
		sources []Source
		want    []string
	}{
		{
			name: "nothing wanted, nothing changed",
			user: []string{"", "a b", "line\nbreak", "\xff\xfe", "-x", "--enable-features=B, A,,A", "-js-flags=--a,--a", "discord://x", "--", "--"},
			want: []string{"", "a b", "line\nbreak", "\xff\xfe", "-x", "--enable-features=B, A,,A", "-js-flags=--a,--a", "discord://x", "--", "--"},
		},
		{
			name:    "ours goes before a url, behind which Electron refuses switches",
			user:    []string{"discord://channel"},
			sources: []Source{{Switches: []string{"--enable-zero-copy"}, EnableFeatures: []string{"A"}}},
			want:    []string{"--enable-zero-copy", "--enable-features=A", "discord://channel"},
		},
		{
			name:    "ours goes behind an option that a launcher looks for in the first place",
			user:    []string{"--version", "file"},
			sources: []Source{{Heap: 2 << 30}},
			want:    []string{"--version", "file", "--js-flags=--max-old-space-size=2048"},
		},
		{
			name:    "a switch whose value holds a colon is no url",
			user:    []string{"--proxy-server=http://x:1", "app://x", "y"},
			sources: []Source{{Heap: 2 << 30}},
			want:    []string{"--proxy-server=http://x:1", "--js-flags=--max-old-space-size=2048", "app://x", "y"},
		},
		{
			name:    "a switch word keeps its value",
			user:    []string{"--user-data-dir", "/x", "--enable-features=U", "file"},
			sources: []Source{{Switches: []string{"--a"}, EnableFeatures: []string{"C"}, DisableFeatures: []string{"D"}}},
			want:    []string{"--user-data-dir", "/x", "--enable-features=C,U", "file", "--a", "--disable-features=D"},
		},
		{
			name: "the user repeats himself: first place, all names, later text",
			user: []string{"1", "--enable-features=A:p/1,B", "2", "-enable-features=C,A:p/2", " --enable-features=B ", "3"},
			want: []string{"1", "--enable-features=A:p/2,B,C", "2", "3"},
		},
		{
			name:    "within a value the first of a name wins, as in Chromium",
			user:    []string{"--enable-features=A:p/1,A:p/2"},
			sources: []Source{{EnableFeatures: []string{"B:p/1", "B:p/2"}}},
			want:    []string{"--enable-features=B:p/1,A:p/1"},
		},
		{
			name: "an empty list does not leave",
			user: []string{"--disable-features=", "x", "--disable-features"},
			want: []string{"x"},
		},
		{
			name: "union in the order of the sources",
			user: []string{"--enable-features=U,W2"},
			sources: []Source{
				{Origin: "wrapper", EnableFeatures: []string{"W1,W2"}},
				{Origin: "flags file", Switches: []string{"--enable-features=F,W1"}},
				{Origin: config, EnableFeatures: []string{" C ", ""}, EnableBlinkFeatures: []string{"MiddleClickAutoscroll"}, DisableBlinkFeatures: []string{"X", "Y"}},
			},
			want: []string{"--enable-features=W1,W2,F,C,U", "--enable-blink-features=MiddleClickAutoscroll", "--disable-blink-features=X,Y"},
		},
		{
			name:    "a source's malformed feature would void the list; the user's is his",
			user:    []string{"--enable-features=*,U:a:b"},
			sources: []Source{{EnableFeatures: []string{"A:b:c", "A.b.c", "A<b<c", ":A", ".", "*", "<", "B<", "C:p/1.5"}}},
			want:    []string{"--enable-features=B<,C:p/1.5,*,U:a:b"},
		},
		{
			name:    "disabling beats enabling, whoever says it",
			user:    []string{"--enable-features=Mine<Trial,Other", "--disable-features=Theirs:p/1"},
			sources: []Source{{EnableFeatures: []string{"Theirs<T.G:a/b", "*Mine"}, DisableFeatures: []string{"Mine"}}},
			want:    []string{"--enable-features=Other", "--disable-features=Mine,Theirs:p/1"},
		},
		{
			name: "a contradiction of the user's own is his",
			user: []string{"--enable-features=A", "--disable-features=A"},
			want: []string{"--enable-features=A", "--disable-features=A"},
		},
		{
			name:    "the user's single switch wins, with either dash",
			user:    []string{"-use-angle=gl", "--ozone-platform"},
			sources: []Source{{Switches: []string{"--use-angle=vulkan", "--ozone-platform=x11", "--use-gl=angle"}}},
			want:    []string{"-use-angle=gl", "--ozone-platform", "--use-gl=angle"},
		},
		{
			name: "a later source's single switch wins",
			sources: []Source{
				{Switches: []string{"--a=1", "--b"}},
				{Switches: []string{"--a=2", "--a=3"}},
			},
			want: []string{"--a=3", "--b"},
		},
		{
			name:    "what follows -- is no switch",
			user:    []string{"--a", "--", "--enable-features=A", "--js-flags=x", "--zero", "--"},
			sources: []Source{{Switches: []string{"--zero"}, EnableFeatures: []string{"B"}}},
			want:    []string{"--a", "--zero", "--enable-features=B", "--", "--enable-features=A", "--js-flags=x", "--zero", "--"},
		},
		{
			name:    "Chromium trims: this is a -- too",
			user:    []string{" --\n", "--zero=0"},
			sources: []Source{{Switches: []string{"--zero"}}},
			want:    []string{"--zero", " --\n", "--zero=0"},
		},
		{
			name:    "V8 flags: the user's text as it is, ours behind it",
			user:    []string{"--js-flags=--expose-gc,--no-opt  --stack_size 984"},
			sources: []Source{{V8: []string{"--opt", "--stack-size=1", "--lite-mode"}, Heap: 1 << 30}},
			want:    []string{"--js-flags=--expose-gc,--no-opt  --stack_size 984 --max-old-space-size=1024 --lite-mode"},
		},
		{
			name:    "the user's heap wins, with either spelling",
			user:    []string{"--js-flags=--max_old_space_size=300"},
			sources: []Source{{Heap: 1 << 30}},
			want:    []string{"--js-flags=--max_old_space_size=300"},
		},
		{
			name:    "of equal V8 texts the last stays",
			user:    []string{"--js-flags=--opt", "--js-flags=--no-opt", "--js-flags=--opt", "f"},
			sources: nil,
			want:    []string{"--js-flags=--no-opt --opt", "f"},
		},
		{
			name:    "an explicit V8 flag beats the heap of its source",
			sources: []Source{{Heap: 1 << 30, Switches: []string{"--js-flags=--max-old-space-size=512 --gc-interval 5"}}},
			want:    []string{"--js-flags=--max-old-space-size=512 --gc-interval 5"},
		},
		{
			name:    "shell quotes",
			sources: []Source{{Switches: []string{`--js-flags='--max-old-space-size=1024'`, `"--class=a b"`, ` --x=it's `}}},
			want:    []string{"--class=a b", "--x=it's", "--js-flags=--max-old-space-size=1024"},
		},
		{
			name: "what can be no switch",
			sources: []Source{{
				Switches:       []string{"", "  ", "word", "--", "-", "--=x", "--a\x00b", "''"},
				EnableFeatures: []string{"A\x00B", ","},
				V8:             []string{"expose-gc", "--"},
			}, {Switches: []string{"--js-flags=word", "--js-flags", "--enable-features="}}},
			want: []string{},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := Merge(tt.user, tt.sources...)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("argv (-want +got):\n%s", diff)
			}
			again, _ := Merge(got, tt.sources...)
			if diff := cmp.Diff(got, again); diff != "" {
				t.Errorf("merged twice (-once +twice):\n%s", diff)
			}
		})
	}
}

func TestNotes(t *testing.T) {
	for _, tt := range []struct {
		name    string
		user    []string
		sources []Source
		want    []string
	}{
		{
			name: "the user's own",
			user: []string{"--a", "--enable-features=A"},
		},
		{
			name:    "a merged list names everyone",
			user:    []string{"--enable-features=C"},
			sources: []Source{{Origin: config, EnableFeatures: []string{"A", "B"}}},
			want:    []string{"emitted --enable-features: A,B from apps.toml, C from the arguments"},
		},
		{
			name:    "both sides of disable against enable",
			user:    []string{"--enable-features=A"},
			sources: []Source{{Origin: config, DisableFeatures: []string{"A"}}},
			want: []string{
				"dropped --enable-features=A: from the arguments, disabled by apps.toml, and disabling wins",
				"emitted --disable-features: A from apps.toml",
			},
		},
		{
			name: "who gives way to whom",
			user: []string{"--use-angle=gl", "--same=1"},
			sources: []Source{
				{Origin: "wrapper", Switches: []string{"--z=1"}, EnableFeatures: []string{"F:a/1"}},
				{Origin: config, Switches: []string{"--z=2", "--use-angle=vulkan", "--same=1"}, EnableFeatures: []string{"F:a/2"}},
			},
			want: []string{
				"dropped F:a/1: from wrapper, gives way to F:a/2 from apps.toml",
				"dropped --z=1: from wrapper, gives way to --z=2 from apps.toml",
				"dropped --use-angle=vulkan: from apps.toml, gives way to --use-angle=gl from the arguments",
				"emitted --enable-features: F:a/2 from apps.toml",
				"emitted --z=2: from apps.toml",
			},
		},
		{
			name:    "heap against the user's",
			user:    []string{"--js-flags=--max-old-space-size=512"},
			sources: []Source{{Origin: config, Heap: 1 << 30}},
			want:    []string{"dropped --max-old-space-size=1024: from apps.toml, gives way to --max-old-space-size=512 from the arguments"},
		},
		{
			name:    "heap beside the user's V8 flags",
			user:    []string{"--js-flags=--expose-gc"},
			sources: []Source{{Origin: config, Heap: 1 << 30}},
			want:    []string{"emitted --js-flags: --expose-gc from the arguments, --max-old-space-size=1024 from apps.toml"},
		},
		{
			name:    "quotes",
			sources: []Source{{Origin: config, Switches: []string{`--a='b'`}}},
			want: []string{
				"changed --a=b: from apps.toml, without its quotes: they are the shell's, and no shell reads this",
				"emitted --a=b: from apps.toml",
			},
		},
		{
			name: "what can be no switch",
			sources: []Source{{
				Origin:         config,
				Switches:       []string{"", "word", "--x\x00", "--js-flags=word"},
				EnableFeatures: []string{"A\x00"},
			}},
			want: []string{
				"dropped A\x00: from apps.toml, is not of the form Name<Trial.Group:param/value, and would void the whole list",
				"dropped : from apps.toml, is empty",
				"dropped word: from apps.toml, is not of the form --name or --name=value",
				"dropped --x\x00: from apps.toml, holds a NUL byte, which no argument can",
				"dropped --js-flags=word: from apps.toml, holds no V8 flag: they begin with a dash",
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, notes := Merge(tt.user, tt.sources...)
			var got []string
			for _, n := range notes {
				kind := map[Outcome]string{Emitted: "emitted ", Changed: "changed ", Dropped: "dropped "}[n.Outcome]
				got = append(got, kind+said(n))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMergeKeepsItsInput(t *testing.T) {
	user := []string{"--enable-features=A", "--x", "--enable-features=B", "--disable-features=A"}
	source := Source{Switches: []string{"'--y'"}, EnableFeatures: []string{"C"}, V8: []string{"--a", "--b"}, Heap: 1 << 30}
	userBefore, v8Before := slices.Clone(user), slices.Clone(source.V8)

	got, _ := Merge(user, source)
	for i := range got {
		got[i] = "overwritten"
	}
	if diff := cmp.Diff(userBefore, user); diff != "" {
		t.Errorf("user's arguments changed:\n%s", diff)
	}
	if diff := cmp.Diff(v8Before, source.V8); diff != "" {
		t.Errorf("source changed:\n%s", diff)
	}
}

// BenchmarkMerge is a typical launch: a wrapper's features, a configured app, a
// URL and a list from the user.
func BenchmarkMerge(b *testing.B) {
	wrapper := Source{Origin: "wrapper", EnableFeatures: []string{"WaylandWindowDecorations,WebRTCPipeWireCapturer"}}
	app := Source{
		Origin:          config,
		Switches:        []string{"--enable-gpu-rasterization", "--enable-zero-copy", "--ignore-gpu-blocklist", "--ozone-platform=x11"},
		EnableFeatures:  []string{"AcceleratedVideoDecodeLinuxGL", "VaapiOnNvidiaGPUs"},
		DisableFeatures: []string{"UseChromeOSDirectVideoDecoder"},
		Heap:            1 << 30,
	}
	user := strings.Fields("--start-minimized --enable-features=Mine --js-flags=--expose-gc discord://channel")
	b.ReportAllocs()
	for b.Loop() {
		Merge(user, wrapper, app)
	}
}

func TestMergeBefore(t *testing.T) {
	got, _ := MergeBefore([]string{"tunnel", "--name", "box"}, Source{Heap: 2 << 30})
	if diff := cmp.Diff([]string{"--js-flags=--max-old-space-size=2048", "tunnel", "--name", "box"}, got); diff != "" {
		t.Error(diff)
	}
}
