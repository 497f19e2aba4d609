//go:build rig

package chromium

import (
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// plain is an apps.toml with Chromium itself and lines of its table.
func plain(lines ...string) string {
	return fmt.Sprintf("[apps.web]\nexec = [%q]\nruntime = \"chromium\"\nid = \"web\"\n%s\n", program, strings.Join(lines, "\n"))
}

// TestFlagsFile: with files as people write them Chromium starts, and has what they mean.
func TestFlagsFile(t *testing.T) {
	for _, test := range []struct{ name, text, main, renderer string }{
		{"joined lines", "# mine\n--ozone-platform=x11 \\\n  --enable-features=OursA,\\\n    OursB \\\n", " --ozone-platform=x11 --enable-features=OursA,OursB ", ""},
		{"a byte order mark, and Windows' lines", "\uFEFF--ozone-platform=x11\r\n--enable-features=OursA,OursB\r\n", " --ozone-platform=x11 --enable-features=OursA,OursB ", ""},
		{
			"behind V8's flags", "--js-flags=--max-old-space-size=512 --expose-gc --enable-features=OursA --ozone-platform=x11\n",
			" --ozone-platform=x11 --enable-features=OursA --js-flags=--max-old-space-size=512 --expose-gc ", " --js-flags=--max-old-space-size=512 --expose-gc --",
		},
		{
			"quotes", `--enable-features="OursA,OursB" '--js-flags=--expose-gc --lite-mode' "--ozone-platform=x11" # why` + "\n",
			" --ozone-platform=x11 --enable-features=OursA,OursB --js-flags=--expose-gc --lite-mode ", " --js-flags=--expose-gc --lite-mode --",
		},
		{"blanks for =, typographic quotes", "--enable-features OursA\n--ozone-platform=“x11”\n", " --ozone-platform=x11 ", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := config(t, plain())
			write(t, dir+"/chromium-flags.conf", test.text, 0o644)
			b := run(t, dir, append(electroscope(), "--disable-gpu"))
			if main := b.main(); !strings.Contains(main.argv, test.main) {
				t.Errorf("expected %q: %s", test.main, main.argv)
			}
			for _, p := range processes() {
				if p.kind == "renderer" && !strings.Contains(p.argv, test.renderer) {
					t.Errorf("expected %q in the renderer: %s", test.renderer, p.argv)
				}
			}
		})
	}
}

