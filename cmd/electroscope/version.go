package main

import (
	"fmt"
	"runtime/debug"
)

// release is set by the linker: go build -ldflags "-X main.release=1.0".
var release = ""

func versionCommand() *command {
	return &command{
		name:    "version",
		summary: "Print the version, the commit and the Go version",
		run: func(t *toolbox, args []string) error {
			fmt.Fprintln(t.out, "electroscope", version())
			return nil
		},
	}
}

func version() string {
	text, commit, dirty, toolchain := release, "", "", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		toolchain = info.GoVersion
		for _, s := range info.Settings {
			switch {
			case s.Key == "vcs.revision":
				commit = s.Value
			case s.Key == "vcs.modified" && s.Value == "true":
				dirty = " with changes"
			}
		}
	}
	if text == "" {
		text = "development build"
	}
	if commit != "" {
		text += " (commit " + commit[:min(12, len(commit))] + dirty + ")"
	}
	return text + " " + toolchain
}
