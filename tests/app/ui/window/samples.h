/* One session on the sample library, which has been imported, for a group of tests. */
#ifndef VT_TESTS_SAMPLES_H
#define VT_TESTS_SAMPLES_H

#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct fixture {
    char *folder;
    window_session *session;
    int samples; /* items in it */
} fixture;

static int set_up(void **state)
{
    fixture *all = calloc(1, sizeof *all);
    all->folder = files_temporary_folder();
    all->session = window_session_start(all->folder, (const char *const[]){files_sample(""), NULL});
    window_session_wait(all->session, "import ended:");
    all->samples = (int)window_session_value(all->session, "imported");
    if (window_session_value(all->session, "view: items") != all->samples) {
        char said[64];
        (void)snprintf(said, sizeof said, "view: items=%d ", all->samples);
        window_session_wait(all->session, said);
    }
    *state = all;
    return 0;
}

static int tear_down(void **state)
{
    fixture *all = *state;
    int status = window_session_end(all->session, SIGTERM);
    files_remove(all->folder);
    free(all);
    return status;
}

#endif
