package doctor

import (
	"path/filepath"
	"strconv"
	"strings"
)

// nixChecks are about NixOS, home-manager and Nix.
func nixChecks() []Check {
	return []Check{
		{
			Name: "nixos-modules", Group: Nix, run: checkModules,
			Wanted: "the modules of nix/nixos that docs/plan.md names are active",
			Why:    "what one of them says holds only if it was built into this generation",
			Mend:   Mend{Command: "nixos-rebuild switch", NixOS: "electroscope = { zram.enable = true; slices.enable = true; io.enable = true; oomd.enable = true; };"},
		},
		{
			Name: "home-modules", Group: Nix, run: checkHomeModules,
			Wanted: "home-manager puts electroscope before the apps",
			Why:    "then icons and names lead to their limits without an install",
			Mend:   Mend{Command: "home-manager switch", Home: "programs.electroscope.enable = true;"},
		},
		{
			Name: "system-generation", Group: Nix, run: checkSystemGeneration,
			Wanted: "an earlier generation of the system to go back to",
			Why:    "the way back: nixos-rebuild switch --rollback, or the menu at the start",
			Mend:   Mend{Command: "keep the next one: no nix-collect-garbage -d right after a switch"},
		},
		{
			Name: "home-generation", Group: Nix, run: checkHomeGeneration,
			Wanted: "an earlier generation of the home to go back to",
			Why:    "the way back: home-manager generations, then the activate of the one before",
			Mend:   Mend{Command: "keep the next one: no nix-collect-garbage -d right after a switch"},
		},
		{
			Name: "running-generation", Group: Nix, run: checkBooted,
			Wanted: "the kernel and drivers of the generation that is active",
			Why:    "a driver's library that is newer than its kernel module leaves apps without the card",
			Mend:   Mend{Command: "start the machine anew"},
		},
	}
}

// A module is known by what it writes.
type module struct{ name, file, text string }

// modules are those of nix/nixos, by a line that each writes below /etc.
var modules = [...]module{
	{"zram", "/etc/systemd/zram-generator.conf", "compression-algorithm=zstd"},
	{"sysctl", "/etc/sysctl.d/60-nixos.conf", "vm.vfs_cache_pressure=125"},
	{"slices", "/etc/systemd/system/user-.slice.d/overrides.conf", "MemoryHigh="},
	{"io", "/etc/udev/rules.d/99-local.rules", "queue/scheduler"},
	{"oomd", "/etc/systemd/user/app.slice.d/overrides.conf", "ManagedOOMSwap=kill"},
}

func checkModules(m *Machine) Result {
	if !m.isNixOS() {
		return notHere("not NixOS")
	}
	var active, missing []string
	for _, mod := range modules {
		if strings.Contains(strings.ReplaceAll(m.text(mod.file), " ", ""), mod.text) {
			active = append(active, mod.name)
		} else {
			missing = append(missing, mod.name)
		}
	}
	if missing != nil {
		return warn("without " + strings.Join(missing, ", "))
	}
	return ok(strings.Join(active, ", "))
}

// checkHomeModules looks for links to electroscope in the profile that home-manager makes.
func checkHomeModules(m *Machine) Result {
	if !m.hasHomeManager() {
		return notHere("no home-manager")
	}
	var t tally
	for _, a := range m.installed() {
		state := Warn
		for _, profile := range m.nixProfiles() {
			for _, name := range a.Names {
				if path := profile + "/bin/" + name; m.exists(path) && m.isOurs(path) {
					state = OK
				}
			}
		}
		if state == Warn && m.leads(a.Names[0]) {
			t.add(OK, a.Key+" by electroscope install")
			continue
		}
		t.add(state, a.Key)
	}
	r := t.result(noApp)
	if r.State == Warn {
		r.Found = "not before " + r.Found
	}
	return r
}

// generations are the links of a profile: NAME-NUMBER-link, with NAME the active one (nix-env(1)).
func (m *Machine) generations(profile string) (numbers []int, active int) {
	name := filepath.Base(profile)
	for _, path := range m.glob(profile + "-[0-9]*-link") {
		text := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(path), name+"-"), "-link")
		if n, err := strconv.Atoi(text); err == nil {
			numbers = append(numbers, n)
		}
	}
	text := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(m.link(profile)), name+"-"), "-link")
	active, _ = strconv.Atoi(text)
	return numbers, active
}

func checkSystemGeneration(m *Machine) Result {
	if !m.isNixOS() {
		return notHere("not NixOS")
	}
	numbers, active := m.generations("/nix/var/nix/profiles/system")
	return judgeGenerations(numbers, active)
}

// judgeGenerations wants one that is older than the active one.
func judgeGenerations(numbers []int, active int) Result {
	if len(numbers) == 0 || active == 0 {
		return unknown("the generations cannot be seen")
	}
	older := 0
	for _, n := range numbers {
		if n < active {
			older++
		}
	}
	found := "generation " + strconv.Itoa(active) + ", " + strconv.Itoa(older) + " before it"
	return okIf(older > 0, found)
}

// homeGenerations is the profile of home-manager, nil if there is none.
func (m *Machine) homeGenerations() []int {
	numbers, _ := m.generations(m.homeProfile())
	return numbers
}

// homeProfile is where home-manager keeps its generations (home-manager, modules/home-environment.nix).
func (m *Machine) homeProfile() string {
	profile := m.xdg().StateHome() + "/nix/profiles/home-manager"
	if old := "/nix/var/nix/profiles/per-user/" + m.user() + "/home-manager"; m.link(profile) == "" && m.link(old) != "" {
		return old
	}
	return profile
}

func checkHomeGeneration(m *Machine) Result {
	numbers, active := m.generations(m.homeProfile())
	if numbers == nil {
		return notHere("no profile of home-manager")
	}
	return judgeGenerations(numbers, active)
}

// checkBooted compares the kernels and modules of the system that was started with those of the
// active one (nixos/modules/system/activation/top-level.nix).
func checkBooted(m *Machine) Result {
	if !m.isNixOS() {
		return notHere("not NixOS")
	}
	for _, part := range []string{"kernel", "kernel-modules"} {
		booted, current := m.link("/run/booted-system/"+part), m.link("/run/current-system/"+part)
		switch {
		case booted == "" || current == "":
			return unknown("the system's " + part + " cannot be seen")
		case booted != current:
			return warn("a switch since the start brought other " + part)
		}
	}
	return ok("they are")
}
