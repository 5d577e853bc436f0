#include "core/sidecar/sidecar_edit.h"

#include "core/decode/xmp.h"
#include "core/sidecar/sidecar_edit_private.h"
#include "core/sidecar/sidecar_read.h"
#include "core/sidecar/sidecar_tags_read.h"
#include "core/sidecar/sidecar_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How a property is written that is not there yet. */
static const struct {
    vt_sidecar_prefix prefix;
    const char *name;
    const char *container; /* of its items, NULL for a plain text */
} forms[VT_SIDECAR_PROPERTY_COUNT] = {
    [VT_SIDECAR_PROPERTY_RATING] = {VT_SIDECAR_PREFIX_XMP, "Rating", NULL},
    [VT_SIDECAR_PROPERTY_LABEL] = {VT_SIDECAR_PREFIX_XMP, "Label", NULL},
    [VT_SIDECAR_PROPERTY_TITLE] = {VT_SIDECAR_PREFIX_DC, "title", "Alt"},
    [VT_SIDECAR_PROPERTY_NOTES] = {VT_SIDECAR_PREFIX_DC, "description", "Alt"},
    [VT_SIDECAR_PROPERTY_SUBJECT] = {VT_SIDECAR_PREFIX_DC, "subject", "Bag"},
    [VT_SIDECAR_PROPERTY_DIGIKAM] = {VT_SIDECAR_PREFIX_DIGIKAM, "TagsList", "Seq"},
    [VT_SIDECAR_PROPERTY_LIGHTROOM] = {VT_SIDECAR_PREFIX_LIGHTROOM, "hierarchicalSubject", "Bag"},
};

static const struct {
    vt_sidecar_field field;
    vt_sidecar_property property;
} texts[] = {
    {VT_SIDECAR_LABEL, VT_SIDECAR_PROPERTY_LABEL},
    {VT_SIDECAR_TITLE, VT_SIDECAR_PROPERTY_TITLE},
    {VT_SIDECAR_NOTES, VT_SIDECAR_PROPERTY_NOTES},
};
_Static_assert(sizeof texts / sizeof *texts == VT_SIDECAR_TEXTS, "one for each");

static bool out_of_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "cannot be changed: out of memory");
}

/* ---- what is wanted ---- */

static void wanted_free(vt_sidecar_wanted *w)
{
    for (int i = 0; i < VT_SIDECAR_TEXTS; i++) {
        vt_str_free(&w->text[i]);
    }
    vt_sidecar_tags_free(&w->tags);
}

static bool want_text(vt_str *to, const char *text, bool lines, vt_error *error)
{
    text = text ? text : "";
    if (!vt_utf8_valid(text, strlen(text))) {
        return vt_error_set(error, VT_ERROR_USAGE, "cannot be changed: a text is not UTF-8");
    }
    vt_sidecar_text_clean(to, text, strlen(text), lines);
    return !to->failed || out_of_memory(error);
}

static bool want_tag(vt_sidecar_wanted *w, const char *text, vt_error *error)
{
    vt_str clean = VT_STR_INIT, tag = VT_STR_INIT;
    bool done = want_text(&clean, text, false, error);
    if (done && !vt_sidecar_tag_read(VT_SIDECAR_PROPERTY_DIGIKAM, clean.data, &tag) && !tag.failed) {
        done = vt_error_set(error, VT_ERROR_USAGE,
                            "cannot have the tag '%.100s': it is empty, has a level of more than %d bytes or "
                            "more than %d levels, or is one that another program keeps for itself",
                            clean.data, VT_SIDECAR_LEVEL_BYTES_MAX, VT_SIDECAR_LEVELS_MAX);
    }
    done =
        done && (tag.failed ? out_of_memory(error) : vt_sidecar_tags_add_limited(&w->tags, tag.data, error));
    vt_str_free(&clean);
    vt_str_free(&tag);
    return done;
}

