#include "core/import/export_xmp.h"

#include "core/base/clock.h"
#include "core/catalog/label.h"
#include "core/catalog/marks.h"
#include "core/decode/metadata.h"
#include "core/sidecar/sidecar_text.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define HEAD                                                                                                 \
    "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"                                   \
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "                                                        \
    "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"                                           \
    "<rdf:Description rdf:about=\"\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" "                            \
    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:tiff=\"http://ns.adobe.com/tiff/1.0/\" "            \
    "xmlns:exif=\"http://ns.adobe.com/exif/1.0/\" "                                                          \
    "xmlns:lr=\"http://ns.adobe.com/lightroom/1.0/\">\n"
#define TAIL "</rdf:Description>\n</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>"

typedef struct describing {
    vt_str *text;
    vt_str tags, paths; /* list items: names, and whole paths with | */
} describing;

static void put_simple(vt_str *text, const char *name, const char *value)
{
    if (value && *value) {
        vt_str_appendf(text, "<%s>", name);
        vt_sidecar_text_escape(text, value, false);
        vt_str_appendf(text, "</%s>\n", name);
    }
}

/* `array`: Alt with a language for texts, Seq for creators. */
static void put_array(vt_str *text, const char *name, const char *array, const char *attribute,
                      const char *value)
{
    if (value && *value) {
        vt_str_appendf(text, "<%s><rdf:%s><rdf:li%s>", name, array, attribute);
        vt_sidecar_text_escape(text, value, false);
        vt_str_appendf(text, "</rdf:li></rdf:%s></%s>\n", array, name);
    }
}

static void put_language(vt_str *text, const char *name, const char *value)
{
    put_array(text, name, "Alt", " xml:lang=\"x-default\"", value);
}

static void put_taken(vt_str *text, const vt_metadata *metadata)
{
    char date[40];
    time_t seconds = (time_t)(metadata->taken_ns / VT_NS_PER_S - (metadata->taken_ns % VT_NS_PER_S < 0));
    struct tm parts;
    if ((metadata->known & VT_METADATA_TAKEN) && gmtime_r(&seconds, &parts) &&
        strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &parts) > 0) {
        size_t length = strlen(date);
        if (metadata->known & VT_METADATA_OFFSET) {
            int minutes = abs(metadata->offset_minutes) % 1441;
            snprintf(date + length, sizeof date - length, "%c%02d:%02d",
                     metadata->offset_minutes < 0 ? '-' : '+', minutes / 60, minutes % 60);
        }
        put_simple(text, "exif:DateTimeOriginal", date);
        put_simple(text, "xmp:CreateDate", date);
    }
}

static void add_word(vt_str *list, const char *word, size_t length)
{
    char *copy = strndup(word, length);
    vt_str_append_cstr(list, "<rdf:li>");
    vt_sidecar_text_escape(list, copy ? copy : "", false);
    vt_str_append_cstr(list, "</rdf:li>");
    list->failed = list->failed || !copy;
    free(copy);
}

static void add_tag(describing *to, const char *path)
{
    const char *name = strrchr(path, '/');
    vt_str levels = VT_STR_INIT;
    for (const char *at = path; *at; at++) {
        vt_str_append_char(&levels, *at == '/' ? '|' : *at);
    }
    name = name ? name + 1 : path;
    add_word(&to->tags, name, strlen(name));
    add_word(&to->paths, levels.data, levels.length);
    vt_str_free(&levels);
}

static bool take_tag(void *user, const vt_tag *tag)
{
    add_tag(user, tag->path);
    return true;
}

/* The user's tags; of a picture without any, the file's own keywords, one a line. */
static void put_tags(describing *to, const vt_metadata *metadata)
{
    bool none = to->tags.length == 0;
    for (const char *at = vt_metadata_get(metadata, VT_METADATA_KEYWORDS); none && *at;) {
        size_t length = strcspn(at, "\n");
        add_word(&to->tags, at, length);
        at += length + (at[length] == '\n');
    }
    if (to->tags.length) {
        vt_str_appendf(to->text, "<dc:subject><rdf:Bag>%s</rdf:Bag></dc:subject>\n", to->tags.data);
    }
    if (to->paths.length) {
        vt_str_appendf(to->text, "<lr:hierarchicalSubject><rdf:Bag>%s</rdf:Bag></lr:hierarchicalSubject>\n",
                       to->paths.data);
    }
}

/* Lightroom's words begin with a capital. */
static void put_label(vt_str *text, int label, const vt_metadata *metadata)
{
    const char *name = label > 0 ? vt_label_name(label) : NULL;
    char word[32];
    if (!name) {
        put_simple(text, "xmp:Label", vt_metadata_get(metadata, VT_METADATA_LABEL));
        return;
    }
    snprintf(word, sizeof word, "%s", name);
    word[0] = (char)toupper((unsigned char)word[0]);
    put_simple(text, "xmp:Label", word);
}

static void put_all(describing *to, int rating, const vt_item_marks *marks, const vt_metadata *metadata)
{
    char stars[16];
    vt_str *text = to->text;
    bool has_title = marks->title && *marks->title;
    put_taken(text, metadata);
    put_simple(text, "tiff:Model", vt_metadata_get(metadata, VT_METADATA_CAMERA));
    put_language(text, "dc:title", has_title ? marks->title : vt_metadata_get(metadata, VT_METADATA_TITLE));
    put_language(text, "dc:description", vt_metadata_get(metadata, VT_METADATA_DESCRIPTION));
    put_array(text, "dc:creator", "Seq", "", vt_metadata_get(metadata, VT_METADATA_CREATOR));
    put_language(text, "dc:rights", vt_metadata_get(metadata, VT_METADATA_COPYRIGHT));
    if (rating > 0) {
        snprintf(stars, sizeof stars, "%d", rating);
        put_simple(text, "xmp:Rating", stars);
    }
    put_label(text, marks->label, metadata);
    put_tags(to, metadata);
}

bool vt_export_xmp(vt_catalog_reader *reader, int64_t item_id, vt_str *packet, vt_error *error)
{
    vt_item item;
    vt_metadata metadata;
    vt_item_marks marks = {0};
    describing to = {packet, VT_STR_INIT, VT_STR_INIT};
    size_t before = packet->length;
    bool done = vt_catalog_reader_item(reader, item_id, &item, error);
    int rating = done ? item.rating : 0;
    done = done && vt_catalog_reader_metadata(reader, item_id, &metadata, error) &&
           vt_marks_item(reader, item_id, &marks, error) &&
           vt_marks_each_tag_of(reader, item_id, take_tag, &to, error);
    if (done) {
        vt_str_append_cstr(packet, HEAD);
        size_t head = packet->length;
        put_all(&to, rating, &marks, &metadata);
        if (packet->length == head && !packet->failed) {
            packet->length = before; /* nothing is known */
            packet->data[before] = '\0';
        } else {
            vt_str_append_cstr(packet, TAIL);
        }
        done = (!packet->failed && !to.tags.failed && !to.paths.failed) ||
               vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a picture");
    }
    vt_item_marks_free(&marks);
    vt_str_free(&to.tags);
    vt_str_free(&to.paths);
    return done;
}
