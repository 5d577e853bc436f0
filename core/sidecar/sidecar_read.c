#include "core/sidecar/sidecar_read.h"

#include "core/base/path.h"
#include "core/decode/xmp.h"
#include "core/sidecar/sidecar_path.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A side-car that was read. */
typedef struct reading {
    bool read;
    vt_sidecar_scan scan;
    vt_metadata metadata;
} reading;

static bool out_of_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
}

/* Adobe's note of whom a side-car with the short name is. */
static bool is_of(const reading *r, const char *path)
{
    const char *extension = vt_sidecar_scan_single(&r->scan, VT_SIDECAR_PROPERTY_EXTENSION, NULL, NULL);
    return !extension || !*extension || strcasecmp(extension, vt_path_extension(path)) == 0;
}

static void read_part(vt_sidecar_part *part, reading *r)
{
    vt_str text = VT_STR_INIT;
    vt_str utf8 = VT_STR_INIT;
    bool done = vt_sidecar_load(AT_FDCWD, part->path, &text, &part->stamp, NULL, &part->error);
    if (done && part->stamp.there) {
        const char *words = text.data;
        size_t count = text.length;
        done = vt_sidecar_to_utf8(&words, &count, &utf8, &part->error) &&
               vt_sidecar_scan_text(words, count, &r->scan, &part->error);
        r->read = done;
        /* What the scan takes this takes: it looks at the same text by the same rules. */
        if (done && !vt_xmp_read(words, count, &r->metadata)) {
            done = vt_error_set(&part->error, VT_ERROR_MEMORY, "cannot be read: out of memory");
        }
        part->kept = done ? r->scan.kept : 0;
    }
    if (!done) {
        if (r->read) {
            vt_sidecar_scan_free(&r->scan);
        }
        r->read = false;
        vt_sidecar_name_file(&part->error, part->path);
    }
    vt_str_free(&utf8);
    vt_str_free(&text);
}

/* ---- merging ---- */

static bool take_text(vt_sidecar *s, vt_sidecar_field field, char **to, const reading *r,
                      vt_sidecar_property property, vt_error *error)
{
    const char *text = r->read ? vt_sidecar_scan_single(&r->scan, property, NULL, NULL) : NULL;
    if (!text || (s->known & field)) {
        return true;
    }
    char *copy = strdup(text);
    if (!copy) {
        return out_of_memory(error);
    }
    free(*to);
    *to = copy;
    s->known |= field;
    return true;
}

/* What is known already stays. */
static bool take_single(vt_sidecar *s, const reading *r, vt_error *error)
{
    if (r->read && !(s->known & VT_SIDECAR_RATING) && (r->metadata.known & VT_METADATA_RATING)) {
        s->rating = r->metadata.rating;
        s->known |= VT_SIDECAR_RATING;
    }
    return take_text(s, VT_SIDECAR_LABEL, &s->label, r, VT_SIDECAR_PROPERTY_LABEL, error) &&
           take_text(s, VT_SIDECAR_TITLE, &s->title, r, VT_SIDECAR_PROPERTY_TITLE, error) &&
           take_text(s, VT_SIDECAR_NOTES, &s->notes, r, VT_SIDECAR_PROPERTY_NOTES, error);
}

/* The words last, when all levels are known. */
static bool take_tags(vt_sidecar *s, const reading *newer, const reading *older, vt_error *error)
{
    const reading *both[] = {newer, older};
    bool done = true;
    for (int i = 0; done && i < 2; i++) {
        done = !both[i]->read || vt_sidecar_tags_add_paths(&s->tags, &both[i]->scan, error);
    }
    for (int i = 0; done && i < 2; i++) {
        done = !both[i]->read || vt_sidecar_tags_add_words(&s->tags, &both[i]->scan, error);
    }
    s->known |= s->tags.count > 0 ? VT_SIDECAR_TAGS : 0;
    return done;
}

