#include "app/ui/parts/twin_words.h"

#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "core/base/translatable.h"

enum { WORDS = 48 };

void vt_twin_words_title(vt_twin_kind kind, const vt_twin_group *group, vt_str *title)
{
    char size[WORDS];
    vt_str form = VT_STR_INIT;
    if (group->files == 1) {
        vt_tr_append_count(&form, "duplicates", "%n name of one file, %1", "%n names of one file, %1",
                           group->count);
    } else if (kind == VT_TWIN_SAME) {
        vt_tr_append_count(&form, "duplicates", "%n copy, %1", "%n copies, %1 each", group->count);
    } else {
        vt_tr_append_count(&form, "duplicates", "%n looks alike, %1", "%n look alike, the best %1",
                           group->count);
    }
    vt_tr_fill(title, form.data, vt_wording_size(size, sizeof size, group->size));
    vt_str_free(&form);
}

void vt_twin_words_detail(const vt_twin_group *group, vt_str *detail)
{
    char size[WORDS];
    if (group->gain > 0) {
        vt_tr_append_with(detail, "duplicates", "%1 to gain",
                          vt_wording_size(size, sizeof size, group->gain));
    } else {
        vt_str_append_cstr(detail, vt_tr("duplicates", "nothing to gain"));
    }
    if (group->files > 1 && group->files < group->count) {
        vt_str_append_cstr(detail, "  \u00b7  ");
        vt_tr_append_count(detail, "duplicates", "%n of them is a hard link: the same file",
                           "%n of them are hard links: the same files", group->count - group->files);
    }
}

void vt_twin_words_state(vt_twin_kind kind, const vt_twins_info *info, vt_str *text)
{
    char words[WORDS];
    vt_str_append_cstr(text, kind == VT_TWIN_SAME
                                 ? vt_tr("duplicates", "Files of the same content, byte for byte")
                                 : vt_tr("duplicates", "Images that look alike, whatever their size"));
    if (!info->searched) {
        vt_str_append_char(text, '\n');
        vt_str_append_cstr(text, vt_tr("duplicates", "Nobody has looked for them yet"));
        return;
    }
    if (info->groups > 0) {
        vt_str_append_char(text, '\n');
        vt_tr_append_count(text, "duplicates", "%n group", "%n groups", info->groups);
        vt_str_append_cstr(text, ", ");
        vt_tr_append_with(text, "duplicates", "%1 to gain", vt_wording_size(words, sizeof words, info->gain));
    }
    vt_str_append_char(text, '\n');
    vt_tr_append_with(text, "duplicates", "As of %1", vt_wording_date(words, sizeof words, info->found_ns));
    if (info->younger > 0) {
        vt_str_append_cstr(text, ", ");
        vt_tr_append_count(text, "duplicates", "%n item has come since", "%n items have come since",
                           info->younger);
    }
}

/* As vt_duplicates_phase. */
static const char *const phases[] = {
    VT_TR_NOOP("duplicates", "Comparing files"),
    VT_TR_NOOP("duplicates", "Looking at pictures"),
    VT_TR_NOOP("duplicates", "Comparing looks"),
};

const char *vt_twin_words_phase(int phase, bool held)
{
    return held ? vt_tr("duplicates", "Paused") : vt_tr("duplicates", phases[phase]);
}

int vt_twin_words_percent(uint64_t done, uint64_t total)
{
    return total > 0 ? (int)((double)done * 100.0 / (double)total) : -1;
}
