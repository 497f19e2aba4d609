package engine

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"strings"
	"testing"

	"electroscope/launcher/chromium"
	"electroscope/launcher/elf"
	"electroscope/tests/tree"

	"github.com/google/go-cmp/cmp"
)

// Chromium's version and milestone for each Electron, electron-flags.md 3.1.
var electrons = map[int]string{
	20: "104.0.5112", 21: "106.0.5249", 22: "108.0.5359", 23: "110.0.5481", 24: "112.0.5615", 25: "114.0.5735",
	26: "116.0.5845", 27: "118.0.5993", 28: "120.0.6099", 29: "122.0.6261", 30: "124.0.6367", 31: "126.0.6478",
	32: "128.0.6613", 33: "130.0.6723", 34: "132.0.6834", 35: "134.0.6998", 36: "136.0.7103", 37: "138.0.7204",
	38: "140.0.7339", 39: "142.0.7444", 40: "144.0.7559", 41: "146.0.7680", 42: "148.0.7778", 43: "150.0.7871",
	44: "152.0.7977", 45: "156.0.8078",
}

func TestIdentifyElectron(t *testing.T) {
	for major, version := range electrons {
		milestone := 0
		fmt.Sscanf(version, "%d", &milestone)
		root := tree.Make(t, map[string]string{
			"literal": fmt.Sprintf("ELF %%s/%%s Chrome/%%s Electron/%d.0.0\x00Chrome/%s.15 Electron/%d.2.1\x00junk", major, version, major),
			"fuses":   "ELF x\x00" + fuseSentinel + "\x01\x0801010101\x00",
			"version": fmt.Sprintf("0644 v%d.2.1\n", major),
		})
		want := Engine{Runtime: chromium.Electron, Milestone: milestone, Version: version + ".15", Electron: fmt.Sprintf("%d.2.1", major)}
		got, err := identify(root + "/literal")
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("electron %d by its literal: %v\n%s", major, err, diff)
		}
		want.Version = ""
		got, err = identify(root + "/fuses")
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("electron %d by its version file: %v\n%s", major, err, diff)
		}
	}
}

// identify is what Examine finds out without being asked for names.
func identify(program string) (Engine, error) {
	k, err := Examine(program, nil)
	return k.Engine, err
}

func TestIdentify(t *testing.T) {
	const chromium156 = "ELF crbug\x00156.0.8078.79\x00a\x00153.0.8010.0\x00156.0.8078.79\x00"
	for name, tt := range map[string]struct {
		files map[string]string
		want  Engine // of {}/app
	}{
		"chromium: the most frequent version": {
			files: map[string]string{"app": chromium156 + "js-flags"},
			want:  Engine{Runtime: chromium.Chromium, Milestone: 156, Version: "156.0.8078.79"},
		},
		"chromium: the highest of the most frequent": {
			files: map[string]string{"app": "ELF 99.0.4844.51\x00120.0.6099.224\x00120.0.6099.71\x00120.0.6099.9\x00js-flags"},
			want:  Engine{Runtime: chromium.Chromium, Milestone: 120, Version: "120.0.6099.224"},
		},
		"chromium by its neighbours": {
			files: map[string]string{"app": chromium156, "icudtl.dat": "0644 x"},
			want:  Engine{Runtime: chromium.Chromium, Milestone: 156, Version: "156.0.8078.79"},
		},
		"a version alone": {
			files: map[string]string{"app": chromium156},
			want:  Engine{Runtime: chromium.Native},
		},
		"no version": {
			files: map[string]string{"app": "ELF js-flags\x00 1156.0.8078.79\x00156.1.8078.79\x00156.0.8078.x\x00156.0.8078"},
			want:  Engine{Runtime: chromium.Native},
		},
		"cef beside it": {
			files: map[string]string{"app": "ELF spotify", "libcef.so": "ELF 146.0.7680.31\x00js-flags"},
			want:  Engine{Runtime: chromium.CEF, Milestone: 146, Version: "146.0.7680.31"},
		},
		"cef in its folder": {
			files: map[string]string{"app": "ELF zoom", "cef/libcef.so": "ELF 146.0.7680.31"},
			want:  Engine{Runtime: chromium.CEF, Milestone: 146, Version: "146.0.7680.31"},
		},
		"electron, a beta": {
			files: map[string]string{"app": "ELF Chrome/x Chrome/152.0.7977.3 Safari\x00Mozilla/5.0 Chrome/152.0.7977.2 Electron/44.0.0-beta.3 (x)"},
			want:  Engine{Runtime: chromium.Electron, Milestone: 152, Version: "152.0.7977.2", Electron: "44.0.0-beta.3"},
		},
		"electron without any version": {
			files: map[string]string{"app": "ELF " + fuseSentinel + "\x01", "version": "0644 latest"},
			want:  Engine{Runtime: chromium.Electron},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := identify(tree.Make(t, tt.files) + "/app")
			if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
				t.Errorf("%v\n%s", err, diff)
			}
		})
	}
}

