package chromium

import (
	"slices"
	"strings"
)

// Translate returns the switches that options become on a host, a source for each
// table that the options stand in, the environment variables (NAME=value) that go
// with them, and at least one decision for each option: what it became, or why
// nothing. What it returns passes [Filter] unchanged. Without a milestone no switch is given whose name depends on it.
func Translate(options GPUOptions, host Host) ([]Source, []string, []Decision) {
	t := translation{options: &options, host: &host}
	t.each("ozone", string(options.Ozone), string(OzoneAuto), t.ozone)
	t.each("video-decode", options.VideoDecode.String(), "", t.decode)
	t.each("backend", string(options.Backend), string(BackendAuto), t.backend) // looks at the two before
	t.each("video-encode", options.VideoEncode.String(), "", t.encode)
	t.each("raster", options.Raster.String(), "", t.raster)
	t.each("zero-copy", options.ZeroCopy.String(), "", t.zeroCopy)
	t.each("ignore-blocklist", options.IgnoreBlocklist.String(), "", t.ignoreBlocklist)
	return t.sources, t.env, t.log
}

// translation is the state of one [Translate].
type translation struct {
	options *GPUOptions
	host    *Host
	option  string // the one at hand, as decisions name it
	origin  Origin // and the table that it stands in
	sources []Source
	env     []string
	log     decisionLog
}

// each translates one option that is set and can be honoured.
func (t *translation) each(name, value, auto string, translate func()) {
	if value == "" || value == auto {
		return
	}
	t.option, t.origin = spell(name, value), t.options.Origins[name]
	switch {
	case t.host.Runtime == Native:
		t.nothing(takesNone)
	case t.options.Backend == BackendOff && value == "on":
		t.nothing("the GPU is switched off by backend=off")
	default:
		translate()
	}
}

// nothing records why the option becomes nothing.
func (t *translation) nothing(why string) {
	t.log.add(Dropped, t.option, t.origin, why+", left out")
}

// needless records that the option is met without a switch.
func (t *translation) needless(why string) { t.log.add(Needless, t.option, t.origin, why) }

const noMilestone = "the milestone of this program is unknown"

// parts are what an option becomes, each list in the order given.
type parts struct {
	switches  []string
	enable    []string
	disable   []string // this, switches and variables are of use only with the features above
	with, env []string
}

// source is where the switches of the option at hand go.
func (t *translation) source() *Source {
	i := slices.IndexFunc(t.sources, func(s Source) bool { return s.Origin == t.origin })
	if i < 0 {
		i = len(t.sources)
		t.sources = append(t.sources, Source{Origin: t.origin})
	}
	return &t.sources[i]
}

// give adds what the binary knows of the parts, and records it.
func (t *translation) give(p parts) {
	said := t.switches(p.switches, nil)
	said = t.features(enableFeatures, p.enable, said)
	if len(said) == 0 {
		return
	}
	said = t.features(disableFeatures, p.disable, said)
	said = t.switches(p.with, said)
	t.env = append(t.env, p.env...)
	t.log.add(Emitted, t.option, t.origin, strings.Join(append(said, p.env...), " "))
}

// switches adds switches, to said too.
func (t *translation) switches(texts, said []string) []string {
	for _, text := range texts {
		name, value, _ := parseSwitch(text)
		if t.passes(text, name, value, name) {
			to := t.source()
			to.Switches = append(to.Switches, text)
			said = append(said, text)
		}
	}
	return said
}

// features adds names to a list, and to said the switch that they make.
func (t *translation) features(l list, names, said []string) []string {
	var given []string
	for _, name := range names {
		if t.passes(name, l.String()[2:], name, name) {
			given = append(given, name)
		}
	}
	if len(given) == 0 {
		return said
	}
	to := &t.source().EnableFeatures
	if l == disableFeatures {
		to = &t.source().DisableFeatures
	}
	*to = append(*to, given...)
	return append(said, l.String()+"="+strings.Join(given, ","))
}

// passes reports whether the app will take a switch silently and its binary
// knows the name, which is the switch's or a feature's, and records why not.
func (t *translation) passes(text, name, value, known string) bool {
	why := t.host.lacks(Lookup(known))
	if t.host.VSCode && why == "" {
		if listNamed(name) == noList {
			why = vscodeRefuses(text, name, value)
		} else {
			why = vscodeRefuses("--"+name, name, value)
		}
	}
	if why != "" {
		t.nothing(text + ": " + why)
	}
	return why == ""
}
