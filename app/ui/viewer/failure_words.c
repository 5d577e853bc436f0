#include "app/ui/viewer/failure_words.h"

#include <stdio.h>
#include <string.h>

static const struct {
    vt_error_code code;
    vt_failure_words words;
} table[] = {
    {VT_ERROR_NOT_FOUND,
     {"This file is gone", "If it was moved, \"Find missing files\" in the menu File looks for it."}},
    {VT_ERROR_PERMISSION, {"This file may not be read", "Ask its owner, or change its permissions."}},
    {VT_ERROR_TRUNCATED, {"This file is damaged", "It ends early: copy it again from where it came from."}},
    {VT_ERROR_CORRUPT, {"This file is damaged", "Copy it again from where it came from."}},
    {VT_ERROR_EMPTY, {"This file is empty", "Copy it again from where it came from."}},
    {VT_ERROR_UNSUPPORTED, {"This file cannot be shown here", "Another program may know it."}},
    {VT_ERROR_LIMIT, {"This file is too large", "The limits are in the settings."}},
    {VT_ERROR_TIMEOUT, {"This file takes too long", "The limit is in the settings."}},
    {VT_ERROR_MEMORY,
     {"There is not enough memory for this file", "Close other programs and open it again."}},
    {VT_ERROR_CHANGED, {"This file has changed", "Open it again."}},
    {VT_ERROR_CRASHED, {"This file cannot be shown", "It may be damaged; nothing else was harmed."}},
    {VT_ERROR_BUSY, {"This file cannot be shown now", "Open it again in a while."}},
    {VT_ERROR_IO, {"This file cannot be read", "Look at its disk or network, and open it again."}},
};

static const vt_failure_words other = {"This file cannot be shown",
                                       "Go on with another one and come back later."};

const vt_failure_words *vt_failure_words_of(vt_error_code code)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (table[i].code == code) {
            return &table[i].words;
        }
    }
    return &other;
}

char *vt_failure_detail(char *text, size_t size, const vt_error *error)
{
    /* A message that names a setting says already what to do. */
    bool says_all = strstr(error->message, "raise the setting") || strstr(error->message, "open it again");
    snprintf(text, size, "%s%s%s", error->message, says_all ? "" : "\n",
             says_all ? "" : vt_failure_words_of(error->code)->advice);
    return text;
}
