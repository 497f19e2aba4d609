package compare

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"electroscope/launcher/cgroup"
	"electroscope/launcher/systemd"
	"electroscope/monitor"
)

// A Trial is what stays the same in all rounds.
type Trial struct {
	Program    string   // electroscope itself
	App        string   // a name of the catalogue
	Args       []string // for the app
	Chromium   bool     // the app is a browser, which takes a profile and the workload
	Seconds    float64  // that each round lasts
	Env        []string
	RuntimeDir string
	Reader     monitor.Reader
	Manager    cgroup.Group
}

// startTimeout is how long an app may take to run the page, and ended how long to end. Its memory
// is looked at every quarter of a second, and where it is every second: to look is work too.
const (
	startTimeout = 60 * time.Second
	ended        = 10 * time.Second
	every        = 250 * time.Millisecond
	everyGroups  = 4
)

// Run does one round.
func (t Trial) Run(ctx context.Context, s Setting) (Measured, error) {
	dir, err := os.MkdirTemp("", "electroscope-compare-")
	if err != nil {
		return Measured{}, err
	}
	defer os.RemoveAll(dir)
	r := round{Trial: t, dir: dir}
	defer r.end()
	began := time.Now()
	if err := r.start(s); err != nil {
		return Measured{}, err
	}
	m := Measured{Ready: math.NaN(), Frames: math.NaN()}
	watched, stop := context.WithCancel(ctx)
	sampled := make(chan figures, 1)
	go func() { sampled <- r.sample(watched) }()
	err = r.work(ctx, began, &m)
	stop()
	f := <-sampled
	m.Peak, m.Mean, m.CPU = f.peak, f.mean(), f.cpu
	return m, errors.Join(err, ctx.Err())
}

// A round is one start of the app.
type round struct {
	Trial
	dir   string
	cmd   *exec.Cmd
	done  chan struct{}
	tools *devtools
	said  strings.Builder
}

// start starts the app. Without electroscope it waits in a shell until its scope is there.
func (r *round) start(s Setting) error {
	words := append([]string{"run", "--", r.App}, r.Args...)
	r.cmd = exec.Command(r.Program, words...)
	r.cmd.Env = append(r.cmd.Env, r.Env...)
	if s.TOML != "" {
		r.cmd.Env = append(r.cmd.Env, "ELECTROSCOPE_SET="+s.TOML)
	}
	var gate io.WriteCloser
	if s.Off {
		r.cmd = exec.Command("/bin/sh", append([]string{"-c", `read -r go && exec "$0" "$@" </dev/null`, r.Program}, words...)...)
		r.cmd.Env = append(append(r.cmd.Env, r.Env...), "ELECTROSCOPE_DISABLE=1")
		var err error
		if gate, err = r.cmd.StdinPipe(); err != nil {
			return err
		}
		defer gate.Close()
	}
	if r.Chromium {
		tools, err := newDevtools()
		if err != nil {
			return err
		}
		r.tools = tools
		r.cmd.ExtraFiles = tools.theirs
		r.cmd.Args = append(r.cmd.Args, "--user-data-dir="+r.dir+"/profile", "--no-first-run", "--remote-debugging-pipe")
	}
	r.cmd.Stderr = &r.said
	r.cmd.WaitDelay = time.Second
	if err := r.cmd.Start(); err != nil {
		return fmt.Errorf("cannot start %q: %w", r.App, err)
	}
	r.done = make(chan struct{})
	go func() { _ = r.cmd.Wait(); close(r.done) }()
	if r.tools != nil {
		r.tools.started()
	}
	if gate == nil {
		return nil
	}
	if err := r.scope(); err != nil {
		return err
	}
	_, err := io.WriteString(gate, "go\n")
	return err
}

// scope puts the process into a scope without limits.
func (r *round) scope() error {
	conn, err := systemd.Dial(r.RuntimeDir, time.Now().Add(ended))
	if err != nil {
		return fmt.Errorf("cannot ask for a scope to measure in: %w", err)
	}
	defer conn.Close()
	start, err := conn.Start(systemd.Unit{Name: fmt.Sprintf("electroscope-compare-%d.scope", r.pid()), Slice: "app.slice", PID: r.pid(), Description: "measured without limits"})
	if err == nil {
		_, err = start.Wait()
	}
	if err != nil {
		return fmt.Errorf("there is no scope to measure in: %w", err)
	}
	return nil
}

