#include "core/index/columns.h"

#include "core/catalog/cache_path.h"
#include "core/index/columns_private.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#define COLUMN(field)                                                                                        \
    {                                                                                                        \
        offsetof(vt_chunk, field), sizeof((vt_chunk *)NULL)->field[0]                                        \
    }

/* Wide ones first, so that each begins at a multiple of its width. */
const vt_columns_column vt_columns_layout[VT_COLUMNS_COUNT] = {
    COLUMN(id),     COLUMN(size),       COLUMN(mtime),       COLUMN(folder), COLUMN(width),
    COLUMN(height), COLUMN(triangles),  COLUMN(name_length), COLUMN(kind),   COLUMN(format),
    COLUMN(state),  COLUMN(watertight), COLUMN(rating),
};

static_assert(offsetof(vt_columns_header, sum) + sizeof(uint64_t) == sizeof(vt_columns_header) &&
                  offsetof(vt_columns_header, stamp) == 72 && sizeof(vt_columns_section) == 24,
              "the header and those of sections have no padding");

size_t vt_columns_row_bytes(uint32_t count)
{
    size_t bytes = 0;
    for (size_t i = 0; i < VT_COLUMNS_COUNT; i++) {
        bytes += vt_columns_layout[i].width * count;
    }
    return bytes;
}

uint64_t vt_columns_sum(const void *bytes, size_t count)
{
    return XXH3_64bits(bytes, count);
}

uint64_t vt_columns_chain(uint64_t chain, const vt_columns_section *section)
{
    return XXH3_64bits_withSeed(section, sizeof *section, chain);
}

void vt_columns_sign(vt_columns_header *header)
{
    static_assert(sizeof VITRINE_VERSION <= sizeof((vt_columns_header *)NULL)->program, "the version fits");
    *header = (vt_columns_header){.magic = VT_COLUMNS_MAGIC,
                                  .version = VT_COLUMNS_VERSION,
                                  .byte_order = VT_COLUMNS_BYTE_ORDER,
                                  .program = VITRINE_VERSION,
                                  .formats = VT_FORMAT_COUNT,
                                  .states = VT_ITEM_STATE_COUNT};
}

uint64_t vt_columns_header_sum(const vt_columns_header *header)
{
    return XXH3_64bits(header, offsetof(vt_columns_header, sum));
}

char *vt_columns_path(const vt_catalog *catalog, vt_error *error)
{
    return vt_catalog_cache_path(catalog, "columns", "columns", error);
}

bool vt_columns_read(int file, void *to, size_t count, vt_error *error)
{
    char *at = to;
    while (count > 0) {
        ssize_t got = read(file, at, count);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return vt_error_set_errno(error, errno, "it cannot be read");
        }
        if (got == 0) {
            return vt_error_set(error, VT_ERROR_TRUNCATED, "it ends before its content does");
        }
        at += got;
        count -= (size_t)got;
    }
    return true;
}

bool vt_columns_check_header(const vt_columns_header *header, int64_t bytes, vt_error *error)
{
    if (memcmp(header->magic, VT_COLUMNS_MAGIC, sizeof header->magic) != 0) {
        return vt_error_set(error, VT_ERROR_UNSUPPORTED, "it is no columns file");
    }
    if (header->byte_order != VT_COLUMNS_BYTE_ORDER) {
        return vt_error_set(error, VT_ERROR_UNSUPPORTED, "it was written by a machine of another byte order");
    }
    if (header->version != VT_COLUMNS_VERSION) {
        return vt_error_set(error, VT_ERROR_VERSION, "it has version %u, this program reads version %u",
                            header->version, VT_COLUMNS_VERSION);
    }
    if (header->sum != vt_columns_header_sum(header)) {
        return vt_error_set(error, VT_ERROR_CORRUPT, "its header is damaged");
    }
    vt_columns_header own;
    vt_columns_sign(&own);
    if (memcmp(header->program, own.program, sizeof own.program) != 0 || header->formats != own.formats ||
        header->states != own.states) {
        return vt_error_set(error, VT_ERROR_VERSION, "it was written by another version of the program");
    }
    if (header->rows > VT_INDEX_ROWS_MAX || header->folders > VT_INDEX_FOLDERS_MAX ||
        header->bytes > (uint64_t)VT_COLUMNS_BYTES_MAX) {
        return vt_error_set(error, VT_ERROR_CORRUPT, "its header names more than such a file can hold");
    }
    if ((int64_t)header->bytes != bytes) {
        return vt_error_set(error, VT_ERROR_TRUNCATED, "it has %lld bytes instead of %llu", (long long)bytes,
                            (unsigned long long)header->bytes);
    }
    return true;
}

static bool check_file(int file, int64_t *bytes, vt_error *error)
{
    struct stat facts;
    if (fstat(file, &facts) != 0) {
        return vt_error_set_errno(error, errno, "it cannot be read");
    }
    if (!S_ISREG(facts.st_mode)) {
        return vt_error_set(error, VT_ERROR_NOT_REGULAR, "it is not a regular file");
    }
    *bytes = facts.st_size;
    return facts.st_uid == geteuid() ||
           vt_error_set(error, VT_ERROR_PERMISSION, "it belongs to another user");
}

int vt_columns_open(const char *path, vt_columns_header *header, int64_t *bytes, vt_error *error)
{
    *bytes = 0;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0) {
        bool none = errno == ENOENT || errno == ENOTDIR;
        if (none) {
            vt_error_set(error, VT_ERROR_NOT_FOUND, "it is not there");
        } else {
            vt_error_set_errno(error, errno, "it cannot be opened");
        }
        return -1;
    }
    if (!check_file(file, bytes, error) || !vt_columns_read(file, header, sizeof *header, error) ||
        !vt_columns_check_header(header, *bytes, error)) {
        close(file);
        return -1;
    }
    return file;
}

bool vt_columns_match(const vt_columns_header *header, const vt_catalog *catalog, vt_catalog_reader *reader,
                      vt_error *error)
{
    vt_catalog_stamp stamp;
    return vt_catalog_stamp_take(catalog, reader, &stamp, error) &&
           (vt_catalog_stamp_equal(&stamp, &header->stamp) ||
            vt_error_set(error, VT_ERROR_CHANGED, "the catalog has been written since"));
}

void vt_columns_look(const vt_catalog *catalog, vt_catalog_reader *reader, const char *path,
                     vt_columns_info *info)
{
    vt_columns_header header;
    *info = (vt_columns_info){0};
    int file = vt_columns_open(path, &header, &info->bytes, &info->why_not);
    if (file < 0) {
        return;
    }
    close(file);
    info->rows = header.rows;
    if (vt_catalog_reader_begin(reader, &info->why_not)) {
        info->usable = vt_columns_match(&header, catalog, reader, &info->why_not);
        vt_catalog_reader_end(reader);
    }
}
