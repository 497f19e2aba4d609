package main

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

const lines = `{"setting":"without","frames":{"all":200,"late":50,"p99_ms":200,"worst_ms":400},"lack":{"available_least":1048576,"swap_most":2097152},"kills":1,"steps":{"chat":0.5},"dead":["chat"]}
{"setting":"with","frames":{"all":200,"late":2,"p99_ms":60,"worst_ms":70},"lack":{"available_least":3145728,"swap_most":0},"kills":0,"steps":{"chat":1},"dead":[]}
{"setting":"without","frames":{"all":100,"late":0,"p99_ms":10,"worst_ms":20},"lack":{"available_least":1048576,"swap_most":2097152},"kills":0,"steps":{"chat":1},"dead":[]}
`

func TestTable(t *testing.T) {
	settings, err := read(strings.NewReader(lines))
	if err != nil {
		t.Fatal(err)
	}
	got := table(settings)
	for _, want := range []string{
		"| without | 2 | 25.0 (0.0–25.0) | 200 (10–200) | 400 (20–400) | 1 (1–1) | 2 (2–2) | 1 (0–1) |\n",
		"| with | 1 | 1.0 (1.0–1.0) | 60 (60–60) | 70 (70–70) | 3 (3–3) | 0 (0–0) | 0 (0–0) |\n",
		"| setting | chat | pages that did not answer at the end |\n",
		"| without | 100 (50–100) | chat: 1 |\n",
		"| with | 100 (100–100) | none |\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestDraw(t *testing.T) {
	settings, _ := read(strings.NewReader(lines))
	picture := draw(settings)
	if n := strings.Count(picture, "<circle"); n != 3 {
		t.Errorf("%d dots", n)
	}
	decoder := xml.NewDecoder(strings.NewReader(picture))
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("%v in\n%s", err, picture)
		}
	}
}

func TestRead(t *testing.T) {
	for _, text := range []string{"x\n", "{}\n", `{"setting":"with","frames":{"all":0}}` + "\n"} {
		if _, err := read(strings.NewReader(text)); err == nil {
			t.Errorf("%q: no error", text)
		}
	}
}
