package systemd

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"testing"
	"time"

	godbus "github.com/godbus/dbus/v5"

	"electroscope/launcher/procstat"
)

func measured(t *testing.T, what float64) {
	t.Helper()
	before := contention
	t.Cleanup(func() { contention = before })
	contention = func() float64 { return what }
}

// TestExpired: how long a launch waits for a manager that does not answer, looked at over
// and over as the launch does.
func TestExpired(t *testing.T) {
	works := func(at time.Duration) sight { return sight{lives: true, done: uint64(at / time.Second)} }
	stands := func(time.Duration) sight { return sight{lives: true, done: 7} }
	waits := func(time.Duration) sight { return sight{lives: true, runnable: true} }
	ended := func(time.Duration) sight { return sight{} }
	worksUntil := func(end time.Duration) func(time.Duration) sight {
		return func(at time.Duration) sight { return works(min(at, end)) }
	}
	for _, test := range []struct {
		name       string
		patience   time.Duration
		contention float64
		manager    func(time.Duration) sight
		want       time.Duration
	}{
		{"idle, it works", 2 * time.Second, 1, works, 2 * time.Second},
		{"busy, it works", 2 * time.Second, 3, works, 6 * time.Second},
		{"busy, it stands still", 2 * time.Second, 3, stands, 6 * time.Second},
		{"very busy, it works", 2 * time.Second, 8, works, 16 * time.Second},
		{"very busy, it waits for a processor", 2 * time.Second, 8, waits, 16 * time.Second},
		{"very busy, it stands still", 2 * time.Second, 8, stands, 10 * time.Second},
		{"very busy, it has ended or is not known", 2 * time.Second, 8, ended, 10 * time.Second},
		{"very busy, it works and then stands still", 2 * time.Second, 8, worksUntil(6 * time.Second), 15 * time.Second},
		{"overloaded, it works", 2 * time.Second, 1000, works, 30 * time.Second},
		{"overloaded, it works and then stands still", 2 * time.Second, 1000, worksUntil(17 * time.Second), 25 * time.Second},
		{"started with the session", 30 * time.Second, 8, works, 30 * time.Second},
		{"of a longer patience than any", time.Minute, 8, works, time.Minute},
	} {
		measured(t, test.contention)
		began := time.Now()
		w := wait{deadline: began.Add(test.patience), patience: test.patience}
		at := time.Duration(0)
		for ; at < 5*time.Minute && !w.expired(began.Add(at), func() sight { return test.manager(at) }); at += time.Millisecond {
		}
		if at != test.want {
			t.Errorf("%s: it waits for %v, want %v", test.name, at, test.want)
		}
		if !w.expired(began.Add(at+time.Millisecond), func() sight { return test.manager(at) }) {
			t.Errorf("%s: it waits on after the end", test.name)
		}
	}
}

// TestBusyMachine: a manager that gets only its share of the processors is waited for in
// proportion, and one that never answers costs no more than that.
func TestBusyMachine(t *testing.T) {
	slow := func(late time.Duration) *scriptedManager {
		return obliging(t, func(_ net.Conn, calls int, _ *godbus.Message) bool {
			if calls == 1 {
				time.Sleep(late)
			}
			return false
		})
	}
	const patience = 200 * time.Millisecond
	for _, test := range []struct {
		name       string
		contention float64
		late       time.Duration
		starts     bool
	}{
		{"idle", 1, 20 * patience, false},
		{"busy", 100, 2 * patience, true},
		{"busy, and the manager hangs", 1.5, 20 * patience, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			measured(t, test.contention)
			if _, err := launch(t, slow(test.late), discord(), patience); (err == nil) != test.starts || err != nil && !errors.Is(err, ErrDeadline) {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestSight(t *testing.T) {
	const rest = " 1 50 50 0 -1 4194560 1228 1386 2 0 30 12 0 1 20 0 1 0 100 1 1"
	for text, want := range map[string]sight{
		"50 (systemd) S" + rest:     {lives: true, done: 44},
		"50 (systemd) R" + rest:     {lives: true, done: 44, runnable: true},
		"50 (systemd) T" + rest:     {lives: true, done: 44},
		"50 (systemd) Z" + rest:     {},
		"50 (systemd) X" + rest:     {},
		"50 (dbus-daemon) S" + rest: {},
		"50 ((sd-pam)) S" + rest:    {},
		"50 (x) (systemd) S" + rest: {},
		"50 (systemd) S":            {lives: true},
		"50 (systemd":               {},
		"":                          {},
	} {
		if got := sightOf(procstat.Parse(text)); got != want {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
}

// as has /proc say that the process of this test is something else.
func as(t *testing.T, stat string) {
	t.Helper()
	before := procFolder
	t.Cleanup(func() { procFolder = before })
	procFolder = t.TempDir()
	dir := fmt.Sprintf("%s/%d", procFolder, os.Getpid())
	if err := errors.Join(os.Mkdir(dir, 0o755), os.WriteFile(dir+"/stat", []byte(stat), 0o644)); err != nil {
		t.Fatal(err)
	}
}

// TestComesBack: a manager that hung up and does not listen for longer than absence is
// called for as long as its process lives.
func TestComesBack(t *testing.T) {
	for _, test := range []struct {
		name, stat     string
		removes        bool // its socket
		away, patience time.Duration
		starts         bool
	}{
		{"it lives", "50 (systemd) S 1 0", false, 3 * absence, long, true},
		{"it lives, and its socket is gone", "50 (systemd) R 1 0", true, 3 * absence, long, true},
		{"it is stopped for a while", "50 (systemd) T 1 0", false, 3 * absence, long, true},
		{"it lives, and does not come in time", "50 (systemd) S 1 0", false, long, 2 * absence, false},
		{"it has ended", "50 (systemd) Z 1 0", false, long, 2 * long, false},
		{"it has ended, and its socket is gone", "50 (systemd) Z 1 0", true, long, 2 * long, false},
		{"what listened is not a systemd", "50 (dbus-daemon) S 1 0", false, long, 2 * long, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			measured(t, 1)
			as(t, test.stat)
			hangUp := make(chan *scriptedManager, 1)
			s := obliging(t, func(conn net.Conn, _ int, _ *godbus.Message) bool {
				select {
				case s := <-hangUp:
					s.leave(test.away, test.removes)
					conn.Close()
					return true
				default:
					return false
				}
			})
			hangUp <- s
			_, err := launch(t, s, discord(), test.patience)
			if (err == nil) != test.starts || err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("%v", err)
			}
		})
	}
}
