package monitor

import (
	"encoding/json"
	"fmt"
	"strconv"

	"electroscope/launcher/limit"
)

// A Figure is a number of the kernel's: bytes, microseconds, or a count. The zero Figure is
// unknown. A limit that is not set is [limit.Infinity].
//
// In JSON it is a number, null if unknown, "max" for infinity.
type Figure struct {
	n     uint64
	known bool
}

// Known is the figure n.
func Known(n uint64) Figure { return Figure{n, true} }

// Get is the number, and whether it is known.
func (f Figure) Get() (n uint64, known bool) { return f.n, f.known }

// IsKnown reports whether there is a number.
func (f Figure) IsKnown() bool { return f.known }

// Or is the number, or n if it is not known.
func (f Figure) Or(n uint64) uint64 {
	if f.known {
		return f.n
	}
	return n
}

// IsSet reports whether the figure is a limit that limits: known, and not infinity.
func (f Figure) IsSet() bool { return f.known && f.n != limit.Infinity }

// least is the smaller of two limits. One that is not known leaves the other.
func least(a, b Figure) Figure {
	if !b.known || a.known && a.n <= b.n {
		return a
	}
	return b
}

// Plus adds two figures. One that is not known makes the sum unknown.
func (f Figure) Plus(g Figure) Figure {
	if !f.known || !g.known {
		return Figure{}
	}
	return Known(f.n + g.n)
}

// since is how much a counter has grown. One that shrank belongs to something else by now.
func (f Figure) since(earlier Figure) Figure {
	if !f.known || !earlier.known || f.n < earlier.n {
		return Figure{}
	}
	return Known(f.n - earlier.n)
}

// ParseFigure reads a number as the kernel's files have it.
func ParseFigure(text string) Figure {
	if text == "max" {
		return Known(limit.Infinity)
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return Figure{}
	}
	return Known(n)
}

func (f Figure) MarshalJSON() ([]byte, error) {
	switch {
	case !f.known:
		return []byte("null"), nil
	case f.n == limit.Infinity:
		return []byte(`"max"`), nil
	}
	return strconv.AppendUint(nil, f.n, 10), nil
}

func (f *Figure) UnmarshalJSON(text []byte) error {
	*f = Figure{}
	if string(text) == "null" {
		return nil
	}
	if string(text) == `"max"` {
		*f = Known(limit.Infinity)
		return nil
	}
	if *f = ParseFigure(string(text)); !f.known {
		return fmt.Errorf("%s is not a figure", text)
	}
	return nil
}

// A Percentage is a share in percent, null in JSON if it is not known. The zero Percentage
// is unknown.
type Percentage struct {
	p     float64
	known bool
}

// Percent is the percentage p.
func Percent(p float64) Percentage { return Percentage{p, true} }

// Get is the percentage, and whether it is known.
func (p Percentage) Get() (percent float64, known bool) { return p.p, p.known }

// IsKnown reports whether there is a percentage.
func (p Percentage) IsKnown() bool { return p.known }

// of is the share that f is of whole. Of nothing it is not known.
func (f Figure) of(whole Figure) Percentage {
	if !f.known || !whole.IsSet() || whole.n == 0 {
		return Percentage{}
	}
	return Percent(float64(f.n) / float64(whole.n) * 100)
}

func (p Percentage) MarshalJSON() ([]byte, error) {
	if !p.known {
		return []byte("null"), nil
	}
	return strconv.AppendFloat(nil, p.p, 'f', 2, 64), nil
}

func (p *Percentage) UnmarshalJSON(text []byte) error {
	var n *float64
	if err := json.Unmarshal(text, &n); err != nil {
		return err
	}
	*p = Percentage{}
	if n != nil {
		*p = Percent(*n)
	}
	return nil
}
