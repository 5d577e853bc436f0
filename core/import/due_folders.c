#include "core/import/due_folders.h"

#include "core/import/frames.h"
#include "core/scan/folder.h"

#include <stdlib.h>
#include <string.h>

/* A folder with a frame that was given by itself. */
typedef struct due_folder {
    struct due_folder *next;
    bool given_out;
    char path[];
} due_folder;

struct vt_due_folders {
    vt_sequence_claims *claims; /* borrowed */
    vt_sequence_mode mode;
    bool siblings;
    vt_arena *arena; /* of one name */
    vt_str path;     /* of a file beside it */
    due_folder *first;
};

static bool out_of_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "out of memory while looking for sequences");
}

vt_due_folders *vt_due_folders_create(vt_sequence_claims *claims, vt_sequence_mode mode, bool siblings)
{
    vt_due_folders *folders = calloc(1, sizeof *folders);
    if (folders) {
        folders->claims = claims;
        folders->mode = mode;
        folders->siblings = siblings;
        folders->path = (vt_str)VT_STR_INIT;
        folders->arena = vt_arena_create(0);
    }
    if (folders && !folders->arena) {
        free(folders);
        return NULL;
    }
    return folders;
}

void vt_due_folders_free(vt_due_folders *folders)
{
    if (folders) {
        while (folders->first) {
            due_folder *next = folders->first->next;
            free(folders->first);
            folders->first = next;
        }
        vt_str_free(&folders->path);
        vt_arena_free(folders->arena);
        free(folders);
    }
}

static bool is_due(const vt_due_folders *folders, const char *path, size_t length)
{
    for (const due_folder *at = folders->first; at; at = at->next) {
        if (strlen(at->path) == length && memcmp(at->path, path, length) == 0) {
            return true;
        }
    }
    return false;
}

static bool make_due(vt_due_folders *folders, const char *path, size_t length, vt_error *error)
{
    if (is_due(folders, path, length)) {
        return true;
    }
    due_folder *due = malloc(sizeof *due + length + 1);
    if (!due) {
        return out_of_memory(error);
    }
    memcpy(due->path, path, length);
    due->path[length] = '\0';
    due->given_out = false;
    due->next = folders->first;
    folders->first = due;
    return true;
}

/* ---- what the catalog says ---- */

/* True if `claim` is about names like that, of whatever width. */
static bool is_about(const vt_sequence_claim *claim, const char *name, const vt_sequence_name *parts)
{
    size_t suffix_at = (size_t)parts->digits_at + parts->digits_length;
    return claim->names.prefix_length == parts->digits_at &&
           claim->names.suffix_length == parts->length - suffix_at &&
           memcmp(claim->names.prefix, name, parts->digits_at) == 0 &&
           memcmp(claim->names.suffix, name + suffix_at, parts->length - suffix_at) == 0;
}

typedef enum standing { STANDING_NONE, STANDING_FRAME, STANDING_JOINED, STANDING_SPLIT } standing;

/* What is settled of the name. A known sequence goes before what was split. */
static standing find_standing(const vt_sequence_claim *claims, size_t count, const char *name, size_t length)
{
    vt_sequence_name parts;
    standing found = STANDING_NONE;
    bool numbered = vt_sequence_name_parse(name, length, &parts, NULL);
    for (size_t i = 0; i < count; i++) {
        const vt_sequence_pattern pattern = vt_frames_pattern(&claims[i].names);
        int64_t number;
        if (claims[i].kept == VT_SEQUENCE_KEPT_KNOWN) {
            if (vt_sequence_pattern_matches(&pattern, name, length, &number)) {
                return STANDING_FRAME;
            }
        } else if (numbered && is_about(&claims[i], name, &parts)) {
            bool split = claims[i].kept == VT_SEQUENCE_KEPT_SPLIT || found == STANDING_SPLIT;
            found = split ? STANDING_SPLIT : STANDING_JOINED;
        }
    }
    return found;
}

/* ---- what lies beside it ---- */

static bool is_beside(vt_due_folders *folders, const char *path, size_t length,
                      const vt_sequence_pattern *pattern, int64_t frame)
{
    struct stat facts;
    vt_str *whole = &folders->path;
    vt_str_clear(whole);
    vt_str_append(whole, path, length);
    vt_str_append_char(whole, '/');
    return frame >= 0 && vt_sequence_pattern_name(pattern, frame, whole, NULL) && !whole->failed &&
           vt_place_stat(whole->data, whole->length, &facts) && S_ISREG(facts.st_mode);
}

static bool has_neighbour(vt_due_folders *folders, const char *path, size_t length, const char *name,
                          const vt_sequence_name *parts)
{
    const vt_sequence_pattern padded = vt_sequence_pattern_of(name, parts, parts->digits_length);
    const vt_sequence_pattern plain = vt_sequence_pattern_of(name, parts, 1); /* 10 follows 9 */
    int64_t frame = parts->number;
    return is_beside(folders, path, length, &padded, frame - 1) ||
           is_beside(folders, path, length, &plain, frame - 1) ||
           (frame < INT64_MAX && is_beside(folders, path, length, &padded, frame + 1));
}

static bool may_be_frame(vt_due_folders *folders, const char *path, size_t length, const char *name,
                         size_t name_length)
{
    vt_sequence_name parts;
    bool careful = folders->mode == VT_SEQUENCE_CAREFUL;
    if (folders->mode == VT_SEQUENCE_OFF || !vt_sequence_name_parse(name, name_length, &parts, NULL)) {
        return false;
    }
    vt_sequence_verdict verdict = vt_sequence_judge_name(name, &parts);
    return careful ? verdict == VT_SEQUENCE_TAKEN && has_neighbour(folders, path, length, name, &parts)
                   : verdict != VT_SEQUENCE_NO_IMAGES;
}

bool vt_due_folders_note(vt_due_folders *folders, const char *path, size_t length, const char *name,
                         size_t name_length, bool came, bool *frame, vt_error *error)
{
    vt_sequence_claim *claims;
    size_t count;
    *frame = false;
    vt_arena_reset(folders->arena);
    if (!vt_sequence_claims_of(folders->claims, path, length, folders->arena, &claims, &count, error)) {
        return false;
    }
    standing settled = find_standing(claims, count, name, name_length);
    if (settled == STANDING_NONE || settled == STANDING_JOINED) {
        *frame = came && folders->siblings &&
                 (settled == STANDING_JOINED || may_be_frame(folders, path, length, name, name_length));
    } else {
        *frame = settled == STANDING_FRAME;
    }
    return !*frame || make_due(folders, path, length, error);
}

char *vt_due_folders_next(vt_due_folders *folders)
{
    due_folder *due = folders->first;
    while (due && due->given_out) {
        due = due->next;
    }
    char *path = due ? strdup(due->path) : NULL;
    if (path) {
        due->given_out = true;
    }
    return path;
}
