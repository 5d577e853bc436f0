#include "core/sidecar/sidecar_attribute.h"

#include <string.h>

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool next_attribute(const char *text, size_t *at, size_t end, vt_sidecar_span *whole,
                           vt_sidecar_span *content)
{
    size_t here = *at;
    whole->begin = here;
    while (here < end && is_space(text[here])) {
        here++;
    }
    while (here < end && text[here] != '"' && text[here] != '\'') {
        here++;
    }
    const char *close = here < end ? memchr(text + here + 1, text[here], end - here - 1) : NULL;
    if (!close) {
        return false;
    }
    content->begin = here + 1;
    content->end = (size_t)(close - text);
    whole->end = *at = content->end + 1;
    return true;
}

static bool declares_namespace(const char *text, vt_sidecar_span attribute)
{
    while (attribute.begin < attribute.end && is_space(text[attribute.begin])) {
        attribute.begin++;
    }
    return attribute.end - attribute.begin > 5 && strncmp(text + attribute.begin, "xmlns", 5) == 0 &&
           (text[attribute.begin + 5] == ':' || text[attribute.begin + 5] == '=' ||
            is_space(text[attribute.begin + 5]));
}

size_t vt_sidecar_first_attribute(const char *text, size_t begin, size_t end)
{
    size_t at = begin + 1;
    while (at < end && !is_space(text[at])) {
        at++;
    }
    return at;
}

bool vt_sidecar_next_attribute(const char *text, size_t *at, size_t end, vt_sidecar_span *whole,
                               vt_sidecar_span *content)
{
    bool found;
    do {
        found = next_attribute(text, at, end, whole, content);
    } while (found && declares_namespace(text, *whole));
    return found;
}
