//go:build rig

package nix

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
)

// tabled are the numbers of the table in docs/plan.md: what the plan said, what happens, what we do.
func tabled(t *testing.T) []int {
	t.Helper()
	text, err := os.ReadFile("../../docs/plan.md")
	if err != nil {
		t.Fatal(err)
	}
	var numbers []int
	for _, row := range regexp.MustCompile(`(?m)^\| (\d+) \| `).FindAllStringSubmatch(string(text), -1) {
		number, _ := strconv.Atoi(row[1])
		numbers = append(numbers, number)
	}
	return numbers
}

// provedByTests names the Go test that shows a mistake, where a case in Nix cannot.
var provedByTests = map[int]string{
	1:  "TestMistake1ScoreOfAScope",
	17: "TestMistake17RecreatedLock",
	18: "TestMistake18FlakeForOneFile",
	22: "TestMistake22SystemArgument",
}

// TestMistakes: each row of the table has a case named "mistake N: ..." that shows what the plan's form does and that ours does not,
// or one of those tests, and nothing shows a row that is not there.
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
	numbers := tabled(t)
	if len(numbers) == 0 {
		t.Fatal("docs/plan.md has no table of mistakes")
	}
	for _, number := range numbers {
		if !shown[number] {
			t.Errorf("mistake %d of docs/plan.md has no case named \"mistake %d: ...\" in cases/*.nix and no test in provedByTests", number, number)
		}
		delete(shown, number)
	}
	for number := range shown {
		t.Errorf("mistake %d is not in docs/plan.md", number)
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
