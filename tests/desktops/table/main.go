// Table writes what tests/desktops has seen into a document:
//
//	table LINES DOCUMENT
//
// LINES has what tests/desktops/run.sh kept.
package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"electroscope/tests/marked"
)

func main() { marked.Program("LINES DOCUMENT", run) }

func run(args []string) error {
	lines, document := args[0], args[1]
	var launches []launch
	if err := marked.ReadFile(lines, func(r io.Reader) (err error) {
		launches, err = read(r)
		return err
	}); err != nil {
		return err
	}
	return marked.Rewrite(document, "make docs-desktops", render(launches))
}

// A launch is one by one of a desktop's ways; its fields are the columns of the table.
type launch struct {
	desktop, way, app, theirs, unit, limits, inside, outside, token, notice string
}

// read takes the lines of tests/desktops, way_test.go, and passes over all others.
func read(r io.Reader) ([]launch, error) {
	var launches []launch
	scanner := bufio.NewScanner(r)
	for scanner.Scan() {
		f := strings.Split(scanner.Text(), "\t")
		if f[0] != "desktops" {
			continue
		}
		if len(f) != 11 {
			return nil, fmt.Errorf("%q: not eleven fields", scanner.Text())
		}
		launches = append(launches, launch{f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8], f[9], f[10]})
	}
	return launches, scanner.Err()
}

func render(launches []launch) string {
	var b strings.Builder
	b.WriteString("| desktop | launched by | app | the desktop's own unit | unit | limits | processes inside | token | notice |\n|---|---|---|---|---|---|---|---|---|\n")
	last := ""
	for _, l := range launches {
		desktop := l.desktop
		if desktop == last {
			desktop = ""
		}
		last = l.desktop
		fmt.Fprintf(&b, "| %s | %s | %s | %s | `%s` | %s | %s | %s | %s |\n",
			desktop, l.way, l.app, code(l.theirs), l.unit, map[bool]string{true: "yes", false: "**no**"}[l.limits == "true"], l.processes(), l.token, l.notice)
	}
	return b.String()
}

func (l launch) processes() string {
	if l.outside == "0" {
		return "all " + l.inside
	}
	return fmt.Sprintf("**%s, %s outside**", l.inside, l.outside)
}

func code(unit string) string {
	if unit == "" {
		return "none"
	}
	return "`" + unit + "`"
}
