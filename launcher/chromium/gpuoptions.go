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

	disable []string // encoders that a wrapper switches on, against VideoEncode
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

// value is that of an option by its key, "" if it is not set.
func (o *GPUOptions) value(option string) string {
	switch option {
	case "backend":
		return string(o.Backend)
	case "ozone":
		return string(o.Ozone)
	}
	return o.choice(option).String()
}

// choice is an option that is on or off.
func (o *GPUOptions) choice(option string) *Choice {
	switch option {
	case "video-decode":
		return &o.VideoDecode
	case "video-encode":
		return &o.VideoEncode
	case "raster":
		return &o.Raster
	case "zero-copy":
		return &o.ZeroCopy
	case "ignore-blocklist":
		return &o.IgnoreBlocklist
	}
	return new(Choice)
}

// unset leaves an option to the app.
func (o *GPUOptions) unset(option string) {
	if option == "backend" {
		o.Backend = ""
		return
	}
	*o.choice(option) = Unset
}

// spell is an option as decisions name it.
func spell(option, value string) string {
	if value == On.String() {
		return option
	}
	return option + "=" + value
}
