// Package unitname holds systemd's rules for the names of units, and how the
// scopes and slices of a launch are named by them. It rests on systemd.unit(5),
// src/basic/unit-name.c and https://systemd.io/DESKTOP_ENVIRONMENTS.
//
// [Escape] is ours although go-systemd has one: that of v22.7.0 writes bytes below
// 0x10 with one digit (unit/escape.go), which systemd reads otherwise.
package unitname

import "strings"

// Extensions of the names of scopes and slices.
const (
	Extension      = ".scope"
	SliceExtension = ".slice"
)

// Max is the length of the longest name, UNIT_NAME_MAX (src/basic/unit-name.h).
const Max = 255

// Escape writes every byte but letters, digits, ':', '_' and '.' as \xNN, and a
// '.' at the beginning too (systemd.unit(5), "String Escaping"). A '/' becomes
// \x2f, as GNOME has it in the same names, and not the '-' that it is in a path:
// a '-' would end the id.
func Escape(text string) string {
	const digits = "0123456789abcdef"
	var b strings.Builder
	for i := range len(text) {
		if c := text[i]; isAlnum(c) || c == ':' || c == '_' || c == '.' && i > 0 {
			b.WriteByte(c)
		} else {
			b.WriteString(`\x` + string(digits[c>>4]) + string(digits[c&15]))
		}
	}
	return b.String()
}

// Valid reports whether systemd takes the name of a scope or slice: its length, and
// VALID_CHARS of unit-name.c. A '@' is left out, which only a template's instance has.
func Valid(name string) bool {
	return name != "" && len(name) <= Max && isPlain(name)
}

// isPlain reports whether a text has only bytes that a unit name can have.
func isPlain(text string) bool {
	for i := range len(text) {
		if c := text[i]; !isAlnum(c) && strings.IndexByte(`:-_.\`, c) < 0 {
			return false
		}
	}
	return true
}

func isAlnum(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// SliceIn is the name of the slice for one part of what is in a parent slice:
// a dash in a slice's name is a level of the tree (systemd.slice(5)).
func SliceIn(parent, part string) string {
	return strings.TrimSuffix(parent, SliceExtension) + "-" + Escape(part) + SliceExtension
}
