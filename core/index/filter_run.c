/*
 * Evaluation, chunk by chunk: 4096 rows are 64 words of bits. Each node is given the rows that still matter
 * and keeps those of them that match; what an `and` has excluded costs the nodes after it nothing.
 */
#include "core/index/buffer.h"
#include "core/index/chunk.h"
#include "core/index/filter_private.h"
#include "core/index/search.h"

#include <stdlib.h>
#include <string.h>

/* Below this many rows each name is searched by itself, not the names of the whole chunk. */
enum { FEW_ROWS = 256 };

/* What a text means for a folder. */
enum { FOLDER_HOLDS = 1, FOLDER_ENDS = 2 }; /* its path contains the text; ends with the text's head */

typedef struct vt_run {
    const vt_filter *filter;
    const vt_snapshot *snapshot;
    uint8_t
        *folders[VT_FILTER_NODES_MAX]; /* of a text node: a byte for each folder; NULL if all would be 0 */
    /* Bits by number, NULL if all would be 0: of a text node, of tag sets and titles; of a table node, of
       what its column numbers. */
    uint64_t *tags[VT_FILTER_NODES_MAX];
    uint64_t *titles[VT_FILTER_NODES_MAX];
    uint64_t *tables[VT_FILTER_NODES_MAX];
} vt_run;

typedef struct vt_rows {
    const vt_chunk *chunk;
    const vt_file_block *file; /* NULL as in a snapshot */
    const vt_user_block *user;
    uint32_t first; /* its number in the index */
    uint32_t count;
} vt_rows;

static uint32_t count_bits(const vt_bits bits)
{
    uint32_t count = 0;
    for (int i = 0; i < VT_FILTER_WORDS; i++) {
        count += (uint32_t)__builtin_popcountll(bits[i]);
    }
    return count;
}

/* Keeps the rows for which `condition`, an expression of the row `at`, is true. */
#define KEEP_ROWS(bits, rows, condition)                                                                     \
    for (uint32_t word_ = 0; word_ < VT_FILTER_WORDS; word_++) {                                             \
        if ((bits)[word_]) {                                                                                 \
            uint32_t end_ = word_ * 64 + 64 < (rows)->count ? word_ * 64 + 64 : (rows)->count;               \
            uint64_t kept_ = 0;                                                                              \
            for (uint32_t at = word_ * 64; at < end_; at++) {                                                \
                kept_ |= (uint64_t)(condition) << (at & 63);                                                 \
            }                                                                                                \
            (bits)[word_] &= kept_;                                                                          \
        }                                                                                                    \
    }

static void keep_set(const vt_node *node, const vt_rows *rows, vt_bits bits)
{
    const vt_chunk *chunk = rows->chunk;
    if (node->column == VT_COLUMN_LABEL && !rows->user) { /* no row has one */
        if (!(node->set & 1)) {
            memset(bits, 0, sizeof(vt_bits));
        }
        return;
    }
    const uint8_t *column = node->column == VT_COLUMN_KIND     ? chunk->kind
                            : node->column == VT_COLUMN_LABEL  ? rows->user->label
                            : node->column == VT_COLUMN_FORMAT ? chunk->format
                            : node->column == VT_COLUMN_STATE  ? chunk->state
                                                               : chunk->watertight;
    uint64_t set = node->set;
    KEEP_ROWS(bits, rows, column[at] < 64 && (set >> (column[at] & 63) & 1));
    if (node->column == VT_COLUMN_WATERTIGHT) {
        KEEP_ROWS(bits, rows, chunk->kind[at] == VT_KIND_MODEL);
    }
}

static int64_t pixels_of(const vt_chunk *chunk, uint32_t at)
{
    uint64_t pixels = (uint64_t)chunk->width[at] * chunk->height[at];
    return pixels > INT64_MAX ? INT64_MAX : (int64_t)pixels;
}

/* `exists` and `value` are expressions of the row `at`. Unsigned, so that one comparison tests both ends. */
#define KEEP_NUMBERS(exists, value)                                                                          \
    KEEP_ROWS(bits, rows, (exists) && ((uint64_t)(value)-low <= width) != unequal)

static bool is_within(vt_interval interval, int64_t value)
{
    return value >= interval.low && value <= interval.high;
}

