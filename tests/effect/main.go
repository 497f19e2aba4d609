// Effect tries what electroscope is for: six Chromiums, some of which want more than there is, beside
// a stand-in for the desktop that has to draw a frame every 50 ms, on a small machine. It runs in the
// machine, and writes what it measured as a line of JSON:
//
//	effect [-seconds N] ELECTROSCOPE SETTING
//	effect settings            lists them
//	effect desktop SECONDS     is the stand-in
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"strconv"
	"time"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "effect:", err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) == 3 && os.Args[1] == "desktop" {
		seconds, err := strconv.Atoi(os.Args[2])
		if err != nil {
			return err
		}
		return json.NewEncoder(os.Stdout).Encode(draw(time.Duration(seconds) * time.Second))
	}
	if len(os.Args) == 2 && os.Args[1] == "settings" {
		for _, s := range settings {
			fmt.Println(s.Name)
		}
		return nil
	}
	seconds := flag.Int("seconds", 45, "how long")
	flag.Parse()
	if flag.NArg() != 2 {
		return errors.New("usage: effect [-seconds N] ELECTROSCOPE SETTING")
	}
	s, ok := settingOf(flag.Arg(1))
	if !ok {
		return fmt.Errorf("no setting %q", flag.Arg(1))
	}
	r, err := try(flag.Arg(0), s, time.Duration(*seconds)*time.Second)
	if err != nil {
		return fmt.Errorf("%s: %w", s.Name, err)
	}
	return json.NewEncoder(os.Stdout).Encode(r)
}
