/*
 * The sandbox from inside: each probe (app/decoder/escape.h) runs in a confined helper, where it must fail,
 * and in the twin without confinement, where it must get through: a probe that never does would prove
 * nothing.
 */
#include "support/check.h"

#include "app/decoder/escape.h"
#include "core/decode/helper_pool.h"
#include "core/decode/source.h"
#include "pictures.h"
#include "tests/app/decoder/kernel.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the confined helper is stopped by. Where there is no Landlock, the filter stops all the same. */
typedef enum stop { KILLED, REFUSED } stop;

typedef struct probe {
    const char *name;
    stop confined;
    bool needs_yama_off; /* this kernel may forbid it to everybody who is not root */
    bool always_refused; /* unconfined too: something else than the sandbox stops it */
} probe;

/* Set up once. */
static struct {
    char folder[64];
    char file[96];
    char unwritten[96];
    int listener;
    unsigned port;
    vt_helper_pool *confined;
    vt_helper_pool *unconfined;
} place = {.folder = "/tmp/vitrine-escape-XXXXXX", .listener = -1};

static void open_listener(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof address;
    place.listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(place.listener >= 0);
    assert_int_equal(bind(place.listener, (struct sockaddr *)&address, length), 0);
    assert_int_equal(listen(place.listener, 4), 0);
    assert_int_equal(getsockname(place.listener, (struct sockaddr *)&address, &length), 0);
    place.port = ntohs(address.sin_port);
}

static vt_helper_pool *new_pool(const char *program)
{
    const vt_helper_pool_options options = {
        .program = program, .workers = 1, .limits = vt_limits_default, .log = vt_log_none};
    vt_error error = VT_ERROR_INIT;
    vt_helper_pool *pool = vt_helper_pool_create(&options, &error);
    if (!pool) {
        fail_msg("%s", error.message);
    }
    return pool;
}

static int set_up(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(place.folder));
    (void)snprintf(place.file, sizeof place.file, "%s/secret", place.folder);
    (void)snprintf(place.unwritten, sizeof place.unwritten, "%s/loot", place.folder);
    FILE *file = fopen(place.file, "we");
    assert_non_null(file);
    fputs("secret", file);
    fclose(file);
    open_listener();
    place.confined = new_pool(VT_DECODER_POISON);
    place.unconfined = new_pool(VT_DECODER_UNCONFINED);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    vt_helper_pool_free(place.confined);
    vt_helper_pool_free(place.unconfined);
    close(place.listener);
    unlink(place.file);
    unlink(place.unwritten);
    return rmdir(place.folder);
}

static size_t word_probe(const probe *p, char *text, size_t size)
{
    const char *name = p->name;
    if (strcmp(name, "read") == 0) {
        return (size_t)snprintf(text, size, "escape:read %s", place.file);
    }
    if (strcmp(name, "write") == 0) {
        return (size_t)snprintf(text, size, "escape:write %s", place.unwritten);
    }
    if (strcmp(name, "connect") == 0) {
        return (size_t)snprintf(text, size, "escape:connect %u", place.port);
    }
    /* The parent; probes that want no process ignore it. */
    return (size_t)snprintf(text, size, "escape:%s %d", name, (int)getpid());
}

/* As the program opens a file: for reading only. */
static int probe_file(const char *text, size_t length)
{
    char path[64];
    int fd = file_of(text, length);
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    int reading = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(reading >= 0);
    close(fd);
    return reading;
}

/* Runs the probe in a helper of `pool` and leaves in `error` what became of the helper. A view, since it
   brings a slot of shared memory along. */
static void run_probe(vt_helper_pool *pool, const probe *p, vt_error *error)
{
    char text[256];
    size_t length = word_probe(p, text, sizeof text);
    const vt_decode_request request = {.what = VT_WHAT_VIEW, .box_width = 64, .box_height = 64};
    vt_decode_result result;
    int fd = probe_file(text, length);
    vt_helper *helper = vt_helper_pool_acquire(pool, VT_HELPER_BACKGROUND);
    assert_false(vt_helper_decode(helper, fd, length, &request, -1, &result, error));
    vt_helper_pool_release(pool, helper);
    vt_decode_result_clear(&result);
    close(fd);
    assert_int_equal(error->code, VT_ERROR_CRASHED);
}

