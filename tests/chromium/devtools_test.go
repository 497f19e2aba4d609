//go:build rig

package chromium

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"testing"
	"time"
)

// A debugger speaks the DevTools protocol over Chromium's pipe: it reads messages from
// 3 and writes them to 4, each JSON with a NUL behind it
// (content/browser/devtools/devtools_pipe_handler.cc).
type debugger struct {
	t     *testing.T
	to    *os.File
	from  *os.File
	lines *bufio.Reader
	calls int
}

// debug runs a command as run does, with the pipe. That the two files arrive is the
// launch's doing too.
func debug(t *testing.T, config string, command ...string) (*browser, *debugger) {
	t.Helper()
	theirIn, ourOut, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	ourIn, theirOut, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	b := run(t, config, append(command, "--remote-debugging-pipe"), theirIn, theirOut)
	theirIn.Close()
	theirOut.Close()
	t.Cleanup(func() {
		ourIn.Close()
		ourOut.Close()
	})
	return b, &debugger{t: t, to: ourOut, from: ourIn, lines: bufio.NewReader(ourIn)}
}

// call asks the browser, or a session with one of its pages, and decodes the answer.
func (d *debugger) call(session, method string, params, answer any) {
	d.t.Helper()
	d.calls++
	type call struct {
		ID      int    `json:"id"`
		Session string `json:"sessionId,omitempty"`
		Method  string `json:"method"`
		Params  any    `json:"params,omitempty"`
	}
	text, err := json.Marshal(call{d.calls, session, method, params})
	if err == nil {
		_, err = d.to.Write(append(text, 0))
	}
	if err != nil {
		d.t.Fatalf("%s: %v", method, err)
	}
	result, err := d.answer()
	if err == nil {
		err = json.Unmarshal(result, answer)
	}
	if err != nil {
		d.t.Fatalf("%s: %v", method, err)
	}
}

// answer reads up to the answer to the last call; events stand before it.
func (d *debugger) answer() (json.RawMessage, error) {
	if err := d.from.SetReadDeadline(time.Now().Add(long)); err != nil {
		return nil, err
	}
	for {
		text, err := d.lines.ReadBytes(0)
		if err != nil {
			return nil, err
		}
		var got struct {
			ID     int
			Result json.RawMessage
			Error  json.RawMessage
		}
		switch err := json.Unmarshal(text[:len(text)-1], &got); {
		case err != nil:
			return nil, err
		case got.Error != nil:
			return nil, fmt.Errorf("refused: %s", got.Error)
		case got.ID == d.calls:
			return got.Result, nil
		}
	}
}

// heapLimit is what V8 lets a heap of the page have, in bytes.
func (d *debugger) heapLimit() int {
	d.t.Helper()
	var targets struct {
		TargetInfos []struct{ TargetID, Type, URL string }
	}
	page := ""
	if !until(long, func() bool {
		d.call("", "Target.getTargets", nil, &targets)
		for _, info := range targets.TargetInfos {
			if info.Type == "page" && info.URL == "about:blank" {
				page = info.TargetID
			}
		}
		return page != ""
	}) {
		d.t.Fatalf("no page: %v", targets)
	}
	var attached struct{ SessionID string }
	d.call("", "Target.attachToTarget", map[string]any{"targetId": page, "flatten": true}, &attached)
	var evaluated struct{ Result struct{ Value int } }
	d.call(attached.SessionID, "Runtime.evaluate", map[string]any{"expression": "performance.memory.jsHeapSizeLimit"}, &evaluated)
	return evaluated.Result.Value
}

// graphics is the state of a feature of the GPU process, as chrome://gpu shows it.
func (d *debugger) graphics(feature string) string {
	d.t.Helper()
	var info struct {
		GPU struct{ FeatureStatus map[string]any }
	}
	d.call("", "SystemInfo.getInfo", nil, &info)
	return fmt.Sprint(info.GPU.FeatureStatus[feature])
}
