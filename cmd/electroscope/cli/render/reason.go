package render

import (
	"fmt"
	"strings"

	"electroscope/launcher/catalog"
	"electroscope/launcher/limit"
)

// Several keys can set one limit. What is told here is which of them does.

// reasonFor says in brackets why a limit is what it is, where its own key does not say so.
func reasonFor(l catalog.Limit) string {
	var reasons []string
	if row, _ := limit.ByName(l.Name); l.Amount.Unit == catalog.Share && row.Scale == "" { // else it is a share of the system's
		reasons = append(reasons, l.Text()+" of the RAM")
	}
	switch {
	case l.Name == "MemoryHigh" && l.From != "" && l.Amount.Unit != catalog.Infinity:
		reasons = []string{"80% of MemoryMax"}
	case l.Default:
		reasons = append(reasons, "the cap that [defaults] has for apps without one")
	case l.From != "":
		reasons = append(reasons, "by "+l.From)
	}
	if reasons == nil {
		return ""
	}
	return " (" + strings.Join(reasons, "; ") + ")"
}

// instead says what holds in place of a key's own value, empty where that holds.
func instead(app catalog.App, key string) string {
	from := func(name string) string {
		l, ok := app.Limit(name)
		if !ok {
			return "nothing"
		}
		return l.From
	}
	switch key {
	case "MemoryHigh", "MemoryMax", "CPUQuota":
		l, ok := app.Limit(key)
		if ok && l.From != "" {
			return fmt.Sprintf("not used: %s makes it %s", l.From, l.Text())
		}
	case "memory":
		most, high := from("MemoryMax"), from("MemoryHigh")
		takenOff := most == "nothing" && high == "nothing" // [defaults] alone has a say, and it is infinity
		if most != "memory" && high != "memory" && !takenOff {
			return "not used: limits of the app's own are there"
		}
	case "cpus":
		if from("CPUQuota") != "cpus" {
			return "not used: CPUQuota is there"
		}
	}
	return ""
}
