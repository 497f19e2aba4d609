package catalog

import (
	"slices"
	"strconv"
	"time"

	"electroscope/launcher/chromium"
	"electroscope/launcher/limit"
	"electroscope/launcher/unitname"
)

// The tables that keys are in. A key in both an app's table and in [defaults] is one row.
var (
	inApp    = []string{"apps.*"}
	inBoth   = []string{"apps.*", "defaults"}
	inLimits = []string{"apps.*.limits", "defaults.limits"}
	inEscape = []string{"apps.*.escape", "defaults.escape"}
	inEntry  = []string{"apps.*.entry"}
	inBudget = []string{"budget"}
	inRunner = []string{"runners.*"}
	inGPU    = []string{"gpu", "gpu.nvidia", "gpu.intel", "gpu.amd", "gpu.none", "apps.*.gpu"}
)

var (
	infinite = []string{"infinity"}
	idle     = []string{"idle"}
)

var appKeys = [...]Key{
	{Tables: inApp, Name: "names", Kind: List, check: checkName, form: `an array of program names without a path, such as ["discord", "Discord"]`,
		Doc: "argv[0] names the app answers to; default: its table's name",
		set: func(s *Settings, e entry) { s.App.Names = e.list }},
	{Tables: inApp, Name: "exec", Kind: List, check: checkExec, form: `an array of program names or absolute paths, such as ["Discord", "/opt/discord/Discord", "~/Apps/Discord"], without arguments`,
		Doc: "the real program, tried in order, on PATH, absolute or below ~/; default: names",
		set: func(s *Settings, e entry) { s.App.Exec = e.list }},
	{Tables: inApp, Name: "args", Kind: List, check: checkNUL, form: `an array of words, such as ["/opt/notes/notes.py"] or ["--app=https://example.org"]`,
		Doc: "words of its command line, put before those that it is started with, unless these begin with them",
		set: func(s *Settings, e entry) { s.App.Args = e.list }},
	{Tables: inApp, Name: "runtime", Kind: Word, Words: []string{string(chromium.Electron), string(chromium.Chromium), string(chromium.CEF), string(chromium.Native)},
		Doc: "what the app is built on, which decides the switches it can take; default: what the program shows",
		set: func(s *Settings, e entry) { s.App.Runtime = chromium.Runtime(e.spelled) }},
	{Tables: inApp, Name: "id", Kind: Text, check: unitname.CheckID, form: `a desktop file's name without .desktop, such as "discord"`,
		Doc: "desktop file id, by which portals and the desktop know the app; default: its table's name",
		set: func(s *Settings, e entry) { s.App.ID = e.spelled }},
	{Tables: inApp, Name: "flatpak", Kind: Text, check: unitname.CheckID, form: `a Flatpak's id, such as "com.discordapp.Discord"`,
		Doc: "id of the app's Flatpak, which makes scopes of its own: `electroscope install --flatpak` limits those",
		set: func(s *Settings, e entry) { s.App.Flatpak = e.spelled }},
	{Tables: inApp, Name: "snap", Kind: Text, check: unitname.CheckID, form: `a Snap's name, such as "spotify", or "SNAP.APP"`,
		Doc: "name of the app's Snap, likewise: `electroscope install --snap`",
		set: func(s *Settings, e entry) { s.App.Snap = e.spelled }},
	{Tables: inApp, Name: "enabled", Kind: Flag,
		Doc: "false: the app runs as if electroscope were not there, and install leaves it alone",
		set: func(s *Settings, e entry) { s.App.Disabled = !e.flag }},
	{Tables: inBoth, Name: "memory", Kind: Memory, Words: infinite, Min: limit.LeastMemory,
		Doc: "memory the app may use: MemoryMax, and MemoryHigh at 80% of it; in [defaults] for apps that set none of these"},
	{Tables: inBoth, Name: "cpus", Kind: CPUs, Words: infinite, Min: limit.LeastQuota,
		Doc: "CPUs the app may keep busy: 1.5 is CPUQuota 150%"},
	{Tables: inBoth, Name: "heap", Kind: Size, Words: infinite, Min: 1 << 20,
		Doc: "cap of each V8 heap (it only lowers; V8's own ceiling is 4G); at most MemoryMax",
		set: func(s *Settings, e entry) { s.App.Heap = e.amount.Number }},
	{Tables: inBoth, Name: "switches", Kind: List, check: checkSwitch, form: `an array of switches, such as ["--disable-gpu"]`,
		Doc: "raw command-line switches",
		set: func(s *Settings, e entry) { s.App.Switches = e.list }},
	{Tables: inBoth, Name: "enable-features", Kind: List, check: checkText,
		Doc: "Chromium features to switch on",
		set: func(s *Settings, e entry) { s.App.EnableFeatures = e.list }},
	{Tables: inBoth, Name: "disable-features", Kind: List, check: checkText,
		Doc: "Chromium features to switch off",
		set: func(s *Settings, e entry) { s.App.DisableFeatures = e.list }},
	{Tables: inBoth, Name: "force", Kind: Flag,
		Doc: "pass raw switches and features through, also those that are dead or harmful in the app's Chromium",
		set: func(s *Settings, e entry) { s.App.Force = e.flag }},
	{Tables: inBoth, Name: "env", Kind: Variables, check: checkNUL, form: `a table such as { LANG = "C.UTF-8", GDK_SCALE = false }`,
		Doc: "environment variables of the app, in place of the session's; false takes one away",
		set: func(s *Settings, e entry) { setVariable(&s.App, e) }},
	{Tables: inBoth, Name: "instances", Kind: Word, Words: []string{"own", "shared"},
		Doc: "own: each launch has the limits to itself; shared: all launches of the app together",
		set: func(s *Settings, e entry) { s.App.Instances = Instances(e.spelled) }},
	{Tables: inApp, Name: "slice", Kind: Text, check: checkSlice, form: `a slice unit's name without .slice, such as "app-work"`,
		Doc: "slice the app runs in; default: the one of all apps",
		set: func(s *Settings, e entry) { s.App.Slice = e.spelled }},
	{Tables: inBoth, Name: "on-failure", Kind: Word, Words: []string{"run", "refuse"},
		Doc: "when the limits cannot be had: run the app without them, or refuse with exit status 125",
		set: func(s *Settings, e entry) { s.App.OnFailure = OnFailure(e.spelled) }},
	{Tables: inBoth, Name: "memory-high-without-swap", Kind: Word, Words: []string{"skip", "keep"},
		Doc: "what becomes of MemoryHigh on a machine without swap, where it freezes an app instead of ending it: skip leaves it out there",
		set: func(s *Settings, e entry) { s.App.MemoryHighWithoutSwap = WithoutSwap(e.spelled) }},
	{Tables: inBoth, Name: "background", Kind: Word, Words: []string{string(BackgroundOff), string(BackgroundWeight), string(BackgroundReclaim), string(BackgroundFreeze)},
		Doc: "what `electroscope watch` does to an app in the background: lower its CPUWeight, reclaim its memory, freeze it, or nothing; default: off",
		set: func(s *Settings, e entry) { s.App.Background = Background(e.spelled) }},
	{Tables: inBoth, Name: "background-after", Kind: Span, Min: 1, Max: 7 * 24 * 60 * 60,
		Doc: "how long none of its windows was the active one before that; default: 10min",
		set: func(s *Settings, e entry) { s.App.BackgroundAfter = time.Duration(e.amount.Number) * time.Second }},
	{Tables: inApp, Name: "note", Kind: Text, check: checkNUL,
		Doc: "what `electroscope explain --verbose` says about the app",
		set: func(s *Settings, e entry) { s.App.Note = e.spelled }},
}

