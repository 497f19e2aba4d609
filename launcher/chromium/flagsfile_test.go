package chromium

import (
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
