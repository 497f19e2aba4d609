package systemd

import (
	"net"
	"reflect"
	"strings"
	"testing"
	"time"

	godbus "github.com/godbus/dbus/v5"
)

func someService() Service {
	return Service{
		Name: "electroscope-notice-discord.service", Description: "Notice about discord", Slice: "background.slice",
		Program: "/opt/a b/$HOME/electroscope", Argv: []string{"electroscope", "notify", "$HOME 100% \"\n"}, Env: []string{"A=b c"},
		Longest: 150 * time.Second,
	}
}

// TestServiceReadByGodbus: an implementation that is not ours reads what we write.
// tests/session has it on real managers.
func TestServiceReadByGodbus(t *testing.T) {
	s := newScripted(t, func(conn net.Conn, _ int, m *godbus.Message) {
		var name, mode string
		var properties []struct {
			Name  string
			Value godbus.Variant
		}
		var auxiliary []struct {
			Name       string
			Properties []struct {
				Name  string
				Value godbus.Variant
			}
		}
		if err := godbus.Store(m.Body, &name, &mode, &properties, &auxiliary); err != nil {
			t.Error(err)
		}
		values := map[string]any{}
		for _, p := range properties {
			values[p.Name] = p.Value.Value()
		}
		want := map[string]any{
			"Description": "Notice about discord", "Slice": "background.slice", "CollectMode": "inactive-or-failed",
			"RuntimeMaxUSec": uint64(150e6), "Environment": []string{"A=b c"},
			"ExecStartEx": [][]any{{"/opt/a b/$HOME/electroscope", []string{"electroscope", "notify", "$HOME 100% \"\n"}, []string{"no-env-expand"}}},
		}
		if name != "electroscope-notice-discord.service" || mode != "fail" || len(auxiliary) > 0 || !reflect.DeepEqual(values, want) {
			t.Errorf("%q %q %#v %v", name, mode, values, auxiliary)
		}
		reply(t, conn, m, godbus.ObjectPath("/org/freedesktop/systemd1/job/7"))
	})
	if err := runOn(t, s, someService(), 20*time.Second); err != nil {
		t.Error(err)
	}
}

func runOn(t *testing.T, s *scriptedManager, service Service, patience time.Duration) error {
	t.Helper()
	c, err := Dial(s.dir, time.Now().Add(20*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	return c.Run(service, time.Now().Add(patience))
}

func TestServiceAnswers(t *testing.T) {
	odd := someService()
	odd.Program = "/opt/\xff"
	for _, test := range []struct {
		name     string
		service  Service
		answer   func(conn net.Conn, m *godbus.Message)
		patience time.Duration
		want     string // in the error; "" for none
	}{
		{"one that is there already", someService(), func(conn net.Conn, m *godbus.Message) { refuse(t, conn, m, errUnitExists, "x") }, 20 * time.Second, ""},
		{"refused", someService(), func(conn net.Conn, m *godbus.Message) {
			refuse(t, conn, m, "org.freedesktop.DBus.Error.PropertyReadOnly", "Cannot set property ExecStartEx")
		}, 20 * time.Second, "ExecStartEx"},
		{"no answer", someService(), func(net.Conn, *godbus.Message) {}, 50 * time.Millisecond, ErrDeadline.Error()},
		{"hung up", someService(), func(conn net.Conn, _ *godbus.Message) { conn.Close() }, 20 * time.Second, "EOF"},
		{"a path that is not text", odd, func(net.Conn, *godbus.Message) { t.Error("asked all the same") }, 20 * time.Second, "UTF-8"},
	} {
		s := newScripted(t, func(conn net.Conn, _ int, m *godbus.Message) { test.answer(conn, m) })
		err := runOn(t, s, test.service, test.patience)
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
	}
}

// TestServiceAfterScope: the answer is told from those of what was asked before.
func TestServiceAfterScope(t *testing.T) {
	var scope *godbus.Message
	s := newScripted(t, func(conn net.Conn, calls int, m *godbus.Message) {
		if calls == 1 {
			scope = m
			return
		}
		refuse(t, conn, scope, "org.freedesktop.DBus.Error.Failed", "the scope")
		reply(t, conn, m, godbus.ObjectPath("/org/freedesktop/systemd1/job/7"))
	})
	c, err := Dial(s.dir, time.Now().Add(20*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.Start(Unit{Name: "app-x-1.scope", PID: 1}); err != nil {
		t.Fatal(err)
	}
	if err := c.Run(someService(), time.Now().Add(20*time.Second)); err != nil {
		t.Error(err)
	}
}
