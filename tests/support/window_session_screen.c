/* What the screen of a window's session shows: its pixels, read from the X server's own memory. */
#include "tests/support/check.h"

#include "tests/support/window_session_private.h"

#include "core/base/clock.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

static uint32_t header_word(const window_session *session, int number)
{
    uint32_t word;
    memcpy(&word, session->screen + (size_t)number * sizeof word, sizeof word);
    return ntohl(word);
}

/* The first pixel of a line of the screen, four bytes each: blue, green, red, unused. */
static const unsigned char *line_at(const window_session *session, int y)
{
    enum { HEADER_SIZE = 0, BYTES_PER_LINE = 12, COLOURS = 19, COLOUR_SIZE = 12 };
    return session->screen + header_word(session, HEADER_SIZE) +
           (size_t)header_word(session, COLOURS) * COLOUR_SIZE +
           (size_t)y * header_word(session, BYTES_PER_LINE);
}

static window_place on_screen(window_place part)
{
    assert_true(part.x >= 0 && part.y >= 0 && part.width > 0 && part.height > 0);
    assert_true(part.x + part.width <= WINDOW_SESSION_WIDTH && part.y + part.height <= WINDOW_SESSION_HEIGHT);
    return part;
}

unsigned long window_session_pixels(window_session *session, window_place part)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    part = on_screen(part);
    for (int y = part.y; y < part.y + part.height; y++) {
        const unsigned char *line = line_at(session, y);
        for (int i = part.x * 4; i < (part.x + part.width) * 4; i++) {
            hash = (hash ^ line[i]) * 1099511628211u;
        }
    }
    return hash;
}

unsigned long window_session_pixels_change(window_session *session, window_place part, unsigned long before)
{
    int64_t deadline = vt_clock_now() + WINDOW_SESSION_PATIENCE_MS * VT_NS_PER_MS;
    unsigned long now;
    while ((now = window_session_pixels(session, part)) == before) {
        if (vt_clock_now() > deadline) {
            window_session_print_log(session);
            fail_msg("the picture stays as it is");
        }
        window_session_sleep(WINDOW_SESSION_POLL_MS);
    }
    return now;
}

double window_session_lightness(window_session *session, window_place part)
{
    uint64_t sum = 0;
    part = on_screen(part);
    for (int y = part.y; y < part.y + part.height; y++) {
        const unsigned char *line = line_at(session, y);
        for (int x = part.x; x < part.x + part.width; x++) {
            sum += (uint64_t)line[4 * x] + line[4 * x + 1] + line[4 * x + 2];
        }
    }
    return (double)sum / (3.0 * part.width * part.height);
}

void window_session_screenshot(window_session *session, const char *name)
{
    const char *folder = getenv("VITRINE_SCREENSHOTS");
    char command[1400];
    if (folder) {
        window_session_sleep(WINDOW_SESSION_SETTLE_MS);
        snprintf(command, sizeof command, "DISPLAY=%s import -window root '%s/%s.png'", session->display,
                 folder, name);
        if (system(command) != 0) {
            fprintf(stderr, "no screenshot %s: is ImageMagick installed?\n", name);
        }
    }
}
