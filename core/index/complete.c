#include "core/index/complete.h"

#include "core/base/str.h"
#include "core/catalog/edit.h"
#include "core/catalog/label.h"
#include "core/index/albums_private.h"
#include "core/index/filter_private.h"
#include "core/index/fold.h"
#include "core/index/search.h"
#include "core/index/tags_private.h"

#include <stdlib.h>
#include <string.h>

/* What may stand there, before it is worded. Smaller ranks come first. */
typedef struct candidate {
    vt_completion_kind kind;
    uint8_t rank;     /* 0 for a key or fixed value, 1: begins so, 2: a later word does, 3: "none" */
    uint32_t items;   /* 0 without a tally */
    bool counted;     /* `items` is a count, and not what a tally does not know yet */
    uint32_t length;  /* of the name */
    uint32_t number;  /* of a tag, album, camera or folder */
    const char *name; /* of a key or fixed value */
} candidate;

typedef struct completing {
    const vt_snapshot *snapshot;
    const vt_tally *tally; /* NULL: there is none */
    vt_span text;
    size_t start, end;     /* what is replaced */
    vt_span key;           /* as written, with its comparison; of a value */
    const vt_field *field; /* NULL: a key or a word is typed */
    char *typed;           /* folded; owned */
    size_t typed_length;
    candidate best[VT_COMPLETIONS_MAX]; /* in order */
    unsigned count;
} completing;

/* ---- where the cursor is ---- */

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Where the word around the cursor starts. Quotes that opened before it take blanks along. */
static size_t start_of_word(vt_span text, size_t cursor)
{
    size_t start = 0;
    bool quoted = false;
    for (size_t at = 0; at < cursor; at++) {
        char c = text.bytes[at];
        if (c == '\\' && quoted && at + 1 < cursor && text.bytes[at + 1] == '"') {
            at++;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && (is_blank(c) || c == '(' || c == ')' || (c == '-' && at == start))) {
            start = at + 1;
        }
    }
    return start;
}

/* Where it ends: behind the closing quote, or before a blank or parenthesis. */
static size_t end_of_word(vt_span text, size_t start)
{
    bool quoted = false;
    size_t at = start;
    for (; at < text.length; at++) {
        char c = text.bytes[at];
        if (c == '\\' && quoted && at + 1 < text.length && text.bytes[at + 1] == '"') {
            at++;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && (is_blank(c) || c == '(' || c == ')')) {
            break;
        }
    }
    return at;
}

/* The key and comparison at the start of the word, if the cursor is behind them. */
static void find_key(completing *of, size_t cursor)
{
    const char *bytes = of->text.bytes;
    size_t at = of->start;
    while (at < cursor &&
           ((bytes[at] >= 'a' && bytes[at] <= 'z') || (bytes[at] >= 'A' && bytes[at] <= 'Z'))) {
        at++;
    }
    vt_span name = {bytes + of->start, at - of->start};
    size_t compare = at;
    compare += compare < cursor && bytes[compare] == '!';
    if (compare < cursor && (bytes[compare] == ':' || bytes[compare] == '=')) {
        of->field = vt_field_find(name);
        of->key = (vt_span){name.bytes, compare + 1 - of->start};
        of->start = compare + 1;
    }
}

/* What was typed of the word, without its quote, folded. */
static bool take_typed(completing *of, size_t cursor)
{
    size_t at = of->start;
    at += at < cursor && of->text.bytes[at] == '"';
    of->typed = malloc(cursor - at + 1);
    for (; of->typed && at < cursor; at++) {
        char c = of->text.bytes[at];
        if (c == '\\' && at + 1 < cursor && of->text.bytes[at + 1] == '"') {
            c = of->text.bytes[++at];
        }
        of->typed[of->typed_length++] = c;
    }
    if (of->typed) {
        vt_fold(of->typed, of->typed, of->typed_length);
    }
    return of->typed != NULL;
}

/* ---- candidates ---- */

/* Whether `a` comes before `b`. */
static bool is_better(const candidate *a, const candidate *b)
{
    if (a->rank != b->rank) {
        return a->rank < b->rank;
    }
    if (a->items != b->items) {
        return a->items > b->items;
    }
    return a->length < b->length;
}

