//go:build rig

package session

import (
	"os"
	"strconv"
	"testing"

	"github.com/godbus/dbus/v5"

	"electroscope/monitor/kwin"
)

// fakeKWin takes a script and does what script.js has KWin do: it calls whoever loaded the script.
type fakeKWin struct {
	conn *dbus.Conn
	told int
	tell chan *dbus.Object // whom to tell
}

func (k *fakeKWin) UnloadScript(string) (bool, *dbus.Error) { return false, nil }

func (k *fakeKWin) LoadScript(from dbus.Sender, _, _ string) (int32, *dbus.Error) {
	k.tell <- k.conn.Object(string(from), "/io/github/electroscope/Watch").(*dbus.Object)
	return 0, nil
}

func (k *fakeKWin) Start() *dbus.Error { return nil }

// says is what KWin 6.3 says when another window becomes the active one: none first, then twice which. It
// waits for the answers only after all three.
func (k *fakeKWin) says(to *dbus.Object, pids ...int) error {
	var calls []*dbus.Call
	for _, pid := range pids {
		k.told++
		calls = append(calls, to.Go("io.github.electroscope.Watch.Windows", 0, make(chan *dbus.Call, 1), strconv.Itoa(k.told), strconv.Itoa(pid), "7"))
	}
	for _, call := range calls {
		<-call.Done
		if call.Err != nil {
			return call.Err
		}
	}
	return nil
}

// TestBackgroundByFakeKWin: what KWin said last holds, however closely its calls follow each other.
func TestBackgroundByFakeKWin(t *testing.T) {
	s := newStage(t)
	k := &fakeKWin{conn: newBusConn(s), tell: make(chan *dbus.Object, 1)}
	s.must(k.conn.ExportWithMap(k, map[string]string{"UnloadScript": "unloadScript", "LoadScript": "loadScript", "Start": "start"},
		"/Scripting", "org.kde.kwin.Scripting"))
	_, err := k.conn.RequestName("org.kde.KWin", dbus.NameFlagDoNotQueue)
	s.must(err)
	watcher := make(chan *dbus.Object, 1)
	go func() {
		to := <-k.tell
		_ = k.says(to, 0) // without it Dial fails
		watcher <- to
	}()
	w, err := kwin.Dial(os.Getenv("DBUS_SESSION_BUS_ADDRESS"), os.Getenv("XDG_RUNTIME_DIR")+"/electroscope")
	s.must(err)
	defer w.Close()
	to := <-watcher
	wrong := 0
	for pid := range 1000 {
		s.must(k.says(to, 0, pid, pid))
		if active, err := w.ActivePID(); err != nil || active != pid {
			wrong++
		}
	}
	if wrong > 0 {
		t.Errorf("of 1000 times, another window counted as the active one %d times", wrong)
	}
}
