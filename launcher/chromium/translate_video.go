package chromium

import "strings"

func (t *translation) decode() {
	m, nvidia := t.host.Milestone, t.host.GPU.nvidia()
	switch {
	case t.options.VideoDecode == Off:
		t.give(parts{switches: []string{noDecoding}})
		return
	case t.host.GPU.Vendor == "none":
		t.nothing("there is no GPU")
		return
	case nvidia && !t.host.GPU.VADriver:
		t.nothing("NVIDIA's VA-API driver, nvidia_drv_video.so, is not installed")
		return
	case m == 0:
		t.nothing(noMilestone)
		return
	}
	p := decoding(m)
	if nvidia {
		if m >= 121 {
			p.enable = append(p.enable, "VaapiOnNvidiaGPUs")
		}
		// As nvidia-vaapi-driver's README has it.
		if m >= 131 && m < decodes && (t.options.Backend == "" || t.options.Backend == BackendAuto) {
			p.with = []string{"--use-angle=gl"}
		}
		p.env = []string{"LIBVA_DRIVER_NAME=nvidia", "NVD_BACKEND=direct"}
	}
	if m >= decodes {
		t.needless("on by default since " + decimal(decodes))
	}
	t.give(p)
}

const noDecoding = "--disable-accelerated-video-decode"

// decoding is what makes Chromium decode if GL draws. Both names up to 115:
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

func (t *translation) encode() {
	switch m := t.host.Milestone; {
	case t.options.VideoEncode == Off && len(t.options.disable) > 0:
		t.give(parts{switches: []string{disableFeatures.String() + "=" + strings.Join(t.options.disable, ",")}})
	case t.options.VideoEncode == Off:
		t.needless("off by default")
	case t.host.GPU.Vendor == "none":
		t.nothing("there is no GPU")
	case t.host.GPU.nvidia(): // elFarto/nvidia-vaapi-driver, README
		t.nothing("NVIDIA's VA-API driver only decodes")
	case m == 0:
		t.nothing(noMilestone)
	case m <= 130:
		t.give(parts{enable: []string{"VaapiVideoEncoder"}})
	default:
		t.give(parts{enable: []string{"AcceleratedVideoEncoder"}})
	}
}
