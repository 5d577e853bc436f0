#include "core/import/folder_grouping.h"

#include "core/import/due_folders.h"
#include "core/sequence/sequence_listing.h"

#include <stdlib.h>
#include <string.h>

struct vt_folder_grouping {
    vt_catalog_reader *reader; /* borrowed */
    vt_changes *changes;       /* borrowed */
    vt_sequence_claims *claims;
    vt_sequence_listing *listing;
    vt_arena *arena; /* of one folder */
    vt_sequence_mode mode;
    bool siblings; /* of files given by themselves */
    bool passing;  /* files are handed on at once */
    bool given;    /* they are single files that the user gave */
    bool hashes;   /* some file has a # in its name */
    vt_due_folders *due;
};

static bool out_of_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "out of memory while looking for sequences");
}

static bool set_up(vt_folder_grouping *grouping, vt_error *error)
{
    grouping->listing = vt_sequence_listing_create();
    grouping->arena = vt_arena_create(0);
    if (!grouping->listing || !grouping->arena) {
        return out_of_memory(error);
    }
    grouping->claims = vt_sequence_claims_create(grouping->reader, error);
    if (!grouping->claims) {
        return false;
    }
    grouping->due = vt_due_folders_create(grouping->claims, grouping->mode, grouping->siblings);
    return grouping->due || out_of_memory(error);
}

vt_folder_grouping *vt_folder_grouping_create(vt_catalog_reader *reader, vt_changes *changes,
                                              vt_sequence_mode mode, bool siblings, vt_error *error)
{
    vt_folder_grouping *grouping = calloc(1, sizeof *grouping);
    if (!grouping) {
        out_of_memory(error);
        return NULL;
    }
    grouping->reader = reader;
    grouping->changes = changes;
    grouping->mode = mode;
    grouping->siblings = siblings;
    if (set_up(grouping, error)) {
        return grouping;
    }
    vt_folder_grouping_free(grouping);
    return NULL;
}

void vt_folder_grouping_free(vt_folder_grouping *grouping)
{
    if (grouping) {
        vt_sequence_claims_free(grouping->claims);
        vt_sequence_listing_free(grouping->listing);
        vt_arena_free(grouping->arena);
        vt_due_folders_free(grouping->due);
        free(grouping);
    }
}

void vt_folder_grouping_begin(vt_folder_grouping *grouping, bool whole)
{
    vt_sequence_listing_reset(grouping->listing);
    bool off = grouping->mode == VT_SEQUENCE_OFF && !vt_sequence_claims_any(grouping->claims);
    grouping->given = !whole;
    grouping->passing = off || !whole;
    grouping->hashes = false;
}

/* ---- single files ---- */

/* Files on their way to the sink, some at a time. */
typedef struct bundle {
    const vt_folder_sink *sink;
    const vt_cancel *cancel;
    const char *path;
    size_t length, count;
    vt_scan_file files[VT_SCAN_CHUNK];
} bundle;

static bool flush(bundle *to)
{
    bool on = to->count == 0 || (!(to->cancel && vt_cancel_requested(to->cancel)) &&
                                 to->sink->files(to->sink->user, to->path, to->length, to->files, to->count));
    to->count = 0;
    return on;
}

static bool put(bundle *to, const vt_scan_file *file)
{
    to->files[to->count++] = *file;
    return to->count < VT_SCAN_CHUNK || flush(to);
}

static bool put_all(bundle *to, const vt_scan_file *files, size_t count)
{
    bool on = true;
    for (size_t i = 0; i < count && on; i++) {
        on = put(to, &files[i]);
    }
    return on;
}

bool vt_folder_grouping_note_gone(vt_folder_grouping *grouping, const char *path, size_t length,
                                  const char *name, size_t name_length, bool *frame, vt_error *error)
{
    return vt_due_folders_note(grouping->due, path, length, name, name_length, false, frame, error);
}

char *vt_folder_grouping_due(vt_folder_grouping *grouping)
{
    return vt_due_folders_next(grouping->due);
}

