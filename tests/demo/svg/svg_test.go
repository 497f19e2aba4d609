package main

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	bold, green := style{bold: true}, style{bold: true, colour: "green"}
	for _, test := range []struct {
		name, line string
		before     style
		want       []span
		after      style
	}{
		{"plain, from a terminal", "memory.max\r", style{}, []span{{text: "memory.max"}}, style{}},
		{"bold and back", "\x1b[1m$ ls\x1b[0m", style{}, []span{{bold, "$ ls"}}, style{}},
		{"reset and set in one", "\x1b[0;1;32m●\x1b[0m app", bold, []span{{green, "●"}, {text: " app"}}, style{}},
		{"an empty parameter resets", "\x1b[ma", bold, []span{{text: "a"}}, style{}},
		{"a style goes on in the next line", "\x1b[31ma", style{}, []span{{style{colour: "red"}, "a"}}, style{colour: "red"}},
		{"one of 256 colours", "\x1b[38;5;245m├─\x1b[39mx", style{}, []span{{style{colour: "grey"}, "├─"}, {text: "x"}}, style{}},
		{"the same with colons", "\x1b[0;38:5:245mx", bold, []span{{style{colour: "grey"}, "x"}}, style{colour: "grey"}},
		{"a colour of three values, then bold", "\x1b[38;2;1;2;3;1mx", style{}, []span{{style{true, "grey"}, "x"}}, style{true, "grey"}},
		{"a link", "\x1b]8;;file:///run/u\x1b\\u\x1b]8;;\x1b\\!", style{}, []span{{text: "u"}, {text: "!"}}, style{}},
		{"a link that a bell ends", "\x1b]8;;x\aname", style{}, []span{{text: "name"}}, style{}},
		{"other sequences", "a\x1b[Kb\x1b(c", style{}, []span{{text: "a"}, {text: "b"}, {text: "c"}}, style{}},
		{"cut off", "a\x1b[3", style{}, []span{{text: "a"}}, style{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, after := parse(test.line, test.before)
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(span{}, style{})); diff != "" {
				t.Error(diff)
			}
			if after != test.after {
				t.Errorf("it leaves %+v, not %+v", after, test.after)
			}
		})
	}
}

// TestDraw: a picture is XML whatever the terminal was given, and has a text for
// each span that is not blank, in its place.
func TestDraw(t *testing.T) {
	lines := [][]span{{{text: "  "}, {style{true, "red"}, `<a href="x">&`}}, {{text: "ab"}, {text: "cd"}}}
	picture := draw(lines, 80, "x < y")
	type text struct {
		X     string `xml:"x,attr"`
		Y     string `xml:"y,attr"`
		Class string `xml:"class,attr"`
		Text  string `xml:",chardata"`
	}
	var got []text
	for decoder := xml.NewDecoder(strings.NewReader(picture)); ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "text" {
			var one text
			if err := decoder.DecodeElement(&one, &start); err != nil {
				t.Fatal(err)
			}
			got = append(got, one)
		}
	}
	want := []text{{"30.9", "44", "bold red", `<a href="x">&`}, {"14.0", "62", "", "ab"}, {"30.9", "62", "", "cd"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(picture, "<title>x &lt; y</title>") {
		t.Error("it has no title")
	}
}
