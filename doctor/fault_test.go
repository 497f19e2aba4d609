package doctor

import (
	"os"
	"slices"
	"strings"
	"testing"
)

const (
	nixos  = "nixos-nvidia"
	laptop = "debian-laptop-amd"

	manager = "sys/fs/cgroup/user.slice/user-$UID.slice/user@$UID.service"
	slice   = manager + "/app.slice/app-electron.slice"
	scope   = slice + "/app-discord-2001.scope"
	journal = "commands/journalctl --user --boot --identifier=electroscope --lines=50 --output=cat --quiet"
	kernel  = "commands/journalctl --boot --dmesg --output=cat --lines=5000 --quiet"
	oomd    = "commands/systemctl show --property=ManagedOOMSwap --property=ManagedOOMMemoryPressure -- "
	display = "commands/systemctl show --property=MemoryMax --property=MemoryLow -- display-manager.service"
	kwinrc  = "home/me/.config/kwinrc"
	toml    = "home/me/.config/electroscope/apps.toml"
)

// A fault is one thing that is changed on a machine that is as it should be, and what is to be
// found then: "CHECK STATE", and part of the text.
type fault struct {
	name    string
	machine string
	files   map[string]edit
	want    string
	found   string
}

// An edit makes another text of a file's, which is empty if there is none.
type edit func(string) string

func as(text string) edit      { return func(string) string { return text } }
func behind(text string) edit  { return func(before string) string { return before + text } }
func before(text string) edit  { return func(after string) string { return text + after } }
func without(line string) edit { return swapped(line+"\n", "") }
func swapped(from, to string) edit {
	return func(text string) string { return strings.ReplaceAll(text, from, to) }
}

// gone takes the file away.
func gone(string) string { return absent }

// edited are the files of a machine that a fault changes, and their texts then.
func (f fault) edited(original recording) map[string]string {
	changes := map[string]string{}
	for name, e := range f.files {
		changes[name] = e(original[name])
	}
	return changes
}

func allFaults() []fault {
	return slices.Concat(launchFaults, appFaults, memoryFaults, cpuFaults, gpuFaults, plasmaFaults, nixFaults)
}

func one(name string, e edit) map[string]edit { return map[string]edit{name: e} }

// TestSingleFaults: each fault is found, by its check and by no other.
func TestSingleFaults(t *testing.T) {
	originals := map[string]recording{nixos: record(t, nixos), laptop: record(t, laptop)}
	roots := map[string]string{}
	for name, r := range originals {
		roots[name] = r.unpack(t).Root
	}
	for _, f := range allFaults() {
		t.Run(f.name, func(t *testing.T) {
			original := originals[f.machine]
			changes := f.edited(original)
			for name, text := range changes {
				if text == original[name] && text != "" {
					t.Fatalf("%s stays as it is", name)
				}
			}
			var problems []string
			for _, finding := range Run(original.changed(t, roots[f.machine], changes), Checks(), func(string) {}) {
				if finding.State == OK || finding.State == NotHere {
					continue
				}
				problems = append(problems, finding.Check+" "+string(finding.State))
				if !strings.Contains(finding.Found, f.found) {
					t.Errorf("%s: found %q, not %q", finding.Check, finding.Found, f.found)
				}
				if finding.IsProblem() && finding.Mend == "" {
					t.Errorf("%s: nothing mends it", finding.Check)
				}
			}
			if !slices.Equal(problems, []string{f.want}) {
				t.Errorf("problems are %q, want %q", problems, f.want)
			}
		})
	}
}

// changed is the machine that is unpacked at root with some files changed, for the time of a test.
// If it gets other files or links, it is unpacked anew.
func (r recording) changed(t *testing.T, root string, changes map[string]string) *Machine {
	t.Helper()
	for name := range changes {
		if _, had := r[name]; isFile(name) && !had || slices.Contains([]string{"links", "programs", "engines"}, name) {
			return r.with(changes).unpack(t)
		}
	}
	for name, text := range changes {
		if !isFile(name) {
			continue
		}
		t.Cleanup(func() { put(t, root, name, r[name]) })
		if text != absent {
			put(t, root, name, text)
		} else if err := os.Remove(root + "/" + expand(root, name)); err != nil {
			t.Fatal(err)
		}
	}
	return r.with(changes).machine(root)
}

