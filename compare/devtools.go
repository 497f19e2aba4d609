package compare

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"
)

// workload is the page that a Chromium is given to do.
//
//go:embed workload.html
var workload string

// A devtools speaks the DevTools protocol over Chromium's pipe: the browser reads messages from
// descriptor 3 and writes them to 4, each JSON with a NUL behind it
// (content/browser/devtools/devtools_pipe_handler.cc). A pipe needs no port that others could
// connect to, and no HTTP in this program.
type devtools struct {
	to, from *os.File
	lines    *bufio.Reader
	calls    int
	theirs   []*os.File // 3 and 4 of the browser
}

func newDevtools() (*devtools, error) {
	theirIn, ourOut, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	ourIn, theirOut, err := os.Pipe()
	if err != nil {
		theirIn.Close()
		ourOut.Close()
		return nil, err
	}
	return &devtools{to: ourOut, from: ourIn, lines: bufio.NewReader(ourIn), theirs: []*os.File{theirIn, theirOut}}, nil
}

// started closes the browser's ends.
func (d *devtools) started() {
	for _, f := range d.theirs {
		f.Close()
	}
}

func (d *devtools) close() {
	d.started()
	d.to.Close()
	d.from.Close()
}

// call asks the browser, or a session with one of its pages, and decodes the answer.
func (d *devtools) call(deadline time.Time, session, method string, params, answer any) error {
	d.calls++
	type call struct {
		ID      int    `json:"id"`
		Session string `json:"sessionId,omitempty"`
		Method  string `json:"method"`
		Params  any    `json:"params,omitempty"`
	}
	text, err := json.Marshal(call{d.calls, session, method, params})
	if err != nil {
		return err
	}
	if err := errors.Join(d.to.SetWriteDeadline(deadline), d.from.SetReadDeadline(deadline)); err != nil {
		return err
	}
	if _, err := d.to.Write(append(text, 0)); err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	result, err := d.answer()
	if err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	return json.Unmarshal(result, answer)
}

// answer reads up to the answer to the last call; events stand before it.
func (d *devtools) answer() (json.RawMessage, error) {
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

// open has the browser show the workload, and returns the session with its page.
func (d *devtools) open(deadline time.Time, url string) (session string, err error) {
	var created struct{ TargetID string }
	if err := d.call(deadline, "", "Target.createTarget", map[string]any{"url": url}, &created); err != nil {
		return "", err
	}
	var attached struct{ SessionID string }
	err = d.call(deadline, "", "Target.attachToTarget", map[string]any{"targetId": created.TargetID, "flatten": true}, &attached)
	return attached.SessionID, err
}

// evaluate runs an expression in the page, waits for what it promises, and returns the number.
func (d *devtools) evaluate(deadline time.Time, session, expression string) (float64, error) {
	var evaluated struct {
		Result           struct{ Value *float64 }
		ExceptionDetails *struct{ Text string }
	}
	params := map[string]any{"expression": expression, "awaitPromise": true, "returnByValue": true}
	if err := d.call(deadline, session, "Runtime.evaluate", params, &evaluated); err != nil {
		return 0, err
	}
	if evaluated.ExceptionDetails != nil || evaluated.Result.Value == nil {
		return 0, fmt.Errorf("the page of the workload fails: %+v", evaluated.ExceptionDetails)
	}
	return *evaluated.Result.Value, nil
}

// loaded waits until the page has its script. While it is being loaded the context in which an
// expression was begun may go.
func (d *devtools) loaded(deadline time.Time, session string) error {
	for {
		is, err := d.evaluate(deadline, session, `Number(typeof work == "function")`)
		if is == 1 || time.Now().After(deadline) {
			return err
		}
		time.Sleep(10 * time.Millisecond)
	}
}
