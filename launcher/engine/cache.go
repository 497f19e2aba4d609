package engine

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"electroscope/launcher/chromium"
	"electroscope/launcher/regular"
	"electroscope/launcher/statedir"
	"electroscope/launcher/xdg"
)

// Bounds on a cache file. One with 60 names has 2 KiB.
const (
	maxCacheFile = 64 << 10
	cacheFormat  = "electroscope engine 1"
)

// Cache keeps what was read from programs, a small text file for each, in a
// folder. The zero Cache keeps nothing.
type Cache struct {
	Dir string
}

// CacheDir is electroscope's folder below XDG_CACHE_HOME; "" if there is no home.
func CacheDir(getenv func(name string) string) string {
	if dir := xdg.Env(getenv).CacheHome(); dir != "" {
		return dir + "/electroscope"
	}
	return ""
}

// Examine is [Examine] with a memory. An entry holds for as long as the file's
// device, inode, size and time of change, its path, and the list of names stay
// what they were; anything else in its place is written anew. That a cache
// cannot be read or written is no error.
func (c Cache) Examine(program string, names []string) (Knowledge, error) {
	path, cef := EngineFile(program)
	names = sorted(names)
	var st syscall.Stat_t
	if err := syscall.Stat(path, &st); err != nil {
		return Knowledge{}, fmt.Errorf("cannot examine %q: %w", program, err)
	}
	if k, ok := c.read(path, key(path, &st, names), names); ok {
		return k, nil
	}
	f, err := regular.Open(path, 0)
	if err != nil {
		return Knowledge{}, fmt.Errorf("cannot examine %q: %w", program, err)
	}
	defer f.Close()
	k, err := examine(f, path, cef, names)
	if err != nil {
		return Knowledge{}, fmt.Errorf("cannot examine %q: %w", path, err)
	}
	if !k.AppImage { // that is seen at once
		// The key of the file that was read, in case it changed after the stat.
		c.write(path, key(path, &f.Stat_t, names)+entry(k))
	}
	return k, nil
}

// cacheFile names the entry of a program. By path, so that an update of the
// program takes the place of its old entry.
func cacheFile(path string) string { return "engine-" + strconv.FormatUint(hash(path), 16) }

// read returns the entry that begins with key.
func (c Cache) read(path, key string, names []string) (Knowledge, bool) {
	if c.Dir == "" {
		return Knowledge{}, false
	}
	b, err := statedir.Read(c.Dir+"/"+cacheFile(path), maxCacheFile+1)
	if err != nil || len(b) > maxCacheFile {
		return Knowledge{}, false
	}
	text, ok := strings.CutPrefix(string(b), key)
	if !ok {
		return Knowledge{}, false
	}
	return parseEntry(text, names)
}

// write puts an entry in its place, in a folder that is this user's.
func (c Cache) write(path, text string) {
	if c.Dir == "" {
		return
	}
	dir, err := statedir.OpenAll(c.Dir)
	if err != nil {
		return
	}
	defer dir.Close()
	_ = dir.Replace(cacheFile(path), text) // read anew at the next launch
}

// key is the head of an entry: what it is about.
func key(path string, st *syscall.Stat_t, names []string) string {
	b := make([]byte, 0, 256)
	b = append(b, cacheFormat...)
	for _, n := range []uint64{st.Dev, st.Ino, uint64(st.Size), uint64(st.Mtim.Nano()), hash(names...)} {
		b = strconv.AppendUint(append(b, ' '), n, 16)
	}
	b = strconv.AppendQuote(append(b, '\n'), path)
	return string(append(b, '\n'))
}

// entry is the body: the engine, a line for each known name, and a sum.
func entry(k Knowledge) string {
	var b strings.Builder
	for _, s := range []string{string(k.Runtime), strconv.Itoa(k.Milestone), k.Version, k.Electron} {
		b.WriteString(s)
		b.WriteByte('\n')
	}
	for _, name := range k.Known {
		b.WriteString(name)
		b.WriteByte('\n')
	}
	return b.String() + sum(b.String()) + "\n"
}

// parseEntry is the inverse of entry. The file is the user's, not ours: it can
// only say what a scan could have said.
func parseEntry(text string, names []string) (Knowledge, bool) {
	body, ok := strings.CutSuffix(text, "\n")
	at := strings.LastIndexByte(body, '\n') + 1
	if !ok || body[at:] != sum(body[:at]) {
		return Knowledge{}, false
	}
	lines := strings.Split(strings.TrimSuffix(body[:at], "\n"), "\n")
	if len(lines) < 4 || len(lines)-4 > len(names) {
		return Knowledge{}, false
	}
	e := Engine{Runtime: chromium.Runtime(lines[0]), Version: lines[2], Electron: lines[3]}
	n, err := strconv.Atoi(lines[1])
	e.Milestone = n
	if err != nil || n < 0 || n > maxMilestone || !e.plausible() {
		return Knowledge{}, false
	}
	k := Knowledge{Engine: e}
	for _, line := range lines[4:] {
		i, ok := slices.BinarySearch(names, line)
		if !ok {
			return Knowledge{}, false
		}
		k.Known = append(k.Known, names[i])
	}
	return k, slices.IsSorted(k.Known)
}

// plausible says whether a scan can have led to e.
func (e Engine) plausible() bool {
	version := func(s string) bool { return len(s) <= maxVersion && versionLen([]byte(s), true) == len(s) }
	return slices.Contains(chromium.Runtimes[:], e.Runtime) && version(e.Version) && version(e.Electron)
}

// sum is the last line of an entry, over all of its body.
func sum(body string) string {
	return strconv.FormatUint(hash(body), 16)
}

// hash is FNV-1a, 64 bits, of texts with a NUL after each. hash/fnv would
// allocate for each.
func hash(texts ...string) uint64 {
	h := uint64(14695981039346656037)
	for _, s := range texts {
		for i := range len(s) {
			h = (h ^ uint64(s[i])) * 1099511628211
		}
		h *= 1099511628211
	}
	return h
}
