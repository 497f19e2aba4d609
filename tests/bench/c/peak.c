// peak PROGRAM [ARG...]: prints the most memory, in KiB, that PROGRAM, what it became by exec, or a child of it had resident at
// once. getrusage(2) keeps the figure over an exec. A parent's own memory counts in it as well, as the child begins life there:
// hence a static program, and not the benchmark itself.
#include <err.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>

extern char **environ;

int main(int argc, char *argv[])
{
	if (argc < 2) errx(2, "usage: peak PROGRAM [ARG...]");
	posix_spawn_file_actions_t quiet;
	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", O_WRONLY, 0);

	pid_t pid;
	int status;
	struct rusage usage;
	if (posix_spawn(&pid, argv[1], &quiet, NULL, argv + 1, environ)) err(1, "%s", argv[1]);
	if (waitpid(pid, &status, 0) != pid || status) errx(1, "%s: wait status %#x", argv[1], status);
	getrusage(RUSAGE_CHILDREN, &usage);
	printf("%ld\n", usage.ru_maxrss);
}
