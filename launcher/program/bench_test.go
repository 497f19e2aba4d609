package program

import (
	"strings"
	"testing"

	"electroscope/tests/tree"
)

func BenchmarkFind(b *testing.B) {
	root := tree.Make(b, map[string]string{"bin/electroscope": "ELF electroscope", "a/app": "-> {}/bin/electroscope", "f/app": "ELF x"})
	s := search(b, root)
	s.Path = strings.ReplaceAll("{}/a:{}/b:{}/c:{}/d:{}/e:{}/f", "{}", root)
	for b.Loop() {
		if _, err := Find([]string{"Other", "app"}, s, nil); err != nil {
			b.Fatal(err)
		}
	}
}
