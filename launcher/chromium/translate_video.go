package chromium

func (g *grant) decode() {
	m, nvidia := g.s.Milestone, g.s.GPU.nvidia()
	switch {
	case g.w.VideoDecode == Off:
		g.give(parts{switches: []string{noDecoding}})
		return
	case g.s.GPU.Vendor == "none":
		g.nothing("there is no GPU")
		return
	case nvidia && !g.s.GPU.VADriver:
		g.nothing("NVIDIA's VA-API driver, nvidia_drv_video.so, is not installed")
		return
	case m == 0:
		g.nothing(noMilestone)
		return
	}
	p := decoding(m)
	if nvidia {
		if m >= 121 {
			p.enable = append(p.enable, "VaapiOnNvidiaGPUs")
		}
		// As nvidia-vaapi-driver's README has it.
		if m >= 131 && m < decodes && (g.w.Backend == "" || g.w.Backend == BackendAuto) {
			p.with = []string{"--use-angle=gl"}
		}
		p.env = []string{"LIBVA_DRIVER_NAME=nvidia", "NVD_BACKEND=direct"}
	}
	if m >= decodes {
		g.needless("on by default since " + decimal(decodes))
	}
	g.give(p)
}

const noDecoding = "--disable-accelerated-video-decode"

// decoding is what makes Chromium decode where GL draws. Both names up to 115:
// the one for GL was there already, since when is not known.
func decoding(milestone int) parts {
	switch {
	case milestone <= 111:
		return parts{enable: []string{"VaapiVideoDecoder"}, disable: []string{"UseChromeOSDirectVideoDecoder"}}
	case milestone <= 115:
		return parts{enable: []string{"VaapiVideoDecoder", "VaapiVideoDecodeLinuxGL"}, disable: []string{"UseChromeOSDirectVideoDecoder"}}
	case milestone <= 130:
		return parts{enable: []string{"VaapiVideoDecodeLinuxGL"}}
	case milestone < decodes:
		return parts{enable: []string{"AcceleratedVideoDecodeLinuxGL"}}
	}
	return parts{}
}

func (g *grant) encode() {
	switch m := g.s.Milestone; {
	case g.w.VideoEncode == Off:
		g.needless("off by default")
	case g.s.GPU.Vendor == "none":
		g.nothing("there is no GPU")
	case g.s.GPU.nvidia(): // elFarto/nvidia-vaapi-driver, README
		g.nothing("NVIDIA's VA-API driver only decodes")
	case m == 0:
		g.nothing(noMilestone)
	case m <= 130:
		g.give(parts{enable: []string{"VaapiVideoEncoder"}})
	default:
		g.give(parts{enable: []string{"AcceleratedVideoEncoder"}})
	}
}
