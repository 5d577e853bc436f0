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

enum { WORDS = VT_CHUNK_ROWS / 64 };

/* Below this many rows each name is searched by itself, not the names of the whole chunk. */
enum { FEW_ROWS = 256 };

typedef uint64_t vt_bits[WORDS];

/* What a text means for a folder. */
enum { FOLDER_HOLDS = 1, FOLDER_ENDS = 2 }; /* its path contains the text; ends with the text's head */

typedef struct vt_run {
    const vt_filter *filter;
    const vt_snapshot *snapshot;
    uint8_t
        *folders[VT_FILTER_NODES_MAX]; /* of a text node: a byte for each folder; NULL if all would be 0 */
} vt_run;

typedef struct vt_rows {
    const vt_chunk *chunk;
    uint32_t count;
} vt_rows;

static uint32_t count_bits(const vt_bits bits)
{
    uint32_t count = 0;
    for (int i = 0; i < WORDS; i++) {
        count += (uint32_t)__builtin_popcountll(bits[i]);
    }
    return count;
}

/* Keeps the rows for which `condition`, an expression of the row `at`, is true. */
#define KEEP_ROWS(bits, rows, condition)                                                                     \
    for (uint32_t word_ = 0; word_ < WORDS; word_++) {                                                       \
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
    const uint8_t *column = node->column == VT_COLUMN_KIND     ? chunk->kind
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

static void keep_number(const vt_node *node, const vt_rows *rows, vt_bits bits)
{
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

static void set_bit(vt_bits bits, uint32_t at)
{
    bits[at / 64] |= UINT64_C(1) << (at & 63);
}

/* The first row at or after `row` whose name stands in another block than that of `row`. */
static uint32_t end_of_block(const vt_rows *rows, uint32_t row)
{
    uintptr_t block = vt_name_block(rows->chunk->name[row]);
    uint32_t low = row;
    uint32_t high = rows->count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (vt_name_block(rows->chunk->name[middle]) == block) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The row, from `row` on and before `end`, whose name `place` lies in. Doubling steps: mostly it is near. */
static uint32_t row_of_place(const vt_rows *rows, uint32_t row, uint32_t end, const char *place)
{
    const char *const *names = rows->chunk->name;
    uint32_t step = 1;
    while (row + step < end && vt_name_folded(names[row + step]) <= place) {
        row += step;
        step *= 2;
    }
    uint32_t beyond = row + step < end ? row + step : end;
    while (row + 1 < beyond) {
        uint32_t middle = (row + beyond) / 2;
        if (vt_name_folded(names[middle]) <= place) {
            row = middle;
        } else {
            beyond = middle;
        }
    }
    return row;
}

/* One search over all names of a block, which stand behind each other with a NUL between them. */
static void find_in_all_names(vt_span text, const vt_rows *rows, vt_bits found)
{
    const vt_chunk *chunk = rows->chunk;
    for (uint32_t row = 0; row < rows->count;) {
        uint32_t end = end_of_block(rows, row);
        const char *stop = vt_name_folded(chunk->name[end - 1]) + chunk->name_length[end - 1];
        while (row < end) {
            const char *from = vt_name_folded(chunk->name[row]);
            const char *place = vt_search(from, (size_t)(stop - from), text.bytes, text.length);
            if (!place) {
                break;
            }
            row = row_of_place(rows, row, end, place);
            set_bit(found, row++);
        }
        row = end;
    }
}

static void find_in_some_names(vt_span text, const vt_rows *rows, const vt_bits wanted, vt_bits found)
{
    const vt_chunk *chunk = rows->chunk;
    for (uint32_t word = 0; word < WORDS; word++) {
        for (uint64_t left = wanted[word]; left; left &= left - 1) {
            uint32_t at = word * 64 + (uint32_t)__builtin_ctzll(left);
            if (vt_search(vt_name_folded(chunk->name[at]), chunk->name_length[at], text.bytes, text.length)) {
                set_bit(found, at);
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

static void keep_text(const vt_run *run, uint16_t number, const vt_rows *rows, vt_bits bits)
{
    const vt_node *node = &run->filter->nodes[number];
    vt_bits found = {0};
    if (node->text.length == 0) {
        memset(found, 0xFF, sizeof found);
    } else if (node->in_name && count_bits(bits) >= FEW_ROWS && !rows->chunk->scattered) {
        find_in_all_names(node->text, rows, found);
    } else if (node->in_name) {
        find_in_some_names(node->text, rows, bits, found);
    }
    const uint8_t *folders = run->folders[number];
    if (folders) {
        vt_bits in_folder;
        memcpy(in_folder, bits, sizeof in_folder);
        KEEP_ROWS(in_folder, rows, is_in_folder(node, folders, rows->chunk, at));
        for (int i = 0; i < WORDS; i++) {
            found[i] |= in_folder[i];
        }
    }
    for (int i = 0; i < WORDS; i++) {
        bits[i] &= node->unequal ? ~found[i] : found[i];
    }
}

static bool any_bit(const vt_bits bits)
{
    for (int i = 0; i < WORDS; i++) {
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
        for (int i = 0; i < WORDS; i++) {
            left[i] &= ~matched[i];
        }
    }
    for (int i = 0; i < WORDS; i++) {
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
        for (int i = 0; i < WORDS; i++) {
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
    for (uint16_t i = 0; i < run->filter->count; i++) {
        const vt_node *node = &run->filter->nodes[i];
        if (node->kind != VT_NODE_TEXT || !node->in_folder) {
            continue;
        }
        if (is_cancelled(cancelled, error) || !look_at_folders(run, i, error)) {
            return false;
        }
    }
    return true;
}

static void finish(vt_run *run)
{
    for (uint16_t i = 0; i < run->filter->count; i++) {
        free(run->folders[i]);
    }
}

/* Appends the rows of one chunk that match. */
static uint32_t match_chunk(const vt_run *run, uint32_t first, uint32_t *rows)
{
    uint32_t left = run->snapshot->count - first;
    vt_rows of = {vt_snapshot_chunk(run->snapshot, first), left < VT_CHUNK_ROWS ? left : VT_CHUNK_ROWS};
    vt_bits bits;
    memset(bits, 0xFF, sizeof bits);
    KEEP_ROWS(bits, &of, !of.chunk->removed[at]);
    if (run->filter->root != VT_NO_NODE) {
        keep_matching(run, run->filter->root, &of, bits);
    }
    uint32_t count = 0;
    for (uint32_t word = 0; word < WORDS; word++) {
        for (uint64_t set = bits[word]; set; set &= set - 1) {
            rows[count++] = first + word * 64 + (uint32_t)__builtin_ctzll(set);
        }
    }
    return count;
}

bool vt_filter_run(const vt_filter *filter, const vt_snapshot *snapshot, const atomic_bool *cancelled,
                   uint32_t **rows, uint32_t *count, vt_error *error)
{
    *rows = NULL;
    *count = 0;
    vt_run *run = calloc(1, sizeof *run);
    uint32_t *found = vt_buffer_alloc(snapshot->count, sizeof *found);
    if (!run || !found) {
        free(run);
        free(found);
        return no_memory(error);
    }
    run->filter = filter;
    run->snapshot = snapshot;
    uint32_t found_count = 0;
    bool done = prepare(run, cancelled, error);
    for (uint32_t first = 0; done && first < snapshot->count; first += VT_CHUNK_ROWS) {
        done = !is_cancelled(cancelled, error);
        if (done) {
            found_count += match_chunk(run, first, found + found_count);
        }
    }
    finish(run);
    free(run);
    if (!done || found_count == 0) {
        free(found);
        return done;
    }
    uint32_t *fit = realloc(found, found_count * sizeof *found);
    *rows = fit ? fit : found;
    *count = found_count;
    return true;
}
