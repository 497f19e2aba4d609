package target

import (
	"os"
	"strings"
	"testing"
)

const debianChromium = "/usr/lib/chromium/chromium"

func BenchmarkFind(b *testing.B) {
	root := tree(b, map[string]string{"bin/electroscope": "ELF electroscope", "a/app": "-> {}/bin/electroscope", "f/app": "ELF x"})
	s := search(b, root)
	s.Path = strings.ReplaceAll("{}/a:{}/b:{}/c:{}/d:{}/e:{}/f", "{}", root)
	for b.Loop() {
		if _, err := Find([]string{"Other", "app"}, s); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBehindMakeWrapper(b *testing.B) {
	root := tree(b, map[string]string{
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
	root := tree(b, map[string]string{"bin/app": script, "opt/x": "ELF x"})
	s := search(b, root)
	for b.Loop() {
		Behind(root+"/bin/app", s)
	}
}

// BenchmarkCacheWarm is with as many names as a launch asks for.
func BenchmarkCacheWarm(b *testing.B) {
	names := make([]string, 60)
	for i := range names {
		names[i] = "enable-some-switch-" + string(rune('a'+i/26)) + string(rune('a'+i%26))
	}
	root := tree(b, map[string]string{"app": "ELF Chrome/150.0.7871.224 Electron/43.4.1\x00" + strings.Join(names, "\x00")})
	c := Cache{Dir: root + "/cache"}
	for b.Loop() {
		if k, err := c.Examine(root+"/app", names); err != nil || len(k.Known) != len(names) {
			b.Fatal(k, err)
		}
	}
}

// BenchmarkExamine is the scan without a cache; the file's pages are warm.
func BenchmarkExamine(b *testing.B) {
	if _, err := os.Stat(debianChromium); err != nil {
		b.Skip("Debian's chromium is not installed")
	}
	for b.Loop() {
		if _, err := Examine(debianChromium, someNames); err != nil {
			b.Fatal(err)
		}
	}
}
