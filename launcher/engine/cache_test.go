package engine

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"electroscope/launcher/chromium"
	"electroscope/tests/tree"

	"github.com/google/go-cmp/cmp"
)

var someNames = []string{"Vulkan", "js-flags", "use-angle", "use-gl"}

const electron43 = "ELF Chrome/150.0.7871.224 Electron/43.4.1\x00use-gl\x00js-flags"

var wantElectron43 = Knowledge{
	Engine: Engine{Runtime: chromium.Electron, Milestone: 150, Version: "150.0.7871.224", Electron: "43.4.1"},
	Known:  []string{"js-flags", "use-gl"},
}

// spoil changes the program's bytes behind the cache's back: what is still
// told after that was remembered.
func spoil(t *testing.T, program string) {
	t.Helper()
	info := stat(t, program)
	b, err := os.ReadFile(program)
	check(t, err)
	f, err := os.OpenFile(program, os.O_WRONLY, 0)
	check(t, err)
	_, err = f.Write(bytes.ReplaceAll(b, []byte("use-gl"), []byte("no-use")))
	check(t, err)
	check(t, f.Close())
	check(t, os.Chtimes(program, info.ModTime(), info.ModTime()))
}

func TestCacheRemembers(t *testing.T) {
	root := tree.Make(t, map[string]string{"app": electron43})
	c := Cache{Dir: root + "/cache/electroscope"}
	for range 2 {
		got, err := c.Examine(root+"/app", someNames)
		if diff := cmp.Diff(wantElectron43, got); diff != "" || err != nil {
			t.Fatalf("%v\n%s", err, diff)
		}
		spoil(t, root+"/app")
	}
	files, _ := filepath.Glob(c.Dir + "/*")
	hidden, _ := filepath.Glob(c.Dir + "/.engine-*")
	if len(files) != 1 || len(hidden) != 0 {
		t.Errorf("files %v, temporary ones %v", files, hidden)
	}
}

func TestCacheForgets(t *testing.T) {
	changed := Knowledge{Engine: wantElectron43.Engine, Known: []string{"js-flags"}}
	for name, tt := range map[string]struct {
		change func(t *testing.T, program string)
		names  []string
		want   Knowledge
	}{
		"after a change of the time": {
			change: func(t *testing.T, program string) {
				now := time.Now().Add(time.Hour)
				check(t, os.Chtimes(program, now, now))
			},
			want: changed,
		},
		"after a change of the size": {
			change: func(t *testing.T, program string) {
				info := stat(t, program)
				check(t, os.Truncate(program, info.Size()+1))
				check(t, os.Chtimes(program, info.ModTime(), info.ModTime()))
			},
			want: changed,
		},
		"after an update": {
			change: func(t *testing.T, program string) {
				info := stat(t, program)
				b, err := os.ReadFile(program)
				check(t, err)
				check(t, os.WriteFile(program+".new", b, 0o755))
				check(t, os.Chtimes(program+".new", info.ModTime(), info.ModTime()))
				check(t, os.Rename(program+".new", program))
			},
			want: changed,
		},
		"with another list of names": {
			change: func(t *testing.T, program string) {},
			names:  []string{"js-flags"},
			want:   changed,
		},
	} {
		t.Run(name, func(t *testing.T) {
			root := tree.Make(t, map[string]string{"app": electron43})
			c := Cache{Dir: root + "/cache"}
			_, err := c.Examine(root+"/app", someNames)
			check(t, err)
			spoil(t, root+"/app")
			tt.change(t, root+"/app")
			if tt.names == nil {
				tt.names = someNames
			}
			got, err := c.Examine(root+"/app", tt.names)
			if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
				t.Errorf("%v\n%s", err, diff)
			}
		})
	}
}

