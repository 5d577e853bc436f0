/*
 * Metadata: what a picture's EXIF, IPTC and XMP blocks say of it, in one struct of fixed size, and the
 * compact form in which that struct leaves the decoder helper.
 *
 * One merging rule, a short form of the Metadata Working Group's "Guidelines for Handling Image Metadata" 2.0
 * (section 5): text, rating and label come from XMP, else from IPTC, else from EXIF; what the camera measured
 * (exposure, lens, position, date) comes from EXIF, else from XMP, else from IPTC. Whole fields are taken,
 * never mixed: the keywords are those of one block.
 *
 * Text is always valid UTF-8 without control characters, cut at its field's limit between two characters.
 * Plain data without pointers. Any thread.
 */
#ifndef VT_DECODE_METADATA_H
#define VT_DECODE_METADATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum vt_metadata_text {
    VT_METADATA_CAMERA, /* make and model, the make not twice */
    VT_METADATA_LENS,
    VT_METADATA_TITLE,
    VT_METADATA_DESCRIPTION, /* may hold line breaks, as the only one beside keywords */
    VT_METADATA_CREATOR,     /* several: separated by "; " */
    VT_METADATA_COPYRIGHT,
    VT_METADATA_KEYWORDS, /* one a line */
    VT_METADATA_LABEL,    /* a colour's name, in whatever language it was given */
    VT_METADATA_TAGS,     /* keywords with their levels, as the catalog has them: "place/rome", one a line */
    VT_METADATA_TEXT_COUNT
} vt_metadata_text;

/* Which numbers are known. A bit each in vt_metadata.known. */
typedef enum vt_metadata_fact {
    VT_METADATA_TAKEN = 1 << 0,
    VT_METADATA_OFFSET = 1 << 1, /* only with VT_METADATA_TAKEN */
    VT_METADATA_EXPOSURE = 1 << 2,
    VT_METADATA_F_NUMBER = 1 << 3,
    VT_METADATA_ISO = 1 << 4,
    VT_METADATA_FOCAL = 1 << 5,
    VT_METADATA_POSITION = 1 << 6,
    VT_METADATA_ALTITUDE = 1 << 7,
    VT_METADATA_RATING = 1 << 8,
    VT_METADATA_ALL_FACTS = (1 << 9) - 1
} vt_metadata_fact;

/* Bytes of all texts with a NUL after each; vt_metadata_text_limit tells each one's share. */
#define VT_METADATA_TEXT_BYTES (2 * 4096)

/* All zero: nothing is known. */
typedef struct vt_metadata {
    uint32_t known;         /* vt_metadata_fact */
    int32_t offset_minutes; /* of the camera's clock, east of UTC; -1440 to 1440 */
    /* Nanoseconds from 1970-01-01 to what the camera's clock showed, whatever its zone: pictures of a journey
       sort and read as they were taken. UTC is this minus the offset. Years 1800 to 2261. */
    int64_t taken_ns;
    double exposure;                   /* seconds, > 0 to 1e6 */
    double f_number;                   /* > 0 to 1000 */
    double focal_mm;                   /* of the lens, not its 35 mm equivalent; > 0 to 1e5 */
    double latitude;                   /* degrees north, -90 to 90 */
    double longitude;                  /* degrees east, -180 to 180 */
    double altitude;                   /* metres above the sea, -1e5 to 1e6 */
    uint32_t iso;                      /* 1 to 1e8 */
    int32_t rating;                    /* -1 (rejected), 0 (none given) to 5 */
    char text[VT_METADATA_TEXT_BYTES]; /* the module's own */
} vt_metadata;

/* The most bytes of a text, without its NUL. */
size_t vt_metadata_text_limit(vt_metadata_text field);

/* The text of a field, NUL-terminated, "" if there is none. Valid until the struct changes. */
const char *vt_metadata_get(const vt_metadata *metadata, vt_metadata_text field);

/* Sets a text from `count` bytes as a file gives them: ends at a NUL; what is no UTF-8 is taken as Latin-1;
   control characters become spaces; spaces at both ends go; cut at the limit. What remains empty sets
   nothing. */
void vt_metadata_set(vt_metadata *metadata, vt_metadata_text field, const void *bytes, size_t count);

/* Adds a further value to a field that has one: creators with "; ", all others on a new line. A value that
   does not fit as a whole is left out, and so is one that is there. */
void vt_metadata_add(vt_metadata *metadata, vt_metadata_text field, const void *bytes, size_t count);

/* Adds a keyword to VT_METADATA_TAGS, whose levels `separator` stands between ("": there are none), as
   core/decode/tag_path_text.h reads it; what is no tag is left out, and so is what vt_metadata_add leaves. */
void vt_metadata_add_tag(vt_metadata *metadata, const char *separator, const void *bytes, size_t count);

/* Sets camera or lens from maker and model, whose name often begins with the maker's first word ("NIKON
   CORPORATION", "NIKON D850"): then the model alone. Either may be empty. */
void vt_metadata_set_model(vt_metadata *metadata, vt_metadata_text field, const char *maker,
                           size_t maker_count, const char *model, size_t model_count);

/* Sets the date; years out of range are left unknown. */
void vt_metadata_set_taken_ns(vt_metadata *metadata, int64_t taken_ns);

/* Set a number if it is within its range (see the struct); NaN and others are left unknown. */
void vt_metadata_set_number(vt_metadata *metadata, vt_metadata_fact fact, double value);
void vt_metadata_set_position(vt_metadata *metadata, double latitude, double longitude);

/* Sets date and time from "2024:05:17 13:01:02" (EXIF) or "2024-05-17T13:01:02.25+02:00" (XMP; the time, its
   seconds and the zone may be missing). Sets nothing and returns false if that is no date. */
bool vt_metadata_set_taken(vt_metadata *metadata, const char *text, size_t count);
/* Digits behind the decimal point: "25". And "+02:00" or "Z". Only with a date that is set. */
void vt_metadata_set_subseconds(vt_metadata *metadata, const char *digits, size_t count);
void vt_metadata_set_offset(vt_metadata *metadata, const char *text, size_t count);

/* Nothing is known. */
bool vt_metadata_is_empty(const vt_metadata *metadata);

/* Merges by the rule above into `to`. The others are left as they are. */
void vt_metadata_merge(vt_metadata *to, const vt_metadata *exif, const vt_metadata *iptc,
                       const vt_metadata *xmp);

/* The compact form: "VM", a version, the facts that are known in the order of their bits (little-endian), the
   texts that are not empty, each with field number and length. 0 bytes for nothing. */
#define VT_METADATA_PACKED_MAX 8300

/* Writes it to `bytes`, which has VT_METADATA_PACKED_MAX of room; returns its length. */
size_t vt_metadata_pack(const vt_metadata *metadata, uint8_t *bytes);

/* Reads what vt_metadata_pack wrote. False, and nothing is known, if it could not have written this: every
   length, range, character and limit is checked, since the bytes may come from a helper that was taken over.
 */
bool vt_metadata_unpack(vt_metadata *metadata, const void *bytes, size_t count);

#endif
