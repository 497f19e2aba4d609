package appstoml

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	memory = Value{[]string{"memory"}, `"4G"`}
	most   = Value{[]string{"limits", "MemoryMax"}, `"4G"`}
)

func TestSet(t *testing.T) {
	for _, test := range []struct {
		name, text string
		value      Value
		want       string
	}{
		{"nothing there", "", memory, "[apps.discord]\nmemory = \"4G\"\n"},
		{"nothing there, of a table", "", most, "[apps.discord.limits]\nMemoryMax = \"4G\"\n"},
		{"another app", "[apps.b]\nid = \"x\"\n", memory, "[apps.b]\nid = \"x\"\n\n[apps.discord]\nmemory = \"4G\"\n"},
		{"there", "[apps.discord]\nmemory = \"3G\" # much\nid = \"x\"\n", memory, "[apps.discord]\nmemory = \"4G\" # much\nid = \"x\"\n"},
		{"there, without blanks and end", "[apps.discord]\nmemory=3", memory, "[apps.discord]\nmemory=\"4G\""},
		{"there, quoted", "[ 'apps' . \"dis\\u0063ord\" ]\n\"memory\" = '3G'\n", memory, "[ 'apps' . \"dis\\u0063ord\" ]\n\"memory\" = \"4G\"\n"},
		{"the table is empty", "[apps.discord] # mine\n\n[apps.b]\n", memory, "[apps.discord] # mine\nmemory = \"4G\"\n\n[apps.b]\n"},
		{"the key is absent", "[apps.discord]\nid = \"x\" # id\n\n# of b\n[apps.b]\n", memory, "[apps.discord]\nid = \"x\" # id\nmemory = \"4G\"\n\n# of b\n[apps.b]\n"},
		{"no end", "[apps.discord]\nid = \"x\" # id", memory, "[apps.discord]\nid = \"x\" # id\nmemory = \"4G\""},
		{"a header alone, without end", "[apps.discord]", memory, "[apps.discord]\nmemory = \"4G\""},
		{"CR LF", "[apps.discord]\r\nid = \"x\"\r\n\r\n[apps.b]\r\n", memory, "[apps.discord]\r\nid = \"x\"\r\nmemory = \"4G\"\r\n\r\n[apps.b]\r\n"},
		{"CR LF, there", "[apps.discord]\r\nmemory = \"3G\"\r\n", memory, "[apps.discord]\r\nmemory = \"4G\"\r\n"},
		{"indented", "[apps]\n  [apps.discord]\n    id = \"x\"\n", memory, "[apps]\n  [apps.discord]\n    id = \"x\"\n    memory = \"4G\"\n"},
		{"behind a value of many lines", "[apps.discord]\nnames = [\n  \"a\", # ]\n  \"[apps.discord]\",\n] # names\n[apps.b]\n", memory,
			"[apps.discord]\nnames = [\n  \"a\", # ]\n  \"[apps.discord]\",\n] # names\nmemory = \"4G\"\n[apps.b]\n"},
		{"in place of a string of many lines", "[apps.discord]\nmemory = \"\"\"\n3\\\n G\"\"\" # x\nid = \"x\"\n", memory, "[apps.discord]\nmemory = \"4G\" # x\nid = \"x\"\n"},
		{"what looks like it, in a string", "note = '''\n[apps.discord]\nmemory = 1\n'''\n", memory,
			"note = '''\n[apps.discord]\nmemory = 1\n'''\n\n[apps.discord]\nmemory = \"4G\"\n"},
		{"only a table within", "# all\n\n# of limits\n[apps.discord.limits]\nMemoryMax = \"3G\"\n", memory,
			"# all\n\n[apps.discord]\nmemory = \"4G\"\n\n# of limits\n[apps.discord.limits]\nMemoryMax = \"3G\"\n"},
		{"a table within", "[apps.discord]\nid = \"x\"\n[apps.discord.limits]\nMemoryMax = \"3G\"\n", most,
			"[apps.discord]\nid = \"x\"\n[apps.discord.limits]\nMemoryMax = \"4G\"\n"},
		{"a table within, without the key", "[apps.discord.limits]\nTasksMax = 50\n\n[apps.discord]\nid = \"x\"\n", most,
			"[apps.discord.limits]\nTasksMax = 50\nMemoryMax = \"4G\"\n\n[apps.discord]\nid = \"x\"\n"},
		{"no limits", "[apps.discord]\nid = \"x\"\n", most, "[apps.discord]\nid = \"x\"\nlimits.MemoryMax = \"4G\"\n"},
		{"an inline table", "[apps.discord]\nlimits = { TasksMax = 50, MemoryMax = '3G' } # l\n", most,
			"[apps.discord]\nlimits = { TasksMax = 50, MemoryMax = \"4G\" } # l\n"},
		{"an inline table without the key", "[apps.discord]\nlimits = {TasksMax = 50} # }\n", most, "[apps.discord]\nlimits = {TasksMax = 50, MemoryMax = \"4G\"} # }\n"},
		{"an empty inline table", "[apps.discord]\nlimits = {}\nid = \"x\"\n", most, "[apps.discord]\nlimits = { MemoryMax = \"4G\" }\nid = \"x\"\n"},
		{"the app inline", "[apps]\ndiscord = { id = \"x\" }\n", memory, "[apps]\ndiscord = { id = \"x\", memory = \"4G\" }\n"},
		{"the app inline, a table in it", "[apps]\ndiscord = { limits = { TasksMax = 50 }, id = \"x\" }\n", most,
			"[apps]\ndiscord = { limits = { TasksMax = 50, MemoryMax = \"4G\" }, id = \"x\" }\n"},
		{"the app inline, dotted in it", "[apps]\ndiscord = { limits.TasksMax = 50, id = \"x\" }\n", most,
			"[apps]\ndiscord = { limits.TasksMax = 50, limits.MemoryMax = \"4G\", id = \"x\" }\n"},
		{"all inline", "apps = { discord = {} }\n", most, "apps = { discord = { limits.MemoryMax = \"4G\" } }\n"},
		{"dotted", "apps.discord.id = \"x\"\n[budget]\ncpus = \"50%\"\n", memory, "apps.discord.id = \"x\"\napps.discord.memory = \"4G\"\n[budget]\ncpus = \"50%\"\n"},
		{"dotted in apps", "[apps]\ndiscord . limits.TasksMax = 50\nb.id = \"y\"\n", most, "[apps]\ndiscord . limits.TasksMax = 50\ndiscord.limits.MemoryMax = \"4G\"\nb.id = \"y\"\n"},
		{"dotted limits", "[apps.discord]\nlimits.TasksMax = 50\nid = \"x\"\n", most, "[apps.discord]\nlimits.TasksMax = 50\nlimits.MemoryMax = \"4G\"\nid = \"x\"\n"},
		{"a mark", "\ufeff[apps.discord]\n", memory, "\ufeff[apps.discord]\nmemory = \"4G\"\n"},
		{"a table of another's name", "[apps.\"discord.x\"]\n[apps.discord-x]\nmemory = 1\n", memory,
			"[apps.\"discord.x\"]\n[apps.discord-x]\nmemory = 1\n\n[apps.discord]\nmemory = \"4G\"\n"},
	} {
		got, err := Set(test.text, "discord", []Value{test.value})
		if err != nil || got != test.want {
			t.Errorf("%s: %v (-want +got):\n%s", test.name, err, cmp.Diff(test.want, got))
		}
		if again, err := Set(got, "discord", []Value{test.value}); err != nil || again != got {
			t.Errorf("%s: a second time: %v\n%s", test.name, err, again)
		}
	}
}

