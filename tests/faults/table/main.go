// Table writes what the fault injectors tried into a document:
//
//	table LINES DOCUMENT
//
// LINES has what tests/faults/run.sh kept.
package main

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"electroscope/tests/marked"
)

func main() { marked.Program("LINES DOCUMENT", run) }

func run(args []string) error {
	lines, document := args[0], args[1]
	var areas []area
	var rows []row
	if err := marked.ReadFile(lines, func(r io.Reader) (err error) {
		areas, rows, err = read(r)
		return err
	}); err != nil {
		return err
	}
	if err := marked.Rewrite(document, "make docs-faults, one by one", renderRows(rows)); err != nil {
		return err
	}
	return marked.Rewrite(document, "make docs-faults", render(areas))
}

// An area is one kind of fault under one version of systemd.
type area struct {
	name, systemd             string
	tried, held, told, capped int
}

// A row is one fault, and what came of the launches that met it.
type row struct {
	at, fault, systemd       string
	inside, without, refused int
	median, worst            int // what they took longer, in ms
	said                     string
}

// read takes the lines of tests/faults, area_test.go and row_test.go, and passes over all others.
func read(r io.Reader) (areas []area, rows []row, err error) {
	scanner := bufio.NewScanner(r)
	for scanner.Scan() {
		f := strings.Split(scanner.Text(), "\t")
		switch f[0] {
		case "faults":
			if len(f) != 7 {
				return nil, nil, fmt.Errorf("%q: not seven fields", scanner.Text())
			}
			a := area{name: f[1], systemd: f[2]}
			err = numbers(f[3:], &a.tried, &a.held, &a.told, &a.capped)
			areas = append(areas, a)
		case "fault":
			if len(f) != 10 {
				return nil, nil, fmt.Errorf("%q: not ten fields", scanner.Text())
			}
			w := row{at: f[1], fault: f[2], systemd: f[3], said: f[9]}
			err = numbers(f[4:9], &w.inside, &w.without, &w.refused, &w.median, &w.worst)
			rows = append(rows, w)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("%q: %w", scanner.Text(), err)
		}
	}
	return areas, rows, scanner.Err()
}

func numbers(fields []string, into ...*int) error {
	for i, n := range into {
		var err error
		if *n, err = strconv.Atoi(fields[i]); err != nil {
			return err
		}
	}
	return nil
}

func render(areas []area) string {
	var b strings.Builder
	b.WriteString("| area | systemd | tried | held | outcome |\n|---|---|---|---|---|\n")
	for _, a := range areas {
		fmt.Fprintf(&b, "| %s | %s | %d | %d | %s |\n", a.name, a.systemd, a.tried, a.held, a.outcome())
	}
	return b.String()
}

// outcome is what the two numbers leave open.
func (a area) outcome() string {
	var parts []string
	switch {
	case a.capped == a.tried:
		parts = append(parts, "all inside their scope")
	case a.capped > 0:
		parts = append(parts, fmt.Sprintf("%d inside their scope, the others say that they are not", a.capped))
	}
	if a.told > 0 {
		parts = append(parts, fmt.Sprintf("%d cannot hold, for a reason below", a.told))
	}
	if broken := a.tried - a.held - a.told; broken > 0 {
		parts = append(parts, fmt.Sprintf("**%d broken**", broken))
	}
	return strings.Join(parts, "; ")
}

func renderRows(rows []row) string {
	var b strings.Builder
	b.WriteString("| where | fault | systemd | what came of it | added ms | what is said of it, beside the usual |\n|---|---|---|---|---|---|\n")
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", r.at, r.fault, r.systemd, r.outcome(), r.added(), abridged(r.said))
	}
	return b.String()
}

// outcome counts what the launches came to.
func (r row) outcome() string {
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{{r.inside, "started in its scope"}, {r.without, "started without limits, said so"}, {r.refused, "refused, said why"}} {
		switch {
		case p.n == 1 && r.inside+r.without+r.refused == 1:
			parts = append(parts, p.what)
		case p.n > 0:
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	if parts == nil {
		return "**not started**"
	}
	return strings.Join(parts, ", ")
}

// added is how much longer such a launch took: in the middle, and at worst. Nothing is written of what
// is within the noise.
func (r row) added() string {
	switch {
	case r.worst == 0:
		return ""
	case r.median == r.worst:
		return strconv.Itoa(r.worst)
	}
	return fmt.Sprintf("%d, at worst %d", r.median, r.worst)
}

// abridged is as much of a text as a column takes.
func abridged(text string) string {
	const most = 160
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
