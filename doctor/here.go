package doctor

import (
	"context"
	"errors"
	"os/exec"
	"slices"
	"syscall"
	"time"

	"electroscope/launcher"
	"electroscope/launcher/catalog"
)

// commandTimeout is how long a program may take. vainfo takes the longest, about a second on a
// card that sleeps.
const commandTimeout = 5 * time.Second

// Here is this machine.
func Here(w launcher.Process, layers catalog.Layers) *Machine {
	return &Machine{
		Root: w.Root, Process: w, Layers: layers.Whole(),
		Command: func(words ...string) Output { return execute(w.Env, words) },
		Manager: func() launcher.Delegation { return launcher.ReadDelegation(w) },
		MayUse:  mayUse,
		Period:  500 * time.Millisecond, // five periods of a CPU quota
	}
}

// execute runs a program in English, which is what its output is read in.
func execute(env []string, words []string) Output {
	ctx, cancel := context.WithTimeout(context.Background(), commandTimeout)
	defer cancel()
	c := exec.CommandContext(ctx, words[0], words[1:]...)
	c.Env = append(slices.Clone(env), "LC_ALL=C", "SYSTEMD_PAGER=", "SYSTEMD_COLORS=0")
	c.WaitDelay = time.Second
	out, err := c.CombinedOutput()
	return Output{Text: string(out), Failed: err != nil, Absent: errors.Is(err, exec.ErrNotFound), TimedOut: ctx.Err() != nil}
}

// mayUse asks the kernel (access(2)), which knows the access lists that systemd-logind sets.
func mayUse(path string) bool {
	const read, write = 4, 2
	return syscall.Access(path, read|write) == nil
}
