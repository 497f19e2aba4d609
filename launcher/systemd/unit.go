package systemd

// A Unit is the transient scope to ask for, and what it needs around it.
type Unit struct {
	Name        string // app-ID-PID.scope, at most 255 bytes
	Slice       string
	Description string
	PID         int        // the process that moves in: the caller's own
	After       []string   // ordering, systemd.unit(5)
	PartOf      []string   // stopped together with these
	Guards      []string   // scope names held so that nobody else makes them, see below
	Families    []string   // beginnings of scope names that get the same slice and limits, see dropin.go
	Properties  []Property // limits; each may be refused alone
	Slices      []Slice    // limits of the slices above, set if nobody has set them yet
}

// A Property is one of systemd.resource-control(5), systemd.scope(5) or
// systemd.kill(5) under its D-Bus name and in its D-Bus unit: bytes,
// microseconds per second, a plain count. Value is a uint64, uint32, string or bool.
//
// Creation marks one that systemd takes only when the unit is made (OOMPolicy).
// Default marks a limit that nobody gave for this app: drop-ins may change it.
type Property struct {
	Name     string
	Value    any
	Creation bool
	Default  bool
}

// A Slice carries limits that several scopes share. A launch sets them where
// they are not set yet, and again where what stands there came from an earlier
// launch (see memo.go); what somebody else chose stays. Values are uint64.
type Slice struct {
	Name       string
	Properties []Property
}

// Chromium 140 and later asks for a scope app-NAME-PID.scope of its own and
// takes its main process there, out of our limits, unless a unit of that name
// exists. A guard is such a unit: an auxiliary scope of the same call, with our
// PID in it so that systemd loads it, ordered before ours so that systemd keeps
// it, and never started. It goes when ours goes. (Tried on 252, 257 and 262 with
// Chromium 156: tests/session.)

// A Refusal is a property that the manager did not take, and its words.
type Refusal struct{ Name, Reason string }

// An Outcome is what the manager made of a Unit.
type Outcome struct {
	Name    string    // the unit's name: the one asked for, or that and "x" if it was taken
	Refused []Refusal // properties left out, of the scope and of the slices
	Unheld  error     // why the unit's families are without its limits; nil where they have them
}
