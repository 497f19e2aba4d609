// Svg draws what a terminal was given, on standard input, as a picture on
// standard output: picture.sh records a session with script(1) and makes
// docs/demo.svg of it. It knows the colours that systemctl(1) uses and none of
// the sequences that move the cursor, which a session of plain commands has not.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
)

func main() {
	columns := flag.Int("columns", 100, "width of the terminal")
	title := flag.String("title", "", "what the picture shows, for a reader who cannot see it")
	flag.Parse()
	var lines [][]span
	var s style
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		var line []span
		line, s = parse(in.Text(), s)
		lines = append(lines, line)
	}
	if err := in.Err(); err != nil {
		fmt.Fprintln(os.Stderr, "svg:", err)
		os.Exit(1)
	}
	fmt.Print(draw(lines, *columns, *title))
}
