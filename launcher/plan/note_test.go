package plan

import "testing"

func TestSpoken(t *testing.T) {
	notes := []Note{
		{Text: "a remark"},
		{Without: "MemoryHigh", Text: "too little swap", Remedy: "add zram"},
		{Without: "the group's MemoryHigh", Text: "too little swap", Remedy: "add zram"},
		{Failure: true, Without: "apps.discord.heap", Text: "a mistake"},
	}
	const want = "discord runs without MemoryHigh, the group's MemoryHigh: too little swap (add zram); without apps.discord.heap: a mistake"
	if got := Summary("discord", notes); got != want {
		t.Errorf("spoken = %q", got)
	}
	all := append(notes, Note{Failure: true, Without: "limits", Text: "no manager"})
	if got := Summary("discord", all); got != "discord runs without apps.discord.heap: a mistake; without limits: no manager" {
		t.Errorf("without any limit, spoken = %q", got)
	}
	if got := Summary("discord", notes[:1]); got != "" {
		t.Errorf("a mere remark is spoken: %q", got)
	}
	if got := Failures(notes); len(got) != 1 || got[0].Without != "apps.discord.heap" {
		t.Errorf("faults = %v", got)
	}
}
