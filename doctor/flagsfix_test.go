package doctor

import "testing"

func TestWithoutFlags(t *testing.T) {
	names := []string{"--use-gl", "--ozone-platform=x11", "Dead"}
	for _, tt := range []struct {
		text, want string
		takesOut   bool // the names, and nothing else
	}{
		{"", "", false},
		{"--use-gl=desktop\n", "", true},
		{"# mine\n--use-gl=desktop\n--ok\n", "# mine\n--ok\n", true},
		{"--ok --use-gl=egl --ok2=1\r\n", "--ok --ok2=1\r\n", true},
		{"--ozone-platform=x11\n--ozone-platform=wayland", "--ozone-platform=wayland", true},
		{"--enable-features=Dead\n--ok", "--ok", true},
		{"--enable-features=A,Dead,B\n--disable-features=Dead:x/1\n", "--enable-features=A,B\n", true},
		{"--enable-features=Deadly,ADead\n--use-glx\n", "--enable-features=Deadly,ADead\n--use-glx\n", false},
		{"# --use-gl=desktop\n  --ok  # why\n", "# --use-gl=desktop\n  --ok  # why\n", false},
		{"--use-gl=desktop # as on the wiki\n", "--use-gl=desktop # as on the wiki\n", false},
		{"--enable-features=A,\\\nDead\n", "--enable-features=A,\\\nDead\n", false},
		{"--enable-features=\"A,Dead\"\n", "--enable-features=\"A,Dead\"\n", false},
		{"--use-gl desktop\n", "desktop\n", false},
		{"--js-flags=--use-gl --max-old-space-size=1\n", "--js-flags=--use-gl --max-old-space-size=1\n", false},
	} {
		if got := withoutFlags(tt.text, names); got != tt.want {
			t.Errorf("%q becomes %q, want %q", tt.text, got, tt.want)
		}
		if got := takesOut(tt.text, names); got != tt.takesOut {
			t.Errorf("%q: taken out: %v, want %v", tt.text, got, tt.takesOut)
		}
	}
}

// TestFlagsOfOthers: a switch that another app reads from the same file, and knows, stays.
func TestFlagsOfOthers(t *testing.T) {
	const dead = "--enable-features=CanvasOopRasterization\n" // which Chromium 108 knows
	for _, tt := range []struct {
		file, discord string
		edits         int
	}{
		{"electron", "22.3.27 108.0.5359.215", 0},
		{"electron", "42.8.1 148.0.7778.10", 1},
		{"electron42", "22.3.27 108.0.5359.215", 1},
		{"signal", "22.3.27 108.0.5359.215", 1},
	} {
		m := record(t, laptop).with(map[string]string{
			"home/me/.config/" + tt.file + flagsSuffix: dead,
			"engines": "/usr/bin/signal-desktop 42.8.1 148.0.7778.10\n/usr/bin/Discord " + tt.discord + "\n",
		}).unpack(t)
		checks, _ := Select([]string{"dead-switches"})
		edits, err := m.Edits(checks[0])
		if len(edits) != tt.edits || (err == nil) != (tt.edits > 0) {
			t.Errorf("%s, beside Electron %s: %d edits, %v", tt.file, tt.discord, len(edits), err)
		}
	}
}
