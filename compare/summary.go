package compare

import (
	"math"
	"slices"
)

// Measured is what one round took.
type Measured struct {
	Peak   float64 // bytes, the largest sum of a moment; NaN, as all of these: not known
	Mean   float64 // bytes
	CPU    float64
	Ready  float64 // from the start until the page of the workload runs
	Frames float64 // that the page drew
}

// A Summary is the figures of several rounds.
type Summary struct {
	Median, Least, Most float64
	Known               bool
}

// Of sums up figures. One that is not known makes nothing of all.
func Of(figures []float64) Summary {
	if len(figures) == 0 || slices.ContainsFunc(figures, math.IsNaN) {
		return Summary{}
	}
	list := slices.Sorted(slices.Values(figures))
	middle := len(list) / 2
	median := list[middle]
	if len(list)%2 == 0 {
		median = (list[middle-1] + list[middle]) / 2
	}
	return Summary{Median: median, Least: list[0], Most: list[len(list)-1], Known: true}
}

// Ratio is that of b's median to a's. differs is false if their spreads overlap: then what is seen
// may be chance.
func Ratio(a, b Summary) (ratio float64, differs, known bool) {
	if !a.Known || !b.Known || a.Median == 0 {
		return 0, false, false
	}
	return b.Median / a.Median, a.Most < b.Least || b.Most < a.Least, true
}