/* A frame of a sequence, given by itself, is no file of its own, but for one that is an item, or was one
   under another name: what the user gave to it must not be left behind. Its folder settles the rest. */
static bool pass_given(vt_folder_grouping *grouping, bundle *to, const vt_scan_file *files, size_t count,
                       vt_error *error)
{
    bool on = true;
    for (size_t i = 0; i < count && on; i++) {
        const vt_scan_file *file = &files[i];
        bool frame = false;
        bool item = vt_changes_known(grouping->changes, file->name, file->name_length) != NULL;
        if (!vt_due_folders_note(grouping->due, to->path, to->length, file->name, file->name_length, !item,
                                 &frame, error)) {
            return false;
        }
        if (frame && !item) {
            on = to->sink->was_elsewhere(to->sink->user, to->path, to->length, file, &item);
        }
        on = on && ((frame && !item) || put(to, file));
    }
    return on && flush(to);
}

bool vt_folder_grouping_add(vt_folder_grouping *grouping, const char *path, size_t length,
                            const vt_scan_file *files, size_t count, const vt_folder_sink *sink,
                            vt_error *error)
{
    bundle to = {.sink = sink, .path = path, .length = length};
    bool frames = grouping->siblings || vt_sequence_claims_any(grouping->claims);
    if (grouping->passing && grouping->given && frames) {
        return pass_given(grouping, &to, files, count, error);
    }
    if (grouping->passing) {
        return sink->files(sink->user, path, length, files, count);
    }
    vt_error fault = VT_ERROR_INIT;
    if (vt_sequence_listing_add(grouping->listing, files, count, &fault)) {
        for (size_t i = 0; i < count && !grouping->hashes; i++) {
            grouping->hashes = memchr(files[i].name, '#', files[i].name_length) != NULL;
        }
        return true;
    }
    if (fault.code != VT_ERROR_LIMIT) {
        *error = fault;
        return false;
    }
    size_t kept;
    const vt_scan_file *listed = vt_sequence_listing_files(grouping->listing, &kept);
    bool on = put_all(&to, listed, kept) && flush(&to);
    vt_sequence_listing_reset(grouping->listing);
    grouping->passing = true;
    return on && sink->files(sink->user, path, length, files, count);
}

/* ---- sequences ---- */

/* One folder that has ended. */
typedef struct ending {
    vt_folder_grouping *grouping;
    const vt_scan_file *files;
    size_t count;
    bundle *singles;
    bool complete;
    vt_error *error;
} ending;

/* Size, times and digest of the whole. */
static void add_up(const ending *at, const vt_sequence *sequence, vt_frames_job *job)
{
    vt_frames_sum sum;
    vt_frames_sum_begin(&sum, &sequence->ranges);
    for (uint32_t i = 0; i < sequence->count; i++) {
        const vt_scan_file *file = &at->files[sequence->members[i]];
        vt_frames_sum_add(&sum, file->size, file->mtime_ns, file->ctime_ns, file->ino);
    }
    job->size = sum.size;
    job->mtime_ns = sum.mtime_ns;
    job->ctime_ns = sum.ctime_ns;
    job->digest = vt_frames_sum_digest(&sum);
}

static const vt_scan_file *file_of(const ending *at, const vt_sequence *sequence, int64_t frame)
{
    uint64_t before = 0;
    for (size_t i = 0; i < sequence->ranges.count; i++) {
        const vt_sequence_range *range = &sequence->ranges.items[i];
        if (frame >= range->first && frame <= range->last) {
            return &at->files[sequence->members[before + (uint64_t)(frame - range->first)]];
        }
        before += (uint64_t)(range->last - range->first) + 1;
    }
    return NULL;
}

