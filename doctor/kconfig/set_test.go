package kconfig

import (
	"strings"
	"testing"
)

func TestSet(t *testing.T) {
	backend := Setting{Group: "Compositing", Key: "Backend", Value: "OpenGL"}
	for _, tt := range []struct {
		name, text string
		set        Setting
		want       string
	}{
		{"no file", "", backend, "[Compositing]\nBackend=OpenGL\n"},
		{"another group", "[Plugins]\nblurEnabled=true\n", backend, "[Plugins]\nblurEnabled=true\n\n[Compositing]\nBackend=OpenGL\n"},
		{"a blank line at the end", "[Plugins]\na=b\n\n", backend, "[Plugins]\na=b\n\n[Compositing]\nBackend=OpenGL\n"},
		{"the group without the key", "[Compositing]\nA=1\n\n# of plugins\n[Plugins]\nB=2\n", backend, "[Compositing]\nA=1\nBackend=OpenGL\n\n# of plugins\n[Plugins]\nB=2\n"},
		{"an empty group", "[Compositing]\n[Plugins]\n", backend, "[Compositing]\nBackend=OpenGL\n[Plugins]\n"},
		{"another value", "[Compositing]\nBackend = QPainter\nA=1\n", backend, "[Compositing]\nBackend=OpenGL\nA=1\n"},
		{"CRLF", "[Compositing]\r\nBackend=QPainter\r\n[P]\r\nA=1", backend, "[Compositing]\r\nBackend=OpenGL\r\n[P]\r\nA=1"},
		{"CRLF, to be added", "[P]\r\nA=1", backend, "[P]\r\nA=1\r\n\r\n[Compositing]\r\nBackend=OpenGL\r\n"},
		{"no newline at the end", "[Compositing]\nBackend=QPainter", backend, "[Compositing]\nBackend=OpenGL"},
		{"no newline, to be added", "[Compositing]\nA=1", backend, "[Compositing]\nA=1\nBackend=OpenGL\n"},
		{"twice: the last one counts", "[Compositing]\nBackend=a\n[P]\nA=1\n[Compositing]\nBackend=b\nC=1\n", backend, "[Compositing]\nBackend=a\n[P]\nA=1\n[Compositing]\nBackend=OpenGL\nC=1\n"},
		{"deleted", "[Compositing]\nBackend[$d]\n", backend, "[Compositing]\nBackend=OpenGL\n"},
		{"with a variable", "[Compositing]\nBackend[$e]=$X\n", backend, "[Compositing]\nBackend=OpenGL\n"},
		{"in a language", "[Compositing]\nBackend[de]=x\nBackend[de_AT]=y\n", backend, "[Compositing]\nBackend=OpenGL\n"},
		{"in a language too", "[Compositing]\nBackend=QPainter\nBackend[de]=x\nA[de]=1\n", backend, "[Compositing]\nBackend=OpenGL\nA[de]=1\n"},
		{"a comment", "[Compositing]\n#Backend=QPainter\n", backend, "[Compositing]\nBackend=OpenGL\n#Backend=QPainter\n"},
		{"a subgroup of that name", "[Compositing][Backend]\nBackend=1\n", backend, "[Compositing][Backend]\nBackend=1\n\n[Compositing]\nBackend=OpenGL\n"},
		{"a header with an escape", "[Compositin\\x67]\nBac\\x6bend=1\n", backend, "[Compositin\\x67]\nBackend=OpenGL\n"},
		{"a header that is none", "[Compositing]\n[Plugins\nBackend=1\n", backend, "[Compositing]\n[Plugins\nBackend=OpenGL\n"},
		{"other case", "[compositing]\nBackend=1\n", backend, "[compositing]\nBackend=1\n\n[Compositing]\nBackend=OpenGL\n"},
		{"a blank in the key", "[General]\nonly basic indexing=false\n", Setting{Group: "General", Key: "only basic indexing", Value: "true"}, "[General]\nonly basic indexing=true\n"},
		{"a variable", "", Setting{Group: "G", Key: "k", Value: "$HOME/a", Expand: true}, "[G]\nk[$e]=$HOME/a\n"},
		{"what has to be escaped", "", Setting{Group: "G", Key: "k", Value: " a\\b\n\t\x01 "}, "[G]\nk=\\sa\\\\b\\n\\t\\x01\\s\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := Set(tt.text, tt.set)
			if got != tt.want {
				t.Errorf("%q becomes\n%q, want\n%q", tt.text, got, tt.want)
			}
			reads(t, got, tt.set)
			if again := Set(got, tt.set); again != got {
				t.Errorf("set again, %q becomes %q", got, again)
			}
		})
	}
}

// reads holds the value of a key in a text against that of a setting.
func reads(t *testing.T, text string, s Setting) {
	t.Helper()
	c := New()
	c.Lay("file", text)
	if value, has := c.Value(s.Group, s.Key); !has || value != s.Value || c.Localized(s.Group, s.Key) != "" || c.Expands(s.Group, s.Key) != s.Expand {
		t.Errorf("%q has %q (%v), want %q", text, value, has, s.Value)
	}
}

func TestUnset(t *testing.T) {
	for text, want := range map[string]string{
		"":                                   "",
		"[G]\nkey=1\nKey=2\n":                "[G]\nKey=2\n",
		"[G]\nkey=1\nkey[de]=2\nkey[$d]\n":   "[G]\n",
		"[G]\nkey=1\n[H]\nkey=2\n[G]\nkey=3": "[G]\n[H]\nkey=2\n[G]\n",
	} {
		if got := Unset(text, "G", "key"); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
	c := New()
	c.Lay("system's", "[G]\nkey=1\n")
	c.Lay("user's", Hide("[G]\na=1\n", "G", "key"))
	if value, has := c.Value("G", "key"); has {
		t.Errorf("a key that is hidden has %q", value)
	}
}

// FuzzSet: whatever a file holds, what is set is read, and every line that is not of the key stays.
func FuzzSet(f *testing.F) {
	f.Add("[G]\nkey[de]=1\n[G][$i]\n[$i]\n\\x[\nkey[$d]\n")
	f.Add("\xef\xbb\xbf[G]\r\n=\r\n[]\r\n[G]]\r\nkey[]=1")
	s := Setting{Group: "G", Key: "key", Value: "new"}
	f.Fuzz(func(t *testing.T, text string) {
		got := Set(text, s)
		c := New()
		c.Lay("file", text)
		if c.Immutable(s.Group, s.Key) == "" {
			reads(t, got, s)
		}
		rest := func(text string) string {
			d := read(text)
			d.remove(s.Group, s.Key, -1)
			return strings.Join(strings.Fields(d.text()), " ")
		}
		if before, after := rest(text), rest(got); before != after && after != strings.TrimSpace(before+" [G]") {
			t.Errorf("beside the key, %q becomes %q", before, after)
		}
	})
}
