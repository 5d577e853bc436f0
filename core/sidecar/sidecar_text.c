#include "core/sidecar/sidecar_text.h"

#include <string.h>

/* Controls, separators, directional marks (a text must not disguise what stands beside it), and the two
   characters of the basic plane that XML 1.0 (2.2) leaves out. */
static bool is_unprintable(unsigned c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029 || c == 0xfffe || c == 0xffff;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n';
}

void vt_sidecar_text_clean(vt_str *to, const char *text, size_t count, bool lines)
{
    size_t begin = to->length;
    for (size_t at = 0, step; at < count; at += step) {
        unsigned c = 0;
        char blank = ' ';
        step = vt_utf8_decode(text + at, count - at, &c);
        if (step > 0 && !is_unprintable(c)) {
            if (c != ' ' || to->length > begin) {
                vt_str_append(to, text + at, step);
            }
            continue;
        }
        step = step > 0 ? step : 1;
        if (lines && (c == '\n' || c == '\r')) {
            step += c == '\r' && at + 1 < count && text[at + 1] == '\n';
            blank = '\n';
        }
        if (to->length > begin) {
            vt_str_append_char(to, blank);
        }
    }
    while (!to->failed && to->length > begin && is_blank(to->data[to->length - 1])) {
        to->data[--to->length] = '\0';
    }
}

void vt_sidecar_text_escape(vt_str *to, const char *text, bool attribute)
{
    for (; *text; text++) {
        switch (*text) {
        case '&':
            vt_str_append_cstr(to, "&amp;");
            break;
        case '<':
            vt_str_append_cstr(to, "&lt;");
            break;
        case '>':
            vt_str_append_cstr(to, "&gt;");
            break;
        case '"':
            vt_str_append_cstr(to, attribute ? "&quot;" : "\"");
            break;
        case '\'':
            vt_str_append_cstr(to, attribute ? "&apos;" : "'");
            break;
        case '\n': /* within an attribute a parser makes a space of it, unless it is written by its number */
            vt_str_append_cstr(to, attribute ? "&#10;" : "\n");
            break;
        default:
            vt_str_append_char(to, *text);
        }
    }
}
