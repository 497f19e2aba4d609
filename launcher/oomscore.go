package launcher

import (
	"fmt"
	"strconv"
	"strings"

	"electroscope/launcher/regular"
)

// adjustOOMScore does what it may for a wished oom_score_adj. A scope takes no
// OOMScoreAdjust, and an unprivileged process may raise its score but lower it
// only to the floor that the last privileged writer set, which systemd leaves at
// the user manager's own 100 (proc_pid_oom_score_adj(5), user@.service). So from
// the wish upwards, the first value that the kernel takes and that is no worse
// than the present one. It returns the value now in force.
func adjustOOMScore(file string, wish int) (int, error) {
	text, err := regular.Read(file, 64)
	if err != nil {
		return 0, err
	}
	present, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return 0, fmt.Errorf("read %q: %w", file, err)
	}
	if present == wish {
		return present, nil
	}
	for _, v := range []int{wish, 0, 100} {
		if v < wish || wish < present && v >= present {
			continue
		}
		if regular.Write(file, strconv.Itoa(v)) == nil {
			return v, nil
		}
	}
	return present, nil
}
