package background

import (
	"time"

	"electroscope/launcher/catalog"
)

// A Policy is what apps.toml says of an app in the background.
type Policy struct {
	Do    catalog.Background
	After time.Duration
}

// An Answer to a question may be that it is not known.
type Answer int8

const (
	Unknown Answer = iota
	No
	Yes
)

// A stay is one of an app in the background.
type stay struct {
	since time.Time          // zero: it is not there, or that is not known
	done  catalog.Background // what was done to it; empty: nothing yet
}

// A step is what a decision asks for.
type step int8

const (
	wait   step = iota // nothing
	listen             // whether the app plays sound
	act                // what the policy says
	undo
)

// What was seen of an app. sound is nil as long as nobody has asked.
type observation struct {
	active Answer
	sound  *Answer
}

// decide says what to do next. It asks for the sound only when that is what matters, for the
// answer takes a process.
func decide(s stay, p Policy, o observation, now time.Time) (stay, step) {
	held := s.done != "" && s.done != catalog.BackgroundReclaim
	if o.active != No || p.Do == catalog.BackgroundOff || p.Do == "" {
		if held {
			return stay{}, undo
		}
		return stay{}, wait
	}
	if s.since.IsZero() {
		s.since = now
	}
	isSilent := o.sound != nil && *o.sound == No
	switch {
	case s.done == catalog.BackgroundWeight && o.sound != nil && !isSilent:
		return stay{since: now}, undo
	case s.done != "" || now.Sub(s.since) < p.After:
		return s, wait
	case o.sound == nil:
		return s, listen
	case !isSilent: // it is in use, or may be
		return stay{since: now}, wait
	}
	s.done = p.Do
	return s, act
}

// due is when to decide again, should nothing happen before; zero: never.
func (s stay) due(p Policy) time.Time {
	if s.since.IsZero() || s.done != "" {
		return time.Time{}
	}
	return s.since.Add(p.After)
}
