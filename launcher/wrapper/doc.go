// Package wrapper tells what the scripts around a program do. [Behind] reads
// them, and nixpkgs' small ELF wrappers, down to the ELF file they end in: which
// words they add, which variables they take away, whether each becomes the next
// by exec, and whether something moves the program into a scope of its own.
//
// Nothing is ever run to learn this. What cannot be seen is left unknown,
// never guessed: a wrong answer costs more than none, because without one the
// app starts with the switches it would have had anyway.
package wrapper
