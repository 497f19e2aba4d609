package render

import (
	"fmt"
	"io"
	"strings"

	"electroscope/monitor"
)

// OpenMetrics writes a sample as OpenMetrics 1.0 text.
func OpenMetrics(out io.Writer, s monitor.Sample) error {
	var b strings.Builder
	for _, m := range machineMetrics(s) {
		m.write(&b, []monitor.App{{}}, func(monitor.App) string { return "" })
	}
	if len(s.Apps) > 0 {
		b.WriteString("# TYPE electroscope_app info\n# HELP electroscope_app Whose limits hold for the app, and what draws for it.\n")
	}
	for _, a := range s.Apps {
		fmt.Fprintf(&b, "electroscope_app_info{%s,placement=%q,gpu=%q} 1\n", appLabels(a), a.Kind, a.GPU)
	}
	for _, m := range appMetrics() {
		m.write(&b, s.Apps, func(a monitor.App) string { return "{" + appLabels(a) + "}" })
	}
	b.WriteString("# EOF\n")
	_, err := io.WriteString(out, b.String())
	return err
}

// write writes a family. One of which nothing is known is left out.
func (m metric) write(b *strings.Builder, apps []monitor.App, labels func(monitor.App) string) {
	suffix := ""
	if m.kind == "counter" {
		suffix = "_total"
	}
	var samples strings.Builder
	for _, a := range apps {
		if value, known := m.of(a); known {
			fmt.Fprintf(&samples, "electroscope_%s%s%s %s\n", m.name, suffix, labels(a), value)
		}
	}
	if samples.Len() == 0 {
		return
	}
	fmt.Fprintf(b, "# TYPE electroscope_%s %s\n", m.name, m.kind)
	if m.unit != "" {
		fmt.Fprintf(b, "# UNIT electroscope_%s %s\n", m.name, m.unit)
	}
	fmt.Fprintf(b, "# HELP electroscope_%s %s\n%s", m.name, m.help, samples.String())
}

// appLabels tell launches apart. Main is 0 if the main process has ended.
func appLabels(a monitor.App) string {
	return fmt.Sprintf(`app="%s",unit="%s",pid="%d"`, labelText(a.Name), labelText(a.Unit), a.Main)
}

// labelText escapes what the format has escapes for.
func labelText(text string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(strings.ToValidUTF8(text, "?"))
}
