//go:build rig

// Package faults breaks what a launch depends on, many times over, and holds what
// comes of it against the promises: the app starts, it is either inside its scope
// or said to be without limits, and nothing waits for ever. It runs inside
// tests/rig/session.sh, as the ordinary user there; run.sh starts it in every rig.
//
// Each test is an area. It counts what it tried and what held, and prints one
// line, of which the table in docs/faults.md is made (make docs-faults).
//
// Some tests need a rig of their own and are chosen by name: TestDead… one that
// sees a file system that does not answer, TestAlone… one without a manager.
package faults

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == inheritOption {
		fmt.Fprintln(os.Stderr, "faults:", inherit(os.Args[2:]))
		os.Exit(98)
	}
	if err := errors.Join(atHome(), inheritNothing()); err != nil {
		fmt.Fprintln(os.Stderr, "faults:", err)
		os.Exit(99)
	}
	os.Exit(m.Run())
}

// atHome refuses to run anywhere but in the rig, whose manager is nobody's.
func atHome() error {
	if os.Getenv("ELECTROSCOPE_RIG") == "" {
		return fmt.Errorf("not inside the rig (remedy: tests/faults/run.sh)")
	}
	if bin := os.Getenv("ELECTROSCOPE_BIN"); !filepath.IsAbs(bin) {
		return fmt.Errorf("ELECTROSCOPE_BIN is %q, not the path of the binary under test", bin)
	}
	_, err := os.Stat(os.Getenv("ELECTROSCOPE_BIN"))
	return err
}

// inheritNothing keeps what this process inherited from what it starts. Go's fork puts
// its own pipe on any number above those that it is asked to give, so that one launch
// of many would lack a descriptor (golang.org/issue/61751).
func inheritNothing() error {
	return unix.CloseRange(3, math.MaxUint32, unix.CLOSE_RANGE_CLOEXEC)
}

// soak reports whether everything is tried, not a sample of the size of make test.
func soak() bool { return os.Getenv("ELECTROSCOPE_SOAK") != "" }

// sized is how many of something are tried.
func sized(test, soaking int) int {
	if soak() {
		return soaking
	}
	return test
}

// seeded gives chance that can be had again: ELECTROSCOPE_SEED, which is printed.
func seeded(t *testing.T) *rand.Rand {
	t.Helper()
	seed := uint64(1)
	if soak() {
		seed = uint64(time.Now().UnixNano())
	}
	if text := os.Getenv("ELECTROSCOPE_SEED"); text != "" {
		var err error
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("ELECTROSCOPE_SEED=%d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}
