package monitor

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"electroscope/docs"
	"electroscope/launcher/limit"
)

func statusSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := jsonschema.UnmarshalJSON(bytes.NewReader(docs.StatusSchema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("status.schema.json", text); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("status.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// asJSON is a value as a reader of its JSON has it.
func asJSON(t *testing.T, v any) any {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	read, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return read
}

// TestSchema holds samples to docs/status.schema.json: of a recorded machine, of one where nothing
// is known, and with all that a sample may have.
func TestSchema(t *testing.T) {
	schema := statusSchema(t)
	real, err := recorded(t, "browser").Sample([]Candidate{browser})
	if err != nil {
		t.Fatal(err)
	}
	nothing := Sample{Version: Version, Time: real.Time, Apps: []App{}}
	bare := App{Name: "a", Kind: Outside, GPU: UnknownGPU, Processes: []Process{{PID: 1, Kind: Other}}}
	full := real.Since(real)
	a := full.Apps[0]
	a.Kind, a.Group.Frozen, a.Group.Memory.Max = Flatpak, Known(1), Known(limit.Infinity)
	a.Group.Pressure = Pressure{Percent(1), Percent(0.5), Percent(0), Percent(100), Percent(12.25)}
	a.Shared = &a.Group
	full.Apps = []App{a, bare}
	for name, s := range map[string]Sample{"recorded": real, "nothing": nothing, "full": full} {
		if err := schema.Validate(asJSON(t, s)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSchemaRefuses: it would tell a sample of another form.
func TestSchemaRefuses(t *testing.T) {
	schema := statusSchema(t)
	s, err := recorded(t, "browser").Sample([]Candidate{browser})
	if err != nil {
		t.Fatal(err)
	}
	app := func(v any) map[string]any { return v.(map[string]any)["apps"].([]any)[0].(map[string]any) }
	for name, spoil := range map[string]func(v any){
		"another version":  func(v any) { v.(map[string]any)["version"] = 2 },
		"a new key":        func(v any) { app(v)["colour"] = "red" },
		"a key less":       func(v any) { delete(app(v)["group"].(map[string]any), "tasks") },
		"a negative count": func(v any) { app(v)["group"].(map[string]any)["tasks"] = -1 },
		"another word":     func(v any) { app(v)["gpu"] = "yes" },
		"infinity":         func(v any) { app(v)["group"].(map[string]any)["tasks_max"] = "infinity" },
		"no time":          func(v any) { v.(map[string]any)["time"] = "today" },
	} {
		v := asJSON(t, s)
		spoil(v)
		if schema.Validate(v) == nil {
			t.Errorf("it takes %s", name)
		}
	}
}

// TestStatusIsDescribed: docs/status.md has each key and word of the schema.
func TestStatusIsDescribed(t *testing.T) {
	var schema any
	if err := json.Unmarshal(docs.StatusSchema, &schema); err != nil {
		t.Fatal(err)
	}
	found := 0
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, item := range v {
				walk(item)
			}
		case map[string]any:
			properties, _ := v["properties"].(map[string]any)
			words, _ := v["enum"].([]any)
			for key := range properties {
				words = append(words, key)
			}
			for _, word := range words {
				if text, ok := word.(string); ok {
					found++
					if !strings.Contains(docs.Status, "`"+text+"`") {
						t.Errorf("docs/status.md does not have `%s`", text)
					}
				}
			}
			for _, item := range v {
				walk(item)
			}
		}
	}
	walk(schema)
	if found < 50 {
		t.Errorf("the schema has %d keys and words", found)
	}
}
