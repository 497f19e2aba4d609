// Package render writes values for people and for machines: values in, [io.Writer] out.
// It decides nothing, and of the machine it asks only how wide a terminal is.
package render
