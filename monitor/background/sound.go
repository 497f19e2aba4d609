package background

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Sound asks a sound server, PulseAudio or PipeWire in its place, by pactl(1).
type Sound struct {
	Server string // where it listens, as PULSE_SERVER has it
}

// patience is how long the server may take to answer.
const patience = 5 * time.Second

// Players are the processes that play or record. It is an error if that is not known of one:
// then any app might be it.
func (s Sound) Players() ([]int, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var text [3][]byte
	for i, what := range []string{"sink-inputs", "source-outputs", "clients"} {
		out, err := s.pactl(ctx, "--format=json", "list", what).Output()
		if err != nil {
			return nil, fmt.Errorf("the sound server does not say who plays: %w", explained(err))
		}
		text[i] = out
	}
	return players(text[0], text[1], text[2])
}

// pactl is a call of it. With a server named it starts none (pulse-client.conf(5), autospawn=).
func (s Sound) pactl(ctx context.Context, words ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, "pactl", append([]string{"--server=" + s.Server}, words...)...)
	c.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	c.WaitDelay = time.Second
	return c
}

// explained adds what a program said before it failed.
func explained(err error) error {
	var failed *exec.ExitError
	if errors.As(err, &failed) && len(failed.Stderr) > 0 {
		return fmt.Errorf("pactl: %s", strings.Join(strings.Fields(string(failed.Stderr)), " "))
	}
	return err
}

// A stream is one that plays or records, and a client one that may have some. Both say of
// themselves who they are: application.process.id. A client of PipeWire has the PID that the
// kernel knows, too (pipewire.sec.pid, which module-protocol-native sets), but for one that
// speaks PulseAudio that is pipewire-pulse. So each of them counts.
type stream struct {
	Index      json.Number       `json:"index"`
	Client     json.RawMessage   `json:"client"`
	Corked     bool              `json:"corked"` // paused
	Properties map[string]string `json:"properties"`
}

// players finds who has a stream that is not paused in what pactl prints.
func players(inputs, outputs, clients []byte) ([]int, error) {
	var playing, recording, known []stream
	for _, list := range []struct {
		text []byte
		into *[]stream
	}{{inputs, &playing}, {outputs, &recording}, {clients, &known}} {
		if err := json.Unmarshal(list.text, list.into); err != nil {
			return nil, fmt.Errorf("cannot read what pactl says: %w", err)
		}
	}
	var pids []int
	for _, s := range append(playing, recording...) {
		if s.Corked {
			continue
		}
		its := pidsOf(s, known)
		if len(its) == 0 {
			return nil, errors.New("the sound server does not know the process of a stream")
		}
		pids = append(pids, its...)
	}
	return pids, nil
}

// pidsOf are the processes that a stream is said to be of; none if nothing says it.
func pidsOf(s stream, clients []stream) []int {
	properties := []map[string]string{s.Properties}
	for _, c := range clients {
		if strings.Trim(string(s.Client), `"`) == c.Index.String() { // a number in quotes, in PulseAudio 16
			properties = append(properties, c.Properties)
		}
	}
	var pids []int
	for _, p := range properties {
		for _, name := range []string{"application.process.id", "pipewire.sec.pid"} {
			if pid, err := strconv.Atoi(p[name]); err == nil && pid > 0 && !slices.Contains(pids, pid) {
				pids = append(pids, pid)
			}
		}
	}
	return pids
}

// Follow calls changed whenever a stream comes or changes, and when it can no longer tell.
func (s Sound) Follow(ctx context.Context, changed func()) {
	defer changed()
	c := s.pactl(ctx, "subscribe")
	out, err := c.StdoutPipe()
	if err != nil || c.Start() != nil {
		return
	}
	defer time.AfterFunc(time.Second, changed).Stop() // what changed before it listened
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if text := lines.Text(); strings.Contains(text, "sink-input") || strings.Contains(text, "source-output") {
			changed()
		}
	}
	_ = c.Wait() // that it has ended is all there is to say
}
