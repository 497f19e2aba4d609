// Package program goes from the names an app may be installed under to the
// program that is exec'ed for it. [Find] looks the names up as a shell would,
// and never answers with electroscope itself: not through links, hard links, or
// scripts that can only call the link again.
package program
