package plan

import (
	"strings"

	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"
)

// wishes lays the tables of options over each other, the last on top. The origin
// of each option is the table that it stands in.
func wishes(tables []catalog.GPUTable) chromium.GPUOptions {
	o := chromium.GPUOptions{Origins: make(map[string]chromium.Origin)}
	for _, table := range tables {
		origin := chromium.Origin("[" + table.Name + "]")
		choose := func(option *chromium.Choice, key string, set *bool) {
			if set != nil {
				*option, o.Origins[key] = wish(*set), origin
			}
		}
		choose(&o.VideoDecode, "video-decode", table.VideoDecode)
		choose(&o.VideoEncode, "video-encode", table.VideoEncode)
		choose(&o.Raster, "raster", table.Raster)
		choose(&o.ZeroCopy, "zero-copy", table.ZeroCopy)
		choose(&o.IgnoreBlocklist, "ignore-blocklist", table.IgnoreBlocklist)
		if table.Backend != "" {
			o.Backend, o.Origins["backend"] = chromium.Backend(table.Backend), origin
		}
		if table.Ozone != "" {
			o.Ozone, o.Origins["ozone"] = chromium.Ozone(table.Ozone), origin
		}
	}
	return o
}

func wish(on bool) chromium.Choice {
	if on {
		return chromium.On
	}
	return chromium.Off
}

// isWish reports whether something comes from a table of options.
func isWish(from chromium.Origin) bool { return strings.HasPrefix(string(from), "[") }
