#include "core/index/natural.h"

#include "core/index/fold.h"
#include "core/index/radix.h"
#include "core/index/sort.h"

#include <stdlib.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The byte that stands for a character that is no digit. */
static uint8_t rank_of(char c)
{
    return c == '/' ? 1 : (uint8_t)c;
}

/* Moves over the zeros and digits of a number; gives its digits without zeros before them. */
static size_t take_number(const char **at, const char *end, const char **digits)
{
    while (*at < end && **at == '0') {
        (*at)++;
    }
    *digits = *at;
    while (*at < end && is_digit(**at)) {
        (*at)++;
    }
    return (size_t)(*at - *digits);
}

/* Collects the eight bytes of a block, skipping those before it. */
typedef struct vt_key {
    uint64_t bytes;
    uint32_t skip; /* bytes still to be skipped */
    uint32_t missing;
} vt_key;

static void add_byte(vt_key *key, unsigned byte)
{
    if (key->skip) {
        key->skip--;
    } else if (key->missing) {
        key->bytes = key->bytes << 8 | byte;
        key->missing--;
    }
}

enum { LONG_NUMBER = 9, TWO_BYTES = 255 };

/* A number of `count` digits without zeros before it. The bytes of a count start at 1, as those of digits. */
static void add_number(vt_key *key, const char *digits, size_t count)
{
    add_byte(key, '0' + (unsigned)(count < LONG_NUMBER ? count : LONG_NUMBER));
    if (count >= LONG_NUMBER) {
        size_t more = count - LONG_NUMBER;
        add_byte(key, 1 + (unsigned)(more / TWO_BYTES));
        add_byte(key, 1 + (unsigned)(more % TWO_BYTES));
    }
    if (count % 2) {
        add_byte(key, 1 + (unsigned)(*digits++ - '0'));
    }
    for (size_t i = 0; i < count / 2 && key->missing; i++, digits += 2) {
        add_byte(key, 1 + (unsigned)(digits[0] - '0') * 10 + (unsigned)(digits[1] - '0'));
    }
}

uint64_t vt_natural_key(const char *text, size_t length, uint32_t block)
{
    vt_key key = {.skip = block * 8, .missing = 8};
    const char *end = text + length;
    while (text < end && key.missing) {
        if (!is_digit(*text)) {
            add_byte(&key, rank_of(*text++));
            continue;
        }
        const char *digits = NULL;
        size_t count = take_number(&text, end, &digits);
        add_number(&key, digits, count);
    }
    return key.missing == 8 ? 0 : key.bytes << (8 * key.missing);
}

/* Reads a text as folded bytes, one character ahead. */
typedef struct vt_cursor {
    const char *at, *end;
    char folded[4];
    uint8_t count, next; /* of `folded` */
} vt_cursor;

static bool has_byte(vt_cursor *cursor)
{
    if (cursor->next == cursor->count) {
        if (cursor->at == cursor->end) {
            return false;
        }
        cursor->count =
            (uint8_t)vt_fold_character(cursor->folded, cursor->at, (size_t)(cursor->end - cursor->at));
        cursor->at += cursor->count;
        cursor->next = 0;
    }
    return true;
}

/* Reads a number that begins with the byte at hand. */
static size_t read_number(vt_cursor *cursor, const char **digits)
{
    cursor->at--;
    cursor->next = cursor->count;
    return take_number(&cursor->at, cursor->end, digits);
}

static int compare_numbers(vt_cursor *a, vt_cursor *b)
{
    const char *a_digits = NULL;
    const char *b_digits = NULL;
    size_t a_count = read_number(a, &a_digits);
    size_t b_count = read_number(b, &b_digits);
    if (a_count != b_count) {
        return a_count < b_count ? -1 : 1;
    }
    return memcmp(a_digits, b_digits, a_count);
}

int vt_natural_compare(const char *a, size_t a_length, const char *b, size_t b_length)
{
    vt_cursor left = {.at = a, .end = a + a_length};
    vt_cursor right = {.at = b, .end = b + b_length};
    while (has_byte(&left) && has_byte(&right)) {
        char left_byte = left.folded[left.next];
        char right_byte = right.folded[right.next];
        int order = 0;
        if (is_digit(left_byte) && is_digit(right_byte)) {
            order = compare_numbers(&left, &right);
        } else {
            order = (int)rank_of(left_byte) - (int)rank_of(right_byte);
            left.next++;
            right.next++;
        }
        if (order) {
            return order;
        }
    }
    return (int)has_byte(&left) - (int)has_byte(&right);
}

/*
 * Sorting goes by the first eight bytes of the form, then, among those equal in them, by the next eight, and
 * so on: every step is a radix sort of plain numbers.
 */
