package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// A Result is what one setting came to, once.
type Result struct {
	Setting string             `json:"setting"`
	Seconds int                `json:"seconds"`
	Frames  Frames             `json:"frames"`
	Lack    Lack               `json:"lack"`
	Kills   uint64             `json:"kills"` // processes that the kernel ended for want of memory
	Steps   map[string]float64 `json:"steps"` // of the steps that each page should have done, the share that it did
	Dead    []string           `json:"dead"`  // pages that no longer answered at the end
}

const (
	patience = 2 * time.Minute // for a Chromium to start, on one CPU
	answer   = 8 * time.Second // for a page, at the end
)

// try starts the apps, and measures. The machine ends with them.
func try(electroscope string, s Setting, span time.Duration) (Result, error) {
	dir, err := os.MkdirTemp("", "effect")
	if err != nil {
		return Result{}, err
	}
	if err := swapOn(); err != nil {
		return Result{}, err
	}
	stage, err := newStage()
	if err != nil {
		return Result{}, err
	}
	a := apps{dir: dir, setting: s}
	if err := a.prepare(electroscope); err != nil {
		return Result{}, err
	}
	for _, p := range pages {
		if err := a.start(p, "http://"+stage.address+"/"+p.Name); err != nil {
			return Result{}, err
		}
		if !within(patience, func() bool { return stage.lives(p.Name, time.Time{}) }) {
			return Result{}, fmt.Errorf("page %q is not there after %v", p.Name, patience)
		}
	}
	return measure(stage, s, span)
}

// measure lets the pages begin, and draws beside them.
func measure(stage *Stage, s Setting, span time.Duration) (Result, error) {
	r := Result{Setting: s.Name, Seconds: int(span.Seconds()), Steps: map[string]float64{}, Dead: []string{}}
	before := kills()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	lack := watch(ctx)
	stage.begin()
	begun := time.Now()
	out, err := exec.Command("/proc/self/exe", "desktop", fmt.Sprint(r.Seconds)).Output()
	if err != nil {
		return r, fmt.Errorf("the desktop: %w", err)
	}
	steps, ended := stage.steps(), time.Now()
	cancel()
	if err := json.Unmarshal(out, &r.Frames); err != nil {
		return r, err
	}
	r.Lack, r.Kills = lack(), kills()-before
	for _, p := range pages {
		r.Steps[p.Name] = min(1, float64(steps[p.Name])/float64(ended.Sub(begun)/p.Every))
		if !within(answer, func() bool { return stage.lives(p.Name, ended) }) {
			r.Dead = append(r.Dead, p.Name)
		}
	}
	return r, nil
}

func within(limit time.Duration, there func() bool) bool {
	for end := time.Now().Add(limit); ; time.Sleep(20 * time.Millisecond) {
		if there() {
			return true
		}
		if time.Now().After(end) {
			return false
		}
	}
}

// apps are the Chromiums of one try.
type apps struct {
	dir     string
	setting Setting
}

// prepare makes the links.
func (a apps) prepare(electroscope string) error {
	if a.setting.isDirect() {
		return nil
	}
	config := filepath.Join(a.dir, "config/electroscope")
	if err := os.MkdirAll(config, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(config+"/apps.toml", []byte(a.setting.catalogue()), 0o644); err != nil {
		return err
	}
	c := a.command(electroscope, "link", "--all", "--dir", a.dir+"/links")
	c.Stderr = os.Stderr
	return c.Run()
}

// start opens a page. There is no card here, and the kernel of this rig cannot serve Chromium's own
// sandbox (uml.sh).
func (a apps) start(p Page, url string) error {
	words := []string{a.dir + "/links/" + p.Name}
	if a.setting.isDirect() {
		words = []string{"/usr/bin/chromium"}
	}
	if a.setting.Scopes {
		words = append([]string{"systemd-run", "--user", "--scope", "--quiet", "--slice=app.slice", "--unit=app-" + p.Name + "-1.scope"}, words...)
	}
	words = append(words, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-crash-reporter",
		"--disable-background-networking", "--disable-component-update", "--user-data-dir="+a.dir+"/profile-"+p.Name, url)
	return a.command(words[0], words[1:]...).Start()
}

func (a apps) command(name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Env = append(os.Environ(), "XDG_CONFIG_HOME="+a.dir+"/config", "PATH="+a.dir+"/links:"+os.Getenv("PATH"))
	return c
}

// swapOn has the service of tests/uml/prepare.sh turn zram on.
func swapOn() error {
	const word = "on"
	conn, err := net.Dial("unix", "/run/swap")
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := fmt.Fprintln(conn, word); err != nil {
		return err
	}
	var said string
	if _, err := fmt.Fscan(conn, &said); err != nil || said != word {
		return fmt.Errorf("swap: %q, %v", said, err)
	}
	return nil
}
