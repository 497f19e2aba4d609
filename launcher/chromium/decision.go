package chromium

// Origin says where a switch came from, for people to read: "apps.toml
// line 12", "the wrapper /usr/bin/discord", "~/.config/electron-flags.conf".
type Origin string

// Arguments is the origin of what the user typed.
const Arguments Origin = "the arguments"

// Outcome says what became of the switch that a [Decision] is about.
type Outcome uint8

const (
	Emitted  Outcome = iota // it leaves as it was asked for
	Changed                 // it leaves, but not as it was written, or with a warning
	Dropped                 // it does not leave
	Needless                // nothing leaves, since the app does so by itself
)

// Decision says what became of one switch, feature or option, and why. [Merge]
// returns one for each switch that it adds, merges, changes or drops; none for
// what is the user's own and stays as it is. [Filter] returns one for each that
// it drops or doubts, [Translate] at least one for each option.
type Decision struct {
	Outcome Outcome
	Switch  string // "--use-angle=gl"; for a merged list only its name, "--js-flags"; a feature; an option, "raster=off"
	Reason  string // "A,B from apps.toml, C from the arguments"
	Origin  Origin // where the switch came from; empty for a merged list, whose Reason names each
}

// decisionLog gathers decisionLog while the merge goes on.
type decisionLog []Decision

func (n *decisionLog) add(kind Outcome, sw string, from Origin, reason string) {
	*n = append(*n, Decision{Outcome: kind, Switch: sw, Reason: reason, Origin: from})
}

// yields records that a switch gives way to another one.
func (n *decisionLog) yields(sw string, from Origin, to string, toFrom Origin) {
	n.add(Dropped, sw, from, "from "+string(from)+", gives way to "+to+" from "+string(toFrom))
}
