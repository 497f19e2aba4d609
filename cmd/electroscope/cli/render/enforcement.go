package render

import (
	"fmt"
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

// Enforcement writes a line about limits: that they will act, or which of them will not.
func Enforcement(w *Writer, names []string, d launcher.Delegation) {
	text, tone := enforcementText(names, d)
	w.Styled(w.Mark(tone), text)
	fmt.Fprintln(w)
}

func enforcementText(names []string, d launcher.Delegation) (string, Tone) {
	switch state, limits, why := unenforced(names, d); state {
	case launcher.NotEnforced:
		return "NOT enforced here: " + limits + ": " + why, Failure
	case launcher.Unknown:
		return "enforced or not is unknown of " + limits + ": " + why, Warning
	}
	return "limits are enforced here", Plain
}

// unenforced is how it stands with the limits, which of them will not act, and why.
func unenforced(names []string, d launcher.Delegation) (state launcher.Enforcement, limits, reason string) {
	state, why := d.Unenforced(names)
	limits = why.Without
	why.Without = ""
	return state, limits, why.String()
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
