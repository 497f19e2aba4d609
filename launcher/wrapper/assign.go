package wrapper

import (
	"slices"
	"strings"
)

// declare follows the commands that name variables.
func (r *reader) declare(c command) {
	r.status = yes
	list := false
	for _, raw := range c.words[1:] {
		if strings.HasPrefix(raw, "-") {
			list = list || strings.Contains(raw, "a")
			continue
		}
		name, _, assigns := assignment(raw)
		if !assigns {
			name = raw
		}
		if name = strings.TrimSuffix(name, "+"); c.words[0] != "export" && c.words[0] != "readonly" && nameLen(name) == len(name) && name != "" {
			r.local(name)
			if !assigns && c.words[0] == "local" {
				r.set(name, text(""))
			}
		}
		if list && !assigns {
			r.set(name, value{list: true})
		}
		r.assign(raw)
	}
	r.unset(c)
}

// assign follows NAME=value, NAME+=value and NAME=(list).
func (r *reader) assign(raw string) {
	name, word, ok := assignment(raw)
	if !ok {
		return
	}
	bare, add := strings.CutSuffix(name, "+")
	list := strings.HasPrefix(word, "(")
	var v value
	if list {
		v = r.list(strings.TrimSuffix(word[1:], ")"))
	} else if v = r.expand(word); v.list {
		v = r.joined(v)
	}
	switch old := r.variable(bare); {
	case !add:
	case list && old.list:
		v.items = append(slices.Clip(old.items), v.items...)
		v.unsure = v.unsure || old.unsure
	case list && !slices.Equal(old.alts, nothing):
		old.may = false
		v.items = append([]value{old}, v.items...)
	case list:
	default:
		v = old.first().concat(v)
	}
	if len(v.items) > maxItems {
		v = value{}
	}
	r.set(bare, v)
}

// list is the value of an array's elements, as they stand between ( and ).
func (r *reader) list(body string) value {
	v := value{list: true}
	for _, c := range r.parsed(body).commands {
		for _, raw := range slices.Concat(c.assigns, c.words) {
			v.items = append(v.items, r.itemsOf(raw)...)
		}
	}
	return v
}

// itemsOf are the elements that a word becomes.
func (r *reader) itemsOf(raw string) []value {
	var items []value
	for _, word := range r.expand(raw).words(r.files) {
		item, _ := r.item(word)
		if word.prefix != "" {
			item = text(word.prefix + unknownMark)
		}
		item.may = word.may
		items = append(items, item)
	}
	return items
}

func (r *reader) set(name string, v value) {
	v.fields, v.may, v.prefix = false, false, ""
	r.state.set(name, &v)
}

// setArguments follows set: -- or a first word that is no option begins new
// arguments.
func (r *reader) setArguments(words []string) {
	r.status = yes
	for len(words) > 0 && len(words[0]) > 1 && (words[0][0] == '-' || words[0][0] == '+') && words[0] != "--" {
		if strings.HasSuffix(words[0], "o") && len(words) > 1 {
			words = words[1:]
		}
		words = words[1:]
	}
	if len(words) == 0 {
		return
	}
	if words[0] == "--" {
		words = words[1:]
	}
	v := value{list: true}
	for _, raw := range words {
		v.items = append(v.items, r.itemsOf(raw)...)
	}
	if len(v.items) > maxItems {
		v = someArguments()
	}
	r.args = v.onlyArgs()
}

// shift takes the first argument away. Of the user's own there may be more.
func (r *reader) shift() {
	if len(r.args.items) == 0 || r.args.items[0].equal(text(argsMark)) {
		return
	}
	if r.args.items[0].may {
		r.args = someArguments()
		return
	}
	r.args.items = r.args.items[1:]
	r.status = yes
}
