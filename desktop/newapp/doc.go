// Package newapp works out what apps.toml is to say of an app that is not in the
// catalogue: from its desktop entry, its program, an AppImage or the address of a web
// app. All of it is values; the caller looks at the machine.
package newapp