/* Dates of which some are what a camera showed; `unequal` is not asked of what is not known. */
static void keep_taken(const vt_node *node, const vt_rows *rows, vt_bits bits)
{
    const vt_file_block *file = rows->file;
    if (node->column == VT_COLUMN_DATE) {
        const int64_t *modified = rows->chunk->mtime;
        KEEP_ROWS(bits, rows,
                  (file->taken[at] != VT_TAKEN_UNKNOWN
                       ? is_within(node->clock, file->taken[at])
                       : is_within(node->interval, modified[at])) != node->unequal);
    } else if (node->none) {
        KEEP_ROWS(bits, rows, (!file || file->taken[at] == VT_TAKEN_UNKNOWN) != node->unequal);
    } else if (file) {
        KEEP_ROWS(bits, rows,
                  file->taken[at] != VT_TAKEN_UNKNOWN &&
                      is_within(node->interval, file->taken[at]) != node->unequal);
    } else {
        memset(bits, 0, sizeof(vt_bits));
    }
}

static void keep_number(const vt_node *node, const vt_rows *rows, vt_bits bits)
{
    if (node->column == VT_COLUMN_TAKEN || (node->column == VT_COLUMN_DATE && rows->file)) {
        keep_taken(node, rows, bits);
        return;
    }
    const vt_chunk *chunk = rows->chunk;
    bool unequal = node->unequal;
    uint64_t low = (uint64_t)node->interval.low;
    uint64_t width = (uint64_t)node->interval.high - low;
    if (node->interval.low > node->interval.high) {
        memset(bits, 0, sizeof(vt_bits)); /* greater than the greatest */
        return;
    }
    switch (node->column) {
    case VT_COLUMN_ID:
        KEEP_NUMBERS(true, chunk->id[at]);
        break;
    case VT_COLUMN_SIZE:
        KEEP_NUMBERS(true, chunk->size[at]);
        break;
    case VT_COLUMN_DATE:
    case VT_COLUMN_MODIFIED:
        KEEP_NUMBERS(true, chunk->mtime[at]);
        break;
    case VT_COLUMN_WIDTH:
        KEEP_NUMBERS(chunk->width[at] != 0, chunk->width[at]);
        break;
    case VT_COLUMN_HEIGHT:
        KEEP_NUMBERS(chunk->height[at] != 0, chunk->height[at]);
        break;
    case VT_COLUMN_PIXELS:
        KEEP_NUMBERS(chunk->width[at] != 0 && chunk->height[at] != 0, pixels_of(chunk, at));
        break;
    case VT_COLUMN_TRIANGLES:
        KEEP_NUMBERS(chunk->triangles[at] != 0 && chunk->kind[at] != VT_KIND_SEQUENCE, chunk->triangles[at]);
        break;
    case VT_COLUMN_FRAMES:
        KEEP_NUMBERS(chunk->triangles[at] != 0 && chunk->kind[at] == VT_KIND_SEQUENCE, chunk->triangles[at]);
        break;
    default:
        KEEP_NUMBERS(true, chunk->rating[at]);
        break;
    }
}

/* Keeps rows whose number of a table has its bit. Without a block all rows have number 0. */
static void keep_numbered(const uint64_t *accepted, const uint32_t *column, const vt_rows *rows, vt_bits bits)
{
    if (column) {
        KEEP_ROWS(bits, rows, vt_has_bit(accepted, column[at]));
    } else if (!vt_has_bit(accepted, 0)) {
        memset(bits, 0, sizeof(vt_bits));
    }
}

/* The user's title stands before the file's. */
static void keep_titles(const uint64_t *accepted, const vt_rows *rows, vt_bits bits)
{
    const uint32_t *own = rows->user ? rows->user->title : NULL;
    const uint32_t *of_file = rows->file ? rows->file->title : NULL;
    if (own && of_file) {
        KEEP_ROWS(bits, rows, vt_has_bit(accepted, own[at] ? own[at] : of_file[at]));
    } else {
        keep_numbered(accepted, own ? own : of_file, rows, bits);
    }
}

