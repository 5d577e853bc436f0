#include "core/sidecar/sidecar_scan.h"

#include "core/decode/xmp.h"
#include "core/decode/xmp_utf16.h"
#include "core/sidecar/sidecar_attribute.h"
#include "core/sidecar/sidecar_names.h"
#include "core/sidecar/sidecar_text.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <expat.h>

typedef struct walker {
    XML_Parser parser;
    const char *text;
    size_t count;
    vt_sidecar_scan *scan;
    int depth;      /* of the element that is open; 0 outside */
    int rdf_depth;  /* of rdf:RDF; 0 before it, out of reach after it */
    bool described; /* within an rdf:Description directly below it */
    bool in_first;  /* that is the first one */
    bool in_place;  /* the last place is open */
    bool in_item;   /* and in it the last item */
    vt_str value;   /* of what is open */
    bool bound[VT_SIDECAR_PREFIX_COUNT][VT_XMP_DEPTH_MAX + 2];
    int bindings[VT_SIDECAR_PREFIX_COUNT];
    vt_error reason;
    bool refused;
} walker;

static void refuse(walker *w, vt_error_code code, const char *why)
{
    if (!w->refused) {
        vt_error_set(&w->reason, code, "%s (line %lu)", why,
                     (unsigned long)XML_GetCurrentLineNumber(w->parser));
    }
    w->refused = true;
    XML_StopParser(w->parser, XML_FALSE);
}

/* Room for one more element of `size` bytes. */
static void *grow(walker *w, void *array, size_t count, size_t *room, size_t size, size_t limit)
{
    if (count >= limit) {
        refuse(w, VT_ERROR_LIMIT, "has more values than a side-car may have");
        return NULL;
    }
    if (count < *room) {
        return array;
    }
    size_t wanted = *room ? *room * 2 : 16;
    void *grown = realloc(array, wanted * size);
    if (!grown) {
        refuse(w, VT_ERROR_MEMORY, "cannot be read: out of memory");
        return NULL;
    }
    *room = wanted;
    return grown;
}

static vt_sidecar_place *add_place(walker *w, vt_sidecar_property property)
{
    vt_sidecar_scan *s = w->scan;
    vt_sidecar_place *places =
        grow(w, s->places, s->place_count, &s->place_room, sizeof *places, VT_SIDECAR_PLACES_MAX);
    if (!places) {
        return NULL;
    }
    s->places = places;
    places[s->place_count] = (vt_sidecar_place){.property = property, .first_item = s->item_count};
    return &places[s->place_count++];
}

static vt_sidecar_item *add_item(walker *w)
{
    vt_sidecar_scan *s = w->scan;
    vt_sidecar_item *items =
        grow(w, s->items, s->item_count, &s->item_room, sizeof *items, VT_SIDECAR_ITEMS_MAX);
    if (!items) {
        return NULL;
    }
    s->items = items;
    items[s->item_count] = (vt_sidecar_item){.nested = false};
    return &items[s->item_count++];
}

static size_t add_value(walker *w, vt_sidecar_property property, const char *text, size_t count)
{
    vt_str *values = &w->scan->values;
    size_t at = values->length;
    vt_sidecar_text_clean(values, text, count, property == VT_SIDECAR_PROPERTY_NOTES);
    vt_str_append_char(values, '\0');
    return at;
}

/* ---- spans ---- */

static void begin_element(walker *w, vt_sidecar_element *element)
{
    size_t begin = (size_t)XML_GetCurrentByteIndex(w->parser);
    size_t end = begin + (size_t)XML_GetCurrentByteCount(w->parser);
    element->whole = (vt_sidecar_span){begin, end};
    element->content = (vt_sidecar_span){end, end};
    element->empty_tag = w->scan->editable && end >= 2 && end <= w->count && w->text[end - 2] == '/';
}

static void end_element(walker *w, vt_sidecar_element *element)
{
    size_t at = (size_t)XML_GetCurrentByteIndex(w->parser);
    if (!element->empty_tag) {
        element->content.end = at;
        element->whole.end = at + (size_t)XML_GetCurrentByteCount(w->parser);
    }
}

/* ---- the walk ---- */

/* Properties that stand as attributes of their description. expat tells their names and values, the text
   their places: both are in the same order, but for the declarations of namespaces, which expat leaves out.
 */