var launchFaults = []fault{
	{"an old systemd", nixos, one("commands/systemctl --user show --property=Version --property=SystemState", as("Version=247.3")), "user-manager warn", "247"},
	{"a version that cannot be had", nixos, one("commands/systemctl --user show --property=Version --property=SystemState", gone), "user-manager unknown", ""},
	{"no private socket", nixos, one("run/user/me/systemd/private", gone), "private-socket fail", "is not there"},
	{"a hybrid layout", nixos, map[string]edit{"sys/fs/cgroup/cgroup.controllers": gone, "sys/fs/cgroup/unified/cgroup.procs": as("")}, "cgroup-v2 fail", "hybrid"},
	{"cgroup v1", nixos, map[string]edit{"sys/fs/cgroup/cgroup.controllers": gone, "sys/fs/cgroup/systemd/tasks": as("")}, "cgroup-v2 fail", "v1"},
	{"cpu is not delegated", nixos, one(manager+"/cgroup.controllers", as("memory pids")), "controllers fail", "without cpu"},
	{"nothing is delegated", nixos, one(manager+"/cgroup.controllers", as("")), "controllers fail", "memory, cpu, pids"},
	{"controllers that cannot be read", nixos, one(manager+"/cgroup.controllers", gone), "controllers unknown", ""},
	{"slow moves between control groups", nixos, one("proc/self/mounts", swapped(",favordynmods", "")), "cgroup-moves warn", "off"},
	{"mounts that cannot be read", nixos, one("proc/self/mounts", gone), "cgroup-moves unknown", ""},
	{"no session bus", nixos, one("run/user/me/bus", gone), "session-bus warn", "bus is not there"},
	{"a mistake in apps.toml", nixos, one(toml, behind("[apps.discord.limits]\nMemoryMaxx = \"1G\"\n")), "catalogue fail", "MemoryMaxx"},
	{"another program of the name before the link", laptop, map[string]edit{
		"environ": before("PATH=$ROOT/opt/bin:$ROOT/home/me/.local/bin:$ROOT/usr/bin\n"), "programs": behind("/opt/bin/signal\n"),
	}, "links-first warn", "/opt/bin/signal comes before"},
	{"no link", laptop, one("links", as("/proc/self/exe -> $ROOT/usr/bin/electroscope\n"+
		"/sys/class/drm/renderD128/device/driver -> ../../../../bus/pci/drivers/amdgpu\n")), "links-first warn", "signal has no link"},
	{"a session whose PATH lacks the links", laptop, one("commands/systemctl --user show-environment", as("PATH=/usr/bin:/bin")), "session-path warn", "PATH=/usr/bin"},
	{"a shell that is older than the links", laptop, one("proc/stat", as("btime 1000000000\n")), "hashed-names warn", "bash 3001"},
	{"another copy on PATH", laptop, one("programs", behind("/usr/local/bin/electroscope\n")), "one-copy warn", "/usr/local/bin/electroscope is another copy"},
	{"links that lead to another copy", laptop, map[string]edit{
		"programs": behind("/opt/old/electroscope\n"), "links": behind("/home/me/.local/bin/discord -> $ROOT/opt/old/electroscope\n"),
		"engines": behind("/usr/bin/Discord 41.2.0 146.0.7680.80\n/usr/bin/discord 41.2.0 146.0.7680.80\n"),
	}, "one-copy warn", "discord leads to another copy"},
	{"a Flatpak without limits", laptop, one("var/lib/flatpak/app/com.spotify.Client/current/metadata", as("")), "other-installs warn", "spotify is a Flatpak"},
	{"a Snap without limits", laptop, one("snap/discord/current/meta", as("")), "other-installs warn", "discord is a Snap"},
	{"an app in a Nix profile", laptop, one("home/me/.nix-profile/bin/obsidian", as("")), "other-installs warn", "obsidian"},
	{"an entry that starts the app itself", laptop, one("install", as("outside /home/me/Desktop/signal.desktop\n")), "desktop-entries fail", "without its limits"},
	{"an entry that is missing", laptop, one("install", as("missing /home/me/.local/share/applications/signal.desktop\n")), "desktop-entries warn", "missing: "},
	{"an entry of an app that is gone", laptop, one("install", as("needless /home/me/.local/share/applications/discord.desktop\n")), "desktop-entries warn", "needless: "},
	{"a panel that starts it by a path", laptop, one("install", as("mentioned XFCE's shortcuts start /usr/bin/signal-desktop\n")), "desktop-entries warn", "shortcuts"},
	{"an entry that cannot be led", laptop, one("install", as("failure it is a file with another name\n")), "desktop-entries fail", "another name"},
	{"a general drop-in of the user", nixos, one("home/me/.config/systemd/user/app-.scope.d/50.conf", as("[Scope]\nMemoryMax=1G\n")), "general-drop-ins warn", "sets MemoryMax=1G"},
	{"one of the administrator for all scopes", nixos, one("etc/systemd/user/scope.d/all.conf", as("[Scope]\nOOMPolicy = kill\n")), "general-drop-ins warn", "OOMPolicy=kill"},
	{"one that moves scopes", nixos, one("run/user/me/systemd/user/app-.scope.d/x.conf", as("[Scope]\nSlice=\\\n games.slice\n")), "general-drop-ins warn", "Slice=games.slice"},
	{"a main process outside its scope", nixos, one("proc/2001/cgroup", as("0::/user.slice/user-$UID.slice/user@$UID.service/app.slice/app-org.chromium.Chromium-2001.scope")),
		"escape-cure fail", "app-org.chromium.Chromium-2001.scope"},
	{"no MemoryMax in force", nixos, one(scope+"/memory.max", as("max")), "limits-in-force fail", "no MemoryMax"},
	{"a larger CPUQuota in force", nixos, one(scope+"/cpu.max", as("300000 100000")), "limits-in-force warn", "CPUQuota=300%"},
	{"a MemoryMax that cannot be read", nixos, one(scope+"/memory.max", gone), "limits-in-force unknown", "cannot be read"},
	{"a slice without its budget", nixos, one(slice+"/memory.high", as("max")), "apps-slice warn", "MemoryHigh=infinity"},
	{"a masked slice", nixos, one("links", behind("/home/me/.config/systemd/user/app-electron.slice -> /dev/null\n")), "apps-slice fail", "is masked"},
	{"a wrapper that makes a scope of its own", laptop, map[string]edit{
		"engines": as(""), "programs": behind("/usr/bin/signal-desktop\n/usr/bin/systemd-run\n"), "usr/bin/signal-desktop": as("#!/bin/sh\nexec systemd-run --user --scope /opt/Signal/signal-desktop \"$@\"\n"),
	}, "planned-launches fail", "scope of its own"},
	{"a link for an app that is in no catalogue", laptop, one("links", behind("/home/me/.local/bin/element -> $ROOT/usr/bin/electroscope\n")), "stray-links warn", "element"},
	{"a browser that links pull into an app's scope", laptop, map[string]edit{
		"home/me/.config/mimeapps.list":              as("[Default Applications]\nx-scheme-handler/https=firefox-esr.desktop\n"),
		"usr/share/applications/firefox-esr.desktop": as("[Desktop Entry]\nType=Application\n"),
	}, "default-browser warn", "firefox-esr"},
	{"nobody who shows notifications", laptop, one("commands/busctl --user --no-pager --no-legend list", as(":1.1 1 x me\n")), "notification-daemon warn", "nobody"},
	{"few processes", laptop, one("proc/self/limits", swapped("63500                63500", "100                  100")), "resource-limits warn", "Max processes: 100"},
	{"little address space", laptop, one("proc/self/limits", swapped("unlimited            unlimited", "4000000000           unlimited")), "resource-limits warn", "Max address space"},
	{"a launch without limits", nixos, one(journal, as("discord runs without limits: the user manager does not answer\n")), "recent-launches warn", "does not answer"},
}