/* Keeps the best of all. */
static void offer(completing *of, candidate offered)
{
    unsigned at = of->count;
    while (at > 0 && is_better(&offered, &of->best[at - 1])) {
        at--;
    }
    if (at == VT_COMPLETIONS_MAX) {
        return;
    }
    unsigned last = of->count < VT_COMPLETIONS_MAX ? of->count++ : VT_COMPLETIONS_MAX - 1;
    memmove(&of->best[at + 1], &of->best[at], (last - at) * sizeof *of->best);
    of->best[at] = offered;
}

static bool begins_word(const char *folded, size_t at)
{
    unsigned char before = (unsigned char)folded[at - 1];
    bool letter = (before >= 'a' && before <= 'z') || (before >= '0' && before <= '9') || before >= 0x80;
    return !letter;
}

/* 1 if a folded name begins with what was typed, 2 if a later word of it does, 0 if none. */
static uint8_t rank_of(const completing *of, const char *folded, size_t length)
{
    if (length < of->typed_length) {
        return 0;
    }
    if (memcmp(folded, of->typed, of->typed_length) == 0) {
        return 1;
    }
    for (size_t at = 1; at + of->typed_length <= length; at++) {
        const char *found = vt_search(folded + at, length - at, of->typed, of->typed_length);
        if (!found) {
            return 0;
        }
        at = (size_t)(found - folded);
        if (begins_word(folded, at)) {
            return 2;
        }
    }
    return 0;
}

static void offer_name(completing *of, vt_completion_kind kind, uint8_t rank, const char *name)
{
    size_t length = strlen(name);
    bool begins = length >= of->typed_length && memcmp(name, of->typed, of->typed_length) == 0;
    if (begins) {
        offer(of, (candidate){.kind = kind, .rank = rank, .name = name}); /* as they stand in their table */
    }
}

/* How many there are, by a tally that may be of an older snapshot than this one. Of what came since then it
   knows nothing: its 0 is no count. */
static bool count_items(const completing *of, vt_completion_kind kind, uint32_t number, uint32_t *items)
{
    const vt_snapshot *counted = of->tally ? vt_tally_snapshot(of->tally) : NULL;
    *items = 0;
    if (!counted) {
        return false;
    }
    if (kind == VT_COMPLETION_TAG && number < vt_snapshot_tag_count(counted)) {
        *items = vt_tally_tag_deep(of->tally, number);
    } else if (kind == VT_COMPLETION_ALBUM && number < vt_snapshot_album_count(counted)) {
        *items = vt_tally_album(of->tally, number);
    } else if (kind == VT_COMPLETION_FOLDER && number < counted->folder_count) {
        *items = vt_tally_folder_deep(of->tally, number);
    } else if (kind == VT_COMPLETION_CAMERA) {
        return false;
    }
    return *items > 0 || counted == of->snapshot;
}

static void offer_number(completing *of, vt_completion_kind kind, uint32_t number, const char *folded,
                         size_t length)
{
    uint8_t rank = rank_of(of, folded, length);
    if (rank) {
        uint32_t items = 0;
        bool counted = count_items(of, kind, number, &items);
        offer(of, (candidate){.kind = kind,
                              .rank = rank,
                              .items = items,
                              .counted = counted,
                              .length = (uint32_t)length,
                              .number = number});
    }
}

/* With a slash, the whole path is looked at; one at the start is that of a choice made before. */
static void offer_tags(completing *of)
{
    uint32_t count = vt_snapshot_tag_count(of->snapshot);
    bool whole = of->typed_length && memchr(of->typed, '/', of->typed_length);
    if (whole && of->typed[0] == '/') {
        memmove(of->typed, of->typed + 1, --of->typed_length);
    }
    vt_str path = VT_STR_INIT;
    for (uint32_t tag = 0; tag < count; tag++) {
        const vt_tag_row *row = vt_tag_table_at(of->snapshot->tags, tag);
        if (row->removed) {
            continue;
        }
        if (!whole) {
            offer_number(of, VT_COMPLETION_TAG, tag, vt_name_folded(row->name), row->length);
            continue;
        }
        vt_str_clear(&path);
        vt_snapshot_tag_path(of->snapshot, tag, &path);
        if (!path.failed) {
            vt_fold(path.data, path.data, path.length);
            offer_number(of, VT_COMPLETION_TAG, tag, path.data, path.length);
        }
    }
    vt_str_free(&path);
}

static void offer_albums(completing *of)
{
    for (uint32_t i = 0; i < vt_snapshot_album_count(of->snapshot); i++) {
        const vt_album_row *row = &of->snapshot->albums->rows[i];
        if (!row->removed) {
            offer_number(of, VT_COMPLETION_ALBUM, i, vt_name_folded(row->name), row->length);
        }
    }
}

