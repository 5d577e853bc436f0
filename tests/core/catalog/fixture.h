/* What the tests of the catalog share: a scratch folder, catalogs in it, records, and SQLite behind their
 * back. */
#ifndef VT_TESTS_CATALOG_FIXTURE_H
#define VT_TESTS_CATALOG_FIXTURE_H

#include "support/check.h"

#include "core/catalog/catalog.h"
#include "core/catalog/reader.h"
#include "core/catalog/writer.h"

#include <fcntl.h>
#include <ftw.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The scratch folder of the test that runs, and the catalog in it. */
static char fixture_folder[64];
static char fixture_path[128];

static inline int fixture_set_up(void **state)
{
    (void)state;
    snprintf(fixture_folder, sizeof fixture_folder, "/tmp/vitrine-catalog-XXXXXX");
    if (!mkdtemp(fixture_folder)) {
        return -1;
    }
    snprintf(fixture_path, sizeof fixture_path, "%s/library.vitrine", fixture_folder);
    return 0;
}

static inline int fixture_remove_entry(const char *path, const struct stat *facts, int type, struct FTW *at)
{
    (void)facts;
    (void)type;
    (void)at;
    return remove(path);
}

static inline int fixture_tear_down(void **state)
{
    (void)state;
    chmod(fixture_folder, 0700);
    return nftw(fixture_folder, fixture_remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

#define fixture_test(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

static inline char *fixture_file(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", fixture_folder, name);
    return path;
}

static inline vt_catalog *fixture_try_open(vt_catalog_mode mode, vt_error *error)
{
    vt_catalog_options options = {.mode = mode, .log = vt_log_none};
    return vt_catalog_open(fixture_path, &options, error);
}

static inline vt_catalog *fixture_open(vt_catalog_mode mode)
{
    vt_error error = VT_ERROR_INIT;
    vt_catalog *catalog = fixture_try_open(mode, &error);
    if (!catalog) {
        fail_msg("%s", error.message);
    }
    return catalog;
}

static inline vt_catalog_writer *fixture_writer(vt_catalog *catalog)
{
    vt_error error = VT_ERROR_INIT;
    vt_catalog_writer *writer = vt_catalog_writer_create(catalog, &error);
    if (!writer) {
        fail_msg("%s", error.message);
    }
    return writer;
}

static inline vt_catalog_reader *fixture_reader(const vt_catalog *catalog)
{
    vt_error error = VT_ERROR_INIT;
    vt_catalog_reader *reader = vt_catalog_reader_open(catalog, &error);
    if (!reader) {
        fail_msg("%s", error.message);
    }
    return reader;
}

/* A picture at `path`; everything else follows from `number`. */
static inline vt_item fixture_item(const char *path, int64_t number)
{
    return (vt_item){
        .path = path,
        .path_length = (uint32_t)strlen(path),
        .size = 1000 + number,
        .mtime_ns = 1700000000000000000 + number,
        .ctime_ns = 1700000000500000000 + number,
        .dev = 64769,
        .ino = 500000 + (uint64_t)number,
        .state = VT_ITEM_OK,
        .media = {.kind = VT_KIND_IMAGE,
                  .format = VT_FORMAT_JPEG,
                  .width = 4000 + (uint32_t)number,
                  .height = 3000,
                  .channels = 3,
                  .bit_depth = 8},
    };
}

static inline vt_failure fixture_failure(const char *path, vt_error_code code)
{
    return (vt_failure){
        .path = path,
        .path_length = (uint32_t)strlen(path),
        .code = code,
        .message = "it is broken",
        .size = 77,
        .mtime_ns = 78,
        .ctime_ns = 79,
        .ino = 80,
        .failed_ns = 81,
    };
}

static inline vt_commit fixture_commit(vt_catalog_writer *writer, vt_batch batch)
{
    vt_error error = VT_ERROR_INIT;
    vt_commit result;
    if (!vt_catalog_writer_commit(writer, &batch, &result, &error)) {
        fail_msg("%s", error.message);
    }
    return result;
}

/* Items /photos/0.jpg and so on, in one commit. */
static inline void fixture_fill(vt_catalog_writer *writer, int count)
{
    vt_item *items = calloc((size_t)count, sizeof *items);
    char(*paths)[32] = calloc((size_t)count, sizeof *paths);
    assert_non_null(items);
    assert_non_null(paths);
    for (int i = 0; i < count; i++) {
        snprintf(paths[i], sizeof paths[i], "/photos/%d.jpg", i);
        items[i] = fixture_item(paths[i], i);
    }
    fixture_commit(writer, (vt_batch){.items = items, .item_count = (size_t)count});
    free(items);
    free(paths);
}

/* Runs SQL on a file without the product's code, as a damage or another program would. */
static inline void fixture_sql(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) {
        fail_msg("%s: %s", sql, message);
    }
    sqlite3_close(db);
}

static inline int64_t fixture_number(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return number;
}

/* All bytes of a file; free(). */
static inline char *fixture_slurp(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    *length = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*length + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *length, file), *length);
    fclose(file);
    return bytes;
}

static inline void fixture_spill(const char *path, const void *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    fclose(file);
}

static inline int fixture_count_files(void)
{
    char command[128];
    snprintf(command, sizeof command, "ls -A %s | wc -l", fixture_folder);
    FILE *list = popen(command, "r");
    assert_non_null(list);
    int count = -1;
    assert_int_equal(fscanf(list, "%d", &count), 1);
    pclose(list);
    return count;
}

#endif
