// Package docs has those documents that tests hold the program to. Nothing but tests imports it.
package docs

import _ "embed"

// StatusSchema is the JSON Schema of a sample: `electroscope status --json`.
//
//go:embed status.schema.json
var StatusSchema []byte

// Status describes it for people.
//
//go:embed status.md
var Status string
