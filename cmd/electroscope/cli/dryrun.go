package cli

import (
	"electroscope/cmd/electroscope/cli/render"
	"electroscope/launcher"
)

// dryRun says what would run.
func dryRun(w launcher.Process, r launcher.Request, out *render.Writer, asJSON bool) error {
	p, err := launcher.Prepare(w, r)
	if err != nil {
		return err
	}
	d := launcher.ReadDelegation(w)
	if asJSON {
		return render.JSON(out, render.PlanOf(p, d))
	}
	render.Plan(out, p, d)
	return nil
}
