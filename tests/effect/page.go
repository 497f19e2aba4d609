package main

import (
	_ "embed"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// A Page is what an app shows.
type Page struct {
	Name  string
	Every time.Duration // between its steps; page.html has the same
}

var pages = []Page{
	{"hungry", 100 * time.Millisecond},
	{"leaky", 100 * time.Millisecond},
	{"spinning", 100 * time.Millisecond},
	{"video", 33 * time.Millisecond},
	{"chat", 100 * time.Millisecond},
	{"notes", 100 * time.Millisecond},
}

//go:embed page.html
var pageText string

// A Stage serves the pages, and hears from them.
type Stage struct {
	address string

	mu    sync.Mutex
	going bool
	done  map[string]int       // steps, by page
	heard map[string]time.Time // when it was last told
}

func newStage() (*Stage, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &Stage{address: listener.Addr().String(), done: map[string]int{}, heard: map[string]time.Time{}}
	mux := http.NewServeMux()
	mux.HandleFunc("/told", s.told)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, pageText) })
	go http.Serve(listener, mux)
	return s, nil
}

func (s *Stage) told(w http.ResponseWriter, r *http.Request) {
	done, _ := strconv.Atoi(r.FormValue("done"))
	s.mu.Lock()
	defer s.mu.Unlock()
	s.done[r.FormValue("app")], s.heard[r.FormValue("app")] = done, time.Now()
	if s.going {
		fmt.Fprint(w, "go")
	}
}

func (s *Stage) begin() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.going = true
}

// steps are how many each page has done.
func (s *Stage) steps() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	steps := map[string]int{}
	for _, p := range pages {
		steps[p.Name] = s.done[p.Name]
	}
	return steps
}

// lives reports whether a page has been heard of since.
func (s *Stage) lives(page string, since time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.heard[page].After(since)
}
