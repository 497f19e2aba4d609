package cli

import (
	"fmt"
	"runtime/debug"
	"strings"

	"electroscope"
)

// The commit that was built, and its date. The Makefile has the linker set them (-X), for
// the go command knows them only in some checkouts (not in one of git-worktree(1)).
var commit, date string

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
	text := strings.TrimSpace(electroscope.Version)
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return text
	}
	built := commit
	if built == "" {
		revision := buildSetting(info, "vcs.revision")
		built = revision[:min(7, len(revision))]
		if buildSetting(info, "vcs.modified") == "true" {
			built += "-dirty"
		}
	}
	if built != "" {
		text += " (commit " + built + ")"
	}
	return text + " " + info.GoVersion
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
