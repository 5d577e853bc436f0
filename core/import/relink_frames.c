/* Sequences: their frames are brought together folder by folder, and weighed as one. */
#include "core/import/frames.h"
#include "core/import/relink_private.h"
#include "core/sequence/sequence_name.h"

#include <stdlib.h>
#include <string.h>

/* ---- what is sought ---- */

/* How many of the frames are at the old place; at most `enough` are counted. */
static bool count_there(vt_relinking *at, const vt_item *item, const vt_sought_frames *shot, uint64_t enough,
                        uint64_t *there)
{
    vt_str path = VT_STR_INIT;
    size_t folder = vt_path_folder_length(vt_path_split(item->path, item->path_length));
    bool done = true;
    *there = 0;
    for (uint64_t i = 0; done && i < shot->count && *there < enough; i++) {
        int64_t frame;
        vt_str_clear(&path);
        done = vt_sequence_ranges_at(&shot->ranges, i, &frame) &&
               vt_frames_path(&shot->row.names, item->path, folder, frame, &path, &at->fault);
        *there += done && !vt_relink_is_gone(path.data, path.length);
    }
    vt_str_free(&path);
    return done;
}

static bool copy_ranges(vt_relinking *at, vt_sought_frames *shot)
{
    vt_sequence_ranges ranges = VT_SEQUENCE_RANGES_INIT;
    bool done =
        vt_sequence_ranges_parse(shot->row.ranges, strlen(shot->row.ranges), &ranges, NULL, &at->fault);
    vt_sequence_range *copy =
        done ? vt_arena_alloc(at->relink->arena, (ranges.count + 1) * sizeof *copy) : NULL;
    if (copy) {
        memcpy(copy, ranges.items, ranges.count * sizeof *copy);
        shot->ranges = (vt_sequence_ranges){copy, ranges.count, 0};
        shot->count = vt_sequence_ranges_frames(&shot->ranges);
    }
    vt_sequence_ranges_clear(&ranges);
    return copy || (done && vt_relink_no_memory(at));
}

static bool add_shot(vt_relinking *at, vt_sought_frames *shot)
{
    if (at->shot_count == at->shot_capacity) {
        size_t capacity = at->shot_capacity ? at->shot_capacity * 2 : 64;
        vt_sought_frames **larger = realloc(at->shots, capacity * sizeof *larger);
        if (!larger) {
            return vt_relink_no_memory(at);
        }
        at->shots = larger;
        at->shot_capacity = capacity;
    }
    at->shots[at->shot_count++] = shot;
    return true;
}

bool vt_relink_frames_load(vt_relinking *at, const vt_item *item, bool look, vt_sought_frames **frames)
{
    vt_relink *relink = at->relink;
    vt_sought_frames *shot = vt_arena_alloc(relink->arena, sizeof *shot);
    *frames = NULL;
    if (!shot) {
        return vt_relink_no_memory(at);
    }
    *shot = (vt_sought_frames){.count = 0};
    if (!vt_catalog_reader_sequence(relink->reader, item->id, relink->arena, &shot->row, &at->fault)) {
        if (at->fault.code == VT_ERROR_NOT_FOUND) { /* an item without its row: `check` tells */
            vt_error_clear(&at->fault);
            return true;
        }
        return false;
    }
    uint64_t there = 0;
    if (!copy_ranges(at, shot) || (look && !count_there(at, item, shot, shot->count, &there))) {
        return false;
    }
    if (look && there == shot->count) {
        return true;
    }
    *frames = shot;
    return add_shot(at, shot);
}

