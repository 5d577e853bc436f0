#include "core/sidecar/sidecar_tags_read.h"

/* A word that is a level of one of `known` (may be NULL) is left out. */
static bool add_value(vt_sidecar_tags *tags, const vt_sidecar_tags *known, vt_sidecar_property property,
                      const char *value, vt_error *error)
{
    vt_str tag = VT_STR_INIT;
    bool ours = vt_sidecar_tag_read(property, value, &tag);
    bool done = !tag.failed || vt_error_set(error, VT_ERROR_MEMORY, "cannot be taken: out of memory");
    if (done && ours && !(known && vt_sidecar_tags_has_level(known, tag.data))) {
        done = vt_sidecar_tags_add_limited(tags, tag.data, error);
    }
    vt_str_free(&tag);
    return done;
}

static bool add_places(vt_sidecar_tags *tags, const vt_sidecar_tags *known, const vt_sidecar_scan *scan,
                       vt_sidecar_property property, vt_error *error)
{
    for (size_t i = 0; i < scan->place_count; i++) {
        const vt_sidecar_place *place = &scan->places[i];
        if (place->property != property) {
            continue;
        }
        size_t count = place->has_items ? place->item_count : 1;
        for (size_t k = 0; k < count; k++) {
            const vt_sidecar_item *item = place->has_items ? &scan->items[place->first_item + k] : NULL;
            const char *value = vt_sidecar_scan_value(scan, item ? item->value : place->value);
            if (!(item && item->nested) && !add_value(tags, known, property, value, error)) {
                return false;
            }
        }
    }
    return true;
}

bool vt_sidecar_tags_add_paths(vt_sidecar_tags *tags, const vt_sidecar_scan *scan, vt_error *error)
{
    return add_places(tags, NULL, scan, VT_SIDECAR_PROPERTY_DIGIKAM, error) &&
           add_places(tags, NULL, scan, VT_SIDECAR_PROPERTY_LIGHTROOM, error);
}

bool vt_sidecar_tags_add_words(vt_sidecar_tags *words, const vt_sidecar_tags *paths,
                               const vt_sidecar_scan *scan, vt_error *error)
{
    return add_places(words, paths, scan, VT_SIDECAR_PROPERTY_SUBJECT, error);
}

bool vt_sidecar_tags_read(const vt_sidecar_scan *scan, vt_sidecar_tags *tags, vt_error *error)
{
    vt_sidecar_tags words = {.list = NULL};
    *tags = (vt_sidecar_tags){.list = NULL};
    bool done =
        vt_sidecar_tags_add_paths(tags, scan, error) && vt_sidecar_tags_add_words(&words, tags, scan, error);
    for (size_t i = 0; done && i < words.count; i++) {
        done = vt_sidecar_tags_add_limited(tags, words.list[i], error);
    }
    vt_sidecar_tags_free(&words);
    if (!done) {
        vt_sidecar_tags_free(tags);
    }
    return done;
}
