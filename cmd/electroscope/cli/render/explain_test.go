package render

import (
	"strings"
	"testing"

	"electroscope/launcher/plan"
	"electroscope/launcher/systemd"
)

func TestExplainSaysWhatALaunchWaitsFor(t *testing.T) {
	for _, tt := range []struct {
		name string
		e    Explanation
		want bool
	}{
		{"slow moves", Explanation{SlowMoves: true}, true},
		{"favordynmods, or not known", Explanation{}, false},
		{"no scope: it is in one of ours", Explanation{SlowMoves: true, Plan: plan.Plan{Within: "app-chat-1.scope"}}, false},
		{"no scope: enabled = false", Explanation{SlowMoves: true, Plan: plan.Plan{Disabled: true}}, false},
	} {
		tt.e.Plan.Argv = []string{"chat"}
		if tt.e.Plan.Within == "" {
			tt.e.Plan.Unit = systemd.Unit{Name: "app-chat-2.scope"}
		}
		got := written(func(w *Writer) { Explain(w, tt.e) })
		if strings.Contains(got, "favordynmods") != tt.want {
			t.Errorf("%s:\n%s", tt.name, got)
		}
	}
}
