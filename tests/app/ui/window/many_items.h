/* Items for a window that needs many of them, and no files. */
#ifndef VT_TESTS_MANY_ITEMS_H
#define VT_TESTS_MANY_ITEMS_H

#include "tests/support/check.h"

#include "core/catalog/writer.h"
#include "tests/support/files.h"

#include <stdio.h>
#include <stdlib.h>

/* The catalog at `path` gets `count` pictures "/nowhere/many/NNNNNN.jpg". */
static inline void many_items_in(const char *path, int count)
{
    vt_error error = VT_ERROR_INIT;
    const vt_catalog_options options = {.log = vt_log_none};
    vt_catalog *catalog = vt_catalog_open(path, &options, &error);
    vt_catalog_writer *writer = catalog ? vt_catalog_writer_create(catalog, &error) : NULL;
    vt_item *items = calloc((size_t)count, sizeof *items);
    char(*paths)[40] = calloc((size_t)count, sizeof *paths);
    assert_non_null(writer);
    for (int i = 0; i < count; i++) {
        int length = snprintf(paths[i], sizeof paths[i], "/nowhere/many/%06d.jpg", i);
        items[i] =
            (vt_item){.path = paths[i],
                      .path_length = (uint32_t)length,
                      .size = i + 1,
                      .mtime_ns = 1,
                      .ino = (uint64_t)i + 1,
                      .state = VT_ITEM_OK,
                      .media = {.kind = VT_KIND_IMAGE, .format = VT_FORMAT_JPEG, .width = 4, .height = 3}};
    }
    vt_batch batch = {.items = items, .item_count = (size_t)count};
    assert_true(vt_catalog_writer_commit(writer, &batch, NULL, NULL));
    free(items);
    free(paths);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

/* The same for the catalog of a home. */
static inline void many_items(const char *home, int count)
{
    files_folder(home, "data");
    files_folder(home, "data/vitrine");
    many_items_in(files_path(home, "data/vitrine/library.vitrine"), count);
}

#endif