func TestSetSeveral(t *testing.T) {
	got, err := Set("# mine\n", "Visual Studio", []Value{memory, most, {[]string{"limits", "CPUWeight"}, "50"}, {[]string{"cpus"}, "1.5"}})
	const want = "# mine\n\n[apps.\"Visual Studio\"]\nmemory = \"4G\"\nlimits.MemoryMax = \"4G\"\nlimits.CPUWeight = 50\ncpus = 1.5\n"
	if err != nil || got != want {
		t.Errorf("%v:\n%s", err, got)
	}
}

func TestSetRefuses(t *testing.T) {
	for _, test := range []struct {
		name, text string
		value      Value
	}{
		{"not TOML", "[apps.discord\n", memory},
		{"no table in its place", "apps = 1\n", memory},
		{"no table in the app's place", "[apps]\ndiscord = \"x\"\n", memory},
		{"no table in the limits' place", "[apps.discord]\nlimits = 1\n", most},
		{"an array of tables", "[[apps.discord]]\nid = \"x\"\n", memory},
		{"a value that is none", "", Value{[]string{"memory"}, "4G"}},
		{"a value that is more", "", Value{[]string{"memory"}, "1\ncpus = 2"}},
	} {
		if got, err := Set(test.text, "discord", []Value{test.value}); err == nil {
			t.Errorf("%s: %q", test.name, got)
		}
	}
}

// Whatever a file holds, what is set is set, and nothing else.
func FuzzSet(f *testing.F) {
	for _, text := range texts {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := Set(text, "discord", []Value{memory, most})
		if err != nil {
			t.Skip("not TOML, or not to be edited")
		}
		if again, err := Set(got, "discord", []Value{memory, most}); err != nil || again != got {
			t.Errorf("%v: %q becomes %q, then %q", err, text, got, again)
		}
	})
}
