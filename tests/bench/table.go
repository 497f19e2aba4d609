package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// writeTable prints a line for each contestant; the ratios of the medians are to those of the
// same race that are worth beating, if they are here.
func writeTable(w io.Writer, title string, list, peers []*contestant) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "%s\tmin\tmedian\tp95\tmedian/floor\t/systemd-run\t/runapp\tpeak MiB\t\n", title)
	for _, c := range list {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%.1f\t\n", c.name, c.ms(0), c.ms(0.5), c.ms(0.95),
			c.ratio(named(peers, floorName)), c.ratio(named(peers, runName)), c.ratio(named(peers, runappName)), float64(c.peak)/1024)
	}
	t.Flush()
}

// at is the time below which that share of the starts stayed.
func (c *contestant) at(share float64) time.Duration {
	sorted := slices.Sorted(slices.Values(c.times))
	return sorted[int(share*float64(len(sorted)-1)+0.5)]
}

func (c *contestant) ms(share float64) string {
	return fmt.Sprintf("%.2f", c.at(share).Seconds()*1000)
}

func (c *contestant) ratio(to *contestant) string {
	if to == nil {
		return "-"
	}
	return fmt.Sprintf("%.2f", float64(c.at(0.5))/float64(to.at(0.5)))
}

// machine says where the figures come from.
func machine(l limits) string {
	kernel, _ := os.ReadFile("/proc/sys/kernel/osrelease")
	load, _ := os.ReadFile("/proc/loadavg")
	systemd, _ := exec.Command("systemctl", "--version").Output()
	first := func(b []byte, n int) string { return strings.Join(strings.Fields(string(b))[:n], " ") }
	version := "systemd ?"
	if len(strings.Fields(string(systemd))) > 1 {
		version = first(systemd, 2)
	}
	return fmt.Sprintf("Linux %s, %s, %d CPUs, %s, load %s, MemoryHigh=%s MemoryMax=%s CPUQuota=%s",
		strings.TrimSpace(string(kernel)), version, runtime.NumCPU(), runtime.Version(), first(load, 1), l.high, l.most, l.quota)
}
