#include "app/ui/intake/intake_words.h"

#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"

#define TEXT(text) VT_TR_NOOP("intake", text)

/* ", 12 new". `one` and `many`: marked for the translators. */
static void add_counted(vt_str *text, size_t *count, int64_t number, const char *before, const char *one,
                        const char *many)
{
    if (number > 0) {
        vt_str_append_cstr(text, *count ? ", " : before);
        vt_tr_append_count(text, "intake", one, many, number);
        (*count)++;
    }
}

/* The same in English for one and for many. */
static void add(vt_str *text, size_t *count, int64_t number, const char *before, const char *form)
{
    char words[32];
    if (number > 0) {
        vt_str_append_cstr(text, *count ? ", " : before);
        vt_tr_append_with(text, "intake", form, vt_wording_count(words, sizeof words, number));
        (*count)++;
    }
}

void vt_intake_words(const vt_dry_run_figures *figures, vt_str *text)
{
    char words[32];
    size_t count = 0;
    if (figures->found == 0) {
        vt_str_append_cstr(text, figures->over ? vt_tr("intake", "Nothing to import there")
                                               : vt_tr("intake", "Looking\u2026"));
        return;
    }
    vt_tr_append_count(text, "intake", "%n file", "%n files", figures->found);
    add(text, &count, figures->new_files, ": ", TEXT("%1 new"));
    add(text, &count, figures->moved, ": ", TEXT("%1 moved here"));
    add(text, &count, figures->changed, ": ", TEXT("%1 changed"));
    add(text, &count, figures->unread, ": ", TEXT("%1 still to be read"));
    add(text, &count, figures->unchanged, ": ", TEXT("%1 already in the library"));
    add(text, &count, figures->failed_before, ": ", TEXT("%1 failed before"));
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
    } kinds[] = {{VT_KIND_IMAGE, VT_TR_NOOP_COUNT("intake", "%n image", "%n images")},
                 {VT_KIND_MODEL, VT_TR_NOOP_COUNT("intake", "%n model", "%n models")},
                 {VT_KIND_SEQUENCE, VT_TR_NOOP_COUNT("intake", "%n sequence", "%n sequences")}};
    const int64_t *out = figures->left_out;
    size_t count = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        add_counted(text, &count, figures->kinds[kinds[i].kind], "", kinds[i].one, kinds[i].many);
    }
    size_t left = 0;
    const char *before = count ? vt_tr("intake", "  \u00b7  left out: ") : vt_tr("intake", "Left out: ");
    add(text, &left, out[VT_CHOICE_NAME], before, TEXT("%1 by name"));
    add(text, &left, out[VT_CHOICE_KIND], before, TEXT("%1 of other kinds"));
    add(text, &left, out[VT_CHOICE_SMALL], before, TEXT("%1 too small"));
    add(text, &left, out[VT_CHOICE_LARGE], before, TEXT("%1 too large"));
    add(text, &left, out[VT_CHOICE_OLD], before, TEXT("%1 too old"));
    add(text, &left, figures->left_out_limit, before, TEXT("%1 beyond the largest number"));
    add_counted(text, &left, figures->left_out_folders, before,
                VT_TR_NOOP_COUNT("intake", "%n folder", "%n folders"));
    left = 0;
    before = text->length ? "  \u00b7  " : "";
    add(text, &left, figures->troubles, before, TEXT("%1 cannot be looked at"));
}