static bool want(vt_sidecar_wanted *w, const vt_sidecar_change *change, vt_error *error)
{
    const char *given[VT_SIDECAR_TEXTS] = {change->label, change->title, change->notes};
    *w = (vt_sidecar_wanted){.fields = change->fields, .rating = change->rating};
    bool done = true;
    for (int i = 0; i < VT_SIDECAR_TEXTS; i++) {
        w->text[i] = (vt_str)VT_STR_INIT;
    }
    if ((change->fields & VT_SIDECAR_RATING) && (change->rating < -1 || change->rating > 5)) {
        done = vt_error_set(error, VT_ERROR_USAGE, "cannot have the rating %d: they go from -1 to 5",
                            change->rating);
    }
    for (int i = 0; done && i < VT_SIDECAR_TEXTS; i++) {
        done = !(change->fields & texts[i].field) ||
               want_text(&w->text[i], given[i], texts[i].field == VT_SIDECAR_NOTES, error);
    }
    for (size_t i = 0; done && (change->fields & VT_SIDECAR_TAGS) && i < change->tag_count; i++) {
        done = want_tag(w, change->tags[i], error);
    }
    if (!done) {
        wanted_free(w);
    }
    return done;
}

/* ---- properties that are new ---- */

/* ` xmlns:xmp="..."` unless the prefix means that where new properties go. */
static void declare(vt_sidecar_editing *e, vt_sidecar_prefix prefix)
{
    if (!e->scan->bound[prefix]) {
        vt_str_appendf(&e->fresh, " xmlns:%s=\"%s\"", vt_sidecar_prefix_name(prefix),
                       vt_sidecar_prefix_namespace(prefix));
    }
}

void vt_sidecar_editing_add(vt_sidecar_editing *e, vt_sidecar_property property, const vt_str *values)
{
    const char *prefix = vt_sidecar_prefix_name(forms[property].prefix);
    const char *container = forms[property].container;
    const char *step = e->lead.length > 0 ? " " : "";
    bool alternatives = container && strcmp(container, "Alt") == 0;
    vt_str_append(&e->fresh, e->lead.data, e->lead.length);
    vt_str_appendf(&e->fresh, "<%s:%s", prefix, forms[property].name);
    declare(e, forms[property].prefix);
    if (container) {
        declare(e, VT_SIDECAR_PREFIX_RDF);
    }
    vt_str_append_char(&e->fresh, '>');
    if (!container) {
        vt_str_append_cstr(&e->fresh, values->data);
    } else {
        vt_str_appendf(&e->fresh, "%s%s<rdf:%s>", e->lead.data, step, container);
        for (size_t at = 0; at < values->length; at += strlen(values->data + at) + 1) {
            vt_str_appendf(&e->fresh, "%s%s%s<rdf:li%s>%s</rdf:li>", e->lead.data, step, step,
                           alternatives ? " xml:lang=\"x-default\"" : "", values->data + at);
        }
        vt_str_appendf(&e->fresh, "%s%s</rdf:%s>%s", e->lead.data, step, container, e->lead.data);
    }
    vt_str_appendf(&e->fresh, "</%s:%s>", prefix, forms[property].name);
}

/* The white space that new properties have before them: what the last one has, or else one step more than the
   description. */
static void set_lead(vt_sidecar_editing *e)
{
    const vt_sidecar_scan *s = e->scan;
    size_t end = s->last_child_end    ? s->last_child_begin
                 : s->has_description ? s->description.whole.begin
                                      : s->rdf.whole.begin;
    size_t begin = vt_sidecar_lead(e->text, end);
    /* Of several lines the last. */
    for (size_t at = begin; at < end; at++) {
        if (e->text[at] == '\n') {
            begin = at > begin && e->text[at - 1] == '\r' ? at - 1 : at;
        }
    }
    if (!memchr(e->text + begin, '\n', end - begin)) {
        return;
    }
    vt_str_append(&e->lead, e->text + begin, end - begin);
    if (!s->last_child_end) {
        vt_str_append_cstr(&e->lead, s->has_description ? " " : "  ");
    }
}

