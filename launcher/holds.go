package launcher

import (
	"path"
	"slices"

	"electroscope/launcher/cgroup"
	"electroscope/launcher/limit"
	"electroscope/launcher/systemd"
)

// holds tells what of the limits asked for is not in force in this process's
// group, after mending what can be.
func (p *pending) holds(w World, group cgroup.Group, left []leftLimit) []Note {
	if len(p.unit.Properties)+len(p.unit.Slices) > 0 && !cgroup.Unified(w.Cgroup) {
		if _, err := group.Controllers(w.Cgroup); err != nil && isLegacy(w.Cgroup) {
			return []Note{{Fault: true, Without: allLimits, Text: "this machine runs cgroup v1, where a user's manager cannot set any", Remedy: unifiedRemedy}}
		}
	}
	notes := p.tightenTasks(w.Cgroup, group, left)
	list := p.readUnits(w.Cgroup, group)
	if slices.ContainsFunc(list, in(differs)) {
		var more []Note
		list, more = p.mend(w, group)
		notes = append(notes, more...)
	}
	for _, s := range p.unit.Slices {
		if group.Of(s.Name) == "" && len(s.Properties) > 0 {
			notes = append(notes, p.elsewhere(w, group, s.Name))
		}
	}
	notes = append(notes, absent(w.Cgroup, group, list)...)
	return append(notes, p.policy(w, group)...)
}

// tightenTasks keeps the number of tasks that the unit which was left allowed.
func (p *pending) tightenTasks(sys string, group cgroup.Group, left []leftLimit) []Note {
	for _, l := range left {
		if l.limit.Name != "TasksMax" {
			continue
		}
		text, err := group.Read(sys, l.limit.File)
		if has, ok := l.limit.Read(text); err != nil || !ok || has <= l.value {
			return nil
		}
		property := systemd.Property{Name: l.limit.Property, Value: l.value}
		p.unit.Properties = withProperty(p.unit.Properties, property)
		if refused, err := p.start.Set(p.unit.Name, []systemd.Property{property}); err != nil || len(refused) > 0 {
			return []Note{{Fault: true, Without: l.limit.Spell(l.value), Text: "the launch left " + l.unit + ", which has it"}}
		}
		return []Note{l.kept()}
	}
	return nil
}

// mend sees to the limits that differ: the manager gets a moment to write them, a
// slice that somebody has reverted gets its budget again, and the scope its own
// limits, unless a drop-in for this very app says otherwise.
func (p *pending) mend(w World, group cgroup.Group) ([]reading, []Note) {
	for _, s := range p.unit.Slices {
		if slices.ContainsFunc(p.readSlice(w.Cgroup, group, s), in(differs)) {
			_ = p.start.Recheck(s) // what it does not reach is read back below
		}
	}
	read := func() []reading { return p.readUnits(w.Cgroup, group) }
	list := settled(read)
	if !slices.ContainsFunc(list, in(differs)) {
		return list, nil
	}
	dropIns := p.dropIns(w)
	var again []systemd.Property
	for _, r := range list {
		if r.state == differs && r.unit == p.unit.Name && !r.asked.Default && !dropIns.setter(r.limit.Name).forApp(p.unit.Name) {
			again = append(again, r.asked)
		}
	}
	if len(again) > 0 {
		_, _ = p.start.Set(p.unit.Name, again)
		list = settled(read)
	}
	var notes []Note
	for _, r := range list {
		if r.state == differs {
			notes = append(notes, r.lost(dropIns.setter(r.limit.Name)))
		}
	}
	return list, append(notes, overruled(list, again, dropIns)...)
}

// overruled tells which drop-ins gave way to apps.toml.
func overruled(list []reading, again []systemd.Property, files dropIns) []Note {
	var notes []Note
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
func (r reading) lost(by dropIn) Note {
	n := Note{
		Fault:   r.found > r.asked.Value.(uint64),
		Without: r.limit.Spell(r.asked.Value.(uint64)),
		Text:    r.unit + " has " + r.limit.Spell(r.found),
	}
	if by.file != "" {
		n.Text = by.sets(r.limit.Name)
	}
	if r.asked.Default && by.file != "" { // it is for any app, and so is the file
		n.Fault, n.Without = false, ""
	}
	return n
}

// elsewhere is the note of a scope that is not in its slice: only a drop-in can
// have put it into another.
func (p *pending) elsewhere(w World, group cgroup.Group, slice string) Note {
	n := Note{Text: "the scope is in " + path.Dir(string(group))}
	if d := p.dropIns(w).setter("Slice"); d.file != "" {
		n.Text = d.sets("Slice")
	}
	return n.outside(slice, group.In(appsSlice))
}

// policy is the note of a drop-in that sets another OOMPolicy than ours. The kernel
// says only whether it is "kill" (memory.oom.group), and asking the manager takes a
// tenth of the time that the scope takes: so it is asked if the kernel contradicts,
// or if there are drop-ins.
func (p *pending) policy(w World, group cgroup.Group) []Note {
	for _, asked := range p.unit.Properties {
		if asked.Name != "OOMPolicy" || !contradicted(asked.Value == "kill", w.Cgroup, group) && !w.hasDropIns(p.unit.Name) {
			continue
		}
		if d := p.dropIns(w).setter("OOMPolicy"); d.file != "" && d.value != asked.Value {
			return []Note{{Without: "OOMPolicy=" + asked.Value.(string), Text: d.sets("OOMPolicy")}}
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

// outside makes it the note of a scope outside its slice. In the slice of all apps
// it has their budget: that is where install's own drop-ins keep a scope that
// would be in the background.
func (n Note) outside(slice string, amongApps bool) Note {
	if !amongApps {
		n.Fault, n.Without = true, "the limits of "+slice
	}
	return n
}

// absent tells the limits that nothing enforces, because their controller is not
// there or the kernel knows no such file.
func absent(sys string, group cgroup.Group, list []reading) []Note {
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
	notes := idle(asked, controllers)
	for _, p := range asked {
		if l, _ := limit.ByProperty(p.Name); slices.Contains(controllers, l.Controller) {
			notes = append(notes, Note{Fault: true, Without: l.Name, Text: "this kernel has no " + l.File})
		}
	}
	return notes
}