typedef struct vt_group {
    uint32_t first, count;
} vt_group;

typedef struct vt_groups {
    vt_group *items; /* owned */
    size_t count, capacity;
} vt_groups;

typedef struct vt_sorter {
    const vt_texts *texts;
    vt_entry *entries, *spare;
    const atomic_bool *cancelled;
    vt_groups now, next; /* equal so far: those being sorted, those that came out equal again */
} vt_sorter;

/* From this block on (128 bytes), what is still equal is compared as a whole. */
enum { BLOCKS_MAX = 16 };

static bool add_group(vt_groups *groups, uint32_t first, uint32_t count)
{
    if (groups->count == groups->capacity) {
        size_t capacity = groups->capacity ? groups->capacity * 2 : 256;
        vt_group *items = realloc(groups->items, capacity * sizeof *items);
        if (!items) {
            return false;
        }
        groups->items = items;
        groups->capacity = capacity;
    }
    groups->items[groups->count++] = (vt_group){first, count};
    return true;
}

static int compare_entries(const void *a, const void *b, void *user)
{
    const vt_texts *texts = user;
    uint32_t a_index = ((const vt_entry *)a)->index;
    uint32_t b_index = ((const vt_entry *)b)->index;
    size_t a_length = 0;
    size_t b_length = 0;
    const char *a_text = texts->get(texts->of, a_index, &a_length);
    const char *b_text = texts->get(texts->of, b_index, &b_length);
    int order = vt_natural_compare(a_text, a_length, b_text, b_length);
    return order ? order : (a_index > b_index) - (a_index < b_index);
}

/* Sorts one group by the bytes of `block` and notes the parts of it that are equal in them and go on. */
static bool sort_group(vt_sorter *sorter, vt_group group, uint32_t block, vt_error *error)
{
    vt_entry *entries = sorter->entries + group.first;
    if (block == BLOCKS_MAX) {
        qsort_r(entries, group.count, sizeof *entries, compare_entries, (void *)sorter->texts);
        return true;
    }
    for (uint32_t i = 0; i < group.count; i++) {
        size_t length = 0;
        const char *text = sorter->texts->get(sorter->texts->of, entries[i].index, &length);
        entries[i].key = vt_natural_key(text, length, block);
    }
    if (vt_is_cancelled(sorter->cancelled) ||
        !vt_radix_sort(entries, sorter->spare, group.count, sorter->cancelled)) {
        return vt_error_set(error, VT_ERROR_CANCELLED, "sorting was cancelled");
    }
    for (uint32_t first = 0, end = 0; first < group.count; first = end) {
        for (end = first + 1; end < group.count && entries[end].key == entries[first].key;) {
            end++;
        }
        bool goes_on = (entries[first].key & 0xFF) != 0;
        if (goes_on && end - first > 1 && !add_group(&sorter->next, group.first + first, end - first)) {
            return vt_error_set(error, VT_ERROR_MEMORY, "no memory to sort %u names", group.count);
        }
    }
    return true;
}

static bool sort_blocks(vt_sorter *sorter, uint32_t count, vt_error *error)
{
    if (!add_group(&sorter->now, 0, count)) {
        return vt_error_set(error, VT_ERROR_MEMORY, "no memory to sort %u names", count);
    }
    for (uint32_t block = 0; sorter->now.count; block++) {
        for (size_t i = 0; i < sorter->now.count; i++) {
            if (!sort_group(sorter, sorter->now.items[i], block, error)) {
                return false;
            }
        }
        vt_groups done = sorter->now;
        sorter->now = sorter->next;
        sorter->next = done;
        sorter->next.count = 0;
    }
    return true;
}

bool vt_natural_sort(const vt_texts *texts, uint32_t *indices, uint32_t count, const atomic_bool *cancelled,
                     vt_error *error)
{
    if (count < 2) {
        return true;
    }
    vt_sorter sorter = {.texts = texts, .cancelled = cancelled};
    sorter.entries = malloc(count * sizeof(vt_entry));
    sorter.spare = malloc(count * sizeof(vt_entry));
    bool sorted = false;
    if (sorter.entries && sorter.spare) {
        for (uint32_t i = 0; i < count; i++) {
            sorter.entries[i].index = indices[i];
        }
        sorted = sort_blocks(&sorter, count, error);
        for (uint32_t i = 0; i < count; i++) {
            indices[i] = sorter.entries[i].index;
        }
    } else {
        vt_error_set(error, VT_ERROR_MEMORY, "no memory to sort %u names", count);
    }
    free(sorter.entries);
    free(sorter.spare);
    free(sorter.now.items);
    free(sorter.next.items);
    return sorted;
}