/* All new ones, behind the last that is there. */
static void place_fresh(vt_sidecar_editing *e)
{
    const vt_sidecar_scan *s = e->scan;
    vt_str words = VT_STR_INIT;
    e->splices.failed = e->splices.failed || e->fresh.failed || e->lead.failed;
    if (e->fresh.length == 0 || e->splices.failed) {
        return;
    }
    if (s->last_child_end) {
        vt_str_append(&words, e->fresh.data, e->fresh.length);
        vt_sidecar_splice_add(&e->splices, (vt_sidecar_span){s->last_child_end, s->last_child_end},
                              words.data);
    } else if (s->has_description && !s->description.empty_tag) {
        size_t at = s->description.content.begin;
        vt_sidecar_splice_add(&e->splices, (vt_sidecar_span){at, at}, e->fresh.data);
    } else if (s->has_description) {
        vt_str_append(&words, e->fresh.data, e->fresh.length);
        vt_str_append(&words, e->lead.data, e->lead.length ? e->lead.length - 1 : 0);
        vt_sidecar_splice_content(&e->splices, &s->description, words.data);
    } else {
        const char *outer = e->lead.data;
        int cut = (int)(e->lead.length ? e->lead.length - 1 : 0);
        vt_str_appendf(&words,
                       "%.*s<rdf:Description xmlns:rdf=\"%s\" rdf:about=\"\">%s%.*s</rdf:Description>", cut,
                       outer, vt_sidecar_prefix_namespace(VT_SIDECAR_PREFIX_RDF), e->fresh.data, cut, outer);
        vt_str_append(&words, outer, cut > 0 ? (size_t)cut - 1 : 0);
        vt_sidecar_splice_content(&e->splices, &s->rdf, words.data);
    }
    e->splices.failed = e->splices.failed || words.failed;
    vt_str_free(&words);
}

/* ---- single values ---- */

static void remove_others(vt_sidecar_editing *e, vt_sidecar_property property, const vt_sidecar_place *kept)
{
    for (size_t i = 0; i < e->scan->place_count; i++) {
        const vt_sidecar_place *place = &e->scan->places[i];
        if (place->property == property && place != kept) {
            vt_sidecar_splice_remove(&e->splices, place->element.whole);
        }
    }
}

static void set_single(vt_sidecar_editing *e, vt_sidecar_property property, const char *value)
{
    const vt_sidecar_place *place;
    const vt_sidecar_item *item;
    const char *now = vt_sidecar_scan_single(e->scan, property, &place, &item);
    if (now && strcmp(now, value) == 0) {
        return;
    }
    bool in_item = place && item && !item->nested;
    bool in_place = place && (place->attribute || (place->plain && !place->has_items) || in_item);
    vt_str words = VT_STR_INIT;
    if (!*value || !in_place) {
        place = NULL;
    }
    remove_others(e, property, place);
    vt_sidecar_text_escape(&words, value, place && place->attribute);
    if (place && place->attribute) {
        vt_sidecar_splice_add(&e->splices, place->element.content, words.data);
    } else if (place) {
        vt_sidecar_splice_content(&e->splices, in_item ? &item->element : &place->element, words.data);
    } else if (*value) {
        vt_sidecar_editing_add(e, property, &words);
    }
    e->splices.failed = e->splices.failed || words.failed;
    vt_str_free(&words);
}

/* ---- all of it ---- */

/* Of a text that was scanned: only memory can be short. */
static bool read_rating(const char *text, size_t count, bool *known, int *rating, vt_error *error)
{
    vt_metadata metadata;
    bool read = vt_xmp_read(text, count, &metadata);
    *known = read && (metadata.known & VT_METADATA_RATING);
    *rating = *known ? metadata.rating : 0;
    return read || out_of_memory(error);
}

