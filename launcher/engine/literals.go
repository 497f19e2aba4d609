package engine

import (
	"bytes"
	"fmt"
	"io"

	"electroscope/launcher/elf"
)

// Bounds on a scan. Chromium 156 has 20.5 MB of .rodata.
const (
	maxReadOnly  = 256 << 20
	chunk        = 256 << 10
	maxLiteral   = 4 << 10 // a longer literal is no name; only its end is kept
	maxVersion   = 64      // bytes of a version number
	maxMilestone = 9999
	maxVersions  = 64 // different ones that are counted
	fuseSentinel = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX"
)

// literals is what the read-only data of a file is searched for, and what was
// found in it, in one pass over its NUL-terminated strings.
type literals struct {
	wanted  map[string]int // name as it may stand there -> index in found
	found   []bool
	first   [256]bool // bytes that something wanted begins with
	longest int

	chrome, electron string         // of "Chrome/1.2.3.4 Electron/5.6.7"
	bare             map[string]int // literals 1.0.2.3, and how often
	fuses            bool           // Electron's fuse wire (electron/fuses, src/constants.ts)
	jsFlags          bool           // knows the switch js-flags: a Chromium
}

// newLiterals wants each name as \0name\0 and as \0kname\0: newer Chromium
// keeps a feature's name with the k of its constant before it, and points
// behind the k.
func newLiterals(names []string) *literals {
	f := &literals{
		wanted:  make(map[string]int, len(names)),
		found:   make([]bool, len(names)),
		longest: len(fuseSentinel) + 16,
		bare:    map[string]int{},
	}
	for i, name := range names {
		f.wanted[name] = i
		f.first[name[0]] = true
		f.longest = max(f.longest, len("k"+name))
	}
	f.first['j'], f.first['d'], f.first['k'] = true, true, true
	for digit := byte('0'); digit <= '9'; digit++ {
		f.first[digit] = true
	}
	return f
}

// scan reads the read-only data of an ELF file of the given size, in chunks.
// It is not mapped: a file that shrinks under a mapping ends in SIGBUS.
func (f *literals) scan(r io.ReaderAt, size int64) error {
	list, err := elf.Sections(r, size)
	if err != nil {
		return err
	}
	data := elf.ReadOnlyData(list)
	if len(data) == 0 {
		return fmt.Errorf("no .rodata among %d sections", len(list))
	}
	buf := make([]byte, chunk+maxLiteral)
	left := int64(maxReadOnly)
	for _, s := range data {
		if !elf.Within(size, s.Off, s.Size) {
			return fmt.Errorf("%s is %d bytes at %d in a file of %d", s.Name, s.Size, s.Off, size)
		}
		if left -= s.Size; left < 0 {
			return fmt.Errorf("more than %d bytes of read-only data", maxReadOnly)
		}
		if err := f.section(io.NewSectionReader(r, s.Off, s.Size), buf); err != nil {
			return fmt.Errorf("reading %s: %w", s.Name, err)
		}
	}
	return nil
}

// section goes through one section. What follows the last NUL of a chunk is
// carried to the front of the next.
func (f *literals) section(r io.Reader, buf []byte) error {
	kept, cut := 0, false // cut: the kept bytes are the end of a longer literal
	for {
		n, err := io.ReadFull(r, buf[kept:kept+chunk])
		data := buf[:kept+n]
		f.userAgent(data)
		end := bytes.LastIndexByte(data, 0) + 1
		if end > 0 {
			strings := data[:end]
			if cut {
				strings = strings[bytes.IndexByte(strings, 0)+1:]
			}
			f.strings(strings)
			cut = false
		}
		rest := data[end:]
		if len(rest) > maxLiteral {
			rest, cut = rest[len(rest)-maxLiteral:], true
		}
		kept = copy(buf, rest)
		switch err {
		case nil:
		case io.EOF, io.ErrUnexpectedEOF:
			return nil
		default:
			return err
		}
	}
}

// strings goes through NUL-terminated strings.
func (f *literals) strings(b []byte) {
	for len(b) > 0 {
		if b[0] == 0 {
			b = b[1:]
			continue
		}
		n := bytes.IndexByte(b, 0)
		if n <= f.longest && f.first[b[0]] {
			f.literal(b[:n])
		}
		b = b[n+1:]
	}
}

func (f *literals) literal(s []byte) {
	if i, ok := f.wanted[string(s)]; ok {
		f.found[i] = true
	}
	switch {
	case s[0] == 'k':
		if i, ok := f.wanted[string(s[1:])]; ok {
			f.found[i] = true
		}
	case s[0] == 'j' && string(s) == "js-flags":
		f.jsFlags = true
	case s[0] == 'd' && bytes.HasPrefix(s, []byte(fuseSentinel)):
		f.fuses = true
	case isBareVersion(s):
		if _, ok := f.bare[string(s)]; ok || len(f.bare) < maxVersions {
			f.bare[string(s)]++
		}
	}
}

// isBareVersion says whether s is a Chromium version, 156.0.8078.79. The
// second number has been 0 since Chrome 5.
func isBareVersion(s []byte) bool {
	if len(s) > 20 || !bytes.Contains(s, []byte(".0.")) {
		return false
	}
	parts := bytes.Split(s, []byte("."))
	return len(parts) == 4 &&
		isDigits(parts[0], 2, 4) && string(parts[1]) == "0" && isDigits(parts[2], 3, 5) && isDigits(parts[3], 1, 4)
}

func isDigits(s []byte, least, most int) bool {
	for _, c := range s {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(s) >= least && len(s) <= most
}

// userAgent looks for the one literal that tells both versions, which Electron
// compiles in (shell/common/application_info.cc).
func (f *literals) userAgent(data []byte) {
	for f.electron == "" {
		_, rest, ok := bytes.Cut(data, []byte("Chrome/"))
		if !ok {
			return
		}
		data = rest
		chrome := versionLen(rest, false)
		rest, ok = bytes.CutPrefix(rest[chrome:], []byte(" Electron/"))
		electron := versionLen(rest, true)
		// A number at the end of the chunk may go on in the next, which will see
		// it whole: it is carried over.
		whole := electron < len(rest)
		if ok && whole && milestone(string(data[:chrome])) > 0 && milestone(string(rest[:electron])) > 0 {
			f.chrome, f.electron = string(data[:chrome]), string(rest[:electron])
		}
	}
}

// versionLen is the length of the version number s begins with; tagged ones
// may go on as in 44.0.0-beta.3.
func versionLen(s []byte, tagged bool) int {
	n := 0
	for n < min(len(s), maxVersion) {
		c := s[n]
		letter := tagged && (c == '-' || c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z')
		if c != '.' && !letter && (c < '0' || c > '9') {
			break
		}
		n++
	}
	return n
}

// mostFrequent is the bare version that stands there most often, the highest
// among equals. Chromium 156 has its own twice, and another's (153) once.
func (f *literals) mostFrequent() string {
	best := ""
	for v, n := range f.bare {
		if n > f.bare[best] || n == f.bare[best] && newer(v, best) {
			best = v
		}
	}
	return best
}

// newer compares two bare versions number by number: of two numbers without
// leading zeros the longer is the greater.
func newer(v, than string) bool {
	a, b := bytes.Split([]byte(v), []byte(".")), bytes.Split([]byte(than), []byte("."))
	for i := range a {
		if i >= len(b) || len(a[i]) != len(b[i]) {
			return i >= len(b) || len(a[i]) > len(b[i])
		}
		if c := bytes.Compare(a[i], b[i]); c != 0 {
			return c > 0
		}
	}
	return false
}
