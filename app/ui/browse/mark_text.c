#include "app/ui/browse/mark_text.h"

#include <string.h>

void vt_mark_text_append(vt_str *text, const char *word, int letters)
{
    size_t length = strlen(word);
    size_t end = 0;
    for (int i = 0; i < letters && end < length; i++) {
        size_t step = vt_utf8_decode(word + end, length - end, NULL);
        if (step == 0) {
            break; /* what cannot be shown ends it */
        }
        end += step;
    }
    vt_str_append(text, word, end);
}
