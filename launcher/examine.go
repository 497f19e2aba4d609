package launcher

import (
	"os"

	"electroscope/launcher/chromium"
	"electroscope/launcher/engine"
	"electroscope/launcher/wrapper"
)

// examine looks into the program behind a target, once: later launches read the
// cache. What cannot be seen is zero.
func examine(w Process, chain wrapper.Chain) engine.Knowledge {
	if chain.Program == "" {
		return engine.Knowledge{}
	}
	k, err := engine.Cache{Dir: engine.CacheDir(w.Getenv)}.Examine(chain.Program, chromium.Names())
	if err != nil {
		return engine.Knowledge{}
	}
	return k
}

// leastEngine is a size that every build of Chromium exceeds, and few other
// programs: below it nothing is examined to learn what a program is.
const leastEngine = 48 << 20

// mayBeEngine reports whether the program, or the libcef.so beside it, is large
// enough to be an engine, and so worth examining.
func mayBeEngine(chain wrapper.Chain) bool {
	if chain.Program == "" {
		return false
	}
	if info, err := os.Stat(chain.Program); err == nil && info.Size() >= leastEngine {
		return true
	}
	_, cef := engine.EngineFile(chain.Program)
	return cef
}
