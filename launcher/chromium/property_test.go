package chromium

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// FuzzMerge feeds arguments and two sources, each as text with NUL bytes
// between the parts. The first byte of a source's part says what it is.
func FuzzMerge(f *testing.F) {
	join := func(parts ...string) string { return strings.Join(parts, "\x00") }
	f.Add("", "", "")
	f.Add(join("", "a b", "-x", "\xff", "--", "--enable-features=A"), "", "")
	f.Add(join("--enable-features=A,B:p/1", "discord://x", "-enable-features=*B<T"), "eA", join("dB", "eC<T.G:a/b", "bX"))
	f.Add(join("--js-flags=--a --no-b,--c 1", "--js-flags", " --x=1 "), join("v--b", "h1000", "s--x"), join("s'--y=1'", "s--js-flags='--a'"))
	f.Add(join("\n--\t", "--js-flags=--max_old_space_size 5"), "h9", join("s--enable-features=A,,A", "s--", "s-x"))
	f.Fuzz(func(t *testing.T, user, first, second string) {
		var argv []string
		if user != "" {
			argv = strings.Split(user, "\x00")
		}
		checkMerge(t, argv, parseWants(first), parseWants(second))
	})
}

func parseWants(text string) (w Source) {
	for part := range strings.SplitSeq(text, "\x00") {
		if part == "" {
			continue
		}
		value := part[1:]
		switch part[0] {
		case 's':
			w.Switches = append(w.Switches, value)
		case 'e':
			w.EnableFeatures = append(w.EnableFeatures, value)
		case 'd':
			w.DisableFeatures = append(w.DisableFeatures, value)
		case 'b':
			w.DisableBlinkFeatures = append(w.DisableBlinkFeatures, value)
		case 'v':
			w.V8 = append(w.V8, value)
		case 'h':
			w.Heap = uint64(len(value)) * 700 * mib
		case 'f':
			w.Switches = append(w.Switches, ParseFlagsFile([]byte(value))...)
		}
	}
	return w
}

// TestMergeOfWords is the fuzzer with words that mean something, so that lists
// and sources meet often.
func TestMergeOfWords(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	pick := func(words []string) string { return words[rng.IntN(len(words))] }
	some := func(words []string) (out []string) {
		for range rng.IntN(6) {
			out = append(out, pick(words))
		}
		return out
	}
	features := []string{"A", "B", "C", "A<T", "A:p/1", "*B", "A,B", " C ,,D", "", "E<T.G:p/v", "B,B:x/1", "*", ".", "F:a:b"}
	v8 := []string{"--a", "--no-a", "--a=1", "--b 2", "--max-old-space-size=300", "--max_old_space_size=5", "--a,--c", "--", "word"}
	var switches []string
	for _, s := range []string{"--enable-features", "-enable-features", "--disable-features", "--enable-blink-features", "--disable-blink-features"} {
		switches = append(switches, s)
		for _, value := range features {
			switches = append(switches, s+"="+value)
		}
	}
	for _, value := range v8 {
		switches = append(switches, "--js-flags="+value, "--js-flags='"+value+" --z'")
	}
	switches = append(switches, "--x", "-x=1", "--x=2", " --y ", "--z='q'", "--=", "-")
	words := slices.Concat(switches, []string{"", "--", " --", "file", "discord://x", "\xff", "a\nb", "--user-data-dir", "---"})
	source := func() Source {
		return Source{
			Switches: some(switches), V8: some(v8), Heap: rng.Uint64N(3) * 600 * mib,
			EnableFeatures: some(features), DisableFeatures: some(features), DisableBlinkFeatures: some(features),
		}
	}
	for range 20000 {
		var sources []Source
		for range rng.IntN(3) {
			sources = append(sources, source())
		}
		checkMerge(t, some(words), sources...)
		if t.Failed() {
			return
		}
	}
}

