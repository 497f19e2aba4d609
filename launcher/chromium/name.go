package chromium

import (
	"slices"
	"strconv"
	"strings"
)

// Name is what is known of one name: a switch, without its dashes, or a feature.
// A milestone of 0 is one that nobody has established: nothing is claimed
// between Before and First, nor between Last and Gone.
type Name struct {
	Name    string
	Feature bool    // a feature, else a switch
	Of      Runtime // only this has it, not Chromium itself; empty for all

	Means string // in a few words

	Before int // not there up to this milestone
	First  int // seen from here on
	Last   int // ... and up to here; 0: still in the newest that was looked at
	Gone   int // not there from here on

	On       int    // on by default from here on, as far as known
	Became   string // what it is called now
	BecameAt int    // and since when
	Option   string // that of apps.toml which takes the same values, and does what it did

	// Tail is a longer literal that ends in the name. The linker keeps such a
	// name only as that tail (lld -O2), so a search for it proves nothing.
	Tail string

	Caveats []Caveat
	Source  string
}

// newest is the newest milestone that was examined.
const newest = 156

// oldest is the oldest supported milestone: Electron 20.
const oldest = 104

// Caveat is why a name, or one value of a switch, is not passed on.
type Caveat struct {
	Value  string   // the switch's; empty for the bare switch, and for a feature
	But    []string // or any value but these, if there are some
	Any    bool     // whatever the value
	When   When
	From   int  // milestone, 0: always
	To     int  // last milestone, 0: open
	Harm   bool // it takes the GPU or the app away; else it only does nothing
	Why    string
	Effect string // what would happen; empty if Why says it all
	Source string
}

// When is what else must hold for a [Caveat].
type When uint8

const (
	Always        When = iota
	Decoding           // video is decoded in hardware, by an option or by default
	OnWayland          // the app draws on Wayland
	OnWaylandByGL      // it does, and ANGLE does not draw by Vulkan
	NoX11              // no X server is reachable
	NoWayland          // no compositor is reachable
	NoVulkan           // Vulkan does not draw
)

// about reports whether the caveat is about that value.
func (f *Caveat) about(value string) bool {
	if len(f.But) > 0 {
		return !slices.Contains(f.But, value)
	}
	return f.Any || f.Value == value
}

// at reports whether the caveat holds at a milestone. At an unknown one it
// must hold at every supported milestone.
func (f *Caveat) at(milestone int) bool {
	if milestone == 0 {
		return f.From <= oldest && f.To == 0
	}
	return milestone >= f.From && (f.To == 0 || milestone <= f.To)
}

// reason is what a decision says of it.
func (f *Caveat) reason(verb string) string {
	if f.Effect == "" {
		return f.Why + verb
	}
	return f.Why + verb + ": " + f.Effect
}

// At returns what the literals of a Chromium of that milestone say of the name:
// it is there, it is not, or that is not known. A test can compare that with a
// binary. A name that hides in the tail of another is never said to be there.
func (r *Name) At(milestone int) Presence {
	last := r.Last
	if last == 0 {
		last = newest
	}
	switch {
	case milestone <= 0:
		return Unknown
	case r.Of != "" && r.Of != Chromium, r.Gone != 0 && milestone >= r.Gone, milestone <= r.Before:
		return Absent
	case r.Tail == "" && r.First != 0 && r.First <= milestone && milestone <= last:
		return Present
	}
	return Unknown
}

// renamed says what became of the name, and whether it is on by default now.
func (r *Name) renamed(milestone int) string {
	text := "renamed " + r.Became + " at " + decimal(r.BecameAt)
	if now := Lookup(r.Became); now != nil && now.On != 0 && milestone >= now.On {
		text += ", on by default since " + decimal(now.On)
	}
	return text
}

// Names returns the names in the table in order, once each: what to look for
// in a binary, for [Host.Knows].
func Names() []string {
	names := make([]string, len(table))
	for i := range table {
		names[i] = table[i].Name
	}
	return names
}

// Lookup returns what is known of a name, nil if that is nothing.
func Lookup(name string) *Name {
	from, to := 0, len(table)
	for from < to {
		mid := (from + to) / 2
		switch c := strings.Compare(name, table[mid].Name); {
		case c == 0:
			return &table[mid]
		case c < 0:
			to = mid
		default:
			from = mid + 1
		}
	}
	return nil
}

func decimal(n int) string { return strconv.Itoa(n) }
