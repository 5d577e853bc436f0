/* What tests of a watch share: an engine, a watch of real folders, and what it told. */
#ifndef VT_TESTS_WATCH_SESSION_H
#define VT_TESTS_WATCH_SESSION_H

#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/import/watch.h"
#include "core/queue/doorbell.h"
#include "tests/core/import/engine_session.h"

#include <stdio.h>
#include <stdlib.h>

/* Only so that a test that fails ends. */
#define PATIENCE (30 * VT_NS_PER_S)

typedef struct world {
    engine_session *session;
    vt_watch *watch;
    int changed, lines;
    vt_import_figures sum;
    char line[600]; /* the last */
} world;

static inline void on_changed(void *user, const vt_import_figures *figures)
{
    world *w = user;
    w->changed++;
    w->sum.imported += figures->imported;
    w->sum.updated += figures->updated;
    w->sum.moved += figures->moved;
    w->sum.missing += figures->missing;
}

static inline void on_line(void *user, const char *line)
{
    world *w = user;
    w->lines++;
    snprintf(w->line, sizeof w->line, "%s", line);
}

static inline int watch_set_up(void **state)
{
    world *w = calloc(1, sizeof *w);
    assert_non_null(w);
    w->session = session_create();
    *state = w;
    return 0;
}

static inline int watch_tear_down(void **state)
{
    world *w = *state;
    vt_watch_free(w->watch);
    session_free(w->session);
    free(w);
    return 0;
}

static inline void turn(world *w)
{
    vt_engine_deliver(w->session->engine, 0);
    vt_doorbell_wait(w->session->bell, 20 * VT_NS_PER_MS);
}

#define WAIT_UNTIL(w, condition)                                                                             \
    do {                                                                                                     \
        int64_t until = vt_clock_now() + PATIENCE;                                                           \
        while (!(condition)) {                                                                               \
            turn(w);                                                                                         \
            if (vt_clock_now() > until) {                                                                    \
                fail_msg("did not come to be: %s", #condition);                                              \
            }                                                                                                \
        }                                                                                                    \
    } while (0)

static inline vt_watch_figures figures_of(world *w)
{
    vt_watch_figures figures;
    vt_watch_get_figures(w->watch, &figures);
    return figures;
}

/* Waits until no import has begun for a while: what was told of files twice has been looked at twice. */
static inline void come_to_rest(world *w)
{
    int64_t imports = -1;
    int64_t since = 0;
    while (imports != figures_of(w).imports || vt_clock_now() - since < VT_NS_PER_S) {
        since = imports == figures_of(w).imports ? since : vt_clock_now();
        imports = figures_of(w).imports;
        turn(w);
    }
}

/* Watches what was imported. */
static inline void watch_begin(world *w, const vt_watch_options *more)
{
    vt_error error = VT_ERROR_INIT;
    vt_watch_options options = more ? *more : (vt_watch_options){0};
    options.listener = (vt_watch_listener){on_changed, on_line, w};
    w->watch = vt_watch_create(w->session->engine, &options, &error);
    if (!w->watch) {
        fail_msg("%s", error.message);
    }
    WAIT_UNTIL(w, figures_of(w).ready);
}

#endif
