package journal

import (
	"encoding/json"
	"strconv"
	"time"
)

// A record is an entry as journalctl -o json writes it, with the fields that are asked for
// (systemd.journal-fields(7)).
type record struct {
	Time        text `json:"__REALTIME_TIMESTAMP"`
	Boot        text `json:"_BOOT_ID"`
	UID         text `json:"_UID"`
	PID         text `json:"_PID"`
	Transport   text `json:"_TRANSPORT"`
	Identifier  text `json:"SYSLOG_IDENTIFIER"`
	Message     text `json:"MESSAGE"`
	MessageID   text `json:"MESSAGE_ID"`
	SenderUnit  text `json:"_SYSTEMD_USER_UNIT"` // of the process that wrote it
	Unit        text `json:"USER_UNIT"`          // that the user's manager writes of
	UnitResult  text `json:"UNIT_RESULT"`
	App         text `json:"ELECTROSCOPE_APP"`
	Watch       text `json:"ELECTROSCOPE_EVENT"` // the watcher's, with the next two
	WatchUnit   text `json:"ELECTROSCOPE_UNIT"`
	WatchPart   text `json:"ELECTROSCOPE_PROCESS"`
	CPU         text `json:"CPU_USAGE_NSEC"`
	Peak        text `json:"MEMORY_PEAK"`
	SwapPeak    text `json:"MEMORY_SWAP_PEAK"`
	CoreUID     text `json:"COREDUMP_UID"`
	CorePID     text `json:"COREDUMP_PID"`
	CoreProcess text `json:"COREDUMP_COMM"`
	CoreSignal  text `json:"COREDUMP_SIGNAL_NAME"`
	CoreNumber  text `json:"COREDUMP_SIGNAL"`
	CoreUnit    text `json:"COREDUMP_USER_UNIT"`
}

// fields are asked for by name: a core dump's record has its whole environment. Those that
// begin with two underscores and the message's time are always written.
const fields = "_BOOT_ID,_UID,_PID,_TRANSPORT,SYSLOG_IDENTIFIER,MESSAGE,MESSAGE_ID,_SYSTEMD_USER_UNIT,USER_UNIT," +
	"UNIT_RESULT,ELECTROSCOPE_APP,ELECTROSCOPE_EVENT,ELECTROSCOPE_UNIT,ELECTROSCOPE_PROCESS,CPU_USAGE_NSEC,MEMORY_PEAK,MEMORY_SWAP_PEAK," +
	"COREDUMP_UID,COREDUMP_PID,COREDUMP_COMM,COREDUMP_SIGNAL_NAME,COREDUMP_SIGNAL,COREDUMP_USER_UNIT"

// text is the value of a field. In JSON it is a string; an array of numbers, its bytes, if it
// is not UTF-8; null if it is too long; an array of these if the record has the field more than
// once, of which the first counts (https://systemd.io/JOURNAL_EXPORT_FORMATS).
type text string

func (t *text) UnmarshalJSON(b []byte) error {
	*t = ""
	var list []json.RawMessage
	switch {
	case len(b) > 0 && b[0] == '"':
		return json.Unmarshal(b, (*string)(t))
	case json.Unmarshal(b, &list) != nil || len(list) == 0:
		return nil
	case list[0][0] == '"' || list[0][0] == '[':
		return t.UnmarshalJSON(list[0])
	}
	var bytes []uint8
	for _, n := range list {
		if v, err := strconv.ParseUint(string(n), 10, 8); err == nil {
			bytes = append(bytes, uint8(v))
		}
	}
	*t = text(bytes)
	return nil
}

// number is the value as a PID or a uid; -1 if it is none.
func (t text) number() int {
	n, err := strconv.Atoi(string(t))
	if err != nil {
		return -1
	}
	return n
}

// time is a value in microseconds since 1970.
func (t text) time() time.Time {
	n, err := strconv.ParseInt(string(t), 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMicro(n).UTC()
}