// unitKeys are the keys of [limits] that no cgroup controller enforces, and all keys
// after them.
var unitKeys = [...]Key{
	{Tables: inLimits, Name: "OOMPolicy", Kind: Word, Words: []string{"continue", "stop", "kill"},
		Doc: "what the kernel's killing one process of the app means for the others",
		set: func(s *Settings, e entry) { s.App.OOMPolicy = e.spelled }},
	{Tables: inLimits, Name: "OOMScoreAdjust", Kind: Number, Min: -1000, Max: 1000,
		Doc: "how readily the kernel kills the app when memory is out; a user's process can only raise it",
		set: func(s *Settings, e entry) { s.App.OOMScoreAdjust = &e.number }},

	{Tables: inEscape, Name: "guards", Kind: Flag,
		Doc: "if FLATPAK_SANDBOX_DIR may not reach it: hold the unit names that the app's Chromium may ask systemd for",
		set: func(s *Settings, e entry) { s.App.Escape.Guards = e.flag }},
	{Tables: inEscape, Name: "ids", Kind: List, check: unitname.CheckID, form: `an array of desktop file ids, such as ["signal-desktop"]`,
		Doc: "further ids the app's Chromium may ask systemd for",
		set: func(s *Settings, e entry) { s.App.Escape.IDs = e.list }},
	{Tables: inEscape, Name: "env", Kind: Word, Words: []string{"auto", "always", "never"},
		Doc: "put FLATPAK_SANDBOX_DIR into the app's environment, so that its Chromium does not ask; auto: if it is built on it",
		set: func(s *Settings, e entry) { s.App.Escape.Env = EscapeEnv(e.spelled) }},

	// Spelled as in the Desktop Entry Specification, "Recognized desktop entry keys".
	{Tables: inEntry, Name: "Name", Kind: Text, check: checkText,
		Doc: "name in the menu; with it install makes a desktop entry, if there is none with the app's id",
		set: func(s *Settings, e entry) { s.App.Entry.Name = e.spelled }},
	{Tables: inEntry, Name: "Icon", Kind: Text, check: checkText,
		Doc: "icon of that entry: a name in the icon theme, or an absolute path",
		set: func(s *Settings, e entry) { s.App.Entry.Icon = e.spelled }},
	{Tables: inEntry, Name: "StartupWMClass", Kind: Text, check: checkText,
		Doc: "class of the app's windows on X11, by which a desktop finds that entry",
		set: func(s *Settings, e entry) { s.App.Entry.StartupWMClass = e.spelled }},

	{Tables: inGPU, scoped: true, Name: "video-decode", Kind: Flag,
		Doc: "decode video on the GPU",
		set: func(s *Settings, e entry) { s.gpuIn(e.table).VideoDecode = &e.flag }},
	{Tables: inGPU, scoped: true, Name: "video-encode", Kind: Flag,
		Doc: "encode video on the GPU",
		set: func(s *Settings, e entry) { s.gpuIn(e.table).VideoEncode = &e.flag }},
	{Tables: inGPU, scoped: true, Name: "raster", Kind: Flag,
		Doc: "draw page content on the GPU",
		set: func(s *Settings, e entry) { s.gpuIn(e.table).Raster = &e.flag }},
	{Tables: inGPU, scoped: true, Name: "zero-copy", Kind: Flag,
		Doc: "let what the CPU draws go to the GPU without a copy",
		set: func(s *Settings, e entry) { s.gpuIn(e.table).ZeroCopy = &e.flag }},
	{Tables: inGPU, scoped: true, Name: "ignore-blocklist", Kind: Flag,
		Doc: "use the GPU even if Chromium's list of bad drivers says no",
		set: func(s *Settings, e entry) { s.gpuIn(e.table).IgnoreBlocklist = &e.flag }},
	{Tables: inGPU, scoped: true, Name: "backend", Kind: Word, Words: []string{"auto", "gl", "gles", "vulkan", "off"},
		Doc: "what ANGLE draws with; off: no GPU at all",
		set: func(s *Settings, e entry) { s.gpuIn(e.table).Backend = e.spelled }},
	{Tables: inGPU, scoped: true, Name: "ozone", Kind: Word, Words: []string{"auto", "x11", "wayland"},
		Doc: "the display server to draw on; auto: as the app chooses",
		set: func(s *Settings, e entry) { s.gpuIn(e.table).Ozone = e.spelled }},

	{Tables: inRunner, Name: "execs", Kind: Flag,
		Doc: "true: the program becomes the command it is given, as by exec, so that its PID stays",
		set: func(s *Settings, e entry) { s.App.runner(e.runner).Execs = e.flag }},
	{Tables: inRunner, Name: "options-with-value", Kind: List, check: checkOption, form: `an array of options, such as ["-g", "--gpu"]`,
		Doc: "its options that take the next word for their value",
		set: func(s *Settings, e entry) { s.App.runner(e.runner).Values = e.list }},
	{Tables: inRunner, Name: "operands", Kind: Number, Max: 8, form: "a whole number from 0 to 8",
		Doc: "how many words of its own it takes before the command",
		set: func(s *Settings, e entry) { s.App.runner(e.runner).Operands = e.number }},

	{Tables: inBudget, Name: "memory", Kind: Memory, Words: infinite, Min: limit.LeastMemory,
		Doc: "memory of all apps together (MemoryHigh of app-electron.slice)",
		set: func(s *Settings, e entry) { s.Budget.Memory = e.amount }},
	{Tables: inBudget, Name: "cpus", Kind: Percent, Words: []string{"auto", "infinity"},
		Doc: "CPU time of all apps together, as a share of the machine's threads (CPUQuota of app-electron.slice); auto is half of them, and two at least",
		set: func(s *Settings, e entry) { s.Budget.CPUs = e.amount }},
	{Tables: inBudget, Name: "idle", Kind: Memory, Min: limit.LeastMemory,
		Doc: "what the machine is to use at most while nothing is done on it (electroscope budget); 4G if it is not given",
		set: func(s *Settings, e entry) { s.Budget.Idle = e.amount }},
	{Tables: inBudget, Name: "work", Kind: Memory, Min: limit.LeastMemory,
		Doc: "the same under work; 10G if it is not given",
		set: func(s *Settings, e entry) { s.Budget.Work = e.amount }},
}

