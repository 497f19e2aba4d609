//go:build rig

package nix

import (
	"slices"
	"strings"
	"testing"
)

// carried: a front alone, as other modules install it and as they make it anew, starts the app that it was made of by each of its
// names. Which that is the app says itself: it prints its path and its arguments.
func (f fronts) carried(t *testing.T) {
	all := f.build(t, "carried")
	for _, test := range []struct {
		profile string
		names   []string
		said    string
	}{
		{"alone", []string{"Discord", "discord"}, "fake discord: /nix/store/discord-0.0.101/bin/NAME --one\n"},
		{"nixcord", []string{"Discord", "discord"}, "fake discord: /nix/store/discord-0.0.101/bin/NAME --theirs --one\n"},
		{"chromium", []string{"chromium", "chromium-browser"}, "fake chromium: /nix/store/chromium-150.0/bin/NAME --theirs --one\n"},
		{"patched", []string{"Discord", "discord"}, "fake discord: /nix/store/discord-patched/bin/NAME --one\n"},
		{"branch", []string{"Discord", "DiscordPTB", "discord", "discordptb"}, ""},
		{"fhs", []string{"codium", "vscodium"}, "fake vscodium-fhs: codium --one\n"},
		{"twice", []string{"Discord", "discord"}, "fake discord: /nix/store/discord-0.0.101/bin/NAME --one\n"},
		{"over", []string{"Discord", "discord"}, "fake discord: /nix/store/discord-0.0.101/bin/NAME --theirs --one\n"},
		{"overlaid", []string{"Discord", "discord"}, "fake discord: /nix/store/discord-0.0.101/bin/NAME --one\n"},
	} {
		profile := all + "/" + test.profile
		if got := f.names(t, profile); !slices.Equal(got, test.names) {
			t.Errorf("%s: the links are %q, want %q", test.profile, got, test.names)
		}
		for _, name := range f.names(t, profile) {
			said := unhashed(f.read(t, profile+"/"+name))
			want := strings.ReplaceAll(test.said, "NAME", name)
			if test.profile == "branch" {
				want = "bin/DiscordPTB --one\n"
				if name == "discordptb" {
					want = "bin/discordptb --one\n"
				}
			}
			if !strings.HasSuffix(said, want) {
				t.Errorf("%s: %s said %q, want %q", test.profile, name, said, want)
			}
		}
	}
}
