#include "tests/support/check.h"

#include "tests/support/window_session_private.h"

#include "core/base/clock.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ARGUMENTS_MAX = 24 };

/* ---- tools ---- */

static bool installed(const char *program)
{
    char command[80];
    snprintf(command, sizeof command, "command -v %s >/dev/null 2>&1", program);
    bool found = system(command) == 0;
    if (!found) {
        fprintf(stderr, "%s is not installed\n", program);
    }
    return found;
}

bool window_session_possible(void)
{
    bool server = installed("Xvfb");
    return installed("xdotool") && server;
}

void window_session_sleep(int ms)
{
    poll(NULL, 0, ms);
}

/* ---- the display ---- */

static void exec_server(const char *home, int number_fd)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM); /* also when a test ends half way */
    char fd[16];
    char size[32];
    snprintf(fd, sizeof fd, "%d", number_fd);
    snprintf(size, sizeof size, "%dx%dx24", WINDOW_SESSION_WIDTH, WINDOW_SESSION_HEIGHT);
    int null = open("/dev/null", O_RDWR);
    dup2(null, 1);
    dup2(null, 2);
    /* -noreset: it would begin anew whenever the last program goes, and cut off one that comes in that
       moment: a program that opens the display a second time, after a question at its start. */
    execlp("Xvfb", "Xvfb", "-noreset", "-displayfd", fd, "-screen", "0", size, "-fbdir", home, "-nolisten",
           "tcp", (char *)NULL);
    _exit(127);
}

/* Its memory is a file in the XWD format: a header of 32-bit words, high byte first, colours, pixels. */
static void map_screen(window_session *session)
{
    char path[600];
    snprintf(path, sizeof path, "%s/Xvfb_screen0", session->home);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat facts = {0};
    assert_true(fd >= 0 && fstat(fd, &facts) == 0);
    session->screen_size = (size_t)facts.st_size;
    void *memory = mmap(NULL, session->screen_size, PROT_READ, MAP_SHARED, fd, 0);
    close(fd);
    assert_true(memory != MAP_FAILED);
    session->screen = memory;
}

/* Xvfb chooses a free display number itself and writes it to the pipe. */
static void start_server(window_session *session)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    session->server = fork();
    if (session->server == 0) {
        close(ends[0]);
        exec_server(session->home, ends[1]);
    }
    close(ends[1]);
    char number[8] = "";
    FILE *from = fdopen(ends[0], "r");
    assert_non_null(from);
    if (!fgets(number, sizeof number, from)) { /* the end of the file if it cannot start */
        fail_msg("Xvfb did not start");
    }
    fclose(from);
    number[strcspn(number, "\n")] = '\0';
    snprintf(session->display, sizeof session->display, ":%s", number);
    map_screen(session);
}

/* ---- the program ---- */

