#include "core/decode/xmp.h"

#include "core/decode/tag_path_text.h"
#include "core/decode/xmp_utf16.h"

#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <expat.h>

#define SEPARATOR  '\n' /* between namespace and name; in no namespace */
#define VALUE_MAX  4096 /* bytes of one value that are kept; longer than any text */
#define NUMBER_MAX 40

#define RDF       "http://www.w3.org/1999/02/22-rdf-syntax-ns#\n"
#define DC        "http://purl.org/dc/elements/1.1/\n"
#define XMP       "http://ns.adobe.com/xap/1.0/\n"
#define TIFF      "http://ns.adobe.com/tiff/1.0/\n"
#define EXIF      "http://ns.adobe.com/exif/1.0/\n"
#define EXIF_EX   "http://cipa.jp/exif/1.0/\n"
#define AUX       "http://ns.adobe.com/exif/1.0/aux/\n"
#define PHOTOSHOP "http://ns.adobe.com/photoshop/1.0/\n"
#define MICROSOFT "http://ns.microsoft.com/photo/1.0/\n"
#define DIGIKAM   "http://www.digikam.org/ns/1.0/\n"
#define LIGHTROOM "http://ns.adobe.com/lightroom/1.0/\n"
#define XML_LANG  "http://www.w3.org/XML/1998/namespace\nlang"

/* What is put together at the end. */
typedef struct parts {
    char make[VALUE_MAX];
    char model[VALUE_MAX];
    double latitude, longitude, altitude;
    bool below_sea;
    double percent;    /* Windows' rating */
    vt_metadata words; /* of dc:subject, as tags: which of them are levels of others is known at the end */
} parts;

typedef enum how {
    TEXT,  /* the first value, or the one of no particular language */
    LIST,  /* every value */
    WORDS, /* the same, and each is a tag unless it is a level of one */
    DIGIKAM_TAGS,
    LIGHTROOM_TAGS,
    NUMBER,
    PERCENT,
    TAKEN, /* the first property in the table that has a date */
    MAKE,
    MODEL,
    LATITUDE,
    LONGITUDE,
    ALTITUDE,
    ALTITUDE_REF
} how;

typedef struct property {
    const char *name;
    how how;
    int field; /* vt_metadata_text or vt_metadata_fact */
} property;

/* Of several that mean the same, the earlier is the better. */
static const property properties[] = {
    {DC "title", TEXT, VT_METADATA_TITLE},
    {DC "description", TEXT, VT_METADATA_DESCRIPTION},
    {DC "creator", LIST, VT_METADATA_CREATOR},
    {DC "rights", TEXT, VT_METADATA_COPYRIGHT},
    {DC "subject", WORDS, VT_METADATA_KEYWORDS},
    {DIGIKAM "TagsList", DIGIKAM_TAGS, 0},
    {LIGHTROOM "hierarchicalSubject", LIGHTROOM_TAGS, 0},
    {XMP "Label", TEXT, VT_METADATA_LABEL},
    {XMP "Rating", NUMBER, VT_METADATA_RATING},
    {MICROSOFT "Rating", PERCENT, 0},
    {EXIF "DateTimeOriginal", TAKEN, 0},
    {PHOTOSHOP "DateCreated", TAKEN, 0},
    {XMP "CreateDate", TAKEN, 0},
    {TIFF "Make", MAKE, 0},
    {TIFF "Model", MODEL, 0},
    {EXIF_EX "LensModel", TEXT, VT_METADATA_LENS},
    {AUX "Lens", TEXT, VT_METADATA_LENS},
    {EXIF "ExposureTime", NUMBER, VT_METADATA_EXPOSURE},
    {EXIF "FNumber", NUMBER, VT_METADATA_F_NUMBER},
    {EXIF_EX "PhotographicSensitivity", NUMBER, VT_METADATA_ISO},
    {EXIF "ISOSpeedRatings", NUMBER, VT_METADATA_ISO},
    {EXIF "FocalLength", NUMBER, VT_METADATA_FOCAL},
    {EXIF "GPSLatitude", LATITUDE, 0},
    {EXIF "GPSLongitude", LONGITUDE, 0},
    {EXIF "GPSAltitude", ALTITUDE, 0},
    {EXIF "GPSAltitudeRef", ALTITUDE_REF, 0},
};