var appFaults = []fault{
	{"an old Electron", laptop, one("engines", as("/usr/bin/signal-desktop 22.3.27 108.0.5359.215\n")), "engines warn", "Chromium 108"},
	{"an app whose engine is hidden", laptop, map[string]edit{"engines": as(""), "programs": behind("/usr/bin/signal-desktop\n")}, "engines unknown", "signal"},
	{"a dead switch in a flags file", laptop, one("home/me/.config/electron-flags.conf", as("--use-gl=desktop\n")), "dead-switches warn", "--use-gl"},
	{"a dead feature in one's own apps.toml", laptop, one(toml, as("[apps.signal]\nenable-features = [\"CanvasOopRasterization\"]\n")), "dead-switches warn", "CanvasOopRasterization"},
	{"a dead switch in an app's own settings", laptop, map[string]edit{
		"engines": behind("/usr/bin/teams-for-linux 42.8.1 148.0.7778.10\n"), "links": behind("/home/me/.local/bin/teams -> $ROOT/usr/bin/electroscope\n"),
		"home/me/.config/teams-for-linux/config.json": as(`{"electronCLIFlags": [["use-gl", "desktop"]]}`),
	}, "own-settings warn", "--use-gl=desktop"},
	{"hardware acceleration switched off in argv.json", laptop, map[string]edit{
		"engines": behind("/usr/bin/codium 41.2.0 146.0.7680.80\n"), "links": behind("/home/me/.local/bin/codium -> $ROOT/usr/bin/electroscope\n"),
		"home/me/.vscode-oss/argv.json": as("// comment\n{\n\t\"disable-hardware-acceleration\": true,\n}\n"),
	}, "own-settings warn", "draw on the CPU"},
	{"a heap above MemoryMax", laptop, one(toml, as("[apps.signal]\nheap = \"3G\"\n")), "heap warn", "heap 3G"},
	{"a MemoryMax above the RAM", laptop, one(toml, as("[apps.signal]\nmemory = \"64G\"\n")), "limits-fit warn", "the RAM is 31.3G"},
	{"no MemoryMax", laptop, one(toml, as("[apps.signal]\nmemory = \"infinity\"\n")), "limits-fit warn", "no MemoryMax"},
	{"a CPUQuota above the threads", laptop, one(toml, as("[apps.signal]\ncpus = 99\n")), "limits-fit warn", "16 threads"},
	{"an app that was killed at its limit", nixos, one(scope+"/memory.events", as("high 9\nmax 9\noom 1\noom_kill 2\n")), "within-limits warn", "2 processes killed"},
	{"an app that waits for memory", nixos, one(scope+"/memory.pressure", as("some avg10=50.00 avg60=0 avg300=0 total=0\nfull avg10=41.00 avg60=0 avg300=0 total=0\n")),
		"within-limits warn", "41%"},
	{"a Discord that updates itself", nixos, one("home/me/.config/discord/app-1.0.140/Discord", as("")), "known-problems warn", "without its switches"},
	{"a variable that Electron 38 does not read", laptop, one("environ", behind("ELECTRON_OZONE_PLATFORM_HINT=auto\n")), "known-problems warn", "ELECTRON_OZONE_PLATFORM_HINT"},
	{"an Electron that never draws on Wayland", laptop, one("engines", as("/usr/bin/signal-desktop 38.1.0 140.0.7339.80\n")), "known-problems warn", "never draws on Wayland"},
	{"GTK's back end in the session", laptop, one("environ", behind("GDK_BACKEND=x11\n")), "known-problems warn", "GDK_BACKEND"},
}

