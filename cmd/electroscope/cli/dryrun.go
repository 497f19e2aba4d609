package cli

import (
	"electroscope/cmd/electroscope/cli/render"
	"electroscope/launcher"
	"electroscope/launcher/plan"
)

// dryRun decides what would run and prints it.
func dryRun(w launcher.Process, r launcher.Request, out *render.Writer, asJSON bool) error {
	p, err := launcher.Prepare(w, r)
	if err != nil {
		return err
	}
	return printPlan(w, p, out, asJSON)
}

// printPlan prints a plan, and whether its limits are enforced.
func printPlan(w launcher.Process, p plan.Plan, out *render.Writer, asJSON bool) error {
	d := launcher.ReadDelegation(w)
	if asJSON {
		return render.JSON(out, render.PlanOf(p, d))
	}
	render.Plan(out, p, d)
	return nil
}
