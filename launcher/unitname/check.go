package unitname

import (
	"strconv"
	"strings"
)

// The checks return what is wrong with a text of a configuration file, or "".

// CheckID refuses an id that cannot become a part of a unit name. A '/' and a '@'
// could be escaped, but no desktop file has such an id.
func CheckID(id string) string {
	if id == "" {
		return "is empty"
	}
	for i := range len(id) {
		if c := id[i]; c == '@' || c == '/' || c < ' ' || c == 0x7f {
			return strconv.Quote(id) + " holds " + strconv.QuoteRune(rune(c)) + ", which a unit name cannot take"
		}
	}
	if length := len(Escape(id)); length > maxID {
		return "is too long for a unit name: " + strconv.Itoa(length) + " bytes when escaped, of at most " + strconv.Itoa(maxID)
	}
	return ""
}

// CheckSlice holds the name of a slice, without its ending, against systemd's
// slice_name_is_valid (src/basic/unit-name.c).
func CheckSlice(name string) string {
	switch {
	case name == "":
		return "is empty"
	case strings.HasSuffix(name, SliceExtension):
		return strconv.Quote(name) + " has the ending .slice"
	case name[0] == '-' || name[len(name)-1] == '-' || strings.Contains(name, "--"):
		return strconv.Quote(name) + " is not a slice: an empty part beside a -"
	case len(name) > Max-len(SliceExtension):
		return "is too long for a unit name"
	case !isPlain(name):
		return strconv.Quote(name) + " holds a character that a unit name cannot take"
	}
	return ""
}
