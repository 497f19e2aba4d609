package wrapper

import (
	"strings"

	"electroscope/launcher/regular"
)

// source follows the files that are read into the script.
func (r *reader) source(c command) {
	v := r.operand(c).plain()
	if len(v.alts) == 0 || v.unsure {
		r.paths.unclear = true
		r.forgetState()
		return
	}
	outer, returns := r.around, r.returns
	r.returns = &branches{}
	for _, path := range v.alts {
		path, ok := r.absoluteTo(path)
		content := ""
		if r.sourced++; ok && r.sourced <= maxSourced {
			content = readSourced(path)
		} else {
			r.paths.unclear = true
			r.forgetState()
		}
		r.around = command{later: c.later, body: c.body}
		r.read(parse(content))
	}
	r.meet(append(*r.returns, r.state))
	r.around, r.returns = outer, returns
	r.status = unknown
}

// eval follows what its words come to, if they are known.
func (r *reader) eval(c command) {
	var words []string
	for _, raw := range c.words[1:] {
		v := r.expand(raw)
		if v.list || len(v.alts) != 1 || v.unsure || strings.ContainsAny(v.alts[0], argsMark+mayBegin+unknownMark) {
			r.blind = r.blind || !r.dry
			r.forgetState()
			return
		}
		words = append(words, v.alts[0])
	}
	r.read(parse(strings.Join(words, " ")))
}

// forgetState follows commands that cannot be seen: they may have set anything.
func (r *reader) forgetState() {
	for name := range r.vars.values {
		r.set(name, value{unsure: true})
	}
	r.args = someArguments()
}

// readSourced reads a file that a script reads into itself; "" if it cannot.
func readSourced(path string) string {
	f, err := regular.Open(path, 0)
	if err != nil {
		return ""
	}
	defer f.Close()
	content := string(f.Head(maxScript))
	if marked(content) || strings.Contains(content, separator) {
		return ""
	}
	return content
}
