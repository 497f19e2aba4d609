package cli

// Variables that control a launch: under an app's name every argument is the app's.
const (
	dryRunVariable  = "ELECTROSCOPE_DRY_RUN"
	disableVariable = "ELECTROSCOPE_DISABLE"
	setVariable     = "ELECTROSCOPE_SET" // read by catalog.ReadLayers
)

// A variable of the environment, for help texts and the man page.
type variable struct{ name, value, text string }

var variables = []variable{
	{dryRunVariable, "1", "say what would run, and run nothing"},
	{disableVariable, "1", "run the app as if electroscope were not there"},
	{setVariable, "TOML", "a layer above apps.toml for this launch"},
}

func isOn(value string) bool { return value != "" && value != "0" }
