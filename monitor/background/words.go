package background

import (
	"fmt"
	"time"

	"electroscope/launcher/catalog"
	"electroscope/launcher/limit"
)

// A Word is what is to be said: what was done to an app or undone, or what keeps it from that.
type Word struct {
	App     string
	Done    catalog.Background
	After   time.Duration
	Taken   uint64 // bytes that were reclaimed
	Undone  bool
	Problem error
}

// Text says it.
func (w Word) Text() string {
	switch {
	case w.Problem != nil && w.App == "":
		return "apps in the background are left alone: " + w.Problem.Error()
	case w.Problem != nil:
		return fmt.Sprintf("cannot look after %s in the background: %v", w.App, w.Problem)
	case w.Undone && w.Done == catalog.BackgroundFreeze:
		return w.App + " is thawed"
	case w.Undone:
		return w.App + " has its CPUWeight back"
	}
	text := fmt.Sprintf("%s has been in the background for %s: ", w.App, spanText(w.After))
	switch w.Done {
	case catalog.BackgroundFreeze:
		return text + "it is frozen until it is used"
	case catalog.BackgroundWeight:
		return text + fmt.Sprintf("its CPUWeight is %d until it is used or plays sound", Lowered)
	}
	return text + limit.SizeText(w.Taken) + " of its memory was reclaimed"
}

// spanText writes a time as apps.toml has it.
func spanText(d time.Duration) string {
	if d%time.Minute != 0 {
		return fmt.Sprintf("%ds", d/time.Second)
	}
	return fmt.Sprintf("%dmin", d/time.Minute)
}
