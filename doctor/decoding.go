package doctor

import (
	"slices"
	"strconv"
	"strings"

	"electroscope/monitor"
)

// decodingChecks are about apps that play a video now.
func decodingChecks() []Check {
	return []Check{
		{
			Name: "video-cpu", Group: Apps, run: checkVideo,
			Wanted: "less than 20% of a CPU for an app whose video the card decodes",
			Why:    "more means that frames are copied or drawn by the CPU",
			Mend:   Mend{Command: `electroscope explain -v APP; in apps.toml: [gpu] video-decode = true, zero-copy = true`},
		},
	}
}

// checkVideo looks which app the card decodes for now, and how much CPU that takes.
func checkVideo(m *Machine) Result {
	s, err := m.running()
	if err != nil {
		return unknown(err.Error())
	}
	if len(s.Apps) == 0 {
		return notHere("no app runs")
	}
	decoding := m.decoding(s)
	if len(decoding) == 0 {
		return notHere("the card decodes for no app now; play a video, and look again")
	}
	now, err := m.rates()
	if err != nil {
		return unknown(err.Error())
	}
	return judgeVideo(now.Apps, decoding)
}

// judgeVideo judges the apps among whose processes is one that decodes.
func judgeVideo(apps []monitor.App, decoding []int) Result {
	var t tally
	for _, a := range apps {
		if !slices.ContainsFunc(a.Processes, func(p monitor.Process) bool { return slices.Contains(decoding, p.PID) }) {
			continue
		}
		cpu, known := a.Rates.CPU.Get()
		switch found := a.Name + ": " + strconv.FormatFloat(cpu, 'f', 0, 64) + "% of a CPU"; {
		case !known:
			t.add(Unknown, a.Name+": its use of the CPU is not known")
		case cpu >= 20:
			t.add(Warn, found)
		default:
			t.add(OK, found)
		}
	}
	return t.result("the card decodes for no app of the catalogue")
}

// decoding are the processes of apps that have the card decode: by the time of its video engine
// (Documentation/gpu/drm-usage-stats.rst: i915 and amdgpu), or by nvidia-smi.
func (m *Machine) decoding(s monitor.Sample) []int {
	var pids []int
	for _, a := range s.Apps {
		for _, p := range a.Processes {
			if p.Kind == monitor.GPU && m.usesVideoEngine(p.PID) {
				pids = append(pids, p.PID)
			}
		}
	}
	if c, isNVIDIA := m.nvidia(); isNVIDIA && c.driver != "nouveau" {
		pids = append(pids, decodersOf(m.run("nvidia-smi", "pmon", "--count", "1").Text)...)
	}
	return pids
}

func (m *Machine) usesVideoEngine(pid int) bool {
	for _, file := range m.glob(m.Process.Proc + "/" + strconv.Itoa(pid) + "/fdinfo/*") {
		for line := range strings.Lines(m.text(file)) {
			name, value, _ := strings.Cut(line, ":")
			if name != "drm-engine-video" && name != "drm-engine-dec" {
				continue
			}
			if n, known := parseNumber(strings.TrimSuffix(strings.TrimSpace(value), " ns")); known && n > 0 {
				return true
			}
		}
	}
	return false
}

// decodersOf are the PIDs with something in the column "dec" (nvidia-smi(1), pmon).
func decodersOf(text string) []int {
	process, column := -1, -1
	var pids []int
	for line := range strings.Lines(text) {
		words := strings.Fields(strings.TrimPrefix(line, "#"))
		if strings.HasPrefix(line, "#") {
			if i := slices.Index(words, "dec"); i >= 0 {
				process, column = slices.Index(words, "pid"), i
			}
			continue
		}
		if process < 0 || len(words) <= max(process, column) {
			continue
		}
		pid, err := strconv.Atoi(words[process])
		if busy, known := parseNumber(words[column]); err == nil && known && busy > 0 {
			pids = append(pids, pid)
		}
	}
	return pids
}
