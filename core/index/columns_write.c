#include "core/index/columns.h"

#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/base/path.h"
#include "core/base/str.h"
#include "core/catalog/cache_path.h"
#include "core/index/columns_private.h"
#include "core/index/columns_tidy.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* How long to wait for the clock of the file system to go past the last write. */
#define SETTLE_STEP_NS (5 * VT_NS_PER_MS)
#define SETTLE_MOST_NS (4 * VT_NS_PER_S)
/* A section of folders ends beyond so many bytes of paths. */
#define PATHS_ENOUGH ((size_t)1024 * 1024)

typedef struct writing {
    const vt_catalog *catalog;
    vt_catalog_reader *reader;
    const vt_columns_pace *pace;
    vt_error *error;
    int file;
    vt_columns_header header;
    vt_str bytes; /* of the section */
    bool failed;

    vt_folders folders; /* numbers of those seen */
    uint32_t folders_written;
    size_t paths; /* bytes of those that were not */

    vt_chunk *chunk; /* the rows of the section; owned */
    uint32_t rows;   /* of it */
    vt_str names;    /* of them */
    int64_t last_folder_id;
    uint32_t last_folder; /* its number; UINT32_MAX: none yet */
} writing;

static bool no_memory(writing *work)
{
    vt_error_set(work->error, VT_ERROR_MEMORY, "out of memory");
    work->failed = true;
    return false;
}

static bool stop_if_asked(writing *work)
{
    if (work->pace && work->pace->go_on && !work->pace->go_on(work->pace->user)) {
        work->failed = !vt_error_set(work->error, VT_ERROR_CANCELLED, "there is something else to do");
    }
    return !work->failed;
}

/* Ends the section that `bytes` holds. */
static bool put_section(writing *work, vt_columns_kind kind, uint32_t count)
{
    if (work->bytes.failed) {
        return no_memory(work);
    }
    vt_columns_section section = {.kind = (uint32_t)kind,
                                  .count = count,
                                  .bytes = work->bytes.length,
                                  .sum = vt_columns_sum(work->bytes.data, work->bytes.length)};
    work->header.bytes += sizeof section + section.bytes;
    if (section.bytes > VT_COLUMNS_SECTION_MAX || work->header.bytes > (uint64_t)VT_COLUMNS_BYTES_MAX) {
        work->failed =
            !vt_error_set(work->error, VT_ERROR_LIMIT, "it would be larger than such a file may be");
    } else if (!vt_file_write_all(work->file, &section, sizeof section) ||
               !vt_file_write_all(work->file, work->bytes.data, work->bytes.length)) {
        work->failed = !vt_error_set_errno(work->error, errno, "it cannot be written");
    }
    work->header.chain = vt_columns_chain(work->header.chain, &section);
    vt_str_clear(&work->bytes);
    return !work->failed && stop_if_asked(work);
}

/* ---- folders ---- */

static bool put_folders(writing *work)
{
    uint32_t count = work->folders.count - work->folders_written;
    if (count == 0) {
        return true;
    }
    for (int pass = 0; pass < 3; pass++) {
        for (uint32_t i = work->folders_written; i < work->folders.count; i++) {
            const vt_folder *folder = vt_folders_at(&work->folders, i);
            if (pass == 0) {
                vt_str_append(&work->bytes, &folder->id, sizeof folder->id);
            } else if (pass == 1) {
                vt_str_append(&work->bytes, &folder->length, sizeof folder->length);
            } else {
                vt_str_append(&work->bytes, folder->path, folder->length);
            }
        }
    }
    work->folders_written = work->folders.count;
    work->paths = 0;
    return put_section(work, VT_COLUMNS_FOLDERS, count);
}

static bool take_folder(void *user, int64_t id, const char *path, size_t length)
{
    writing *work = user;
    if (!vt_folders_add(&work->folders, id, path, length, work->error)) {
        work->failed = true;
        return false;
    }
    work->paths += length;
    bool full =
        work->folders.count - work->folders_written == VT_COLUMNS_FOLDERS_MAX || work->paths > PATHS_ENOUGH;
    return !full || put_folders(work);
}

/* ---- rows ---- */

static bool put_rows(writing *work)
{
    if (work->rows == 0) {
        return true;
    }
    for (size_t i = 0; i < VT_COLUMNS_COUNT; i++) {
        vt_str_append(&work->bytes, (const char *)work->chunk + vt_columns_layout[i].offset,
                      vt_columns_layout[i].width * work->rows);
    }
    vt_str_append(&work->bytes, work->names.data, work->names.length);
    if (work->names.failed) {
        return no_memory(work);
    }
    uint32_t count = work->rows;
    work->header.rows += count;
    work->rows = 0;
    vt_str_clear(&work->names);
    return put_section(work, VT_COLUMNS_ROWS, count);
}

static uint32_t folder_number(writing *work, int64_t id)
{
    if (work->last_folder == UINT32_MAX || id != work->last_folder_id) {
        work->last_folder = vt_folders_find(&work->folders, id);
        work->last_folder_id = id;
    }
    return work->last_folder;
}

