//go:build rig

package session

import (
	"fmt"
	"strings"
	"testing"
)

// A fault is something that a launch of the plain app has to survive. Each is met
// twice: the app runs and one line says without what; then with on-failure =
// "refuse", where that is the reason not to run it.
type fault struct {
	stage  *stage
	launch func() *started // injects the fault; nil: the stage has it already
	says   []string        // words of the line
}

const refuse = "ELECTROSCOPE_SET=apps.plain.on-failure = \"refuse\""

func (f fault) check(t *testing.T) {
	t.Helper()
	f.runs(t)
	f.refuses(t)
}

func (f fault) start() *started {
	if f.launch == nil {
		return f.stage.start("plain")
	}
	return f.launch()
}

// runs tells what the app saw.
func (f fault) runs(t *testing.T) (*started, report) {
	t.Helper()
	exe := f.stage.bin + "/plain-app"
	p := f.start()
	r, ok := p.reportWithin(late, exe)
	if !ok {
		t.Fatalf("the app does not run within %v; stderr: %s", late, p.stderr())
	}
	if err := oneLine(p.stderr(), "electroscope: note: plain runs without ", f.says); err != nil {
		t.Error(err)
	}
	return p, r
}

func (f fault) refuses(t *testing.T) {
	t.Helper()
	before := f.stage.env
	f.stage.env = append(before[:len(before):len(before)], refuse)
	defer func() { f.stage.env = before }()
	p := f.start()
	if got := p.status(); got != 125 {
		t.Errorf("refuse: status %d; stderr: %s", got, p.stderr())
	}
	first, _, _ := strings.Cut(p.stderr(), "\n")
	if err := oneLine(first+"\n", "electroscope: error: plain is not started: it would run without ", f.says); err != nil {
		t.Errorf("refuse: %v", err)
	}
	if _, ran := p.reportWithin(0, f.stage.bin+"/plain-app"); ran {
		t.Error("refuse: the app ran")
	}
}

func oneLine(text, prefix string, words []string) error {
	if !strings.HasPrefix(text, prefix) || strings.Count(text, "\n") != 1 {
		return fmt.Errorf("stderr is not one line %q…: %q", prefix, text)
	}
	for _, word := range words {
		if !strings.Contains(text, word) {
			return fmt.Errorf("stderr lacks %q: %q", word, text)
		}
	}
	return nil
}
