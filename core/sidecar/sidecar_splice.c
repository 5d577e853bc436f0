#include "core/sidecar/sidecar_splice.h"

#include <stdlib.h>
#include <string.h>

void vt_sidecar_splices_free(vt_sidecar_splices *splices)
{
    free(splices->list);
    vt_str_free(&splices->words);
    splices->list = NULL;
    splices->used = splices->room = 0;
}

void vt_sidecar_splice_add(vt_sidecar_splices *splices, vt_sidecar_span span, const char *words)
{
    if (splices->used == splices->room && !splices->failed) {
        size_t room = splices->room ? splices->room * 2 : 16;
        vt_sidecar_splice *list = realloc(splices->list, room * sizeof *list);
        if (!list) {
            splices->failed = true;
            return;
        }
        splices->list = list;
        splices->room = room;
    }
    if (!splices->failed) {
        splices->list[splices->used] = (vt_sidecar_splice){
            .span = span, .at = splices->words.length, .length = strlen(words), .turn = splices->used};
        splices->used++;
        vt_str_append_cstr(&splices->words, words);
    }
}

size_t vt_sidecar_lead(const char *text, size_t at)
{
    while (at > 0 && strchr(" \t\r\n", text[at - 1]) && text[at - 1]) {
        at--;
    }
    return at;
}

void vt_sidecar_splice_remove(vt_sidecar_splices *splices, vt_sidecar_span whole)
{
    vt_sidecar_splice_add(splices, (vt_sidecar_span){vt_sidecar_lead(splices->text, whole.begin), whole.end},
                          "");
}

size_t vt_sidecar_tag_name_length(const char *text, size_t count, size_t tag)
{
    size_t length = 0;
    while (tag + 1 + length < count && !strchr(" \t\r\n/>", text[tag + 1 + length])) {
        length++;
    }
    return length;
}

void vt_sidecar_splice_content(vt_sidecar_splices *splices, const vt_sidecar_element *element,
                               const char *content)
{
    if (!element->empty_tag) {
        vt_sidecar_splice_add(splices, element->content, content);
        return;
    }
    /* <a/> becomes <a>content</a>. */
    const char *name = splices->text + element->whole.begin + 1;
    vt_str words = VT_STR_INIT;
    vt_str_appendf(&words, ">%s</", content);
    vt_str_append(&words, name,
                  vt_sidecar_tag_name_length(splices->text, splices->count, element->whole.begin));
    vt_str_append_char(&words, '>');
    splices->failed = splices->failed || words.failed;
    vt_sidecar_splice_add(splices, (vt_sidecar_span){element->whole.end - 2, element->whole.end}, words.data);
    vt_str_free(&words);
}

/* By place; an insertion before what is taken away behind it. */
static int compare(const void *a, const void *b)
{
    const vt_sidecar_splice *x = a, *y = b;
    if (x->span.begin != y->span.begin) {
        return x->span.begin < y->span.begin ? -1 : 1;
    }
    if (x->span.end != y->span.end) {
        return x->span.end < y->span.end ? -1 : 1;
    }
    return x->turn < y->turn ? -1 : x->turn > y->turn;
}

bool vt_sidecar_splices_apply(vt_sidecar_splices *splices, vt_str *result, vt_error *error)
{
    size_t at = 0;
    if (splices->failed || splices->words.failed) {
        return vt_error_set(error, VT_ERROR_MEMORY, "cannot be changed: out of memory");
    }
    if (splices->used > 0) {
        qsort(splices->list, splices->used, sizeof *splices->list, compare);
    }
    for (size_t i = 0; i < splices->used; i++) {
        const vt_sidecar_splice *s = &splices->list[i];
        if (s->span.begin < at || s->span.end < s->span.begin || s->span.end > splices->count) {
            return vt_error_set(error, VT_ERROR_INTERNAL, "cannot be changed: two changes overlap");
        }
        vt_str_append(result, splices->text + at, s->span.begin - at);
        vt_str_append(result, splices->words.data + s->at, s->length);
        at = s->span.end;
    }
    vt_str_append(result, splices->text + at, splices->count - at);
    return !result->failed || vt_error_set(error, VT_ERROR_MEMORY, "cannot be changed: out of memory");
}
