#include "app/ui/filter/recent_filters.h"

#include <stdlib.h>
#include <string.h>

bool vt_recent_filters_add(vt_recent_filters *recent, const char *text)
{
    text += strspn(text, " \t");
    size_t length = strlen(text);
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t')) {
        length--;
    }
    char *copy = length > 0 ? strndup(text, length) : NULL;
    if (!copy) {
        return false;
    }
    size_t at = 0;
    while (at < recent->count && strcmp(recent->texts[at], copy) != 0) {
        at++;
    }
    if (at == 0 && recent->count > 0) {
        free(copy);
        return false;
    }
    bool is_new = at == recent->count;
    if (!is_new || recent->count == VT_RECENT_FILTERS_MAX) {
        at -= is_new; /* the oldest */
        free(recent->texts[at]);
    } else {
        recent->count++;
    }
    memmove(recent->texts + 1, recent->texts, at * sizeof *recent->texts);
    recent->texts[0] = copy;
    return true;
}

void vt_recent_filters_clear(vt_recent_filters *recent)
{
    while (recent->count > 0) {
        free(recent->texts[--recent->count]);
    }
}
