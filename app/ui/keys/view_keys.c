#include "app/ui/keys/view_keys.h"

#include "app/ui/keys/keys.h"
#include "core/base/translatable.h"

#include <qt6c/qkeysequence.h>

#include <stdlib.h>
#include <string.h>

#define ITEMS  VT_KEYS_CARDS
#define SINGLE (VT_KEYS_IMAGE | VT_KEYS_MODEL)

/* One key, one line. */
/* clang-format off */
static const vt_view_key_row rows[] = {
    {"browse.left", ITEMS, VT_TR_NOOP("keys", "One to the left"), "Left", Qt_Key_Left},
    {"browse.right", ITEMS, VT_TR_NOOP("keys", "One to the right"), "Right", Qt_Key_Right},
    {"browse.up", ITEMS, VT_TR_NOOP("keys", "One row up"), "Up", Qt_Key_Up},
    {"browse.down", ITEMS, VT_TR_NOOP("keys", "One row down"), "Down", Qt_Key_Down},
    {"browse.page-up", ITEMS, VT_TR_NOOP("keys", "One page up"), "PgUp", Qt_Key_PageUp},
    {"browse.page-down", ITEMS, VT_TR_NOOP("keys", "One page down"), "PgDown", Qt_Key_PageDown},
    {"browse.first", ITEMS, VT_TR_NOOP("keys", "To the first item"), "Home", Qt_Key_Home},
    {"browse.last", ITEMS, VT_TR_NOOP("keys", "To the last item"), "End", Qt_Key_End},
    {"browse.open", VT_KEYS_LIBRARY, VT_TR_NOOP("keys", "Open what is chosen"), "Return; Enter", Qt_Key_Return},
    {"viewer.close", VT_KEYS_VIEWER, VT_TR_NOOP("keys", "Back to the library"), "Esc; Backspace; Return", Qt_Key_Escape},
    {"viewer.previous", SINGLE, VT_TR_NOOP("keys", "Previous item"), "Left; PgUp", Qt_Key_PageUp},
    {"viewer.next", SINGLE, VT_TR_NOOP("keys", "Next item"), "Right; PgDown; Space", Qt_Key_PageDown},
    {"viewer.zoom-in", VT_KEYS_VIEWER, VT_TR_NOOP("keys", "Zoom in"), "+; =", Qt_Key_Plus},
    {"viewer.zoom-out", VT_KEYS_VIEWER, VT_TR_NOOP("keys", "Zoom out"), "-", Qt_Key_Minus},
    {"viewer.fit", VT_KEYS_VIEWER, VT_TR_NOOP("keys", "Fit to the window"), "0", Qt_Key_0},
    {"viewer.actual-size", VT_KEYS_VIEWER, VT_TR_NOOP("keys", "Actual size"), "1", Qt_Key_1},
    {"viewer.fit-width", VT_KEYS_IMAGE, VT_TR_NOOP("keys", "Fit to the width"), "W", Qt_Key_W},
    {"viewer.rotate-left", VT_KEYS_IMAGE, VT_TR_NOOP("keys", "Turn to the left"), "[", Qt_Key_BracketLeft},
    {"viewer.rotate-right", VT_KEYS_IMAGE, VT_TR_NOOP("keys", "Turn to the right"), "]", Qt_Key_BracketRight},
    {"viewer.flip-across", VT_KEYS_IMAGE, VT_TR_NOOP("keys", "Mirror left and right"), "H", Qt_Key_H},
    {"viewer.flip-down", VT_KEYS_IMAGE, VT_TR_NOOP("keys", "Mirror top and bottom"), "V", Qt_Key_V},
    {"viewer.background", VT_KEYS_VIEWER, VT_TR_NOOP("keys", "Another background"), "B", Qt_Key_B},
    {"viewer.look", VT_KEYS_MODEL, VT_TR_NOOP("keys", "Edges, wireframe, shaded"), "Z", Qt_Key_Z},
    {"viewer.box", VT_KEYS_MODEL, VT_TR_NOOP("keys", "Box with measures"), "M", Qt_Key_M},
    {"viewer.axes", VT_KEYS_MODEL, VT_TR_NOOP("keys", "Axes"), "A", Qt_Key_A},
    {"viewer.facts", VT_KEYS_VIEWER, VT_TR_NOOP("keys", "What is known of it"), "I", Qt_Key_I},
    {"viewer.histogram", VT_KEYS_IMAGE, VT_TR_NOOP("keys", "Histogram"), "G", Qt_Key_G},
    {"viewer.histogram-of-seen", VT_KEYS_IMAGE, VT_TR_NOOP("keys", "Histogram of what is shown"), "Shift+G", Qt_Key_G | Qt_ShiftModifier},
    {"viewer.filmstrip", VT_KEYS_VIEWER, VT_TR_NOOP("keys", "Neighbours along the foot"), "T", Qt_Key_T},
    {"viewer.slide-show", VT_KEYS_VIEWER, VT_TR_NOOP("keys", "Slide show"), "S", Qt_Key_S},
    {"viewer.full-screen", VT_KEYS_VIEWER, VT_TR_NOOP("keys", "All of the screen"), "F", Qt_Key_F},
    {"sequence.repeat", VT_KEYS_SEQUENCE, VT_TR_NOOP("keys", "What comes at the end"), "L", Qt_Key_L},
    {"sequence.previous-item", VT_KEYS_SEQUENCE, VT_TR_NOOP("keys", "Previous item"), "PgUp", Qt_Key_PageUp},
    {"sequence.next-item", VT_KEYS_SEQUENCE, VT_TR_NOOP("keys", "Next item"), "PgDown", Qt_Key_PageDown},
    {"sequence.play", VT_KEYS_SEQUENCE, VT_TR_NOOP("keys", "Play and pause"), "Space", Qt_Key_Space},
    {"sequence.back", VT_KEYS_SEQUENCE, VT_TR_NOOP("keys", "One frame back"), "Left", Qt_Key_Left},
    {"sequence.forward", VT_KEYS_SEQUENCE, VT_TR_NOOP("keys", "One frame forward"), "Right", Qt_Key_Right},
    {"sequence.first", VT_KEYS_SEQUENCE, VT_TR_NOOP("keys", "First frame"), "Home", Qt_Key_Home},
    {"sequence.last", VT_KEYS_SEQUENCE, VT_TR_NOOP("keys", "Last frame"), "End", Qt_Key_End},
};
/* clang-format on */