#define PROPERTY_COUNT (sizeof properties / sizeof *properties)

typedef struct reader {
    XML_Parser parser;
    vt_metadata *metadata;
    parts parts;
    const property *taken_from;
    const property *open; /* the property that is being read, NULL outside */
    int depth;            /* of the element that is open; 0 outside */
    int rdf_depth;        /* of rdf:RDF; 0 before it */
    bool described;       /* within an rdf:Description directly below it */
    bool has_items;       /* the property is an array */
    bool refused;
    bool is_default; /* the item has xml:lang="x-default" */
    char value[VALUE_MAX];
    size_t length;
} reader;

static const property *find_property(const char *name)
{
    for (size_t i = 0; i < PROPERTY_COUNT; i++) {
        if (strcmp(properties[i].name, name) == 0) {
            return &properties[i];
        }
    }
    return NULL;
}

/* Digits with a decimal point whatever the locale; the end goes to `*end`. NaN if there are none. */
static double decimal(const char *text, const char **end)
{
    double value = 0;
    double unit = 1;
    bool negative = *text == '-';
    const char *at = text + (*text == '-' || *text == '+');
    const char *first = at;
    for (; *at >= '0' && *at <= '9' && at - first < NUMBER_MAX; at++) {
        value = value * 10 + (*at - '0');
    }
    if (*at == '.') {
        at++;
        first++;
        for (; *at >= '0' && *at <= '9' && at - first < NUMBER_MAX; at++) {
            value = value * 10 + (*at - '0');
            unit *= 10;
        }
    }
    *end = at;
    if (at == first) {
        return NAN;
    }
    return negative ? -value / unit : value / unit;
}

/* "28/10" or "2.8". */
static double number(const char *text)
{
    const char *end;
    double value = decimal(text, &end);
    if (*end == '/') {
        double under = decimal(end + 1, &end);
        value = under != 0 ? value / under : NAN;
    }
    return *end == '\0' ? value : NAN;
}

/* "52,31,12N" or "52,31.2N": degrees, minutes and perhaps seconds. */
static double angle(const char *text, const char *signs)
{
    double value = 0;
    double unit = 1;
    for (int i = 0; i < 3; i++) {
        value += decimal(text, &text) * unit;
        unit /= 60;
        if (*text != ',') {
            break;
        }
        text++;
    }
    if ((*text != signs[0] && *text != signs[1]) || text[1] != '\0') {
        return NAN;
    }
    return *text == signs[1] ? -value : value;
}

static void take_date(reader *r, const property *p)
{
    vt_metadata found = {0};
    if ((!r->taken_from || p < r->taken_from) && vt_metadata_set_taken(&found, r->value, r->length)) {
        r->metadata->taken_ns = found.taken_ns;
        r->metadata->offset_minutes = found.offset_minutes;
        r->metadata->known &= ~(uint32_t)(VT_METADATA_TAKEN | VT_METADATA_OFFSET);
        r->metadata->known |= found.known;
        r->taken_from = p;
    }
}

