/*
 * Layouts as short texts, for tests: panes are single letters (the provider of A is "p:A"), splits rows in
 * round brackets and columns in square ones, with a bar between windows: "(A[BC]D)|E". Panes of collapsed
 * groups are small letters.
 */
#ifndef VT_TESTS_LAYOUT_SKETCH_H
#define VT_TESTS_LAYOUT_SKETCH_H

#include "core/layout/tree.h"

#include <ctype.h>
#include <string.h>

#define SKETCH_SIZE 16384

static inline size_t sketch_node(const vt_panes *panes, vt_pane_id id, char *text, size_t at)
{
    vt_panes_node node;
    assert_true(vt_panes_find(panes, id, &node));
    assert_true(at + 3 < SKETCH_SIZE);
    if (!node.first) {
        text[at++] = (char)(node.shown ? node.provider[2] : tolower(node.provider[2]));
        return at;
    }
    bool row = node.axis == VT_PANE_HORIZONTAL;
    text[at++] = row ? '(' : '[';
    for (vt_pane_id child = node.first; child != 0;) {
        vt_panes_node seen;
        at = sketch_node(panes, child, text, at);
        assert_true(vt_panes_find(panes, child, &seen));
        child = seen.next;
    }
    text[at++] = row ? ')' : ']';
    return at;
}

/* In a static buffer; also checks the layout. */
static inline const char *sketch(const vt_panes *panes)
{
    static char text[SKETCH_SIZE];
    vt_error error = VT_ERROR_INIT;
    if (!vt_panes_check(panes, &error)) {
        fail_msg("%s", error.message);
    }
    size_t at = 0;
    vt_panes_window window;
    for (size_t i = 0; vt_panes_window_at(panes, i, &window); i++) {
        if (i > 0) {
            text[at++] = '|';
        }
        at = sketch_node(panes, window.root, text, at);
    }
    text[at] = '\0';
    return text;
}

/* The pane with this letter; 0: none. */
static inline vt_pane_id pane_of(const vt_panes *panes, char letter)
{
    for (vt_pane_id id = vt_panes_next_pane(panes, 0); id != 0; id = vt_panes_next_pane(panes, id)) {
        vt_panes_node node;
        assert_true(vt_panes_find(panes, id, &node));
        if (node.provider[2] == letter) {
            return id;
        }
    }
    return 0;
}

static inline double share_of(const vt_panes *panes, char letter)
{
    vt_panes_node node;
    assert_true(vt_panes_find(panes, pane_of(panes, letter), &node));
    return node.share;
}

/* Splits the pane of one letter and puts that of another there. */
static inline vt_pane_id split_off(vt_panes *panes, char target, vt_pane_side side, char letter)
{
    const char provider[] = {'p', ':', letter, '\0'};
    vt_error error = VT_ERROR_INIT;
    vt_pane_id pane = 0;
    if (!vt_panes_split(panes, pane_of(panes, target), side, provider, &pane, &error)) {
        fail_msg("%s", error.message);
    }
    return pane;
}

#endif
