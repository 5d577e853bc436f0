#include "app/ui/parts/facts.h"

#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "core/base/clock.h"
#include "core/base/path.h"
#include "core/base/str.h"
#include "core/decode/exposure.h"
#include "core/decode/format.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define FACT(text) VT_TR_NOOP("facts", text)

enum { WORDS = 160 };

/* `label`: marked for the translators. What stands on lines of their own is joined by `between`. */
static void add_lines(vt_fact_list *list, const char *label, const char *bytes, size_t length,
                      const char *between)
{
    vt_str text = VT_STR_INIT;
    for (size_t at = 0; at < length;) {
        const char *end = memchr(bytes + at, '\n', length - at);
        size_t part = end ? (size_t)(end - bytes) - at : length - at;
        vt_str_append_cstr(&text, at > 0 ? between : "");
        vt_str_append_display(&text, bytes + at, part);
        at += part + 1;
    }
    char *owned = text.failed || list->count == VT_FACTS_MAX || text.length == 0 ? NULL : vt_str_take(&text);
    if (owned) {
        list->facts[list->count++] = (vt_fact){vt_tr("facts", label), owned};
    }
    vt_str_free(&text);
}

static void add_bytes(vt_fact_list *list, const char *label, const char *bytes, size_t length)
{
    add_lines(list, label, bytes, length, ", ");
}

static void add(vt_fact_list *list, const char *label, const char *text)
{
    add_bytes(list, label, text, strlen(text));
}

/* ---- the file ---- */

static void add_path(const vt_fact_source *source, vt_fact_list *list)
{
    uint32_t name_at = vt_path_split(source->path, (uint32_t)source->path_length);
    add_bytes(list, FACT("Name"), source->path + name_at, source->path_length - name_at);
    add_bytes(list, FACT("Folder"), source->path, vt_path_folder_length(name_at));
}

char *vt_facts_extent(char *text, size_t size, vt_kind kind, uint32_t width, uint32_t height,
                      uint64_t triangles)
{
    vt_str words = VT_STR_INIT;
    if (kind == VT_KIND_MODEL) {
        vt_tr_append_count(&words, "facts", "%n triangle", "%n triangles", (int64_t)triangles);
    } else if (kind == VT_KIND_SEQUENCE) {
        vt_tr_append_count(&words, "facts", "%n frame", "%n frames", (int64_t)triangles);
    } else {
        return vt_wording_extent(text, size, kind, width, height, triangles);
    }
    snprintf(text, size, "%s", words.failed ? "" : words.data);
    vt_str_free(&words);
    return text;
}

static void add_extent(const vt_item_brief *item, vt_fact_list *list)
{
    char extent[64], number[32];
    vt_str words = VT_STR_INIT;
    const vt_format_info *format = vt_format_get((vt_format)item->format);
    vt_facts_extent(extent, sizeof extent, (vt_kind)item->kind, item->width, item->height, item->triangles);
    double megapixels = (double)item->width * item->height / 1e6;
    vt_str_appendf(&words, "%s%s%s", format ? format->name : "", format && *extent ? ", " : "", extent);
    if (item->kind == VT_KIND_IMAGE && megapixels >= 0.1) {
        vt_str_append_cstr(&words, ", ");
        vt_tr_append_with(&words, "facts", "%1 megapixels",
                          vt_wording_decimal(number, sizeof number, 1, megapixels));
    }
    add(list, FACT("Format"), words.failed ? "" : words.data);
    vt_str_free(&words);
}

static void add_item(const vt_item_brief *item, vt_fact_list *list)
{
    char words[WORDS];
    add_extent(item, list);
    if (item->kind != VT_KIND_SEQUENCE) {
        add(list, FACT("Size"), vt_wording_size(words, sizeof words, item->size));
    }
    add(list, FACT("Changed"), vt_wording_date(words, sizeof words, item->mtime_ns));
}

/* ---- what the camera noted ---- */

