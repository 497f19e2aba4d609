// floor bus|private discord|infinity GUARDS PROGRAM [ARG...]: the least that a launch into a scope can cost. One write to the
// user's systemd, through the message bus or at its private socket, with AUTH, BEGIN and StartTransientUnit, reads until the job
// is done, execv. It asks for what electroscope asks for (launcher/systemd/calls.go): the limits of discord or none, and so many
// guards. It trusts every answer and looks nothing up. Little endian, as D-Bus lets the sender choose.
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

static char sent[8192], in[65536];
static char *out = sent + 64; // the message that is being written, behind the greeting and those before it
static size_t n;              // its length so far: alignment counts from its begin

static void align(size_t to) { while (n % to) out[n++] = 0; }
static void put(const void *p, size_t size) { memcpy(out + n, p, size), n += size; }
static void u32(uint32_t v) { align(4), put(&v, 4); }
static void u64(uint64_t v) { align(8), put(&v, 8); }
static void string(const char *s) { u32(strlen(s)), put(s, strlen(s) + 1); }
static void signature(const char *s) { out[n++] = strlen(s), put(s, strlen(s) + 1); }

// The length of an array counts from its first element, behind the padding.
static char *length;
static size_t array(size_t alignment)
{
	u32(0), length = out + n - 4, align(alignment);
	return n;
}
static void end(char *at, size_t start) { uint32_t size = n - start; memcpy(at, &size, 4); }

static void field(char code, const char *type, const char *value)
{
	align(8), out[n++] = code, signature(type);
	*type == 'g' ? signature(value) : string(value);
}
static void property(const char *name, const char *type) { align(8), string(name), signature(type); }
static void text(const char *name, const char *value) { property(name, "s"), string(value); }
static void number(const char *name, uint64_t value) { property(name, "t"), u64(value); }
static void names(const char *name, const char *first, int count, char list[][64])
{
	property(name, "as");
	size_t start = array(4);
	char *at = length;
	string(first);
	for (int i = 0; i < count; i++) string(list[i]);
	end(at, start);
}
static void self(void) { property("PIDs", "au"), u32(sizeof(uint32_t)), u32(getpid()); }

static void head(uint32_t serial, const char *to, const char *path, const char *interface, const char *member, const char *type)
{
	put("l\1\0\1", 4), u32(0), u32(serial); // the length of the body follows in finish
	size_t start = array(8);
	char *at = length;
	field(1, "o", path);
	field(6, "s", to);
	field(2, "s", interface);
	field(3, "s", member);
	if (*type) field(8, "g", type);
	end(at, start), align(8);
}
static void finish(size_t body) { end(out + 4, body), out += n, n = 0; }

#define BUS "org.freedesktop.DBus"
#define MANAGER "org.freedesktop.systemd1.Manager"

static void greetBus(void)
{
	head(1, BUS, "/org/freedesktop/DBus", BUS, "Hello", ""), finish(n);
	head(2, BUS, "/org/freedesktop/DBus", BUS, "AddMatch", "s");
	size_t body = n;
	string("type='signal',sender='org.freedesktop.systemd1',interface='" MANAGER "',member='JobRemoved'"), finish(body);
}

static void request(const char *unit, int limited, int guards, char guard[][64])
{
	head(3, "org.freedesktop.systemd1", "/org/freedesktop/systemd1", MANAGER, "StartTransientUnit", "ssa(sv)a(sa(sv))");
	size_t body = n;
	string(unit), string("fail");
	size_t start = array(8);
	char *at = length;
	self();
	text("Description", "floor");
	text("Slice", "app-electron.slice");
	text("CollectMode", "inactive-or-failed");
	names("PartOf", "graphical-session.target", 0, NULL);
	names("After", "graphical-session.target", guards, guard);
	text("OOMPolicy", "continue");
	number("MemoryHigh", limited ? 2ull << 30 : UINT64_MAX);
	number("MemoryMax", limited ? 3ull << 30 : UINT64_MAX);
	number("CPUQuotaPerSecUSec", limited ? 1500000 : UINT64_MAX);
	end(at, start);
	start = array(8), at = length;
	for (int i = 0; i < guards; i++) {
		align(8), string(guard[i]);
		size_t inner = array(8);
		char *below = length;
		self();
		end(below, inner);
	}
	end(at, start), finish(body);
}

static int dial(const char *dir, const char *socket_name)
{
	struct sockaddr_un address = {AF_UNIX, ""};
	snprintf(address.sun_path, sizeof address.sun_path, "%s%s", dir, socket_name);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connect(fd, (struct sockaddr *)&address, sizeof address)) err(1, "%s", address.sun_path);
	return fd;
}

// Returns when the job of that unit is done: "OK GUID", then messages of 16 bytes with the lengths of body and header fields,
// these padded to 8, the body. Signals about others' units come among them, as many as others launch meanwhile.
static void await(int fd, const char *unit)
{
	size_t got = 0, at = 0, size;
	for (int welcome = 1;;) {
		ssize_t more = read(fd, in + got, sizeof in - got);
		if (more <= 0) errx(1, "read: %s", more ? strerror(errno) : "the other side has hung up, or sent too long a message");
		got += more;
		char *line = welcome ? memmem(in, got, "\r\n", 2) : NULL;
		if (line) at = line + 2 - in, welcome = 0;
		for (uint32_t lengths[4]; !welcome && got - at >= 16; at += size) {
			memcpy(lengths, in + at, 16);
			size = 16 + (lengths[3] + 7) / 8 * 8 + lengths[1];
			if (got - at < size) break;
			if (in[at + 1] == 3) errx(1, "refused: %.*s", (int)lengths[1], in + at + size - lengths[1] + 4);
			if (memmem(in + at, size, "JobRemoved", 10) && memmem(in + at, size, unit, strlen(unit) + 1)) return;
		}
		memmove(in, in + at, got -= at), at = 0;
	}
}

int main(int argc, char *argv[])
{
	const char *dir = getenv("XDG_RUNTIME_DIR");
	const char *ids[] = {"org.chromium.Chromium", "bench-app", "bench\\x2dapp"};
	char unit[64], guard[3][64], greeting[64] = "AUTH EXTERNAL ", *g = greeting + strlen(greeting);
	int guards = argc > 4 ? atoi(argv[3]) : -1;
	if (guards < 0 || guards > 3 || !dir) errx(2, "usage: XDG_RUNTIME_DIR=DIR floor bus|private discord|infinity GUARDS PROGRAM [ARG...]");
	int bus = !strcmp(argv[1], "bus"), fd = dial(dir, bus ? "/bus" : "/systemd/private");

	sprintf(unit, "app-floor-%d.scope", getpid());
	for (int i = 0; i < guards; i++) snprintf(guard[i], sizeof guard[i], "app-%s-%d.scope", ids[i], getpid());
	char uid[16];
	sprintf(uid, "%d", getuid());
	for (char *c = uid; *c; c++) g += sprintf(g, "%02x", *c);
	g = stpcpy(g, "\r\nBEGIN\r\n");
	char *first = out - (g - greeting) - 1; // a NUL goes before it
	memcpy(first + 1, greeting, g - greeting);
	if (bus) greetBus();
	request(unit, !strcmp(argv[2], "discord"), guards, guard);
	if (write(fd, first, out - first) != out - first) err(1, "write");
	await(fd, unit);
	execv(argv[4], argv + 4);
	err(127, "%s", argv[4]);
}
