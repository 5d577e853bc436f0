#include "core/sidecar/sidecar_read.h"

#include "core/base/path.h"
#include "core/sidecar/sidecar_path.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A side-car that was read. */
typedef struct reading {
    bool read;
    vt_sidecar_said said;
} reading;

static bool out_of_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
}

/* Adobe's note of whom a side-car with the short name is. */
static bool is_of(const reading *r, const char *path)
{
    const char *extension = r->said.single[VT_SIDECAR_SINGLE_EXTENSION];
    return !extension || !*extension || strcasecmp(extension, vt_path_extension(path)) == 0;
}

/* False only if nobody could be asked. */
static bool read_part(vt_sidecar_part *part, const vt_sidecar_asking *asking, reading *r)
{
    vt_str text = VT_STR_INIT;
    bool done = vt_sidecar_load(AT_FDCWD, part->path, &text, &part->stamp, NULL, &part->error);
    bool asked = true;
    if (done && part->stamp.there) {
        done = vt_sidecar_ask_what(asking, &text, &r->said, &part->error);
        asked = done || !vt_sidecar_is_unasked(&part->error);
        r->read = done;
        part->kept = done ? r->said.kept : 0;
    }
    if (!done) {
        vt_sidecar_name_file(&part->error, part->path);
    }
    vt_str_free(&text);
    return asked;
}

/* ---- merging ---- */

static bool take_text(vt_sidecar *s, vt_sidecar_field field, char **to, const reading *r,
                      vt_sidecar_single single, vt_error *error)
{
    const char *text = r->read ? r->said.single[single] : NULL;
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
    if (r->read && !(s->known & VT_SIDECAR_RATING) && (r->said.metadata.known & VT_METADATA_RATING)) {
        s->rating = r->said.metadata.rating;
        s->known |= VT_SIDECAR_RATING;
    }
    return take_text(s, VT_SIDECAR_LABEL, &s->label, r, VT_SIDECAR_SINGLE_LABEL, error) &&
           take_text(s, VT_SIDECAR_TITLE, &s->title, r, VT_SIDECAR_SINGLE_TITLE, error) &&
           take_text(s, VT_SIDECAR_NOTES, &s->notes, r, VT_SIDECAR_SINGLE_NOTES, error);
}

static bool add_all(vt_sidecar_tags *to, const vt_sidecar_tags *from, const vt_sidecar_tags *levels,
                    vt_error *error)
{
    for (size_t i = 0; i < from->count; i++) {
        if (!(levels && vt_sidecar_tags_has_level(levels, from->list[i])) &&
            !vt_sidecar_tags_add_limited(to, from->list[i], error)) {
            return false;
        }
    }
    return true;
}

/* The words last, when all levels are known: one that is a level in the other side-car is no tag. */
static bool take_tags(vt_sidecar *s, const reading *newer, const reading *older, vt_error *error)
{
    vt_sidecar_tags words = {.list = NULL};
    bool done = add_all(&s->tags, &newer->said.paths, NULL, error) &&
                add_all(&s->tags, &older->said.paths, NULL, error) &&
                add_all(&words, &newer->said.words, &s->tags, error) &&
                add_all(&words, &older->said.words, &s->tags, error) &&
                add_all(&s->tags, &words, NULL, error);
    vt_sidecar_tags_free(&words);
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
    vt_metadata_merge(&s->metadata, &newer->said.metadata, &older->said.metadata, &newer->said.metadata);
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

bool vt_sidecar_read(const char *path, bool with_short, const vt_sidecar_asking *asking, vt_sidecar *sidecar,
                     vt_error *error)
{
    reading r[VT_SIDECAR_NAMES];
    memset(sidecar, 0, sizeof *sidecar);
    memset(r, 0, sizeof r);
    if (!set_paths(sidecar, path, with_short)) {
        return out_of_memory(error);
    }
    bool done = true;
    for (int i = 0; done && i < VT_SIDECAR_NAMES; i++) {
        vt_sidecar_part *part = &sidecar->part[i];
        if (part->path && !read_part(part, asking, &r[i])) {
            done = vt_error_set(error, part->error.code, "%s", part->error.message);
        }
    }
    if (r[VT_SIDECAR_SHORT].read && !is_of(&r[VT_SIDECAR_SHORT], path)) {
        vt_sidecar_said_free(&r[VT_SIDECAR_SHORT].said);
        free(sidecar->part[VT_SIDECAR_SHORT].path);
        memset(&r[VT_SIDECAR_SHORT], 0, sizeof *r);
        memset(&sidecar->part[VT_SIDECAR_SHORT], 0, sizeof *sidecar->part);
    }
    done = done && merge_or_blame(sidecar, r, error);
    for (int i = 0; i < VT_SIDECAR_NAMES; i++) {
        vt_sidecar_said_free(&r[i].said);
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
