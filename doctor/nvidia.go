package doctor

import "strconv"

// A codec is one that a card may decode.
type codec string

const (
	h264       codec = "H.264"
	hevc       codec = "HEVC"
	hevcMain10 codec = "HEVC Main10"
	vp8        codec = "VP8"
	vp9        codec = "VP9"
	av1        codec = "AV1"
)

// A generation is one of NVIDIA's, with what follows from it: the last branch of the driver that
// knows it (nvidia.com/en-us/drivers/unix/legacy-gpu), 0 if the newest does, and what its NVDEC
// decodes (developer.nvidia.com/video-encode-decode-support-matrix).
type generation struct {
	name       string
	from, to   int // PCI device ids
	lastBranch int
	decodes    []codec
}

var (
	onlyH264   = []codec{h264}
	untilVP9   = []codec{h264, hevc, hevcMain10, vp8, vp9}
	withoutVP8 = []codec{h264, hevc, hevcMain10, vp9}
	untilAV1   = []codec{h264, hevc, hevcMain10, vp9, av1}
)

// generations by the device ids of pci.ids. The GTX 960 (1401) is a GM206, the one Maxwell with
// a decoder for HEVC and VP9.
var generations = [...]generation{
	{"Kepler", 0x0fc0, 0x0fff, 470, onlyH264},
	{"Kepler", 0x1001, 0x103c, 470, onlyH264},
	{"Kepler", 0x1180, 0x12ba, 470, onlyH264},
	{"Maxwell", 0x1340, 0x13fb, 580, onlyH264},
	{"Maxwell GM206", 0x1401, 0x1436, 580, untilVP9},
	{"Pascal", 0x15f0, 0x15f9, 580, withoutVP8},
	{"Maxwell", 0x1617, 0x1667, 580, onlyH264},
	{"Maxwell", 0x174d, 0x17fd, 580, onlyH264},
	{"Pascal", 0x1b00, 0x1d56, 580, withoutVP8},
	{"Volta", 0x1d81, 0x1df6, 580, withoutVP8},
	{"Turing", 0x1e02, 0x1ff9, 0, withoutVP8},
	{"Ampere", 0x2080, 0x20ff, 0, withoutVP8},
	{"Turing", 0x2182, 0x21d1, 0, withoutVP8},
	{"Ampere", 0x2200, 0x25fb, 0, untilAV1},
	{"Ada", 0x2681, 0x28f8, 0, untilAV1},
	{"Blackwell", 0x2901, 0x2fff, 0, untilAV1},
}

// generationOf finds it by the device id as /sys has it, "0x1401".
func generationOf(device string) generation {
	id, err := strconv.ParseUint(device, 0, 16)
	for _, g := range generations {
		if err == nil && int(id) >= g.from && int(id) <= g.to {
			return g
		}
	}
	return generation{}
}

func (g generation) described() string {
	if g.name == "" {
		return "a card of NVIDIA"
	}
	return "NVIDIA " + g.name
}
