#include "tests/support/check.h"

#include "tests/support/program.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ARGUMENTS_MAX = 64, ENVIRONMENT_MAX = 16, POLL_MS = 5, RUN_LIMIT_MS = 150000 };

struct program {
    pid_t pid;
    FILE *out, *err; /* unlinked files: they hold any amount of output without anybody reading */
    bool ended;
    int status; /* of waitpid, once ended */
};

/* build/tests/NAME -> build/bin/vitrine */
static void program_path(char *path, size_t size)
{
    char self[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    assert_true(length > 0);
    self[length] = '\0';
    for (int up = 0; up < 2; up++) {
        char *slash = strrchr(self, '/');
        assert_non_null(slash);
        *slash = '\0';
    }
    assert_true(snprintf(path, size, "%s/bin/vitrine", self) < (int)size);
}

/* A clean environment: the same on every machine, and nothing of the user's within reach. */
static void make_environment(char *const *environment, size_t size, const program_options *options)
{
    static const char *const forms[] = {
        "HOME=%s",
        "XDG_DATA_HOME=%s/data",
        "XDG_CACHE_HOME=%s/cache",
        "XDG_CONFIG_HOME=%s/config",
        "XDG_STATE_HOME=%s/state",
        "XDG_RUNTIME_DIR=%s/run",
        "QT_QPA_PLATFORM=offscreen%.0s",
        "PATH=/usr/bin:/bin%.0s",
        "LC_ALL=C.UTF-8%.0s",
    };
    size_t count = sizeof forms / sizeof *forms;
    assert_true(count + 1 < ENVIRONMENT_MAX);
    for (size_t i = 0; i < count; i++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* the forms are the constants above */
        assert_true(snprintf(environment[i], size, forms[i], options->home) < (int)size);
#pragma GCC diagnostic pop
    }
    if (options->decoder) {
        assert_true(snprintf(environment[count++], size, "VITRINE_DECODER=%s", options->decoder) < (int)size);
    }
    for (size_t i = 0; options->more && options->more[i]; i++) {
        assert_true(count < ENVIRONMENT_MAX);
        assert_true(snprintf(environment[count++], size, "%s", options->more[i]) < (int)size);
    }
}

program *program_start(const program_options *options, const char *const *arguments)
{
    static const char *const drop[] = {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"};
    char path[PATH_MAX];
    char lines[ENVIRONMENT_MAX][PATH_MAX + 32];
    char *environment[ENVIRONMENT_MAX + 1] = {0};
    char *words[ARGUMENTS_MAX + 1] = {0};
    size_t count = 0;
    program_path(path, sizeof path);
    for (size_t i = 0; i < ENVIRONMENT_MAX; i++) {
        lines[i][0] = '\0';
        environment[i] = lines[i];
    }
    make_environment(environment, sizeof *lines, options);
    for (size_t i = 0; options->unprivileged && geteuid() == 0 && i < sizeof drop / sizeof *drop; i++) {
        words[count++] = (char *)drop[i];
    }
    for (size_t i = 0; options->wrapper && options->wrapper[i]; i++) {
        assert_true(count < ARGUMENTS_MAX);
        words[count++] = (char *)options->wrapper[i];
    }
    words[count++] = options->program ? (char *)options->program : path;
    while (*arguments) {
        assert_true(count < ARGUMENTS_MAX);
        words[count++] = (char *)*arguments++;
    }
    for (size_t i = 0; i < ENVIRONMENT_MAX; i++) {
        if (!lines[i][0]) {
            environment[i] = NULL;
        }
    }
    program *running = calloc(1, sizeof *running);
    assert_non_null(running);
    running->out = tmpfile();
    running->err = tmpfile();
    assert_non_null(running->out);
    assert_non_null(running->err);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, fileno(running->out), 1);
    posix_spawn_file_actions_adddup2(&actions, fileno(running->err), 2);
    if (options->folder) {
        posix_spawn_file_actions_addchdir_np(&actions, options->folder);
    }
    int failed = posix_spawnp(&running->pid, words[0], &actions, NULL, words, environment);
    posix_spawn_file_actions_destroy(&actions);
    if (failed) {
        print_message("cannot start %s: %s\n", words[0], strerror(failed));
    }
    assert_int_equal(failed, 0);
    return running;
}

void program_interrupt(const program *running)
{
    program_signal(running, SIGINT);
}

void program_signal(const program *running, int signal)
{
    kill(running->pid, signal);
}

void program_kill(const program *running)
{
    kill(running->pid, SIGKILL);
}

bool program_running(program *running)
{
    if (!running->ended) {
        running->ended = waitpid(running->pid, &running->status, WNOHANG) == running->pid;
    }
    return !running->ended;
}

static long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long)(now.tv_sec * 1000 + now.tv_nsec / 1000000);
}

static char *read_back(FILE *file, size_t *length)
{
    struct stat facts;
    assert_int_equal(fstat(fileno(file), &facts), 0);
    char *text = malloc((size_t)facts.st_size + 1);
    assert_non_null(text);
    ssize_t got = pread(fileno(file), text, (size_t)facts.st_size, 0);
    assert_true(got >= 0);
    text[got] = '\0';
    if (length) {
        *length = (size_t)got;
    }
    fclose(file);
    return text;
}

program_result program_wait(program *running, long limit_ms)
{
    program_result result = {0};
    long begun = now_ms();
    while (program_running(running) && now_ms() - begun < limit_ms) {
        poll(NULL, 0, POLL_MS);
    }
    result.wait_ms = now_ms() - begun;
    if (program_running(running)) {
        kill(running->pid, SIGKILL);
        waitpid(running->pid, &running->status, 0);
        result.status = -1;
    } else if (WIFSIGNALED(running->status)) {
        result.status = 128 + WTERMSIG(running->status);
    } else {
        result.status = WEXITSTATUS(running->status);
    }
    result.out = read_back(running->out, &result.length);
    result.err = read_back(running->err, NULL);
    free(running);
    return result;
}

program_result program_run(const program_options *options, const char *const *arguments)
{
    return program_wait(program_start(options, arguments), RUN_LIMIT_MS);
}

void program_result_free(program_result *result)
{
    free(result->out);
    free(result->err);
    *result = (program_result){0};
}

bool program_can_drop_privileges(const char *home)
{
    if (geteuid() != 0) {
        return true; /* nothing to drop */
    }
    if (access("/usr/bin/setpriv", X_OK) != 0) {
        print_message("we are root, and setpriv (util-linux) is not installed\n");
        return false;
    }
    program_result probe = program_run(&(program_options){.home = home, .unprivileged = true},
                                       (const char *const[]){"--version", NULL});
    bool works = probe.status == 0;
    if (!works) {
        print_message("user 65534 cannot run the program from this folder (status %d)\n", probe.status);
    }
    program_result_free(&probe);
    return works;
}
