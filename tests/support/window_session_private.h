/* Private to the window's session: its fields, for the half that runs the program (window_session.c) and the
 * one that looks at its screen (window_session_screen.c). The main thread only. */
#ifndef VT_SUPPORT_WINDOW_SESSION_PRIVATE_H
#define VT_SUPPORT_WINDOW_SESSION_PRIVATE_H

#include "tests/support/window_session.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum {
    WINDOW_SESSION_POLL_MS = 10,
    WINDOW_SESSION_PATIENCE_MS = 30000, /* far longer than anything takes on a slow machine */
    WINDOW_SESSION_SETTLE_MS = 150,     /* three looks of the watch: places seen then are those of now */
    WINDOW_SESSION_WIDTH = 2000,        /* of the screen */
    WINDOW_SESSION_HEIGHT = 900
};

struct window_session {
    pid_t server;
    pid_t program;
    int program_status; /* once it has ended, else -1 */
    char display[16];
    char home[512];
    char log_path[600];
    char *log; /* what was read of the log so far; owned */
    size_t log_length;
    size_t consumed;
    const unsigned char *screen; /* the X server's own memory, as an XWD file */
    size_t screen_size;
};

void window_session_sleep(int ms);

/* The last lines are those that matter. */
void window_session_print_log(window_session *session);

#endif
