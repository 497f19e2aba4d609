package chromium

func (g *grant) raster() {
	switch m := g.s.Milestone; {
	case g.w.Raster == Off:
		g.give(parts{switches: []string{"--disable-gpu-rasterization"}})
	case m > 0 && m < 102:
		g.give(parts{switches: []string{"--enable-gpu-rasterization"}})
	default:
		g.needless("on by default since 102")
	}
}

func (g *grant) zeroCopy() {
	if g.w.ZeroCopy == Off {
		g.needless("off by default")
		return
	}
	g.give(parts{switches: []string{"--enable-zero-copy"}})
}

func (g *grant) ignoreBlocklist() {
	if g.w.IgnoreBlocklist == Off {
		g.needless("off by default")
		return
	}
	g.give(parts{switches: []string{"--ignore-gpu-blocklist"}})
}
