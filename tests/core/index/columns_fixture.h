/* What the tests of the columns file share: catalogs of items of all kinds, both ways to load them, and what
   they give. */
#ifndef VT_TESTS_CORE_INDEX_COLUMNS_FIXTURE_H
#define VT_TESTS_CORE_INDEX_COLUMNS_FIXTURE_H

#include "tests/core/catalog/fixture.h"

#include "core/index/columns.h"
#include "core/index/filter.h"
#include "core/index/names.h"

static char columns_path[160];
static vt_error last_error;

static inline int set_up(void **state)
{
    int result = fixture_set_up(state);
    snprintf(columns_path, sizeof columns_path, "%s/library.columns", fixture_folder);
    return result;
}

#define columns_test(name) cmocka_unit_test_setup_teardown(name, set_up, fixture_tear_down)

/* ---- both ways to load, and what they give ---- */

/* NULL if the file is not used; the reason is in `last_error`. */
static inline vt_index *load_columns(const vt_catalog *catalog)
{
    vt_catalog_reader *reader = fixture_reader(catalog);
    vt_index *index = vt_index_create();
    last_error = (vt_error)VT_ERROR_INIT;
    if (!vt_columns_load(index, catalog, reader, columns_path, NULL, &last_error)) {
        const vt_snapshot *snapshot = vt_index_snapshot(index);
        assert_int_equal(vt_snapshot_count(snapshot), 0); /* nothing half is shown */
        assert_int_equal(vt_snapshot_folder_count(snapshot), 0);
        vt_snapshot_release(snapshot);
        /* ... and the index takes the catalog instead. */
        vt_error error = VT_ERROR_INIT;
        if (!vt_index_load(index, reader, NULL, NULL, &error)) {
            fail_msg("%s", error.message);
        }
        vt_index_free(index);
        index = NULL;
        assert_true(last_error.code != VT_ERROR_NONE && last_error.message[0] != '\0');
    }
    vt_catalog_reader_free(reader);
    return index;
}

static inline vt_index *load_catalog(const vt_catalog *catalog)
{
    vt_catalog_reader *reader = fixture_reader(catalog);
    vt_index *index = vt_index_create();
    vt_error error = VT_ERROR_INIT;
    if (!vt_index_load(index, reader, NULL, NULL, &error)) {
        fail_msg("%s", error.message);
    }
    vt_catalog_reader_free(reader);
    return index;
}

static inline void assert_same_item(const vt_item_brief *a, const vt_item_brief *b)
{
    assert_int_equal(a->id, b->id);
    assert_int_equal(a->folder_id, b->folder_id);
    assert_int_equal(a->name_length, b->name_length);
    assert_memory_equal(a->name, b->name, a->name_length + 1);
    assert_memory_equal(vt_name_folded(a->name), vt_name_folded(b->name), a->name_length + 1);
    assert_int_equal(a->size, b->size);
    assert_int_equal(a->mtime_ns, b->mtime_ns);
    assert_int_equal(a->width, b->width);
    assert_int_equal(a->height, b->height);
    assert_int_equal(a->triangles, b->triangles);
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->format, b->format);
    assert_int_equal(a->state, b->state);
    assert_int_equal(a->watertight, b->watertight);
    assert_int_equal(a->rating, b->rating);
}

/* Names stand in blocks of 64 KiB, and are searched a block at a time: what is found must be the same, too.
 */
static inline void assert_found_alike(const vt_snapshot *a, const vt_snapshot *b, const char *text)
{
    vt_error error = VT_ERROR_INIT;
    vt_filter *filter = vt_filter_compile(text, strlen(text), NULL, &error);
    assert_non_null(filter);
    uint32_t *rows[2];
    uint32_t count[2];
    assert_true(vt_filter_run(filter, a, NULL, &rows[0], &count[0], &error));
    assert_true(vt_filter_run(filter, b, NULL, &rows[1], &count[1], &error));
    assert_int_equal(count[0], count[1]);
    if (count[0] > 0) {
        assert_memory_equal(rows[0], rows[1], count[0] * sizeof *rows[0]);
    }
    free(rows[0]);
    free(rows[1]);
    vt_filter_free(filter);
}