static void keep_table(const vt_node *node, const uint64_t *accepted, const vt_rows *rows, vt_bits bits)
{
    switch (node->column) {
    case VT_COLUMN_TWINS:
    case VT_COLUMN_STACK:
        for (int i = 0; i < VT_FILTER_WORDS; i++) {
            bits[i] &= accepted[rows->first / 64 + (uint32_t)i];
        }
        break;
    case VT_COLUMN_TITLE:
        keep_titles(accepted, rows, bits);
        break;
    case VT_COLUMN_CAMERA:
        keep_numbered(accepted, rows->file ? rows->file->camera : NULL, rows, bits);
        break;
    case VT_COLUMN_ALBUM:
        keep_numbered(accepted, rows->user ? rows->user->albums : NULL, rows, bits);
        break;
    default:
        keep_numbered(accepted, rows->user ? rows->user->tags : NULL, rows, bits);
        break;
    }
}

/* "a.tar.gz" has the extensions "gz" and "tar.gz"; ".profile" and "a" have none, which is "". */
static bool has_extension(const char *name, size_t length, vt_span extension)
{
    if (extension.length == 0) {
        const char *dot = memrchr(name, '.', length);
        return !dot || dot == name || dot + 1 == name + length;
    }
    if (length < extension.length + 2) {
        return false;
    }
    const char *at = name + length - extension.length;
    return at[-1] == '.' && memcmp(at, extension.bytes, extension.length) == 0;
}

static void keep_extension(const vt_node *node, const vt_rows *rows, vt_bits bits)
{
    const vt_chunk *chunk = rows->chunk;
    KEEP_ROWS(bits, rows,
              has_extension(vt_name_folded(chunk->name[at]), chunk->name_length[at], node->text) !=
                  node->unequal);
}

static void find_in_some_names(vt_span text, const vt_rows *rows, const vt_bits wanted, vt_bits found)
{
    const vt_chunk *chunk = rows->chunk;
    for (uint32_t word = 0; word < VT_FILTER_WORDS; word++) {
        for (uint64_t left = wanted[word]; left; left &= left - 1) {
            uint32_t at = word * 64 + (uint32_t)__builtin_ctzll(left);
            if (vt_search(vt_name_folded(chunk->name[at]), chunk->name_length[at], text.bytes, text.length)) {
                vt_set_bit(found, at);
            }
        }
    }
}

/* The folder's path holds the text, or ends where the name goes on: "cars/red" finds /cars/red.jpg. */
static bool is_in_folder(const vt_node *node, const uint8_t *folders, const vt_chunk *chunk, uint32_t at)
{
    uint8_t folder = folders[chunk->folder[at]];
    if (!(folder & FOLDER_ENDS)) {
        return folder & FOLDER_HOLDS;
    }
    size_t length = node->text.length - node->tail;
    return (folder & FOLDER_HOLDS) ||
           (chunk->name_length[at] >= length &&
            memcmp(vt_name_folded(chunk->name[at]), node->text.bytes + node->tail, length) == 0);
}

static void add_bits(vt_bits bits, const vt_bits more)
{
    for (int i = 0; i < VT_FILTER_WORDS; i++) {
        bits[i] |= more[i];
    }
}

static void keep_text(const vt_run *run, uint16_t number, const vt_rows *rows, vt_bits bits)
{
    const vt_node *node = &run->filter->nodes[number];
    vt_bits found = {0};
    if (node->text.length == 0) {
        memset(found, 0xFF, sizeof found);
    } else if (node->in_name && count_bits(bits) >= FEW_ROWS && !rows->chunk->scattered) {
        const vt_name_list list = {rows->chunk->name, rows->chunk->name_length, rows->count};
        vt_find_in_names(node->text, &list, found);
    } else if (node->in_name) {
        find_in_some_names(node->text, rows, bits, found);
    }
    vt_bits also;
    const uint8_t *folders = run->folders[number];
    if (folders) {
        memcpy(also, bits, sizeof also);
        KEEP_ROWS(also, rows, is_in_folder(node, folders, rows->chunk, at));
        add_bits(found, also);
    }
    if (run->tags[number] && rows->user) {
        memcpy(also, bits, sizeof also);
        keep_numbered(run->tags[number], rows->user->tags, rows, also);
        add_bits(found, also);
    }
    if (run->titles[number] && (rows->user || rows->file)) {
        memcpy(also, bits, sizeof also);
        keep_titles(run->titles[number], rows, also);
        add_bits(found, also);
    }
    for (int i = 0; i < VT_FILTER_WORDS; i++) {
        bits[i] &= node->unequal ? ~found[i] : found[i];
    }
}

