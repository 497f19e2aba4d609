package cli

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"os"
	"os/signal"
	"syscall"

	"github.com/coreos/go-systemd/v22/journal"

	"electroscope/launcher"
	"electroscope/launcher/dbus"
	"electroscope/launcher/limit"
	"electroscope/monitor"
	"electroscope/monitor/watch"
)

func watchCommand() *command {
	var release bool
	return &command{
		name:    "watch",
		args:    "[--release]",
		summary: "Tell when an app is killed or slowed for its limits",
		details: `
Waits until the kernel kills a process of an app for its MemoryMax, slows an app
at its MemoryHigh for half a minute, or an app's main process leaves its scope,
which it then brings back; and says so in a desktop notification and in the
journal. The notification has buttons that raise the limit or restart the app.

With background = "weight", "reclaim" or "freeze" in apps.toml it lowers the
CPUWeight of an app to 10, has the kernel reclaim its memory, or freezes it, as
soon as none of its windows has been the active one for background-after, 10min
by default. It undoes that when one is, when the app is started once more, and
when watch ends. Which window is active it learns from the window manager of an
X session, or from KWin in a Wayland session; in another Wayland session every
app is left alone. So is an app that plays or records sound, and every app while
it is not known who does: pactl(1) asks PulseAudio or PipeWire.

It sleeps while nothing happens. electroscope install --watch runs it in each
session, as the user service electroscope-watch.service. Ctrl-C ends it.`,
		flags: func(fs *flag.FlagSet) {
			fs.BoolVar(&release, "release", false, "thaw what a watch that was killed has left frozen, and end")
		},
		run: func(inv *invocation, _ []string) error {
			if release {
				return releaseApps(inv)
			}
			return runWatch(inv)
		},
	}
}

func runWatch(inv *invocation) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	manager := launcher.ReadDelegation(inv.process)
	if manager.Group == "" {
		why := cmp.Or(manager.Nothing, manager.Unknown)
		return errors.New("cannot watch: " + why.Text)
	}
	notifier := &watch.Notifier{Address: dbus.SessionAddress(inv.process.Getenv, inv.process.Getenv("XDG_RUNTIME_DIR")), Act: func(app, action string) {
		if err := act(app, action); err != nil {
			inv.note(err.Error(), "")
		}
	}}
	defer notifier.Close()
	keeper, kept := keeperOf(inv, manager), make(chan struct{})
	go func() {
		defer close(kept)
		keeper.Run(ctx)
	}()
	w := watch.Watcher{
		Reader: reader(inv.process), Manager: manager.Group,
		Apps:   func() []monitor.Candidate { return catalogued(inv) },
		Tell:   func(f watch.Finding) { go tell(inv, notifier, f) },
		Follow: keeper,
	}
	err := w.Run(ctx)
	stop()
	<-kept // it thaws what it froze
	return err
}

// catalogued are the apps of the catalogue as it is now. Its mistakes are said by other commands.
func catalogued(inv *invocation) []monitor.Candidate {
	all, _ := inv.layers().All()
	var list []monitor.Candidate
	for _, app := range all.Apps {
		list = append(list, monitor.Candidate{App: app})
	}
	return list
}

// tell says a finding wherever it may be heard.
func tell(inv *invocation, notifier *watch.Notifier, f watch.Finding) {
	n := watch.NoticeOf(f)
	if f.Kind == watch.Escaped {
		if _, err := controlOf(inv.process).BringBack(f.App); err == nil {
			n.Text, n.Remedy = n.Text+"; it was brought back", "what it used until then stays outside of them"
		}
	}
	fields := map[string]string{
		"SYSLOG_IDENTIFIER": "electroscope", "ELECTROSCOPE_APP": f.App.Name, "ELECTROSCOPE_EVENT": string(f.Kind), "ELECTROSCOPE_UNIT": f.App.Unit,
		"ELECTROSCOPE_PROCESS": string(f.What),
	}
	err := journal.Send(n.Text+"; "+n.Remedy, journal.PriWarning, fields)
	if isJournal, _ := journal.StderrIsJournalStream(); err != nil || !isJournal { // somebody may read it
		inv.note(n.Text, n.Remedy)
	}
	if err := notifier.Show(n, actionsFor(f)); err != nil {
		inv.note(err.Error(), "the journal has what it would have said")
	}
}

const (
	raise   = "raise"
	restart = "restart"
)

func actionsFor(f watch.Finding) []watch.Action {
	var list []watch.Action
	if to, ok := watch.Raised(f.App); ok && f.Kind != watch.Escaped {
		list = append(list, watch.Action{Key: raise + " " + limit.SizeText(to), Label: "Raise to " + limit.SizeText(to)})
	}
	return append(list, watch.Action{Key: restart, Label: "Restart"})
}
