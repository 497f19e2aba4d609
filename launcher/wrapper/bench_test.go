package wrapper

import (
	"os"
	"strings"
	"testing"

	"electroscope/tests/tree"
)

const debianChromium = "/usr/lib/chromium/chromium"

func BenchmarkBehindMakeWrapper(b *testing.B) {
	root := tree.Make(b, map[string]string{
		"bin/app": "#! /bin/bash -e\nexport A='b'\nexec -a \"$0\" \"{}/opt/x\" ${NIXOS_OZONE_WL:+--x} \"$@\"\n", "opt/x": "ELF x",
	})
	s := search(b, root)
	for b.Loop() {
		if Behind(root+"/bin/app", s).Program == "" {
			b.Fatal("not seen")
		}
	}
}

func BenchmarkBehindDebianChromium(b *testing.B) {
	if _, err := os.Stat(debianChromium); err != nil {
		b.Skip("Debian's chromium is not installed")
	}
	s := Search{Path: "/usr/local/bin:/usr/bin:/bin", Dir: "/", Env: os.LookupEnv}
	for b.Loop() {
		if Behind("/usr/bin/chromium", s).Program == "" {
			b.Fatal("not seen")
		}
	}
}

// BenchmarkBehindHostile is a wrapper of 64 KiB that looks up all it can.
func BenchmarkBehindHostile(b *testing.B) {
	script := "#!/bin/sh\nPATH=" + strings.Repeat("/nonexistent/a:", 2200) + "\nif false; then\n" + strings.Repeat("x=`which q`\n", 2400) + "fi\nexec {}/opt/x \"$@\"\n"
	root := tree.Make(b, map[string]string{"bin/app": script, "opt/x": "ELF x"})
	s := search(b, root)
	for b.Loop() {
		Behind(root+"/bin/app", s)
	}
}