static inline void assert_same(vt_index *one, vt_index *other)
{
    const vt_snapshot *a = vt_index_snapshot(one);
    const vt_snapshot *b = vt_index_snapshot(other);
    assert_int_equal(vt_snapshot_count(a), vt_snapshot_count(b));
    assert_int_equal(vt_snapshot_item_count(a), vt_snapshot_item_count(b));
    assert_int_equal(vt_snapshot_folder_count(a), vt_snapshot_folder_count(b));
    for (uint32_t i = 0; i < vt_snapshot_folder_count(a); i++) {
        size_t length[2];
        int64_t id[2];
        const char *path = vt_snapshot_folder(a, i, &length[0], &id[0]);
        const char *path_b = vt_snapshot_folder(b, i, &length[1], &id[1]);
        assert_int_equal(length[0], length[1]);
        assert_int_equal(id[0], id[1]);
        assert_memory_equal(path, path_b, length[0] + 1);
    }
    for (uint32_t row = 0; row < vt_snapshot_count(a); row++) {
        vt_item_brief item[2];
        vt_snapshot_item(a, row, &item[0]);
        vt_snapshot_item(b, row, &item[1]);
        assert_same_item(&item[0], &item[1]);
        assert_int_equal(vt_snapshot_removed(a, row), vt_snapshot_removed(b, row));
        assert_int_equal(vt_snapshot_folder_of(a, row), vt_snapshot_folder_of(b, row));
    }
    static const char *const searches[] = {"7.jpg", "\xC3\xA4pfel", "name:z", "folder:3 kind:image", "id:17"};
    for (size_t i = 0; i < sizeof searches / sizeof *searches; i++) {
        assert_found_alike(a, b, searches[i]);
    }
    vt_snapshot_release(a);
    vt_snapshot_release(b);
}

/* ---- catalogs ---- */

/* `count` items in `folders` folders, of names of all kinds. */
static inline void fill(int count, int folders)
{
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    vt_item *items = calloc((size_t)count, sizeof *items);
    char(*paths)[320] = calloc((size_t)count, sizeof *paths);
    assert_non_null(items);
    assert_non_null(paths);
    for (int i = 0; i < count; i++) {
        static const char *const names[] = {"%d.jpg", "\xC3\x84pfel %d", "\xFF\xFE%d", "Z%d.STL", "%d\xC3"};
        char name[280];
        snprintf(name, sizeof name, names[i % 5], i);
        if (i % 1000 == 17) { /* as long as a file system lets it be */
            memset(name, 'y', 250);
            snprintf(name + 250, sizeof name - 250, "%d", i % 100000);
        }
        snprintf(paths[i], sizeof paths[i], "/f%d/%s", i % folders, name);
        items[i] = fixture_item(paths[i], i);
        if (i % 5 == 3) {
            items[i].media = (vt_media_info){.kind = VT_KIND_MODEL,
                                             .format = VT_FORMAT_STL,
                                             .watertight = VT_WATERTIGHT_YES,
                                             .triangles = (uint64_t)i << 22};
        }
    }
    fixture_commit(writer, (vt_batch){.items = items, .item_count = (size_t)count});
    free(items);
    free(paths);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

/* As a program does at its end. */
static inline bool write_paced(const vt_columns_pace *pace)
{
    uint32_t rows = 0;
    last_error = (vt_error)VT_ERROR_INIT;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_CLOSED);
    vt_catalog_reader *reader = fixture_reader(catalog);
    bool written = vt_columns_write(catalog, reader, columns_path, pace, &rows, &last_error);
    vt_catalog_reader_free(reader);
    vt_catalog_close(catalog);
    assert_true(written || last_error.message[0] != '\0');
    return written;
}

static inline void write_columns(void)
{
    if (!write_paced(NULL)) {
        fail_msg("%s", last_error.message);
    }
}

/* The file is used, and gives what the catalog gives. */
static inline void assert_used(vt_catalog_mode mode)
{
    vt_catalog *catalog = fixture_open(mode);
    vt_index *quick = load_columns(catalog);
    if (!quick) {
        fail_msg("%s", last_error.message);
    }
    vt_index *slow = load_catalog(catalog);
    assert_same(quick, slow);
    vt_index_free(quick);
    vt_index_free(slow);
    vt_catalog_close(catalog);
}

static inline void assert_refused(vt_error_code code)
{
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_ONLY);
    vt_index *index = load_columns(catalog);
    if (index || last_error.code != code) {
        fail_msg("used, or refused otherwise: %s", last_error.message);
    }
    vt_catalog_close(catalog);
}

static inline bool is_there(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0;
}

#endif
