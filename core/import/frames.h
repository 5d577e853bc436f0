/*
 * Private to core/import: a sequence on its way to the catalog, and reading the frame that stands for it.
 *
 * The frame that a sequence's thumbnail shows is its poster: the one in the middle, because animations begin
 * and end in black, on a title or at rest. One that cannot be read, or shows nothing but black, gives way to
 * those at a quarter and three quarters, then to the first and the last; if all are black, the first that
 * could be read is it. It stays the poster while its file stays as it is, however many frames come and go:
 * then nothing is read.
 *
 * Ownership: whoever makes a job frees it, or hands it to an entry or a chunk, which then does.
 */
#ifndef VT_IMPORT_FRAMES_H
#define VT_IMPORT_FRAMES_H

#include "core/base/error.h"
#include "core/catalog/sequences.h"
#include "core/decode/helper_pool.h"
#include "core/import/reading.h"
#include "core/scan/scan.h"
#include "core/sequence/sequence_name.h"
#include "core/sequence/sequence_ranges.h"

#include <stdbool.h>
#include <stdint.h>

/* Frames looked at for a poster, and the one that was it before. */
#define VT_POSTERS_MAX 6

typedef struct vt_frames_job {
    vt_sequence_put put; /* for the writer; what it points to is the job's */
    uint64_t frames;
    int64_t size, mtime_ns, ctime_ns; /* of the item: sum, newest, newest */
    uint64_t digest;                  /* in the place of its inode */
    int64_t posters[VT_POSTERS_MAX];  /* frames to be looked at, best first */
    size_t poster_count;
    bool keeps_poster; /* its file is as it was: its facts stand in the catalog, its thumbnail in the store */
    int64_t kept_size, kept_mtime_ns; /* then: the item's size and time, by which the store knows it */
    char *prefix, *suffix, *ranges;   /* owned: `put` points to them */
} vt_frames_job;

/* Names and ranges are copied; poster, absorbed items and facts are the caller's to fill in. NULL and
   VT_ERROR_MEMORY, or VT_ERROR_USAGE for no frames at all. */
vt_frames_job *vt_frames_job_create(const vt_frame_names *names, const vt_sequence_ranges *ranges,
                                    vt_error *error);

/* What an item of a sequence has for a file's size, times and inode, added up of its files in the order of
   their frames. */
typedef struct vt_frames_sum {
    uint64_t count; /* of files so far */
    int64_t size, mtime_ns, ctime_ns;
    uint64_t digest;
} vt_frames_sum;

void vt_frames_sum_begin(vt_frames_sum *sum, const vt_sequence_ranges *ranges);
void vt_frames_sum_add(vt_frames_sum *sum, int64_t size, int64_t mtime_ns, int64_t ctime_ns, uint64_t ino);
/* The digest: no inode is like it. */
uint64_t vt_frames_sum_digest(const vt_frames_sum *sum);

/* Of a sequence that is in the catalog, to read it once more. NULL and `error` as the reader's. */
vt_frames_job *vt_frames_job_load(vt_catalog_reader *reader, const vt_item *item, vt_error *error);
void vt_frames_job_free(vt_frames_job *job); /* NULL is allowed */

/* The poster stays that of the sequence `item_id` of the catalog, whose files these are. False if that cannot
   be read. */
bool vt_frames_keep_poster(vt_frames_job *job, vt_catalog_reader *reader, int64_t item_id);

vt_sequence_pattern vt_frames_pattern(const vt_frame_names *names);

/* Appends the path of `frame` in `folder`. */
bool vt_frames_path(const vt_frame_names *names, const char *folder, size_t length, int64_t frame,
                    vt_str *path, vt_error *error);

/* What is known of the poster's file becomes what is known of the sequence. */
void vt_frames_describe(const vt_frames_job *job, vt_media_info *media);

/* Reads a poster as vt_reading_run reads a file, and notes in the job which one it was. `folder`: absolute.
   An error is that of the frame that was to be it. */
bool vt_frames_read(vt_frames_job *job, vt_helper_pool *helpers, vt_helper_class helper_class,
                    const char *folder, size_t length, const vt_decode_request *request, int cancel_fd,
                    vt_reading *reading, vt_error *error);

#endif