var memoryFaults = []fault{
	{"little RAM", laptop, map[string]edit{
		"proc/meminfo": as("MemTotal: 6000000 kB\nMemAvailable: 5000000 kB\nSwapTotal: 4500000 kB\nSwapFree: 4500000 kB\n"),
		"proc/swaps":   as("/dev/zram0 partition 4500000 0 100\n"),
		"sys/fs/cgroup/user.slice/user-$UID.slice/memory.high": as("4500000000"), "sys/fs/cgroup/user.slice/user-$UID.slice/memory.max": as("5300000000"),
	}, "ram warn", "5.7G"},
	{"5 GB in use and nothing runs", laptop, one("proc/meminfo", as("MemTotal: 32800000 kB\nMemAvailable: 27000000 kB\nSwapTotal: 1 kB\nSwapFree: 1 kB\n")), "memory-use warn", "no app runs"},
	{"more than one's own target", laptop, one(toml, as("[budget]\nidle = \"3G\"\n")), "memory-use warn", "3.1G"},
	{"11 GB in use at work", nixos, one("proc/meminfo", as("MemTotal: 16316412 kB\nMemAvailable: 4000000 kB\nSwapTotal: 12237308 kB\nSwapFree: 12000000 kB\n")), "memory-use warn", "11.7G"},
	{"memory pressure", nixos, one("proc/pressure/memory", as("some avg10=33.00 avg60=0.00 avg300=0.00 total=0\n")), "memory-pressure warn", "33%"},
	{"no swap", nixos, one("proc/swaps", as("Filename Type Size Used Priority\n")), "zram fail", "no swap at all"},
	{"swap on disk only", laptop, map[string]edit{"proc/swaps": as("/dev/sda3 partition 8000000 0 -2\n"), "proc/sys/vm/swappiness": as("60")}, "zram warn", "/dev/sda3"},
	{"another compression", nixos, one("sys/block/zram0/comp_algorithm", as("[lzo-rle] lz4 zstd")), "zram-algorithm warn", "lzo-rle"},
	{"half the size", nixos, one("proc/swaps", as("/dev/zram0 partition 8158206 0 100\n")), "zram-size warn", "50%"},
	{"a disk before zram", laptop, one("proc/swaps", as("/dev/zram0 partition 24600000 0 5\n/dev/nvme0n1p3 partition 8000000 0 10\n")), "zram-priority warn", "/dev/nvme0n1p3 has 10"},
	{"a swappiness for disks", nixos, one("proc/sys/vm/swappiness", as("10")), "swappiness warn", "10, with zram"},
	{"the kernel's own cache pressure", nixos, one("proc/sys/vm/vfs_cache_pressure", as("100")), "vfs-cache-pressure warn", "100"},
	{"strict overcommit", nixos, one("proc/sys/vm/overcommit_memory", as("2")), "overcommit-memory warn", "2"},
	{"overcommit without bounds", nixos, one("proc/sys/vm/overcommit_memory", as("1")), "overcommit-memory warn", "1"},
	{"many unwritten pages", nixos, one("proc/sys/vm/dirty_ratio", as("20")), "dirty-ratio warn", "20"},
	{"many of them in bytes", nixos, map[string]edit{"proc/sys/vm/dirty_ratio": as("0"), "proc/sys/vm/dirty_bytes": as("8000000000")}, "dirty-ratio warn", "in bytes"},
	{"a late writer", nixos, one("proc/sys/vm/dirty_background_ratio", as("10")), "dirty-background-ratio warn", "10"},
	{"a machine that stops", nixos, one("proc/sys/vm/panic_on_oom", as("1")), "panic-on-oom warn", "1"},
	{"oomd that kills by pressure", nixos, one(oomd+"user@$UID.service", as("ManagedOOMSwap=auto\nManagedOOMMemoryPressure=kill\n")), "oomd warn", "user@"},
	{"oomd that kills by pressure among the apps", nixos, one("commands/systemctl --user show --property=ManagedOOMSwap --property=ManagedOOMMemoryPressure -- app.slice",
		as("ManagedOOMSwap=kill\nManagedOOMMemoryPressure=kill\n")), "oomd warn", "below app.slice"},
	{"earlyoom that ends whole groups", laptop, one("proc/650/cmdline", as("earlyoom\n-g\n")), "earlyoom warn", "-g"},
	{"earlyoom that prefers an app", laptop, one("proc/650/cmdline", as("earlyoom\n--prefer\n(^|/)(chromium|signal-desktop)$\n")), "earlyoom warn", "signal-desktop"},
}