// Whatever lies in the entry's place, the answer is right, and the next one
// comes from a good entry again.
func TestCacheRebuilds(t *testing.T) {
	for name, damage := range map[string]func(t *testing.T, entry string){
		"empty":    func(t *testing.T, entry string) { check(t, os.Truncate(entry, 0)) },
		"cut":      func(t *testing.T, entry string) { check(t, os.Truncate(entry, stat(t, entry).Size()-3)) },
		"a folder": func(t *testing.T, entry string) { check(t, os.Remove(entry)); check(t, os.Mkdir(entry, 0o700)) },
		"a pipe":   func(t *testing.T, entry string) { check(t, os.Remove(entry)); check(t, syscall.Mkfifo(entry, 0o600)) },
		"a link": func(t *testing.T, entry string) {
			check(t, os.Rename(entry, entry+"x"))
			check(t, os.Symlink(entry+"x", entry))
		},
		"too large": func(t *testing.T, entry string) { check(t, os.Truncate(entry, maxCacheFile+1)) },
		"one bit": func(t *testing.T, entry string) {
			b, err := os.ReadFile(entry)
			check(t, err)
			b[bytes.Index(b, []byte("150.0"))] ^= 1
			check(t, os.WriteFile(entry, b, 0o600))
		},
		"another format": func(t *testing.T, entry string) {
			check(t, os.WriteFile(entry, []byte("electroscope engine 0\n"), 0o600))
		},
	} {
		t.Run(name, func(t *testing.T) {
			root := tree.Make(t, map[string]string{"app": electron43})
			c := Cache{Dir: root + "/cache"}
			_, err := c.Examine(root+"/app", someNames)
			check(t, err)
			damage(t, c.Dir+"/"+cacheFile(root+"/app"))
			got, err := c.Examine(root+"/app", someNames)
			if diff := cmp.Diff(wantElectron43, got); diff != "" || err != nil {
				t.Fatalf("%v\n%s", err, diff)
			}
			if name == "a folder" {
				return // stays: nothing of the user's is removed
			}
			spoil(t, root+"/app")
			if got, _ := c.Examine(root+"/app", someNames); !got.Knows("use-gl") {
				t.Error("the entry was not written anew")
			}
		})
	}
}

func TestCacheCannotBeWritten(t *testing.T) {
	root := tree.Make(t, map[string]string{"app": electron43, "file": "0644 x"})
	for _, dir := range []string{"", root + "/file", root + "/file/below", "/proc/none"} {
		got, err := Cache{Dir: dir}.Examine(root+"/app", someNames)
		if diff := cmp.Diff(wantElectron43, got); diff != "" || err != nil {
			t.Errorf("cache in %q: %v\n%s", dir, err, diff)
		}
	}
	if _, err := (Cache{Dir: root}).Examine(root+"/gone", someNames); err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("absent program: error %v", err)
	}
	if files, _ := filepath.Glob(root + "/engine-*"); files != nil {
		t.Errorf("a failure was remembered: %v", files)
	}
}

func TestCacheRace(t *testing.T) {
	root := tree.Make(t, map[string]string{"app": electron43})
	c := Cache{Dir: root + "/cache"}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 20 {
				got, err := c.Examine(root+"/app", someNames)
				if diff := cmp.Diff(wantElectron43, got); diff != "" || err != nil {
					t.Errorf("%v\n%s", err, diff)
				}
				os.Remove(c.Dir + "/" + cacheFile(root+"/app"))
			}
		})
	}
	all.Wait()
	if hidden, _ := filepath.Glob(c.Dir + "/.*"); len(hidden) > 0 {
		t.Errorf("temporary files stayed: %v", hidden)
	}
}

// An entry with a right sum is still held to what a scan could say.
func TestParseEntryTrustsNothing(t *testing.T) {
	good := entry(wantElectron43)
	if k, ok := parseEntry(good, someNames); !ok || !cmp.Equal(k, wantElectron43) {
		t.Fatalf("%+v, %v", k, ok)
	}
	for name, change := range map[string]func(k *Knowledge){
		"runtime":         func(k *Knowledge) { k.Runtime = "firefox" },
		"milestone":       func(k *Knowledge) { k.Milestone = -1 },
		"large milestone": func(k *Knowledge) { k.Milestone = maxMilestone + 1 },
		"version":         func(k *Knowledge) { k.Version = "150 --no-sandbox" },
		"long version":    func(k *Knowledge) { k.Version = strings.Repeat("1", maxVersion+1) },
		"electron":        func(k *Knowledge) { k.Electron = "$(x)" },
		"unknown name":    func(k *Knowledge) { k.Known = []string{"no-sandbox"} },
		"order":           func(k *Knowledge) { k.Known = []string{"use-gl", "js-flags"} },
		"too many names":  func(k *Knowledge) { k.Known = []string{"use-gl", "use-gl", "use-gl", "use-gl", "use-gl"} },
	} {
		k := wantElectron43
		change(&k)
		if got, ok := parseEntry(entry(k), someNames); ok {
			t.Errorf("%s: took %+v", name, got)
		}
	}
}

func TestCacheDir(t *testing.T) {
	for _, tt := range []struct {
		env  map[string]string
		want string
	}{
		{map[string]string{"XDG_CACHE_HOME": "/c", "HOME": "/h"}, "/c/electroscope"},
		{map[string]string{"HOME": "/h"}, "/h/.cache/electroscope"},
		{nil, ""},
	} {
		got := CacheDir(func(name string) string { return tt.env[name] })
		if got != tt.want {
			t.Errorf("%v: %q, want %q", tt.env, got, tt.want)
		}
	}
}
