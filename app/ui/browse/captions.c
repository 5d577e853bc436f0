#include "app/ui/browse/captions.h"

#include "app/ui/parts/facts.h"
#include "app/ui/parts/labels.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "core/index/group.h"

#include <stdio.h>
#include <string.h>

enum { WORDS = 64 };

static void name_line(const vt_snapshot *snapshot, uint32_t row, const vt_item_brief *item, vt_str *text)
{
    (void)snapshot;
    (void)row;
    vt_str_append_display(text, item->name, item->name_length);
}

static void dimensions_line(const vt_snapshot *snapshot, uint32_t row, const vt_item_brief *item,
                            vt_str *text)
{
    (void)snapshot;
    (void)row;
    char words[WORDS];
    vt_str_append_cstr(text, vt_facts_extent(words, sizeof words, (vt_kind)item->kind, item->width,
                                             item->height, item->triangles));
}

static void size_line(const vt_snapshot *snapshot, uint32_t row, const vt_item_brief *item, vt_str *text)
{
    (void)snapshot;
    (void)row;
    char words[WORDS];
    vt_str_append_cstr(text, vt_wording_size(words, sizeof words, item->size));
}

static void date_line(const vt_snapshot *snapshot, uint32_t row, const vt_item_brief *item, vt_str *text)
{
    (void)snapshot;
    (void)row;
    char words[WORDS];
    vt_str_append_cstr(text, vt_wording_date(words, sizeof words, item->mtime_ns));
}

static void taken_line(const vt_snapshot *snapshot, uint32_t row, const vt_item_brief *item, vt_str *text)
{
    (void)snapshot;
    (void)row;
    char words[WORDS];
    if (item->taken_ns != VT_TAKEN_UNKNOWN) {
        vt_str_append_cstr(text, vt_wording_clock(words, sizeof words, item->taken_ns));
    }
}

static void folder_line(const vt_snapshot *snapshot, uint32_t row, const vt_item_brief *item, vt_str *text)
{
    (void)item;
    vt_group_append_title(snapshot, VT_GROUP_FOLDER, vt_snapshot_folder_of(snapshot, row), vt_tr, text);
}

static void rating_line(const vt_snapshot *snapshot, uint32_t row, const vt_item_brief *item, vt_str *text)
{
    (void)row;
    if (item->rating) {
        vt_group_append_title(snapshot, VT_GROUP_RATING, item->rating, vt_tr, text);
    }
}

static void label_line(const vt_snapshot *snapshot, uint32_t row, const vt_item_brief *item, vt_str *text)
{
    (void)row;
    const vt_label_info *label = vt_label_get(item->label);
    if (label) {
        vt_str_append_cstr(text, vt_tr("label", label->name));
    } else if (item->label) {
        vt_group_append_title(snapshot, VT_GROUP_LABEL, item->label, vt_tr, text);
    }
}

static const struct {
    const char *word, *title;
    void (*append)(const vt_snapshot *snapshot, uint32_t row, const vt_item_brief *item, vt_str *text);
} table[VT_CAPTION_LINE_COUNT] = {
    [VT_CAPTION_NAME] = {"name", VT_TR_NOOP("captions", "&Name"), name_line},
    [VT_CAPTION_DIMENSIONS] = {"dimensions", VT_TR_NOOP("captions", "&Dimensions"), dimensions_line},
    [VT_CAPTION_SIZE] = {"size", VT_TR_NOOP("captions", "File &size"), size_line},
    [VT_CAPTION_DATE] = {"date", VT_TR_NOOP("captions", "D&ate changed"), date_line},
    [VT_CAPTION_TAKEN] = {"taken", VT_TR_NOOP("captions", "Date &taken"), taken_line},
    [VT_CAPTION_FOLDER] = {"folder", VT_TR_NOOP("captions", "&Folder"), folder_line},
    [VT_CAPTION_RATING] = {"rating", VT_TR_NOOP("captions", "&Rating"), rating_line},
    [VT_CAPTION_LABEL] = {"label", VT_TR_NOOP("captions", "&Label"), label_line},
};

vt_captions vt_captions_default(void)
{
    return (vt_captions){2, {VT_CAPTION_NAME, VT_CAPTION_DIMENSIONS}};
}

const char *vt_captions_title(vt_caption_line line)
{
    return table[line].title;
}

bool vt_captions_has(const vt_captions *captions, vt_caption_line line)
{
    for (size_t i = 0; i < captions->count; i++) {
        if (captions->lines[i] == line) {
            return true;
        }
    }
    return false;
}

void vt_captions_turn(vt_captions *captions, vt_caption_line line)
{
    vt_captions turned = {0, {VT_CAPTION_NAME}};
    bool had = vt_captions_has(captions, line);
    size_t first = !had && captions->count == VT_CAPTIONS_MAX; /* the oldest gives way */
    for (size_t i = first; i < captions->count; i++) {
        if (captions->lines[i] != line) {
            turned.lines[turned.count++] = captions->lines[i];
        }
    }
    if (!had) {
        turned.lines[turned.count++] = line;
    }
    *captions = turned;
}

char *vt_captions_write(const vt_captions *captions, char *text, size_t size)
{
    snprintf(text, size, "%s", captions->count ? "" : "none");
    for (size_t i = 0; i < captions->count; i++) {
        size_t length = strlen(text);
        snprintf(text + length, size - length, "%s%s", i ? " " : "", table[captions->lines[i]].word);
    }
    return text;
}

vt_captions vt_captions_read(const char *text)
{
    vt_captions captions = {0, {VT_CAPTION_NAME}};
    while (*text) {
        size_t length = strcspn(text, " ");
        for (int line = 0; line < VT_CAPTION_LINE_COUNT; line++) {
            if (strlen(table[line].word) == length && memcmp(table[line].word, text, length) == 0 &&
                !vt_captions_has(&captions, (vt_caption_line)line)) {
                vt_captions_turn(&captions, (vt_caption_line)line);
            }
        }
        text += length;
        text += strspn(text, " ");
    }
    return captions;
}

/* Lines stand in the order of the table, whichever was chosen first. */
void vt_captions_append(const vt_captions *captions, size_t number, const vt_snapshot *snapshot, uint32_t row,
                        const vt_item_brief *item, vt_str *text)
{
    for (int line = 0; line < VT_CAPTION_LINE_COUNT; line++) {
        if (vt_captions_has(captions, (vt_caption_line)line) && number-- == 0) {
            table[line].append(snapshot, row, item, text);
            return;
        }
    }
}