var cpuFaults = []fault{
	{"a governor that keeps the frequency low", nixos, one("sys/devices/system/cpu/cpu0/cpufreq/scaling_driver", as("acpi-cpufreq")), "governor warn", "powersave of acpi-cpufreq"},
	{"a user without a limit", nixos, one("sys/fs/cgroup/user.slice/user-$UID.slice/memory.max", as("max")), "user-slice warn", "no MemoryMax"},
	{"a user with all of the RAM", nixos, one("sys/fs/cgroup/user.slice/user-$UID.slice/memory.high", as("16500000000")), "user-slice warn", "MemoryHigh=15.37G"},
	{"a capped display manager", nixos, one(display, as("MemoryMax=1073741824\nMemoryLow=536870912\n")), "display-manager fail", "MemoryMax=1G"},
	{"a display manager without protection", nixos, one(display, as("MemoryMax=infinity\nMemoryLow=0\n")), "display-manager warn", "no MemoryLow"},
	{"a scheduler on NVMe", nixos, one("sys/block/nvme0n1/queue/scheduler", as("none [mq-deadline] kyber")), "io-scheduler warn", "nvme0n1: mq-deadline"},
	{"none on a disk that turns", laptop, one("sys/block/sda/queue/scheduler", as("[none] bfq")), "io-scheduler warn", "sda: none"},
	{"io_uring switched off", nixos, one("proc/sys/kernel/io_uring_disabled", as("2")), "io-uring warn", "2"},
	{"a system that came up in part", nixos, map[string]edit{
		"commands/systemctl is-system-running": gone, "commands/systemctl is-system-running!": as("degraded\n"),
		"commands/systemctl list-units --state=failed --plain --no-legend --no-pager": as("nix-gc.service loaded failed failed x\n"),
	}, "system-state warn", "degraded: nix-gc.service"},
	{"a segfault", nixos, one(kernel, behind("kwin_x11[900]: segfault at 8 ip 0 sp 0 error 4 in libGL\n")), "crashes warn", "kwin_x11"},
}

