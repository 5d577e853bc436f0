#include "core/index/filter_private.h"
#include "core/index/search.h"

#include <string.h>

/* The first row at or after `row` whose name stands in another block than that of `row`. */
static uint32_t end_of_block(const vt_name_list *list, uint32_t row)
{
    uintptr_t block = vt_name_block(list->names[row]);
    uint32_t low = row;
    uint32_t high = list->count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (vt_name_block(list->names[middle]) == block) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The row, from `row` on and before `end`, whose name `place` lies in. Doubling steps: mostly it is near. */
static uint32_t row_of_place(const vt_name_list *list, uint32_t row, uint32_t end, const char *place)
{
    const char *const *names = list->names;
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

/* A text to be compared at a place: its first eight bytes at once. */
typedef struct probe {
    vt_span text;
    uint64_t head, mask;
    uint32_t before; /* bytes of the name in front of it, where it was found last */
    uint32_t behind; /* bytes behind its begin, likewise */
    unsigned alike;  /* names in a row that had it at one of the two */
} probe;

static probe make_probe(vt_span text)
{
    probe of = {.text = text, .before = UINT32_MAX, .behind = UINT32_MAX};
    size_t head = text.length < sizeof of.head ? text.length : sizeof of.head;
    memcpy(&of.head, text.bytes, head);
    memset(&of.mask, 0xFF, head);
    return of;
}

static bool is_at(const probe *of, const char *place, const char *stop)
{
    uint64_t there = 0;
    if (stop - place < (ptrdiff_t)sizeof there) {
        return memcmp(place, of->text.bytes, of->text.length) == 0;
    }
    memcpy(&there, place, sizeof there);
    return ((there ^ of->head) & of->mask) == 0 &&
           (of->text.length <= sizeof there ||
            memcmp(place + sizeof there, of->text.bytes + sizeof there, of->text.length - sizeof there) == 0);
}

/* Files of one camera or one set are named alike: what one name has, the next has at the same place, seen
   from its begin ("img_") or from its end (".jpg"). Looking there is worth it after some that were. */
static bool is_where_it_was(probe *of, const char *name, uint32_t length, const char *stop)
{
    enum { ENOUGH = 2 };
    if (of->alike < ENOUGH) {
        return false;
    }
    bool is = (of->before <= length && length - of->before >= of->text.length &&
               is_at(of, name + of->before, stop)) ||
              (of->behind <= length && is_at(of, name + length - of->behind, stop));
    of->alike = is ? of->alike : 0;
    return is;
}

static void note_place(probe *of, uint32_t before, uint32_t length)
{
    bool alike = of->before == before || of->behind == length - before;
    of->alike = alike ? of->alike + 1 : 0;
    of->before = before;
    of->behind = length - before;
}

/* One search over all names of a block, which stand behind each other with a NUL between them. */
void vt_find_in_names(vt_span text, const vt_name_list *list, vt_bits found)
{
    probe last = make_probe(text);
    for (uint32_t row = 0; row < list->count;) {
        uint32_t end = end_of_block(list, row);
        const char *stop = vt_name_folded(list->names[end - 1]) + list->lengths[end - 1];
        while (row < end) {
            const char *from = vt_name_folded(list->names[row]);
            if (is_where_it_was(&last, from, list->lengths[row], stop)) {
                vt_set_bit(found, row++);
                continue;
            }
            const char *place = vt_search(from, (size_t)(stop - from), text.bytes, text.length);
            if (!place) {
                break;
            }
            row = row_of_place(list, row, end, place);
            note_place(&last, (uint32_t)(place - vt_name_folded(list->names[row])), list->lengths[row]);
            vt_set_bit(found, row++);
        }
        row = end;
    }
}
