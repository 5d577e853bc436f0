#include "app/ui/parts/markup.h"

void vt_markup_append(vt_str *markup, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        switch (text[i]) {
        case '<':
            vt_str_append_cstr(markup, "&lt;");
            break;
        case '>':
            vt_str_append_cstr(markup, "&gt;");
            break;
        case '&':
            vt_str_append_cstr(markup, "&amp;");
            break;
        case '"':
            vt_str_append_cstr(markup, "&quot;");
            break;
        default:
            vt_str_append_char(markup, text[i]);
        }
    }
}
