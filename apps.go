// Package electroscope holds what is shipped inside the binary.
package electroscope

import _ "embed"

// Apps is the shipped catalogue, the text of apps.toml: the lowest layer, on which a
// system's and a user's own apps.toml are laid (package launcher/catalog).
//
//go:embed apps.toml
var Apps string
