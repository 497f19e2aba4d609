// floor PROGRAM [ARG...]: the least that a launch into a scope can cost. One write to the user's systemd with AUTH, BEGIN and
// StartTransientUnit, reads until the job is done, execv. It asks for what electroscope asks for an app with the limits of
// discord (launcher/systemd/scope.go), trusts every answer and looks nothing up. Little endian, as D-Bus lets the sender choose.
#define _GNU_SOURCE
#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

static char out[2048], in[65536];
static size_t n; // bytes in out

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
static void names(const char *name, const char *a, const char *b)
{
	property(name, "as");
	size_t start = array(4);
	char *at = length;
	string(a);
	if (b) string(b);
	end(at, start);
}
static void self(void) { property("PIDs", "au"), u32(sizeof(uint32_t)), u32(getpid()); }

static void request(const char *unit, const char *guard)
{
	put("l\1\0\1", 4), u32(0), u32(1); // the body's length follows at the end, serial 1
	size_t start = array(8);
	char *at = length;
	field(1, "o", "/org/freedesktop/systemd1");
	field(6, "s", "org.freedesktop.systemd1");
	field(2, "s", "org.freedesktop.systemd1.Manager");
	field(3, "s", "StartTransientUnit");
	field(8, "g", "ssa(sv)a(sa(sv))");
	end(at, start), align(8);

	size_t body = n;
	string(unit), string("fail");
	start = array(8), at = length;
	self();
	text("Description", "floor");
	text("Slice", "app-electron.slice");
	text("CollectMode", "inactive-or-failed");
	names("PartOf", "graphical-session.target", NULL);
	names("After", "graphical-session.target", guard);
	text("OOMPolicy", "continue");
	number("MemoryHigh", 2ull << 30);
	number("MemoryMax", 3ull << 30);
	number("CPUQuotaPerSecUSec", 1500000);
	end(at, start);
	start = array(8), at = length;
	align(8), string(guard);
	size_t inner = array(8);
	char *below = length;
	self();
	end(below, inner), end(at, start);
	end(out + 4, body);
}

int main(int argc, char *argv[])
{
	const char *dir = getenv("XDG_RUNTIME_DIR");
	if (argc < 2 || !dir) errx(2, "usage: XDG_RUNTIME_DIR=DIR floor PROGRAM [ARG...]");
	struct sockaddr_un address = {AF_UNIX, ""};
	snprintf(address.sun_path, sizeof address.sun_path, "%s/systemd/private", dir);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connect(fd, (struct sockaddr *)&address, sizeof address)) err(1, "%s", address.sun_path);

	char unit[64], guard[64], uid[16], hello[64] = "AUTH EXTERNAL ";
	sprintf(unit, "app-floor-%d.scope", getpid());
	sprintf(guard, "app-org.chromium.Chromium-%d.scope", getpid());
	sprintf(uid, "%d", getuid());
	char *h = hello + strlen(hello);
	for (char *c = uid; *c; c++) h += sprintf(h, "%02x", *c);
	strcpy(h, "\r\nBEGIN\r\n");
	request(unit, guard);
	struct iovec parts[] = {{"", 1}, {hello, strlen(hello)}, {out, n}};
	if (writev(fd, parts, 3) < 0) err(1, "write");

	size_t got = 0, at = 0;
	for (;;) { // "OK GUID", then messages: 16 bytes with the lengths of body and header fields, these padded to 8, the body
		ssize_t more = read(fd, in + got, sizeof in - got);
		if (more <= 0) err(1, "read");
		got += more;
		char *line = memmem(in, got, "\r\n", 2);
		if (!at && line) at = line + 2 - in;
		for (uint32_t size[4]; at && got - at >= 16; at += size[0]) {
			memcpy(size, in + at, 16);
			size[0] = 16 + (size[3] + 7) / 8 * 8 + size[1];
			if (got - at < size[0]) break;
			if (in[at + 1] == 3) errx(1, "refused: %.*s", (int)size[1], in + at + size[0] - size[1] + 4);
			if (memmem(in + at, size[0], "JobRemoved", 10) && memmem(in + at, size[0], unit, strlen(unit) + 1)) {
				execv(argv[1], argv + 1);
				err(127, "%s", argv[1]);
			}
		}
	}
}
