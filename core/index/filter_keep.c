/* Which rows of a chunk one condition keeps: loops over columns, with nothing in them that branches on what
   the condition is. */
#include "core/index/filter_run.h"
#include "core/index/letters.h"
#include "core/index/search.h"

#include <string.h>

/* One row in so many: then each name is searched by itself, not the names of the whole chunk. */
enum { FEW = 8 };

void vt_keep_set(const vt_node *node, const vt_rows *rows, vt_bits bits)
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
    VT_KEEP_ROWS(bits, rows, column[at] < 64 && (set >> (column[at] & 63) & 1));
    if (node->column == VT_COLUMN_WATERTIGHT) {
        VT_KEEP_ROWS(bits, rows, chunk->kind[at] == VT_KIND_MODEL);
    }
}

static int64_t pixels_of(const vt_chunk *chunk, uint32_t at)
{
    uint64_t pixels = (uint64_t)chunk->width[at] * chunk->height[at];
    return pixels > INT64_MAX ? INT64_MAX : (int64_t)pixels;
}

/* `exists` and `value` are expressions of the row `at`. Unsigned, so that one comparison tests both ends. */
#define KEEP_NUMBERS(exists, value)                                                                          \
    VT_KEEP_ROWS(bits, rows, (exists) && ((uint64_t)(value)-low <= width) != unequal)

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
        VT_KEEP_ROWS(bits, rows,
                     (file->taken[at] != VT_TAKEN_UNKNOWN
                          ? is_within(node->clock, file->taken[at])
                          : is_within(node->interval, modified[at])) != node->unequal);
    } else if (node->none) {
        VT_KEEP_ROWS(bits, rows, (!file || file->taken[at] == VT_TAKEN_UNKNOWN) != node->unequal);
    } else if (file) {
        VT_KEEP_ROWS(bits, rows,
                     file->taken[at] != VT_TAKEN_UNKNOWN &&
                         is_within(node->interval, file->taken[at]) != node->unequal);
    } else {
        memset(bits, 0, sizeof(vt_bits));
    }
}

void vt_keep_number(const vt_node *node, const vt_rows *rows, vt_bits bits)
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
        VT_KEEP_ROWS(bits, rows, vt_has_bit(accepted, column[at]));
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
        VT_KEEP_ROWS(bits, rows, vt_has_bit(accepted, own[at] ? own[at] : of_file[at]));
    } else {
        keep_numbered(accepted, own ? own : of_file, rows, bits);
    }
}

void vt_keep_table(const vt_node *node, const uint64_t *accepted, const vt_rows *rows, vt_bits bits)
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

void vt_keep_extension(const vt_node *node, const vt_rows *rows, vt_bits bits)
{
    const vt_chunk *chunk = rows->chunk;
    VT_KEEP_ROWS(bits, rows,
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
    if (!(folder & VT_FOLDER_ENDS)) {
        return folder & VT_FOLDER_HOLDS;
    }
    size_t length = node->text.length - node->tail;
    return (folder & VT_FOLDER_HOLDS) ||
           (chunk->name_length[at] >= length &&
            memcmp(vt_name_folded(chunk->name[at]), node->text.bytes + node->tail, length) == 0);
}

/* Adds `more` to what was found, and takes it from what is left to be looked at. */
static void add_found(vt_bits found, vt_bits left, const vt_bits more)
{
    for (int i = 0; i < VT_FILTER_WORDS; i++) {
        found[i] |= more[i];
        left[i] &= ~found[i];
    }
}

/* Names without all letters of the text are not looked at. */
static void find_names(const vt_node *node, const vt_rows *rows, const vt_bits left, vt_bits found)
{
    const vt_chunk *chunk = rows->chunk;
    const vt_name_list list = {chunk->name, chunk->name_length, rows->count};
    vt_bits maybe;
    memcpy(maybe, left, sizeof maybe);
    vt_letters_keep(&chunk->letters, vt_letters(node->text.bytes, node->text.length), maybe);
    if (vt_letters_say_all(node->text.bytes, node->text.length)) {
        memcpy(found, maybe, sizeof maybe);
    } else if (!chunk->scattered && vt_count_bits(maybe) > rows->count / FEW) {
        vt_find_in_names(node->text, &list, found);
    } else {
        find_in_some_names(node->text, rows, maybe, found);
    }
}

void vt_keep_text(const vt_run *run, uint16_t number, const vt_rows *rows, vt_bits bits)
{
    const vt_node *node = &run->filter->nodes[number];
    const uint8_t *folders = run->folders[number];
    vt_bits found = {0};
    vt_bits left, also;
    memcpy(left, bits, sizeof left);
    if (node->text.length == 0) {
        memset(found, 0xFF, sizeof found);
        add_found(found, left, found);
    }
    if (folders) { /* first: it is one look into a table, and where it holds no name has to be read */
        memcpy(also, left, sizeof also);
        VT_KEEP_ROWS(also, rows, is_in_folder(node, folders, rows->chunk, at));
        add_found(found, left, also);
    }
    if (node->in_name) {
        memset(also, 0, sizeof also);
        find_names(node, rows, left, also);
        add_found(found, left, also);
    }
    if (run->tags[number] && rows->user) {
        memcpy(also, left, sizeof also);
        keep_numbered(run->tags[number], rows->user->tags, rows, also);
        add_found(found, left, also);
    }
    if (run->titles[number] && (rows->user || rows->file)) {
        memcpy(also, left, sizeof also);
        keep_titles(run->titles[number], rows, also);
        add_found(found, left, also);
    }
    for (int i = 0; i < VT_FILTER_WORDS; i++) {
        bits[i] &= node->unequal ? ~found[i] : found[i];
    }
}
