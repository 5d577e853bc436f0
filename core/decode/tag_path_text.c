#include "core/decode/tag_path_text.h"

#include <string.h>

#define SLASH_WITHIN "\xe2\x88\x95" /* U+2215 */

/* What programs keep in the lists of tags for themselves, as it reads here. */
static const char *const reserved[] = {"darktable/", "_Digikam_Internal_Tags_/"};

bool vt_tag_path_text_has_level(const char *tag, const char *word, size_t length)
{
    for (;;) {
        size_t level = strcspn(tag, "/");
        if (level == length && memcmp(tag, word, length) == 0) {
            return true;
        }
        if (!tag[level]) {
            return false;
        }
        tag += level + 1;
    }
}

/* One level, without the spaces around it. */
static bool add_level(vt_str *tag, const char *level, size_t length)
{
    while (length > 0 && level[0] == ' ') {
        level++;
        length--;
    }
    while (length > 0 && level[length - 1] == ' ') {
        length--;
    }
    if (length == 0) {
        return true;
    }
    if (tag->length > 0) {
        vt_str_append_char(tag, '/');
    }
    size_t begin = tag->length;
    for (size_t i = 0; i < length; i++) {
        if (level[i] == '/') {
            vt_str_append_cstr(tag, SLASH_WITHIN);
        } else {
            vt_str_append_char(tag, level[i]);
        }
    }
    return tag->length - begin <= VT_TAG_TEXT_LEVEL_BYTES_MAX;
}

bool vt_tag_path_text_read(const char *separator, const char *value, vt_str *tag)
{
    int levels = 0;
    vt_str_clear(tag);
    for (;;) {
        size_t length = strcspn(value, separator);
        size_t before = tag->length;
        if (!add_level(tag, value, length)) {
            return false;
        }
        levels += tag->length > before;
        if (!value[length]) {
            break;
        }
        value += length + 1;
    }
    for (size_t i = 0; levels > 0 && !tag->failed && i < sizeof reserved / sizeof *reserved; i++) {
        if (strncmp(tag->data, reserved[i], strlen(reserved[i])) == 0) {
            return false;
        }
    }
    return levels > 0 && levels <= VT_TAG_TEXT_LEVELS_MAX;
}
