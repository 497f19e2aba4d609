package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// An app of the benchmark's catalogue: an Electron app with discord's limits and
// switches of every kind. MemoryHigh stays in without swap, as the others have it.
const table = `
[apps.%[1]s]
names   = ["%[1]s", "%[1]s-desktop"]
exec    = [%[2]q]
runtime = "electron"
id      = "%[1]s"
heap    = "1024M"
memory-high-without-swap = "keep"
switches = ["--enable-gpu-rasterization", "--enable-zero-copy", "--ignore-gpu-blocklist"]
enable-features = ["VaapiVideoDecoder", "VaapiIgnoreDriverChecks"]
disable-features = ["UseChromeOSDirectVideoDecoder"]
env = { LIBVA_DRIVER_NAME = "nvidia" }

[apps.%[1]s.limits]
MemoryHigh = %[3]q
MemoryMax  = %[4]q
CPUQuota   = %[5]q
`

// noBudget takes the limits of the slice off, where there is no controller for them.
const noBudget = `
[budget]
memory = "infinity"
cpus   = "infinity"
`

func (l limits) table(name, exec string) string {
	return fmt.Sprintf(table, name, exec, l.high, l.most, l.quota)
}

// electroscope is the launch of an app through a link, with the shipped catalogue and the user's
// own file, and beside it files of that text.
func electroscope(programs, dir, name string, l limits, more ...string) (*contestant, error) {
	home, err := os.MkdirTemp(dir, "home-")
	if err != nil {
		return nil, err
	}
	config := filepath.Join(home, ".config/electroscope")
	if err := os.MkdirAll(filepath.Join(config, "apps.d"), 0o755); err != nil {
		return nil, err
	}
	own := l.table("benchapp", engine(programs)) + l.table("benchprobe", filepath.Join(dir, "probe"))
	if l.name == "infinity" {
		own += noBudget
	}
	for i, text := range append([]string{own}, more...) {
		file := filepath.Join(config, "apps.toml")
		if i > 0 {
			file = filepath.Join(config, "apps.d", fmt.Sprintf("%03d.toml", i))
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			return nil, err
		}
	}
	for _, name := range []string{"benchapp", "benchprobe"} {
		if err := os.Symlink(filepath.Join(programs, "electroscope"), filepath.Join(home, name)); err != nil {
			return nil, err
		}
	}
	c := &contestant{
		name: name, scope: true,
		start: []string{filepath.Join(home, "benchapp")}, probe: []string{filepath.Join(home, "benchprobe")},
		env: []string{"HOME=" + home},
	}
	for _, v := range os.Environ() {
		switch name, _, _ := strings.Cut(v, "="); name {
		case "HOME", "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "XDG_CACHE_HOME":
		default:
			c.env = append(c.env, v)
		}
	}
	return c, nil
}

// runs leads the links to another electroscope.
func (c *contestant) runs(program string) error {
	program, err := filepath.Abs(program)
	if err != nil {
		return err
	}
	for _, link := range []string{c.start[0], c.probe[0]} {
		if err := os.Remove(link); err != nil {
			return err
		}
		if err := os.Symlink(program, link); err != nil {
			return err
		}
	}
	return nil
}

// variants are electroscope with ever more apps in the user's files, where the variable does not
// hold the app, so that names have to be held, and where the engine has to be read, as at the
// first launch after an update.
func variants(programs, dir string, l limits) ([]*contestant, error) {
	var files []string
	for i := range 1000 {
		files = append(files, l.table(fmt.Sprintf("other%d", i), fmt.Sprintf("/opt/other%d/other", i)))
	}
	var list []*contestant
	for _, v := range []struct {
		name string
		more []string
	}{
		{"10 more apps", []string{strings.Join(files[:10], "")}},
		{"100 more apps", []string{strings.Join(files[:100], "")}},
		{"1000 more apps", []string{strings.Join(files, "")}},
		{"100 more files", files[:100]},
		{"three guards", []string{"[apps.benchapp.escape]\nenv = \"never\"\nids = [\"bench-app\"]\n"}},
		{"cache cold", nil},
	} {
		c, err := electroscope(programs, dir, v.name, l, v.more...)
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	cold := list[len(list)-1]
	cold.forget = filepath.Join(filepath.Dir(cold.start[0]), ".cache")
	return append(list, launcherOf(floorName+", three guards", programs, dir, floor(programs, "bus", l, 3))), nil
}
