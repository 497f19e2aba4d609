package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// initCosts prints what the packages of a binary take to initialize in a launch: of
// all that is linked, and of the same without the tool. They are paid at each launch.
func initCosts(out io.Writer, programs string) error {
	const runs = 40
	dir, err := os.MkdirTemp("", "electroscope-init-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for _, binary := range []struct{ name, file string }{{"the whole binary", "electroscope"}, {"without the tool", "launchonly"}} {
		link := filepath.Join(dir, binary.file, "true")
		if err := os.Mkdir(filepath.Dir(link), 0o755); err != nil {
			return err
		}
		if err := os.Symlink(filepath.Join(programs, binary.file), link); err != nil {
			return err
		}
		var sums []float64
		packages := 0
		for range runs {
			sum, n, err := initCost(link, dir)
			if err != nil {
				return err
			}
			sums, packages = append(sums, sum), n
		}
		slices.Sort(sums)
		fmt.Fprintf(out, "init of %s: median %.2f ms, least %.2f ms, %d packages (%d runs of GODEBUG=inittrace=1)\n", binary.name, sums[runs/2], sums[0], packages, runs)
	}
	return nil
}

// initCost runs one launch of true(1), without a manager, and adds up what package
// runtime says of each package: "init os @0.8 ms, 0.05 ms clock, ...".
func initCost(link, dir string) (ms float64, packages int, err error) {
	c := exec.Command(link)
	c.Env = []string{"GODEBUG=inittrace=1", "PATH=/usr/bin:/bin", "HOME=" + dir, "XDG_RUNTIME_DIR=" + dir}
	var stderr bytes.Buffer
	c.Stderr = &stderr
	if err := c.Run(); err != nil {
		return 0, 0, fmt.Errorf("%v: %w\n%s", c, err, stderr.Bytes())
	}
	for line := range strings.Lines(stderr.String()) {
		_, after, _ := strings.Cut(line, " @")
		_, after, _ = strings.Cut(after, ", ")
		clock, _, found := strings.Cut(after, " ms clock")
		if n, err := strconv.ParseFloat(clock, 64); found && err == nil && strings.HasPrefix(line, "init ") {
			ms, packages = ms+n, packages+1
		}
	}
	if packages == 0 {
		return 0, 0, fmt.Errorf("%v traced nothing:\n%s", c, stderr.Bytes())
	}
	return ms, packages, nil
}
