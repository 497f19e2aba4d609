package plan

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What a launch added goes; a value that the user has set himself stays.
func TestOutside(t *testing.T) {
	for _, test := range []struct{ env, want []string }{
		{[]string{"A=1", "FLATPAK_SANDBOX_DIR=", "B="}, []string{"A=1", "B="}},
		{[]string{"FLATPAK_SANDBOX_DIR=/home/u/.var/app/x/sandbox"}, []string{"FLATPAK_SANDBOX_DIR=/home/u/.var/app/x/sandbox"}},
		{[]string{"FLATPAK_SANDBOX_DIR_X=", "XFLATPAK_SANDBOX_DIR="}, []string{"FLATPAK_SANDBOX_DIR_X=", "XFLATPAK_SANDBOX_DIR="}},
	} {
		if diff := cmp.Diff(test.want, Outside(test.env)); diff != "" {
			t.Error(diff)
		}
	}
}
