package cli

import (
	"testing"

	"electroscope/launcher/catalog"
	"electroscope/launcher/limit"
	"electroscope/monitor"
	"electroscope/monitor/budget"
)

func amount(n uint64) catalog.Amount { return catalog.Amount{Number: n, Unit: catalog.Plain} }

func TestTargetsOf(t *testing.T) {
	half := catalog.Amount{Number: 50_00, Unit: catalog.Share}
	for _, test := range []struct {
		budget catalog.Budget
		want   budget.Targets
	}{
		{catalog.Budget{}, budget.Targets{Idle: 4 << 30, Work: 10 << 30}},
		{catalog.Budget{Idle: amount(3 << 30), Work: half}, budget.Targets{Idle: 3 << 30, Work: 8 << 30}},
	} {
		if got := targetsOf(test.budget, 16<<30); got != test.want {
			t.Errorf("%+v: %+v", test.budget, got)
		}
	}
}

func TestLimitsOf(t *testing.T) {
	app := func(limits ...catalog.Limit) catalog.App { return catalog.App{Limits: limits} }
	high, most := catalog.Limit{Name: "MemoryHigh", Amount: amount(2 << 30)}, catalog.Limit{Name: "MemoryMax", Amount: amount(3 << 30)}
	list := []catalog.App{
		app(high, most),
		app(most), // without MemoryHigh it may take its MemoryMax
		app(catalog.Limit{Name: "MemoryMax", Amount: catalog.Amount{Unit: catalog.Infinity}}),
		app(),
	}
	want := budget.Limits{Apps: 4, High: 5 << 30, Max: 6 << 30, Unlimited: 2, All: monitor.Known(9 << 30)}
	if got := sumOfLimits(list, catalog.Budget{Memory: amount(9 << 30)}, 16<<30); got != want {
		t.Errorf("%+v", got)
	}
	want.All = monitor.Known(limit.Infinity)
	if got := sumOfLimits(list, catalog.Budget{Memory: catalog.Amount{Unit: catalog.Infinity}}, 16<<30); got != want {
		t.Errorf("%+v", got)
	}
}