static bool ended_with(const vt_error *error, int status)
{
    char says[32];
    (void)snprintf(says, sizeof says, "exit status %d)", status);
    return strstr(error->message, says) != NULL;
}

static void is_stopped(void **state)
{
    const probe *p = *state;
    vt_error error = VT_ERROR_INIT;
    if (possible_level() < VT_SANDBOX_FILTER) {
        printf("skipped: nothing can stop %s\n", p->name);
        skip();
    }
    run_probe(place.confined, p, &error);
    bool stopped = p->confined == KILLED ? strstr(error.message, "confinement forbids") != NULL
                                         : ended_with(&error, VT_ESCAPE_REFUSED);
    if (!stopped) {
        fail_msg("%s: %s", p->name, error.message);
    }
    assert_int_equal(access(place.unwritten, F_OK), -1);
}

static bool yama_may_refuse(void)
{
    int scope = 0;
    FILE *file = fopen("/proc/sys/kernel/yama/ptrace_scope", "re");
    if (file && fscanf(file, "%d", &scope) != 1) {
        scope = 0;
    }
    if (file) {
        fclose(file);
    }
    return scope > (geteuid() == 0 ? 1 : 0);
}

static void gets_through_without_confinement(void **state)
{
    const probe *p = *state;
    vt_error error = VT_ERROR_INIT;
    if (p->needs_yama_off && yama_may_refuse()) {
        printf("skipped: kernel.yama.ptrace_scope forbids %s to all\n", p->name);
        skip();
    }
    run_probe(place.unconfined, p, &error);
    if (!ended_with(&error, p->always_refused ? VT_ESCAPE_REFUSED : VT_ESCAPE_THROUGH)) {
        fail_msg("%s: %s", p->name, error.message);
    }
    unlink(place.unwritten);
}

static const probe probes[] = {
    {.name = "read", .confined = REFUSED},
    {.name = "write", .confined = REFUSED},
    {.name = "connect", .confined = REFUSED},
    {.name = "exec", .confined = KILLED},
    {.name = "ptrace", .confined = KILLED, .needs_yama_off = true},
    {.name = "kill", .confined = KILLED},
    {.name = "memory", .confined = REFUSED, .needs_yama_off = true},
    {.name = "fork", .confined = KILLED},
    {.name = "descriptors", .confined = KILLED},
    {.name = "truncate", .confined = KILLED, .always_refused = true}, /* slots are sealed */
    {.name = "code", .confined = KILLED},
    {.name = "memfd", .confined = KILLED},
    {.name = "limits", .confined = REFUSED},
};

enum { PROBES = sizeof probes / sizeof probes[0] };

int main(void)
{
    if (possible_level() == VT_SANDBOX_NONE) {
        printf("skipped: there is no sandbox to get out of\n");
        return 77;
    }
    struct CMUnitTest tests[2 * PROBES] = {0};
    char names[2 * PROBES][64];
    for (size_t i = 0; i < PROBES; i++) {
        (void)snprintf(names[2 * i], sizeof names[0], "%s_is_stopped", probes[i].name);
        (void)snprintf(names[2 * i + 1], sizeof names[0], "%s_%s", probes[i].name,
                       probes[i].always_refused ? "is_refused_without_confinement_too"
                                                : "gets_through_without_confinement");
        tests[2 * i] = (struct CMUnitTest){
            .name = names[2 * i], .test_func = is_stopped, .initial_state = (void *)&probes[i]};
        tests[2 * i + 1] = (struct CMUnitTest){.name = names[2 * i + 1],
                                               .test_func = gets_through_without_confinement,
                                               .initial_state = (void *)&probes[i]};
    }
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
