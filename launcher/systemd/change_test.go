package systemd

import (
	"errors"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"electroscope/launcher/dbus"

	godbus "github.com/godbus/dbus/v5"
	"github.com/google/go-cmp/cmp"
)

// started is a scope that a scripted manager has made.
func started(t *testing.T, special func(conn net.Conn, calls int, m *godbus.Message) bool) *Start {
	t.Helper()
	c, err := Dial(obliging(t, special).dir, time.Now().Add(long))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	s, err := c.Start(discord())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Wait(); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSet(t *testing.T) {
	s := started(t, func(conn net.Conn, _ int, m *godbus.Message) bool {
		if member(m) != "SetUnitProperties" || unitOf(m) != "app-discord-42.scope" {
			return false
		}
		var list []prop
		if err := godbus.Store(m.Body[2:3], &list); err != nil || len(list) != 1 {
			t.Errorf("SetUnitProperties of %v: %v", m.Body, err)
		}
		if list[0].Name == "MemoryMax" {
			reply(t, conn, m)
		} else {
			refuse(t, conn, m, propertyReadOnly, "no")
		}
		return true
	})
	refused, err := s.Set("app-discord-42.scope", []Property{{Name: "MemoryMax", Value: uint64(1)}, {Name: "MemoryNew", Value: uint64(2)}})
	if diff := cmp.Diff([]Refusal{{"MemoryNew", "no"}}, refused); err != nil || diff != "" {
		t.Errorf("%v, %s", err, diff)
	}
}

// TestRecheck: a budget that was there and has been reverted is set again, although
// the memo has it; what somebody else chose stays, and is known.
func TestRecheck(t *testing.T) {
	for _, test := range []struct {
		name   string
		later  uint64 // what the slice has at the second look
		sets   uint64
		chosen bool
	}{
		{"reverted", infinity, 2, false},
		{"somebody's choice", 99, 1, true},
		{"as we left it", 7, 2, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			var has, sets atomic.Uint64 // the manager is another goroutine
			has.Store(infinity)
			s := started(t, func(conn net.Conn, _ int, m *godbus.Message) bool {
				switch member(m) {
				case "Get":
					reply(t, conn, m, godbus.MakeVariant(has.Load()))
					return true
				case "SetUnitProperties":
					sets.Add(1)
				}
				return false
			})
			has.Store(test.later)
			if err := s.Recheck(discord().Slices[0]); err != nil {
				t.Fatal(err)
			}
			if v, known := s.Chosen("app-electron.slice", "MemoryHigh"); sets.Load() != test.sets || known != test.chosen || known && v != test.later {
				t.Errorf("set %d times; chosen %d, %v", sets.Load(), v, known)
			}
		})
	}
}

func TestDropIns(t *testing.T) {
	want := []string{"/a/scope.d/1.conf", "/b/app-.scope.d/2.conf"}
	hangUp := true
	s := started(t, func(conn net.Conn, _ int, m *godbus.Message) bool {
		if member(m) != "Get" || m.Body[1] != "DropInPaths" {
			return false
		}
		if hangUp { // as at a re-execution: it is asked on a new connection
			hangUp = false
			conn.Close()
			return true
		}
		reply(t, conn, m, godbus.MakeVariant(want))
		return true
	})
	got, err := s.DropIns("app-discord-42.scope")
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v, %s", err, diff)
	}
}

func TestAnswerLost(t *testing.T) {
	for _, test := range []struct {
		err  error
		lost bool
	}{
		{ErrDeadline, true},
		{dbus.ErrMalformed, true},
		{errGone, true},
		{&dbus.CallError{Name: "org.freedesktop.DBus.Error.NoReply"}, true},
		{&dbus.CallError{Name: "org.freedesktop.systemd1.UnitExists"}, false},
		{errors.Join(&JobError{Result: "failed"}), false},
	} {
		if got := AnswerLost(test.err); got != test.lost {
			t.Errorf("%v: %v", test.err, got)
		}
	}
}

// TestForeignJob: a signal that names our unit, but another job, says nothing of ours.
func TestForeignJob(t *testing.T) {
	s := obliging(t, func(conn net.Conn, _ int, m *godbus.Message) bool {
		if member(m) != "StartTransientUnit" {
			return false
		}
		reply(t, conn, m, godbus.ObjectPath("/org/freedesktop/systemd1/job/4"))
		conn.Write(jobRemoved(t, unitOf(m), "failed")) // job 3
		conn.Write(wireOfGodbus(t, godbus.TypeSignal, map[godbus.HeaderField]godbus.Variant{
			godbus.FieldPath: godbus.MakeVariant(godbus.ObjectPath(objectManager)), godbus.FieldInterface: godbus.MakeVariant(ifaceManager),
			godbus.FieldMember: godbus.MakeVariant("JobRemoved"),
		}, uint32(4), godbus.ObjectPath("/org/freedesktop/systemd1/job/4"), unitOf(m), "done"))
		return true
	})
	if _, err := launch(t, s, discord(), long); err != nil {
		t.Error(err)
	}
}
