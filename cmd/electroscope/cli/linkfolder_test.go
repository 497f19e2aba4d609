package cli

import (
	"testing"

	"electroscope/tests/tree"
)

func TestLinkIn(t *testing.T) {
	bin := t.TempDir() + "/electroscope"
	root := tree.Make(t, map[string]string{"one/plain": "0755 x", "two/plain": "-> " + bin, "two/other": "-> /bin/true", "two/app": "-> " + bin})
	listed := []linkFolder{{root + "/gone", linksIn(root + "/gone")}, {root + "/one", linksIn(root + "/one")}, {root + "/two", linksIn(root + "/two")}}
	closed := []linkFolder{{root + "/one", nil}, {root + "/two", nil}} // such as are searched and not listed
	for _, tt := range []struct {
		names []string
		want  string
	}{
		{[]string{"plain"}, "/two/plain"},
		{[]string{"other"}, ""},
		{[]string{"absent", "app"}, "/two/app"},
		{[]string{"absent"}, ""},
	} {
		if tt.want != "" {
			tt.want = root + tt.want
		}
		for kind, folders := range map[string][]linkFolder{"listed": listed, "closed": closed} {
			if got := linkIn(folders, tt.names); got != tt.want {
				t.Errorf("%s folders, %q: %q, want %q", kind, tt.names, got, tt.want)
			}
		}
	}
}
