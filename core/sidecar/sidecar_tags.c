#include "core/sidecar/sidecar_tags.h"

#include <stdlib.h>
#include <string.h>

#define SLASH_WITHIN "\xe2\x88\x95" /* U+2215 */

/* What programs keep in the lists of tags for themselves, as it reads here. */
static const char *const reserved[] = {"darktable/", "_Digikam_Internal_Tags_/"};

void vt_sidecar_tags_free(vt_sidecar_tags *tags)
{
    for (size_t i = 0; i < tags->count; i++) {
        free(tags->list[i]);
    }
    free(tags->list);
    *tags = (vt_sidecar_tags){.list = NULL};
}

bool vt_sidecar_tags_has(const vt_sidecar_tags *tags, const char *tag)
{
    for (size_t i = 0; i < tags->count; i++) {
        if (strcmp(tags->list[i], tag) == 0) {
            return true;
        }
    }
    return false;
}

bool vt_sidecar_tags_add(vt_sidecar_tags *tags, const char *tag, vt_error *error)
{
    if (vt_sidecar_tags_has(tags, tag)) {
        return true;
    }
    if (tags->count == tags->room) {
        size_t room = tags->room ? tags->room * 2 : 16;
        char **list = realloc(tags->list, room * sizeof *list);
        if (!list) {
            return vt_error_set(error, VT_ERROR_MEMORY, "cannot be taken: out of memory");
        }
        tags->list = list;
        tags->room = room;
    }
    char *copy = strdup(tag);
    if (!copy) {
        return vt_error_set(error, VT_ERROR_MEMORY, "cannot be taken: out of memory");
    }
    tags->list[tags->count++] = copy;
    return true;
}

bool vt_sidecar_tags_add_limited(vt_sidecar_tags *tags, const char *tag, vt_error *error)
{
    if (tags->count >= VT_SIDECAR_TAGS_MAX && !vt_sidecar_tags_has(tags, tag)) {
        return vt_error_set(error, VT_ERROR_LIMIT, "has more than the %d tags that a side-car may have",
                            VT_SIDECAR_TAGS_MAX);
    }
    return vt_sidecar_tags_add(tags, tag, error);
}

static bool has_level(const char *tag, const char *word, size_t length)
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

bool vt_sidecar_tags_has_level(const vt_sidecar_tags *tags, const char *word)
{
    size_t length = strlen(word);
    for (size_t i = 0; i < tags->count; i++) {
        if (has_level(tags->list[i], word, length)) {
            return true;
        }
    }
    return false;
}

const char *vt_sidecar_tag_last(const char *tag)
{
    const char *slash = strrchr(tag, '/');
    return slash ? slash + 1 : tag;
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
    return tag->length - begin <= VT_SIDECAR_LEVEL_BYTES_MAX;
}

bool vt_sidecar_tag_read(vt_sidecar_property property, const char *value, vt_str *tag)
{
    const char *separator = property == VT_SIDECAR_PROPERTY_DIGIKAM     ? "/"
                            : property == VT_SIDECAR_PROPERTY_LIGHTROOM ? "|"
                                                                        : "";
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
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++) {
        if (strncmp(tag->data, reserved[i], strlen(reserved[i])) == 0) {
            return false;
        }
    }
    return levels > 0 && levels <= VT_SIDECAR_LEVELS_MAX;
}

bool vt_sidecar_tags_same(const vt_sidecar_tags *a, const vt_sidecar_tags *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++) {
        same = vt_sidecar_tags_has(b, a->list[i]);
    }
    return same;
}
