//go:build rig

package faults

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// A row is one fault and what came of the launches that met it.
type row struct {
	at, fault string
	inside    int // that started the app inside its scope,
	without   int // started it, and said that it has no limits,
	refused   int // or said why it cannot be started
	added     []time.Duration
	said      string // the last that a launch without a fault does not say
}

// rows are those of one test.
type rows struct {
	t    *testing.T
	area *area
	hide *strings.Replacer // what differs from run to run

	mu    sync.Mutex
	plain time.Duration // what a launch without a fault takes, by the same way and as many at once,
	noise time.Duration // and by how much more the slowest of these
	usual string        // and what it says
	list  []*row
}

func newRows(a *area, s *stage, atOnce int, launch func() (launch, error)) *rows {
	a.t.Helper()
	r := &rows{t: a.t, area: a, hide: strings.NewReplacer(s.dir, "…", "electroscope: ", "", "\n", " ", "\t", " ", "|", "/")}
	var took []time.Duration
	each(5*atOnce, atOnce, func(int) {
		l, err := launch()
		r.mu.Lock()
		defer r.mu.Unlock()
		if err != nil || l.wrong() != nil || !l.inside() {
			a.t.Errorf("without a fault: %v, %v; in %q, it said %q", err, l.wrong(), l.group, l.said)
		}
		took, r.usual = append(took, l.took), l.said
	})
	r.plain = median(took)
	r.noise = slices.Max(took) - r.plain
	a.t.Cleanup(r.print)
	return r
}

func median(list []time.Duration) time.Duration {
	slices.Sort(list)
	return list[len(list)/2]
}

// launch counts a launch. One that may refuse the app must say why, and end with the status that a
// shell has for it (126, 127).
func (r *rows) launch(at, fault string, mayRefuse bool, l launch, err error) {
	r.t.Helper()
	refused := err == nil && mayRefuse && l.group == "" && (l.status == 126 || l.status == 127) && strings.Contains(l.said, "electroscope: error: cannot ")
	if refused {
		r.area.try(at+", "+fault, "", nil)
	} else {
		r.area.launch(at+", "+fault, l, err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	o := r.row(at, fault)
	switch {
	case refused:
		o.refused++
	case l.inside():
		o.inside++
	case l.group != "":
		o.without++
	}
	o.added = append(o.added, l.took-r.plain)
	if said := strings.TrimPrefix(l.said, r.usual); said != "" {
		o.said = strings.TrimSpace(r.hide.Replace(said))
	}
}

func (r *rows) row(at, fault string) *row {
	for _, o := range r.list {
		if o.at == at && o.fault == fault {
			return o
		}
	}
	o := &row{at: at, fault: fault}
	r.list = append(r.list, o)
	return o
}

// print writes a line for each, which run.sh gathers. A time that is within the noise is 0.
func (r *rows) print() {
	slices.SortStableFunc(r.list, func(a, b *row) int { return strings.Compare(a.at, b.at) })
	for _, o := range r.list {
		ms := func(d time.Duration) int64 {
			if d <= r.noise {
				return 0
			}
			return d.Milliseconds()
		}
		fmt.Printf("fault\t%s\t%s\t%s\t%d\t%d\t%d\t%d\t%d\t%s\n", o.at, o.fault, os.Getenv("ELECTROSCOPE_RIG_SYSTEMD"),
			o.inside, o.without, o.refused, ms(median(o.added)), ms(slices.Max(o.added)), o.said)
	}
}
