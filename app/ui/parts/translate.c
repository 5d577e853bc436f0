#include "app/ui/parts/translate.h"

#include "app/ui/parts/wording.h"
#include "core/base/hash.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Texts that were asked for, by hash of what was asked. There are as many as the program has texts, times the
   forms of a plural; beyond SLOTS_MAX nothing is kept, so texts made at run time could not fill the memory.
 */
enum { SLOTS_FIRST = 512, SLOTS_MAX = 1 << 14, FORM_DIGITS = 100 };

typedef struct slot {
    const char *context, *text; /* owned copies; NULL: free */
    int64_t form;
    char *result; /* owned; NULL: no translation */
} slot;

static vt_tr_source source;
static slot *slots;
static size_t slot_count, used;

void vt_tr_set_source(vt_tr_source other)
{
    for (size_t i = 0; i < slot_count; i++) {
        free((char *)slots[i].context);
        free((char *)slots[i].text);
        free(slots[i].result);
    }
    free(slots);
    slots = NULL;
    slot_count = used = 0;
    source = other;
}

static uint64_t hash_of(const char *context, const char *text, int64_t form)
{
    uint64_t hash = vt_hash_add(VT_HASH_INIT, &form, sizeof form);
    hash = vt_hash_add(hash, context, strlen(context));
    return vt_hash_fold(vt_hash_add(hash, text, strlen(text)));
}

/* Its slot, or the free one for it. There is always one. */
static slot *place_of(slot *among, size_t count, const char *context, const char *text, int64_t form)
{
    size_t at = hash_of(context, text, form) & (count - 1);
    while (among[at].text && (among[at].form != form || strcmp(among[at].text, text) != 0 ||
                              strcmp(among[at].context, context) != 0)) {
        at = (at + 1) & (count - 1);
    }
    return &among[at];
}

static bool grow(void)
{
    size_t count = slot_count ? 2 * slot_count : SLOTS_FIRST;
    slot *larger = count <= SLOTS_MAX ? calloc(count, sizeof *larger) : NULL;
    if (!larger) {
        return false;
    }
    for (size_t i = 0; i < slot_count; i++) {
        if (slots[i].text) {
            *place_of(larger, count, slots[i].context, slots[i].text, slots[i].form) = slots[i];
        }
    }
    free(slots);
    slots = larger;
    slot_count = count;
    return true;
}

/* NULL: no translation, or no memory for it. */
static const char *look_up(const char *context, const char *text, int64_t form)
{
    if (!source || ((used + 1) * 2 > slot_count && !grow())) {
        return NULL;
    }
    slot *place = place_of(slots, slot_count, context, text, form);
    if (!place->text) {
        char *own_context = strdup(context);
        char *own_text = strdup(text);
        if (!own_context || !own_text) {
            free(own_context);
            free(own_text);
            return NULL;
        }
        place->context = own_context;
        place->text = own_text;
        place->form = form;
        place->result = source(context, text, form);
        used++;
    }
    return place->result;
}

const char *vt_tr(const char *context, const char *text)
{
    const char *found = look_up(context, text, -1);
    return found ? found : text;
}

/* Rules of plurals look at small numbers and at the last two digits, so few forms are asked for. */
static int64_t form_of(int64_t count)
{
    return count < FORM_DIGITS ? (count < 0 ? 0 : count) : FORM_DIGITS + count % FORM_DIGITS;
}

const char *vt_tr_count(const char *context, const char *one, const char *many, int64_t count)
{
    const char *found = look_up(context, many, form_of(count));
    return found ? found : count == 1 ? one : many;
}

/* `mark` is two characters. A translation without it is no reason to fail. */
static void append_filled(vt_str *text, const char *form, const char *mark, const char *value)
{
    const char *place = strstr(form, mark);
    if (!place) {
        vt_str_append_cstr(text, form);
        return;
    }
    vt_str_append(text, form, (size_t)(place - form));
    vt_str_append_cstr(text, value);
    vt_str_append_cstr(text, place + 2);
}

void vt_tr_fill(vt_str *text, const char *form, const char *value)
{
    append_filled(text, form, "%1", value);
}

void vt_tr_append_count(vt_str *text, const char *context, const char *one, const char *many, int64_t count)
{
    char number[32];
    append_filled(text, vt_tr_count(context, one, many, count), "%n",
                  vt_wording_count(number, sizeof number, count));
}

void vt_tr_append_with(vt_str *text, const char *context, const char *format, const char *value)
{
    append_filled(text, vt_tr(context, format), "%1", value);
}

void vt_tr_append_both(vt_str *text, const char *context, const char *format, const char *first,
                       const char *second)
{
    const char *at = vt_tr(context, format);
    for (const char *mark; (mark = strchr(at, '%')) != NULL; at = mark + 1) {
        const char *value = mark[1] == '1' ? first : mark[1] == '2' ? second : NULL;
        vt_str_append(text, at, (size_t)(mark - at) + !value);
        if (value) {
            vt_str_append_cstr(text, value);
            mark++;
        }
    }
    vt_str_append_cstr(text, at);
}
