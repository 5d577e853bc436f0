#include "core/index/natural.h"

#include "core/index/buffer.h"
#include "core/index/fold.h"
#include "core/index/radix.h"
#include "core/index/sort.h"

#include <endian.h>
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

/*
 * A form of a folded text whose bytes compare like the texts do, and of which none is 0. A number becomes one
 * byte for how many digits it has, '0' to '8', or '9' and two bytes more, then a byte for every two digits.
 */
enum {
    LONG_NUMBER = 9,
    FORM_MAX = 128,   /* as far as the form is used */
    FORM_SLACK = 4,   /* what a step may write beyond its limit */
    COUNT_RANGE = 255 /* values of a byte that is not 0 */
};

/* `count` digits, of which the first is not 0. Returns the end of what it wrote. */
static uint8_t *write_number(uint8_t *to, const uint8_t *limit, const char *digits, size_t count)
{
    *to++ = (uint8_t)('0' + (count < LONG_NUMBER ? count : LONG_NUMBER));
    if (count >= LONG_NUMBER) {
        *to++ = (uint8_t)(1 + (count - LONG_NUMBER) / COUNT_RANGE);
        *to++ = (uint8_t)(1 + (count - LONG_NUMBER) % COUNT_RANGE);
    }
    const char *end = digits + count;
    if (count % 2 && to < limit) {
        *to++ = (uint8_t)(1 + (*digits++ - '0'));
    }
    for (; digits < end && to < limit; digits += 2) {
        *to++ = (uint8_t)(1 + (digits[0] - '0') * 10 + (digits[1] - '0'));
    }
    return to;
}

/* The first `length` bytes (at most FORM_MAX) of the form, and zeros once it has ended. */
static void write_form(uint8_t form[FORM_MAX + FORM_SLACK], size_t length, const char *text,
                       size_t text_length)
{
    const char *end = text + text_length;
    const uint8_t *limit = form + length;
    uint8_t *to = form;
    while (text < end && to < limit) {
        if (is_digit(*text)) {
            const char *digits = NULL;
            size_t count = take_number(&text, end, &digits);
            to = write_number(to, limit, digits, count);
        } else {
            *to++ = rank_of(*text++);
        }
    }
    if (to < limit) {
        memset(to, 0, (size_t)(limit - to));
    }
}

/* Block `block`, eight bytes, of a form as a number. Its last byte is 0 if the form ends here. */
static uint64_t block_of(const uint8_t *form, uint32_t block)
{
    uint64_t key = 0;
    memcpy(&key, form + (size_t)block * sizeof key, sizeof key);
    return be64toh(key);
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

/* The blocks after the first, kept because to read a text again means to wait for memory. */
enum { BLOCKS_KEPT = 4 };
typedef struct vt_kept {
    uint64_t blocks[BLOCKS_KEPT];
} vt_kept;

/* The `index` of an entry is its place in `indices`. */
typedef struct vt_sorter {
    const vt_texts *texts;
    const uint32_t *indices;
    vt_entry *entries, *spare;
    vt_kept *kept;
    const atomic_bool *cancelled;
    vt_groups now, next; /* equal so far: those being sorted, those that came out equal again */
} vt_sorter;

/* From this block on, what is still equal is compared as a whole. */
enum { BLOCKS_MAX = FORM_MAX / 8 };

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

static const char *text_of(const vt_sorter *sorter, const vt_entry *entry, size_t *length)
{
    return sorter->texts->get(sorter->texts->of, sorter->indices[entry->index], length);
}

static int compare_entries(const void *a, const void *b, void *sorter)
{
    const vt_entry *left = a;
    const vt_entry *right = b;
    size_t left_length = 0;
    size_t right_length = 0;
    const char *left_text = text_of(sorter, left, &left_length);
    const char *right_text = text_of(sorter, right, &right_length);
    int order = vt_natural_compare(left_text, left_length, right_text, right_length);
    return order ? order : (left->index > right->index) - (left->index < right->index);
}

/* Entries whose memory is on its way while others are looked at. */
enum { AHEAD = 12 };

static void read_keys(vt_sorter *sorter, vt_entry *entries, uint32_t count, uint32_t block)
{
    uint8_t form[FORM_MAX + FORM_SLACK];
    for (uint32_t i = 0; i < count; i++) {
        if (block > 0 && block <= BLOCKS_KEPT) {
            uint32_t soon = i + AHEAD < count ? i + AHEAD : i;
            __builtin_prefetch(&sorter->kept[entries[soon].index]);
            entries[i].key = sorter->kept[entries[i].index].blocks[block - 1];
            continue;
        }
        size_t length = 0;
        const char *text = text_of(sorter, &entries[i], &length);
        write_form(form, (block == 0 ? 1 + BLOCKS_KEPT : block + 1) * sizeof(uint64_t), text, length);
        entries[i].key = block_of(form, block);
        for (uint32_t next = 0; block == 0 && next < BLOCKS_KEPT; next++) {
            sorter->kept[entries[i].index].blocks[next] = block_of(form, next + 1);
        }
    }
}

/* Sorts one group by the bytes of `block` and notes the parts of it that are equal in them and go on. */
static bool sort_group(vt_sorter *sorter, vt_group group, uint32_t block, vt_error *error)
{
    vt_entry *entries = sorter->entries + group.first;
    if (block == BLOCKS_MAX) {
        qsort_r(entries, group.count, sizeof *entries, compare_entries, sorter);
        return true;
    }
    read_keys(sorter, entries, group.count, block);
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
    vt_sorter sorter = {.texts = texts, .indices = indices, .cancelled = cancelled};
    sorter.entries = vt_buffer_alloc(count, sizeof(vt_entry));
    sorter.spare = vt_buffer_alloc(count, sizeof(vt_entry));
    sorter.kept = vt_buffer_alloc(count, sizeof(vt_kept));
    bool sorted = false;
    if (sorter.entries && sorter.spare && sorter.kept) {
        for (uint32_t i = 0; i < count; i++) {
            sorter.entries[i].index = i;
        }
        sorted = sort_blocks(&sorter, count, error);
        uint32_t *before = (uint32_t *)sorter.kept; /* not needed any more, and large enough */
        memcpy(before, indices, count * sizeof *before);
        for (uint32_t i = 0; i < count; i++) {
            indices[i] = before[sorter.entries[i].index];
        }
    } else {
        vt_error_set(error, VT_ERROR_MEMORY, "no memory to sort %u names", count);
    }
    free(sorter.entries);
    free(sorter.spare);
    free(sorter.kept);
    free(sorter.now.items);
    free(sorter.next.items);
    return sorted;
}
