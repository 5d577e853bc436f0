#include "app/ui/intake/intake_words.h"

#include "app/ui/parts/wording.h"

/* ", 12 new" */
static void add(vt_str *text, size_t *count, int64_t number, const char *before, const char *what)
{
    char words[32];
    if (number > 0) {
        vt_str_appendf(text, "%s%s %s", *count ? ", " : before, vt_wording_count(words, sizeof words, number),
                       what);
        (*count)++;
    }
}

void vt_intake_words(const vt_dry_run_figures *figures, vt_str *text)
{
    char words[32];
    size_t count = 0;
    if (figures->found == 0) {
        vt_str_append_cstr(text, figures->over ? "Nothing to import there" : "Looking\u2026");
        return;
    }
    vt_str_appendf(text, "%s %s", vt_wording_count(words, sizeof words, figures->found),
                   figures->found == 1 ? "file" : "files");
    add(text, &count, figures->new_files, ": ", "new");
    add(text, &count, figures->moved, ": ", "moved here");
    add(text, &count, figures->changed, ": ", "changed");
    add(text, &count, figures->unread, ": ", "still to be read");
    add(text, &count, figures->unchanged, ": ", "already in the library");
    add(text, &count, figures->failed_before, ": ", "failed before");
    vt_str_appendf(text, "; %s", vt_wording_size(words, sizeof words, figures->bytes));
    if (!figures->over) {
        vt_str_append_cstr(text, "\u2026");
    }
}

void vt_intake_details(const vt_dry_run_figures *figures, vt_str *text)
{
    static const struct {
        vt_kind kind;
        const char *one, *many;
    } kinds[] = {{VT_KIND_IMAGE, "picture", "pictures"},
                 {VT_KIND_MODEL, "model", "models"},
                 {VT_KIND_SEQUENCE, "sequence", "sequences"}};
    const int64_t *out = figures->left_out;
    size_t count = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        int64_t number = figures->kinds[kinds[i].kind];
        add(text, &count, number, "", number == 1 ? kinds[i].one : kinds[i].many);
    }
    size_t left = 0;
    const char *before = count ? "  \u00b7  left out: " : "Left out: ";
    add(text, &left, out[VT_CHOICE_NAME], before, "by name");
    add(text, &left, out[VT_CHOICE_KIND], before, "of other kinds");
    add(text, &left, out[VT_CHOICE_SMALL], before, "too small");
    add(text, &left, out[VT_CHOICE_LARGE], before, "too large");
    add(text, &left, out[VT_CHOICE_OLD], before, "too old");
    add(text, &left, figures->left_out_limit, before, "beyond the largest number");
    add(text, &left, figures->left_out_folders, before,
        figures->left_out_folders == 1 ? "folder" : "folders");
    left = 0;
    before = text->length ? "  \u00b7  " : "";
    add(text, &left, figures->troubles, before, "cannot be looked at");
}
