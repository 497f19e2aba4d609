package chromium

// Choice is whether something is wanted.
type Choice uint8

const (
	Unset Choice = iota // as the app does by itself
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

// Ozone is the platform on which an app is to draw. Empty is auto.
type Ozone string

const (
	OzoneAuto    Ozone = "auto"
	OzoneX11     Ozone = "x11"
	OzoneWayland Ozone = "wayland"
)

// GPUOptions say what is wanted of the GPU, in words that do not change from one
// Chromium to the next.
type GPUOptions struct {
	Origins map[string]Origin // of each option by its key, "video-decode"

	VideoDecode, VideoEncode, Raster, ZeroCopy, IgnoreBlocklist Choice

	Backend Backend
	Ozone   Ozone
}

// String returns the choice as it is written: "on", "off", or "" if there is none.
func (w Choice) String() string {
	switch w {
	case On:
		return "on"
	case Off:
		return "off"
	}
	return ""
}
