package catalog_test

import (
	"os"
	"path/filepath"
	"testing"

	"electroscope/launcher/catalog"

	"github.com/google/go-cmp/cmp"
)

func TestMisspeltApp(t *testing.T) {
	const shipped = "[apps.discord]\nexec = [\"Discord\"]\n"
	tests := []struct {
		about, user string
		want        []string
	}{
		{"one letter off", "[apps.discrod.limits]\nMemoryMax = \"4G\"", []string{
			`apps.toml:1:2: apps.discrod: is an app of its own, and nothing says what it runs / did you mean [apps.discord]? Else set exec`,
		}},
		{"the app itself", "[apps.discord.limits]\nMemoryMax = \"4G\"", nil},
		{"an app of one's own", "[apps.discrod]\nexec = [\"discrod\"]", nil},
		{"far from any", "[apps.element.limits]\nMemoryMax = \"4G\"", nil},
	}
	for _, test := range tests {
		t.Run(test.about, func(t *testing.T) {
			home := t.TempDir()
			file := filepath.Join(home, "electroscope", "apps.toml")
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(test.user), 0o644); err != nil {
				t.Fatal(err)
			}
			layers := catalog.ReadLayers(func(name string) string {
				return map[string]string{"XDG_CONFIG_HOME": home, "XDG_CONFIG_DIRS": "/nonexistent"}[name]
			}, shipped)
			_, mistakes := layers.All()
			var got []string
			for _, m := range mistakes {
				if !m.Warning {
					t.Errorf("%v is no warning: the launch would leave it out", m)
				}
				m.File = filepath.Base(m.File)
				got = append(got, m.Error()+" / "+m.Remedy)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