enum { ROW_COUNT = sizeof rows / sizeof *rows };

size_t vt_view_key_count(void)
{
    return ROW_COUNT;
}

const vt_view_key_row *vt_view_key_get(size_t index)
{
    return &rows[index];
}

/* ---- what was pressed ---- */

/* As the map writes it; "" if Qt has no word. */
static void write_key(int code, int modifiers, char text[VT_KEY_SIZE])
{
    QKeySequence sequence;
    q_keysequence_init_xywh(&sequence, code | modifiers);
    char *written = q_keysequence_to_string(&sequence);
    q_keysequence_fini(&sequence);
    if (!written || !vt_key_normalize(written, strlen(written), text, NULL)) {
        text[0] = '\0';
    }
    free(written);
}

/* The row that a key is bound to in `contexts`, or NULL. A command may have it, too, where a view goes first:
   digits rate in the library, and zoom in the viewer. */
static const vt_view_key_row *row_of(unsigned contexts, int code, int modifiers)
{
    char key[VT_KEY_SIZE];
    write_key(code, modifiers, key);
    for (size_t i = 0; *key && i < ROW_COUNT; i++) {
        if ((rows[i].contexts & contexts) &&
            vt_keys_hold(vt_keymap_keys(vt_keys_map(), VT_COMMAND_COUNT + i), key)) {
            return &rows[i];
        }
    }
    return NULL;
}

static bool is_standard_of_a_row(unsigned contexts, int code)
{
    char key[VT_KEY_SIZE];
    write_key(code, 0, key);
    for (size_t i = 0; *key && i < ROW_COUNT; i++) {
        if ((rows[i].contexts & contexts) && vt_keys_hold(rows[i].keys, key)) {
            return true;
        }
    }
    return false;
}

int vt_view_key_pressed(unsigned contexts, const QKeyEvent *event, int *modifiers)
{
    int code = q_keyevent_key(event);
    int held = (int)q_keyevent_modifiers(event) & ~Qt_KeypadModifier;
    int passed = held;
    const vt_view_key_row *row = row_of(contexts, code, held);
    if (row) {
        passed = 0;
    } else { /* a sign may need Shift, and both extend a selection */
        row = row_of(contexts, code, held & ~(Qt_ShiftModifier | Qt_ControlModifier));
    }
    if (modifiers) {
        *modifiers = passed;
    }
    return row ? row->code : is_standard_of_a_row(contexts, code) ? 0 : code;
}
