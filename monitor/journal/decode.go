package journal

import (
	"strings"

	"electroscope/launcher/term"
	"electroscope/launcher/unitname"
	"electroscope/monitor"
	"electroscope/monitor/watch"
)

// Messages that systemd gives an ID (src/systemd/sd-messages.h), as 252 to 262 have them.
const (
	unitStarted   = "39f53479d3a045ac8e11786248231fbf"
	unitStopping  = "de5b426a63be47a7b6ac3eaac82e2f6f"
	unitStopped   = "9d1aaa27d60140bd96365438aad20286"
	unitFailed    = "d9b373ed55a64feb8242e02dbe79a49c"
	unitResources = "ae8f7b866b0347b9af31fe1c80b127c0"
	unitOOM       = "fe6faa94e7774663a0da52717891d8ef"
	unitOOMD      = "d989611b15e44c9dbf31e3c81256e4ed"
	coreDump      = "fc2e22bc6ee647b6b90729ab34a250b1"
)

// UnitMessages are the IDs of those about units.
func UnitMessages() []string {
	return []string{unitStarted, unitStopping, unitStopped, unitFailed, unitResources, unitOOM, unitOOMD}
}

// unitKind is what a message about a unit says; empty if it is not one.
func unitKind(id text) Kind {
	switch id {
	case unitStarted:
		return Started
	case unitStopping:
		return Stopping
	case unitStopped:
		return Stopped
	case unitFailed:
		return Failed
	case unitResources:
		return Ended
	case unitOOM:
		return OOM
	case unitOOMD:
		return OOMD
	}
	return ""
}

// identifier is how a launch signs what it sends to the journal by itself.
const identifier = "electroscope"

// gpuExited is what Chromium logs (content/browser/gpu/gpu_process_host.cc).
const gpuExited = "GPU process exited unexpectedly"

// A decoder makes events of records that come in the order of time. Records of other users
// are passed over: root, and who is in the group adm, reads them all.
type decoder struct {
	uid    int
	kernel kernel
	events []Event
}

func (d *decoder) add(r record) {
	if r.Transport == "kernel" {
		d.addKernel(r)
		return
	}
	if e, ok := decode(r, d.uid); ok {
		e.Time, e.Boot = r.Time.time(), string(r.Boot)
		d.events = append(d.events, e)
	}
}

// decode makes an event of a record that is not the kernel's.
func decode(r record, uid int) (Event, bool) {
	if r.MessageID == coreDump {
		return coreDumpEvent(r), r.CoreUID.number() == uid
	}
	if r.UID.number() != uid {
		return Event{}, false
	}
	if kind := unitKind(r.MessageID); kind != "" {
		return unitEvent(r, kind)
	}
	e := Event{Unit: string(r.SenderUnit), PID: r.PID.number()}
	message := string(r.Message)
	switch {
	case r.Identifier == identifier && r.Watch != "":
		return watchEvent(r)
	case r.Identifier == identifier:
		e.Kind, e.App, e.Text = Note, string(r.App), message
	case strings.HasPrefix(message, noteLine), strings.HasPrefix(message, errorLine):
		// The stderr of an app that a desktop starts is the journal, and what the launch writes there is not sent twice.
		e.Kind, e.Text = Note, strings.TrimPrefix(strings.TrimPrefix(message, noteLine), errorLine)
		e.App, _, _ = strings.Cut(e.Text, " ")
	case strings.Contains(message, gpuExited):
		e.Kind = GPUExit
	}
	return e, e.Kind != "" && (e.Kind != GPUExit || unitname.IsLaunch(e.Unit))
}

// watchEvent is what electroscope watch told the user (cmd/electroscope/cli/watch.go).
func watchEvent(r record) (Event, bool) {
	e := Event{Unit: string(r.WatchUnit)}
	switch watch.Kind(r.Watch) {
	case watch.Killed:
		e.Kind, e.Text = Watched, string(r.WatchPart)
	case watch.Slowed:
		e.Kind, e.Text = Slowed, string(r.Message)
	}
	return e, e.Kind != ""
}

// The begins of lines of a launch ([term.Message]).
const (
	noteLine  = "electroscope: " + string(term.Note) + ": "
	errorLine = "electroscope: " + string(term.Error) + ": "
)

// unitEvent is about a unit of the user's manager: a scope, or what ends with the session.
func unitEvent(r record, kind Kind) (Event, bool) {
	e := Event{Kind: kind, Unit: string(r.Unit), Text: string(r.UnitResult)}
	switch {
	case kind == Ended:
		e.Used = Used{Peak: monitor.ParseFigure(string(r.Peak)), SwapPeak: monitor.ParseFigure(string(r.SwapPeak))}
		if ns, known := monitor.ParseFigure(string(r.CPU)).Get(); known {
			e.Used.CPU = monitor.Known(ns / 1000)
		}
	case endsSession(e.Unit, kind):
		return Event{Kind: Logout, Unit: e.Unit}, true
	}
	return e, strings.HasSuffix(e.Unit, unitname.Extension)
}

// endsSession reports whether the session is over: the desktop's target stops, or the user's
// manager goes down (systemd.special(7)).
func endsSession(unit string, kind Kind) bool {
	switch unit {
	case "graphical-session.target":
		return kind == Stopped
	case "shutdown.target", "exit.target":
		return kind == Started
	}
	return false
}

// coreDumpEvent is a record of systemd-coredump (src/coredump/coredump.c), which its user may
// read. It is sent by what reads the core, and not by what crashed.
func coreDumpEvent(r record) Event {
	signal := string(r.CoreSignal)
	if signal == "" {
		signal = "signal " + string(r.CoreNumber)
	}
	return Event{Kind: Crash, Unit: string(r.CoreUnit), PID: r.CorePID.number(), Process: string(r.CoreProcess), Text: signal}
}
