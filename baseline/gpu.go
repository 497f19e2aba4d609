package baseline

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"electroscope/monitor"
)

// gpu is the memory that buffers of the user's own processes have on graphics cards, on a card
// without memory of its own in RAM (Documentation/gpu/drm-usage-stats.rst). A buffer that is shared
// counts in each client. It is unknown if no driver says it, as NVIDIA's own does not.
func (s Source) gpu() monitor.Figure {
	sum := monitor.Figure{}
	seen := map[string]bool{}
	dirs, _ := filepath.Glob(s.Proc + "/[0-9]*")
	for _, dir := range dirs {
		pid, err := strconv.Atoi(filepath.Base(dir))
		if err != nil || !s.IsOwn(pid) {
			continue
		}
		for _, fd := range s.cards(dir) {
			client, memory := parseClient(s.read(dir + "/fdinfo/" + fd))
			if !seen[client] {
				seen[client] = true
				sum = added(sum, memory)
			}
		}
	}
	return sum
}

// cards are the descriptors of a process that are a card's.
func (s Source) cards(dir string) []string {
	var list []string
	items, _ := os.ReadDir(dir + "/fd")
	for _, item := range items {
		if path, err := os.Readlink(dir + "/fd/" + item.Name()); err == nil && strings.HasPrefix(path, "/dev/dri/") {
			list = append(list, item.Name())
		}
	}
	return list
}

// parseClient reads a file of /proc/PID/fdinfo: which client of which card it is, and the sum over
// its regions. Descriptors that were duplicated are of one client. drm-memory-REGION is the
// earlier name of drm-resident-REGION.
func parseClient(text string) (client string, memory monitor.Figure) {
	resident, earlier := monitor.Figure{}, monitor.Figure{}
	for line := range strings.Lines(text) {
		key, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch {
		case key == "drm-pdev", key == "drm-client-id", key == "drm-driver":
			client += key + "=" + value + "\n"
		case strings.HasPrefix(key, "drm-resident-"):
			resident = added(resident, parseSize(value))
		case strings.HasPrefix(key, "drm-memory-"):
			earlier = added(earlier, parseSize(value))
		}
	}
	if resident.IsKnown() {
		return client, resident
	}
	return client, earlier
}

// added adds what is known to a sum.
func added(sum, f monitor.Figure) monitor.Figure {
	if n, known := f.Get(); known {
		return monitor.Known(sum.Or(0) + n)
	}
	return sum
}

// parseSize reads "4096", "12 KiB" or "3 MiB".
func parseSize(text string) monitor.Figure {
	words := strings.Fields(text)
	if len(words) == 0 {
		return monitor.Figure{}
	}
	n, err := strconv.ParseUint(words[0], 10, 44)
	shift, isUnit := map[string]uint{"": 0, "KiB": 10, "MiB": 20}[strings.Join(words[1:], " ")]
	if err != nil || !isUnit {
		return monitor.Figure{}
	}
	return monitor.Known(n << min(shift, 20))
}
