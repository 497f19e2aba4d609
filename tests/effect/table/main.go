// Table makes the table and the picture of docs/effect.md from what tests/effect/run.sh has measured:
//
//	table RESULTS DOCUMENT PICTURE
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"electroscope/tests/marked"
)

func main() { marked.Program("RESULTS DOCUMENT PICTURE", run) }

func run(args []string) error {
	results, document, picture := args[0], args[1], args[2]
	var settings []setting
	if err := marked.ReadFile(results, func(r io.Reader) (err error) {
		settings, err = read(r)
		return err
	}); err != nil {
		return err
	}
	if err := marked.Rewrite(document, "make docs-effect", table(settings)); err != nil {
		return err
	}
	return os.WriteFile(picture, []byte(draw(settings)), 0o644)
}

// A try is a line of the results, as far as it is shown (tests/effect, Result).
type try struct {
	Setting string
	Frames  struct {
		All, Late int
		Worst     float64 `json:"worst_ms"`
		P99       float64 `json:"p99_ms"`
	}
	Lack struct {
		Available float64 `json:"available_least"`
		Swap      float64 `json:"swap_most"`
	}
	Kills float64
	Steps map[string]float64
	Dead  []string
}

// late is the share of frames that were late, in per cent.
func (t try) late() float64 { return 100 * float64(t.Frames.Late) / float64(t.Frames.All) }

// A setting is what was tried, several times.
type setting struct {
	name  string
	tries []try
}

// read groups the lines by setting, in the order in which these come first.
func read(r io.Reader) ([]setting, error) {
	var settings []setting
	at := map[string]int{}
	scanner := bufio.NewScanner(r)
	for scanner.Scan() {
		var t try
		if err := json.Unmarshal(scanner.Bytes(), &t); err != nil {
			return nil, fmt.Errorf("%q: %w", scanner.Text(), err)
		}
		if t.Frames.All == 0 {
			return nil, fmt.Errorf("%q: no frames", scanner.Text())
		}
		i, known := at[t.Setting]
		if !known {
			i = len(settings)
			at[t.Setting] = i
			settings = append(settings, setting{name: t.Setting})
		}
		settings[i].tries = append(settings[i].tries, t)
	}
	return settings, scanner.Err()
}
