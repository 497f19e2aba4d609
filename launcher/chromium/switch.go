package chromium

import "strings"

// whitespace is what Chromium trims from both ends of every argument before it
// looks for a switch: kWhitespaceASCII in base/strings/string_util_constants.cc.
const whitespace = "\t\n\v\f\r "

// parseSwitch takes an argument apart as base::CommandLine does on Linux
// (base/command_line.cc, IsSwitch): "--name=value", "-name=value" or either
// without value. It reports false for what is not a switch: a word without a
// dash, "-" and "--".
func parseSwitch(arg string) (name, value string, ok bool) {
	s := strings.Trim(arg, whitespace)
	body := strings.TrimPrefix(strings.TrimPrefix(s, "-"), "-")
	if body == "" || len(body) == len(s) {
		return "", "", false
	}
	name, value, _ = strings.Cut(body, "=")
	return name, value, true
}

// endsSwitches reports whether arg is the "--" after which Chromium sees no
// switches (base/command_line.cc, AppendSwitchesAndArguments).
func endsSwitches(arg string) bool {
	return strings.Trim(arg, whitespace) == "--"
}

// list is one of the switches whose value is a list, and which Merge unites.
type list int

const (
	enableFeatures list = iota
	disableFeatures
	enableBlinkFeatures
	disableBlinkFeatures
	jsFlags

	lists          // how many there are
	noList = lists // any other switch
	// The lists before jsFlags hold names with commas between them.
	nameLists = jsFlags
)

// listNamed returns the list that a switch name stands for, or noList.
func listNamed(name string) list {
	switch name {
	case "enable-features":
		return enableFeatures
	case "disable-features":
		return disableFeatures
	case "enable-blink-features":
		return enableBlinkFeatures
	case "disable-blink-features":
		return disableBlinkFeatures
	case "js-flags":
		return jsFlags
	}
	return noList
}

// String returns the switch without a value, as it is written: "--js-flags".
func (l list) String() string {
	switch l {
	case enableFeatures:
		return "--enable-features"
	case disableFeatures:
		return "--disable-features"
	case enableBlinkFeatures:
		return "--enable-blink-features"
	case disableBlinkFeatures:
		return "--disable-blink-features"
	case jsFlags:
		return "--js-flags"
	}
	return "no list"
}
