/* engine.c: a program that does nothing, with as much read-only data as a build of Chromium has (20 MB) and, at its end, the
 * literal by which Electron tells its version. What the launch reads once of an app, without the app. */
static const char literals[20 << 20] = "electroscope reads on";
static const char version[] = "Chrome/150.0.7871.224 Electron/43.4.1";

int main(int argc, char **argv)
{
	(void)argv;
	return argc > 1 << 20 ? literals[argc] + version[argc % 8] : 0;
}
