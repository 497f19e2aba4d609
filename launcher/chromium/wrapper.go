package chromium

import (
	"slices"
	"strings"
)

// Standing is what a wrapper puts on the command line by itself, beside what
// [Merge] returns: words of its own, or those of a flags file that it reads.
type Standing struct {
	Origin Origin
	Words  []string
	Behind bool // behind the arguments it is given: of a repeated switch, Chromium obeys its
	May    bool // by some ways through the wrapper only
}

// Wrapping is all that wrappers put there. Unknown is the wrapper that puts
// switches before its arguments that cannot be seen, UnknownBehind the one that
// puts them behind; empty if none does.
type Wrapping struct {
	Standing      []Standing
	Unknown       Origin
	UnknownBehind Origin
}

// Beside is what the wrapping leaves of a source of ours. What stands behind it
// anyway would win, so ours does not leave. Where switches stand before it that
// cannot be seen, a list of features of ours could replace one of the app's, so it
// stays away, unless the user replaces that list himself. The heap's limit holds
// all the same.
func (w Wrapping) Beside(own Source, args []string) (Source, []Decision) {
	out := own
	var log decisionLog
	out.Switches = slices.DeleteFunc(slices.Clone(own.Switches), func(text string) bool {
		name, _, _ := parseSwitch(unquote(strings.Trim(text, whitespace)))
		return w.beats(name, text, own.Origin, args, &log)
	})
	for _, l := range []struct {
		list list
		of   *[]string
	}{{enableFeatures, &out.EnableFeatures}, {disableFeatures, &out.DisableFeatures}, {disableBlinkFeatures, &out.DisableBlinkFeatures}, {jsFlags, &out.V8}} {
		if name := strings.TrimPrefix(l.list.String(), "--"); len(*l.of) > 0 && w.beats(name, l.list.String()+"="+strings.Join(*l.of, ","), own.Origin, args, &log) {
			*l.of = nil
		}
	}
	if behind, ok := w.behind("js-flags"); ok && own.Heap != 0 {
		heap := heapFlag(own.Heap, own.Origin, new(decisionLog)) // [Merge] says of it what there is to say
		if !behind.May {
			out.Heap = 0
			log.add(Dropped, heap, own.Origin, "from "+string(own.Origin)+", does not hold: "+behind.wins("js-flags"))
		} else {
			log.add(Changed, heap, own.Origin, "from "+string(own.Origin)+", may not hold: "+behind.wins("js-flags"))
		}
	}
	return out, log
}

// Given tells which of the user's own switches do not hold.
func (w Wrapping) Given(args []string) []Decision {
	var log decisionLog
	for _, arg := range args {
		if endsSwitches(arg) {
			break
		}
		name, _, ok := parseSwitch(arg)
		if behind, found := w.behind(name); ok && found && !slices.Contains(behind.Words, arg) {
			may := ", does not hold: "
			if behind.May {
				may = ", may not hold: "
			}
			log.add(Changed, arg, Arguments, "from "+string(Arguments)+may+behind.wins(name))
		}
	}
	return log
}

// Misspelt tells which switches of the wrapper's, or of a file that it reads, are
// written in a way that no program takes. The lists among them are ours to mend.
func (w Wrapping) Misspelt() []Decision {
	var log decisionLog
	for _, s := range w.Standing {
		for _, word := range s.Words {
			name, _, ok := parseSwitch(word)
			text := strings.Trim(word, whitespace)
			switch why := misspelt(text); {
			case !ok || listNamed(name) != noList:
			case why != "":
				log.add(Changed, text, s.Origin, why)
			case unquote(text) != text && whyUnquoted(text) == typographic:
				log.add(Changed, text, s.Origin, "keeps its quotes: "+typographic)
			}
		}
	}
	return log
}

// beats reports whether a switch of ours has to stay away.
func (w Wrapping) beats(name, text string, from Origin, args []string, log *decisionLog) bool {
	l := listNamed(name)
	if w.Unknown != "" && l != noList && !gives(args, name) {
		log.add(Dropped, text, from, "from "+string(from)+", would replace a list of the app's own: what "+string(w.Unknown)+" gives cannot be seen")
		return true
	}
	behind, ok := w.behind(name)
	switch {
	case ok && !behind.May:
		log.add(Dropped, text, from, "from "+string(from)+", does not hold: "+behind.wins(name))
		return true
	case ok:
		log.add(Changed, text, from, "from "+string(from)+", may not hold: "+behind.wins(name))
	case w.UnknownBehind != "" && l != noList:
		log.add(Changed, text, from, "from "+string(from)+", may not hold: what "+string(w.UnknownBehind)+" puts behind it cannot be seen")
	}
	return false
}

// behind is what puts a switch of that name behind ours, the surest of all.
func (w Wrapping) behind(name string) (found Standing, ok bool) {
	for _, s := range w.Standing {
		if s.Behind && gives(s.Words, name) && (!ok || found.May) {
			found, ok = s, true
		}
	}
	return found, ok
}

// wins says which switch of that name stands last.
func (s Standing) wins(name string) string {
	last := ""
	for _, word := range s.Words {
		if n, _, ok := parseSwitch(word); ok && n == name {
			last = strings.Trim(word, whitespace)
		}
	}
	stands := " stands last"
	if s.May {
		stands = " may stand last"
	}
	return last + " from " + string(s.Origin) + stands
}

// gives reports whether words give a switch of that name.
func gives(words []string, name string) bool {
	for _, word := range words {
		if endsSwitches(word) {
			return false
		}
		if n, _, ok := parseSwitch(word); ok && n == name {
			return true
		}
	}
	return false
}

// Lists are the lists of the wrapping that have to be united with ours, since
// ours replace them: own are our sources, args the user's arguments. A list that
// only may stand there is united if ours would replace it, and only what it
// enables: on its word nothing is taken away.
func (w Wrapping) Lists(own []Source, args []string) []Source {
	replaced := func(l list) bool {
		return gives(args, strings.TrimPrefix(l.String(), "--")) || slices.ContainsFunc(own, func(o Source) bool {
			if w.Unknown != "" { // all but the heap stays away
				return l == jsFlags && o.Heap != 0
			}
			return o.has(l)
		})
	}
	may := func(l list) bool {
		return slices.ContainsFunc(w.Standing, func(s Standing) bool {
			return s.May && !s.Behind && gives(s.Words, strings.TrimPrefix(l.String(), "--"))
		})
	}
	var out []Source
	for _, s := range w.Standing {
		if s.Behind {
			continue
		}
		all := Lists(s.Origin, s.Words)
		all.Switches = slices.DeleteFunc(all.Switches, func(text string) bool {
			name, _, _ := parseSwitch(text)
			l := listNamed(name)
			return s.May && l != enableFeatures || (w.Unknown != "" || may(l)) && !replaced(l)
		})
		if len(all.Switches) > 0 {
			out = append(out, all)
		}
	}
	return out
}

// has reports whether a source asks for something of a list.
func (w Source) has(l list) bool {
	switch {
	case l == enableFeatures && len(w.EnableFeatures) > 0,
		l == disableFeatures && len(w.DisableFeatures) > 0,
		l == disableBlinkFeatures && len(w.DisableBlinkFeatures) > 0,
		l == jsFlags && (len(w.V8) > 0 || w.Heap != 0):
		return true
	}
	return gives(w.Switches, strings.TrimPrefix(l.String(), "--"))
}