static void take_value(reader *r, const property *p)
{
    vt_metadata *m = r->metadata;
    r->value[r->length] = '\0';
    switch (p->how) {
    case TEXT:
        if (r->is_default || vt_metadata_get(m, (vt_metadata_text)p->field)[0] == '\0') {
            vt_metadata_set(m, (vt_metadata_text)p->field, r->value, r->length);
        }
        break;
    case LIST:
        vt_metadata_add(m, (vt_metadata_text)p->field, r->value, r->length);
        break;
    case WORDS:
        vt_metadata_add(m, VT_METADATA_KEYWORDS, r->value, r->length);
        vt_metadata_add_tag(&r->parts.words, "", r->value, r->length);
        break;
    case DIGIKAM_TAGS:
        vt_metadata_add_tag(m, "/", r->value, r->length);
        break;
    case LIGHTROOM_TAGS:
        vt_metadata_add_tag(m, "|", r->value, r->length);
        break;
    case PERCENT:
        r->parts.percent = number(r->value);
        break;
    case NUMBER:
        if (!(m->known & (uint32_t)p->field)) {
            vt_metadata_set_number(m, (vt_metadata_fact)p->field, number(r->value));
        }
        break;
    case TAKEN:
        take_date(r, p);
        break;
    case MAKE:
        memcpy(r->parts.make, r->value, r->length + 1);
        break;
    case MODEL:
        memcpy(r->parts.model, r->value, r->length + 1);
        break;
    case LATITUDE:
        r->parts.latitude = angle(r->value, "NS");
        break;
    case LONGITUDE:
        r->parts.longitude = angle(r->value, "EW");
        break;
    case ALTITUDE:
        r->parts.altitude = number(r->value);
        break;
    case ALTITUDE_REF:
        r->parts.below_sea = strcmp(r->value, "1") == 0;
        break;
    }
    r->length = 0;
}

static void append(reader *r, const char *text, size_t count)
{
    size_t room = VALUE_MAX - 1 - r->length;
    count = count < room ? count : room;
    memcpy(r->value + r->length, text, count);
    r->length += count;
}

static void refuse(reader *r)
{
    r->refused = true;
    XML_StopParser(r->parser, XML_FALSE);
}

/* A simple property may stand as an attribute of its description. */
static void take_attributes(reader *r, const char **attributes)
{
    for (; attributes[0]; attributes += 2) {
        const property *p = find_property(attributes[0]);
        if (p) {
            r->length = 0;
            append(r, attributes[1], strlen(attributes[1]));
            take_value(r, p);
        }
    }
}

/* Depths below rdf:RDF: 1 description, 2 property, 3 Alt, Bag or Seq, 4 item. What lies deeper belongs to
   structures (an editing history, a contact) and is none of a picture's own properties. */
static void on_start(void *user, const char *name, const char **attributes)
{
    reader *r = user;
    if (++r->depth > VT_XMP_DEPTH_MAX) {
        refuse(r);
        return;
    }
    if (!r->rdf_depth) {
        r->rdf_depth = strcmp(name, RDF "RDF") == 0 ? r->depth : 0;
        return;
    }
    switch (r->depth - r->rdf_depth) {
    case 1:
        r->described = strcmp(name, RDF "Description") == 0;
        if (r->described) {
            take_attributes(r, attributes);
        }
        break;
    case 2:
        r->open = r->described ? find_property(name) : NULL;
        r->has_items = false;
        r->length = 0;
        break;
    case 4:
        r->has_items = r->has_items || strcmp(name, RDF "li") == 0;
        r->is_default = false;
        r->length = 0;
        for (; attributes[0]; attributes += 2) {
            r->is_default = r->is_default ||
                            (strcmp(attributes[0], XML_LANG) == 0 && strcmp(attributes[1], "x-default") == 0);
        }
        break;
    default:
        break;
    }
}

static void on_end(void *user, const char *name)
{
    reader *r = user;
    int below = r->rdf_depth ? r->depth - r->rdf_depth : 0;
    if (r->open && below == 4 && strcmp(name, RDF "li") == 0) {
        take_value(r, r->open);
        r->is_default = false;
    } else if (r->open && below == 2) {
        if (!r->has_items) {
            take_value(r, r->open);
        }
        r->open = NULL;
    } else if (below == 0 && r->rdf_depth == r->depth) {
        r->rdf_depth = INT_MAX / 2; /* whatever follows is no second one */
    }
    r->depth--;
}

static void on_text(void *user, const char *text, int count)
{
    reader *r = user;
    int below = r->rdf_depth ? r->depth - r->rdf_depth : 0;
    if (r->open && count > 0 && (below == 4 || (below == 2 && !r->has_items))) {
        append(r, text, (size_t)count);
    }
}

