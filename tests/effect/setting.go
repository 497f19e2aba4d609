package main

import (
	"fmt"
	"slices"
	"strings"
)

// A Setting is what the apps run under: keys of apps.toml for each, and for all together. Without a
// budget they are started without electroscope.
type Setting struct {
	Name   string
	App    string // keys of an app's table
	Limits string // of its [limits]
	Budget string
	Scopes bool // without electroscope, each by `systemd-run --scope`
}

// The machine has a tenth of the plan's 16 GB and one CPU, so sizes are about a tenth of what
// apps.toml has for Discord. Its CPUQuota is more than this machine has, as is what "auto" leaves
// for all apps. The plan's quotas, 150% of eight threads and half of them for all, would come to
// half a CPU here: that is a setting of its own.
const (
	memory = "MemoryHigh = \"280M\"\nMemoryMax = \"320M\"\n"
	most   = "CPUQuota = \"150%\"\n"
	quota  = "CPUQuota = \"50%\"\n"
	budget = "memory = \"60%\"\ncpus = \"auto\"\n"
	heap   = "heap = \"100M\"\n"
	none   = "memory = \"infinity\"\ncpus = \"infinity\"\n"
)

var settings = []Setting{
	{Name: "without"},
	{Name: "without, in scopes", Scopes: true},
	{Name: "with", App: heap, Limits: memory + most, Budget: budget},
	{Name: "with, half of the CPU", App: heap, Limits: memory + quota, Budget: "memory = \"60%\"\ncpus = \"50%\"\n"},
	{Name: "memory limits alone", Limits: memory, Budget: none},
	{Name: "CPUQuota alone", Limits: quota, Budget: none},
	{Name: "budget alone", Budget: budget},
	{Name: "heap alone", App: heap, Budget: none},
}

func settingOf(name string) (Setting, bool) {
	i := slices.IndexFunc(settings, func(s Setting) bool { return s.Name == name })
	if i < 0 {
		return Setting{}, false
	}
	return settings[i], true
}

// catalogue is the apps.toml of a setting.
func (s Setting) catalogue() string {
	var b strings.Builder
	fmt.Fprintf(&b, "[defaults]\nmemory = \"infinity\"\n[budget]\n%s", s.Budget)
	for _, page := range pages {
		fmt.Fprintf(&b, "[apps.%s]\nexec = [\"/usr/bin/chromium\"]\nruntime = \"chromium\"\nforce = true\n%s[apps.%[1]s.limits]\n%s", page.Name, s.App, s.Limits)
	}
	return b.String()
}

// isDirect reports whether the apps are started without electroscope.
func (s Setting) isDirect() bool { return s.Budget == "" }
