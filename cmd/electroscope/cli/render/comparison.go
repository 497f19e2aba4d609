package render

import (
	"fmt"
	"strconv"

	"electroscope/compare"
	"electroscope/monitor"
)

// Comparison writes a row for each figure: the median and the spread of both sides, and the ratio.
func Comparison(w *Writer, names [2]string, measured [2][]compare.Measured) {
	var rows [][]string
	for _, f := range []struct {
		name string
		of   func(compare.Measured) float64
		text func(float64) string
	}{
		{"memory peak", func(m compare.Measured) float64 { return m.Peak }, bytesText},
		{"memory mean", func(m compare.Measured) float64 { return m.Mean }, bytesText},
		{"CPU time", func(m compare.Measured) float64 { return m.CPU }, secondsText},
		{"ready after", func(m compare.Measured) float64 { return m.Ready }, secondsText},
		{"frames", func(m compare.Measured) float64 { return m.Frames }, func(n float64) string { return strconv.FormatFloat(n, 'f', 0, 64) }},
	} {
		var sides [2]compare.Summary
		for i, list := range measured {
			var figures []float64
			for _, m := range list {
				figures = append(figures, f.of(m))
			}
			sides[i] = compare.Of(figures)
		}
		if sides[0].Known || sides[1].Known {
			rows = append(rows, []string{f.name, spread(sides[0], f.text), spread(sides[1], f.text), ratioText(sides)})
		}
	}
	w.Table([]string{"", "A: " + names[0], "B: " + names[1], "B/A"}, rows)
}

func bytesText(n float64) string { return Size(monitor.Known(uint64(n))) }

func secondsText(n float64) string { return strconv.FormatFloat(n, 'f', 2, 64) + "s" }

func spread(s compare.Summary, text func(float64) string) string {
	if !s.Known {
		return none
	}
	return fmt.Sprintf("%s (%s-%s)", text(s.Median), text(s.Least), text(s.Most))
}

func ratioText(sides [2]compare.Summary) string {
	ratio, differs, known := compare.Ratio(sides[0], sides[1])
	if !known {
		return none
	}
	text := strconv.FormatFloat(ratio, 'f', 2, 64)
	if !differs {
		text += " same"
	}
	return text
}