// Of an AppImage nothing is known, whatever the runtime in it looks like.
func TestIdentifyAppImage(t *testing.T) {
	runtime := string(tree.ELF([]byte("\x00Chrome/150.0.7871.224 Electron/43.4.1\x00")))
	packed := Engine{AppImage: true}
	for name, tt := range map[string]struct {
		file string
		want Engine
	}{
		"by the specification's magic":       {runtime[:8] + "AI\x02" + runtime[11:] + "hsqs" + strings.Repeat("x", 92), packed},
		"of type 1":                          {runtime[:8] + "AI\x01" + runtime[11:], packed},
		"by what is behind the ELF file":     {runtime + "hsqs" + strings.Repeat("x", 92), packed},
		"of another file system":             {runtime + "DWARFS\x02\x05", packed},
		"a program with something behind it": {runtime + "some data", Engine{Runtime: chromium.Electron, Milestone: 150, Version: "150.0.7871.224", Electron: "43.4.1"}},
	} {
		file := t.TempDir() + "/app"
		if err := os.WriteFile(file, []byte(tt.file), 0o755); err != nil {
			t.Fatal(err)
		}
		cache := Cache{Dir: t.TempDir()}
		for range 2 { // what is cached says the same
			got, err := cache.Examine(file, nil)
			if diff := cmp.Diff(tt.want, got.Engine); diff != "" || err != nil {
				t.Errorf("%s: %v\n%s", name, err, diff)
			}
		}
	}
}

func TestExamineKnows(t *testing.T) {
	root := tree.Make(t, map[string]string{"app": "ELF use-gl\x00kVulkan\x00x\x00~VaapiVideoDecoder\x00Old\x01\x00xenable-zero-copy\x00js-flagsx\x00ozone-platform-hint"})
	names := []string{"use-gl", "Vulkan", "", "VaapiVideoDecoder", "Old", "enable-zero-copy", "js-flags", "ozone-platform-hint", "use-gl", "kVulkan"}
	asked := fmt.Sprint(names)
	got, err := Examine(root+"/app", names)
	want := []string{"Vulkan", "kVulkan", "ozone-platform-hint", "use-gl"}
	if diff := cmp.Diff(want, got.Known); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	if !got.Knows("Vulkan") || got.Knows("Old") || got.Knows("never asked") {
		t.Error("Knows does not agree with Known")
	}
	if fmt.Sprint(names) != asked {
		t.Errorf("the caller's list was changed to %v", names)
	}
}

// A literal is found wherever the ends of the chunks fall.
func TestScanAcrossChunks(t *testing.T) {
	for _, before := range []int{0, 1, chunk - 40, chunk - 8, chunk - 7, chunk - 1, chunk, chunk + maxLiteral, 3 * chunk} {
		for _, filler := range []string{"\x00", "ab\x00", "x"} {
			rodata := []byte(strings.Repeat(filler, before/len(filler)) + "\x00use-gl\x00Chrome/150.0.7871.224 Electron/43.4.1\x00")
			file := tree.ELF(rodata)
			found := newLiterals([]string{"use-gl"})
			if err := found.scan(bytes.NewReader(file), int64(len(file))); err != nil {
				t.Fatal(err)
			}
			if !found.found[0] || found.chrome != "150.0.7871.224" || found.electron != "43.4.1" {
				t.Errorf("%d bytes of %q before: %v %q %q", before, filler, found.found, found.chrome, found.electron)
			}
		}
	}
	// The end of a word that is longer than what is carried over is no word.
	file := tree.ELF([]byte(strings.Repeat("x", 2*chunk-6) + "use-gl\x00"))
	found := newLiterals([]string{"use-gl"})
	if err := found.scan(bytes.NewReader(file), int64(len(file))); err != nil || found.found[0] {
		t.Errorf("%v, found the end of a word: %v", err, found.found[0])
	}
}

