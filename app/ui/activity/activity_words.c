#include "app/ui/activity/activity_words.h"

#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "core/base/clock.h"

/* `form`: of a table, marked for the translators. */
static void add_count(vt_str *text, int64_t count, const char *form)
{
    char words[32];
    if (count) {
        vt_str_append_cstr(text, text->length ? ", " : "");
        vt_tr_append_with(text, "activity", form, vt_wording_count(words, sizeof words, count));
    }
}

int64_t vt_activity_done(const vt_import_figures *figures)
{
    return figures->imported + figures->updated + figures->moved + figures->unchanged + figures->failed;
}

void vt_activity_outcome(const vt_import_figures *figures, vt_str *text)
{
    vt_str counts = VT_STR_INIT;
    add_count(&counts, figures->imported, VT_TR_NOOP("activity", "%1 imported"));
    add_count(&counts, figures->updated, VT_TR_NOOP("activity", "%1 updated"));
    add_count(&counts, figures->unchanged, VT_TR_NOOP("activity", "%1 unchanged"));
    add_count(&counts, figures->failed, VT_TR_NOOP("activity", "%1 failed"));
    add_count(&counts, figures->moved, VT_TR_NOOP("activity", "%1 moved"));
    add_count(&counts, figures->missing, VT_TR_NOOP("activity", "%1 missing"));
    add_count(&counts, figures->offline, VT_TR_NOOP("activity", "%1 offline"));
    add_count(&counts, figures->left_out, VT_TR_NOOP("activity", "%1 left out"));
    add_count(&counts, figures->links, VT_TR_NOOP("activity", "%1 links"));
    add_count(&counts, figures->skipped, VT_TR_NOOP("activity", "%1 other files"));
    vt_str_append_cstr(text, counts.length ? counts.data : vt_tr("activity", "nothing to import there"));
    vt_str_free(&counts);
}

void vt_activity_duration(double seconds, vt_str *text)
{
    char words[32];
    if (seconds < 10) {
        vt_str_appendf(text, "%s s", vt_wording_decimal(words, sizeof words, 1, seconds));
    } else {
        vt_str_append_cstr(text, vt_wording_duration(words, sizeof words, (int64_t)(seconds * VT_NS_PER_S)));
    }
}
