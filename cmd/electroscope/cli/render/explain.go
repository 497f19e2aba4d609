package render

import (
	"slices"
	"strconv"
	"strings"

	"electroscope/launcher"
	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"
	"electroscope/launcher/limit"
	"electroscope/launcher/plan"
)

// An Explanation is a plan with what it rests on.
type Explanation struct {
	Plan       plan.Plan
	Delegation launcher.Delegation
	Layers     catalog.Layers
	RAM        uint64 // bytes
	UID        int
	OOMScore   *int // oom_score_adj of this process; nil if it cannot be read
	SlowMoves  bool // the control groups are mounted without favordynmods
}

// Explain writes where each value comes from, and why it is so.
func Explain(w *Writer, e Explanation) {
	p := e.Plan
	w.Heading("Where each value comes from:")
	w.List(originRows(p, e.Layers))
	if rows := chainRows(p); rows != nil {
		w.Heading("Behind " + p.Target + ":")
		w.List(rows)
	}
	if !p.Disabled { // else nothing of it comes to pass
		for _, text := range slices.Concat(scoreTexts(e), heapTexts(p.Settings.App, e.RAM), moveTexts(e)) {
			w.Paragraph(text)
		}
		if note := p.Settings.App.Note; note != "" {
			w.Paragraph(note)
		}
	}
	w.Heading("What would run:")
	Plan(w, p, e.Delegation)
}

// originRows walk the schema, so that no key can be forgotten.
func originRows(p plan.Plan, layers catalog.Layers) []Row {
	var rows []Row
	app := p.Settings.App.Key
	own := "apps.*"
	if app == "" {
		own = "defaults"
	}
	for _, k := range catalog.Keys() {
		for _, table := range []string{own, "gpu." + p.Vendor, "gpu", "budget"} { // what counts most first
			i := slices.IndexFunc(k.Tables, func(in string) bool { return in == table || table == own && strings.HasPrefix(in, own+".") })
			if i < 0 {
				continue
			}
			owner, path := "", append(strings.Split(k.Tables[i], "."), k.Name)
			if app != "" && table == own {
				owner, path = app, path[2:]
			}
			if origin := layers.Origin(owner, path...); origin.Source != "" {
				from := origin.String()
				if other := instead(p.Settings.App, k.Name); other != "" && table == own {
					from += ", " + other
				}
				rows = append(rows, Row{Name: origin.Key, Text: OneLine(origin.Source) + " (" + from + ")"})
				break
			}
		}
	}
	return rows
}

// chainRows are the wrapper scripts and the program that the target leads to.
func chainRows(p plan.Plan) []Row {
	var rows []Row
	for _, script := range p.Chain.Scripts {
		if script != p.Target {
			rows = append(rows, Row{Name: "script", Text: script})
		}
	}
	switch program := p.Chain.Program; {
	case program == "":
		rows = append(rows, Row{Name: "program", Text: "cannot be seen from outside"})
	case program != p.Target:
		rows = append(rows, Row{Name: "program", Text: program})
	}
	if !p.Chain.Execs && !p.Disabled {
		rows = append(rows, Row{Name: "PID", Text: "its main process may have another than the scope's name says"})
	}
	return rows
}

// heapTexts say what a cap of the heap does: V8's heap.h, and Chromium's
// utility_process_host.cc, which does not hand --js-flags on.
func heapTexts(app catalog.App, ram uint64) []string {
	heap := app.HeapIn(ram)
	if heap == 0 || app.Runtime == chromium.Native {
		return nil
	}
	var texts []string
	if heap < app.Heap {
		texts = append(texts, "heap="+limit.SizeText(app.Heap)+" is above MemoryMax, so it would never be reached: it is taken as "+limit.SizeText(heap)+".")
	}
	return append(texts, "heap="+limit.SizeText(heap)+" caps each V8 heap of the main process and the renderers, not those of utility processes. "+
		"It only lowers: V8 itself stops at 4G. A process that needs more ends.")
}

// moveTexts say what a launch by itself waits for (launcher/graceperiod.go).
func moveTexts(e Explanation) []string {
	if !e.SlowMoves || e.Plan.Unit.Name == "" {
		return nil
	}
	return []string{"A launch waits some 10 ms until the kernel has moved it into its scope, for the control groups are mounted without favordynmods: " +
		"electroscope doctor cgroup-moves."}
}

// scoreTexts say what comes of OOMScoreAdjust, which a scope does not take.
func scoreTexts(e Explanation) []string {
	wish := e.Plan.Settings.App.OOMScoreAdjust
	if wish == nil || e.OOMScore == nil {
		return nil
	}
	text := "OOMScoreAdjust=" + strconv.Itoa(*wish) + " is not a property of a scope: the launch sets it for itself before it becomes the app."
	if *wish < *e.OOMScore && e.UID != 0 {
		text += " It is " + strconv.Itoa(*e.OOMScore) + " here. The kernel lets an ordinary user raise it, and lower it no further than " +
			"the last privileged process left it (100 for what systemd --user starts)."
	}
	return []string{text}
}
