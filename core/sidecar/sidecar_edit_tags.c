#include "core/sidecar/sidecar_edit_private.h"

#include "core/sidecar/sidecar_tags_read.h"
#include "core/sidecar/sidecar_text.h"

#include <string.h>

static const vt_sidecar_property tag_lists[] = {VT_SIDECAR_PROPERTY_SUBJECT, VT_SIDECAR_PROPERTY_DIGIKAM,
                                                VT_SIDECAR_PROPERTY_LIGHTROOM};
enum { TAG_LISTS = sizeof tag_lists / sizeof *tag_lists };

static bool is_wanted(vt_sidecar_editing *e, vt_sidecar_property property, const char *value, vt_str *tag)
{
    if (!vt_sidecar_tag_read(property, value, tag)) {
        return true; /* no tag of ours: it stays */
    }
    return property == VT_SIDECAR_PROPERTY_SUBJECT ? vt_sidecar_tags_has_level(&e->wanted->tags, tag->data)
                                                   : vt_sidecar_tags_has(&e->wanted->tags, tag->data);
}

/* The value with which a list is to have a tag; false if it cannot. */
static bool spell(vt_sidecar_property property, const char *tag, vt_str *value)
{
    vt_str_clear(value);
    if (property == VT_SIDECAR_PROPERTY_SUBJECT) {
        vt_str_append_cstr(value, vt_sidecar_tag_last(tag));
    } else if (property == VT_SIDECAR_PROPERTY_DIGIKAM) {
        vt_str_append_cstr(value, tag);
    } else if (strchr(tag, '|')) {
        return false;
    } else {
        vt_str_append_cstr(value, tag);
        for (size_t i = 0; !value->failed && i < value->length; i++) {
            value->data[i] = value->data[i] == '/' ? '|' : value->data[i];
        }
    }
    return true;
}

/* Takes unwanted items out of a place; those that stay are added to `present`. A list without any goes as a
   whole. False if nothing of it stays. */
static bool thin(vt_sidecar_editing *e, const vt_sidecar_place *place, vt_sidecar_tags *present, vt_str *tag)
{
    size_t stay = 0;
    size_t count = place->has_items ? place->item_count : 1;
    for (size_t k = 0; k < count; k++) {
        const vt_sidecar_item *item = place->has_items ? &e->scan->items[place->first_item + k] : NULL;
        const char *value = vt_sidecar_scan_value(e->scan, item ? item->value : place->value);
        if ((item && item->nested) || is_wanted(e, place->property, value, tag)) {
            stay += item || *value;
            if (!vt_sidecar_tags_add(present, value, NULL)) {
                e->splices.failed = true;
            }
        }
    }
    return stay > 0;
}

static void remove_unwanted(vt_sidecar_editing *e, const vt_sidecar_place *place, vt_str *tag)
{
    for (size_t k = 0; place->has_items && k < place->item_count; k++) {
        const vt_sidecar_item *item = &e->scan->items[place->first_item + k];
        if (!item->nested &&
            !is_wanted(e, place->property, vt_sidecar_scan_value(e->scan, item->value), tag)) {
            vt_sidecar_splice_remove(&e->splices, item->element.whole);
        }
    }
}

/* New items behind the last of `place`, spelled as that one is. */
static void add_items(vt_sidecar_editing *e, const vt_sidecar_place *place, const vt_str *missing)
{
    const vt_sidecar_span last = e->scan->items[place->first_item + place->item_count - 1].element.whole;
    size_t lead = vt_sidecar_lead(e->text, last.begin);
    size_t length = vt_sidecar_tag_name_length(e->text, e->splices.count, last.begin);
    vt_str words = VT_STR_INIT;
    for (size_t at = 0; at < missing->length; at += strlen(missing->data + at) + 1) {
        vt_str_append(&words, e->text + lead, last.begin - lead);
        vt_str_append(&words, e->text + last.begin, 1 + length);
        vt_str_appendf(&words, ">%s</", missing->data + at);
        vt_str_append(&words, e->text + last.begin + 1, length);
        vt_str_append_char(&words, '>');
    }
    e->splices.failed = e->splices.failed || words.failed;
    vt_sidecar_splice_add(&e->splices, (vt_sidecar_span){last.end, last.end}, words.data);
    vt_str_free(&words);
}

/* What the list does not have yet, escaped, a NUL behind each. */
static void find_missing(vt_sidecar_editing *e, vt_sidecar_property property, vt_sidecar_tags *present,
                         vt_str *missing)
{
    vt_str value = VT_STR_INIT;
    for (size_t i = 0; i < e->wanted->tags.count; i++) {
        if (!spell(property, e->wanted->tags.list[i], &value) || vt_sidecar_tags_has(present, value.data)) {
            continue;
        }
        if (!vt_sidecar_tags_add(present, value.data, NULL)) {
            e->splices.failed = true;
            break;
        }
        vt_sidecar_text_escape(missing, value.data, false);
        vt_str_append_char(missing, '\0');
    }
    e->splices.failed = e->splices.failed || missing->failed || value.failed;
    vt_str_free(&value);
}

/* One of the three lists. The first of its places that has items and keeps some takes the new ones. */
static void set_list(vt_sidecar_editing *e, vt_sidecar_property property)
{
    vt_sidecar_tags present = {.list = NULL};
    vt_str tag = VT_STR_INIT, missing = VT_STR_INIT;
    const vt_sidecar_place *open = NULL;
    for (size_t i = 0; i < e->scan->place_count; i++) {
        const vt_sidecar_place *place = &e->scan->places[i];
        if (place->property != property) {
            continue;
        }
        if (!place->has_items || !thin(e, place, &present, &tag)) {
            vt_sidecar_splice_remove(&e->splices, place->element.whole);
        } else {
            remove_unwanted(e, place, &tag);
            open = open ? open : place;
        }
    }
    find_missing(e, property, &present, &missing);
    if (missing.length > 0 && open) {
        add_items(e, open, &missing);
    } else if (missing.length > 0) {
        vt_sidecar_editing_add(e, property, &missing);
    }
    e->splices.failed = e->splices.failed || tag.failed;
    vt_sidecar_tags_free(&present);
    vt_str_free(&tag);
    vt_str_free(&missing);
}

static bool needs_levels(const vt_sidecar_editing *e)
{
    for (size_t i = 0; i < e->scan->place_count; i++) {
        vt_sidecar_property property = e->scan->places[i].property;
        if (property == VT_SIDECAR_PROPERTY_DIGIKAM || property == VT_SIDECAR_PROPERTY_LIGHTROOM) {
            return true;
        }
    }
    for (size_t i = 0; i < e->wanted->tags.count; i++) {
        if (strchr(e->wanted->tags.list[i], '/')) {
            return true;
        }
    }
    return false;
}

bool vt_sidecar_editing_set_tags(vt_sidecar_editing *e, vt_error *error)
{
    vt_sidecar_tags now;
    if (!vt_sidecar_tags_read(e->scan, &now, error)) {
        return false;
    }
    bool levels = needs_levels(e);
    if (!vt_sidecar_tags_same(&now, &e->wanted->tags)) {
        for (int i = 0; i < (levels ? TAG_LISTS : 1); i++) {
            set_list(e, tag_lists[i]);
        }
    }
    vt_sidecar_tags_free(&now);
    return true;
}
