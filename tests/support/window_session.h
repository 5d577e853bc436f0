/*
 * The real program in a real window on a virtual X display, driven by real key and mouse events.
 *
 * What the program did is read from its log, at level debug on its stderr: views shown, items opened, and
 * where controls stand on the screen (app/ui/window/watch.h). Functions that wait or click end the test when
 * that cannot be done, and print what the log said. Tests that use this exit with 77 where Xvfb or xdotool is
 * missing.
 */
#ifndef VT_TESTS_WINDOW_SESSION_H
#define VT_TESTS_WINDOW_SESSION_H

#include <stdbool.h>
#include <sys/types.h>

typedef struct window_session window_session;

typedef struct window_place {
    int x, y, width, height; /* pixels of the screen */
} window_place;

/* True if the tools a session needs are installed; says on stderr what is missing. */
bool window_session_possible(void);

/* Starts a display and the program with `arguments` (NULL-terminated, without argv[0]); HOME and the XDG
   folders lie below `home`. Waits until the window is there. */
window_session *window_session_start(const char *home, const char *const *arguments);
/* The same without waiting for a window, for starts that shall fail; `unprivileged`: as user 65534 if we are
 * root. */
window_session *window_session_launch(const char *home, bool unprivileged, const char *const *arguments);

/* xdotool with these words. */
void window_session_do(window_session *session, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Where the control with this accessible name, text or title stands; waits for it to be seen. */
window_place window_session_place(window_session *session, const char *name);
/* Clicks into its middle. */
void window_session_click(window_session *session, const char *name);
/* Keys as xdotool names them: "Down", "ctrl+f". */
void window_session_key(window_session *session, const char *keys);
void window_session_type(window_session *session, const char *text);

/* Waits until the log holds `text` behind what earlier waits have consumed. */
void window_session_wait(window_session *session, const char *text);
/* The same for two texts, whichever comes first; consumes both. */
void window_session_wait_both(window_session *session, const char *one, const char *other);
/* Like window_session_wait(); false after `timeout_ms`. */
bool window_session_says(window_session *session, const char *text, int timeout_ms);
/* Everything said so far counts as consumed. */
void window_session_skip(window_session *session);

/* The number behind the last `key=` in the log so far, or -1. */
double window_session_value(window_session *session, const char *key);
/* The greatest number behind any `key=`, or -1. */
double window_session_value_max(window_session *session, const char *key);
/* How often `text` stands in the log so far. */
int window_session_count(window_session *session, const char *text);
/* The whole log so far; valid until the next call. */
const char *window_session_log(window_session *session);

/* A number that changes when the pixels of a part of the screen do. */
unsigned long window_session_pixels(window_session *session, window_place part);
/* Waits until they are others than `before`, and returns their number. */
unsigned long window_session_pixels_change(window_session *session, window_place part, unsigned long before);
/* Mean of the red, green and blue of a part, 0 to 255. */
double window_session_lightness(window_session *session, window_place part);

/* Writes the screen to $VITRINE_SCREENSHOTS/NAME.png if that is set; for people to look at, nothing is
 * asserted. */
void window_session_screenshot(window_session *session, const char *name);

pid_t window_session_pid(const window_session *session);
/* Waits for the program to end by itself; its exit status, 128 + signal, or -1 after `timeout_ms`. */
int window_session_wait_end(window_session *session, int timeout_ms);
/* Ends the program with `signal` (0: as it is) and the display. Returns the exit status or 128 + signal. */
int window_session_end(window_session *session, int signal);

#endif
