package x11

import (
	"slices"
	"strings"
	"testing"
	"time"

	"electroscope/monitor/x11/x11test"
)

func serve(t *testing.T, state x11test.State) *x11test.Server {
	t.Helper()
	s, err := x11test.Start(4000, state)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// connect returns when the server has read all of what Dial sends: the last request has no answer.
func connect(t *testing.T, s *x11test.Server) *Display {
	t.Helper()
	d, err := Dial(s.Display, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	for end := time.Now().Add(20 * time.Second); s.Clients() == 0; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it does not ask to be told of changes")
		}
	}
	return d
}

func TestActivePID(t *testing.T) {
	s := serve(t, x11test.State{Manager: true, Active: 7})
	d := connect(t, s)
	for _, test := range []struct {
		state x11test.State
		want  int
		wrong string
	}{
		{x11test.State{Manager: true, Active: 8}, 8, ""},
		{x11test.State{Manager: true}, 0, ""},
		{x11test.State{Manager: true, Active: 8, Unknown: true}, 0, "it is not known whose window is active"},
		{x11test.State{Active: 8}, 0, "no window manager says which window is active"},
		{x11test.State{Manager: true, Active: 9}, 9, ""},
	} {
		s.Set(test.state)
		select {
		case <-d.Changed():
		case <-time.After(20 * time.Second):
			t.Fatalf("%+v: not told", test.state)
		}
		pid, err := d.ActivePID()
		if pid != test.want || (err == nil) != (test.wrong == "") || err != nil && err.Error() != test.wrong {
			t.Errorf("%+v: %d, %v", test.state, pid, err)
		}
	}
}

func TestClients(t *testing.T) {
	d := connect(t, serve(t, x11test.State{Manager: true, Active: 7, Others: []int{8, 9}}))
	if pids, err := d.Clients(); err != nil || !slices.Equal(pids, []int{8, 9, 7}) {
		t.Errorf("%v, %v", pids, err)
	}
}

func TestDialWayland(t *testing.T) {
	s := serve(t, x11test.State{Manager: true, Wayland: true})
	if d, err := Dial(s.Display, ""); err == nil || !strings.Contains(err.Error(), "Wayland") {
		t.Errorf("%v, %v", d, err)
	}
}

// TestServerEnds: the channel is closed, and what is asked is an error.
func TestServerEnds(t *testing.T) {
	s := serve(t, x11test.State{Manager: true})
	d := connect(t, s)
	s.Close()
	select {
	case _, open := <-d.Changed():
		if open {
			t.Error("told of a change")
		}
	case <-time.After(20 * time.Second):
		t.Fatal("not told of the end")
	}
	if pid, err := d.ActivePID(); err == nil {
		t.Errorf("%d", pid)
	}
}

// TestServerHangs: nobody waits for ever.
func TestServerHangs(t *testing.T) {
	t.Parallel() // it takes as long as the patience
	s := serve(t, x11test.State{Manager: true})
	d := connect(t, s)
	s.Set(x11test.State{Silent: true})
	if pid, err := d.ActivePID(); err == nil || !strings.Contains(err.Error(), "does not answer") {
		t.Errorf("%d, %v", pid, err)
	}
	if pid, err := d.ActivePID(); err == nil {
		t.Errorf("a second time: %d", pid)
	}
}
