#include "app/ui/table/tag_line.h"

#include <stdlib.h>
#include <string.h>

static bool has(const vt_tag_line *line, const char *tag)
{
    for (size_t i = 0; i < line->count; i++) {
        if (strcmp(line->tags[i], tag) == 0) {
            return true;
        }
    }
    return false;
}

/* Takes over what `tag` holds. */
static void add(vt_tag_line *line, vt_str *tag)
{
    const char *from = tag->data + strspn(tag->data, " ");
    size_t length = tag->length - (size_t)(from - tag->data);
    while (length > 0 && (from[length - 1] == ' ' || from[length - 1] == '/')) {
        length--;
    }
    char *copy = length > 0 ? strndup(from, length) : NULL;
    bool is_new = copy && !has(line, copy);
    if (is_new && line->count < VT_TAG_LINE_MAX) {
        line->tags[line->count++] = copy;
    } else {
        line->overflowed |= is_new || (length > 0 && !copy);
        free(copy);
    }
    line->overflowed |= tag->failed;
    vt_str_clear(tag);
}

vt_tag_line vt_tag_line_read(const char *text)
{
    vt_tag_line line = {.count = 0};
    vt_str tag = VT_STR_INIT;
    bool is_quoted = false;
    for (const char *at = text; *at; at++) {
        if (*at == '"' && is_quoted && at[1] == '"') {
            vt_str_append_char(&tag, *at++);
        } else if (*at == '"') {
            is_quoted = !is_quoted;
        } else if (*at == ',' && !is_quoted) {
            add(&line, &tag);
        } else {
            vt_str_append_char(&tag, *at);
        }
    }
    add(&line, &tag);
    vt_str_free(&tag);
    return line;
}

void vt_tag_line_clear(vt_tag_line *line)
{
    for (size_t i = 0; i < line->count; i++) {
        free(line->tags[i]);
    }
    *line = (vt_tag_line){.count = 0};
}

void vt_tag_line_append(vt_str *text, const char *tag)
{
    vt_str_append_cstr(text, text->length ? ", " : "");
    if (!strpbrk(tag, ",\"")) {
        vt_str_append_cstr(text, tag);
        return;
    }
    vt_str_append_char(text, '"');
    for (; *tag; tag++) {
        vt_str_append_cstr(text, *tag == '"' ? "\"" : "");
        vt_str_append_char(text, *tag);
    }
    vt_str_append_char(text, '"');
}

size_t vt_tag_line_without(const vt_tag_line *line, const vt_tag_line *other,
                           const char *tags[VT_TAG_LINE_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < line->count; i++) {
        if (!has(other, line->tags[i])) {
            tags[count++] = line->tags[i];
        }
    }
    return count;
}

void vt_tag_line_at(const char *text, size_t cursor, size_t *from, size_t *to)
{
    bool is_quoted = false;
    size_t begin = 0;
    size_t at = 0;
    for (char c = text[0]; c && (at < cursor || is_quoted || c != ','); c = text[++at]) {
        is_quoted ^= c == '"';
        begin = c == ',' && !is_quoted ? at + 1 : begin;
    }
    *from = begin + strspn(text + begin, " ");
    *to = at > *from ? at : *from;
}
