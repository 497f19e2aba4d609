package newapp

import (
	"errors"
	"path/filepath"
	"strings"

	"electroscope/launcher/catalog"
	"electroscope/launcher/unitname"
)

// A browser is one of Chromium's family, by its program's name, and the name that its
// windows and shortcuts have in front: kBrowserProcessExecutableName
// (chrome/common/chrome_constants.cc, and what the others make of it).
type browser struct{ program, prefix string }

// browsers are in the order in which they are looked for.
var browsers = [...]browser{
	{"google-chrome", "chrome"}, {"google-chrome-stable", "chrome"},
	{"chromium", "chrome"}, {"chromium-browser", "chrome"}, {"ungoogled-chromium", "chrome"},
	{"brave-browser", "brave"}, {"brave-browser-stable", "brave"}, {"brave", "brave"},
	{"microsoft-edge", "msedge"}, {"microsoft-edge-stable", "msedge"},
	{"vivaldi", "vivaldi"}, {"vivaldi-stable", "vivaldi"},
}

// Browsers are the programs that show a web app in a window of its own.
func Browsers() []string {
	var names []string
	for _, b := range browsers {
		names = append(names, b.program)
	}
	return names
}

func prefixOf(program string) string {
	for _, b := range browsers {
		if b.program == filepath.Base(program) {
			return b.prefix
		}
	}
	return "chrome"
}

// IsURL reports whether a word is one, of any scheme.
func IsURL(word string) bool {
	scheme, _, found := strings.Cut(word, "://")
	return found && scheme != "" && strings.Trim(strings.ToLower(scheme), "abcdefghijklmnopqrstuvwxyz0123456789+-.") == ""
}

// FromURL is a web app, as a browser shows it with --app: by the browser's profile, and
// in its process.
//
// The id is what Chromium calls the window on Wayland, where a desktop finds the entry by
// it: PREFIX-HOST__PATH-Default (GetXdgAppIdForWebApp, and GetAppDesktopShortcutFilename);
// StartupWMClass is what it calls it on X11 (GetWMClassFromAppName,
// chrome/browser/shell_integration_linux.cc). Its own shortcuts have both, too.
func FromURL(url, program, icon string) (App, error) {
	host, path, err := split(url)
	if err != nil {
		return App{}, err
	}
	window := legal(host + "_" + path) // GenerateApplicationNameFromURL
	a := App{
		Exec: []string{program}, Args: []string{"--app=" + url},
		ID:    strings.ReplaceAll(legal(prefixOf(program)+"-"+window+"-Default"), " ", "_"),
		Entry: catalog.Entry{Icon: icon, StartupWMClass: strings.Trim(window, "_")},
	}
	if unitname.CheckID(a.ID) != "" { // an id is a part of a unit's name
		a.ID, a.Entry.StartupWMClass = "", a.ID
	}
	a.Key = hostName(host)
	a.Entry.Name = strings.ToUpper(a.Key[:1]) + a.Key[1:]
	return a, nil
}

// split takes a URL's host and path as GURL has them: the host without user and port.
func split(url string) (host, path string, err error) {
	scheme, rest, _ := strings.Cut(url, "://")
	if s := strings.ToLower(scheme); s != "https" && s != "http" {
		return "", "", errors.New("is not an address of the web: it begins with neither https:// nor http://")
	}
	for i := range len(url) {
		if url[i] <= ' ' || url[i] == 0x7f {
			return "", "", errors.New("has a blank or a control character in it")
		}
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	host, path = rest[:end], rest[end:]
	if at := strings.LastIndexByte(host, '@'); at >= 0 {
		return "", "", errors.New("names a user, who would be in the process list for all to see")
	}
	if colon := strings.LastIndexByte(host, ':'); colon > strings.LastIndexByte(host, ']') {
		host = host[:colon]
	}
	if hostName(host) == "" {
		return "", "", errors.New("names no host")
	}
	if end := strings.IndexAny(path, "?#"); end >= 0 {
		path = path[:end]
	}
	if path == "" {
		path = "/"
	}
	return strings.ToLower(host), path, nil
}

// hostName is the part of a host that people know it by: whatsapp of web.whatsapp.com.
func hostName(host string) string {
	labels := strings.Split(host, ".")
	if len(labels) > 2 {
		switch labels[0] {
		case "www", "web", "app", "m":
			labels = labels[1:]
		}
	}
	if Slug(labels[0]) == "" || strings.Trim(labels[0], "0123456789") == "" {
		return Slug(host)
	}
	return Slug(labels[0])
}

// HostKey is the whole host as a key, for a short one that is taken.
func HostKey(url string) string {
	host, _, err := split(url)
	if err != nil {
		return ""
	}
	return strings.ReplaceAll(Slug(host), ".", "-")
}

// legal replaces what Chromium does not have in file names (base/i18n/file_util_icu.cc,
// IllegalCharacters, kIllegal and its kEnds).
func legal(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune(`"*/:<>?\|`, r) {
			return '_'
		}
		return r
	}, name)
	ends := func(c byte) bool { return c == '.' || c == '~' || c == ' ' }
	text := []byte(name)
	if n := len(text) - 1; n >= 0 {
		if ends(text[0]) {
			text[0] = '_'
		}
		if ends(text[n]) {
			text[n] = '_'
		}
	}
	return string(text)
}