static bool merge(vt_sidecar *s, const reading *r, vt_error *error)
{
    const vt_sidecar_part *part = s->part;
    bool short_newer = r[VT_SIDECAR_SHORT].read &&
                       (!r[VT_SIDECAR_LONG].read ||
                        part[VT_SIDECAR_SHORT].stamp.mtime_ns > part[VT_SIDECAR_LONG].stamp.mtime_ns);
    const reading *newer = &r[short_newer ? VT_SIDECAR_SHORT : VT_SIDECAR_LONG];
    const reading *older = &r[short_newer ? VT_SIDECAR_LONG : VT_SIDECAR_SHORT];
    /* Text comes from the last argument, facts from the first, both else from the middle one. */
    vt_metadata_merge(&s->metadata, &newer->metadata, &older->metadata, &newer->metadata);
    return take_single(s, newer, error) && take_single(s, older, error) && take_tags(s, newer, older, error);
}

/* Of too many tags as many as there is room for would be a random choice: there are none, and an error says
 * so. */
static bool merge_or_blame(vt_sidecar *s, const reading *r, vt_error *error)
{
    vt_error reason = VT_ERROR_INIT;
    if (merge(s, r, &reason)) {
        return true;
    }
    if (reason.code != VT_ERROR_LIMIT) {
        return out_of_memory(error);
    }
    vt_sidecar_tags_free(&s->tags);
    int blamed = r[VT_SIDECAR_SHORT].read ? VT_SIDECAR_SHORT : VT_SIDECAR_LONG;
    s->part[blamed].error = reason;
    vt_sidecar_name_file(&s->part[blamed].error, s->part[blamed].path);
    return true;
}

static bool set_paths(vt_sidecar *s, const char *path, bool with_short)
{
    s->label = strdup("");
    s->title = strdup("");
    s->notes = strdup("");
    s->part[VT_SIDECAR_LONG].path = vt_sidecar_path_long(path);
    bool made = s->label && s->title && s->notes && s->part[VT_SIDECAR_LONG].path;
    char *brief = made && with_short ? vt_sidecar_path_short(path) : NULL;
    made = made && (brief || !with_short);
    if (brief && strcmp(brief, s->part[VT_SIDECAR_LONG].path) == 0) { /* no extension: one name */
        free(brief);
        brief = NULL;
    }
    s->part[VT_SIDECAR_SHORT].path = brief;
    return made;
}

bool vt_sidecar_read(const char *path, bool with_short, vt_sidecar *sidecar, vt_error *error)
{
    reading r[VT_SIDECAR_NAMES];
    memset(sidecar, 0, sizeof *sidecar);
    memset(r, 0, sizeof r);
    if (!set_paths(sidecar, path, with_short)) {
        return out_of_memory(error);
    }
    for (int i = 0; i < VT_SIDECAR_NAMES; i++) {
        if (sidecar->part[i].path) {
            read_part(&sidecar->part[i], &r[i]);
        }
    }
    if (r[VT_SIDECAR_SHORT].read && !is_of(&r[VT_SIDECAR_SHORT], path)) {
        vt_sidecar_scan_free(&r[VT_SIDECAR_SHORT].scan);
        free(sidecar->part[VT_SIDECAR_SHORT].path);
        memset(&r[VT_SIDECAR_SHORT], 0, sizeof *r);
        memset(&sidecar->part[VT_SIDECAR_SHORT], 0, sizeof *sidecar->part);
    }
    bool done = merge_or_blame(sidecar, r, error);
    for (int i = 0; i < VT_SIDECAR_NAMES; i++) {
        if (r[i].read) {
            vt_sidecar_scan_free(&r[i].scan);
        }
    }
    return done;
}

void vt_sidecar_free(vt_sidecar *sidecar)
{
    free(sidecar->label);
    free(sidecar->title);
    free(sidecar->notes);
    vt_sidecar_tags_free(&sidecar->tags);
    for (int i = 0; i < VT_SIDECAR_NAMES; i++) {
        free(sidecar->part[i].path);
    }
    memset(sidecar, 0, sizeof *sidecar);
}