/* What the camera's clock showed, in its own zone. */
static void add_taken(const vt_metadata *m, vt_fact_list *list)
{
    char words[WORDS];
    struct tm shown;
    int64_t below = m->taken_ns % VT_NS_PER_S < 0;
    time_t seconds = (time_t)(m->taken_ns / VT_NS_PER_S - below);
    if (!(m->known & VT_METADATA_TAKEN) || !gmtime_r(&seconds, &shown)) {
        return;
    }
    size_t length = strftime(words, sizeof words, "%Y-%m-%d %H:%M:%S", &shown);
    if (m->known & VT_METADATA_OFFSET) {
        int minutes = abs(m->offset_minutes);
        snprintf(words + length, sizeof words - length, " %c%02d:%02d", m->offset_minutes < 0 ? '-' : '+',
                 minutes / 60, minutes % 60);
    }
    add(list, FACT("Taken"), words);
}

char *vt_facts_exposure(char *text, size_t size, const vt_metadata *metadata)
{
    vt_str words = VT_STR_INIT;
    vt_exposure_append(&words, metadata);
    snprintf(text, size, "%s", words.data && !words.failed ? words.data : "");
    vt_str_free(&words);
    return vt_wording_point(text);
}

static void append_degrees(vt_str *text, double degrees, const char *towards)
{
    char number[32];
    snprintf(number, sizeof number, "%.5f", fabs(degrees));
    vt_str_appendf(text, "%s\u00b0 %s", vt_wording_point(number), towards);
}

static void add_position(const vt_metadata *m, vt_fact_list *list)
{
    char words[WORDS];
    if (m->known & VT_METADATA_POSITION) {
        vt_str place = VT_STR_INIT;
        append_degrees(&place, m->latitude, m->latitude < 0 ? vt_tr("facts", "S") : vt_tr("facts", "N"));
        vt_str_append_cstr(&place, ", ");
        append_degrees(&place, m->longitude, m->longitude < 0 ? vt_tr("facts", "W") : vt_tr("facts", "E"));
        add(list, FACT("Position"), place.failed ? "" : place.data);
        vt_str_free(&place);
    }
    if (m->known & VT_METADATA_ALTITUDE) {
        vt_str text = VT_STR_INIT;
        snprintf(words, sizeof words, "%.0f", fabs(m->altitude));
        vt_tr_fill(&text,
                   m->altitude < 0 ? vt_tr("facts", "%1 m below the sea")
                                   : vt_tr("facts", "%1 m above the sea"),
                   words);
        add(list, FACT("Altitude"), text.failed ? "" : text.data);
        vt_str_free(&text);
    }
}

static void add_metadata(const vt_metadata *m, vt_fact_list *list)
{
    static const struct {
        vt_metadata_text field;
        const char *label;
    } before[] = {{VT_METADATA_CAMERA, FACT("Camera")}, {VT_METADATA_LENS, FACT("Lens")}},
      behind[] = {{VT_METADATA_TITLE, FACT("Title")},
                  {VT_METADATA_DESCRIPTION, FACT("Description")},
                  {VT_METADATA_CREATOR, FACT("Creator")},
                  {VT_METADATA_COPYRIGHT, FACT("Copyright")},
                  {VT_METADATA_KEYWORDS, FACT("Keywords")}};
    char words[WORDS];
    add_taken(m, list);
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        add(list, before[i].label, vt_metadata_get(m, before[i].field));
    }
    add(list, FACT("Exposure"), vt_facts_exposure(words, sizeof words, m));
    add_position(m, list);
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++) {
        const char *text = vt_metadata_get(m, behind[i].field);
        /* Keywords are a line each; a description's lines are one text. */
        add_lines(list, behind[i].label, text, strlen(text),
                  behind[i].field == VT_METADATA_KEYWORDS ? ", " : " ");
    }
}

/* ---- what decoding found ---- */

