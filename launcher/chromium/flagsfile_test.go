package chromium

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseFlagsFile(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{name: "empty"},
		{
			name: "a flag a line, comments, blank lines, no newline at the end",
			text: "# mine\n\n--a\n   # indented\n \t\r\n--b=1\r\n#--c\n  --d",
			want: []string{"--a", "--b=1", "--d"},
		},
		{
			name: "several flags on a line",
			text: "--enable-features=A,B --ozone-platform=x11\t--c",
			want: []string{"--enable-features=A,B", "--ozone-platform=x11", "--c"},
		},
		{
			name: "a blank in a value",
			text: "--user-agent=Some Thing - else --b",
			want: []string{"--user-agent=Some Thing - else", "--b"},
		},
		{
			name: "V8 flags fill the line",
			text: "--js-flags=--expose-gc --max-old-space-size=512\n--a",
			want: []string{"--js-flags=--expose-gc --max-old-space-size=512", "--a"},
		},
		{
			name: "quotes hold together and are left for Merge",
			text: `--js-flags="--expose-gc --lite-mode" --a '--b=x --y' --c=# #`,
			want: []string{`--js-flags="--expose-gc --lite-mode"`, "--a", "'--b=x --y'", "--c=#"},
		},
		{
			name: "a comment behind a flag",
			text: "--a # --b\n--c#d",
			want: []string{"--a", "--c#d"},
		},
		{
			name: "a backslash joins lines, Windows' too, and stands for nothing at the end",
			text: "--a \\\n  --b=1 \\ \r\n--c\\\n--d \\",
			want: []string{"--a", "--b=1", "--c", "--d"},
		},
		{
			name: "lines joined by hand, and what was escaped twice",
			text: "--a \\ --b=1 \\\\\n--c",
			want: []string{"--a", "--b=1", "--c"},
		},
		{
			name: "a list over several lines",
			text: "--enable-features=\\\n  A,\\\n  B \\\n  ,C, \\\n  D\n--b",
			want: []string{"--enable-features=A,B,C,D", "--b"},
		},
		{
			name: "a comment between joined lines, and behind one",
			text: "--a \\\n# --b \\\n#--c\n--d # \\\n--e \\\n\n--f",
			want: []string{"--a", "--d", "--e", "--f"},
		},
		{
			name: "a value with a blank over two lines",
			text: "--user-agent=Some \\\nThing\n",
			want: []string{"--user-agent=Some Thing"},
		},
		{
			name: "a byte order mark",
			text: "\uFEFF--a\r\n--b\r\n",
			want: []string{"--a", "--b"},
		},
		{
			name: "behind V8's flags switches of Chromium's",
			text: "--js-flags=--max-old-space-size=512 --expose-gc --enable-features=A --ozone-platform=x11 --b\n" +
				"--js-flags=--expose-gc --force-dark-mode\n--js-flags=--lite-mode '--disable-gpu'\n--js-flags=--stack-size 984 --js-flags=--no-opt",
			want: []string{
				"--js-flags=--max-old-space-size=512 --expose-gc", "--enable-features=A", "--ozone-platform=x11", "--b",
				"--js-flags=--expose-gc", "--force-dark-mode", "--js-flags=--lite-mode", "'--disable-gpu'", "--js-flags=--stack-size 984", "--js-flags=--no-opt",
			},
		},
		{
			name: "a blank for =",
			text: "--enable-features A,B --c\n--js-flags --expose-gc",
			want: []string{"--enable-features A,B", "--c", "--js-flags", "--expose-gc"},
		},
		{
			name: "typographic quotes hold together too",
			text: "--js-flags=“--expose-gc --lite-mode” --a=„x --y“ --b='it’s --z'",
			want: []string{"--js-flags=“--expose-gc --lite-mode”", "--a=„x --y“", "--b='it’s --z'"},
		},
		{
			name: "an open quote, a word, odd bytes",
			text: "--a='x --b\nword\n\xff\x00",
			want: []string{"--a='x --b", "word", "\xff\x00"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, ParseFlagsFile([]byte(tt.text))); diff != "" {
				t.Errorf("switches (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFlagsFileIntoMerge(t *testing.T) {
	text := "# people have this\n--enable-features=A --js-flags='--expose-gc --lite-mode'\n--disable-gpu\nnonsense\n"
	got, _ := Merge([]string{"x"}, Source{Switches: ParseFlagsFile([]byte(text))})
	want := []string{"x", "--disable-gpu", "--enable-features=A", "--js-flags=--expose-gc --lite-mode"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("argv (-want +got):\n%s", diff)
	}
}

// TestFlagsFileNotes: what no program takes as it is written is told, with what is meant.
func TestFlagsFileNotes(t *testing.T) {
	for _, tt := range []struct{ text, leaves, note string }{
		{"--password-store=“gnome”", "--password-store=gnome", "! --password-store=gnome: from file, without its quotes: they are typographic, and no shell takes those off"},
		{"--lang=„de\"", "--lang=de", "! --lang=de: from file, without its quotes: they are typographic, and no shell takes those off"},
		{"--lang=de “--start-maximized”", "--lang=de --start-maximized", "! --start-maximized: from file, without its quotes: they are typographic, and no shell takes those off"},
		{"--enable-features A,B", "", "- --enable-features A,B: holds a blank before its value: --enable-features=A,B is meant"},
		{"--force-device-scale-factor = “1.5”", "", "- --force-device-scale-factor = “1.5”: holds a blank before its value: --force-device-scale-factor=1.5 is meant"},
		{"--js-flags", "", "- --js-flags: has no value, which belongs behind a =: --js-flags=..."},
	} {
		kept, notes := Filter(Source{Origin: "file", Switches: ParseFlagsFile([]byte(tt.text))}, on(156, intel), false)
		argv, more := Merge(nil, kept)
		if got := strings.Join(argv, " "); got != tt.leaves {
			t.Errorf("%s: %q leaves, want %q", tt.text, got, tt.leaves)
		}
		if got := all(append(notes, more...)); !slices.Contains(got, tt.note) {
			t.Errorf("%s: %q, want %q among them", tt.text, got, tt.note)
		}
	}
}

// FuzzParseFlagsFile: any file ends the reader, and gives no more than it has: each switch is a
// line's, begins and ends with something, and is made of the file's own bytes.
func FuzzParseFlagsFile(f *testing.F) {
	f.Add("# people have this\n--enable-features=A --js-flags='--expose-gc --lite-mode'\n--disable-gpu\nnonsense\n")
	f.Add("\uFEFF--a \\\n# --b\n--c=„x --y“ # z\r\n--js-flags=--stack-size 984 --no-opt --disable-gpu\\")
	f.Add("--enable-features=A,\\\n  B\n'\"“\n\\\\\n \\ \n")
	f.Fuzz(func(t *testing.T, text string) {
		have := [256]int{}
		for i := range len(text) {
			have[text[i]]++
		}
		have[' '] += strings.Count(text, "\n") // between two switches that a backslash joins
		for _, flag := range ParseFlagsFile([]byte(text)) {
			if flag == "" || strings.Contains(flag, "\n") || strings.Trim(flag, whitespace) != flag || strings.HasSuffix(flag, `\`) {
				t.Errorf("%q has the switch %q", text, flag)
			}
			for i := range len(flag) {
				if have[flag[i]]--; have[flag[i]] < 0 {
					t.Fatalf("%q has the switch %q, which it does not hold", text, flag)
				}
			}
		}
	})
}