var gpuFaults = []fault{
	{"a driver that dropped the card", nixos, one("sys/module/nvidia/version", as("590.44.01")), "gpu-driver fail", "no longer knows"},
	{"modesetting off", nixos, one("sys/module/nvidia_drm/parameters/modeset", as("N")), "modeset fail", "off"},
	{"a render node that is closed", nixos, one("dev/dri/renderD128", as("denied")), "render-node fail", "may not be opened"},
	{"an app that draws on the CPU", nixos, one("proc/2002/cmdline", as("/x/Discord\n--type=gpu-process\n--use-gl=disabled\n")), "gpu-processes warn", "discord draws on the CPU"},
	{"no VA-API driver", laptop, map[string]edit{
		"commands/vainfo --display drm": gone, "commands/vainfo --display drm!": as("libva error: vaGetDriverNames() failed\n"),
	}, "vaapi fail", "failed"},
	{"no vainfo", laptop, one("commands/vainfo --display drm", gone), "vaapi unknown", "not installed"},
	{"no VDPAU driver", nixos, map[string]edit{
		"commands/vdpauinfo": gone, "commands/vdpauinfo!": as("Error creating VDPAU device: 1\n"),
	}, "vdpau warn", "Error creating"},
	{"a codec that is missing", nixos, one("commands/vainfo --display drm", without("      VAProfileVP9Profile0            :\tVAEntrypointVLD")), "codecs warn", "without VP9"},
	{"libva is not told which driver", nixos, one("environ", without("LIBVA_DRIVER_NAME=nvidia")), "video-variables warn", "LIBVA_DRIVER_NAME is not set"},
	{"libva is told another card's driver", laptop, one("environ", behind("LIBVA_DRIVER_NAME=nvidia\n")), "video-variables warn", "no card of NVIDIA"},
	{"the back end that is broken", nixos, one("environ", before("NVD_BACKEND=egl\n")), "video-variables warn", "NVD_BACKEND=egl"},
	{"Firefox's decoder in its sandbox", nixos, one("environ", without("MOZ_DISABLE_RDD_SANDBOX=1")), "firefox warn", "MOZ_DISABLE_RDD_SANDBOX"},
	{"Firefox's decoding switched off", nixos, one("home/me/.mozilla/firefox/abcd.default/prefs.js", as("user_pref(\"media.hardware-video-decoding.enabled\", false);\n")),
		"firefox warn", "media.hardware-video-decoding.enabled, false"},
	{"a card that is full", nixos, one("commands/nvidia-smi --query-gpu=memory.used,memory.total --format=csv,noheader,nounits", as("4000, 4096\n")), "gpu-memory warn", "4000M of 4096M"},
}