/* build/tests/NAME -> build/bin/vitrine */
static void program_path(char *path, size_t size)
{
    char self[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    assert_true(length > 0);
    self[length] = '\0';
    for (int up = 0; up < 2; up++) {
        *strrchr(self, '/') = '\0';
    }
    assert_true(snprintf(path, size, "%s/bin/vitrine", self) < (int)size);
}

static void set_folder(const char *variable, const char *home, const char *name)
{
    char path[600];
    snprintf(path, sizeof path, "%s/%s", home, name);
    setenv(variable, path, 1);
}

static void exec_program(const window_session *session, const char *path, bool unprivileged,
                         const char *const *arguments)
{
    static const char *const drop[] = {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"};
    const char *words[ARGUMENTS_MAX + 8] = {0};
    size_t count = 0;
    for (size_t i = 0; unprivileged && geteuid() == 0 && i < sizeof drop / sizeof *drop; i++) {
        words[count++] = drop[i];
    }
    words[count++] = path;
    for (int i = 0; arguments[i] && i < ARGUMENTS_MAX; i++) {
        words[count++] = arguments[i];
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setenv("DISPLAY", session->display, 1);
    setenv("QT_QPA_PLATFORM", "xcb", 1);
    setenv("VITRINE_LOG", "debug", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    set_folder("HOME", session->home, "");
    set_folder("XDG_DATA_HOME", session->home, "data");
    set_folder("XDG_CACHE_HOME", session->home, "cache");
    set_folder("XDG_CONFIG_HOME", session->home, "config");
    set_folder("XDG_STATE_HOME", session->home, "state");
    unsetenv("WAYLAND_DISPLAY");
    int log = open(session->log_path, O_WRONLY | O_CREAT | O_APPEND, 0666);
    dup2(log, 2);
    execvp(words[0], (char *const *)words);
    fprintf(stderr, "cannot run %s: %s\n", words[0], strerror(errno));
    _exit(127);
}

window_session *window_session_launch(const char *home, bool unprivileged, const char *const *arguments)
{
    static int sessions; /* each has a log of its own, though several may share a home */
    window_session *session = calloc(1, sizeof *session);
    assert_non_null(session);
    session->program_status = -1;
    snprintf(session->home, sizeof session->home, "%s", home);
    snprintf(session->log_path, sizeof session->log_path, "%s/window-%d.log", home, sessions++);
    char path[PATH_MAX];
    program_path(path, sizeof path);
    start_server(session);
    session->program = fork();
    if (session->program == 0) {
        exec_program(session, path, unprivileged, arguments);
    }
    return session;
}

window_session *window_session_start(const char *home, const char *const *arguments)
{
    window_session *session = window_session_launch(home, false, arguments);
    window_session_wait(session, "place: Filter:");
    session->consumed = 0; /* an import may be over by now, and a test wait for it */
    /* There is no window manager that would give it the keyboard. */
    window_session_do(session, "search --sync --onlyvisible --name '^Vitrine$' windowfocus --sync");
    return session;
}

pid_t window_session_pid(const window_session *session)
{
    return session->program;
}

static void look_for_end(window_session *session)
{
    int status = 0;
    if (session->program_status < 0 && waitpid(session->program, &status, WNOHANG) == session->program) {
        session->program_status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
}

int window_session_wait_end(window_session *session, int timeout_ms)
{
    int64_t deadline = vt_clock_now() + timeout_ms * VT_NS_PER_MS;
    look_for_end(session);
    while (session->program_status < 0 && vt_clock_now() < deadline) {
        window_session_sleep(WINDOW_SESSION_POLL_MS);
        look_for_end(session);
    }
    return session->program_status;
}

int window_session_end(window_session *session, int signal)
{
    look_for_end(session);
    if (session->program_status < 0 && signal) {
        kill(session->program, signal);
    }
    int result = window_session_wait_end(session, WINDOW_SESSION_PATIENCE_MS);
    if (result < 0) {
        fprintf(stderr, "the program did not end\n");
        kill(session->program, SIGKILL);
        window_session_wait_end(session, WINDOW_SESSION_PATIENCE_MS);
    }
    kill(session->server, SIGTERM);
    waitpid(session->server, NULL, 0);
    munmap((void *)session->screen, session->screen_size);
    unlink(session->log_path);
    free(session->log);
    free(session);
    return result;
}

/* ---- the log ---- */

static void read_log(window_session *session)
{
    FILE *file = fopen(session->log_path, "rbe");
    if (!file) {
        return;
    }
    struct stat facts;
    if (fstat(fileno(file), &facts) == 0 && (size_t)facts.st_size > session->log_length) {
        char *grown = realloc(session->log, (size_t)facts.st_size + 1);
        assert_non_null(grown);
        session->log = grown;
        fseek(file, (long)session->log_length, SEEK_SET);
        size_t room = (size_t)facts.st_size - session->log_length;
        session->log_length += fread(session->log + session->log_length, 1, room, file);
        session->log[session->log_length] = '\0';
    }
    fclose(file);
}

const char *window_session_log(window_session *session)
{
    read_log(session);
    return session->log ? session->log : "";
}

bool window_session_says(window_session *session, const char *text, int timeout_ms)
{
    int64_t deadline = vt_clock_now() + timeout_ms * VT_NS_PER_MS;
    while (true) {
        look_for_end(session); /* before the log is read: what it said last counts */
        const char *log = window_session_log(session);
        const char *found = strstr(log + session->consumed, text);
        if (found) {
            session->consumed = (size_t)(found - log) + strlen(text);
            return true;
        }
        if (vt_clock_now() > deadline || session->program_status >= 0) {
            return false;
        }
        window_session_sleep(WINDOW_SESSION_POLL_MS);
    }
}

void window_session_print_log(window_session *session)
{
    enum { SHOWN = 6000 };
    const char *log = window_session_log(session);
    size_t length = strlen(log);
    fprintf(stderr, "---- the log ends with:\n%s----\n", length > SHOWN ? log + length - SHOWN : log);
}

void window_session_wait(window_session *session, const char *text)
{
    if (!window_session_says(session, text, WINDOW_SESSION_PATIENCE_MS)) {
        fprintf(stderr, "since the last wait the log says:\n%s\n",
                window_session_log(session) + session->consumed);
        if (session->program_status >= 0) {
            fprintf(stderr, "the program has ended with status %d\n", session->program_status);
        }
        window_session_screenshot(session, "failed");
        fail_msg("the log does not say \"%s\"", text);
    }
}

void window_session_wait_both(window_session *session, const char *one, const char *other)
{
    size_t from = session->consumed;
    window_session_wait(session, one);
    size_t behind_one = session->consumed;
    session->consumed = from;
    window_session_wait(session, other);
    session->consumed = session->consumed > behind_one ? session->consumed : behind_one;
}

void window_session_skip(window_session *session)
{
    window_session_log(session);
    session->consumed = session->log_length;
}

/* The number behind the next `key=` at or behind `*at`; moves `*at` behind it. */
static bool next_value(const char **at, const char *key, double *value)
{
    for (const char *found; (found = strstr(*at, key)); *at = found + 1) {
        if (found[strlen(key)] == '=') {
            *value = strtod(found + strlen(key) + 1, NULL);
            *at = found + strlen(key);
            return true;
        }
    }
    return false;
}

double window_session_value(window_session *session, const char *key)
{
    double last = -1;
    const char *at = window_session_log(session);
    while (next_value(&at, key, &last)) {
    }
    return last;
}

double window_session_value_max(window_session *session, const char *key)
{
    double most = -1;
    double value = 0;
    const char *at = window_session_log(session);
    while (next_value(&at, key, &value)) {
        most = value > most ? value : most;
    }
    return most;
}

int window_session_count(window_session *session, const char *text)
{
    int count = 0;
    for (const char *at = window_session_log(session); (at = strstr(at, text)); at += strlen(text)) {
        count++;
    }
    return count;
}

/* ---- acting ---- */

void window_session_do(window_session *session, const char *format, ...)
{
    char words[1024];
    char command[1200];
    va_list values;
    va_start(values, format);
    vsnprintf(words, sizeof words, format, values);
    va_end(values);
    snprintf(command, sizeof command, "DISPLAY=%s timeout 20 xdotool %s >/dev/null", session->display, words);
    if (system(command) != 0) {
        window_session_print_log(session);
        fail_msg("xdotool %s failed", words);
    }
}

static bool find_place(window_session *session, const char *name, window_place *place)
{
    char start[200];
    snprintf(start, sizeof start, "place: %s: ", name);
    const char *last = NULL;
    for (const char *at = window_session_log(session); (at = strstr(at, start)); at += strlen(start)) {
        last = at + strlen(start);
    }
    return last &&
           sscanf(last, "x=%d y=%d w=%d h=%d", &place->x, &place->y, &place->width, &place->height) == 4;
}

window_place window_session_place(window_session *session, const char *name)
{
    window_place place = {0};
    int64_t deadline = vt_clock_now() + WINDOW_SESSION_PATIENCE_MS * VT_NS_PER_MS;
    while (!find_place(session, name, &place)) {
        if (vt_clock_now() > deadline) {
            window_session_print_log(session);
            fail_msg("\"%s\" is not to be seen", name);
        }
        window_session_sleep(WINDOW_SESSION_POLL_MS);
    }
    window_session_sleep(WINDOW_SESSION_SETTLE_MS);
    find_place(session, name, &place);
    return place;
}

void window_session_click(window_session *session, const char *name)
{
    window_place place = window_session_place(session, name);
    window_session_do(session, "mousemove %d %d click 1", place.x + place.width / 2,
                      place.y + place.height / 2);
}

void window_session_key(window_session *session, const char *keys)
{
    window_session_do(session, "key %s", keys);
}

void window_session_type(window_session *session, const char *text)
{
    window_session_do(session, "type --delay 15 '%s'", text);
}
