#include "core/sidecar/sidecar_tags.h"

#include <stdlib.h>
#include <string.h>

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

bool vt_sidecar_tags_add_lines(vt_sidecar_tags *tags, const char *lines, vt_error *error)
{
    bool done = true;
    vt_str tag = VT_STR_INIT;
    while (done && *lines) {
        size_t length = strcspn(lines, "\n");
        vt_str_clear(&tag);
        vt_str_append(&tag, lines, length);
        done = !tag.failed && (length == 0 || vt_sidecar_tags_add(tags, tag.data, error));
        lines += length + (lines[length] == '\n');
    }
    bool memory = !tag.failed;
    vt_str_free(&tag);
    return done || (memory ? false : vt_error_set(error, VT_ERROR_MEMORY, "cannot be taken: out of memory"));
}

void vt_sidecar_tags_remove(vt_sidecar_tags *tags, const vt_sidecar_tags *others)
{
    size_t kept = 0;
    for (size_t i = 0; i < tags->count; i++) {
        if (vt_sidecar_tags_has(others, tags->list[i])) {
            free(tags->list[i]);
        } else {
            tags->list[kept++] = tags->list[i];
        }
    }
    tags->count = kept;
}

bool vt_sidecar_tags_has_level(const vt_sidecar_tags *tags, const char *word)
{
    size_t length = strlen(word);
    for (size_t i = 0; i < tags->count; i++) {
        if (vt_tag_path_text_has_level(tags->list[i], word, length)) {
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

bool vt_sidecar_tag_read(vt_sidecar_property property, const char *value, vt_str *tag)
{
    const char *separator = property == VT_SIDECAR_PROPERTY_DIGIKAM     ? "/"
                            : property == VT_SIDECAR_PROPERTY_LIGHTROOM ? "|"
                                                                        : "";
    return vt_tag_path_text_read(separator, value, tag);
}

bool vt_sidecar_tags_same(const vt_sidecar_tags *a, const vt_sidecar_tags *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++) {
        same = vt_sidecar_tags_has(b, a->list[i]);
    }
    return same;
}
