package main

import (
	"fmt"
	"math"
	"strings"
)

// Pixels of the picture.
const (
	width = 760
	left  = 170 // where the axis begins
	axis  = 540 // its length
	row   = 34
	top   = 70
)

const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %[1]d %[2]d" width="%[1]d" height="%[2]d" role="img">
<title>%[3]s</title>
<style>
text { font: 13px system-ui, "DejaVu Sans", sans-serif; fill: #202124 }
.head { font-weight: bold; font-size: 15px } .small { font-size: 11px; fill: #5f6368 }
line { stroke: #dadce0 } .median { stroke: #202124; stroke-width: 2 }
circle { fill: #1a73e8; fill-opacity: 0.45 } .without { fill: #d93025 }
</style>
<rect width="100%%" height="100%%" fill="#ffffff"/>
`

// draw shows each try as a dot, by how many of the desktop's frames were late, and each setting's
// median as a line.
func draw(settings []setting) string {
	most := 0.0
	for _, s := range settings {
		most = max(most, s.spread(try.late).most)
	}
	step := tick(most)
	end := step * math.Ceil(max(most, step)/step)
	x := func(percent float64) float64 { return left + percent/end*axis }
	height := top + len(settings)*row + 40
	var b strings.Builder
	fmt.Fprintf(&b, head, width, height, "Late frames of a desktop beside six Chromiums, with and without electroscope")
	fmt.Fprint(&b, "<text x=\"16\" y=\"26\" class=\"head\">Frames of the desktop that were late</text>\n")
	fmt.Fprint(&b, "<text x=\"16\" y=\"46\" class=\"small\">each dot is one try; the line is their median; less is better</text>\n")
	for percent := 0.0; percent <= end; percent += step {
		fmt.Fprintf(&b, "<line x1=\"%.1f\" x2=\"%[1]f\" y1=\"%d\" y2=\"%d\"/><text x=\"%.1f\" y=\"%d\" class=\"small\" text-anchor=\"middle\">%g %%</text>\n",
			x(percent), top-8, height-32, x(percent), height-16, percent)
	}
	for i, s := range settings {
		y := top + i*row + row/2
		fmt.Fprintf(&b, "<text x=\"16\" y=\"%d\">%s</text>\n", y+4, s.name)
		for _, t := range s.tries {
			class := ""
			if strings.HasPrefix(s.name, "without") {
				class = ` class="without"`
			}
			fmt.Fprintf(&b, "<circle cx=\"%.1f\" cy=\"%d\" r=\"5\"%s/>\n", x(t.late()), y, class)
		}
		median := x(s.spread(try.late).median)
		fmt.Fprintf(&b, "<line class=\"median\" x1=\"%.1f\" x2=\"%[1]f\" y1=\"%d\" y2=\"%d\"/>\n", median, y-11, y+11)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// tick is a round distance between marks, so that there are four to ten.
func tick(most float64) float64 {
	for _, step := range []float64{0.5, 1, 2, 5, 10} {
		if most/step <= 10 {
			return step
		}
	}
	return 20
}