/* The result says what it should. Nothing that does not is ever written. */
static bool prove(const vt_sidecar_wanted *w, const vt_str *result, vt_error *error)
{
    vt_sidecar_scan scan;
    vt_sidecar_tags tags = {.list = NULL};
    if (!vt_sidecar_scan_text(result->data, result->length, &scan, error)) {
        return false;
    }
    bool known;
    int rating;
    bool read = read_rating(result->data, result->length, &known, &rating, error);
    bool same = !(w->fields & VT_SIDECAR_RATING) || (known && rating == w->rating);
    for (int i = 0; i < VT_SIDECAR_TEXTS; i++) {
        const char *text = vt_sidecar_scan_single(&scan, texts[i].property, NULL, NULL);
        same = same && (!(w->fields & texts[i].field) || strcmp(text ? text : "", w->text[i].data) == 0);
    }
    read = read && (!(w->fields & VT_SIDECAR_TAGS) || vt_sidecar_tags_read(&scan, &tags, error));
    same = same && (!(w->fields & VT_SIDECAR_TAGS) || vt_sidecar_tags_same(&tags, &w->tags));
    vt_sidecar_tags_free(&tags);
    vt_sidecar_scan_free(&scan);
    return read && (same || vt_error_set(error, VT_ERROR_INTERNAL,
                                         "cannot be changed: the change would not be read as it is meant"));
}

static bool change_text(vt_sidecar_editing *e, vt_str *result, vt_error *error)
{
    const vt_sidecar_wanted *w = e->wanted;
    bool known;
    int rating;
    if (!read_rating(e->text, e->splices.count, &known, &rating, error)) {
        return false;
    }
    set_lead(e);
    if ((w->fields & VT_SIDECAR_RATING) && (!known || rating != w->rating)) {
        char digits[16];
        snprintf(digits, sizeof digits, "%d", w->rating);
        set_single(e, VT_SIDECAR_PROPERTY_RATING, digits);
    }
    for (int i = 0; i < VT_SIDECAR_TEXTS; i++) {
        if (w->fields & texts[i].field) {
            set_single(e, texts[i].property, w->text[i].data);
        }
    }
    if ((w->fields & VT_SIDECAR_TAGS) && !vt_sidecar_editing_set_tags(e, error)) {
        return false;
    }
    place_fresh(e);
    vt_str_clear(result);
    return vt_sidecar_splices_apply(&e->splices, result, error);
}

bool vt_sidecar_edit(const char *text, size_t count, const vt_sidecar_change *change, vt_str *result,
                     vt_error *error)
{
    vt_sidecar_wanted w;
    vt_sidecar_scan scan;
    if (!want(&w, change, error)) {
        return false;
    }
    vt_str utf8 = VT_STR_INIT;
    if (!vt_sidecar_to_utf8(&text, &count, &utf8, error) ||
        !vt_sidecar_scan_text(text, count, &scan, error)) {
        vt_str_free(&utf8);
        wanted_free(&w);
        return false;
    }
    bool done = scan.editable || vt_error_set(error, VT_ERROR_UNSUPPORTED,
                                              "is not UTF-8, as XMP in files of its own is; it is read, but "
                                              "cannot be changed");
    if (done) {
        vt_sidecar_editing e = {
            .text = text, .scan = &scan, .wanted = &w, .fresh = VT_STR_INIT, .lead = VT_STR_INIT};
        e.splices = (vt_sidecar_splices){.text = text, .count = count, .words = VT_STR_INIT};
        done = change_text(&e, result, error) && prove(&w, result, error);
        vt_sidecar_splices_free(&e.splices);
        vt_str_free(&e.fresh);
        vt_str_free(&e.lead);
    }
    vt_sidecar_scan_free(&scan);
    vt_str_free(&utf8);
    wanted_free(&w);
    return done;
}
