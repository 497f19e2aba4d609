package catalog

import (
	"slices"
	"strings"
	"time"

	"electroscope/launcher/chromium"
	"electroscope/launcher/limit"
	"electroscope/launcher/runner"
)

// Settings are what one launch runs under: the app's own and the budget of all apps.
type Settings struct {
	App    App
	Budget Budget
	GPU    GPU             // options of all apps
	ByGPU  map[string]*GPU // of all apps on a machine with a GPU of that vendor: nvidia, intel, amd, none
}

// A Catalog is everything the layers hold.
type Catalog struct {
	Apps     []App // sorted by Key
	Defaults App   // what a program without a table of its own gets
	Budget   Budget
}

// A Budget is what all apps together may use, and what the whole machine is meant to. An amount
// may be unset.
type Budget struct {
	Memory Amount // bytes, or a share of the RAM
	CPUs   Amount // a share of the machine's threads
	Idle   Amount // bytes, or a share of the RAM: of the whole machine while nothing is done on it
	Work   Amount // the same under work
}

// An App is one app's table, with [defaults] beneath it and what is left out filled in.
type App struct {
	Key   string   // its table's name; empty for a program that has none
	Names []string // the argv[0] base names it answers to; default: Key
	Exec  []string // the real program, to be tried in order; on PATH or absolute; default: Names
	Args  []string // words that belong to the app, before those of a launch ([App.CommandLine])
	ID    string   // desktop file id, without .desktop; default: Key
	Entry Entry    // the desktop entry that install makes if it has none

	Flatpak string // id of its Flatpak; empty: none is known
	Snap    string // name of its Snap, or SNAP.APP; empty: none is known

	Runtime         chromium.Runtime // empty: the launch asks the program
	Heap            uint64           // cap of each V8 heap in bytes, at most [chromium.MaxHeap]; 0: V8 decides
	Switches        []string
	EnableFeatures  []string
	DisableFeatures []string
	Force           bool // raw switches and features pass as they are
	GPU             GPU
	Env             map[string]string // variables that the app gets, whatever the environment has
	Unset           []string          // variables that it does not get

	Limits         []Limit // those that are set, in the order of [Keys]
	OOMPolicy      string  // continue, stop, kill, or empty
	OOMScoreAdjust *int    // nil: not set

	Disabled              bool // enabled = false: it runs as if electroscope were not there
	Instances             Instances
	OnFailure             OnFailure
	MemoryHighWithoutSwap WithoutSwap
	Background            Background
	BackgroundAfter       time.Duration
	Slice                 string // a slice unit's name without .slice; empty: the launch chooses
	Note                  string
	Escape                Escape

	// Runners are programs that hand on the command they are given, for all apps,
	// beside those that package runner knows.
	Runners []runner.Runner
}

// An Entry is what a desktop entry says of an app. Without a Name there is none to be made.
type Entry struct {
	Name, Icon, StartupWMClass string
}

// CommandLine returns the words behind argv[0] of a launch with those words: the app's own come
// first. A desktop entry that install leads to the link has them already, so they are not
// repeated.
func (a App) CommandLine(words []string) []string {
	if len(a.Args) == 0 || len(words) >= len(a.Args) && slices.Equal(words[:len(a.Args)], a.Args) {
		return words
	}
	return slices.Concat(a.Args, words)
}

// Limit returns the limit of that name, and whether it is set.
func (a App) Limit(name string) (Limit, bool) {
	for _, l := range a.Limits {
		if l.Name == name {
			return l, true
		}
	}
	return Limit{}, false
}

// IsLimited reports whether the app has limits of its own, not only those that [defaults]
// gives to every app without.
func (a App) IsLimited() bool {
	return slices.ContainsFunc(a.Limits, func(l Limit) bool { return !l.Default })
}

// HeapIn is the cap of each V8 heap on a machine with that much RAM: a heap above MemoryMax
// would never be reached, so it is taken as MemoryMax.
func (a App) HeapIn(ram uint64) uint64 {
	most, ok := a.Limit("MemoryMax")
	if !ok || a.Heap == 0 || most.Amount.Of(ram) < limit.LeastMemory { // that MemoryMax is left out
		return a.Heap
	}
	const mib = 1 << 20 // of which --max-old-space-size is a number
	return min(a.Heap, most.Amount.Of(ram)/mib*mib)
}

// Instances says whether every launch has limits of its own.
type Instances string

const (
	Own    Instances = "own"    // the default
	Shared Instances = "shared" // all launches of the app under one cap
)

// OnFailure says what to do when the limits cannot be had.
type OnFailure string

const (
	Run    OnFailure = "run" // the default
	Refuse OnFailure = "refuse"
)

// WithoutSwap says what becomes of MemoryHigh on a machine without swap: there it freezes an
// app instead of ending it.
type WithoutSwap string

const (
	SkipHigh WithoutSwap = "skip" // leave it out there; the default
	KeepHigh WithoutSwap = "keep"
)

// Background says what the watcher does to an app that has not been used for a while.
type Background string

const (
	BackgroundOff     Background = "off"    // nothing; the default
	BackgroundWeight  Background = "weight" // lower its CPUWeight
	BackgroundReclaim Background = "reclaim"
	BackgroundFreeze  Background = "freeze"
)

// Escape says how the app's Chromium is kept from taking its main process out of the scope.
type Escape struct {
	Guards bool     // hold the names it may ask for, if the variable may not reach it; default true
	IDs    []string // ids it may ask for besides the app's own and org.chromium.Chromium
	Env    EscapeEnv
}

// EscapeEnv says when FLATPAK_SANDBOX_DIR is put into the app's environment, which keeps
// its Chromium from asking at all, whatever its PID.
type EscapeEnv string

const (
	EscapeAuto   EscapeEnv = "auto" // if the app is built on Chromium; the default
	EscapeAlways EscapeEnv = "always"
	EscapeNever  EscapeEnv = "never"
)

// blankApp has the values of a program about which nothing is written.
func blankApp(key string) App {
	return App{
		Key:                   key,
		Instances:             Own,
		OnFailure:             Run,
		MemoryHighWithoutSwap: SkipHigh,
		Background:            BackgroundOff,
		BackgroundAfter:       10 * time.Minute,
		Escape:                Escape{Guards: true, Env: EscapeAuto},
	}
}

// setDefaults sets the defaults that depend on other keys.
func (a *App) setDefaults() {
	if a.Key == "" {
		return
	}
	if len(a.Names) == 0 {
		a.Names = []string{a.Key}
	}
	if len(a.Exec) == 0 {
		a.Exec = a.Names
	}
	if a.ID == "" {
		a.ID = a.Key
	}
}

// expandHome replaces the ~ of programs that begin with ~/. Without a home they stay as they
// are, and are not found.
func expandHome(programs []string, home string) []string {
	if home == "" || !slices.ContainsFunc(programs, isBelowHome) {
		return programs
	}
	expanded := slices.Clone(programs)
	for i, program := range programs {
		if isBelowHome(program) {
			expanded[i] = strings.TrimRight(home, "/") + program[len("~"):]
		}
	}
	return expanded
}

func isBelowHome(program string) bool { return strings.HasPrefix(program, "~/") }
