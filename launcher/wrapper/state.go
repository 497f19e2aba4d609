package wrapper

import "maps"

// tri is the answer to a question that may stay open.
type tri byte

const (
	unknown tri = iota
	no
	yes
)

func known(b bool) tri {
	if b {
		return yes
	}
	return no
}

func (t tri) negated() tri {
	switch t {
	case yes:
		return no
	case no:
		return yes
	}
	return unknown
}

// state is what holds at one point of one way through a script.
type state struct {
	vars   *variables // set by the script; the rest is the environment's
	args   value      // $@
	dir    value      // current folder
	status tri        // whether the last command succeeded
	ended  bool       // by an exit or exec; nothing behind it runs
}

// variables are what a script has set. Ways through it share them until one of
// them sets another.
type variables struct {
	values map[string]*value
	shared bool
}

func newVariables() *variables { return &variables{values: map[string]*value{}} }

func (s state) copied() state {
	s.vars.shared = true
	return s
}

// assigned is what a variable was set to.
func (s state) assigned(name string) (value, bool) {
	if v := s.vars.values[name]; v != nil {
		return *v, true
	}
	return value{}, false
}

// set gives a variable a value; nil is that of the environment.
func (s *state) set(name string, v *value) {
	if s.vars.shared {
		s.vars = &variables{values: maps.Clone(s.vars.values)}
	}
	if v == nil {
		delete(s.vars.values, name)
		return
	}
	s.vars.values[name] = v
}

// meet is the state where several ways through the script come together again.
func (sh *shell) meet(ways []state) {
	found := false
	for _, w := range ways {
		switch {
		case w.ended:
		case !found:
			sh.state, found = w, true
		default:
			sh.meetOne(w)
		}
	}
	sh.ended = !found
}

// meetOne takes another way in.
func (sh *shell) meetOne(w state) {
	if sh.vars != w.vars {
		sh.meetVariables(w)
	}
	if !sh.args.equal(w.args) {
		if sh.args = sh.args.or(w.args).onlyArgs(); !sh.args.list {
			sh.args = someArguments()
		}
	}
	if !sh.dir.equal(w.dir) {
		sh.dir = sh.dir.or(w.dir).plain()
	}
	if sh.status != w.status {
		sh.status = unknown
	}
}

// meetVariables takes in what another way has set. Few variables differ, so only
// those are set again.
func (sh *shell) meetVariables(w state) {
	here := sh.vars.values
	for name, v := range here {
		if w.vars.values[name] == v {
			continue
		}
		now := sh.state
		sh.state = w
		theirs := sh.variable(name)
		sh.state = now
		if !v.equal(theirs) {
			both := v.or(theirs)
			sh.state.set(name, &both)
		}
	}
	for name, v := range w.vars.values {
		if here[name] != nil {
			continue
		}
		both := sh.variable(name)
		if !both.equal(*v) {
			both = both.or(*v)
		}
		sh.state.set(name, &both)
	}
}

// onlyArgs shortens a list of nothing but words of the user's.
func (v value) onlyArgs() value {
	for _, item := range v.items {
		if item.may = false; !item.equal(text(argsMark)) {
			return v
		}
	}
	if !v.list || len(v.items) == 0 {
		return v
	}
	return arguments()
}
