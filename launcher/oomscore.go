package launcher

import (
	"strconv"
	"strings"

	"electroscope/launcher/regular"
)

// adjustOOMScore sets a wished oom_score_adj as far as the kernel lets it. A scope
// takes no OOMScoreAdjust. What comes of it is in the file, for explain to read.
func adjustOOMScore(file string, wish int) {
	text, err := regular.Read(file, 64)
	present, invalid := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || invalid != nil {
		return
	}
	for _, score := range oomScores(present, wish) {
		if regular.Write(file, strconv.Itoa(score)) == nil {
			return
		}
	}
}

// oomScores are the scores to try, the best first. An unprivileged process may raise
// its score, but lower it only to the floor that the last privileged writer set,
// which systemd leaves at the user manager's own 100 (proc_pid_oom_score_adj(5),
// user@.service). None is worse than the present one, unless it is what was wished.
func oomScores(present, wish int) []int {
	if wish == present {
		return nil
	}
	scores := []int{wish}
	for _, floor := range []int{0, 100} {
		if wish < floor && floor < present {
			scores = append(scores, floor)
		}
	}
	return scores
}
