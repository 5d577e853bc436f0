#include "core/desktop/launch.h"

#include "core/base/str.h"
#include "core/base/uri.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Of what the system allows for words and environment together, this much is for files. Linux gives 2 MiB
   where nobody set a limit, never less than 128 KiB. */
#define LEAST_BYTES ((size_t)64 * 1024)
/* One word: MAX_ARG_STRLEN of Linux, 32 pages. */
#define WORD_BYTES_MAX ((size_t)128 * 1024)

typedef struct word_list {
    char **words; /* owned, like each */
    size_t count, capacity;
    bool failed;
} word_list;

static bool no_memory(vt_error *error)
{
    vt_error_set(error, VT_ERROR_MEMORY, "out of memory for starting a program");
    return false;
}

/* ---- words ---- */

/* Takes over `word`; NULL is lack of memory. */
static void add_word(word_list *list, char *word)
{
    if (list->count + 1 >= list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 16;
        char **grown = realloc(list->words, capacity * sizeof *grown);
        if (!grown) {
            list->failed = true;
            free(word);
            return;
        }
        list->words = grown;
        list->capacity = capacity;
    }
    list->failed = list->failed || !word;
    list->words[list->count] = word;
    list->count += word != NULL;
    list->words[list->count] = NULL;
}

static char *uri_of(const char *path)
{
    vt_str uri = VT_STR_INIT;
    vt_uri_from_path(path, strlen(path), &uri);
    return vt_str_take(&uri);
}

/* A code within a word: "--file=%f", "%c window". */
static char *fill(const char *word, const vt_program *program, const char *path)
{
    vt_str text = VT_STR_INIT;
    for (const char *at = word; *at; at++) {
        if (*at != '%') {
            vt_str_append_char(&text, *at);
            continue;
        }
        at++;
        char *uri = *at == 'u' && path ? uri_of(path) : NULL;
        if (*at == '%') {
            vt_str_append_char(&text, '%');
        } else if (*at == 'f' && path) {
            vt_str_append_cstr(&text, path);
        } else if (uri) {
            vt_str_append_cstr(&text, uri);
        } else if (*at == 'c') {
            vt_str_append_cstr(&text, program->name);
        } else if (*at == 'k' && program->entry) {
            vt_str_append_cstr(&text, program->entry);
        } else if (!*at) {
            at--; /* a percent sign at the end means nothing */
        }
        free(uri);
    }
    return vt_str_take(&text);
}

static void add_expanded(word_list *list, const char *word, const vt_program *program,
                         const char *const *paths, size_t count)
{
    if (strcmp(word, "%F") == 0 || strcmp(word, "%U") == 0) {
        for (size_t i = 0; i < count; i++) {
            add_word(list, word[1] == 'F' ? strdup(paths[i]) : uri_of(paths[i]));
        }
    } else if (strcmp(word, "%i") == 0) {
        if (program->icon) {
            add_word(list, strdup("--icon"));
            add_word(list, strdup(program->icon));
        }
    } else if ((strcmp(word, "%f") != 0 && strcmp(word, "%u") != 0) || count > 0) {
        add_word(list, fill(word, program, count ? paths[0] : NULL));
    }
}

/* Which codes for files there are; "%%f" is none. */
static bool has_code(const char *command, const char *letters)
{
    for (const char *at = command; *at; at++) {
        if (*at == '%' && at[1]) {
            at++;
            if (strchr(letters, *at)) {
                return true;
            }
        }
    }
    return false;
}

void vt_launch_free_words(char **words)
{
    for (char **at = words; at && *at; at++) {
        free(*at);
    }
    free(words);
}

char **vt_launch_words(const vt_program *program, const char *const *paths, size_t count, vt_error *error)
{
    char **parsed = NULL;
    GError *fault = NULL;
    word_list list = {0};
    if (!g_shell_parse_argv(program->command, NULL, &parsed, &fault)) {
        vt_error_set(
            error, VT_ERROR_USAGE,
            "cannot start %s: its desktop entry has a command that makes no sense (%s); choose another "
            "program",
            program->name, fault ? fault->message : "");
        g_clear_error(&fault);
        return NULL;
    }
    if (program->terminal) {
        add_word(&list, strdup("x-terminal-emulator"));
        add_word(&list, strdup("-e"));
    }
    for (char **at = parsed; *at; at++) {
        add_expanded(&list, *at, program, paths, count);
    }
    if (!has_code(program->command, "fFuU") && count > 0) {
        add_word(&list, strdup(paths[0])); /* as file managers do */
    }
    g_strfreev(parsed);
    if (list.failed || !list.words) {
        vt_launch_free_words(list.words);
        no_memory(error);
        return NULL;
    }
    return list.words;
}

/* ---- how many at once ---- */

bool vt_launch_takes_many(const vt_program *program)
{
    return has_code(program->command, "FU");
}

static size_t bytes_for_files(void)
{
    long most = sysconf(_SC_ARG_MAX);
    size_t room = most > 0 ? (size_t)most / 2 : LEAST_BYTES;
    size_t taken = 0;
    for (char **at = environ; at && *at; at++) {
        taken += strlen(*at) + 1 + sizeof *at;
    }
    return room > taken + LEAST_BYTES ? room - taken : LEAST_BYTES;
}

