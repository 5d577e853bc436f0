#include "core/import/frames.h"

#include "core/base/clock.h"
#include "core/import/fault.h"
#include "core/sequence/sequence_private.h"

#include <stdlib.h>
#include <string.h>

/* Brightest channel of a pixel, 0 to 255, up to which it counts as black. Video black is 16. */
#define BLACK_MAX 16

/* No file has an inode like that, so that a digest is never taken for one. */
#define DIGEST_MARK (UINT64_C(1) << 63)

static bool out_of_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a sequence");
}

void vt_frames_job_free(vt_frames_job *job)
{
    if (job) {
        free(job->put.absorbed);
        free(job->prefix);
        free(job->suffix);
        free(job->ranges);
        free(job);
    }
}

void vt_frames_sum_begin(vt_frames_sum *sum, const vt_sequence_ranges *ranges)
{
    *sum = (vt_frames_sum){.digest = vt_sequence_ranges_frames(ranges)};
    for (size_t i = 0; i < ranges->count; i++) {
        sum->digest = vt_sequence_hash_word(sum->digest, (uint64_t)ranges->items[i].first);
        sum->digest = vt_sequence_hash_word(sum->digest, (uint64_t)ranges->items[i].last);
    }
}

void vt_frames_sum_add(vt_frames_sum *sum, int64_t size, int64_t mtime_ns, int64_t ctime_ns, uint64_t ino)
{
    bool first = sum->count++ == 0;
    if (__builtin_add_overflow(sum->size, size, &sum->size)) {
        sum->size = INT64_MAX;
    }
    sum->mtime_ns = first || mtime_ns > sum->mtime_ns ? mtime_ns : sum->mtime_ns;
    sum->ctime_ns = first || ctime_ns > sum->ctime_ns ? ctime_ns : sum->ctime_ns;
    sum->digest = vt_sequence_hash_word(sum->digest, (uint64_t)size);
    sum->digest = vt_sequence_hash_word(sum->digest, (uint64_t)mtime_ns);
    sum->digest = vt_sequence_hash_word(sum->digest, (uint64_t)ctime_ns);
    sum->digest = vt_sequence_hash_word(sum->digest, ino);
}

uint64_t vt_frames_sum_digest(const vt_frames_sum *sum)
{
    return sum->digest | DIGEST_MARK;
}

static void add_poster(vt_frames_job *job, int64_t frame)
{
    for (size_t i = 0; i < job->poster_count; i++) {
        if (job->posters[i] == frame) {
            return;
        }
    }
    if (job->poster_count < VT_POSTERS_MAX) {
        job->posters[job->poster_count++] = frame;
    }
}

/* The frames at these shares of the whole, in 1/4. */
static void choose_posters(vt_frames_job *job, const vt_sequence_ranges *ranges)
{
    static const unsigned quarters[] = {2, 1, 3, 0, 4};
    for (size_t i = 0; i < sizeof quarters / sizeof *quarters; i++) {
        uint64_t last = job->frames - 1;
        uint64_t at =
            quarters[i] == 4 ? last : job->frames / 4 * quarters[i] + job->frames % 4 * quarters[i] / 4;
        int64_t frame;
        if (vt_sequence_ranges_at(ranges, at < last ? at : last, &frame)) {
            add_poster(job, frame);
        }
    }
}

static bool copy_texts(vt_frames_job *job, const vt_frame_names *names, const char *ranges)
{
    job->prefix = strndup(names->prefix, names->prefix_length);
    job->suffix = strndup(names->suffix, names->suffix_length);
    job->ranges = strdup(ranges);
    job->put.row.names = (vt_frame_names){.prefix = job->prefix,
                                          .suffix = job->suffix,
                                          .prefix_length = names->prefix_length,
                                          .suffix_length = names->suffix_length,
                                          .width = names->width};
    job->put.row.ranges = job->ranges;
    return job->prefix && job->suffix && job->ranges;
}

vt_frames_job *vt_frames_job_create(const vt_frame_names *names, const vt_sequence_ranges *ranges,
                                    vt_error *error)
{
    uint64_t frames = vt_sequence_ranges_frames(ranges);
    if (frames == 0) {
        vt_error_set(error, VT_ERROR_USAGE, "a sequence needs a frame, this one has none");
        return NULL;
    }
    vt_frames_job *job = calloc(1, sizeof *job);
    vt_str text = VT_STR_INIT;
    vt_sequence_ranges_append(ranges, &text);
    if (!job || text.failed || !copy_texts(job, names, text.data)) {
        out_of_memory(error);
        vt_frames_job_free(job);
        job = NULL;
    } else {
        job->frames = frames;
        choose_posters(job, ranges);
        job->put.row.poster = job->posters[0];
    }
    vt_str_free(&text);
    return job;
}

/* The row as it is in the catalog becomes a job. */
static vt_frames_job *job_of_row(const vt_sequence_row *row, vt_error *error)
{
    vt_sequence_ranges ranges = VT_SEQUENCE_RANGES_INIT;
    if (!vt_sequence_ranges_parse(row->ranges, strlen(row->ranges), &ranges, NULL, error)) {
        return NULL;
    }
    vt_frames_job *job = vt_frames_job_create(&row->names, &ranges, error);
    if (job && row->poster_ctime_ns != 0 && vt_sequence_ranges_contain(&ranges, row->poster)) {
        job->poster_count = 0;
        add_poster(job, row->poster);
        choose_posters(job, &ranges);
        job->put.row.poster = row->poster;
    }
    vt_sequence_ranges_clear(&ranges);
    return job;
}