// TestValuesControl: what the table refuses does end Chromium. Where it does not any
// more, the table is wrong, and TestFlagsFile proves nothing.
func TestValuesControl(t *testing.T) {
	for _, value := range []string{`x11 \`, "“x11”", "Wayland", "default", ""} {
		b := run(t, t.TempDir(), []string{program, "--ozone-platform=" + value, "--disable-gpu"})
		select {
		case <-b.ended:
			if b.cmd.ProcessState.Success() {
				t.Errorf("--ozone-platform=%s: %v", value, b.cmd.ProcessState)
			}
		case <-time.After(long):
			t.Errorf("--ozone-platform=%s: Chromium runs", value)
		}
	}
}

// TestValues: values that end the GPU process, or Chromium itself, are left out.
func TestValues(t *testing.T) {
	for _, values := range []string{
		`"--use-gl=swiftshader", "--use-angle=opengl", "--ozone-platform=Wayland"`,
		`"--use-gl=osmesa", "--use-angle=egl", "--ozone-platform="`,
	} {
		t.Run(values, func(t *testing.T) {
			b := run(t, config(t, plain("switches = ["+values+"]")), electroscope())
			b.main()
			first := painter()
			for end := time.Now().Add(held); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
				if p := painter(); p.pid == 0 || p.pid != first.pid || disabled(p) {
					t.Fatalf("the GPU process was %v and is %v: %s", first, p, p.argv)
				}
			}
		})
	}
}

// TestValuesOfGLControl: Chromium gives up GL for a value that is left out.
func TestValuesOfGLControl(t *testing.T) {
	for _, bad := range []string{"--use-gl=swiftshader", "--use-angle=opengl"} {
		t.Run(bad, func(t *testing.T) {
			run(t, t.TempDir(), []string{program, bad})
			if !until(long, func() bool { return disabled(painter()) }) {
				t.Errorf("the GPU process draws: %v", processes())
			}
		})
	}
}

// TestZeroCopy: an option takes the contrary out of a flags file, and the reason why no
// --disable-zero-copy is given: Chromium does not heed it.
func TestZeroCopy(t *testing.T) {
	dir := config(t, plain("[apps.web.gpu]", "zero-copy = false"))
	write(t, dir+"/chromium-flags.conf", "--enable-zero-copy\n", 0o644)
	for _, test := range []struct {
		command []string
		copies  bool
	}{
		{electroscope(), false},
		{[]string{program, "--enable-zero-copy", "--disable-zero-copy"}, true},
	} {
		t.Run(fmt.Sprint(test.copies), func(t *testing.T) {
			run(t, dir, append(test.command, "--disable-gpu")).main()
			for _, p := range processes() {
				if p.kind == "renderer" && strings.Contains(p.argv, " --enable-zero-copy ") != test.copies {
					t.Errorf("zero-copy in the renderer, expected %t: %s", test.copies, p.argv)
				}
			}
		})
	}
}

// TestBlinkFeatures: two lists are one for Chromium, and so for electroscope.
func TestBlinkFeatures(t *testing.T) {
	dir := config(t, plain(`switches = ["--enable-blink-features=WebHID"]`))
	write(t, dir+"/chromium-flags.conf", "--enable-blink-features=MiddleClickAutoscroll\n", 0o644)
	for name, command := range map[string][]string{
		"by electroscope": electroscope(),
		"by itself":       {program, "--enable-blink-features=MiddleClickAutoscroll", "--enable-blink-features=WebHID"},
	} {
		t.Run(name, func(t *testing.T) {
			run(t, dir, append(command, "--disable-gpu")).main()
			for _, p := range processes() {
				if p.kind == "renderer" && (!strings.Contains(p.argv, "MiddleClickAutoscroll") || !strings.Contains(p.argv, "WebHID")) {
					t.Errorf("expected both in the renderer: %s", p.argv)
				}
			}
		})
	}
}

// TestBehind: what a wrapper puts behind the user's arguments is what Chromium takes,
// and what is said of it.
func TestBehind(t *testing.T) {
	wrapper := t.TempDir() + "/web"
	write(t, wrapper, fmt.Sprintf("#!/bin/sh\nexec %s --enable-features=OursBefore \"$@\" --enable-features=OursBehind --js-flags=--max-old-space-size=700\n", program), 0o755)
	dir := config(t, fmt.Sprintf("[apps.web]\nexec = [%q]\nruntime = \"chromium\"\nid = \"web\"\nheap = \"512M\"\nenable-features = [\"OursApp\"]\n", wrapper))

	foretold := exec.Command(electroscope()[0], "run", "-n", "web")
	foretold.Env = append(foretold.Environ(), "XDG_CONFIG_HOME="+dir)
	said, err := foretold.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, behind := range []string{"--enable-features=OursBehind", "--js-flags=--max-old-space-size=700"} {
		want := "does not hold: " + behind + " from the wrapper " + wrapper + " stands last"
		if text := strings.Join(strings.Fields(string(said)), " "); !strings.Contains(text, want) { // whatever the width of a line
			t.Errorf("%q is not said: %s", want, said)
		}
	}

	run(t, dir, append(electroscope(), "--disable-gpu")).main()
	for _, p := range processes() {
		if p.kind != "renderer" {
			continue
		}
		if got := p.ours("--enable-features"); len(got) != 1 || got[0] != "OursBehind" {
			t.Errorf("enabled in the renderer: %q", got)
		}
		if !strings.Contains(p.argv, " --js-flags=--max-old-space-size=700 --") {
			t.Errorf("another heap in the renderer: %s", p.argv)
		}
	}
}
