package budget

import (
	"cmp"
	"slices"
)

// A Program is the processes of one name, of one category. Of an app it is the app's name.
type Program struct {
	Name      string `json:"name"`
	Category  string `json:"category"`
	Memory    uint64 `json:"memory"`
	Swapped   uint64 `json:"swapped"`
	Processes int    `json:"processes"`
	Shared    int    `json:"resident"` // processes of which Memory has the resident set

	own uint64
}

// Programs sums up the processes of each program, the largest first. apps has the names of the
// apps of the catalogue by the PIDs of their processes.
func Programs(u Usage, apps map[int]string) []Program {
	type key struct{ name, category string }
	at := map[key]int{}
	list := []Program{}
	for _, p := range u.Processes {
		k := key{p.Program, Apps}
		if app, ok := apps[p.PID]; ok {
			k.name = app
		} else {
			k.category = CategoryOf(p)
		}
		if _, seen := at[k]; !seen {
			at[k] = len(list)
			list = append(list, Program{Name: k.name, Category: k.category})
		}
		one := Program{Memory: p.Memory, Swapped: p.Swapped, Processes: 1, own: p.Own}
		if p.Shared {
			one.Shared = 1
		}
		list[at[k]].add(one)
	}
	slices.SortStableFunc(list, func(p, q Program) int {
		return cmp.Or(cmp.Compare(q.Memory, p.Memory), cmp.Compare(p.Name, q.Name))
	})
	return list
}

func (p *Program) add(q Program) {
	p.Memory += q.Memory
	p.Swapped += q.Swapped
	p.Processes += q.Processes
	p.Shared += q.Shared
	p.own += q.own
}
