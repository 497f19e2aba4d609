package chromium

// Wish says whether something is wanted.
type Wish uint8

const (
	Unset Wish = iota // as the app does by itself
	On
	Off
)

// Backend is what an app is to draw with. Empty is auto.
type Backend string

const (
	BackendAuto   Backend = "auto"
	BackendGL     Backend = "gl"
	BackendGLES   Backend = "gles"
	BackendVulkan Backend = "vulkan"
	BackendOff    Backend = "off"
)

// Ozone is where an app is to draw. Empty is auto.
type Ozone string

const (
	OzoneAuto    Ozone = "auto"
	OzoneX11     Ozone = "x11"
	OzoneWayland Ozone = "wayland"
)

// Wishes are what is wanted of the GPU, in words that do not change from one
// Chromium to the next.
type Wishes struct {
	Origin Origin

	VideoDecode, VideoEncode, Raster, ZeroCopy, IgnoreBlocklist Wish

	Backend Backend
	Ozone   Ozone
}

// String returns the wish as it is written: "on", "off", or "" if there is none.
func (w Wish) String() string {
	switch w {
	case On:
		return "on"
	case Off:
		return "off"
	}
	return ""
}
