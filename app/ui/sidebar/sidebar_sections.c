#include "app/ui/sidebar/sidebar_sections.h"

#include "app/ui/parts/labels.h"
#include "core/base/translatable.h"
#include "core/catalog/edit.h"
#include "core/catalog/label.h"
#include "core/decode/format.h"
#include "core/index/albums.h"
#include "core/index/filter.h"
#include "core/index/twins.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { RATINGS = 6, MONTHS = 12 };

static void add(vt_sidebar_rows *rows, unsigned depth, const char *title, int64_t count, const char *filter)
{
    if (count > 0) {
        vt_sidebar_rows_add(rows, depth, title, strlen(title), count, filter);
    }
}

/* What the filter takes for this text: in quotes, those within it marked. */
static void append_quoted(vt_str *filter, const char *text, size_t length)
{
    vt_str_append_char(filter, '"');
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '"') {
            vt_str_append_char(filter, '\\');
        }
        vt_str_append_char(filter, text[i]);
    }
    vt_str_append_char(filter, '"');
}

/* ---- kinds, formats, what is missing ---- */

static void fill_kinds(const vt_sidebar_source *source, vt_sidebar_rows *rows)
{
    static const struct {
        vt_kind kind;
        const char *title, *filter;
    } kinds[] = {{VT_KIND_IMAGE, VT_TR_NOOP("sidebar", "Images"), "kind:image"},
                 {VT_KIND_MODEL, VT_TR_NOOP("sidebar", "Models"), "kind:model"},
                 {VT_KIND_SEQUENCE, VT_TR_NOOP("sidebar", "Sequences"), "kind:sequence"},
                 {VT_KIND_UNKNOWN, VT_TR_NOOP("sidebar", "Unknown"), "kind:unknown"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        add(rows, 0, kinds[i].title, vt_tally_of(source->tally, VT_FACET_KIND, kinds[i].kind),
            kinds[i].filter);
    }
}

static void fill_formats(const vt_sidebar_source *source, vt_sidebar_rows *rows)
{
    for (unsigned i = 1; i < VT_FORMAT_COUNT; i++) {
        char filter[32];
        const char *name = vt_format_get((vt_format)i)->name;
        snprintf(filter, sizeof filter, "format:%s", name);
        add(rows, 0, name, vt_tally_of(source->tally, VT_FACET_FORMAT, i), filter);
    }
}

static void fill_missing(const vt_sidebar_source *source, vt_sidebar_rows *rows)
{
    add(rows, 0, VT_TR_NOOP("sidebar", "Missing"),
        vt_tally_of(source->tally, VT_FACET_STATE, VT_ITEM_MISSING), "missing:yes");
    add(rows, 0, VT_TR_NOOP("sidebar", "On a disk that is away"),
        vt_tally_of(source->tally, VT_FACET_STATE, VT_ITEM_OFFLINE), "offline:yes");
}

/* ---- what the user gave: ratings, labels, tags, albums ---- */

static void fill_ratings(const vt_sidebar_source *source, vt_sidebar_rows *rows)
{
    static const char *const titles[RATINGS] = {VT_TR_NOOP("sidebar", "Not rated"),
                                                "\u2605",
                                                "\u2605\u2605",
                                                "\u2605\u2605\u2605",
                                                "\u2605\u2605\u2605\u2605",
                                                "\u2605\u2605\u2605\u2605\u2605"};
    if (vt_tally_items(source->tally) == 0) {
        return;
    }
    for (int i = RATINGS - 1; i >= 0; i--) { /* also those that no item has: the list stands still */
        char filter[16];
        snprintf(filter, sizeof filter, "rating:%d", i);
        vt_sidebar_rows_add(rows, 0, titles[i], strlen(titles[i]),
                            vt_tally_of(source->tally, VT_FACET_RATING, (unsigned)i), filter);
        vt_sidebar_rows_set_id(rows, i);
    }
}

/* Those that can be given here, also if no item has them: the list stands still, and takes what is dropped.
 */
static void fill_labels(const vt_sidebar_source *source, vt_sidebar_rows *rows)
{
    for (int i = 1; i <= VT_LABEL_MAX; i++) {
        char title[32], filter[32];
        const char *name = vt_label_name(i);
        if (name) {
            snprintf(title, sizeof title, "%c%s", toupper((unsigned char)name[0]), name + 1);
        } else {
            snprintf(title, sizeof title, "Label %d", i);
        }
        snprintf(filter, sizeof filter, "label:%d", i);
        int64_t items = vt_tally_of(source->tally, VT_FACET_LABEL, (unsigned)i);
        if (items > 0 || (i <= VT_LABELS && vt_tally_items(source->tally) > 0)) {
            vt_sidebar_rows_add(rows, 0, title, strlen(title), items, filter);
            vt_sidebar_rows_set_id(rows, i);
        }
    }
}

/* Each tag with all below it, also one that no item has: it was made to be given. */
static void fill_tags(const vt_sidebar_source *source, vt_sidebar_rows *rows)
{
    const vt_snapshot *snapshot = vt_tally_snapshot(source->tally);
    const vt_tag_order *order = vt_tally_tags(source->tally);
    vt_str path = VT_STR_INIT;
    vt_str filter = VT_STR_INIT;
    for (uint32_t place = 0; order && place < order->count; place++) {
        vt_index_tag tag;
        vt_snapshot_tag(snapshot, order->tags[place], &tag);
        vt_str_clear(&path);
        vt_str_append_char(&path, '/'); /* from the top */
        vt_snapshot_tag_path(snapshot, order->tags[place], &path);
        vt_str_clear(&filter);
        vt_str_append_cstr(&filter, "tag:");
        append_quoted(&filter, path.data, path.length);
        if (path.failed || filter.failed) {
            rows->failed = true;
            break;
        }
        vt_sidebar_rows_add(rows, order->levels[place], tag.name, tag.name_length,
                            vt_tally_tag_deep(source->tally, order->tags[place]), filter.data);
        vt_sidebar_rows_set_id(rows, tag.id);
    }
    if (order && order->count > 0) {
        add(rows, 0, VT_TR_NOOP("sidebar", "No tag"), vt_tally_untagged(source->tally), "tag:none");
    }
    vt_str_free(&path);
    vt_str_free(&filter);
}

static void add_quoted(vt_sidebar_rows *rows, const char *field, const char *name, size_t length,
                       int64_t count)
{
    vt_str filter = VT_STR_INIT;
    vt_str_append_cstr(&filter, field);
    append_quoted(&filter, name, length);
    if (filter.failed) {
        rows->failed = true;
    } else {
        vt_sidebar_rows_add(rows, 0, name, length, count, filter.data);
    }
    vt_str_free(&filter);
}

static void fill_albums(const vt_sidebar_source *source, vt_sidebar_rows *rows)
{
    uint32_t count = 0;
    const uint32_t *albums = vt_tally_albums(source->tally, &count);
    for (uint32_t i = 0; i < count; i++) {
        vt_index_album album;
        vt_snapshot_album(vt_tally_snapshot(source->tally), albums[i], &album);
        add_quoted(rows, "album:", album.name, album.name_length, vt_tally_album(source->tally, albums[i]));
        vt_sidebar_rows_set_id(rows, album.id);
    }
}

/* ---- what files say: cameras, dates ---- */

static void fill_cameras(const vt_sidebar_source *source, vt_sidebar_rows *rows)
{
    uint32_t count = 0;
    const vt_tally_camera *cameras = vt_tally_cameras(source->tally, &count);
    for (uint32_t i = 0; i < count; i++) {
        add_quoted(rows, "camera:", cameras[i].name, cameras[i].name_length, cameras[i].items);
    }
}

/* The newest first. */
static void fill_dates(const vt_sidebar_source *source, vt_sidebar_rows *rows)
{
    static const char *const names[MONTHS] = {
        VT_TR_NOOP("sidebar", "January"),   VT_TR_NOOP("sidebar", "February"),
        VT_TR_NOOP("sidebar", "March"),     VT_TR_NOOP("sidebar", "April"),
        VT_TR_NOOP("sidebar", "May"),       VT_TR_NOOP("sidebar", "June"),
        VT_TR_NOOP("sidebar", "July"),      VT_TR_NOOP("sidebar", "August"),
        VT_TR_NOOP("sidebar", "September"), VT_TR_NOOP("sidebar", "October"),
        VT_TR_NOOP("sidebar", "November"),  VT_TR_NOOP("sidebar", "December")};
    uint32_t count = 0;
    const vt_tally_date *months = vt_tally_dates(source->tally, VT_TALLY_MONTHS, &count);
    const vt_tally_date *years = vt_tally_dates(source->tally, VT_TALLY_YEARS, &count);
    for (uint32_t i = count; i-- > 0;) {
        char title[16], filter[32];
        snprintf(title, sizeof title, "%d", years[i].year);
        snprintf(filter, sizeof filter, "date:%s", title);
        add(rows, 0, title, years[i].items, filter);
        for (uint32_t k = years[i].end; k-- > years[i].first;) {
            snprintf(filter, sizeof filter, "date:%s-%02d", title, months[k].month);
            add(rows, 1, names[months[k].month - 1], months[k].items, filter);
        }
    }
}

/* ---- duplicates ---- */

static void add_twins(const vt_sidebar_source *source, vt_sidebar_rows *rows, vt_twin_kind kind,
                      const char *title, const char *filter)
{
    vt_twins_info info;
    vt_snapshot_twins(vt_tally_snapshot(source->tally), kind, &info);
    vt_sidebar_rows_add(rows, 0, title, strlen(title), info.searched ? (int64_t)info.members : -1, filter);
}

/* Not in an empty library, where there is nothing to be compared. */
static void fill_twins(const vt_sidebar_source *source, vt_sidebar_rows *rows)
{
    vt_twins_info same;
    if (vt_tally_items(source->tally) == 0) {
        return;
    }
    vt_snapshot_twins(vt_tally_snapshot(source->tally), VT_TWIN_SAME, &same);
    add_twins(source, rows, VT_TWIN_SAME, VT_TR_NOOP("duplicates", "Same content"), "duplicate:same");
    add_twins(source, rows, VT_TWIN_ALIKE, VT_TR_NOOP("duplicates", "Look alike"), "duplicate:alike");
    const char *title = same.searched ? VT_TR_NOOP("duplicates", "Search again")
                                      : VT_TR_NOOP("duplicates", "Find duplicates");
    vt_sidebar_rows_add(rows, 0, title, strlen(title), same.searched ? (int64_t)same.younger : 0, "");
}

/* ---- saved filters ---- */

/* -1 for one that cannot be understood any more, or when it was cancelled. */
static int64_t count_matches(const vt_sidebar_source *source, const char *text)
{
    vt_filter *filter = vt_filter_compile(text, strlen(text), NULL, NULL);
    uint32_t *rows = NULL;
    uint32_t count = 0;
    bool counted = filter && vt_filter_run(filter, vt_tally_snapshot(source->tally), source->cancelled, &rows,
                                           &count, NULL);
    free(rows);
    vt_filter_free(filter);
    return counted ? (int64_t)count : -1;
}

static void fill_saved(const vt_sidebar_source *source, vt_sidebar_rows *rows)
{
    for (size_t i = 0; i < source->saved->count; i++) {
        const vt_saved_filter *saved = &source->saved->list[i];
        vt_sidebar_rows_add(rows, 0, saved->name, strlen(saved->name), count_matches(source, saved->text),
                            saved->text);
    }
}

/* ---- the table ---- */

static const vt_sidebar_section_info sections[VT_SIDEBAR_SECTION_COUNT] = {
    [VT_SIDEBAR_SAVED] = {"saved", VT_TR_NOOP("sidebar", "Saved filters"), fill_saved, true, false},
    [VT_SIDEBAR_TAGS] = {"tags", VT_TR_NOOP("sidebar", "Tags"), fill_tags, true, false},
    [VT_SIDEBAR_ALBUMS] = {"albums", VT_TR_NOOP("sidebar", "Albums"), fill_albums, true, false},
    [VT_SIDEBAR_KINDS] = {"kinds", VT_TR_NOOP("sidebar", "Kinds"), fill_kinds, true, true},
    [VT_SIDEBAR_FORMATS] = {"formats", VT_TR_NOOP("sidebar", "Formats"), fill_formats, false, false},
    [VT_SIDEBAR_RATINGS] = {"ratings", VT_TR_NOOP("sidebar", "Ratings"), fill_ratings, true, true},
    [VT_SIDEBAR_LABELS] = {"labels", VT_TR_NOOP("sidebar", "Labels"), fill_labels, true, true},
    [VT_SIDEBAR_DATES] = {"dates", VT_TR_NOOP("sidebar", "Dates"), fill_dates, false, true},
    [VT_SIDEBAR_CAMERAS] = {"cameras", VT_TR_NOOP("sidebar", "Cameras"), fill_cameras, false, false},
    [VT_SIDEBAR_MISSING] = {"missing", VT_TR_NOOP("sidebar", "Missing"), fill_missing, true, true},
    [VT_SIDEBAR_TWINS] = {"duplicates", VT_TR_NOOP("sidebar", "Duplicates"), fill_twins, true, false},
};

const vt_sidebar_section_info *vt_sidebar_section_get(vt_sidebar_section section)
{
    return &sections[section];
}

static size_t run_of(const vt_sidebar_section *of, size_t at, size_t count)
{
    size_t end = at;
    while (end < count && of[end] == of[at]) {
        end++;
    }
    return end - at;
}

static bool is_or(const char *text, size_t at)
{
    bool begins = at == 0 || text[at - 1] == ' ' || text[at - 1] == ')';
    return begins && strncasecmp(text + at, "or", 2) == 0 &&
           (text[at + 2] == ' ' || text[at + 2] == '(' || !text[at + 2]);
}

/* Whether it falls apart when something stands beside it, for "or" binds less. */
static bool has_or(const char *text)
{
    int depth = 0;
    bool quoted = false;
    for (size_t at = 0; text[at]; at++) {
        if (text[at] == '\\' && quoted && text[at + 1] == '"') {
            at++;
        } else if (text[at] == '"') {
            quoted = !quoted;
        } else if (!quoted && (text[at] == '(' || text[at] == ')')) {
            depth += text[at] == '(' ? 1 : -1;
        } else if (!quoted && depth == 0 && is_or(text, at)) {
            return true;
        }
    }
    return false;
}

void vt_sidebar_append_typed(const char *typed, vt_str *text)
{
    bool brackets = has_or(typed);
    vt_str_append_cstr(text, brackets ? "(" : "");
    vt_str_append_cstr(text, typed);
    vt_str_append_cstr(text, brackets ? ")" : "");
}

void vt_sidebar_combine(const vt_sidebar_section *of, const char *const *filters, size_t count, vt_str *text)
{
    for (size_t at = 0; at < count;) {
        size_t run = run_of(of, at, count);
        vt_str_append_cstr(text, at > 0 ? " " : "");
        vt_str_append_cstr(text, run > 1 ? "(" : "");
        for (size_t i = 0; i < run; i++) {
            vt_str_append_cstr(text, i > 0 ? " or " : "");
            vt_sidebar_append_typed(filters[at + i], text); /* one that was saved may hold anything */
        }
        vt_str_append_cstr(text, run > 1 ? ")" : "");
        at += run;
    }
}

bool vt_sidebar_section_is_renamed(vt_sidebar_section section)
{
    return section == VT_SIDEBAR_ALBUMS || section == VT_SIDEBAR_TAGS;
}