static void take_attributes(walker *w, const char **attributes, const vt_sidecar_element *tag)
{
    size_t end = tag->whole.end;
    size_t at = w->scan->editable ? vt_sidecar_first_attribute(w->text, tag->whole.begin, end) : end;
    for (; attributes[0] && !w->refused; attributes += 2) {
        vt_sidecar_span whole = {0, 0}, content = {0, 0};
        w->scan->editable =
            w->scan->editable && vt_sidecar_next_attribute(w->text, &at, end, &whole, &content);
        vt_sidecar_property property = vt_sidecar_find_property(attributes[0]);
        if (property == VT_SIDECAR_PROPERTY_COUNT) {
            w->scan->kept += strncmp(attributes[0], VT_SIDECAR_RDF "\n", sizeof VT_SIDECAR_RDF) != 0;
            continue;
        }
        vt_sidecar_place *place = add_place(w, property);
        if (place) {
            place->attribute = true;
            place->element.whole = whole;
            place->element.content = content;
            place->value = add_value(w, property, attributes[1], strlen(attributes[1]));
        }
    }
}

static void start_description(walker *w, const char *name, const char **attributes)
{
    w->described = strcmp(name, VT_SIDECAR_RDF "\nDescription") == 0;
    if (!w->described) {
        return;
    }
    vt_sidecar_element tag;
    begin_element(w, &tag);
    if (!w->scan->has_description) {
        w->scan->has_description = w->in_first = true;
        w->scan->description = tag;
        for (int i = 0; i < VT_SIDECAR_PREFIX_COUNT; i++) {
            w->scan->bound[i] = w->bindings[i] > 0 && w->bound[i][w->bindings[i] - 1];
        }
    }
    take_attributes(w, attributes, &tag);
}

static void start_property(walker *w, const char *name, const char **attributes)
{
    vt_sidecar_element element;
    begin_element(w, &element);
    if (w->in_first) {
        w->scan->last_child_begin = element.whole.begin;
    }
    vt_sidecar_property property = vt_sidecar_find_property(name);
    if (property == VT_SIDECAR_PROPERTY_COUNT) {
        w->scan->kept++;
        return;
    }
    vt_sidecar_place *place = add_place(w, property);
    if (place) {
        place->element = element;
        place->plain = true;
        for (; attributes[0]; attributes += 2) {
            place->plain = place->plain && strcmp(attributes[0], VT_SIDECAR_XML_LANG) == 0;
        }
        w->in_place = true;
        vt_str_clear(&w->value);
    }
}

static void start_item(walker *w, const char *name, const char **attributes)
{
    if (strcmp(name, VT_SIDECAR_RDF "\nli") != 0) {
        return;
    }
    vt_sidecar_item *item = add_item(w);
    if (!item) {
        return;
    }
    begin_element(w, &item->element);
    for (; attributes[0]; attributes += 2) {
        bool lang = strcmp(attributes[0], VT_SIDECAR_XML_LANG) == 0;
        item->is_default = item->is_default || (lang && strcmp(attributes[1], "x-default") == 0);
        item->nested = item->nested || !lang; /* rdf:resource, rdf:parseType: more than a text */
    }
    vt_sidecar_place *place = &w->scan->places[w->scan->place_count - 1];
    place->has_items = true;
    place->item_count++;
    w->in_item = true;
    vt_str_clear(&w->value);
}

/* Depths below rdf:RDF: 1 description, 2 property, 3 Alt, Bag or Seq, 4 item; as in core/decode/xmp.c. */
static void on_start(void *user, const char *name, const char **attributes)
{
    walker *w = user;
    if (++w->depth > VT_XMP_DEPTH_MAX) {
        refuse(w, VT_ERROR_LIMIT, "is nested too deeply");
        return;
    }
    if (!w->rdf_depth) {
        if (strcmp(name, VT_SIDECAR_RDF "\nRDF") == 0) {
            w->rdf_depth = w->depth;
            begin_element(w, &w->scan->rdf);
            for (int i = 0; i < VT_SIDECAR_PREFIX_COUNT; i++) {
                w->scan->bound[i] = w->bindings[i] > 0 && w->bound[i][w->bindings[i] - 1];
            }
        }
        return;
    }
    int below = w->depth - w->rdf_depth;
    if (below == 1) {
        start_description(w, name, attributes);
    } else if (below == 2 && w->described) {
        start_property(w, name, attributes);
    } else if (below == 3 && w->in_place) {
        w->scan->places[w->scan->place_count - 1].plain = false;
    } else if (below == 4 && w->in_place) {
        start_item(w, name, attributes);
    } else if (below > 4 && w->in_item) {
        w->scan->items[w->scan->item_count - 1].nested = true;
    }
}

