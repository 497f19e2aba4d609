package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A spread is the median of some figures, and the least and the most.
type spread struct{ least, median, most float64 }

func (s setting) spread(of func(try) float64) spread {
	var values []float64
	for _, t := range s.tries {
		values = append(values, of(t))
	}
	slices.Sort(values)
	return spread{values[0], values[len(values)/2], values[len(values)-1]}
}

func (s spread) text(format string, unit float64) string {
	one := func(v float64) string { return fmt.Sprintf(format, v/unit) }
	return fmt.Sprintf("%s (%s–%s)", one(s.median), one(s.least), one(s.most))
}

// table has a row for each setting, and below it what the apps could still do.
func table(settings []setting) string {
	var b strings.Builder
	b.WriteString("| setting | tries | late frames, % | 99th percentile, ms | worst frame, ms | least memory available, MiB | most swap, MiB | processes killed |\n|---|---|---|---|---|---|---|---|\n")
	for _, s := range settings {
		fmt.Fprintf(&b, "| %s | %d | %s | %s | %s | %s | %s | %s |\n", s.name, len(s.tries),
			s.spread(try.late).text("%.1f", 1),
			s.spread(func(t try) float64 { return t.Frames.P99 }).text("%.0f", 1),
			s.spread(func(t try) float64 { return t.Frames.Worst }).text("%.0f", 1),
			s.spread(func(t try) float64 { return t.Lack.Available }).text("%.0f", 1<<20),
			s.spread(func(t try) float64 { return t.Lack.Swap }).text("%.0f", 1<<20),
			s.spread(func(t try) float64 { return t.Kills }).text("%.0f", 1))
	}
	pages := slices.Sorted(maps.Keys(settings[0].tries[0].Steps))
	b.WriteString("\n| setting | " + strings.Join(pages, " | ") + " | pages that did not answer at the end |\n" + strings.Repeat("|---", len(pages)+2) + "|\n")
	for _, s := range settings {
		fmt.Fprintf(&b, "| %s |", s.name)
		for _, page := range pages {
			fmt.Fprintf(&b, " %s |", s.spread(func(t try) float64 { return 100 * t.Steps[page] }).text("%.0f", 1))
		}
		fmt.Fprintf(&b, " %s |\n", s.dead())
	}
	return b.String()
}

// dead names the pages that did not answer in the end, with the number of tries.
func (s setting) dead() string {
	count := map[string]int{}
	for _, t := range s.tries {
		for _, page := range t.Dead {
			count[page]++
		}
	}
	var words []string
	for _, page := range slices.Sorted(maps.Keys(count)) {
		words = append(words, fmt.Sprintf("%s: %d", page, count[page]))
	}
	return cmp.Or(strings.Join(words, ", "), "none")
}
