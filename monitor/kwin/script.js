// Tells electroscope watch which windows there are, whenever that changes. KWin 6 and KWin 5 differ in names only.
const six = workspace.windowActivated !== undefined;
const active = () => (six ? workspace.activeWindow : workspace.activeClient);
const all = () => (six ? workspace.windowList() : workspace.clientList());
let told = 0;
function tell() {
	const window = active();
	callDBus("NAME", "PATH", "INTERFACE", "Windows", String(++told), window ? String(window.pid) : "0", all().map(w => w.pid).join(" "));
}
if (six) {
	workspace.windowActivated.connect(tell);
	workspace.windowAdded.connect(tell);
} else {
	workspace.clientActivated.connect(tell);
	workspace.clientAdded.connect(tell);
}
tell();