static void add_colours(const vt_media_info *media, vt_fact_list *list)
{
    static const char *const forms[] = {
        NULL, FACT("grey, %1 bits a channel"), FACT("grey with transparency, %1 bits a channel"),
        FACT("colour, %1 bits a channel"), FACT("colour, four channels, %1 bits a channel")};
    char bits[16];
    if (media->channels >= 1 && media->channels <= 4 && media->bit_depth > 0) {
        vt_str text = VT_STR_INIT;
        snprintf(bits, sizeof bits, "%u", media->bit_depth);
        vt_tr_append_with(&text, "facts", forms[media->channels], bits);
        add(list, FACT("Pixels"), text.failed ? "" : text.data);
        vt_str_free(&text);
    }
}

/* How the camera was held, from which the picture has been turned upright. */
static void add_orientation(const vt_media_info *media, vt_fact_list *list)
{
    static const char *const turns[] = {NULL,
                                        FACT("not turned"),
                                        FACT("mirrored left and right"),
                                        FACT("turned by 180\u00b0"),
                                        FACT("mirrored top and bottom"),
                                        FACT("mirrored, and turned left by 90\u00b0"),
                                        FACT("turned right by 90\u00b0"),
                                        FACT("mirrored, and turned right by 90\u00b0"),
                                        FACT("turned left by 90\u00b0")};
    if (media->orientation > 0 && media->orientation < sizeof turns / sizeof *turns) {
        add(list, FACT("Orientation"), vt_tr("facts", turns[media->orientation]));
    }
}

static void add_count(vt_fact_list *list, const char *label, uint64_t count)
{
    char words[WORDS];
    add(list, label, vt_wording_count(words, sizeof words, (int64_t)count));
}

/* `form` has %1 for the number. */
static void add_measure(vt_fact_list *list, const char *label, const char *form, double value)
{
    char number[32];
    vt_str text = VT_STR_INIT;
    snprintf(number, sizeof number, "%.6g", value);
    vt_tr_append_with(&text, "facts", form, vt_wording_point(number));
    add(list, label, text.failed ? "" : text.data);
    vt_str_free(&text);
}

static void add_sides(const vt_media_info *media, vt_fact_list *list)
{
    char numbers[WORDS];
    double sides[3];
    for (int axis = 0; axis < 3; axis++) {
        sides[axis] = (double)media->bounds_max[axis] - (double)media->bounds_min[axis];
    }
    vt_str text = VT_STR_INIT;
    snprintf(numbers, sizeof numbers, "%.6g \u00d7 %.6g \u00d7 %.6g", sides[0], sides[1], sides[2]);
    vt_tr_append_with(&text, "facts", "%1 units", vt_wording_point(numbers));
    add(list, FACT("X \u00d7 Y \u00d7 Z"), text.failed ? "" : text.data);
    vt_str_free(&text);
}

static void add_measures(const vt_media_info *media, vt_fact_list *list)
{
    add_sides(media, list);
    add_count(list, FACT("Triangles"), media->triangles);
    add_count(list, FACT("Vertices"), media->vertices);
    add_measure(list, FACT("Surface"), FACT("%1 square units"), media->area);
    if (media->watertight == VT_WATERTIGHT_YES) {
        add_measure(list, FACT("Volume"), FACT("%1 cubic units"), media->volume);
    }
    if (media->watertight != VT_WATERTIGHT_UNKNOWN) {
        add(list, FACT("Watertight"),
            media->watertight == VT_WATERTIGHT_YES ? vt_tr("facts", "yes")
                                                   : vt_tr("facts", "no: it encloses no volume"));
    }
    if (media->dropped_triangles > 0) {
        add_count(list, FACT("Left out"), media->dropped_triangles);
    }
}

void vt_facts_build(const vt_fact_source *source, vt_fact_list *list)
{
    if (source->path) {
        add_path(source, list);
    }
    if (source->item) {
        add_item(source->item, list);
    }
    if (source->media && source->media->kind == VT_KIND_MODEL) {
        add_measures(source->media, list);
    } else if (source->media) {
        add_colours(source->media, list);
        add_orientation(source->media, list);
    }
    if (source->metadata) {
        add_metadata(source->metadata, list);
    }
}

void vt_facts_clear(vt_fact_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->facts[i].text);
    }
    list->count = 0;
}