static void offer_cameras(completing *of)
{
    for (uint32_t i = 1; i < of->snapshot->camera_count; i++) {
        uint32_t length = 0;
        const char *name = vt_vocabulary_text(&of->snapshot->tables->cameras, i, &length);
        offer_number(of, VT_COMPLETION_CAMERA, i, vt_name_folded(name), length);
    }
}

static void offer_table(completing *of)
{
    if (of->field->column == VT_COLUMN_TAG) {
        offer_tags(of);
    } else if (of->field->column == VT_COLUMN_ALBUM) {
        offer_albums(of);
    } else if (of->field->column == VT_COLUMN_CAMERA) {
        offer_cameras(of);
    }
    offer_name(of, VT_COMPLETION_VALUE, 3, "none");
}

static void offer_folders(completing *of)
{
    for (uint32_t i = 0; i < of->snapshot->folder_count; i++) {
        const vt_folder *folder = vt_folders_at(of->snapshot->folders, i);
        if (vt_utf8_valid(folder->path, folder->length)) { /* others cannot stand in a filter */
            offer_number(of, VT_COMPLETION_FOLDER, i, folder->folded, folder->folded_length);
        }
    }
}

static void offer_values(completing *of)
{
    switch (of->field->type) {
    case VT_FIELD_CHOICE:
    case VT_FIELD_TWINS:
        for (const vt_choice *choice = of->field->choices; choice->name; choice++) {
            offer_name(of, VT_COMPLETION_VALUE, 0, choice->name);
        }
        break;
    case VT_FIELD_LABEL:
        for (int label = 0; label <= VT_LABEL_MAX; label++) {
            if (vt_label_name(label)) {
                offer_name(of, VT_COMPLETION_VALUE, 0, vt_label_name(label));
            }
        }
        break;
    case VT_FIELD_TABLE:
        offer_table(of);
        break;
    case VT_FIELD_TEXT:
        if (of->field->in_folder) {
            offer_folders(of);
        }
        break;
    default:
        break;
    }
}

/* ---- wording ---- */

static bool needs_quotes(const char *value, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (is_blank(value[i]) || strchr("()\"", value[i])) {
            return true;
        }
    }
    return (length == 4 && memcmp(value, "none", 4) == 0) || length == 0;
}

/* `plain`: "none" is the word of the language, not a name. */
static void append_value(vt_str *text, const char *value, size_t length, bool plain)
{
    if (plain || !needs_quotes(value, length)) {
        vt_str_append(text, value, length);
        return;
    }
    vt_str_append_char(text, '"');
    for (size_t i = 0; i < length; i++) {
        vt_str_append(text, "\\", value[i] == '"');
        vt_str_append_char(text, value[i]);
    }
    vt_str_append_char(text, '"');
}

static void append_name(const completing *of, const candidate *chosen, vt_str *name)
{
    const vt_snapshot *snapshot = of->snapshot;
    uint32_t length = 0;
    const char *bytes = chosen->name;
    switch (chosen->kind) {
    case VT_COMPLETION_TAG:
        vt_snapshot_tag_path(snapshot, chosen->number, name);
        return;
    case VT_COMPLETION_ALBUM:
        bytes = snapshot->albums->rows[chosen->number].name;
        length = snapshot->albums->rows[chosen->number].length;
        break;
    case VT_COMPLETION_CAMERA:
        bytes = vt_vocabulary_text(&snapshot->tables->cameras, chosen->number, &length);
        break;
    case VT_COMPLETION_FOLDER:
        bytes = vt_folders_at(snapshot->folders, chosen->number)->path;
        length = vt_folders_at(snapshot->folders, chosen->number)->length;
        break;
    default:
        length = (uint32_t)strlen(bytes);
        break;
    }
    vt_str_append(name, bytes, length);
}

/* What stands before a name that was found without one. */
static const char *key_of(vt_completion_kind kind)
{
    return kind == VT_COMPLETION_TAG      ? "tag:"
           : kind == VT_COMPLETION_ALBUM  ? "album:"
           : kind == VT_COMPLETION_CAMERA ? "camera:"
                                          : "";
}

