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

/* The text in rows of one block, of which a search has the next ones or each has its own. */
typedef struct names_search {
    const vt_name_list *list;
    uint64_t *found; /* vt_bits */
    vt_sought sought;
    const char *stop; /* behind the last name of the block */
} names_search;

/* Each row from `row` on by itself, for as long as many have the text. The first row that was not looked at.
 */
static uint32_t find_in_each(names_search *in, uint32_t row, uint32_t end)
{
    enum { ROWS = 64, FEW = ROWS / 8 };
    int had = ROWS;
    while (row < end && had > FEW) {
        uint32_t word = row / 64;
        uint32_t until = 64 * (word + 1) < end ? 64 * (word + 1) : end;
        uint64_t bits = 0;
        for (; row < until; row++) {
            const char *name = vt_name_folded(in->list->names[row]);
            bool is = vt_sought_is_in(&in->sought, name, in->list->lengths[row], (size_t)(in->stop - name));
            bits |= (uint64_t)is << (row & 63);
        }
        in->found[word] |= bits;
        had = __builtin_popcountll(bits);
    }
    return row;
}

/* One search over all names of a block, which stand behind each other with a NUL between them: few have what
   is sought. Where many have it, a search that begins anew behind each place is slower than one of each
   name. */
static void find_in_block(names_search *in, uint32_t row, uint32_t end)
{
    enum { NEAR = 4, MANY = 8 };
    const vt_name_list *list = in->list;
    unsigned near = 0;
    while (row < end) {
        const char *from = vt_name_folded(list->names[row]);
        const char *place = vt_search(from, (size_t)(in->stop - from), in->sought.bytes, in->sought.length);
        if (!place) {
            return;
        }
        uint32_t before = row;
        row = row_of_place(list, row, end, place);
        vt_set_bit(in->found, row++);
        near = row - before <= NEAR ? near + 1 : 0;
        if (near >= MANY) {
            row = find_in_each(in, row, end);
            near = 0;
        }
    }
}

void vt_find_in_names(vt_span text, const vt_name_list *list, vt_bits found)
{
    names_search in = {.list = list, .found = found, .sought = vt_sought_make(text.bytes, text.length)};
    for (uint32_t row = 0; row < list->count;) {
        uint32_t end = end_of_block(list, row);
        in.stop = vt_name_folded(list->names[end - 1]) + list->lengths[end - 1];
        find_in_block(&in, row, end);
        row = end;
    }
}
