#include "app/ui/parts/step_words.h"

#include "app/ui/parts/translate.h"

#include <string.h>

/* Until it is written nobody here knows the name of what it is about. */
static void append_named(const vt_edit_step *step, const char *form, vt_str *text)
{
    const char *name = step->settled && step->change ? vt_change_name(step->change) : NULL;
    vt_str shown = VT_STR_INIT;
    vt_str_append_display(&shown, name ? name : "\u2026", strlen(name ? name : "\u2026"));
    vt_tr_append_with(text, "step", form, shown.data);
    vt_str_free(&shown);
}

/* A stack that took in others. */
static bool merges(const vt_edit_step *step)
{
    const vt_change *change = step->settled ? step->change : NULL;
    for (size_t i = 0; change && i < vt_change_run_count(change); i++) {
        const vt_change_run *run = vt_change_run_at(change, i);
        if (run->stack_before != 0 && run->stack_before != run->stack_after) {
            return true;
        }
    }
    return false;
}

static void append_stacking(const vt_edit_step *step, vt_str *text)
{
    int64_t count = (int64_t)step->count;
    if (merges(step)) {
        vt_tr_append_count(text, "step", "merging of stacks, now of %n item",
                           "merging of stacks, now of %n items", count);
    } else {
        vt_tr_append_count(text, "step", "stacking of %n item", "stacking of %n items", count);
    }
}

static void append_counted(const vt_edit_step *step, vt_str *text)
{
    int64_t count = (int64_t)step->count;
    switch (step->kind) {
    case VT_EDIT_RATING:
        vt_tr_append_count(text, "step", "rating of %n item", "rating of %n items", count);
        return;
    case VT_EDIT_LABEL:
        vt_tr_append_count(text, "step", "label of %n item", "label of %n items", count);
        return;
    case VT_EDIT_TITLE:
        vt_tr_append_count(text, "step", "title of %n item", "title of %n items", count);
        return;
    case VT_EDIT_NOTE:
        vt_tr_append_count(text, "step", "note on %n item", "note on %n items", count);
        return;
    case VT_EDIT_ADD_TAGS:
        vt_tr_append_count(text, "step", "tagging of %n item", "tagging of %n items", count);
        return;
    case VT_EDIT_REMOVE_TAGS:
        vt_tr_append_count(text, "step", "untagging of %n item", "untagging of %n items", count);
        return;
    case VT_EDIT_ADD_TO_ALBUM:
        vt_tr_append_count(text, "step", "adding %n item to an album", "adding %n items to an album", count);
        return;
    case VT_EDIT_REMOVE_FROM_ALBUM:
        vt_tr_append_count(text, "step", "removal of %n item from an album",
                           "removal of %n items from an album", count);
        return;
    case VT_EDIT_STACK:
        append_stacking(step, text);
        return;
    case VT_EDIT_UNSTACK:
        vt_tr_append_count(text, "step", "unstacking of %n item", "unstacking of %n items", count);
        return;
    case VT_EDIT_TAKE_OUT:
        vt_tr_append_count(text, "step", "taking %n item out of its stack", "taking %n items out of stacks",
                           count);
        return;
    case VT_EDIT_STACK_COVER:
        vt_tr_append_count(text, "step", "choice of %n cover", "choice of %n covers", count);
        return;
    case VT_EDIT_TAKE_SIDECAR:
        vt_tr_append_count(text, "step", "values from side-cars of %n item",
                           "values from side-cars of %n items", count);
        return;
    default:
        vt_tr_append_count(text, "step", "moving of %n item in an album", "moving of %n items in an album",
                           count);
        return;
    }
}

void vt_step_words(const vt_edit_step *step, vt_str *text)
{
    static const char *const named[VT_EDIT_KIND_COUNT] = {
        [VT_EDIT_CREATE_ALBUM] = VT_TR_NOOP("step", "new album \u201c%1\u201d"),
        [VT_EDIT_RENAME_ALBUM] = VT_TR_NOOP("step", "renaming of the album \u201c%1\u201d"),
        [VT_EDIT_MOVE_ALBUM] = VT_TR_NOOP("step", "moving of an album"),
        [VT_EDIT_DELETE_ALBUM] = VT_TR_NOOP("step", "deletion of the album \u201c%1\u201d"),
        [VT_EDIT_MOVE_TAG] = VT_TR_NOOP("step", "renaming of the tag \u201c%1\u201d"),
        [VT_EDIT_DELETE_TAG] = VT_TR_NOOP("step", "deletion of the tag \u201c%1\u201d"),
    };
    if (named[step->kind]) {
        append_named(step, named[step->kind], text);
    } else {
        append_counted(step, text);
    }
}
