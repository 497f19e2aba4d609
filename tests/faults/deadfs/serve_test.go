package main

import (
	"encoding/binary"
	"syscall"
	"testing"
)

func TestDecide(t *testing.T) {
	name := func(s string) []byte { return append([]byte(s), 0) }
	for _, test := range []struct {
		name  string
		r     request
		never bool
		errno syscall.Errno
		node  uint64 // of a look-up
	}{
		{name: "silent is found", r: request{op: opLookup, node: root, body: name("silent7")}, node: silent + 7},
		{name: "and is a folder", r: request{op: opGetattr, node: silent + 7}},
		{name: "nothing in it is", r: request{op: opLookup, node: silent + 7, body: name("x")}, never: true},
		{name: "nor is it read", r: request{op: opOpendir, node: silent + 7}, never: true},
		{name: "cwd is found", r: request{op: opLookup, node: root, body: name("cwd3")}, node: cwd + 3},
		{name: "and nothing told of it", r: request{op: opGetattr, node: cwd + 3}, never: true},
		{name: "another name", r: request{op: opLookup, node: root, body: name("other")}, errno: syscall.ENOENT},
		{name: "a call that folders do not need", r: request{op: 99, node: root}, errno: syscall.ENOSYS},
	} {
		a := decide(test.r)
		if a.never != test.never || a.errno != test.errno {
			t.Errorf("%s: never %v, %v", test.name, a.never, a.errno)
		}
		if test.node != 0 && (len(a.body) < 8 || binary.NativeEndian.Uint64(a.body) != test.node) {
			t.Errorf("%s: node %x", test.name, a.body)
		}
	}
}