func (r *round) pid() int { return r.cmd.Process.Pid }

// work has the app do what it is measured at.
func (r *round) work(ctx context.Context, began time.Time, m *Measured) error {
	if r.tools == nil {
		select {
		case <-time.After(time.Duration(r.Seconds * float64(time.Second))):
			return nil
		case <-r.done:
			return fmt.Errorf("%s has ended: %v; %s", r.App, r.cmd.ProcessState, strings.TrimSpace(r.said.String()))
		case <-ctx.Done():
			return nil
		}
	}
	page := filepath.Join(r.dir, "workload.html")
	if err := os.WriteFile(page, []byte(workload), 0o644); err != nil {
		return err
	}
	limit := time.Now().Add(systemd.Stretched(startTimeout))
	session, err := r.tools.open(limit, "file://"+page)
	if err == nil {
		err = r.tools.loaded(limit, session)
	}
	if err != nil {
		return fmt.Errorf("%s does not show the page of the workload: %w; %s", r.App, err, strings.TrimSpace(r.said.String()))
	}
	m.Ready = time.Since(began).Seconds()
	limit = time.Now().Add(time.Duration(r.Seconds*float64(time.Second)) + systemd.Stretched(startTimeout))
	m.Frames, err = r.tools.evaluate(limit, session, fmt.Sprintf("work(%g)", r.Seconds))
	return err
}

// groups are the scopes that the app is in: its own, and those that its Chromium has asked for by
// the PID of its main process.
func (r *round) groups() []cgroup.Group {
	suffix := "-" + strconv.Itoa(r.pid()) + ".scope"
	var list []cgroup.Group
	_ = filepath.WalkDir(r.Reader.Cgroup+string(r.Manager), func(path string, item os.DirEntry, err error) error {
		switch {
		case err != nil || !item.IsDir():
			return nil // it has ended meanwhile
		case strings.HasSuffix(path, suffix):
			list = append(list, cgroup.Group(strings.TrimPrefix(path, r.Reader.Cgroup)))
			return filepath.SkipDir
		case strings.HasSuffix(path, ".scope") || strings.HasSuffix(path, ".service") && path != r.Reader.Cgroup+string(r.Manager):
			return filepath.SkipDir
		}
		return nil
	})
	return list
}

// figures are those of the samples of a round.
type figures struct {
	peak, sum, cpu float64
	samples        int
	unknown        bool
}

func (f figures) mean() float64 {
	if f.unknown || f.samples == 0 {
		return math.NaN()
	}
	return f.sum / float64(f.samples)
}

// sample looks at the app until the context ends.
func (r *round) sample(ctx context.Context) figures {
	f := figures{cpu: math.NaN()}
	var groups []cgroup.Group
	for i := 0; ; i++ {
		if i%everyGroups == 0 || len(groups) == 0 {
			groups = r.groups()
		}
		f.add(groups, r.Reader)
		select {
		case <-ctx.Done():
			if f.unknown || f.samples == 0 {
				f.peak = math.NaN()
			}
			return f
		case <-time.After(every):
		}
	}
}

// add takes one sample.
func (f *figures) add(groups []cgroup.Group, reader monitor.Reader) {
	if len(groups) == 0 {
		return
	}
	memory, cpu, cpuKnown := 0.0, 0.0, true
	for _, g := range groups {
		now := reader.Group(g)
		n, known := now.Memory.Current.Get()
		f.unknown = f.unknown || !known
		memory += float64(n)
		used, known := now.CPU.Usage.Get()
		cpuKnown = cpuKnown && known
		cpu += float64(used) / 1e6
	}
	f.samples++
	f.sum += memory
	f.peak = max(f.peak, memory)
	if cpuKnown {
		f.cpu = cpu
	}
}

// end ends the app, with all that is in its scopes.
func (r *round) end() {
	if r.tools != nil {
		defer r.tools.close()
	}
	if r.done == nil {
		return
	}
	groups := r.groups()
	_ = r.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-r.done:
	case <-time.After(ended):
	}
	for _, g := range groups {
		_ = os.WriteFile(r.Reader.Cgroup+string(g)+"/cgroup.kill", []byte("1"), 0) // of a group that has ended there is none
	}
	_ = r.cmd.Process.Kill()
	<-r.done
}
