package chromium

import (
	"slices"
	"strings"
)

// contrary is what undoes an option that stands on the same command line.
type contrary struct {
	option, value string
	switches      []string // names, or whole switches, without their dashes
	on, off       []string // features that are switched on, or off
}

// contraries are what is known of it. Not there is --disable-zero-copy: Chromium
// reads it on other systems only (RUN120, RUN150, RUN156: the renderers of
// "--enable-zero-copy --disable-zero-copy" have --enable-zero-copy).
var contraries = [...]contrary{
	{"video-decode", "on", []string{"disable-gpu", "disable-accelerated-video-decode"}, nil, decoders},
	{"video-encode", "on", []string{"disable-gpu", "disable-accelerated-video-encode"}, nil, encoders},
	{"video-encode", "off", nil, encoders, nil},
	{"raster", "on", []string{"disable-gpu", "disable-gpu-rasterization"}, nil, nil},
	{"zero-copy", "on", []string{"disable-gpu"}, nil, nil},
	{"zero-copy", "off", []string{"enable-zero-copy"}, nil, nil},
	{"ignore-blocklist", "off", []string{"ignore-gpu-blocklist", "ignore-gpu-blacklist"}, nil, nil},
	{"backend", string(BackendGL), noGL, []string{"Vulkan"}, nil},
	{"backend", string(BackendGLES), noGL, []string{"Vulkan"}, nil},
	{"backend", string(BackendVulkan), []string{
		"use-angle=gl", "use-angle=gl-egl", "use-angle=gles", "use-angle=gles-egl", "use-angle=swiftshader", "disable-gpu", "use-gl=disabled",
	}, nil, []string{"Vulkan", "VulkanFromANGLE", "DefaultANGLEVulkan"}},
}

var (
	decoders = []string{"AcceleratedVideoDecodeLinuxGL", "AcceleratedVideoDecoder", "VaapiVideoDecodeLinuxGL", "VaapiVideoDecoder"}
	encoders = []string{"AcceleratedVideoEncoder", "VaapiVideoEncoder"}
	noGL     = []string{"disable-gpu", "use-gl=disabled"}
)

// Weigh returns the options without those that do not hold, and says why: a source
// that is stronger asks for the contrary, or a wrapper gives it beside them, which
// cannot be taken back.
func (o GPUOptions) Weigh(host Host, standing []Standing, stronger ...Source) (GPUOptions, []Decision) {
	var log decisionLog
	for i := range contraries {
		c := &contraries[i]
		if o.value(c.option) != c.value {
			continue
		}
		option, from := spell(c.option, c.value), o.Origins[c.option]
		for _, s := range stronger {
			if asked := c.asked(&s, &host); asked != "" && o.value(c.option) != "" {
				log.yields(option, from, asked, s.Origin)
				o.unset(c.option)
			}
		}
		for _, s := range standing {
			asked := c.asked(&Source{Switches: s.Words}, &host)
			switch {
			case asked == "" || o.value(c.option) == "":
			case c.on != nil && c.switches == nil: // features, which disabling beats wherever they stand
				o.disable = c.known(&host)
			case s.May:
				log.add(Changed, option, from, "from "+string(from)+", may not hold: "+asked+" from "+string(s.Origin)+" may stand beside it")
			default:
				log.add(Dropped, option, from, "from "+string(from)+", does not hold: "+asked+" from "+string(s.Origin)+" stands beside it")
				o.unset(c.option)
			}
		}
	}
	return o, log
}

// Overrule returns a source that is weaker than the options without what is contrary
// to them.
func (o GPUOptions) Overrule(weaker Source, host Host) (Source, []Decision) {
	var log decisionLog
	for i := range contraries {
		c := &contraries[i]
		if o.value(c.option) != c.value {
			continue
		}
		weaker.Switches = each(weaker.Switches, func(raw string) string {
			left := raw
			for asked := c.of(raw, &host); asked != ""; asked = c.of(left, &host) {
				left = without(left, asked)
				log.yields(asked, weaker.Origin, spell(c.option, c.value), o.Origins[c.option])
			}
			return left
		})
	}
	return weaker, log
}

// without takes out of a raw switch what is contrary in it: an entry of its list, or
// all of it.
func without(raw, asked string) string {
	text := unquote(strings.Trim(raw, whitespace))
	list, value, _ := strings.Cut(text, "=")
	entries := slices.DeleteFunc(strings.Split(value, ","), func(entry string) bool {
		return strings.Trim(entry, whitespace) == asked
	})
	if text == asked || len(entries) == 0 {
		return ""
	}
	return list + "=" + strings.Join(entries, ",")
}

// asked returns by what a source asks for the contrary, "" if it does not.
func (c *contrary) asked(s *Source, host *Host) string {
	for _, text := range s.Switches {
		if endsSwitches(text) {
			break
		}
		if asked := c.of(text, host); asked != "" {
			return asked
		}
	}
	for _, entry := range s.EnableFeatures {
		if asked := entryOf(c.on, entry, host); asked != "" {
			return enableFeatures.String() + "=" + asked
		}
	}
	for _, entry := range s.DisableFeatures {
		if asked := entryOf(c.off, entry, host); asked != "" {
			return disableFeatures.String() + "=" + asked
		}
	}
	return ""
}

// of returns what is contrary in one raw switch: the switch, or an entry of its list.
func (c *contrary) of(raw string, host *Host) string {
	text := unquote(strings.Trim(raw, whitespace))
	name, value, ok := parseSwitch(text)
	switch l := listNamed(name); {
	case !ok:
	case l == enableFeatures:
		return entryOf(c.on, value, host)
	case l == disableFeatures:
		return entryOf(c.off, value, host)
	case l == noList && host.mayKnow(name) && (slices.Contains(c.switches, name) || slices.Contains(c.switches, name+"="+value)):
		return text
	}
	return ""
}

// entryOf returns the first entry of a list of features that is among the names, and
// that the program may know.
func entryOf(names []string, list string, host *Host) string {
	for entry := range strings.SplitSeq(list, ",") {
		entry = strings.Trim(entry, whitespace)
		if name, ok := parseFeature(entry); ok && slices.Contains(names, name) && host.mayKnow(name) {
			return entry
		}
	}
	return ""
}

// known are the features by which the contrary could be asked for.
func (c *contrary) known(host *Host) []string {
	return slices.DeleteFunc(slices.Clone(c.on), func(name string) bool { return !host.mayKnow(name) })
}

// mayKnow reports whether a name of the table may do something in the program.
func (s *Host) mayKnow(name string) bool {
	r := Lookup(name)
	return r == nil || s.lacks(r) == ""
}