// limitKeys are a key of [limits] for each row of package limit.
func limitKeys() []Key {
	rows := limit.All()
	list := make([]Key, len(rows))
	for i := range rows {
		l := &rows[i]
		k := Key{Tables: inLimits, Name: l.Name, Min: int64(l.Least), Doc: l.Doc}
		if l.Since > limit.OldestSystemd {
			k.Doc += " (systemd " + strconv.Itoa(l.Since) + ")"
		}
		switch l.Kind {
		case limit.Memory:
			k.Kind, k.Words = Memory, infinite
		case limit.Tasks:
			k.Kind, k.Words = Count, infinite
		case limit.Quota:
			k.Kind, k.Words = Quota, infinite
		case limit.Weight:
			k.Kind, k.Max = Weight, limit.MaxWeight
		}
		if l.Idle {
			k.Words = idle
		}
		if !slices.Contains(precedence, l.Name) {
			k.set = setLimit
		}
		list[i] = k
	}
	return list
}

func setLimit(s *Settings, e entry) {
	s.App.Limits = append(s.App.Limits, Limit{Name: e.key.Name, Spelled: e.spelled, Amount: e.amount})
}

// setVariable has the later of several entries for a variable count.
func setVariable(a *App, e entry) {
	if a.Env == nil {
		a.Env = make(map[string]string)
	}
	a.Unset = slices.DeleteFunc(a.Unset, func(name string) bool { return name == e.variable })
	if e.unset {
		delete(a.Env, e.variable)
		a.Unset = append(a.Unset, e.variable)
		slices.Sort(a.Unset)
		return
	}
	a.Env[e.variable] = e.spelled
}
