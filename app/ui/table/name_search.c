#include "app/ui/table/name_search.h"

#include "core/index/fold.h"

#include <stdbool.h>
#include <string.h>

static bool begins_with(const vt_view *view, int64_t row, const char *folded, size_t length)
{
    char begin[VT_NAME_SEARCH_MAX];
    vt_item_brief item;
    vt_snapshot_item(vt_view_snapshot(view), vt_view_row(view, (uint32_t)row), &item);
    if (item.name_length < length) {
        return false;
    }
    vt_fold(begin, item.name, length); /* text that is folded is as long as before */
    return memcmp(begin, folded, length) == 0;
}

int64_t vt_name_search(const vt_view *view, const char *typed, int64_t from, const atomic_bool *cancelled)
{
    enum { LOOK = 4096 };
    char folded[VT_NAME_SEARCH_MAX];
    size_t length = strlen(typed);
    length = length < sizeof folded ? length : sizeof folded;
    vt_fold(folded, typed, length);
    int64_t count = vt_view_count(view);
    from = from < 0 || from >= count ? 0 : from;
    for (int64_t i = 0; i < count; i++) {
        int64_t row = from + i < count ? from + i : from + i - count;
        if (cancelled && i % LOOK == 0 && atomic_load(cancelled)) {
            return -1;
        }
        if (begins_with(view, row, folded, length)) {
            return row;
        }
    }
    return -1;
}
