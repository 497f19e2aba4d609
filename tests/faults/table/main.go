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
	"os"
	"strconv"
	"strings"

	"electroscope/tests/marked"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: table LINES DOCUMENT")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "table:", err)
		os.Exit(1)
	}
}

func run(lines, document string) error {
	f, err := os.Open(lines)
	if err != nil {
		return err
	}
	defer f.Close()
	areas, err := read(f)
	if err != nil {
		return fmt.Errorf("%q: %w", lines, err)
	}
	return marked.Rewrite(document, "make docs-faults", render(areas))
}

// An area is one kind of fault under one version of systemd.
type area struct {
	name, systemd             string
	tried, held, told, capped int
}

// read takes the lines of tests/faults, area_test.go, and passes over all others.
func read(r io.Reader) ([]area, error) {
	var areas []area
	scanner := bufio.NewScanner(r)
	for scanner.Scan() {
		f := strings.Split(scanner.Text(), "\t")
		if f[0] != "faults" {
			continue
		}
		if len(f) != 7 {
			return nil, fmt.Errorf("%q: not seven fields", scanner.Text())
		}
		a := area{name: f[1], systemd: f[2]}
		for i, n := range []*int{&a.tried, &a.held, &a.told, &a.capped} {
			var err error
			if *n, err = strconv.Atoi(f[3+i]); err != nil {
				return nil, fmt.Errorf("%q: %w", scanner.Text(), err)
			}
		}
		areas = append(areas, a)
	}
	return areas, scanner.Err()
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
