package render

import (
	"slices"
	"strings"

	"electroscope/launcher/plan"
)

// SystemdRun is the plan as command lines to paste. systemd-run cannot make
// guard units and does not know the PID beforehand, so there the variable that
// keeps Chromium from leaving stands in for both.
func SystemdRun(p plan.Plan) string {
	var b strings.Builder
	for _, s := range p.Unit.Slices {
		if len(s.Properties) > 0 {
			b.WriteString("systemctl --user set-property --runtime " + s.Name)
			for _, property := range s.Properties {
				b.WriteString(" " + property.Setting())
			}
			b.WriteString("\n")
		}
	}
	words := []string{"systemd-run", "--user", "--scope", "--quiet", "--collect", "--unit=" + p.Unit.Name, "--slice=" + p.Unit.Slice}
	for _, property := range p.Unit.Properties {
		words = append(words, "-p", property.Setting())
	}
	for _, target := range p.Unit.PartOf {
		words = append(words, "-p", "PartOf="+target, "-p", "After="+target)
	}
	env := slices.Clone(p.EnvAdded)
	if len(p.Unit.Guards) > 0 && !slices.Contains(env, "FLATPAK_SANDBOX_DIR=") {
		env = append(env, "FLATPAK_SANDBOX_DIR=")
	}
	for _, v := range env {
		words = append(words, "--setenv="+v)
	}
	if strings.Contains(strings.Join(p.Argv, ""), "$") {
		words = append(words, "--expand-environment=no") // known since 254, needed since 258 (NEWS)
	}
	words = append(words, "--")
	if unset := p.Unset(); len(unset) > 0 {
		words = append(words, "env")
		for _, name := range unset {
			words = append(words, "-u", name)
		}
	}
	words = append(words, p.Target)
	words = append(words, p.Argv[1:]...)
	for i, word := range words {
		words[i] = Quote(word)
	}
	return b.String() + strings.Join(words, " ")
}

// Quote protects a word from a POSIX shell.
func Quote(word string) string {
	const safe = "%+,-./:=@_"
	plain := word != ""
	for i := range len(word) {
		c := word[i]
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte(safe, c) >= 0) {
			plain = false
		}
	}
	if plain {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