static void end_property(walker *w)
{
    if (w->in_place) {
        vt_sidecar_place *place = &w->scan->places[w->scan->place_count - 1];
        end_element(w, &place->element);
        if (!place->has_items) {
            place->value = add_value(w, place->property, w->value.data, w->value.length);
        }
        w->in_place = false;
    }
    if (w->in_first) {
        w->scan->last_child_end =
            (size_t)XML_GetCurrentByteIndex(w->parser) + (size_t)XML_GetCurrentByteCount(w->parser);
    }
}

static void on_end(void *user, const char *name)
{
    walker *w = user;
    (void)name;
    int below = w->rdf_depth ? w->depth - w->rdf_depth : -1;
    if (below == 4 && w->in_item) {
        vt_sidecar_item *item = &w->scan->items[w->scan->item_count - 1];
        vt_sidecar_property property = w->scan->places[w->scan->place_count - 1].property;
        end_element(w, &item->element);
        item->value = add_value(w, property, w->value.data, w->value.length);
        w->in_item = false;
        vt_str_clear(&w->value);
    } else if (below == 2 && w->described) {
        end_property(w);
    } else if (below == 1) {
        if (w->in_first) {
            end_element(w, &w->scan->description);
        }
        w->described = w->in_first = false;
    } else if (below == 0) {
        end_element(w, &w->scan->rdf);
        w->rdf_depth = INT_MAX / 2; /* whatever follows is no second one */
    }
    w->depth--;
}

static void on_text(void *user, const char *text, int count)
{
    walker *w = user;
    int below = w->rdf_depth ? w->depth - w->rdf_depth : 0;
    bool bare = below == 2 && w->in_place && !w->scan->places[w->scan->place_count - 1].has_items;
    if (count > 0 && (bare || (below == 4 && w->in_item))) {
        vt_str_append(&w->value, text, (size_t)count);
    }
}

static void on_namespace(void *user, const char *prefix, const char *meaning)
{
    walker *w = user;
    int i = vt_sidecar_find_prefix(prefix);
    if (i < VT_SIDECAR_PREFIX_COUNT && w->bindings[i] < VT_XMP_DEPTH_MAX + 2) {
        w->bound[i][w->bindings[i]++] =
            meaning && strcmp(meaning, vt_sidecar_prefix_namespace((vt_sidecar_prefix)i)) == 0;
    }
}

static void on_namespace_end(void *user, const char *prefix)
{
    walker *w = user;
    int i = vt_sidecar_find_prefix(prefix);
    if (i < VT_SIDECAR_PREFIX_COUNT && w->bindings[i] > 0) {
        w->bindings[i]--;
    }
}

static void on_doctype(void *user, const char *name, const char *system, const char *public, int internal)
{
    (void)name;
    (void)system;
    (void)public;
    (void)internal;
    refuse(user, VT_ERROR_CORRUPT, "declares a DOCTYPE, which XMP must not have");
}

static void on_declaration(void *user, const char *version, const char *encoding, int standalone)
{
    walker *w = user;
    (void)version;
    (void)standalone;
    if (encoding && strcasecmp(encoding, "UTF-8") != 0 && strcasecmp(encoding, "US-ASCII") != 0) {
        w->scan->editable = false;
    }
}

static void set_handlers(walker *w)
{
    XML_SetUserData(w->parser, w);
    XML_SetElementHandler(w->parser, on_start, on_end);
    XML_SetCharacterDataHandler(w->parser, on_text);
    XML_SetNamespaceDeclHandler(w->parser, on_namespace, on_namespace_end);
    XML_SetStartDoctypeDeclHandler(w->parser, on_doctype);
    XML_SetXmlDeclHandler(w->parser, on_declaration);
}