// checkMerge holds one merge against all that Merge promises.
func checkMerge(t *testing.T, user []string, sources ...Source) {
	t.Helper()
	got, _ := Merge(user, sources...)
	report := func(what string) {
		t.Helper()
		t.Errorf("%s\nuser    %q\nsources %+v\ngot     %q", what, user, sources, got)
	}

	if again, _ := Merge(got, sources...); !slices.Equal(again, got) {
		report("is not idempotent")
	}

	before, after := read(user), read(got)
	if !slices.Equal(before.tail, after.tail) {
		report("what follows -- was touched")
	}
	// What is ours stands together, behind the user's words but before a URL.
	at := slices.IndexFunc(before.words, isURL)
	if at < 0 {
		at = len(before.words)
	}
	if n := len(after.words) - len(before.words); n < 0 || !slices.Equal(slices.Delete(slices.Clone(after.words), at, at+n), before.words) {
		report("the user's words are not all there, or not in order, or ours have another place")
	}
	for l := range lists {
		if len(after.values[l]) > 1 {
			report(l.String() + " leaves more than once")
		}
	}
	if slices.ContainsFunc(got, func(arg string) bool { return strings.IndexByte(arg, 0) >= 0 }) {
		report("an argument holds a NUL byte")
	}

	off := names(after.values[disableFeatures])
	for l := range nameLists {
		for name := range names(before.values[l]) {
			if !names(after.values[l])[name] && (l != enableFeatures || !off[name]) {
				report(l.String() + " lost the user's " + name)
			}
		}
	}
	v8 := strings.Join(after.values[jsFlags], " ")
	for _, value := range before.values[jsFlags] {
		if !strings.Contains(v8, value) {
			report("lost the user's V8 flags " + value)
		}
	}
	for name, value := range before.singles {
		if after.singles[name] != value {
			report("the user's --" + name + " no longer wins")
		}
	}
	checkWanted(t, report, before, after, sources)
}

// checkWanted holds the result against what the sources want.
func checkWanted(t *testing.T, report func(string), before, after commandLine, sources []Source) {
	t.Helper()
	empty, repeated := true, false
	for _, w := range sources {
		empty = empty && w.Heap == 0 &&
			len(w.Switches)+len(w.EnableFeatures)+len(w.DisableFeatures)+len(w.DisableBlinkFeatures)+len(w.V8) == 0
		on, off := names(after.values[enableFeatures]), names(after.values[disableFeatures])
		for name := range names(w.EnableFeatures) {
			if on[name] == off[name] {
				report("the source's " + name + " is neither enabled nor disabled, or both")
			}
		}
		for name := range names(w.DisableFeatures) {
			if !off[name] || on[name] {
				report("the source's " + name + " is not disabled")
			}
		}
		// V8 takes a flag with one dash as well as with two (flags.cc, SplitArgument).
		if w.Heap != 0 && !strings.Contains(strings.ReplaceAll(strings.Join(after.values[jsFlags], ""), "_", "-"), "-max-old-space-size") {
			report("no heap flag leaves")
		}
	}
	for l := range lists {
		repeated = repeated || len(before.values[l]) > 1
	}
	if empty && !repeated && !slices.Equal(before.all, after.all) {
		report("nothing was wanted, and something changed")
	}
}

// commandLine is an argument list as Chromium reads it, in the test's own
// words, so that Merge is not held against itself.
type commandLine struct {
	all     []string
	words   []string // before "--", without the list switches
	tail    []string // "--" and what follows
	values  [lists][]string
	singles map[string]string // as in base::CommandLine, the last one wins
}

func read(argv []string) commandLine {
	c := commandLine{all: argv, singles: map[string]string{}}
	for i, arg := range argv {
		s := strings.Trim(arg, " \t\r\n\v\f")
		if s == "--" {
			c.tail = argv[i:]
			break
		}
		prefix := 0
		for prefix < 2 && prefix < len(s) && s[prefix] == '-' {
			prefix++
		}
		name, value, _ := strings.Cut(s[prefix:], "=")
		l := slices.Index([]string{"enable-features", "disable-features", "enable-blink-features", "disable-blink-features", "js-flags"}, name)
		switch {
		case prefix == 0 || prefix == len(s):
			c.words = append(c.words, arg)
		case l >= 0:
			c.values[l] = append(c.values[l], value)
		default:
			c.words = append(c.words, arg)
			c.singles[name] = value
		}
	}
	return c
}

// names returns the bare names in values of a list switch. What Chromium cannot
// take apart is no name.
func names(values []string) map[string]bool {
	set := map[string]bool{}
	for _, value := range values {
		for _, entry := range strings.Split(value, ",") {
			entry = strings.Trim(entry, " \t\r\n\v\f")
			bare := strings.TrimPrefix(entry, "*")
			if i := strings.IndexAny(bare, "<.:"); i >= 0 {
				bare = bare[:i]
			}
			head, params, _ := strings.Cut(entry, ":")
			study, _, _ := strings.Cut(head, ".")
			if bare != "" && strings.Count(params, ":")+strings.Count(entry, "\x00") == 0 &&
				strings.Count(head, ".") <= 1 && strings.Count(study, "<") <= 1 {
				set[bare] = true
			}
		}
	}
	return set
}
