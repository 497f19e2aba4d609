// Package marked replaces what a test has written into a document: the text between two
// comments. The rest is somebody's prose. The programs that do it have their start here, too.
package marked

import (
	"fmt"
	"os"
	"strings"
)

// Rewrite puts the text between the two comments that name target, in the file.
func Rewrite(file, target, text string) error {
	old, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	changed, err := Replace(string(old), target, text)
	if err != nil {
		return fmt.Errorf("%q: %w", file, err)
	}
	return os.WriteFile(file, []byte(changed), 0o644)
}

// Replace is Rewrite on the document's text.
func Replace(document, target, text string) (string, error) {
	begin, end := "<!-- begin: "+target+" -->\n", "<!-- end: "+target+" -->\n"
	before, rest, found := strings.Cut(document, begin)
	_, after, both := strings.Cut(rest, end)
	if !found || !both {
		return "", fmt.Errorf("lacks the lines %q and %q", strings.TrimSpace(begin), strings.TrimSpace(end))
	}
	return before + begin + text + end + after, nil
}
