package wrapper

import "slices"

// maxCalls is how deep functions may call functions.
const maxCalls = 12

// function is the body of one.
type function struct {
	script   script
	from, to int
}

// define keeps a function's body. It is looked at where it stands too: for
// what it may start, by whichever call, but not for what it does.
func (r *reader) define(s script, i int) {
	c := s.commands[i]
	name, f := c.words[0], function{s, i + 1, c.end + 1}
	if !r.maybe {
		r.bodies[name] = nil
	}
	r.bodies[name] = append(r.bodies[name], f)
	r.status = yes
	if r.dry {
		return
	}
	before, maybe := r.state.copied(), r.maybe
	r.dry, r.maybe = true, true
	r.args = arguments()
	r.run(s, f.from, f.to)
	r.dry, r.maybe = false, maybe
	r.state = before
}

// invoke follows a call of a function: its body, with the call's words.
func (r *reader) invoke(c command, bodies []function) {
	if r.dry || r.calls >= maxCalls {
		r.status = unknown
		return
	}
	args := value{list: true}
	for _, raw := range c.words[1:] {
		for _, v := range r.expand(raw).words(r.files) {
			item, _ := r.item(v)
			if v.prefix != "" {
				item = text(v.prefix + unknownMark)
			}
			item.may = v.may
			args.items = append(args.items, item)
		}
	}
	r.calls++
	before := r.args
	returns, locals := r.returns, r.locals
	r.returns, r.locals = &branches{}, map[string]*value{}
	var ends branches
	for n, f := range bodies {
		r.args = args
		if n+1 < len(bodies) {
			ends = append(ends, r.way(f.script, f.from, f.to))
			continue
		}
		maybe := r.maybe
		r.maybe = maybe || n > 0
		r.run(f.script, f.from, f.to)
		r.maybe = maybe
	}
	r.meet(slices.Concat(*r.returns, ends, branches{r.state}))
	for name, old := range r.locals {
		r.state.set(name, old)
	}
	r.args = before
	r.returns, r.locals = returns, locals
	r.calls--
}

// local keeps what a variable held before a function made it its own.
func (r *reader) local(name string) {
	if r.locals == nil {
		return
	}
	if _, known := r.locals[name]; known {
		return
	}
	r.locals[name] = r.vars.values[name]
}

// leave follows break, continue and return: the way goes on at the end of the
// loop, the function or the file.
func (r *reader) leave(to *branches) {
	if to != nil {
		*to = append(*to, r.state.copied())
		r.ended = true
	}
}

// uncalled follows functions that nothing was seen to call, if nothing else
// starts a program.
func (r *reader) uncalled() {
	r.ended, r.maybe = false, true
	for _, name := range r.functions {
		for _, f := range r.bodies[name] {
			if r.rank == notSeen && !r.blind && !r.called[name] {
				r.args = arguments()
				r.run(f.script, f.from, f.to)
				r.ended = false
			}
		}
	}
}
