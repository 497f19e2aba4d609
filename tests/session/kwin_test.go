//go:build rig

package session

import (
	"os"
	"strconv"
	"testing"
	"time"

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

// activates says what KWin 6.3 says when another window becomes the active one: none first, then twice
// which, without waiting for an answer.
func (k *fakeKWin) activates(to *dbus.Object, pids ...int) {
	for _, pid := range pids {
		k.told++
		to.Go("io.github.electroscope.Watch.Windows", dbus.FlagNoReplyExpected, nil, strconv.Itoa(k.told), strconv.Itoa(pid), "7")
	}
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
		k.activates(to, 0)
		watcher <- to
	}()
	w, err := kwin.Dial(os.Getenv("DBUS_SESSION_BUS_ADDRESS"), os.Getenv("XDG_RUNTIME_DIR")+"/electroscope")
	s.must(err)
	defer w.Close()
	to := <-watcher
	wrong := 0
	for i := range 1000 {
		k.activates(to, 0, i+1, i+1)
		var got int
		if !until(100*time.Millisecond, func() bool { got, _ = w.ActivePID(); return got == i+1 }) {
			wrong++
		}
	}
	if wrong > 0 {
		t.Errorf("of 1000 times, another window counted as the active one %d times", wrong)
	}
}
