package cli

import (
	"strconv"
	"strings"

	"electroscope/cmd/electroscope/cli/render"
)

// manPage is electroscope(1), of the same texts as help. date is YYYY-MM-DD.
func manPage(date string) string {
	r := render.NewRoff("ELECTROSCOPE", "1", date, "User Commands")
	r.Macro("SH", "NAME")
	r.Line("electroscope - start desktop apps inside capped systemd scopes")
	r.Macro("SH", "SYNOPSIS")
	for i, c := range commands() {
		if i > 0 {
			r.Macro("br")
		}
		r.Line(c.usage())
	}
	r.Macro("br")
	r.Line("APP [ARGUMENTS]")
	r.Macro("SH", "DESCRIPTION")
	r.Text(usageHead)
	r.Macro("SH", "COMMANDS")
	for _, c := range commands() {
		r.Macro("SS", c.usage())
		r.Text(c.summary + ".")
		r.Text(c.details)
		for _, o := range c.options() {
			r.Item(o.spelled(), o.text+".")
		}
	}
	r.Macro("SH", "ENVIRONMENT")
	r.Text("Under an app's name every argument is the app's. These variables speak to electroscope there:")
	for _, v := range variables {
		r.Item(v.name+"="+v.value, v.text+".")
	}
	r.Text("What the tool prints goes by these:")
	r.Item("COLUMNS", "How wide lines are; else as the terminal, or 80.")
	r.Item("NO_COLOR", "If set, nothing is in colour: https://no-color.org. The same is true of pipes, and of TERM=dumb.")
	r.Macro("SH", "FILES")
	r.Item("~/.config/electroscope/apps.toml", "What differs from the catalogue in the program; see apps.toml(5).")
	r.Macro("SH", "OUTPUT")
	r.Text(outputContract)
	r.Macro("SH", "EXIT STATUS")
	r.Text(statusIntro)
	for _, s := range launchStatuses {
		r.Item(strconv.Itoa(s.status), s.text)
	}
	r.Text(commandIntro)
	for _, s := range commandStatuses {
		r.Item(strconv.Itoa(s.status), s.text)
	}
	r.Text(statusOutro)
	r.Macro("SH", "SEE ALSO")
	r.Line("apps.toml(5), systemd.resource-control(5), systemd.scope(5), systemd-run(1)")
	return r.String()
}

// catalogueManPage is apps.toml(5), of the schema itself.
func catalogueManPage(date string) string {
	r := render.NewRoff("APPS.TOML", "5", date, "File Formats")
	r.Macro("SH", "NAME")
	r.Line("apps.toml - the apps of electroscope(1), and what each runs under")
	r.Macro("SH", "SYNOPSIS")
	r.Text(strings.Join(catalogueFiles, "\n"))
	r.Macro("SH", "DESCRIPTION")
	r.Text(catalogueText)
	for _, group := range keyGroups() {
		r.Macro("SH", tablesOf(group[0]))
		for _, k := range group {
			r.Item(k.Name, k.Doc+".", "Allowed: "+k.Allowed()+".")
		}
	}
	r.Macro("SH", "EXAMPLE")
	r.Text(catalogueExample)
	r.Macro("SH", "SEE ALSO")
	r.Line("electroscope(1), systemd.resource-control(5)")
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

A mistake costs the value it is in, never the launch. A file that is neither
yours nor root's, or that every user may write, is not read at all.

    electroscope config check    # mistakes, with line and column
    electroscope config show     # what the layers come to, and which line says so
    electroscope explain -v APP  # the same for an app, and what comes of it`

const catalogueExample = `
    [apps.discord.limits]           # one limit of an app in the catalogue
    MemoryMax = "4G"

    [apps.element]                  # an app of your own
    exec    = ["element-desktop"]
    runtime = "electron"
    limits  = { MemoryHigh = "1.5G", MemoryMax = "2G", CPUQuota = "100%" }`
