#include "app/ui/table/column_marks.h"

#include "app/ui/parts/labels.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "core/catalog/label.h"
#include "core/index/albums.h"
#include "core/index/stacks.h"
#include "core/index/tags.h"

void vt_column_say_title(const vt_table_row *row, vt_str *text)
{
    vt_str_append_display(text, row->item.title, row->item.title_length);
}

void vt_column_write_title(const vt_table_row *row, vt_csv *csv)
{
    vt_csv_bytes(csv, row->item.title, row->item.title_length);
}

void vt_column_say_rating(const vt_table_row *row, vt_str *text)
{
    vt_column_say_count(row->item.rating, text);
}

void vt_column_write_rating(const vt_table_row *row, vt_csv *csv)
{
    vt_csv_int(csv, row->item.rating);
}

/* A label that other programs gave may have no name here. */
void vt_column_say_label(const vt_table_row *row, vt_str *text)
{
    const vt_label_info *label = vt_label_get(row->item.label);
    if (label) {
        vt_str_append_cstr(text, vt_tr("label", label->name));
    } else {
        vt_column_say_count(row->item.label, text);
    }
}

void vt_column_write_label(const vt_table_row *row, vt_csv *csv)
{
    const char *name = row->item.label ? vt_label_name(row->item.label) : "";
    if (name) {
        vt_csv_text(csv, name);
    } else {
        vt_csv_int(csv, row->item.label);
    }
}

/* Appends the name of a tag or an album; nothing of one that was removed. */
typedef void (*say_mark)(const vt_snapshot *snapshot, uint32_t mark, vt_str *text);

static void say_tag(const vt_snapshot *snapshot, uint32_t mark, vt_str *text)
{
    vt_index_tag tag;
    vt_snapshot_tag(snapshot, mark, &tag);
    if (!tag.removed) {
        vt_snapshot_tag_path(snapshot, mark, text);
    }
}

static void say_album(const vt_snapshot *snapshot, uint32_t mark, vt_str *text)
{
    vt_index_album album;
    vt_snapshot_album(snapshot, mark, &album);
    if (!album.removed) {
        vt_str_append_display(text, album.name, album.name_length);
    }
}

/* All of them, with commas between. */
static void join_marks(const vt_snapshot *snapshot, const uint32_t *marks, uint32_t count, say_mark say,
                       vt_str *text)
{
    vt_str name = VT_STR_INIT;
    const char *between = "";
    for (uint32_t i = 0; i < count; i++) {
        vt_str_clear(&name);
        say(snapshot, marks[i], &name);
        if (name.length) {
            vt_str_append_cstr(text, between);
            vt_str_append(text, name.data, name.length);
            between = ", ";
        }
    }
    vt_str_free(&name);
}

void vt_column_say_tags(const vt_table_row *row, vt_str *text)
{
    uint32_t count = 0;
    const uint32_t *tags = vt_snapshot_tags_of(row->snapshot, row->row, &count);
    join_marks(row->snapshot, tags, count, say_tag, text);
}

void vt_column_say_albums(const vt_table_row *row, vt_str *text)
{
    uint32_t count = 0;
    const uint32_t *albums = vt_snapshot_albums_of(row->snapshot, row->row, &count);
    join_marks(row->snapshot, albums, count, say_album, text);
}

/* Several names in one field: as they are shown. */
static void write_said(const vt_table_row *row, vt_csv *csv, void (*say)(const vt_table_row *, vt_str *))
{
    vt_str text = VT_STR_INIT;
    say(row, &text);
    vt_csv_bytes(csv, text.data, text.length);
    vt_str_free(&text);
}

void vt_column_write_tags(const vt_table_row *row, vt_csv *csv)
{
    write_said(row, csv, vt_column_say_tags);
}

void vt_column_write_albums(const vt_table_row *row, vt_csv *csv)
{
    write_said(row, csv, vt_column_say_albums);
}

/* The stack made by hand that it is in, and its place there from 0 on. */
static bool stack_of(const vt_table_row *row, vt_index_stack *stack, uint32_t *place)
{
    uint32_t number = vt_snapshot_stack_of(row->snapshot, row->row, place);
    if (number == VT_INDEX_NO_STACK) {
        return false;
    }
    *stack = vt_snapshot_stack(row->snapshot, number);
    *place -= stack->first;
    return true;
}

void vt_column_say_stack(const vt_table_row *row, vt_str *text)
{
    vt_index_stack stack;
    uint32_t place;
    if (!stack_of(row, &stack, &place)) {
        return;
    }
    if (place == 0) {
        vt_tr_append_count(text, "column", "cover of %n", "cover of %n", stack.count);
        return;
    }
    char words[32];
    vt_str of = VT_STR_INIT;
    vt_tr_append_count(&of, "column", "%1 of %n", "%1 of %n", stack.count);
    vt_tr_fill(text, of.failed ? "" : of.data, vt_wording_count(words, sizeof words, (int64_t)place + 1));
    vt_str_free(&of);
}

/* The catalog's number: those of one stack have the same. */
void vt_column_write_stack(const vt_table_row *row, vt_csv *csv)
{
    vt_index_stack stack;
    uint32_t place;
    if (stack_of(row, &stack, &place)) {
        vt_csv_int(csv, stack.id);
    } else {
        vt_csv_empty(csv);
    }
}