/* The poster of before stays if its file is as it was when it was read. */
static bool keep_poster(const ending *at, const vt_sequence *sequence, const vt_known_file *known,
                        vt_frames_job *job)
{
    vt_sequence_row row;
    vt_error fault = VT_ERROR_INIT;
    if (!known || !known->id || known->failed || known->state != VT_ITEM_OK) {
        return true;
    }
    if (!vt_catalog_reader_sequence(at->grouping->reader, known->id, at->grouping->arena, &row, &fault)) {
        if (fault.code != VT_ERROR_NOT_FOUND) {
            *at->error = fault;
        }
        return fault.code == VT_ERROR_NOT_FOUND;
    }
    const vt_scan_file *file = row.poster_ctime_ns != 0 ? file_of(at, sequence, row.poster) : NULL;
    if (file && file->size == row.poster_size && file->mtime_ns == row.poster_mtime_ns &&
        file->ctime_ns == row.poster_ctime_ns) {
        job->keeps_poster = true;
        job->kept_size = known->size;
        job->kept_mtime_ns = known->mtime_ns;
        job->put.row.poster = row.poster;
        job->put.row.poster_size = row.poster_size;
        job->put.row.poster_mtime_ns = row.poster_mtime_ns;
        job->put.row.poster_ctime_ns = row.poster_ctime_ns;
    }
    return true;
}

/* Frames that are items: to be absorbed, or handed on as files. With `all` even those go on the list that
   carry something: perhaps all carry the same. */
static bool settle_items(const ending *at, const vt_sequence *sequence, bool absorbs, bool all,
                         vt_frames_job *job)
{
    bool on = true;
    for (uint32_t i = 0; i < sequence->count && on; i++) {
        const vt_scan_file *file = &at->files[sequence->members[i]];
        const vt_known_file *known = vt_changes_known(at->grouping->changes, file->name, file->name_length);
        bool marked = !absorbs;
        if (!known || !known->id) {
            continue;
        }
        if (absorbs && !all &&
            !vt_catalog_reader_is_marked(at->grouping->reader, known->id, &marked, at->error)) {
            return false;
        }
        if (marked) {
            on = put(at->singles, file);
        } else {
            vt_changes_of(at->grouping->changes, file, NULL); /* it was seen */
            job->put.absorbed[job->put.absorbed_count++] = known->id;
        }
    }
    return on;
}

static uint32_t count_items(const ending *at, const vt_sequence *sequence)
{
    uint32_t items = 0;
    for (uint32_t i = 0; i < sequence->count; i++) {
        const vt_scan_file *file = &at->files[sequence->members[i]];
        const vt_known_file *known = vt_changes_known(at->grouping->changes, file->name, file->name_length);
        items += known && known->id;
    }
    return items;
}

/* Fills the job in. */
static bool prepare(const ending *at, const vt_sequence *sequence, const vt_scan_file *shown,
                    vt_frames_job *job)
{
    const vt_known_file *known;
    vt_file_change change = vt_changes_of(at->grouping->changes, shown, &known);
    bool changed = change == VT_FILE_CHANGE_NEW || change == VT_FILE_CHANGE_CONTENT;
    uint32_t items = count_items(at, sequence);
    if (changed && !keep_poster(at, sequence, known, job)) {
        return false;
    }
    if (items == 0) {
        return true;
    }
    bool is_new = !known || !known->id;
    job->put.all_absorbed = changed && is_new && items == sequence->count;
    job->put.absorbed = changed ? calloc(items, sizeof *job->put.absorbed) : NULL;
    if (changed && !job->put.absorbed) {
        return out_of_memory(at->error);
    }
    return settle_items(at, sequence, changed, job->put.all_absorbed, job);
}

static bool hand_on(const ending *at, const vt_sequence *sequence, const vt_str *name)
{
    const vt_sequence_pattern *pattern = &sequence->pattern;
    const vt_frame_names names = {.prefix = pattern->prefix,
                                  .suffix = pattern->suffix,
                                  .prefix_length = pattern->prefix_length,
                                  .suffix_length = pattern->suffix_length,
                                  .width = pattern->width};
    vt_frames_job *job = vt_frames_job_create(&names, &sequence->ranges, at->error);
    if (!job) {
        return false;
    }
    add_up(at, sequence, job);
    const vt_scan_file shown = {.name = name->data,
                                .name_length = (uint32_t)name->length,
                                .size = job->size,
                                .mtime_ns = job->mtime_ns,
                                .ctime_ns = job->ctime_ns,
                                .ino = job->digest};
    if (!prepare(at, sequence, &shown, job)) {
        vt_frames_job_free(job);
        return false;
    }
    const vt_folder_sink *sink = at->singles->sink;
    return sink->sequence(sink->user, at->singles->path, at->singles->length, &shown, job);
}

