package machine

import (
	"strconv"
	"strings"

	"electroscope/launcher/regular"
)

// Contention is how many runnable processes there are for each processor: at present or
// on average over the last minute, whichever is more. It is 1 if there are fewer, or if
// the kernel does not say (proc_loadavg(5)).
func Contention() float64 {
	text, _ := regular.Read("/proc/loadavg", 256)
	return contention(string(text), online(onlineFile))
}

// contention reads "0.20 0.18 0.12 1/80 11206": averages, then the runnable of all.
func contention(loadavg string, processors int) float64 {
	fields := strings.Fields(loadavg)
	if len(fields) < 4 {
		return 1
	}
	average, _ := strconv.ParseFloat(fields[0], 64)
	present, _, _ := strings.Cut(fields[3], "/")
	runnable, _ := strconv.ParseFloat(present, 64)
	return max(1, average/float64(processors), runnable/float64(processors))
}
