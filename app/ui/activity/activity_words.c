#include "app/ui/activity/activity_words.h"

#include "app/ui/parts/wording.h"
#include "core/base/clock.h"

static void add_count(vt_str *text, int64_t count, const char *what)
{
    char words[32];
    if (count) {
        vt_str_append_cstr(text, text->length ? ", " : "");
        vt_str_append_cstr(text, vt_wording_count(words, sizeof words, count));
        vt_str_append_cstr(text, what);
    }
}

int64_t vt_activity_done(const vt_import_figures *figures)
{
    return figures->imported + figures->updated + figures->moved + figures->unchanged + figures->failed;
}

void vt_activity_outcome(const vt_import_figures *figures, vt_str *text)
{
    vt_str counts = VT_STR_INIT;
    add_count(&counts, figures->imported, " imported");
    add_count(&counts, figures->updated, " updated");
    add_count(&counts, figures->unchanged, " unchanged");
    add_count(&counts, figures->failed, " failed");
    add_count(&counts, figures->moved, " moved");
    add_count(&counts, figures->missing, " missing");
    add_count(&counts, figures->offline, " offline");
    add_count(&counts, figures->left_out, " left out");
    add_count(&counts, figures->links, " links");
    add_count(&counts, figures->skipped, " other files");
    vt_str_append_cstr(text, counts.length ? counts.data : "nothing to import there");
    vt_str_free(&counts);
}

void vt_activity_duration(double seconds, vt_str *text)
{
    char words[32];
    if (seconds < 10) {
        vt_str_appendf(text, "%.1f s", seconds);
    } else {
        vt_str_append_cstr(text, vt_wording_duration(words, sizeof words, (int64_t)(seconds * VT_NS_PER_S)));
    }
}
