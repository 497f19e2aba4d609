package wrapper

import "slices"

// maxSteps bounds the commands that are followed, those in loops and functions
// each time. Debian's chromium takes 300.
const maxSteps = 4000

// branches are the states at the ends of the ways through a command.
type branches []state

// run follows the commands from one index up to another.
func (r *reader) run(s script, from, to int) {
	for i := from; i < to && !r.ended; i++ {
		c := &s.commands[i]
		if r.steps++; r.steps > maxSteps {
			r.paths.unclear, r.lost, r.ended = true, true, true
			return
		}
		before := r.status
		switch {
		case c.joint == '&' && before == no, c.joint == '|' && before == yes:
		case c.joint != 0 && before == unknown:
			r.doubtful(s, i)
		default:
			r.step(s, i)
		}
		i = max(i, c.end)
	}
}

// doubtful follows a command behind && or || that may not run.
func (r *reader) doubtful(s script, i int) {
	c := &s.commands[i]
	without := r.state.copied()
	without.status = known(c.joint == '|')
	maybe := r.maybe
	r.maybe = true
	r.step(s, i)
	r.maybe = maybe
	if !r.ended && r.status != without.status {
		r.status = unknown
	}
	r.meet(branches{r.state, without})
}

// step follows one command, simple or compound.
func (r *reader) step(s script, i int) {
	c := &s.commands[i]
	if c.op == opFunction {
		r.define(s, i)
		return
	}
	if c.op != simple {
		r.lookInside(*c, 0)
	}
	if c.child {
		r.apart(func() { r.stepHere(s, i) })
		r.status = unknown
		return
	}
	r.stepHere(s, i)
	if c.not {
		r.status = r.status.negated()
	}
}

func (r *reader) stepHere(s script, i int) {
	c := &s.commands[i]
	switch c.op {
	case simple:
		status := r.status
		r.simple(*c)
		if c.redirects {
			r.status = status // that of the compound command
		}
	case opIf:
		r.ifs(s, i)
	case opCase:
		r.cases(s, i)
	case opLoop:
		r.loop(s, i)
	case opBrace:
		r.run(s, i+1, c.end)
	case opParen:
		status := unknown
		r.apart(func() {
			r.run(s, i+1, c.end)
			status = r.status
		})
		r.status = status
	}
}

// apart follows what runs in a child: what it does to variables ends with it.
func (r *reader) apart(follow func()) {
	outer, forked := r.state.copied(), r.forked
	r.forked = true
	follow()
	r.state, r.forked = outer, forked
}

// way follows commands that may not run, and gives the state at their end. What
// was before them stands again.
func (r *reader) way(s script, from, to int) state {
	before, maybe := r.state.copied(), r.maybe
	r.maybe = true
	r.run(s, from, to)
	end := r.state
	r.state, r.maybe = before, maybe
	return end
}

// ifs follows if, its conditions and what depends on them. A condition that is
// decided leaves one way.
func (r *reader) ifs(s script, i int) {
	var ends branches
	maybe, end := r.maybe, s.commands[i].end
	for from, part := i+1, s.commands[i].next; ; {
		if s.commands[part].op != opThen {
			r.paths.unclear = true
			r.run(s, from, end)
			break
		}
		r.run(s, from, part)
		if r.ended {
			break
		}
		next := s.commands[part].next
		switch r.status {
		case yes:
			r.run(s, part+1, next)
			r.maybe = maybe
			r.meet(append(ends, r.state))
			return
		case unknown:
			ends = append(ends, r.way(s, part+1, next))
			r.maybe = true
		}
		r.status = yes
		if s.commands[next].op == opElif {
			from, part = next+1, s.commands[next].next
			continue
		}
		if s.commands[next].op == opElse {
			r.run(s, next+1, s.commands[next].next)
		}
		break
	}
	r.maybe = maybe
	r.meet(append(ends, r.state))
}

// cases follows case.
func (r *reader) cases(s script, i int) {
	var ends branches
	maybe, end := r.maybe, s.commands[i].end
	subject := r.expand(s.commands[i].words[0])
	r.status = yes
	for part := s.commands[i].next; part < end && !r.ended; {
		c := s.commands[part]
		r.lookInside(c, 0)
		next := c.next
		match := r.matchesAny(subject, c.words)
		if !slices.Contains(c.words, "*") {
			match = r.decided(match)
		}
		if match == yes {
			r.run(s, part+1, next)
			break
		}
		if match == unknown {
			ends = append(ends, r.way(s, part+1, next))
			r.maybe = true
		}
		part = next
	}
	r.maybe = maybe
	r.meet(append(ends, r.state))
}

// loop follows for and while.
func (r *reader) loop(s script, i int) {
	c := s.commands[i]
	body, end := c.next, c.end
	if s.commands[body].op != opDo {
		r.paths.unclear = true
		body = i
	}
	input := r.input
	r.input = c.input
	defer func() { r.input = input }()
	if head := s.commands[i+1]; body > i && head.op == simple && len(head.words) > 1 && head.words[0] == "for" {
		r.each(s, head, body+1, end)
		return
	}
	ends, maybe := branches{}, r.maybe
	for range maxRounds {
		r.run(s, i+1, max(body, i+1))
		if r.ended || body > i && r.status == no {
			break
		}
		before := r.state.copied()
		ends = append(ends, before)
		r.maybe = true
		ends = append(ends, r.round(s, body+1, end)...)
		if r.ended {
			break
		}
		r.meet(branches{before, r.state})
	}
	r.maybe = maybe
	r.meet(append(ends, r.state))
	r.status = unknown
}

// maxRounds is how often the body of a loop is followed. A wrapper's loop adds
// words to a list; it does so in the first round.
const maxRounds = 2

// round follows the body of a loop once. The ways that break out of it are
// returned.
func (r *reader) round(s script, from, to int) (out branches) {
	breaks, continues := r.breaks, r.continues
	r.breaks, r.continues = &branches{}, &branches{}
	r.run(s, from, to)
	r.meet(append(*r.continues, r.state))
	out = *r.breaks
	r.breaks, r.continues = breaks, continues
	return out
}

// each follows for NAME in WORDS: once for each word that is known.
func (r *reader) each(s script, head command, from, to int) {
	words := []value{}
	if len(head.words) < 4 || head.words[2] != "in" {
		words = r.args.words(r.files)
	} else {
		for _, raw := range head.words[3:] {
			for _, v := range r.expand(raw).words(r.files) {
				words = append(words, r.globbed(v)...)
			}
		}
	}
	r.paths.note(head)
	r.noteFlagsFiles(head)
	r.lookInside(head, 0)
	if len(words) > maxSourced {
		r.paths.unclear = true
		words = []value{{}}
	}
	var ends branches
	for _, v := range words {
		v, several := r.item(v)
		maybe, before := r.maybe, r.state.copied()
		r.maybe = maybe || several
		for range 2 {
			r.set(head.words[1], v)
			ends = append(ends, r.round(s, from, to)...)
			if !several {
				break
			}
			r.meet(branches{r.state, before})
		}
		if r.ended {
			break
		}
		r.maybe = maybe
	}
	r.meet(append(ends, r.state))
	r.status = unknown
}

// item is what a loop's variable holds for a word, and whether it may do so for
// any number of words.
func (r *reader) item(v value) (item value, several bool) {
	switch {
	case v.args && v.prefix == "":
		return text(argsMark), true
	case v.file != "":
		return text(r.fileMark(v.file)), true
	case len(v.alts) == 0:
		return value{}, true
	}
	several = v.may
	v.may = false
	return v, several
}