func TestIdentifyGarbage(t *testing.T) {
	good := tree.ELF([]byte("\x00x\x00"))
	with := func(at int, size int, value uint64) string {
		b := bytes.Clone(good)
		var le [8]byte
		binary.LittleEndian.PutUint64(le[:], value)
		copy(b[at:at+size], le[:size])
		return string(b)
	}
	table := int(binary.LittleEndian.Uint64(good[0x28:]))
	for name, tt := range map[string]struct{ file, want string }{
		"empty":                    {"", "not an ELF file"},
		"a script":                 {"#!/bin/sh\n", "not an ELF file"},
		"only magic":               {elf.Magic, "not a 64-bit little-endian ELF file"},
		"32 bits":                  {with(4, 1, 1), "not a 64-bit little-endian ELF file"},
		"big-endian":               {with(5, 1, 2), "not a 64-bit little-endian ELF file"},
		"header only":              {string(good[:64]), "section headers: 192 bytes at"},
		"no section table":         {with(0x28, 8, 0), "the ELF file has no sections"},
		"no sections":              {with(0x3c, 2, 0), "the ELF file has no sections"},
		"too many sections":        {with(0x3c, 2, 0xffff), "65535 sections, at most 4096 are read"},
		"odd section headers":      {with(0x3a, 2, 63), "section headers of 63 bytes, want 64"},
		"names out of range":       {with(0x3e, 2, 9), "section names in section 9 of 3"},
		"table past the end":       {with(0x28, 8, 1<<40), "section headers: 192 bytes at 1099511627776 in a file of"},
		"table at a negative":      {with(0x28, 8, 1<<63), "section headers: 192 bytes at -"},
		"names past the end":       {with(table+2*64+0x18, 8, 1<<62), "section names: 19 bytes at"},
		"names of a huge size":     {with(table+2*64+0x20, 8, 1<<40), "section names of 1099511627776 bytes"},
		"names of negative size":   {with(table+2*64+0x20, 8, 1<<63), "section names: -"},
		"no .rodata":               {with(table+64, 4, 3), "no .rodata among"},
		".rodata has no bytes":     {with(table+64+4, 4, 8), "no .rodata among"},
		".rodata past the end":     {with(table+64+0x18, 8, 1<<50), ".rodata is 3 bytes at"},
		".rodata of a huge size":   {with(table+64+0x20, 8, 1<<62), ".rodata is 4611686018427387904 bytes at"},
		".rodata of negative size": {with(table+64+0x20, 8, 1<<63), ".rodata is -"},
	} {
		t.Run(name, func(t *testing.T) {
			root := tree.Make(t, map[string]string{"app": "0644 " + tt.file})
			_, err := identify(root + "/app")
			want := fmt.Sprintf("cannot examine %q: %s", root+"/app", tt.want)
			if err == nil || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("error %v, want %s", err, want)
			}
		})
	}
	if _, err := identify(t.TempDir()); err == nil || !strings.Contains(err.Error(), ": is a directory") {
		t.Errorf("a folder: error %v", err)
	}
}

// A sparse file may claim more than a launch should read.
func TestScanOfTooMuch(t *testing.T) {
	path := t.TempDir() + "/app"
	file := tree.ELF([]byte("\x00"))
	table := int(binary.LittleEndian.Uint64(file[0x28:]))
	binary.LittleEndian.PutUint64(file[table+64+0x20:], maxReadOnly+1)
	check(t, os.WriteFile(path, file, 0o755))
	check(t, os.Truncate(path, maxReadOnly+4096))
	if _, err := identify(path); err == nil || !strings.Contains(err.Error(), "more than 268435456 bytes of read-only data") {
		t.Errorf("error %v", err)
	}
}

// What electron-flags.md 11 found in Chromium 156 by other means.
func TestExamineDebianChromium(t *testing.T) {
	const program = "/usr/lib/chromium/chromium"
	if _, err := os.Stat(program); err != nil {
		t.Skip("Debian's chromium is not installed")
	}
	k, err := Examine(program, []string{"use-angle", "js-flags", "enable-gpu-rasterization", "Vulkan", "DefaultANGLEVulkan", "no such switch"})
	check(t, err)
	if k.Runtime != chromium.Chromium || k.Milestone < 120 || milestone(k.Version) != k.Milestone {
		t.Errorf("engine %+v", k.Engine)
	}
	want := []string{"DefaultANGLEVulkan", "Vulkan", "enable-gpu-rasterization", "js-flags", "use-angle"}
	if diff := cmp.Diff(want, k.Known); diff != "" {
		t.Error(diff)
	}
	if k.Milestone != 156 {
		return
	}
	k, err = Examine(program, []string{"VaapiVideoDecoder", "VaapiVideoDecodeLinuxGL", "CanvasOopRasterization", "ozone-platform-hint", "UseOzonePlatform", "WaylandWindowDecorations"})
	if len(k.Known) > 0 || err != nil {
		t.Errorf("chromium 156 knows %v, %v", k.Known, err)
	}
}
