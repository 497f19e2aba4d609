package cli

import (
	"cmp"
	"fmt"
	"runtime/debug"
	"strings"
)

// Set by the linker: go build -ldflags "-X electroscope/cmd/electroscope/cli.release=1.0 -X electroscope/cmd/electroscope/cli.date=2026-09-01".
// What is not set is taken from what the go command knows of the checkout.
var (
	release string // a version, or the commit and the way to it
	date    string // of the commit
)

func versionCommand() *command {
	return &command{
		name:    "version",
		summary: "Print the version, the commit and the Go version",
		run: func(inv *invocation, args []string) error {
			fmt.Fprintln(inv.out, "electroscope", version())
			return nil
		},
	}
}

func version() string {
	commit, toolchain := "", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		toolchain, commit = info.GoVersion, buildSetting(info, "vcs.revision")
		if buildSetting(info, "vcs.modified") == "true" {
			commit += " with changes"
		}
	}
	text := cmp.Or(release, "development build")
	if short := commit[:min(7, len(commit))]; !strings.Contains(text, short) {
		text += " (commit " + commit + ")"
	}
	return text + " " + toolchain
}

// day is that of the commit that the program was built from, YYYY-MM-DD; empty
// if the build did not know it.
func day() string {
	if info, ok := debug.ReadBuildInfo(); ok && date == "" {
		day, _, _ := strings.Cut(buildSetting(info, "vcs.time"), "T")
		return day
	}
	return date
}

func buildSetting(info *debug.BuildInfo, key string) string {
	for _, s := range info.Settings {
		if s.Key == key {
			return s.Value
		}
	}
	return ""
}
