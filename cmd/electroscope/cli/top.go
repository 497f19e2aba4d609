package cli

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"strconv"
	"syscall"
	"time"

	"electroscope/cmd/electroscope/cli/terminal"
	"electroscope/cmd/electroscope/cli/top"
	"electroscope/launcher/cgroup"
	"electroscope/monitor"
)

func topCommand() *command {
	asJSON, once, every := false, false, seconds(2*time.Second)
	return &command{
		name: "top", args: "[--once] [--json] [--interval=NUMBER]",
		summary: "Show what the running apps use, again and again",
		details: `
The rows of status, sorted, with a history of each app's memory; h lists the
keys. It gives the terminal back as it was, however it ends; if it was killed
with SIGKILL, reset(1) does. With --json it writes a sample a line, whose keys
are in docs/status.md, until it is ended.`,
		flags: func(fs *flag.FlagSet) {
			fs.BoolVar(&once, "once", false, "write one page, and end; needs no terminal")
			fs.BoolVar(&asJSON, "json", false, "as JSON, a sample a line; with --once one line")
			fs.Var(&every, "interval", "`NUMBER`: seconds between two samples, 0.1 to 3600; 2 if it is not given")
		},
		run: func(inv *invocation, args []string) error {
			candidates, err := candidatesOf(inv, nil)
			if err != nil {
				return err
			}
			s := &sampler{reader: reader(inv.process), candidates: candidates}
			switch {
			case asJSON:
				return streamJSON(inv, s, once, time.Duration(every))
			case once:
				return printOnce(inv, s)
			}
			return watchApps(inv, s, time.Duration(every))
		},
	}
}

// seconds are a time that is given as a number.
type seconds time.Duration

func (s *seconds) String() string { return "" }

func (s *seconds) Set(text string) error {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || !(n >= 0.1 && n <= 3600) {
		return errors.New("not a number of seconds from 0.1 to 3600")
	}
	*s = seconds(n * float64(time.Second))
	return nil
}

// A sampler takes one sample after the other.
type sampler struct {
	reader     monitor.Reader
	candidates []monitor.Candidate
	last       monitor.Sample
}

// next is a sample with the rates since the one before.
func (s *sampler) next() (monitor.Sample, error) {
	now, err := s.reader.Sample(s.candidates)
	if err != nil {
		return now, err
	}
	if s.last.Version != 0 {
		s.last, now = now, now.Since(s.last)
		return now, nil
	}
	s.last = now
	return now, nil
}

// first is a sample with the rates of as long as status looks.
func (s *sampler) first() (monitor.Sample, error) {
	if now, err := s.next(); err != nil {
		return now, err
	}
	time.Sleep(status)
	return s.next()
}

func streamJSON(inv *invocation, s *sampler, once bool, interval time.Duration) error {
	e := json.NewEncoder(inv.out)
	e.SetEscapeHTML(false)
	sample, err := s.first()
	for err == nil {
		if err = e.Encode(sample); err != nil || once {
			return err
		}
		time.Sleep(interval)
		sample, err = s.next()
	}
	return err
}

func printOnce(inv *invocation, s *sampler) error {
	sample, err := s.first()
	if err != nil {
		return err
	}
	for _, line := range (top.Model{}).Sampled(sample).Once(inv.out, inv.out.Width) {
		inv.out.Styled(func(text string) string { return text }, line+"\n")
	}
	return nil
}

const topRemedy = "electroscope top --once writes one page, electroscope top --json a sample a line"

// watchApps shows the model on the terminal until a key or a signal ends it.
func watchApps(inv *invocation, s *sampler, interval time.Duration) error {
	if name := inv.process.Getenv("TERM"); name == "" || name == "dumb" {
		return &usageError{fmt.Sprintf("top needs a terminal that can move its cursor, and TERM is %q", name), topRemedy}
	}
	t, err := terminal.Open(os.Stdin, os.Stdout)
	if errors.Is(err, terminal.ErrNone) {
		return &usageError{"top needs a terminal on stdin and stdout", topRemedy}
	} else if err != nil {
		return err
	}
	defer t.Close()
	own, _ := cgroup.Own(inv.process.Proc) // unknown: it is in no unit that could be frozen
	live := &live{inv: inv, terminal: t, model: top.Model{Own: own}, done: make(chan string)}
	return live.run(s, interval)
}

// A live screen.
type live struct {
	inv      *invocation
	terminal *terminal.Terminal
	model    top.Model
	done     chan string // what came of an action
}

func (l *live) run(s *sampler, interval time.Duration) error {
	samples, failed := make(chan monitor.Sample), make(chan error, 1)
	go func() {
		defer l.terminal.Guard()
		for wait := status; ; wait = interval {
			sample, err := s.next()
			if err != nil {
				failed <- err
				return
			}
			samples <- sample
			time.Sleep(wait)
		}
	}()
	for {
		more, err := true, error(nil)
		select {
		case err := <-failed:
			return err
		case sample := <-samples:
			l.model = l.model.Sampled(sample)
		case said := <-l.done:
			l.model = l.model.Said(said)
		case typed, open := <-l.terminal.Typed:
			if !open {
				return nil // the terminal is gone
			}
			for _, key := range top.Keys(typed) {
				if more, err = l.press(key); !more || err != nil {
					return err
				}
			}
		case s := <-l.terminal.Signals:
			if more, err = l.signalled(s); !more || err != nil {
				return err
			}
		}
		width, height := l.terminal.Size()
		if err := l.terminal.Draw(l.model.Lines(l.inv.out, width, height)); err != nil {
			return fmt.Errorf("cannot write to the terminal: %w", err)
		}
	}
}

// press does what a key asks for. more is false if that is the end.
func (l *live) press(key top.Key) (more bool, err error) {
	model, action := l.model.Press(key)
	l.model = model
	switch action.Verb {
	case top.Quit:
		return false, nil
	case top.Pause:
		return true, l.terminal.Suspend()
	case top.Repaint:
		l.terminal.Forget()
	case top.Freeze, top.Thaw, top.Reclaim, top.Limit, top.Stop:
		go func() {
			defer l.terminal.Guard()
			said, err := actOn(l.inv, action)
			if err != nil {
				said = err.Error()
			}
			l.done <- said
		}()
	}
	return true, nil
}

// signalled does what a signal asks for.
func (l *live) signalled(s os.Signal) (more bool, err error) {
	switch s {
	case syscall.SIGWINCH:
		l.terminal.Forget()
		return true, nil
	case syscall.SIGTSTP:
		return true, l.terminal.Suspend()
	case syscall.SIGCONT:
		return true, l.terminal.Resume()
	}
	l.terminal.End(s.(syscall.Signal))
	return false, nil
}
