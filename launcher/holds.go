package launcher

import (
	"path"
	"slices"

	"electroscope/launcher/cgroup"
	"electroscope/launcher/limit"
	"electroscope/launcher/plan"
	"electroscope/launcher/systemd"
)

// holds returns what of the limits asked for is not in force in this process's
// group, after mending what can be.
func (scope *scopeRequest) holds(w Process, group cgroup.Group, left []plan.LeftLimit) []plan.Note {
	notes := scope.tightenTasks(w.Cgroup, group, left)
	list := scope.readUnits(w.Cgroup, group)
	unseen := func(r reading) bool { return r.state == missing || r.state == unread }
	if slices.ContainsFunc(list, unseen) && isLegacy(w.Cgroup) {
		return []plan.Note{{Failure: true, Without: plan.AllLimits, Text: "this machine runs cgroup v1, where a user's manager cannot set any", Remedy: unifiedRemedy}}
	}
	if slices.ContainsFunc(list, in(differs)) {
		var more []plan.Note
		list, more = scope.mend(w, group)
		notes = append(notes, more...)
	}
	for _, s := range scope.unit.Slices {
		if group.Of(s.Name) == "" && len(s.Properties) > 0 {
			notes = append(notes, scope.elsewhere(w, group, s.Name))
		}
	}
	notes = append(notes, absent(w.Cgroup, group, list)...)
	return append(notes, scope.policy(w, group)...)
}

// tightenTasks keeps the number of tasks that the unit which was left allowed.
func (scope *scopeRequest) tightenTasks(sys string, group cgroup.Group, left []plan.LeftLimit) []plan.Note {
	for _, l := range left {
		if l.Limit.Name != "TasksMax" {
			continue
		}
		text, err := group.Read(sys, l.Limit.File)
		if has, ok := l.Limit.Read(text); err != nil || !ok || has <= l.Value {
			return nil
		}
		property := systemd.Property{Name: l.Limit.Property, Value: l.Value}
		scope.unit.Properties = plan.WithProperty(scope.unit.Properties, property)
		if refused, err := scope.start.Set(scope.unit.Name, []systemd.Property{property}); err != nil || len(refused) > 0 {
			return []plan.Note{{Failure: true, Without: l.Limit.Spell(l.Value), Text: "the launch left " + l.Unit + ", which has it"}}
		}
		return []plan.Note{l.Kept()}
	}
	return nil
}

// mend sees to the limits that differ: the manager gets a moment to write them, a
// slice that somebody has reverted gets its budget again, and the scope its own
// limits, unless a drop-in for this very app says otherwise.
func (scope *scopeRequest) mend(w Process, group cgroup.Group) ([]reading, []plan.Note) {
	for _, s := range scope.unit.Slices {
		if slices.ContainsFunc(scope.readSlice(w.Cgroup, group, s), in(differs)) {
			_ = scope.start.Recheck(s) // what it does not reach is read back below
		}
	}
	read := func() []reading { return scope.readUnits(w.Cgroup, group) }
	list := settled(read)
	if !slices.ContainsFunc(list, in(differs)) {
		return list, nil
	}
	dropIns := scope.files(w)
	var again []systemd.Property
	for _, r := range list {
		if r.state == differs && r.unit == scope.unit.Name && !r.asked.Default && !dropIns.setter(r.limit.Name).forApp(scope.unit.Name) {
			again = append(again, r.asked)
		}
	}
	if len(again) > 0 {
		_, _ = scope.start.Set(scope.unit.Name, again)
		list = settled(read)
	}
	var notes []plan.Note
	for _, r := range list {
		if r.state == differs {
			notes = append(notes, r.lost(dropIns.setter(r.limit.Name)))
		}
	}
	return list, append(notes, overruled(list, again, dropIns)...)
}

// overruled names the drop-ins give way to apps.toml.
func overruled(list []reading, again []systemd.Property, files dropIns) []plan.Note {
	var notes []plan.Note
	for _, r := range list {
		d := files.setter(r.limit.Name)
		if d.file != "" && r.state == inForce && slices.ContainsFunc(again, func(p systemd.Property) bool { return p.Name == r.asked.Name }) {
			notes = append(notes, d.overruled(r.limit, r.asked.Value.(uint64)))
		}
	}
	return notes
}

// lost is the note of a limit that is another one in the kernel. One that is
// tighter than what was asked for is not a fault.
func (r reading) lost(by dropIn) plan.Note {
	n := plan.Note{
		Failure: r.found > r.asked.Value.(uint64),
		Without: r.limit.Spell(r.asked.Value.(uint64)),
		Text:    r.unit + " has " + r.limit.Spell(r.found),
	}
	if by.file != "" {
		n.Text = by.sets(r.limit.Name)
	}
	if r.asked.Default && by.file != "" { // it is for any app, and so is the file
		n.Failure, n.Without = false, ""
	}
	return n
}

// elsewhere is the note of a scope that is not in its slice: only a drop-in can
// have put it into another.
func (scope *scopeRequest) elsewhere(w Process, group cgroup.Group, slice string) plan.Note {
	n := plan.Note{Text: "the scope is in " + path.Dir(string(group))}
	if d := scope.files(w).setter("Slice"); d.file != "" {
		n.Text = d.sets("Slice")
	}
	return outsideSlice(n, slice, group.In(plan.AppsSlice))
}

// policy is the note of a drop-in that sets another OOMPolicy than ours. The kernel
// says only whether it is "kill" (memory.oom.group), and asking the manager takes a
// tenth of the time that the scope takes: so it is asked if the kernel contradicts,
// or if there are drop-ins.
func (scope *scopeRequest) policy(w Process, group cgroup.Group) []plan.Note {
	for _, asked := range scope.unit.Properties {
		if asked.Name != "OOMPolicy" || !contradicted(asked.Value == "kill", w.Cgroup, group) && !w.hasDropIns(scope.unit.Name) {
			continue
		}
		if d := scope.files(w).setter("OOMPolicy"); d.file != "" && d.value != asked.Value {
			return []plan.Note{{Without: "OOMPolicy=" + asked.Value.(string), Text: d.sets("OOMPolicy")}}
		}
	}
	return nil
}

// contradicted reports whether the kernel contradicts a wish to kill all processes of
// a group with the one that is out of memory.
func contradicted(wish bool, sys string, group cgroup.Group) bool {
	text, err := group.Read(sys, "memory.oom.group")
	return err == nil && (text == "1") != wish
}

// outsideSlice makes it the note of a scope outside its slice. In the slice of all apps
// it has their budget: that is where install's own drop-ins keep a scope that
// would be in the background.
func outsideSlice(n plan.Note, slice string, amongApps bool) plan.Note {
	if !amongApps {
		n.Failure, n.Without = true, "the limits of "+slice
	}
	return n
}

// absent tells the limits that nothing enforces, because their controller is not
// there or the kernel knows no such file.
func absent(sys string, group cgroup.Group, list []reading) []plan.Note {
	var asked []systemd.Property
	for _, r := range list {
		if r.state == missing {
			asked = append(asked, r.asked)
		}
	}
	if len(asked) == 0 {
		return nil
	}
	controllers, err := group.Controllers(sys)
	if err != nil {
		return nil // not known is not a fault
	}
	notes := plan.Idle(asked, controllers)
	for _, p := range asked {
		if l, _ := limit.ByProperty(p.Name); slices.Contains(controllers, l.Controller) {
			notes = append(notes, plan.Note{Failure: true, Without: l.Name, Text: "this kernel has no " + l.File})
		}
	}
	return notes
}
