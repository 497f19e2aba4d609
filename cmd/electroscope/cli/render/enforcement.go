package render

import (
	"slices"

	"electroscope/launcher"
	"electroscope/launcher/catalog"
	"electroscope/launcher/plan"
)

// An enforcementJSON says of one limit whether the kernel will hold the app to it: "enforced",
// "not enforced" or "unknown". Keys stay as they are.
type enforcementJSON struct {
	State  launcher.Enforcement `json:"state"`
	Reason string               `json:"reason"` // empty: enforced
}

func enforcementOf(names []string, d launcher.Delegation) map[string]enforcementJSON {
	m := map[string]enforcementJSON{}
	for _, name := range names {
		state, why := d.Enforces(name)
		m[name] = enforcementJSON{State: state, Reason: why.Text}
	}
	return m
}

// Unenforced is a line about the limits that will not act, or of which that is not known. It is
// empty where all will.
func Unenforced(names []string, d launcher.Delegation) string {
	state, why := d.Unenforced(names)
	limits := why.Without
	why.Without = ""
	switch state {
	case launcher.NotEnforced:
		return "NOT enforced here: " + limits + ": " + why.String()
	case launcher.Unknown:
		return "enforced or not is unknown of " + limits + ": " + why.String()
	}
	return ""
}

// refused reports whether a launch would not run the app, because of what is known to be
// missing before it.
func refused(p plan.Plan, d launcher.Delegation) bool {
	if p.Disabled || p.Settings.App.OnFailure != catalog.Refuse {
		return false
	}
	state, _ := d.Unenforced(propertyNames(p))
	return state == launcher.NotEnforced || p.Within == "" && d.Nothing != nil ||
		slices.ContainsFunc(p.Notes, func(n plan.Note) bool { return n.Failure })
}

// propertyNames are the properties of a plan's scope and slices that limit something, in its
// order.
func propertyNames(p plan.Plan) []string {
	var names []string
	all := p.Unit.Properties
	for _, s := range p.Unit.Slices {
		all = append(all[:len(all):len(all)], s.Properties...)
	}
	for _, property := range all {
		if !property.Creation && property.Value != infinity && !slices.Contains(names, property.Name) {
			names = append(names, property.Name)
		}
	}
	return names
}
