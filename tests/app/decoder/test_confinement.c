/*
 * Levels of the sandbox on kernels and in containers that allow less. They are imitated by a system call
 * filter that a child of the test loads before it starts helpers, which inherit it. Each level is told as it
 * is, with the reason; and what is confined less still decodes.
 */
#include "support/check.h"

#include "core/decode/helper_pool.h"
#include "pictures.h"
#include "tests/app/decoder/kernel.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Numbers of system calls that headers may be too old for; all architectures agree. */
enum { LANDLOCK_CREATE = 444, LANDLOCK_RESTRICT = 446 };

typedef struct world {
    const char *name;
    struct {
        int call;
        int failure; /* 0: none */
    } refuses[3];
    vt_sandbox_level level;
    bool landlock;
    bool filter;
    const char *reasons[2]; /* parts of the text; NULL: none */
} world;

static const world worlds[] = {
    {.name = "everything_is_there", .level = VT_SANDBOX_FULL, .landlock = true, .filter = true},
    {.name = "old_kernel_or_gvisor",
     .refuses = {{LANDLOCK_CREATE, ENOSYS}},
     .level = VT_SANDBOX_FILTER,
     .filter = true,
     .reasons = {"no Landlock (Linux 5.13"}},
    {.name = "landlock_switched_off",
     .refuses = {{LANDLOCK_CREATE, EOPNOTSUPP}},
     .level = VT_SANDBOX_FILTER,
     .filter = true,
     .reasons = {"lsm="}},
    {.name = "container_forbids_landlock",
     .refuses = {{LANDLOCK_CREATE, EPERM}},
     .level = VT_SANDBOX_FILTER,
     .filter = true,
     .reasons = {"container"}},
    {.name = "landlock_refuses_to_be_entered",
     .refuses = {{LANDLOCK_RESTRICT, E2BIG}},
     .level = VT_SANDBOX_FILTER,
     .landlock = true,
     .filter = true,
     .reasons = {"refuses to enter"}},
    {.name = "landlock_does_nothing",
     .refuses = {{LANDLOCK_RESTRICT, -1}},
     .level = VT_SANDBOX_FILTER,
     .landlock = true,
     .filter = true,
     .reasons = {"files can still be opened"}},
    {.name = "no_filters",
     .refuses = {{SCMP_SYS(seccomp), ENOSYS}},
     .level = VT_SANDBOX_LIMITS,
     .landlock = true,
     .reasons = {"no system call filter"}},
    {.name = "neither",
     .refuses = {{LANDLOCK_CREATE, ENOSYS}, {SCMP_SYS(seccomp), ENOSYS}},
     .level = VT_SANDBOX_LIMITS,
     .reasons = {"no Landlock", "no system call filter"}},
    {.name = "no_namespaces",
     .refuses = {{SCMP_SYS(unshare), EPERM}},
     .level = VT_SANDBOX_FULL,
     .landlock = true,
     .filter = true},
};

/* What the child finds out. */
typedef struct report {
    bool imitated;
    bool decoded;
    bool warned; /* the log */
    vt_confinement found;
} report;

/* A failure of -1 stands for a call that claims to succeed and does nothing. */
static bool imitate(const world *w)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    bool fine = filter != NULL;
    for (size_t i = 0; fine && i < sizeof w->refuses / sizeof w->refuses[0] && w->refuses[i].failure; i++) {
        int failure = w->refuses[i].failure == -1 ? 0 : w->refuses[i].failure;
        fine = seccomp_rule_add(filter, SCMP_ACT_ERRNO((uint32_t)failure), w->refuses[i].call, 0) == 0;
    }
    fine = fine && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return fine;
}

static bool decodes(vt_helper_pool *pool)
{
    static const char picture[] = "P6 2 1 255\nabcdef";
    const vt_decode_request request = {.what = VT_WHAT_THUMBNAIL, .box_width = 8, .box_height = 8};
    int fd = file_of(picture, sizeof picture - 1);
    vt_helper *helper = vt_helper_pool_acquire(pool, VT_HELPER_BACKGROUND);
    vt_decode_result result;
    bool fine = vt_helper_decode(helper, fd, sizeof picture - 1, &request, -1, &result, NULL) &&
                result.pixels.width == 2;
    vt_decode_result_clear(&result);
    vt_helper_pool_release(pool, helper);
    close(fd);
    return fine;
}

static void take_line(void *user, vt_log_level level, const char *component, const char *line)
{
    (void)component;
    if (level == VT_LOG_WARN && strstr(line, "run confined at level")) {
        *(bool *)user = true;
    }
}

static report look(const world *w)
{
    report told = {.imitated = imitate(w)};
    const vt_helper_pool_options options = {
        .program = VT_DECODER,
        .workers = 1,
        .limits = vt_limits_default,
        .log = {.sink = take_line, .user = &told.warned, .level = VT_LOG_WARN}};
    vt_helper_pool *pool = told.imitated ? vt_helper_pool_create(&options, NULL) : NULL;
    if (pool) {
        told.found = vt_helper_pool_confinement(pool);
        told.decoded = decodes(pool);
        vt_helper_pool_free(pool);
    }
    return told;
}

static report look_in_child(const world *w)
{
    int ends[2];
    report told = {0};
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        told = look(w);
        _exit(write(ends[1], &told, sizeof told) == (ssize_t)sizeof told ? 0 : 1);
    }
    close(ends[1]);
    assert_int_equal(read(ends[0], &told, sizeof told), sizeof told);
    close(ends[0]);
    assert_int_equal(waitpid(child, NULL, 0), child);
    return told;
}

static void is_told_as_it_is(void **state)
{
    const world *w = *state;
    const report told = look_in_child(w);
    assert_true(told.imitated);
    assert_true(told.decoded);
    assert_int_equal(told.warned, w->level != VT_SANDBOX_FULL);
    assert_string_equal(vt_sandbox_level_name(told.found.level), vt_sandbox_level_name(w->level));
    assert_int_equal(told.found.landlock > 0, w->landlock);
    assert_int_equal(told.found.filter, w->filter);
    for (size_t i = 0; i < 2 && w->reasons[i]; i++) {
        if (!strstr(told.found.reason, w->reasons[i])) {
            fail_msg("'%s' lacks '%s'", told.found.reason, w->reasons[i]);
        }
    }
    assert_int_equal(told.found.reason[0] == '\0', w->level == VT_SANDBOX_FULL);
}

int main(void)
{
    if (possible_level() != VT_SANDBOX_FULL) {
        printf("skipped: what is not there cannot be taken away\n");
        return 77;
    }
    enum { WORLDS = sizeof worlds / sizeof worlds[0] };
    struct CMUnitTest tests[WORLDS] = {0};
    for (size_t i = 0; i < WORLDS; i++) {
        tests[i] = (struct CMUnitTest){
            .name = worlds[i].name, .test_func = is_told_as_it_is, .initial_state = (void *)&worlds[i]};
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
