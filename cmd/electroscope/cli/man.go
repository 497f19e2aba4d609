package cli

import "strings"

// manPage is electroscope(1), of the same texts as help. date is YYYY-MM-DD.
func manPage(date string) string {
	r := newRoff("ELECTROSCOPE", "1", date, "User Commands")
	r.macro("SH", "NAME")
	r.line("electroscope - start desktop apps inside capped systemd scopes")
	r.macro("SH", "SYNOPSIS")
	for i, c := range commands() {
		if i > 0 {
			r.macro("br")
		}
		r.line(c.usage())
	}
	r.macro("br")
	r.line("APP [ARGUMENTS]")
	r.macro("SH", "DESCRIPTION")
	r.text(usageHead)
	r.macro("SH", "COMMANDS")
	for _, c := range commands() {
		r.macro("SS", c.usage())
		r.text(c.summary + ".")
		r.text(c.details)
		for _, o := range c.options() {
			r.item(o.spelled(), o.text+".")
		}
	}
	r.macro("SH", "ENVIRONMENT")
	r.text("Under an app's name every argument is the app's. These variables speak to electroscope there:")
	for _, v := range variables {
		r.item(v.name+"="+v.value, v.text+".")
	}
	r.macro("SH", "FILES")
	r.item("~/.config/electroscope/apps.toml", "What differs from the catalogue in the program; see apps.toml(5).")
	r.macro("SH", "EXIT STATUS")
	r.text("Under an app's name, and of run and shell, the program's own. Where none was run:")
	r.item("125", `Electroscope refused (on_failure = "refuse") or failed.`)
	r.item("126", "The program may not be executed.")
	r.item("127", "The program was not found.")
	r.text("Of the other commands:")
	r.item("0", "All is well.")
	r.item("1", "Something is not, as said on stderr.")
	r.item("2", "The command line cannot be meant.")
	r.macro("SH", "SEE ALSO")
	r.line("apps.toml(5), systemd.resource-control(5), systemd.scope(5), systemd-run(1)")
	return r.String()
}

// catalogueManPage is apps.toml(5), of the schema itself.
func catalogueManPage(date string) string {
	r := newRoff("APPS.TOML", "5", date, "File Formats")
	r.macro("SH", "NAME")
	r.line("apps.toml - the apps of electroscope(1), and what each runs under")
	r.macro("SH", "SYNOPSIS")
	r.text(strings.Join(catalogueFiles, "\n"))
	r.macro("SH", "DESCRIPTION")
	r.text(catalogueText)
	for _, group := range keyGroups() {
		r.macro("SH", tablesOf(group[0]))
		for _, k := range group {
			r.item(k.Name, k.Doc+".", "Allowed: "+k.Allowed()+".")
		}
	}
	r.macro("SH", "EXAMPLE")
	r.text(catalogueExample)
	r.macro("SH", "SEE ALSO")
	r.line("electroscope(1), systemd.resource-control(5)")
	return r.String()
}

var catalogueFiles = []string{
	"    /etc/xdg/electroscope/apps.toml, /etc/xdg/electroscope/apps.d/*.toml",
	"    ~/.config/electroscope/apps.toml, ~/.config/electroscope/apps.d/*.toml",
}

const catalogueText = `
The format is TOML, https://toml.io. A catalogue is inside the program; a file
says only what differs from it. Later layers win, tables merge key by key,
arrays replace: the program's own, the files above in their order (XDG_CONFIG_DIRS
and XDG_CONFIG_HOME name other folders), the variable ELECTROSCOPE_SET, the
command line. [defaults] lies beneath every app.

A mistake costs the value it is in, never the launch.

    electroscope config check    # mistakes, with line and column
    electroscope config show     # what the layers come to, and which line says so
    electroscope explain APP     # the same for an app, and what comes of it`

const catalogueExample = `
    [apps.discord.limits]           # one limit of an app in the catalogue
    MemoryMax = "4G"

    [apps.element]                  # an app of your own
    exec    = ["element-desktop"]
    runtime = "electron"
    limits  = { MemoryHigh = "1.5G", MemoryMax = "2G", CPUQuota = "100%" }`
