package plan

import "testing"

func TestSummary(t *testing.T) {
	notes := []Note{
		{Text: "a remark"},
		{Without: "MemoryHigh", Text: "too little swap", Remedy: "add zram"},
		{Without: "the group's MemoryHigh", Text: "too little swap", Remedy: "add zram"},
		{Failure: true, Without: "apps.discord.heap", Text: "a mistake"},
	}
	const want = "discord runs without apps.discord.heap: a mistake; without MemoryHigh, the group's MemoryHigh: too little swap (add zram)"
	if got := Summary("discord", notes); got != want {
		t.Errorf("summary %q", got)
	}
	all := append(notes, Note{Failure: true, Without: "limits", Text: "no manager"})
	if got := Summary("discord", all); got != "discord runs without apps.discord.heap: a mistake; without limits: no manager" {
		t.Errorf("without any limit, summary %q", got)
	}
	if got := Summary("discord", notes[:1]); got != "" {
		t.Errorf("a mere remark is told: %q", got)
	}
	if got := Failures(notes); len(got) != 1 || got[0].Without != "apps.discord.heap" {
		t.Errorf("failures %v", got)
	}
	failed := append(all, Note{Failure: true, Without: "MemoryMax", Text: "no controller", Remedy: "see Delegate="})
	if got := Notice(failed); got != "runs without apps.discord.heap: a mistake; without limits: no manager; without MemoryMax: no controller\nsee Delegate=" {
		t.Errorf("notice %q", got)
	}
}