static bool is_taken(const ending *at, const vt_str *name)
{
    for (size_t i = 0; at->grouping->hashes && i < at->count; i++) {
        if (at->files[i].name_length == name->length &&
            memcmp(at->files[i].name, name->data, name->length) == 0) {
            return true;
        }
    }
    return false;
}

static bool put_members(const ending *at, const vt_sequence *sequence)
{
    bool on = true;
    for (uint32_t i = 0; i < sequence->count && on; i++) {
        on = put(at->singles, &at->files[sequence->members[i]]);
    }
    return on;
}

/* Frames of what is no sequence yet that moved here as items of their own: they stay items, lest what the
   user gave to them is left behind. `*all`: each of them did. */
static bool put_moved_items(const ending *at, const vt_sequence *sequence, bool *all)
{
    const vt_folder_sink *sink = at->singles->sink;
    uint32_t moved = 0;
    bool on = true;
    for (uint32_t i = 0; i < sequence->count && on; i++) {
        const vt_scan_file *file = &at->files[sequence->members[i]];
        bool was = false;
        if (!vt_changes_known(at->grouping->changes, file->name, file->name_length)) {
            on = sink->was_elsewhere(sink->user, at->singles->path, at->singles->length, file, &was);
        }
        if (on && was) {
            moved++;
            on = put(at->singles, file);
        }
    }
    *all = moved == sequence->count;
    return on;
}

static bool end_sequence(const ending *at, const vt_sequence *sequence)
{
    vt_str name = VT_STR_INIT;
    bool all = false;
    bool on = true;
    vt_sequence_pattern_append_hashes(&sequence->pattern, &name);
    if (name.failed) {
        on = out_of_memory(at->error);
    } else if (is_taken(at, &name)) {
        on = put_members(at, sequence);
    } else {
        bool known = vt_changes_known(at->grouping->changes, name.data, name.length) != NULL;
        on = (known || put_moved_items(at, sequence, &all)) && (all || hand_on(at, sequence, &name));
    }
    vt_str_free(&name);
    return on;
}

static bool end_groups(const ending *at, const vt_sequences *list)
{
    bool on = true;
    for (size_t i = 0; at->complete && i < vt_sequences_count(list) && on; i++) {
        on = end_sequence(at, vt_sequences_get(list, i));
    }
    size_t count;
    const uint32_t *singles = vt_sequences_singles(list, &count);
    for (size_t i = 0; i < count && on; i++) {
        on = put(at->singles, &at->files[singles[i]]);
    }
    return on;
}

bool vt_folder_grouping_end(vt_folder_grouping *grouping, const char *path, size_t length, bool complete,
                            const vt_folder_sink *sink, const vt_cancel *cancel, vt_error *error)
{
    bundle singles = {.sink = sink, .cancel = cancel, .path = path, .length = length};
    ending at = {.grouping = grouping, .singles = &singles, .complete = complete, .error = error};
    at.files = vt_sequence_listing_files(grouping->listing, &at.count);
    if (at.count == 0) {
        return true;
    }
    vt_sequence_options options = {.mode = grouping->mode};
    vt_sequence_claim *claims;
    vt_arena_reset(grouping->arena);
    if (!vt_sequence_claims_of(grouping->claims, path, length, grouping->arena, &claims, &options.claim_count,
                               error)) {
        return false;
    }
    options.claims = claims;
    vt_sequences *list = vt_sequences_group(at.files, at.count, &options, error);
    if (!list) {
        return false;
    }
    bool on = end_groups(&at, list) && flush(&singles);
    vt_sequences_free(list);
    vt_sequence_listing_reset(grouping->listing);
    return on;
}
