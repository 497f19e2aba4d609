package marked

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Program is the main function of a program that writes into a document what tests have measured.
// The words name its arguments: "LINES DOCUMENT".
func Program(words string, run func(args []string) error) {
	name, args := filepath.Base(os.Args[0]), os.Args[1:]
	if len(args) != len(strings.Fields(words)) {
		fmt.Fprintf(os.Stderr, "usage: %s %s\n", name, words)
		os.Exit(2)
	}
	if err := run(args); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
		os.Exit(1)
	}
}

// ReadFile has a file read. An error of reading names it.
func ReadFile(path string, read func(io.Reader) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := read(f); err != nil {
		return fmt.Errorf("%q: %w", path, err)
	}
	return nil
}
