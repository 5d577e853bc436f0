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

static bool take_text(vt_sidecar_marks *marks, vt_sidecar_field field, char **to, const reading *r,
                      vt_sidecar_single single, vt_error *error)
{
    const char *text = r->read ? r->said.single[single] : NULL;
    if (!text || (marks->known & field)) {
        return true;
    }
    char *copy = strdup(text);
    if (!copy) {
        return out_of_memory(error);
    }
    free(*to);
    *to = copy;
    marks->known |= field;
    return true;
}

/* What is known already stays. */
static bool take_single(vt_sidecar_marks *marks, const reading *r, vt_error *error)
{
    if (r->read && !(marks->known & VT_SIDECAR_RATING) && (r->said.metadata.known & VT_METADATA_RATING)) {
        marks->rating = r->said.metadata.rating;
        marks->known |= VT_SIDECAR_RATING;
    }
    return take_text(marks, VT_SIDECAR_LABEL, &marks->label, r, VT_SIDECAR_SINGLE_LABEL, error) &&
           take_text(marks, VT_SIDECAR_TITLE, &marks->title, r, VT_SIDECAR_SINGLE_TITLE, error) &&
           take_text(marks, VT_SIDECAR_NOTES, &marks->notes, r, VT_SIDECAR_SINGLE_NOTES, error);
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
static bool take_tags(vt_sidecar_marks *marks, const reading *newer, const reading *older, vt_error *error)
{
    vt_sidecar_tags words = {.list = NULL};
    bool done = add_all(&marks->tags, &newer->said.paths, NULL, error) &&
                add_all(&marks->tags, &older->said.paths, NULL, error) &&
                add_all(&words, &newer->said.words, &marks->tags, error) &&
                add_all(&words, &older->said.words, &marks->tags, error) &&
                add_all(&marks->tags, &words, NULL, error);
    vt_sidecar_tags_free(&words);
    marks->known |= marks->tags.count > 0 ? VT_SIDECAR_TAGS : 0;
    return done;
}

static bool take_marks(vt_sidecar_marks *marks, const reading *newer, const reading *older, vt_error *error)
{
    return take_single(marks, newer, error) && take_single(marks, older, error) &&
           take_tags(marks, newer, older, error);
}

vt_sidecar_name vt_sidecar_newer(const vt_sidecar *sidecar)
{
    const vt_sidecar_stamp *brief = &sidecar->part[VT_SIDECAR_SHORT].stamp;
    const vt_sidecar_stamp *full = &sidecar->part[VT_SIDECAR_LONG].stamp;
    bool short_newer = brief->there && (!full->there || brief->mtime_ns > full->mtime_ns);
    return short_newer ? VT_SIDECAR_SHORT : VT_SIDECAR_LONG;
}

static bool merge(vt_sidecar *s, const reading *r, vt_error *error)
{
    vt_sidecar_name which = vt_sidecar_newer(s);
    which = r[which].read ? which : VT_SIDECAR_NAMES - 1 - which;
    const reading *newer = &r[which], *older = &r[VT_SIDECAR_NAMES - 1 - which];
    /* Text comes from the last argument, facts from the first, both else from the middle one. */
    vt_metadata_merge(&s->metadata, &newer->said.metadata, &older->said.metadata, &newer->said.metadata);
    return take_marks(&s->marks, newer, older, error);
}

/* Of too many tags as many as there is room for would be a random choice: there are none, and an error says
 * so. */
static bool blame(vt_sidecar_part *part, vt_sidecar_marks *marks, const vt_error *reason, vt_error *error)
{
    if (reason->code != VT_ERROR_LIMIT) {
        return out_of_memory(error);
    }
    vt_sidecar_tags_free(&marks->tags);
    part->error = *reason;
    vt_sidecar_name_file(&part->error, part->path);
    return true;
}

static bool merge_or_blame(vt_sidecar *s, const reading *r, vt_error *error)
{
    static const reading none = {.read = false};
    vt_error reason = VT_ERROR_INIT;
    for (int i = 0; i < VT_SIDECAR_NAMES; i++) {
        if (!take_marks(&s->part[i].marks, &r[i], &none, &reason)) {
            return blame(&s->part[i], &s->part[i].marks, &reason, error);
        }
    }
    int blamed = r[VT_SIDECAR_SHORT].read ? VT_SIDECAR_SHORT : VT_SIDECAR_LONG;
    return merge(s, r, &reason) || blame(&s->part[blamed], &s->marks, &reason, error);
}

static bool marks_begin(vt_sidecar_marks *marks)
{
    marks->label = strdup("");
    marks->title = strdup("");
    marks->notes = strdup("");
    return marks->label && marks->title && marks->notes;
}

static void marks_free(vt_sidecar_marks *marks)
{
    free(marks->label);
    free(marks->title);
    free(marks->notes);
    vt_sidecar_tags_free(&marks->tags);
}

static bool set_paths(vt_sidecar *s, const char *path, bool with_short)
{
    bool made = marks_begin(&s->marks);
    for (int i = 0; i < VT_SIDECAR_NAMES; i++) {
        made = marks_begin(&s->part[i].marks) && made;
    }
    s->part[VT_SIDECAR_LONG].path = vt_sidecar_path_long(path);
    made = made && s->part[VT_SIDECAR_LONG].path;
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
        vt_sidecar_part *other = &sidecar->part[VT_SIDECAR_SHORT];
        free(other->path);
        other->path = NULL;
        other->stamp = (vt_sidecar_stamp){0};
        other->kept = 0;
        memset(&r[VT_SIDECAR_SHORT], 0, sizeof *r);
    }
    done = done && merge_or_blame(sidecar, r, error);
    for (int i = 0; i < VT_SIDECAR_NAMES; i++) {
        vt_sidecar_said_free(&r[i].said);
    }
    return done;
}

void vt_sidecar_free(vt_sidecar *sidecar)
{
    marks_free(&sidecar->marks);
    for (int i = 0; i < VT_SIDECAR_NAMES; i++) {
        marks_free(&sidecar->part[i].marks);
        free(sidecar->part[i].path);
    }
    memset(sidecar, 0, sizeof *sidecar);
}
