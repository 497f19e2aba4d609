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
MemoryHigh = "2G"
MemoryMax  = "3G"
CPUQuota   = "150%%"
`

// electroscope is the launch of an app through a link, with the shipped catalogue
// and that many apps beside it in the user's own file.
func electroscope(programs, dir string, others int) (*contestant, error) {
	home, err := os.MkdirTemp(dir, "home-")
	if err != nil {
		return nil, err
	}
	config := filepath.Join(home, ".config/electroscope")
	if err := os.MkdirAll(config, 0o755); err != nil {
		return nil, err
	}
	var b strings.Builder
	for i := range others {
		fmt.Fprintf(&b, table, fmt.Sprintf("other%d", i), fmt.Sprintf("/opt/other%d/other", i))
	}
	fmt.Fprintf(&b, table, "benchapp", engine(programs))
	fmt.Fprintf(&b, table, "benchprobe", filepath.Join(dir, "probe"))
	if err := os.WriteFile(filepath.Join(config, "apps.toml"), []byte(b.String()), 0o644); err != nil {
		return nil, err
	}
	for _, name := range []string{"benchapp", "benchprobe"} {
		if err := os.Symlink(filepath.Join(programs, "electroscope"), filepath.Join(home, name)); err != nil {
			return nil, err
		}
	}
	c := &contestant{
		name: "electroscope", scope: true,
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

// growth is electroscope with ever more apps in the user's file.
func growth(programs, dir string) ([]*contestant, error) {
	var list []*contestant
	for _, n := range []int{10, 100, 1000} {
		c, err := electroscope(programs, dir, n)
		if err != nil {
			return nil, err
		}
		c.name = fmt.Sprintf("%d more apps", n)
		list = append(list, c)
	}
	return list, nil
}

// others are electroscope where the variable does not hold the app, so that names have
// to be held, and where the engine has to be read, as at the first launch.
func others(programs, dir string) ([]*contestant, error) {
	guarded, err := electroscope(programs, dir, 0)
	if err != nil {
		return nil, err
	}
	guarded.name = "three guards"
	file, err := os.OpenFile(filepath.Join(filepath.Dir(guarded.start[0]), ".config/electroscope/apps.toml"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if _, err := file.WriteString("[apps.benchapp.escape]\nenv = \"never\"\nids = [\"bench-app\"]\n"); err != nil {
		return nil, err
	}
	cold, err := electroscope(programs, dir, 0)
	if err != nil {
		return nil, err
	}
	cold.name = "cache cold"
	cold.forget = filepath.Join(filepath.Dir(cold.start[0]), ".cache")
	return []*contestant{guarded, cold}, nil
}
