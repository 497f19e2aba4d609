// Package engine tells what a program is built on. [Cache.Examine] reads its ELF
// file once: which engine it is, which Chromium, and which switches and features
// it knows.
package engine
