// Package electroscope holds what is shipped inside the binary.
package electroscope

import "embed"

// Apps is the shipped catalogue, the text of apps.toml: the lowest layer, on which a
// system's and a user's own apps.toml are laid (package launcher/catalog).
//
//go:embed apps.toml
var Apps string

// Version is the text of the file VERSION, with its line break: the one place that has it.
//
//go:embed VERSION
var Version string

// Completions are the scripts for the shells: electroscope.bash, _electroscope
// (zsh) and electroscope.fish.
//
//go:embed desktop/completions/*
var Completions embed.FS