vt_frames_job *vt_frames_job_load(vt_catalog_reader *reader, const vt_item *item, vt_error *error)
{
    vt_sequence_row row;
    vt_frames_job *job = NULL;
    vt_arena *arena = vt_arena_create(0);
    if (!arena) {
        out_of_memory(error);
    } else if (vt_catalog_reader_sequence(reader, item->id, arena, &row, error)) {
        job = job_of_row(&row, error);
    }
    vt_arena_free(arena);
    if (job) {
        job->size = item->size;
        job->mtime_ns = item->mtime_ns;
        job->ctime_ns = item->ctime_ns;
        job->digest = item->ino;
    }
    return job;
}

bool vt_frames_keep_poster(vt_frames_job *job, vt_catalog_reader *reader, int64_t item_id)
{
    vt_sequence_row row;
    vt_arena *arena = vt_arena_create(0);
    bool known = arena && vt_catalog_reader_sequence(reader, item_id, arena, &row, NULL);
    if (known) {
        job->put.row.poster = row.poster;
        job->put.row.poster_size = row.poster_size;
        job->put.row.poster_mtime_ns = row.poster_mtime_ns;
        job->put.row.poster_ctime_ns = row.poster_ctime_ns;
    }
    vt_arena_free(arena);
    return known;
}

vt_sequence_pattern vt_frames_pattern(const vt_frame_names *names)
{
    return (vt_sequence_pattern){.prefix = names->prefix,
                                 .suffix = names->suffix,
                                 .prefix_length = names->prefix_length,
                                 .suffix_length = names->suffix_length,
                                 .width = names->width};
}

bool vt_frames_path(const vt_frame_names *names, const char *folder, size_t length, int64_t frame,
                    vt_str *path, vt_error *error)
{
    const vt_sequence_pattern pattern = vt_frames_pattern(names);
    vt_str_append(path, folder, length);
    if (length == 0 || folder[length - 1] != '/') {
        vt_str_append_char(path, '/');
    }
    return vt_sequence_pattern_name(&pattern, frame, path, error);
}

void vt_frames_describe(const vt_frames_job *job, vt_media_info *media)
{
    media->kind = VT_KIND_SEQUENCE;
    media->triangles = job->frames;
}

/* Black, or nothing at all: the pixels are premultiplied. */
static bool is_black(const vt_pixels *pixels)
{
    for (uint32_t y = 0; y < pixels->height; y++) {
        const uint8_t *pixel = pixels->data + y * pixels->stride;
        for (uint32_t x = 0; x < pixels->width; x++, pixel += 4) {
            if (pixel[0] > BLACK_MAX || pixel[1] > BLACK_MAX || pixel[2] > BLACK_MAX) {
                return false;
            }
        }
    }
    return true;
}

static void take_poster(vt_frames_job *job, int64_t frame, const vt_reading *reading)
{
    vt_sequence_row *row = &job->put.row;
    row->poster = frame;
    row->poster_size = reading->stat.st_size;
    row->poster_mtime_ns = vt_clock_nanoseconds(reading->stat.st_mtim);
    row->poster_ctime_ns = vt_clock_nanoseconds(reading->stat.st_ctim);
}

/* A fault of this machine, or the user's: no other frame would do better. */
static bool ends_the_search(const vt_reading *reading, const vt_error *error)
{
    return error->code == VT_ERROR_CANCELLED || (!reading->judged && vt_fault_is_ours(error));
}

bool vt_frames_read(vt_frames_job *job, vt_helper_pool *helpers, vt_helper_class helper_class,
                    const char *folder, size_t length, const vt_decode_request *request, int cancel_fd,
                    vt_reading *reading, vt_error *error)
{
    vt_error first = VT_ERROR_INIT;
    bool found = false; /* `reading` holds a frame that is black */
    memset(reading, 0, sizeof *reading);
    for (size_t i = 0; i < job->poster_count; i++) {
        vt_str path = VT_STR_INIT;
        vt_reading next = {0};
        vt_error fault = VT_ERROR_INIT;
        bool read =
            vt_frames_path(&job->put.row.names, folder, length, job->posters[i], &path, &fault) &&
            vt_reading_run(helpers, helper_class, path.data, path.length, request, cancel_fd, &next, &fault);
        vt_str_free(&path);
        bool better = read && !(next.result.pixels.data && is_black(&next.result.pixels));
        if (better || (read && !found)) {
            vt_decode_result_clear(&reading->result);
            *reading = next;
            take_poster(job, job->posters[i], reading);
            found = true;
        } else {
            vt_decode_result_clear(&next.result);
        }
        bool ends = better || (!read && ends_the_search(&next, &fault));
        if (!read && !found && (ends || first.code == VT_ERROR_NONE)) {
            first = fault;
            reading->judged = next.judged;
        }
        if (ends) {
            break;
        }
    }
    if (!found && error) {
        *error = first;
    }
    return found;
}
