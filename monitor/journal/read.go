package journal

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Log is what was read of the journal.
type Log struct {
	Since  time.Time
	Events []Event // in the order of time
	Gaps   []Gap   // what could not be read
}

// A Gap is a part of the journal that could not be read.
type Gap struct {
	Text   string
	Remedy string // empty if there is none
	All    bool   // nothing of the journal could be read
}

// A Reader is who reads the journal.
type Reader struct {
	Env []string
	UID int // whose units and processes count
}

// bounds of what is read. The newest records are read first, so that it is the oldest that are
// left out.
const (
	patience = 20 * time.Second
	most     = 200_000 // records
	longest  = 1 << 20 // bytes of one
)

// Read returns the events since then.
func (r Reader) Read(since time.Time) Log {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	from := "--since=@" + strconv.FormatInt(since.Unix(), 10)
	records, gaps := r.run(ctx, append([]string{"--reverse", from}, byID()...)...)
	if !readsNothing(gaps) {
		more, moreGaps := r.lines(ctx, from)
		records, gaps = append(records, more...), append(gaps, moreGaps...)
	}
	if gaps == nil && !slices.ContainsFunc(records, isKernel) {
		gaps = r.probe(ctx, len(records) > 0)
	}
	slices.SortStableFunc(records, func(a, b record) int { return a.Time.time().Compare(b.Time.time()) })
	return Log{Since: since, Events: events(records, r.UID), Gaps: slices.Compact(gaps)}
}

func readsNothing(gaps []Gap) bool {
	return slices.ContainsFunc(gaps, func(g Gap) bool { return g.All })
}

func isKernel(r record) bool { return r.Transport == "kernel" }

// probe finds out why nothing of the kernel's was read. journalctl tells people that they do not
// see the system's part, but not with --output=json, which is quiet. So it asks for what every
// boot has.
func (r Reader) probe(ctx context.Context, some bool) []Gap {
	records, gaps := r.run(ctx, "--lines=1", "_TRANSPORT=kernel")
	if len(records) > 0 || gaps != nil {
		return gaps
	}
	if !some {
		if records, _ = r.run(ctx, "--lines=1"); len(records) == 0 {
			return []Gap{{Text: "there is no journal that this user may read", Remedy: group, All: true}}
		}
	}
	return []Gap{{Text: "this user may not read the kernel's part of the journal, so that a kill is told without its limit, and a crash perhaps not at all", Remedy: group}}
}

// group is who may read all (systemd-journald.service(8), "Access control").
const group = "who is in the group systemd-journal may read it: usermod -aG systemd-journal USER, then log in again"

// events are those of records in the order of time.
func events(records []record, uid int) []Event {
	d := decoder{uid: uid}
	for _, rec := range records {
		d.add(rec)
	}
	return d.events
}

// byID are the matches of records that are known by a field, which the journal has an index of.
func byID() []string {
	var list []string
	for _, id := range UnitMessages() {
		list = append(list, "MESSAGE_ID="+id)
	}
	return append(list, "MESSAGE_ID="+coreDump, "+", "SYSLOG_IDENTIFIER="+identifier)
}

// pattern matches the lines that are known by their text alone: the kernel's, and those that
// a launch or an app wrote to a stderr that is the journal.
const pattern = `^(memory: usage |oom-kill:|traps: |electroscope: )|ut of memory: Killed process|\]: segfault at |` + gpuExited

// lines reads those records. A journalctl without PCRE cannot search; what it gives instead is
// sorted out here.
func (r Reader) lines(ctx context.Context, from string) ([]record, []Gap) {
	matches := []string{"--reverse", from, "_TRANSPORT=kernel", "+", "_TRANSPORT=stdout"}
	records, gaps := r.run(ctx, append([]string{"--case-sensitive", "--grep=" + pattern}, matches...)...)
	if len(gaps) > 0 && strings.Contains(gaps[0].Text, "attern matching") {
		records, gaps = r.run(ctx, matches...)
	}
	return records, gaps
}

// run calls journalctl. It merges the journals that this user may read.
func (r Reader) run(ctx context.Context, args ...string) ([]record, []Gap) {
	args = append([]string{"--no-pager", "--output=json", "--output-fields=" + fields}, args...)
	c := exec.CommandContext(ctx, "journalctl", args...)
	c.Env = append(slices.Clone(r.Env), "LC_ALL=C", "SYSTEMD_COLORS=0", "SYSTEMD_LOG_LEVEL=info")
	c.WaitDelay = time.Second
	var complaints bytes.Buffer
	c.Stderr = &complaints
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if errors.Is(err, exec.ErrNotFound) {
		return nil, []Gap{{Text: "there is no journalctl here", All: true}}
	}
	if err != nil {
		return nil, []Gap{{Text: fmt.Sprintf("cannot start journalctl: %v", err), All: true}}
	}
	records, cut := parse(out, most)
	if cut {
		c.Process.Kill()
	}
	err = c.Wait()
	switch {
	case ctx.Err() != nil:
		return records, []Gap{{Text: fmt.Sprintf("journalctl took longer than %v: what is older than the records that came is left out", patience)}}
	case cut:
		return records, []Gap{{Text: fmt.Sprintf("the journal has more than %d records: the oldest are left out", most)}}
	}
	return records, gaps(complaints.String(), err)
}

// parse reads records, a line each. cut reports whether there is more than it takes.
func parse(out io.Reader, most int) (records []record, cut bool) {
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, longest)
	for lines.Scan() {
		if len(records) == most {
			return records, true
		}
		var rec record
		if json.Unmarshal(lines.Bytes(), &rec) == nil {
			records = append(records, rec)
		}
	}
	return records, lines.Err() != nil
}

// gaps are what journalctl's stderr and exit status say was not read (journal_access_check_and_warn,
// src/shared/journal-util.c). It ends with 1 also if nothing matches.
func gaps(complaints string, err error) []Gap {
	complaints = strings.TrimSpace(complaints)
	switch {
	case strings.Contains(complaints, "No journal files were opened due to insufficient permissions"):
		return []Gap{{Text: "this user may not read the journal, which has no part for users here", Remedy: group, All: true}}
	case err == nil, complaints == "":
		return nil
	}
	first, _, _ := strings.Cut(complaints, "\n")
	return []Gap{{Text: "journalctl: " + first}}
}
