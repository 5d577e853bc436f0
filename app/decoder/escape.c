#include "app/decoder/escape.h"

#ifdef VITRINE_TEST_HELPER

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* More descriptors than a helper ever needs. */
enum { MANY = 200, FIRST_OWN = 3, LAST_OWN = 12 };

static bool read_file(const char *path)
{
    char byte;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    return fd >= 0 && read(fd, &byte, 1) == 1;
}

static bool write_file(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    return fd >= 0 && write(fd, "!", 1) == 1;
}

static bool reach_network(const char *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)strtoul(port, NULL, 10)),
                                  .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    return fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0;
}

static bool execute(const char *none)
{
    (void)none;
    execl("/bin/sh", "sh", "-c", "exit 42", (char *)NULL);
    return false;
}

static bool trace(const char *pid)
{
    return ptrace(PTRACE_SEIZE, (pid_t)atoi(pid), NULL, NULL) == 0;
}

/* A signal that is ignored unless somebody waits for it. */
static bool signal_process(const char *pid)
{
    return kill((pid_t)atoi(pid), SIGURG) == 0;
}

static bool open_memory(const char *pid)
{
    char path[64];
    (void)snprintf(path, sizeof path, "/proc/%d/mem", atoi(pid));
    return open(path, O_RDWR | O_CLOEXEC) >= 0;
}

static bool start_process(const char *none)
{
    (void)none;
    pid_t child = fork();
    if (child == 0) {
        _exit(0);
    }
    return child > 0 && waitpid(child, NULL, 0) == child;
}

static bool exhaust_descriptors(const char *none)
{
    (void)none;
    for (int i = 0; i < MANY; i++) {
        if (dup(STDERR_FILENO) < 0) {
            return false;
        }
    }
    return true;
}

/* Shared memory that shrinks while the program reads it would end the program. */
static bool truncate_all(const char *none)
{
    (void)none;
    bool through = false;
    for (int fd = FIRST_OWN; fd <= LAST_OWN; fd++) {
        through |= ftruncate(fd, 0) == 0;
    }
    return through;
}

static bool make_code(const char *none)
{
    (void)none;
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
           MAP_FAILED;
}

static bool make_file_in_memory(const char *none)
{
    (void)none;
    return memfd_create("escape", MFD_CLOEXEC) >= 0;
}

/* Root may raise them again, unless it may not even ask. */
static bool change_limits(const char *none)
{
    (void)none;
    const struct rlimit limit = {.rlim_cur = MANY, .rlim_max = MANY};
    return setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

_Noreturn void vt_escape_try(const char *text)
{
    static const struct {
        const char *name;
        bool (*gets_through)(const char *argument);
    } probes[] = {{"read", read_file},        {"write", write_file},
                  {"connect", reach_network}, {"exec", execute},
                  {"ptrace", trace},          {"kill", signal_process},
                  {"memory", open_memory},    {"fork", start_process},
                  {"truncate", truncate_all}, {"descriptors", exhaust_descriptors},
                  {"code", make_code},        {"memfd", make_file_in_memory},
                  {"limits", change_limits}};
    size_t length = strcspn(text, " ");
    const char *argument = text[length] ? text + length + 1 : "";
    for (size_t i = 0; i < sizeof probes / sizeof probes[0]; i++) {
        if (strlen(probes[i].name) == length && strncmp(probes[i].name, text, length) == 0) {
            _exit(probes[i].gets_through(argument) ? VT_ESCAPE_THROUGH : VT_ESCAPE_REFUSED);
        }
    }
    _exit(VT_ESCAPE_UNKNOWN);
}

#endif