static bool any_bit(const vt_bits bits)
{
    for (int i = 0; i < VT_FILTER_WORDS; i++) {
        if (bits[i]) {
            return true;
        }
    }
    return false;
}

static void keep_matching(const vt_run *run, uint16_t number, const vt_rows *rows, vt_bits bits);

static void keep_all_of(const vt_run *run, const vt_node *node, const vt_rows *rows, vt_bits bits)
{
    for (uint16_t child = node->child; child != VT_NO_NODE && any_bit(bits);
         child = run->filter->nodes[child].next) {
        keep_matching(run, child, rows, bits);
    }
}

static void keep_any_of(const vt_run *run, const vt_node *node, const vt_rows *rows, vt_bits bits)
{
    vt_bits left; /* rows that no child matched so far */
    memcpy(left, bits, sizeof left);
    for (uint16_t child = node->child; child != VT_NO_NODE && any_bit(left);
         child = run->filter->nodes[child].next) {
        vt_bits matched;
        memcpy(matched, left, sizeof matched);
        keep_matching(run, child, rows, matched);
        for (int i = 0; i < VT_FILTER_WORDS; i++) {
            left[i] &= ~matched[i];
        }
    }
    for (int i = 0; i < VT_FILTER_WORDS; i++) {
        bits[i] &= ~left[i];
    }
}

static void keep_matching(const vt_run *run, uint16_t number, const vt_rows *rows, vt_bits bits)
{
    const vt_node *node = &run->filter->nodes[number];
    vt_bits before;
    if (node->negated) {
        memcpy(before, bits, sizeof before);
    }
    switch (node->kind) {
    case VT_NODE_SET:
        keep_set(node, rows, bits);
        break;
    case VT_NODE_NUMBER:
        keep_number(node, rows, bits);
        break;
    case VT_NODE_TABLE:
        keep_table(node, run->tables[number], rows, bits);
        break;
    case VT_NODE_EXTENSION:
        keep_extension(node, rows, bits);
        break;
    case VT_NODE_TEXT:
        keep_text(run, number, rows, bits);
        break;
    case VT_NODE_AND:
        keep_all_of(run, node, rows, bits);
        break;
    case VT_NODE_OR:
        keep_any_of(run, node, rows, bits);
        break;
    }
    if (node->negated) {
        for (int i = 0; i < VT_FILTER_WORDS; i++) {
            bits[i] = before[i] & ~bits[i];
        }
    }
}

static bool no_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "no memory to filter the library");
}

/* Looks at each folder once for the text of one node, so that rows need only look up what it gave. */
static bool look_at_folders(vt_run *run, uint16_t number, vt_error *error)
{
    const vt_node *node = &run->filter->nodes[number];
    uint32_t count = run->snapshot->folder_count;
    uint8_t *found = malloc(count ? count : 1);
    if (!found) {
        return no_memory(error);
    }
    uint8_t any = 0;
    for (uint32_t i = 0; i < count; i++) {
        const vt_folder *folder = vt_folders_at(run->snapshot->folders, i);
        bool holds = vt_search(folder->folded, folder->folded_length, node->text.bytes, node->text.length);
        bool ends =
            node->tail && folder->folded_length >= node->tail &&
            memcmp(folder->folded + folder->folded_length - node->tail, node->text.bytes, node->tail) == 0;
        found[i] = (uint8_t)((holds ? FOLDER_HOLDS : 0) | (ends ? FOLDER_ENDS : 0));
        any |= found[i];
    }
    if (any) {
        run->folders[number] = found;
    } else {
        free(found);
    }
    return true;
}

static bool is_cancelled(const atomic_bool *cancelled, vt_error *error)
{
    if (!cancelled || !atomic_load_explicit(cancelled, memory_order_relaxed)) {
        return false;
    }
    vt_error_set(error, VT_ERROR_CANCELLED, "filtering was cancelled");
    return true;
}

