package chromium

func (t *translation) raster() {
	switch m := t.host.Milestone; {
	case t.options.Raster == Off:
		t.give(parts{switches: []string{"--disable-gpu-rasterization"}})
	case m > 0 && m < 102:
		t.give(parts{switches: []string{"--enable-gpu-rasterization"}})
	default:
		t.needless("on by default since 102")
	}
}

func (t *translation) zeroCopy() {
	if t.options.ZeroCopy == Off {
		t.needless("off by default")
		return
	}
	t.give(parts{switches: []string{"--enable-zero-copy"}})
}

func (t *translation) ignoreBlocklist() {
	if t.options.IgnoreBlocklist == Off {
		t.needless("off by default")
		return
	}
	t.give(parts{switches: []string{"--ignore-gpu-blocklist"}})
}
