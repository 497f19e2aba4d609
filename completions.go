package electroscope

import "embed"

// Completions are the scripts for the shells: electroscope.bash, _electroscope
// (zsh) and electroscope.fish.
//
//go:embed desktop/completions/*
var Completions embed.FS
