package cli

import (
	"testing"
	"time"

	"electroscope/doctor/mend"
	"electroscope/launcher"
)

func TestAsRoot(t *testing.T) {
	for uid, refused := range map[int]bool{0: true, 1: false, 1000: false} {
		if err := asRoot(launcher.Process{UID: uid}); (err != nil) != refused {
			t.Errorf("the user with number %d: %v", uid, err)
		}
	}
}

// TestByHand: what is said of a file that was changed since its fix.
func TestByHand(t *testing.T) {
	at := func(hour int, check string, files ...mend.File) mend.Record {
		return mend.Record{Check: check, Time: time.Unix(int64(hour), 0), Files: files, Dir: "/s/" + check}
	}
	text := mend.File{Path: "/h/a b", Was: &mend.Was{Backup: "1-a b"}}
	for _, tt := range []struct {
		name string
		r    mend.Record
		all  []mend.Record
		want string
	}{
		{"a text", at(1, "x", text), nil, "cp '/s/x/1-a b' '/h/a b' gives it back all the same\nrm -r /s/x forgets the fix"},
		{"a link", at(1, "x", mend.File{Path: "/h/a", Was: &mend.Was{Link: "/to"}}), nil, "ln -sfn /to /h/a gives it back all the same\nrm -r /s/x forgets the fix"},
		{"nothing was there", at(1, "x", mend.File{Path: "/h/a"}), nil, "rm /h/a gives it back: nothing was there\nrm -r /s/x forgets the fix"},
		{"by install", at(1, "links-first", text), nil, "electroscope uninstall removes what install has written, before and since\nrm -r /s/links-first forgets the fix"},
		{"a later fix", at(1, "x", text), []mend.Record{at(1, "x", text), at(2, "y", text)}, "the fix of y came after it: electroscope doctor --undo y x"},
		{"a later fix of another file", at(1, "x", text), []mend.Record{at(2, "y", mend.File{Path: "/h/c"})}, "cp '/s/x/1-a b' '/h/a b' gives it back all the same\nrm -r /s/x forgets the fix"},
		{"an earlier fix", at(2, "x", text), []mend.Record{at(1, "y", text)}, "cp '/s/x/1-a b' '/h/a b' gives it back all the same\nrm -r /s/x forgets the fix"},
	} {
		if got := byHand(tt.r, tt.r.Files[0], tt.all); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