/* How many of the files, from the first on, one start takes: 1 at least. As a URI a byte may become three. */
static size_t take(const vt_program *program, const char *const *paths, size_t count)
{
    if (!vt_launch_takes_many(program)) {
        return 1;
    }
    size_t factor = has_code(program->command, "U") ? 3 : 1;
    size_t room = bytes_for_files();
    size_t used = 0;
    size_t taken = 0;
    while (taken < count) {
        used += strlen(paths[taken]) * factor + sizeof "file://" + sizeof(char *);
        if (taken > 0 && used > room) {
            break;
        }
        taken++;
    }
    return taken ? taken : 1;
}

size_t vt_launch_starts(const vt_program *program, const char *const *paths, size_t count)
{
    size_t starts = 0;
    for (size_t at = 0; at < count; starts++) {
        at += take(program, paths + at, count - at);
    }
    return starts;
}

/* ---- starting ---- */

/* What it would get of a start of ours, and not of the user's. */
static bool is_ours(const char *variable)
{
    static const char *const names[] = {"DESKTOP_STARTUP_ID=", "XDG_ACTIVATION_TOKEN=", "VITRINE_"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strncmp(variable, names[i], strlen(names[i])) == 0) {
            return true;
        }
    }
    return false;
}

static char **make_environment(void)
{
    size_t count = 0;
    while (environ && environ[count]) {
        count++;
    }
    char **made = calloc(count + 1, sizeof *made);
    size_t kept = 0;
    for (size_t i = 0; made && i < count; i++) {
        if (!is_ours(environ[i])) {
            made[kept++] = environ[i];
        }
    }
    return made;
}

/* In the child's child: nothing but calls that are safe between fork and exec. Tells errno if it fails. */
static void execute(const char *file, char **words, char **environment, const char *folder, int tell)
{
    static const int ordinary[] = {SIGPIPE, SIGXFSZ, SIGINT, SIGTERM, SIGHUP, SIGCHLD};
    sigset_t none;
    setsid();
    for (size_t i = 0; i < sizeof ordinary / sizeof *ordinary; i++) {
        signal(ordinary[i], SIG_DFL);
    }
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (nothing >= 0) {
        dup2(nothing, STDIN_FILENO);
    }
    syscall(SYS_close_range, 3U, ~0U, 4U /* CLOSE_RANGE_CLOEXEC: `tell` must see the exec */);
    if (!folder || chdir(folder) == 0) {
        execve(file, words, environment);
    }
    int reason = errno;
    ssize_t told = write(tell, &reason, sizeof reason);
    _exit(told == (ssize_t)sizeof reason ? 127 : 126);
}

/* Twice forked, so that the program is a child of the system's and no zombie of ours. Returns an errno. */
static int spawn(const char *file, char **words, char **environment, const char *folder)
{
    int pipe_ends[2];
    int reason = 0;
    if (pipe2(pipe_ends, O_CLOEXEC) != 0) {
        return errno;
    }
    pid_t child = fork();
    if (child == 0) {
        pid_t program = fork();
        if (program == 0) {
            execute(file, words, environment, folder, pipe_ends[1]);
        }
        int failed = program < 0 ? errno : 0;
        ssize_t told = failed ? write(pipe_ends[1], &failed, sizeof failed) : 0;
        _exit(told < 0);
    }
    if (child < 0) {
        reason = errno;
    }
    close(pipe_ends[1]);
    if (child > 0) {
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {
        }
        ssize_t count = 0;
        int told = 0;
        while ((count = read(pipe_ends[0], &told, sizeof told)) < 0 && errno == EINTR) {
        }
        reason = count == (ssize_t)sizeof told ? told : 0; /* the pipe closed: it runs */
    }
    close(pipe_ends[0]);
    return reason;
}

static bool start_once(const vt_program *program, char **environment, const char *const *paths, size_t count,
                       vt_error *error)
{
    char **words = vt_launch_words(program, paths, count, error);
    if (!words) {
        return false;
    }
    char *file = g_find_program_in_path(words[0]);
    bool done = false;
    if (!file) {
        vt_error_set(error, VT_ERROR_NOT_FOUND,
                     "cannot start %s: there is no program %.200s; install it, or choose another program",
                     program->name, words[0]);
    } else {
        int reason = spawn(file, words, environment, program->folder);
        done = reason == 0 ||
               vt_error_set_errno(error, reason, "cannot start %s (%.200s); choose another program",
                                  program->name, words[0]);
    }
    g_free(file);
    vt_launch_free_words(words);
    return done;
}

static bool check_lengths(const vt_program *program, const char *const *paths, size_t count, vt_error *error)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(paths[i]) * 3 + sizeof "file://" >= WORD_BYTES_MAX) {
            return vt_error_set(error, VT_ERROR_LIMIT,
                                "cannot start %s: the path %.80s\u2026 is too long for a command line",
                                program->name, paths[i]);
        }
    }
    return true;
}

bool vt_launch(const vt_program *program, const char *const *paths, size_t count, size_t *started,
               vt_error *error)
{
    size_t starts = 0;
    char **environment = make_environment();
    bool done = environment || no_memory(error);
    done = done && check_lengths(program, paths, count, error);
    for (size_t at = 0; done && at < count;) {
        size_t files = take(program, paths + at, count - at);
        done = start_once(program, environment, paths + at, files, error);
        starts += done;
        at += files;
    }
    free(environment);
    if (started) {
        *started = starts;
    }
    return done;
}