static bool walk(walker *w, vt_error *error)
{
    bool read = XML_Parse(w->parser, w->text, (int)w->count, 1) == XML_STATUS_OK;
    if (w->refused) {
        return vt_error_set(error, w->reason.code, "%s", w->reason.message);
    }
    if (w->scan->values.failed || w->value.failed ||
        (!read && XML_GetErrorCode(w->parser) == XML_ERROR_NO_MEMORY)) {
        return vt_error_set(error, VT_ERROR_MEMORY, "cannot be read: out of memory");
    }
    if (!read) {
        return vt_error_set(error, VT_ERROR_CORRUPT, "is no valid XML: %s (line %lu)",
                            XML_ErrorString(XML_GetErrorCode(w->parser)),
                            (unsigned long)XML_GetCurrentLineNumber(w->parser));
    }
    return w->rdf_depth ||
           vt_error_set(error, VT_ERROR_CORRUPT, "is XML, but no XMP: it has no rdf:RDF element");
}

bool vt_sidecar_to_utf8(const char **text, size_t *count, vt_str *utf8, vt_error *error)
{
    if (!vt_xmp_is_utf16(*text, *count)) {
        return true;
    }
    if (!vt_xmp_from_utf16(*text, *count, utf8)) {
        return utf8->failed ? vt_error_set(error, VT_ERROR_MEMORY, "cannot be read: out of memory")
                            : vt_error_set(error, VT_ERROR_CORRUPT,
                                           "begins as UTF-16, but holds what is half a character of it");
    }
    *text = utf8->data;
    *count = utf8->length;
    return true;
}

bool vt_sidecar_scan_text(const char *text, size_t count, vt_sidecar_scan *scan, vt_error *error)
{
    *scan = (vt_sidecar_scan){.values = VT_STR_INIT};
    if (count > VT_SIDECAR_BYTES_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT, "is larger than the %d bytes that a side-car may have",
                            VT_SIDECAR_BYTES_MAX);
    }
    while (count > 0 && text[count - 1] == '\0') { /* padding of some writers */
        count--;
    }
    if (count == 0) {
        return vt_error_set(error, VT_ERROR_EMPTY,
                            "is empty, which no side-car is; delete it or put it back");
    }
    if (memchr(text, '\0', count)) {
        return vt_error_set(
            error, VT_ERROR_UNSUPPORTED,
            "is UTF-32, or UTF-16 without a byte order mark, but XMP in a file of its own is UTF-8; "
            "save it as that");
    }
    scan->editable = vt_utf8_valid(text, count);
    walker w = {.text = text, .count = count, .scan = scan, .value = VT_STR_INIT};
    w.parser = XML_ParserCreateNS(NULL, VT_SIDECAR_SEPARATOR);
    bool done;
    if (w.parser) {
        set_handlers(&w);
        done = walk(&w, error);
        XML_ParserFree(w.parser);
    } else {
        done = vt_error_set(error, VT_ERROR_MEMORY, "cannot be read: out of memory");
    }
    vt_str_free(&w.value);
    if (!done) {
        vt_sidecar_scan_free(scan);
    }
    return done;
}

void vt_sidecar_scan_free(vt_sidecar_scan *scan)
{
    free(scan->places);
    free(scan->items);
    vt_str_free(&scan->values);
    *scan = (vt_sidecar_scan){.values = VT_STR_INIT};
}

const char *vt_sidecar_scan_value(const vt_sidecar_scan *scan, size_t value)
{
    return scan->values.data + value;
}

const char *vt_sidecar_scan_single(const vt_sidecar_scan *scan, vt_sidecar_property property,
                                   const vt_sidecar_place **place, const vt_sidecar_item **item)
{
    const char *found = NULL;
    const vt_sidecar_place *at = NULL;
    const vt_sidecar_item *in = NULL;
    for (size_t i = 0; i < scan->place_count; i++) {
        const vt_sidecar_place *p = &scan->places[i];
        if (p->property != property) {
            continue;
        }
        at = at ? at : p;
        found = found ? found : "";
        size_t values = p->has_items ? p->item_count : 1;
        for (size_t k = 0; k < values; k++) {
            const vt_sidecar_item *candidate = p->has_items ? &scan->items[p->first_item + k] : NULL;
            const char *text = vt_sidecar_scan_value(scan, candidate ? candidate->value : p->value);
            if (*text && (!*found || (candidate && candidate->is_default))) {
                found = text;
                at = p;
                in = candidate;
            }
        }
    }
    if (place) {
        *place = at;
    }
    if (item) {
        *item = in;
    }
    return found;
}