static int compare_bytes(const char *a, size_t a_length, const char *b, size_t b_length)
{
    int order = memcmp(a, b, a_length < b_length ? a_length : b_length);
    return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

static int compare_names(const vt_frame_names *a, const vt_frame_names *b)
{
    int order = compare_bytes(a->prefix, a->prefix_length, b->prefix, b->prefix_length);
    if (order == 0) {
        order = compare_bytes(a->suffix, a->suffix_length, b->suffix, b->suffix_length);
    }
    return order != 0 ? order : (a->width > b->width) - (a->width < b->width);
}

static int by_names(const void *a, const void *b)
{
    const vt_sought_frames *one = *(vt_sought_frames *const *)a, *other = *(vt_sought_frames *const *)b;
    return compare_names(&one->row.names, &other->row.names);
}

bool vt_relink_frames_sort(vt_relinking *at)
{
    for (size_t i = 0; i < at->relink->count; i++) {
        if (at->relink->sought[i].frames) {
            at->relink->sought[i].frames->item = &at->relink->sought[i];
        }
    }
    if (at->shot_count > 1) {
        qsort(at->shots, at->shot_count, sizeof(vt_sought_frames *), by_names);
    }
    return true;
}

void vt_relink_frames_clear(vt_relinking *at)
{
    free(at->shots);
    free(at->seen);
}

/* ---- the frames of a folder ---- */

void vt_relink_frames_begin_folder(vt_relinking *at)
{
    at->seen_count = 0;
}

/* The first of those that are numbered like `names`, or stand after them. */
static size_t find_shot(const vt_relinking *at, const vt_frame_names *names)
{
    size_t low = 0;
    size_t high = at->shot_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_names(&at->shots[middle]->row.names, names) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static size_t end_of_alike(const vt_relinking *at, size_t first)
{
    size_t end = first + 1;
    while (end < at->shot_count &&
           compare_names(&at->shots[first]->row.names, &at->shots[end]->row.names) == 0) {
        end++;
    }
    return end;
}

static bool note_frame(vt_relinking *at, size_t shot, int64_t frame, const vt_scan_file *file)
{
    if (at->seen_count == at->seen_capacity) {
        size_t capacity = at->seen_capacity ? at->seen_capacity * 2 : 1024;
        vt_seen_frame *larger = realloc(at->seen, capacity * sizeof *larger);
        if (!larger) {
            return vt_relink_no_memory(at);
        }
        at->seen = larger;
        at->seen_capacity = capacity;
    }
    at->seen[at->seen_count++] =
        (vt_seen_frame){shot, frame, file->size, file->mtime_ns, file->ctime_ns, file->ino};
    return true;
}

bool vt_relink_frames_see(vt_relinking *at, const vt_scan_file *file)
{
    vt_sequence_name parts;
    if (at->shot_count == 0 || !vt_sequence_name_parse(file->name, file->name_length, &parts, NULL)) {
        return true;
    }
    size_t suffix_at = (size_t)parts.digits_at + parts.digits_length;
    vt_frame_names names = {.prefix = file->name,
                            .suffix = file->name + suffix_at,
                            .prefix_length = parts.digits_at,
                            .suffix_length = (uint32_t)(parts.length - suffix_at)};
    bool on = true;
    for (size_t i = find_shot(at, &names); on && i < at->shot_count; i = end_of_alike(at, i)) {
        names.width = at->shots[i]->row.names.width;
        const vt_sequence_pattern pattern = vt_frames_pattern(&names);
        int64_t frame;
        if (compare_names(&names, &at->shots[i]->row.names) != 0) {
            break;
        }
        if (vt_sequence_pattern_matches(&pattern, file->name, file->name_length, &frame)) {
            on = note_frame(at, i, frame, file);
        }
    }
    return on;
}

static int by_frame(const void *a, const void *b)
{
    const vt_seen_frame *one = a, *other = b;
    int order = (one->shot > other->shot) - (one->shot < other->shot);
    return order ? order : (one->frame > other->frame) - (one->frame < other->frame);
}

static const vt_seen_frame *find_frame(const vt_seen_frame *seen, size_t count, int64_t frame)
{
    const vt_seen_frame wanted = {.shot = seen->shot, .frame = frame};
    return bsearch(&wanted, seen, count, sizeof wanted, by_frame);
}

/* Adds up the frames of `shot` among the `count` that were seen; returns how many they are. */
static uint64_t add_up(const vt_sought_frames *shot, const vt_seen_frame *seen, size_t count,
                       vt_frames_sum *sum)
{
    vt_frames_sum_begin(sum, &shot->ranges);
    for (size_t i = 0; i < count; i++) {
        if (vt_sequence_ranges_contain(&shot->ranges, seen[i].frame)) {
            vt_frames_sum_add(sum, seen[i].size, seen[i].mtime_ns, seen[i].ctime_ns, seen[i].ino);
        }
    }
    return sum->count;
}

/* Whether the frame by which the sequence is known has the content that it had. `*known`: that was known. */
static bool has_content(vt_relinking *at, const vt_sought_frames *shot, const vt_seen_frame *poster,
                        bool *known)
{
    uint64_t before = 0;
    vt_str path = VT_STR_INIT;
    size_t folder = vt_path_folder_length(vt_path_split(at->path.data, (uint32_t)at->path.length));
    bool same =
        vt_identity_fingerprint(at->identity, shot->item->id, &before, &at->fault) && before != 0 && poster &&
        vt_frames_path(&shot->row.names, at->path.data, folder, shot->row.poster, &path, &at->fault) &&
        vt_relink_read_fingerprint(at, &path, poster->size) == before;
    vt_str_free(&path);
    *known = before != 0;
    return same;
}

static void weigh(vt_relinking *at, const vt_sought_frames *shot, const vt_seen_frame *seen, size_t count,
                  const vt_frames_sum *sum, vt_relink_choice *best)
{
    vt_sought *item = shot->item;
    bool known = false;
    bool place = at->relink->old_folder && strcmp(item->path, at->old_path.data) == 0;
    if (vt_frames_sum_digest(sum) == item->ino) {
        vt_relink_weigh(best, item, VT_EVIDENCE_FILE, at->path.data);
    } else if (sum->size != item->size) {
        return;
    } else if (sum->mtime_ns == item->mtime_ns) {
        vt_relink_weigh(best, item, place ? VT_EVIDENCE_PLACE : VT_EVIDENCE_NAME, at->path.data);
    } else if (has_content(at, shot, find_frame(seen, count, shot->row.poster), &known)) {
        vt_relink_weigh(best, item, VT_EVIDENCE_CONTENT, at->path.data);
    } else if (place && !known) {
        vt_relink_weigh(best, item, VT_EVIDENCE_SIZE, at->path.data);
    }
}

/* Whether what is there in part is that sequence, as far as can be told: names as plain as 0001.png are in
   many folders. */
static bool is_part(const vt_relinking *at, const vt_sought_frames *shot, const vt_seen_frame *seen,
                    size_t count, uint64_t found)
{
    const vt_seen_frame *poster = find_frame(seen, count, shot->row.poster);
    bool place = at->relink->old_folder && strcmp(shot->item->path, at->old_path.data) == 0;
    bool same =
        poster && poster->size == shot->row.poster_size && poster->mtime_ns == shot->row.poster_mtime_ns;
    return place || same || found * 2 >= shot->count;
}

static bool note_part(vt_relinking *at, vt_sought_frames *shot, uint64_t found)
{
    vt_item there;
    if (found <= shot->best ||
        vt_catalog_reader_item_at(at->relink->reader, at->path.data, at->path.length, &there, NULL)) {
        return true; /* frames of another sequence that the catalog knows, or of this one */
    }
    shot->best = found;
    shot->partly = vt_arena_copy(at->relink->arena, at->path.data, at->path.length);
    return shot->partly || vt_relink_no_memory(at);
}

/* Frames of the folder that are numbered alike: of which of the sequences that are numbered so are they? */
static bool end_alike(vt_relinking *at, const vt_seen_frame *seen, size_t count)
{
    vt_relink_choice best = {0};
    vt_scan_file shown = {0};
    size_t first = seen->shot;
    size_t end = end_of_alike(at, first);
    bool on = true;
    for (size_t i = first; on && i < end; i++) {
        vt_sought_frames *shot = at->shots[i];
        vt_frames_sum sum;
        const vt_sought *before = best.item;
        uint64_t found = add_up(shot, seen, count, &sum);
        if (found == shot->count) {
            weigh(at, shot, seen, count, &sum, &best);
            on = at->fault.code == VT_ERROR_NONE;
        } else if (found > 0 && is_part(at, shot, seen, count, found)) {
            on = note_part(at, shot, found);
        }
        if (best.item != before) {
            shown = (vt_scan_file){
                .mtime_ns = sum.mtime_ns, .ctime_ns = sum.ctime_ns, .ino = vt_frames_sum_digest(&sum)};
        }
    }
    return on && vt_relink_settle(at, &shown, &best);
}

bool vt_relink_frames_end_folder(vt_relinking *at, const char *folder)
{
    bool on = true;
    if (at->seen_count > 1) {
        qsort(at->seen, at->seen_count, sizeof *at->seen, by_frame);
    }
    for (size_t from = 0, end; on && from < at->seen_count; from = end) {
        const vt_seen_frame *seen = &at->seen[from];
        const vt_sequence_pattern pattern = vt_frames_pattern(&at->shots[seen->shot]->row.names);
        vt_str name = VT_STR_INIT;
        for (end = from + 1; end < at->seen_count && at->seen[end].shot == seen->shot; end++) {
        }
        vt_sequence_pattern_append_hashes(&pattern, &name);
        on = (!name.failed || vt_relink_no_memory(at)) &&
             vt_relink_look_at(at, folder, name.data, name.length) && end_alike(at, seen, end - from);
        vt_str_free(&name);
    }
    at->seen_count = 0;
    return on;
}

/* ---- in part ---- */

static int by_path(const void *a, const void *b)
{
    return strcmp(((const vt_relink_part *)a)->to, ((const vt_relink_part *)b)->to);
}

bool vt_relink_frames_conclude(vt_relinking *at)
{
    vt_relink *relink = at->relink;
    relink->parts = malloc((at->shot_count + 1) * sizeof *relink->parts);
    if (!relink->parts) {
        return vt_relink_no_memory(at);
    }
    for (size_t i = 0; i < at->shot_count; i++) {
        const vt_sought_frames *shot = at->shots[i];
        if (!shot->item->to && shot->partly) {
            relink->parts[relink->figures.parts++] =
                (vt_relink_part){shot->item->id, shot->item->path, shot->partly, shot->best, shot->count};
        }
    }
    if (relink->figures.parts > 1) {
        qsort(relink->parts, (size_t)relink->figures.parts, sizeof *relink->parts, by_path);
    }
    return true;
}
