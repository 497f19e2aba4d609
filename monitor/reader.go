package monitor

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"electroscope/launcher/catalog"
	"electroscope/launcher/cgroup"
	"electroscope/launcher/plan"
	"electroscope/launcher/unitname"
)

// A Reader is where samples come from: a machine, or a folder in which one was recorded.
type Reader struct {
	Proc   string // "/proc"
	Cgroup string // "/sys/fs/cgroup"
	UID    int    // whose processes count
}

// A Candidate is an app to look for.
type Candidate struct {
	App      catalog.App
	Programs []string // paths of the files that run as the app, to find what was started past electroscope
}

// Sample reads what runs now.
func (r Reader) Sample(apps []Candidate) (Sample, error) {
	s := Sample{Version: Version, Time: time.Now().UTC(), Machine: r.machine(), Apps: []App{}}
	members, err := r.members()
	if err != nil {
		return s, err
	}
	for _, f := range find(apps, members, r.program) {
		if a, ok := r.app(f, s); ok {
			s.Apps = append(s.Apps, a)
		}
	}
	s.Apps = joinEscaped(s.Apps)
	slices.SortStableFunc(s.Apps, func(a, b App) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Main, b.Main), cmp.Compare(a.Unit, b.Unit))
	})
	s.Budget = r.budget(s.Apps)
	return s, nil
}

// Launch reads the launch whose unit a group is. ok is false if it is none of these apps', or has
// ended.
func (r Reader) Launch(apps []Candidate, unit cgroup.Group) (a App, ok bool) {
	app, kind, ok := owner(apps, unit)
	if !ok {
		return App{}, false
	}
	now := Sample{Time: time.Now().UTC(), Machine: r.machine()}
	return r.app(found{app, kind, unit, r.inside(unit)}, now)
}

// inside are the processes of a group and of those below it.
func (r Reader) inside(g cgroup.Group) []int {
	text, _ := g.Read(r.Cgroup, "cgroup.procs") // of a group that is gone there are none
	var pids []int
	for _, word := range strings.Fields(text) {
		if pid, err := strconv.Atoi(word); err == nil {
			pids = append(pids, pid)
		}
	}
	items, _ := os.ReadDir(r.Cgroup + string(g))
	for _, item := range items {
		if item.IsDir() {
			pids = append(pids, r.inside(g+"/"+cgroup.Group(item.Name()))...)
		}
	}
	return pids
}

// A member is a process and where it is.
type member struct {
	pid   int
	group cgroup.Group
}

// members are the user's processes. Those that end meanwhile are left out.
func (r Reader) members() ([]member, error) {
	items, err := os.ReadDir(r.Proc)
	if err != nil {
		return nil, fmt.Errorf("cannot look for processes: %w", err)
	}
	var list []member
	for _, item := range items {
		pid, err := strconv.Atoi(item.Name())
		if err != nil || !r.isOwn(item.Name()) {
			continue
		}
		if g, err := cgroup.Process(r.Proc, item.Name()); err == nil {
			list = append(list, member{pid, g})
		}
	}
	return list, nil
}

// program is the file that a process runs; empty if it cannot be seen. A package that was updated
// meanwhile leaves " (deleted)" behind the path (proc_pid_exe(5)).
func (r Reader) program(pid int) string {
	path, err := os.Readlink(r.Proc + "/" + strconv.Itoa(pid) + "/exe")
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(path, " (deleted)")
}

// A found launch is one before its figures are read.
type found struct {
	app   catalog.App
	kind  Placement
	group cgroup.Group
	pids  []int
}

// find sorts processes into launches: by the unit they are in, else by the program that they run.
func find(apps []Candidate, members []member, program func(pid int) string) []found {
	var order []cgroup.Group
	units := map[cgroup.Group][]int{}
	for _, m := range members {
		unit := m.group.Of(m.group.Unit())
		if _, seen := units[unit]; !seen {
			order = append(order, unit)
		}
		units[unit] = append(units[unit], m.pid)
	}
	var list []found
	for _, unit := range order {
		if app, kind, ok := owner(apps, unit); ok {
			list = append(list, found{app, kind, unit, units[unit]})
			continue
		}
		list = append(list, outside(apps, unit, units[unit], program)...)
	}
	return list
}

// outside are the launches among the processes of a unit that is not of an app.
func outside(apps []Candidate, unit cgroup.Group, pids []int, program func(pid int) string) []found {
	var list []found
	for _, pid := range pids {
		path := program(pid)
		i := slices.IndexFunc(apps, func(c Candidate) bool { return path != "" && slices.Contains(c.Programs, path) })
		if i < 0 {
			continue
		}
		app := apps[i].App
		if at := slices.IndexFunc(list, func(f found) bool { return f.app.Key == app.Key }); at >= 0 {
			list[at].pids = append(list[at].pids, pid)
		} else {
			list = append(list, found{app, Outside, unit, []int{pid}})
		}
	}
	return list
}

