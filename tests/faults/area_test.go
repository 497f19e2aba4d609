//go:build rig

package faults

import (
	"fmt"
	"os"
	"sync"
	"testing"
)

// An area is one kind of fault: what was tried of it, and what came of that.
type area struct {
	t    *testing.T
	name string

	mu                        sync.Mutex
	tried, held, capped, told int
}

// newArea prints its line when the test ends. run.sh gathers these.
func newArea(t *testing.T, name string) *area {
	a := &area{t: t, name: name}
	t.Cleanup(func() {
		if a.tried == 0 {
			t.Error("nothing was tried")
		}
		fmt.Printf("faults\t%s\t%s\t%d\t%d\t%d\t%d\n", a.name, os.Getenv("ELECTROSCOPE_RIG_SYSTEMD"), a.tried, a.held, a.told, a.capped)
	})
	return a
}

// try counts one case. What is wrong with it fails the test, unless there is a
// reason that it cannot be otherwise: an exception that turns out to hold is
// wrong too, for the documentation says that it does not.
func (a *area) try(name, exception string, err error) {
	a.t.Helper()
	a.mu.Lock()
	defer a.mu.Unlock()
	a.tried++
	switch {
	case err == nil && exception != "":
		a.t.Errorf("%s: holds, and is documented not to: %s", name, exception)
		a.held++
	case err == nil:
		a.held++
	case exception != "":
		a.told++
	default:
		a.t.Errorf("%s: %v", name, err)
	}
}

// launch counts one, and those that came into their scope; err is that it could
// not be tried.
func (a *area) launch(name string, l launch, err error) {
	a.t.Helper()
	if l.inside() {
		a.mu.Lock()
		a.capped++
		a.mu.Unlock()
	}
	if err == nil {
		err = l.wrong()
	}
	a.try(name, "", err)
}

// each does something n times, a few at a time. It must not end a test.
func each(n, at int, do func(i int)) {
	var wait sync.WaitGroup
	next := make(chan int)
	for range min(n, at) {
		wait.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wait.Wait()
}
