package render

import (
	"encoding/json"
	"io"

	"electroscope/launcher"
	"electroscope/launcher/plan"
	"electroscope/launcher/systemd"
)

// JSON writes a value, indented.
func JSON(out io.Writer, v any) error {
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// A PlanJSON is a Plan in JSON. Keys stay as they are.
type PlanJSON struct {
	App         string                     `json:"app"`
	Enabled     bool                       `json:"enabled"`
	Target      string                     `json:"target"`
	Argv        []string                   `json:"argv"`
	EnvAdded    []string                   `json:"env_added"`
	EnvRemoved  []string                   `json:"env_removed"` // inherited, and not added anew
	Unit        string                     `json:"unit"`
	Slice       string                     `json:"slice"`
	Properties  map[string]any             `json:"properties"`
	Guards      []string                   `json:"guards"`
	DropIns     []string                   `json:"drop_ins"`
	Slices      map[string]map[string]any  `json:"slices"`
	Enforcement map[string]enforcementJSON `json:"enforcement"` // of each property, also of those of the slices
	DefaultCap  bool                       `json:"default_cap"` // the app has no limits but those of [defaults]
	Refused     bool                       `json:"refused"`     // by on-failure, for what is missing here
	Within      string                     `json:"within"`
	Engine      EngineJSON                 `json:"engine"`
	Notes       []string                   `json:"notes"`
}

// EngineJSON is what a program is built on, in JSON. Keys stay as they are.
type EngineJSON struct {
	Runtime   string `json:"runtime"`
	Milestone int    `json:"milestone"`
	Version   string `json:"version"`
}

// PlanOf is a plan with what is known of the enforcement of its limits.
func PlanOf(p plan.Plan, d launcher.Delegation) PlanJSON {
	app := p.Settings.App
	j := PlanJSON{
		App: p.App, Enabled: !p.Disabled, Target: p.Target, Argv: p.Argv, EnvAdded: emptyNotNull(p.EnvAdded), EnvRemoved: emptyNotNull(p.Unset()), Unit: p.Unit.Name, Slice: p.Unit.Slice,
		Properties: byName(p.Unit.Properties), Guards: emptyNotNull(p.Unit.Guards), DropIns: p.Unit.DropIns(), Slices: map[string]map[string]any{}, Within: p.Within,
		Enforcement: enforcementOf(propertyNames(p), d), DefaultCap: len(app.Limits) > 0 && !app.IsLimited(),
		Refused: refused(p, d), Engine: EngineOf(p), Notes: []string{},
	}
	for _, s := range p.Unit.Slices {
		j.Slices[s.Name] = byName(s.Properties)
	}
	for _, n := range p.Notes {
		j.Notes = append(j.Notes, n.String())
	}
	return j
}

func emptyNotNull(list []string) []string { return append([]string{}, list...) }

// byName maps systemd's property names to numbers in bytes and microseconds;
// infinity, which JSON has no number for, to "infinity".
func byName(list []systemd.Property) map[string]any {
	m := map[string]any{}
	for _, p := range list {
		m[p.Name] = p.Value
		if p.Value == infinity {
			m[p.Name] = "infinity"
		}
	}
	return m
}

const infinity = ^uint64(0)