var plasmaFaults = []fault{
	{"a compositor that is switched off", nixos, one(kwinrc, behind("[Compositing]\nEnabled=false\n")), "kwin-compositor warn", "Enabled=false"},
	{"a compositor that draws on the CPU", nixos, one(kwinrc, behind("[Compositing]\nBackend=QPainter\n")), "kwin-compositor warn", "Backend=QPainter"},
	{"an effect", nixos, one(kwinrc, behind("wobblywindowsEnabled=true\n")), "kwin-effects warn", "wobblywindowsEnabled=true"},
	{"contrast by default", nixos, one(kwinrc, without("contrastEnabled=false")), "kwin-effects warn", "contrastEnabled=true"},
	{"whole animations", nixos, one("home/me/.config/kdeglobals", as("[KDE]\nAnimationDurationFactor=1\n")), "animations warn", "1"},
	{"a key of an old guide", nixos, one(kwinrc, behind("[Compositing]\nGLCore=true\n")), "dead-keys warn", "GLCore"},
	{"an administrator's key that is fixed", nixos, one("etc/xdg/kwinrc", as("[Plugins]\nmagiclampEnabled[$i]=true\n")), "kwin-effects warn", "magiclampEnabled=true"},
	{"an indexer that reads files", nixos, one("home/me/.config/baloofilerc", without("only basic indexing=true")), "baloo-keys warn", "only basic indexing=false"},
	{"a folder that is indexed", nixos, one("home/me/.config/baloofilerc", as("[General]\nexclude folders[$e]=$HOME/.cache,/nix/store\nonly basic indexing=true\n")), "baloo-keys warn", "~/.cargo"},
	{"a large indexer", nixos, one("proc/902/smaps_rollup", as("Pss: 300000 kB\n")), "baloo-memory warn", "292M"},
	{"a large KWin", nixos, one("proc/900/status", as("VmRSS: 400000 kB\n")), "kwin-memory warn", "390M"},
	{"a large plasmashell", nixos, one("proc/901/status", as("VmRSS: 900000 kB\n")), "plasmashell-memory warn", "878M"},
	{"a variable that the session lacks", nixos, one("proc/901/environ", without("__GL_YIELD=USLEEP")), "session-variables warn", "__GL_YIELD is not set"},
}

var nixFaults = []fault{
	{"a module that is not active", nixos, one("etc/udev/rules.d/99-local.rules", gone), "nixos-modules warn", "without io"},
	{"no generation to go back to", nixos, one("links", without("/nix/var/nix/profiles/system-41-link -> /nix/store/sys41")), "system-generation warn", "0 before"},
	{"no home to go back to", nixos, one("links", without("/home/me/.local/state/nix/profiles/home-manager-6-link -> /nix/store/home6")), "home-generation warn", "0 before"},
	{"a kernel that is not the active one", nixos, one("links", swapped("/run/current-system/kernel-modules -> /nix/store/linux-6.12", "/run/current-system/kernel-modules -> /nix/store/linux-6.13")),
		"running-generation warn", "kernel-modules"},
}