static void on_doctype(void *user, const char *name, const char *system, const char *public, int internal)
{
    (void)name;
    (void)system;
    (void)public;
    (void)internal;
    refuse(user);
}

/* "rome" of the words is no tag of its own beside "italy/rome". */
static bool is_level(const char *paths, size_t count, const char *word, size_t length)
{
    char tag[VT_METADATA_TEXT_BYTES];
    for (size_t at = 0; at < count;) {
        size_t size = strcspn(paths + at, "\n");
        memcpy(tag, paths + at, size);
        tag[size] = '\0';
        if (vt_tag_path_text_has_level(tag, word, length)) {
            return true;
        }
        at += size + (paths[at + size] != '\0');
    }
    return false;
}

static void add_words(vt_metadata *metadata, const vt_metadata *from)
{
    const char *paths = vt_metadata_get(metadata, VT_METADATA_TAGS);
    const size_t count = strlen(paths); /* what is added behind them is of one level */
    for (const char *word = vt_metadata_get(from, VT_METADATA_TAGS); *word;) {
        size_t length = strcspn(word, "\n");
        if (!is_level(paths, count, word, length)) {
            vt_metadata_add(metadata, VT_METADATA_TAGS, word, length);
        }
        word += length + (word[length] != '\0');
    }
}

/* Windows writes 1, 25, 50, 75 and 99 for one star to five. */
static double stars(double percent)
{
    return percent >= 1 && percent <= 100 ? 1 + floor((percent + 12) / 25) : percent == 0 ? 0 : NAN;
}

static void put_together(reader *r)
{
    const parts *p = &r->parts;
    vt_metadata *m = r->metadata;
    add_words(m, &p->words);
    if (!(m->known & VT_METADATA_RATING)) {
        vt_metadata_set_number(m, VT_METADATA_RATING, stars(p->percent));
    }
    vt_metadata_set_model(m, VT_METADATA_CAMERA, p->make, strlen(p->make), p->model, strlen(p->model));
    vt_metadata_set_position(m, p->latitude, p->longitude);
    if (m->known & VT_METADATA_POSITION) {
        vt_metadata_set_number(m, VT_METADATA_ALTITUDE, p->below_sea ? -p->altitude : p->altitude);
    }
}

static bool read_utf8(const void *bytes, size_t count, vt_metadata *metadata)
{
    memset(metadata, 0, sizeof *metadata);
    const char *text = bytes;
    while (count > 0 && text[count - 1] == '\0') { /* padding of some writers */
        count--;
    }
    reader *r = count > 0 && count <= INT_MAX ? calloc(1, sizeof *r) : NULL;
    XML_Parser parser = r ? XML_ParserCreateNS(NULL, SEPARATOR) : NULL;
    if (!parser) {
        free(r);
        return false;
    }
    r->parser = parser;
    r->metadata = metadata;
    r->parts.latitude = r->parts.longitude = r->parts.altitude = r->parts.percent = NAN;
    XML_SetUserData(parser, r);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    XML_SetStartDoctypeDeclHandler(parser, on_doctype);
    bool read = XML_Parse(parser, text, (int)count, 1) == XML_STATUS_OK && !r->refused;
    if (read) {
        put_together(r);
    } else {
        memset(metadata, 0, sizeof *metadata);
    }
    XML_ParserFree(parser);
    free(r);
    return read;
}

bool vt_xmp_read(const void *bytes, size_t count, vt_metadata *metadata)
{
    if (!vt_xmp_is_utf16(bytes, count)) {
        return read_utf8(bytes, count, metadata);
    }
    vt_str text = VT_STR_INIT;
    memset(metadata, 0, sizeof *metadata);
    bool read = vt_xmp_from_utf16(bytes, count, &text) && read_utf8(text.data, text.length, metadata);
    vt_str_free(&text);
    return read;
}