static bool prepare(vt_run *run, const atomic_bool *cancelled, vt_error *error)
{
    const vt_snapshot *snapshot = run->snapshot;
    for (uint16_t i = 0; i < run->filter->count; i++) {
        const vt_node *node = &run->filter->nodes[i];
        bool text = node->kind == VT_NODE_TEXT;
        if (is_cancelled(cancelled, error) || (text && node->in_folder && !look_at_folders(run, i, error)) ||
            (text && node->in_marks &&
             (!vt_filter_find_in_tags(node->text, snapshot, &run->tags[i], error) ||
              !vt_filter_find_in_titles(node->text, snapshot, &run->titles[i], error))) ||
            (node->kind == VT_NODE_TABLE && !vt_filter_look_up(node, snapshot, &run->tables[i], error))) {
            return false;
        }
    }
    return true;
}

static void finish(vt_run *run)
{
    for (uint16_t i = 0; run->filter && i < run->filter->count; i++) {
        free(run->folders[i]);
        free(run->tags[i]);
        free(run->titles[i]);
        free(run->tables[i]);
    }
}

/* Sets the bits of the rows of one chunk that match; returns how many. */
static uint32_t match_chunk(const vt_run *run, uint32_t first, uint64_t *bits)
{
    uint32_t left = run->snapshot->count - first;
    vt_rows of = {.chunk = vt_snapshot_chunk(run->snapshot, first),
                  .file = vt_snapshot_file_block(run->snapshot, first),
                  .user = vt_snapshot_user_block(run->snapshot, first),
                  .first = first,
                  .count = left < VT_CHUNK_ROWS ? left : VT_CHUNK_ROWS};
    memset(bits, 0xFF, sizeof(vt_bits));
    KEEP_ROWS(bits, &of, !of.chunk->removed[at]);
    for (uint32_t word = (of.count + 63) / 64; word < VT_FILTER_WORDS; word++) {
        bits[word] = 0; /* behind the last row */
    }
    if (run->filter && run->filter->root != VT_NO_NODE) {
        keep_matching(run, run->filter->root, &of, bits);
    }
    return count_bits(bits);
}

bool vt_filter_match(const vt_filter *filter, const vt_snapshot *snapshot, const atomic_bool *cancelled,
                     uint64_t **bits, uint32_t *count, vt_error *error)
{
    size_t chunks = vt_chunks_for(snapshot->count);
    vt_run *run = calloc(1, sizeof *run);
    uint64_t *found = vt_buffer_alloc(chunks * VT_FILTER_WORDS, sizeof *found);
    *bits = NULL;
    *count = 0;
    if (!run || !found) {
        free(run);
        free(found);
        return no_memory(error);
    }
    run->filter = filter;
    run->snapshot = snapshot;
    uint32_t found_count = 0;
    bool done = !filter || prepare(run, cancelled, error);
    for (size_t chunk = 0; done && chunk < chunks; chunk++) {
        done = !is_cancelled(cancelled, error);
        if (done) {
            found_count += match_chunk(run, (uint32_t)chunk * VT_CHUNK_ROWS, found + chunk * VT_FILTER_WORDS);
        }
    }
    finish(run);
    free(run);
    if (!done) {
        free(found);
        return false;
    }
    *bits = found;
    *count = found_count;
    return true;
}

uint32_t *vt_filter_rows(const uint64_t *bits, uint32_t count)
{
    uint32_t *rows = vt_buffer_alloc(count, sizeof *rows);
    for (uint32_t word = 0, at = 0; rows && at < count; word++) {
        for (uint64_t set = bits[word]; set; set &= set - 1) {
            rows[at++] = word * 64 + (uint32_t)__builtin_ctzll(set);
        }
    }
    return rows;
}

bool vt_filter_run(const vt_filter *filter, const vt_snapshot *snapshot, const atomic_bool *cancelled,
                   uint32_t **rows, uint32_t *count, vt_error *error)
{
    uint64_t *bits;
    *rows = NULL;
    if (!vt_filter_match(filter, snapshot, cancelled, &bits, count, error)) {
        return false;
    }
    *rows = *count ? vt_filter_rows(bits, *count) : NULL;
    free(bits);
    return *rows || *count == 0 || no_memory(error);
}
