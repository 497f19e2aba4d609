package budget

// A Part is a part of Plasma that docs/plan.md expects to need less memory once its settings
// are in force.
type Part struct {
	Name          string
	Programs      []string // names of its files, of which one runs
	Before, After Range
}

// A Range is in bytes.
type Range struct{ Least, Most uint64 }

func mebis(least, most uint64) Range { return Range{least * mebi, most * mebi} }

// What the plan expects of Plasma.
var (
	KWin        = Part{"KWin", []string{"kwin_x11", "kwin_wayland"}, mebis(150, 300), mebis(100, 200)}
	Plasmashell = Part{"plasmashell", []string{"plasmashell"}, mebis(200, 400), mebis(150, 300)}
	Baloo       = Part{"baloo_file", []string{"baloo_file"}, mebis(50, 200), mebis(30, 100)}
)

// Parts are those of which the plan says what they save.
func Parts() []Part { return []Part{KWin, Plasmashell, Baloo} }
