package launcher

import (
	"os"
	"testing"

	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"
	"electroscope/launcher/wrapper"
)

// What a launch reads for the switches while the manager works, with a warm
// cache.
func BenchmarkGatherSwitches(b *testing.B) {
	home := b.TempDir()
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	w := ThisProcess()
	w.Env = []string{"HOME=" + home, "DISPLAY=:0", "XDG_RUNTIME_DIR=" + home}
	app := catalog.App{Key: "discord", Names: []string{"discord", "Discord"}, Runtime: chromium.Electron}
	chain := wrapper.Chain{Program: self, Execs: true}
	for b.Loop() {
		gatherSwitches(w, app, chain)
	}
}
