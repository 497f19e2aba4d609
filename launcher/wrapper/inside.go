package wrapper

import "strings"

// lookInside looks through command substitutions, which run in a child:
// $(discord --version) in a script called discord comes back here.
func (r *reader) lookInside(c command, depth int) {
	if !c.deep {
		return
	}
	for _, raws := range [][]string{c.assigns, c.words, c.files, c.inside} {
		for _, raw := range raws {
			for _, body := range substitutions(raw) {
				inner := r.parsed(body)
				r.paths.unclear = r.paths.unclear || inner.unclear || depth == maxDepth || unreadable(body)
				for _, c := range inner.commands {
					r.inside(c, depth)
				}
			}
		}
	}
}

// inside looks at one command of a substitution.
func (r *reader) inside(c command, depth int) {
	r.noteFlagsFiles(c)
	c.forks = true
	if len(c.words) > 0 && !quiet(c.words[0]) {
		r.paths.note(c)
		if call := r.call(c); len(call.words) > 0 {
			path, f := r.program(call)
			switch {
			case r.isSelf(path, f) && r.callsAgain(call):
				r.hop.returns = true
			default:
				r.paths.child(call)
			}
		}
	}
	if depth < maxDepth {
		r.lookInside(c, depth+1)
	}
}

// maxDepth is how deep substitutions in substitutions are looked into.
const maxDepth = 4

// unreadable says of a substitution that its end may not be where it was found:
// a case, a here-document and a comment may hold a parenthesis of their own.
func unreadable(body string) bool {
	return strings.Contains(body, "<<") || strings.Contains(body, "case") || strings.Contains(body, "\n#") || strings.Contains(body, " #")
}

// substitutions lists the bodies of the outermost $(...) and `...` of a word.
func substitutions(raw string) []string {
	if !strings.Contains(raw, "$(") && !strings.Contains(raw, "`") {
		return nil
	}
	var bodies []string
	for i := 0; i < len(raw); {
		end := skip(raw, i, 0)
		switch {
		case raw[i] == '`':
			bodies = append(bodies, strings.TrimSuffix(raw[i+1:end], "`"))
		case strings.HasPrefix(raw[i:], "$(") && !strings.HasPrefix(raw[i:], "$(("):
			bodies = append(bodies, strings.TrimSuffix(raw[i+2:end], ")"))
		case raw[i] == '"':
			end = i + 1
		case strings.HasPrefix(raw[i:], "${"):
			end = i + 2
		}
		i = end
	}
	return bodies
}
