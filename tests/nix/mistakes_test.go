//go:build rig

package nix

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
)

// The plan's Nix fails in 22 ways (nix/README.md has them). Each has a case named "mistake N: ..." that shows what the plan's form
// does and that ours does not, or one of these tests.
const mistakes = 22

// provedByTests names the Go test that shows a mistake, where a case in Nix cannot.
var provedByTests = map[int]string{
	1:  "TestMistake1ScoreOfAScope",
	17: "TestMistake17RecreatedLock",
	18: "TestMistake18FlakeForOneFile",
	22: "TestMistake22SystemArgument",
}

func TestMistakes(t *testing.T) {
	shown := map[int]bool{}
	name := regexp.MustCompile(`^mistake (\d+): .`)
	for _, file := range caseFiles(t) {
		for of := range (cases{bases()[0], file}).kinds(t) {
			if found := name.FindStringSubmatch(of); found != nil {
				number, _ := strconv.Atoi(found[1])
				shown[number] = true
			}
		}
	}
	for number, test := range provedByTests {
		if !declared(t, test) {
			t.Errorf("mistake %d is to be shown by %s, which is no test here", number, test)
		}
		shown[number] = true
	}
	for number := 1; number <= mistakes; number++ {
		if !shown[number] {
			t.Errorf("mistake %d of the plan has no case named \"mistake %d: ...\" in cases/*.nix and no test in provedByTests", number, number)
		}
		delete(shown, number)
	}
	for number := range shown {
		t.Errorf("there is no mistake %d", number)
	}
}

// declared tells if a Go file of this folder has that test.
func declared(t *testing.T, test string) bool {
	t.Helper()
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	header := regexp.MustCompile(`(?m)^func ` + regexp.QuoteMeta(test) + `\(`)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if header.Match(text) {
			return true
		}
	}
	return false
}
