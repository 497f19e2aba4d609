package unitfile

import "strings"

// The service that watches, and what starts it: a drop-in, for a link below default.target.wants
// would be no file that can be recorded byte for byte. default.target is there in every session,
// graphical-session.target is not.
const (
	WatchService = "electroscope-watch.service"
	WatchDropIn  = "default.target.d/50-electroscope.conf"
)

// Watch is the text of the service of `electroscope watch`, program being the path of electroscope,
// and that of the drop-in.
func Watch(program string) (service, dropIn string) {
	const head = "# Written by electroscope install --watch.\n"
	program = quoteExec(program)
	service = head + `[Unit]
Description=Tells when an app is killed or slowed for its limits
Documentation=man:electroscope(1)

[Service]
ExecStart=` + program + ` watch
ExecStopPost=` + program + ` watch --release
Restart=on-failure
RestartSec=5
Slice=session.slice
`
	return service, head + "[Unit]\nWants=" + WatchService + "\n"
}

// quoteExec writes a path as a word of ExecStart= (systemd.service(5), "Command Lines").
func quoteExec(path string) string {
	if isPlain(path) {
		return path
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "%", "%%", "$", "$$", "\n", `\n`).Replace(path) + `"`
}

// isPlain reports whether nothing in a path means something to systemd.
func isPlain(path string) bool {
	const plain = "/abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-"
	return !strings.ContainsFunc(path, func(r rune) bool { return !strings.ContainsRune(plain, r) })
}
