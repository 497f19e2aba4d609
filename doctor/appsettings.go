package doctor

import (
	"encoding/json"
	"fmt"
	"strings"

	"electroscope/launcher/chromium"
)

// checkOwnSettings reads the files in which apps keep switches of their own.
func checkOwnSettings(m *Machine) Result {
	return m.eachApp(func(a app, t *tally) {
		t.add(OK, "none")
		config := m.xdg().ConfigHome()
		switch a.Key {
		case "teams": // app/startup/commandLine.js: each is set with appendSwitch
			m.judgeSwitches(a, config+"/teams-for-linux/config.json", teamsSwitches, t)
		case "codium": // src/main.ts, configureCommandlineSwitchesSync
			for _, path := range []string{m.getenv("HOME") + "/.vscode-oss/argv.json", config + "/VSCodium/argv.json"} {
				m.judgeSwitches(a, path, argvSwitches, t)
			}
		}
	})
}

// judgeSwitches tells which of the switches in a file the app's Chromium is better without.
func (m *Machine) judgeSwitches(a app, path string, parse func(text string) ([]string, error), t *tally) {
	text, err := m.read(path)
	if err != nil {
		return // most have none
	}
	words, err := parse(text)
	if err != nil {
		t.add(Unknown, fmt.Sprintf("%s cannot be read: %v", path, err))
		return
	}
	for _, word := range words {
		if word == "--disable-gpu" || word == "--disable-hardware-acceleration" {
			t.add(Warn, path+": "+word+" has "+a.Key+" draw on the CPU")
		}
	}
	host := chromium.Host{Runtime: chromium.Electron, Milestone: a.plan.Engine.Milestone, X11: true, Wayland: true}
	_, decisions := chromium.Filter(chromium.Source{Switches: words}, host, false)
	for _, d := range decisions {
		if d.Outcome == chromium.Dropped {
			t.add(Warn, path+": "+d.Switch+": "+strings.TrimSuffix(d.Reason, ", dropped"))
		}
	}
}

// teamsSwitches reads electronCLIFlags: names, and pairs of a name and a value
// (IsmaelMartinez/teams-for-linux, docs-site/docs/configuration.md).
func teamsSwitches(text string) ([]string, error) {
	var config struct {
		Flags []any `json:"electronCLIFlags"`
	}
	if err := json.Unmarshal([]byte(text), &config); err != nil {
		return nil, err
	}
	var words []string
	for _, flag := range config.Flags {
		switch f := flag.(type) {
		case string:
			words = append(words, "--"+f)
		case []any:
			if name, isText := first(f).(string); isText && len(f) > 1 {
				words = append(words, fmt.Sprintf("--%s=%v", name, f[1]))
			} else if isText {
				words = append(words, "--"+name)
			}
		}
	}
	return words, nil
}

func first(list []any) any {
	if len(list) == 0 {
		return nil
	}
	return list[0]
}

// argvSwitches reads argv.json, in which VS Code allows lines of comment.
func argvSwitches(text string) ([]string, error) {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(strings.TrimSpace(line), "//") {
			b.WriteString(line)
		}
	}
	var values map[string]any
	if err := json.Unmarshal([]byte(withoutLastComma(b.String())), &values); err != nil {
		return nil, err
	}
	var words []string
	for name, value := range values {
		switch v := value.(type) {
		case bool:
			if v {
				words = append(words, "--"+name)
			}
		case string:
			words = append(words, "--"+name+"="+v)
		}
	}
	return words, nil
}

// withoutLastComma takes the comma out that VS Code allows behind the last value.
func withoutLastComma(text string) string {
	end := strings.LastIndexByte(text, '}')
	if end < 0 {
		return text
	}
	return strings.TrimSuffix(strings.TrimSpace(text[:end]), ",") + text[end:]
}