/* What vt_index_load would refuse is not written either. */
static bool take_item(void *user, const vt_item_brief *item)
{
    writing *work = user;
    uint32_t folder = folder_number(work, item->folder_id);
    if (folder == UINT32_MAX || item->name_length > VT_NAME_LENGTH_MAX ||
        work->header.rows + work->rows == VT_INDEX_ROWS_MAX) {
        work->failed =
            !vt_error_set(work->error, VT_ERROR_CORRUPT,
                          "item %lld of the catalog has no folder, or is one too many", (long long)item->id);
        return false;
    }
    vt_chunk *chunk = work->chunk;
    uint32_t at = work->rows++;
    chunk->id[at] = item->id;
    chunk->folder[at] = folder;
    chunk->name_length[at] = (uint16_t)item->name_length;
    vt_chunk_set(chunk, at, item);
    vt_str_append(&work->names, item->name, item->name_length);
    vt_str_append(&work->names, "", 1);
    return work->rows < VT_CHUNK_ROWS || put_rows(work);
}

/* ---- the file ---- */

static bool wait_until_settled(writing *work, const vt_catalog_stamp *stamp)
{
    int64_t end = vt_clock_now() + SETTLE_MOST_NS;
    while (!vt_catalog_stamp_is_settled(stamp)) {
        if (vt_clock_now() > end) {
            return vt_error_set(work->error, VT_ERROR_CHANGED,
                                "the catalog was written just now, by the clock of its file system");
        }
        const struct timespec step = {0, SETTLE_STEP_NS};
        nanosleep(&step, NULL);
        if (!stop_if_asked(work)) {
            return false;
        }
    }
    return true;
}

static bool check_unchanged(writing *work)
{
    vt_catalog_stamp after;
    return vt_catalog_stamp_take(work->catalog, work->reader, &after, work->error) &&
           (vt_catalog_stamp_equal(&after, &work->header.stamp) ||
            vt_error_set(work->error, VT_ERROR_CHANGED, "the catalog was written meanwhile"));
}

/* All of the file but its name. The stamp is taken before and after what it stands for. */
static bool write_content(writing *work)
{
    vt_columns_header *header = &work->header;
    if (!vt_catalog_stamp_take(work->catalog, work->reader, &header->stamp, work->error) ||
        !wait_until_settled(work, &header->stamp)) {
        return false;
    }
    header->bytes = sizeof *header;
    if (lseek(work->file, sizeof *header, SEEK_SET) < 0) {
        return vt_error_set_errno(work->error, errno, "it cannot be written");
    }
    if (!vt_catalog_reader_each_folder(work->reader, NULL, take_folder, work, work->error) || work->failed ||
        !put_folders(work) || !vt_catalog_reader_each_brief(work->reader, 0, take_item, work, work->error) ||
        work->failed || !put_rows(work) || !check_unchanged(work)) {
        return false;
    }
    header->folders = work->folders.count;
    header->sum = vt_columns_header_sum(header);
    return (lseek(work->file, 0, SEEK_SET) == 0 && vt_file_write_all(work->file, header, sizeof *header)) ||
           vt_error_set_errno(work->error, errno, "it cannot be written");
}

static bool has_room(const char *path, vt_error *error)
{
    struct statvfs disk;
    char *folder = strndup(path, (size_t)(vt_path_name(path) - path));
    bool known = folder && statvfs(*folder ? folder : ".", &disk) == 0;
    free(folder);
    if (known && (int64_t)disk.f_bavail < VT_COLUMNS_SPARE_BYTES / (int64_t)disk.f_frsize) {
        return vt_error_set(error, VT_ERROR_NO_SPACE, "the disk is nearly full");
    }
    return true;
}

static bool write_file(writing *work, const char *path)
{
    vt_str temporary = VT_STR_INIT;
    vt_str_appendf(&temporary, "%s" VT_COLUMNS_UNFINISHED, path);
    work->file = temporary.failed ? -1 : mkostemp(temporary.data, O_CLOEXEC);
    if (work->file < 0) {
        vt_error_set_errno(work->error, temporary.failed ? ENOMEM : errno, "it cannot be made");
        vt_str_free(&temporary);
        return false;
    }
    bool written = vt_catalog_reader_begin(work->reader, work->error);
    if (written) {
        written = write_content(work);
        vt_catalog_reader_end(work->reader);
    }
    if (close(work->file) != 0 && written) {
        written = vt_error_set_errno(work->error, errno, "it cannot be written");
    }
    if (written && rename(temporary.data, path) != 0) {
        written = vt_error_set_errno(work->error, errno, "it cannot be put in its place");
    }
    if (!written) {
        unlink(temporary.data);
    }
    vt_str_free(&temporary);
    return written;
}

bool vt_columns_write(const vt_catalog *catalog, vt_catalog_reader *reader, const char *path,
                      const vt_columns_pace *pace, uint32_t *rows, vt_error *error)
{
    *rows = 0;
    if (!vt_cache_make_folder_of(path, error)) {
        return false;
    }
    writing work = {
        .catalog = catalog,
        .reader = reader,
        .pace = pace,
        .error = error,
        .bytes = VT_STR_INIT,
        .names = VT_STR_INIT,
        .last_folder = UINT32_MAX,
        .chunk = calloc(1, sizeof *work.chunk),
    };
    vt_columns_sign(&work.header);
    vt_columns_tidy(path);
    bool written = work.chunk ? has_room(path, error) && write_file(&work, path) : no_memory(&work);
    *rows = written ? work.header.rows : 0;
    vt_folders_free(&work.folders);
    vt_str_free(&work.bytes);
    vt_str_free(&work.names);
    free(work.chunk);
    return written;
}
