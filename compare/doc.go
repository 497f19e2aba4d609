// Package compare finds out what settings bring on this machine: it starts an app under two of
// them in turn, has it do the same work, and measures both by the kernel's figures of the
// cgroups that the app is in.
//
//	Setting x rounds ──> Run ──> Measured ──> Of(list) ──> Summary, and the ratio of two
//
// Both sides are measured alike, also the app as it is without electroscope: it starts in a
// scope without limits, and what its Chromium takes out of that into a scope of its own counts.
package compare