// app reads the figures of a launch. ok is false if all its processes have ended.
func (r Reader) app(f found, s Sample) (a App, ok bool) {
	a = App{Name: cmp.Or(f.app.Key, f.app.ID), Unit: f.group.Unit(), Kind: f.kind, Group: Group{Path: f.group}}
	if f.kind != Outside {
		a.Group = r.Group(f.group)
	}
	cmdlines := map[int]string{}
	for _, pid := range f.pids {
		if p, cmdline, ok := r.process(pid); ok {
			a.Processes = append(a.Processes, p)
			cmdlines[pid] = cmdline
		}
	}
	if len(a.Processes) == 0 {
		return a, false
	}
	slices.SortStableFunc(a.Processes, func(p, q Process) int {
		return cmp.Or(cmp.Compare(p.Started, q.Started), cmp.Compare(p.PID, q.PID))
	})
	r.findMain(&a)
	first := a.Processes[0]
	if i := slices.IndexFunc(a.Processes, func(p Process) bool { return p.PID == a.Main }); i >= 0 {
		first = a.Processes[i]
	}
	a.Started = s.Time.Add(first.Started - s.Machine.Up).Round(time.Second)
	if f.app.Instances == catalog.Shared && f.kind == Launched {
		a.Shared = r.shared(f)
	}
	a.GPU = r.rendering(a.Processes, cmdlines)
	return a, true
}

// findMain finds the main process. In a scope of ours it is the one that the unit is named after,
// wherever it is now; that PID may have gone to another process since, which started later than
// those of the app. Elsewhere it is the first without --type.
func (r Reader) findMain(a *App) {
	if a.Kind == Launched {
		name := strings.TrimSuffix(a.Unit, unitname.Extension)
		pid, _ := strconv.Atoi(name[strings.LastIndexByte(name, '-')+1:])
		p, _, ok := r.process(pid)
		if !ok || p.Started > a.Processes[0].Started {
			return
		}
		g, err := cgroup.Process(r.Proc, strconv.Itoa(pid))
		if err != nil {
			return
		}
		a.Main, a.MainUnit = pid, g.Unit()
		a.setBrowser(pid)
		return
	}
	for _, p := range a.Processes {
		if p.Kind == Other {
			a.Main, a.MainUnit = p.PID, a.Unit
			a.setBrowser(p.PID)
			return
		}
	}
}

// setBrowser marks the main process of an app that has others of Chromium.
func (a *App) setBrowser(pid int) {
	if !slices.ContainsFunc(a.Processes, func(p Process) bool { return p.Kind != Other }) {
		return
	}
	for i := range a.Processes {
		if a.Processes[i].PID == pid {
			a.Processes[i].Kind = Browser
		}
	}
}

// shared is the slice that a launch shares with others of the app; nil: there is none.
func (r Reader) shared(f found) *Group {
	for _, slice := range plan.SharedSlices(f.app) {
		if path := f.group.Of(slice); path != "" {
			g := r.Group(path)
			return &g
		}
	}
	return nil
}

// joinEscaped gives what is in another unit with the main process of a launch back to that launch:
// it was not started past electroscope.
func joinEscaped(apps []App) []App {
	var joined []App
	for _, a := range apps {
		if a.Kind == Launched {
			for _, b := range apps {
				if b.Kind == Outside && b.Name == a.Name && a.HasEscaped() && b.Unit == a.MainUnit {
					a.Processes = append(a.Processes, b.Processes...)
					a.setBrowser(a.Main)
				}
			}
		}
		joined = append(joined, a)
	}
	return slices.DeleteFunc(joined, func(b App) bool {
		return b.Kind == Outside && slices.ContainsFunc(joined, func(a App) bool {
			return a.Kind == Launched && a.Name == b.Name && a.HasEscaped() && a.MainUnit == b.Unit
		})
	})
}

// budget is the slice of all apps, if one of them is in it.
func (r Reader) budget(apps []App) *Group {
	for _, a := range apps {
		if path := a.Group.Path.Of(plan.AppsSlice); a.Kind == Launched && path != "" {
			g := r.Group(path)
			return &g
		}
	}
	return nil
}

// rendering finds out what draws, from the GPU process.
func (r Reader) rendering(processes []Process, cmdlines map[int]string) Rendering {
	for _, p := range processes {
		if p.Kind != GPU {
			continue
		}
		items, err := filepath.Glob(r.Proc + "/" + strconv.Itoa(p.PID) + "/fd/*")
		var open []string
		for _, fd := range items {
			if path, err := os.Readlink(fd); err == nil {
				open = append(open, path)
			}
		}
		return renderingOf(open, cmdlines[p.PID], err == nil && len(open) > 0)
	}
	return NoGPU
}
