package regular

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestRead(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	text := strings.Repeat("0123456789", 1000)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, limit := range []int{1, 1024, 9999, 10000, 1 << 20} {
		got, err := Read(file, limit)
		if want := text[:min(limit, len(text))]; err != nil || string(got) != want {
			t.Errorf("limit %d: %d bytes, %v; want %d", limit, len(got), err, len(want))
		}
	}
	// The kernel's own files say that they are empty.
	if got, err := Read("/proc/self/status", 1<<16); err != nil || !strings.Contains(string(got), "Pid:") {
		t.Errorf("/proc/self/status: %d bytes, %v", len(got), err)
	}
}

func TestReadRefusesOthers(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "fifo"), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]error{
		dir + "/fifo": ErrOther, dir: syscall.EISDIR, "/dev/zero": ErrOther, dir + "/none": os.ErrNotExist, dir + "/none/file": os.ErrNotExist,
	} {
		if _, err := Read(path, 10); !errors.Is(err, want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v, want %v with the path", path, err, want)
		}
	}
}

func TestWrite(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := Write(file, "text"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("makes a file: %v", err)
	}
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Write(file, "text"); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(file); string(got) != "text" {
		t.Errorf("%q", got)
	}
}
