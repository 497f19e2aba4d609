package cli

import (
	"flag"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/monitor"
)

func pressureCommand() *command {
	asJSON := false
	return &command{
		name: "pressure", args: "[--json]",
		summary: "Show how long the machine and the apps wait for memory, CPU and disks",
		details: `
The share of the last ten seconds in which at least one program waited, and
under ALL in which all of them did at once (pressure stall information, PSI). An
app waits for memory if it is at its MemoryHigh, or if the machine is short.`,
		flags: func(fs *flag.FlagSet) {
			fs.BoolVar(&asJSON, "json", false, "as JSON")
		},
		run: func(inv *invocation, _ []string) error {
			sample, err := sampleOver(inv, status, nil)
			if err != nil {
				return err
			}
			if asJSON {
				return render.JSON(inv.out, pressureOf(sample))
			}
			render.Pressure(inv.out, sample)
			return nil
		},
	}
}

// A pressureJSON is the pressure in JSON. Keys stay as they are.
type pressureJSON struct {
	Machine monitor.Pressure  `json:"machine"`
	Apps    []appPressureJSON `json:"apps"`
}

type appPressureJSON struct {
	Name     string           `json:"name"`
	Unit     string           `json:"unit"`
	Pressure monitor.Pressure `json:"pressure"`
}

func pressureOf(s monitor.Sample) pressureJSON {
	j := pressureJSON{Machine: s.Machine.Pressure, Apps: []appPressureJSON{}}
	for _, a := range s.Apps {
		j.Apps = append(j.Apps, appPressureJSON{a.Name, a.Unit, a.Group.Pressure})
	}
	return j
}