/* A tag is named from the top, so that it is the one that was chosen. False when memory runs out. */
static bool word(const completing *of, const candidate *chosen, vt_completion *completion)
{
    vt_str name = VT_STR_INIT;
    vt_str label = VT_STR_INIT;
    vt_str text = VT_STR_INIT;
    bool key = chosen->kind == VT_COMPLETION_KEY;
    append_name(of, chosen, &name);
    vt_str_append_display(&label, name.data, name.length);
    vt_str_append_cstr(&label, key ? ":" : "");
    vt_str_append(&text, of->text.bytes, of->start);
    vt_str_append_cstr(&text, of->field ? "" : key_of(chosen->kind));
    if (chosen->kind == VT_COMPLETION_TAG) {
        vt_str path = VT_STR_INIT;
        vt_str_append_char(&path, '/');
        vt_str_append(&path, name.data, name.length);
        append_value(&text, path.data, path.length, false);
        text.failed = text.failed || path.failed;
        vt_str_free(&path);
    } else {
        append_value(&text, name.data, name.length, key || chosen->kind == VT_COMPLETION_VALUE);
    }
    vt_str_append_cstr(&text, key ? ":" : "");
    completion->cursor = text.length;
    vt_str_append(&text, of->text.bytes + of->end, of->text.length - of->end);
    bool failed = name.failed || label.failed || text.failed;
    vt_str_free(&name);
    completion->kind = chosen->kind;
    completion->items = chosen->items;
    completion->counted = chosen->counted;
    completion->label = vt_str_take(&label);
    completion->text = vt_str_take(&text);
    return !failed && completion->label && completion->text;
}

/* Behind the key that the cursor is in, and its colon if it has one: a value that follows stays. */
static size_t end_of_key(vt_span text, size_t at)
{
    while (at < text.length && ((text.bytes[at] >= 'a' && text.bytes[at] <= 'z') ||
                                (text.bytes[at] >= 'A' && text.bytes[at] <= 'Z'))) {
        at++;
    }
    return at + (at < text.length && text.bytes[at] == ':');
}

/* Within quotes a backslash before the closing one would be taken for its escape: such a name cannot be
   written. */
static bool can_be_written(const completing *of, const candidate *chosen)
{
    vt_str name = VT_STR_INIT;
    append_name(of, chosen, &name);
    bool can =
        name.length == 0 || name.data[name.length - 1] != '\\' || !needs_quotes(name.data, name.length);
    vt_str_free(&name);
    return can;
}

void vt_completions_clear(vt_completions *completions)
{
    for (unsigned i = 0; i < completions->count; i++) {
        free(completions->items[i].label);
        free(completions->items[i].text);
    }
    *completions = (vt_completions){0};
}

/* Of a word without a key. Within a word, only keys: what stands behind the cursor may be another one's
 * value.
 */
static void offer_keys_and_names(completing *of, size_t cursor)
{
    enum { NAMES_FROM = 2 };
    bool whole = of->end == cursor;
    of->end = end_of_key(of->text, cursor);
    for (const vt_field *field = vt_filter_fields; field->name; field++) {
        offer_name(of, VT_COMPLETION_KEY, 0, field->name);
    }
    if (whole && of->typed_length >= NAMES_FROM) {
        offer_albums(of);
        offer_cameras(of);
        offer_tags(of); /* the last: it may shorten what was typed */
    }
}

bool vt_complete(const vt_snapshot *snapshot, const vt_tally *tally, const char *text, size_t length,
                 size_t cursor, vt_completions *completions, vt_error *error)
{
    *completions = (vt_completions){0};
    if (length > VT_FILTER_LENGTH_MAX || cursor > length) {
        return true;
    }
    completing of = {.snapshot = snapshot, .tally = tally, .text = {text, length}};
    of.start = start_of_word(of.text, cursor);
    of.end = end_of_word(of.text, of.start);
    of.end = of.end < cursor ? cursor : of.end;
    find_key(&of, cursor);
    bool done = take_typed(&of, cursor);
    if (done && of.field) {
        offer_values(&of);
    } else if (done && of.key.length == 0 && of.typed_length > 0) {
        offer_keys_and_names(&of, cursor);
    }
    for (unsigned i = 0; done && i < of.count; i++) {
        done = !can_be_written(&of, &of.best[i]) ||
               word(&of, &of.best[i], &completions->items[completions->count++]);
    }
    free(of.typed);
    completions->start = of.start;
    completions->end = of.end;
    if (!done) {
        vt_completions_clear(completions);
        return vt_error_set(error, VT_ERROR_MEMORY, "no memory to complete the filter");
    }
    return true;
}
