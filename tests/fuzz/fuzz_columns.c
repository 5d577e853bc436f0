/* Columns files of any bytes, with checksums that are right, so that what is behind them has to do the
   refusing: the index is filled or it is empty, and what it was filled with holds together. */
#include "tests/fuzz/fuzz.h"

#include "core/index/columns_private.h"
#include "core/index/index_private.h"
#include "tests/core/index/columns_seal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void require(bool condition)
{
    if (!condition) {
        abort();
    }
}

/* Looks at every row and folder as views do. */
static void look_through(vt_index *index)
{
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    int64_t last = 0;
    uint32_t removed = 0;
    vt_str path = VT_STR_INIT;
    for (uint32_t row = 0; row < vt_snapshot_count(snapshot); row++) {
        vt_item_brief item;
        vt_snapshot_item(snapshot, row, &item);
        require(item.id > last && item.name[item.name_length] == '\0' && item.rating <= 5);
        require(item.format < VT_FORMAT_COUNT && item.state < VT_ITEM_STATE_COUNT);
        require(vt_snapshot_find(snapshot, item.id) == row);
        require(vt_name_folded(item.name)[item.name_length] == '\0');
        last = item.id;
        removed += vt_snapshot_removed(snapshot, row);
        vt_str_clear(&path);
        vt_snapshot_path(snapshot, row, &path);
        require(path.length > item.name_length);
    }
    require(vt_snapshot_item_count(snapshot) == vt_snapshot_count(snapshot) - removed);
    vt_str_free(&path);
    vt_snapshot_release(snapshot);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    vt_columns_header header;
    vt_error error = VT_ERROR_INIT;
    int64_t length = 0;
    int file = memfd_create("columns", MFD_CLOEXEC);
    uint8_t *sealed = malloc(size + 1);
    vt_index *index = vt_index_create();
    require(file >= 0 && sealed && index);
    if (size > 0) {
        memcpy(sealed, bytes, size);
    }
    columns_seal(sealed, size);
    require(write(file, sealed, size) == (ssize_t)size);
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    /* By its name there, which is a link that must not be followed: refused, whatever it holds. */
    require(vt_columns_open(path, &header, &length, &error) < 0 && error.message[0] != '\0');
    vt_error_clear(&error);
    if (size >= sizeof header) {
        memcpy(&header, sealed, sizeof header);
        require(lseek(file, sizeof header, SEEK_SET) == sizeof header);
        if (vt_columns_check_header(&header, (int64_t)size, &error) &&
            vt_columns_fill(index, file, &header, NULL, &error)) {
            require(vt_index_publish(index, &error));
            look_through(index);
        } else {
            require(error.code == VT_ERROR_CORRUPT || error.code == VT_ERROR_LIMIT);
            require(error.message[0] != '\0' && index->count == 0 && index->tables.folders.count == 0);
        }
    }
    vt_index_free(index);
    free(sealed);
    close(file);
    return 0;
}
