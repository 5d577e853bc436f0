/* Stamps: the same as long as nobody writes, another after every kind of write, whoever makes it. */
#include "tests/core/catalog/fixture.h"

#include "core/base/clock.h"
#include "core/catalog/backup.h"
#include "core/catalog/cache_path.h"
#include "core/catalog/journal.h"
#include "core/catalog/roots.h"
#include "core/catalog/sidecars.h"
#include "core/catalog/snapshot.h"
#include "core/catalog/stamp.h"
#include "core/catalog/tiny.h"
#include "core/catalog/twins.h"
#include "tests/core/catalog/edits.h"
#include "tests/core/catalog/version_1.h"

#include <time.h>

static vt_error last_error;

static bool try_stamp(const vt_catalog *catalog, vt_catalog_stamp *stamp)
{
    vt_catalog_reader *reader = fixture_reader(catalog);
    last_error = (vt_error)VT_ERROR_INIT;
    assert_true(vt_catalog_reader_begin(reader, &last_error));
    bool taken = vt_catalog_stamp_take(catalog, reader, stamp, &last_error);
    vt_catalog_reader_end(reader);
    vt_catalog_reader_free(reader);
    return taken;
}

/* Of a catalog that nobody has open. */
static vt_catalog_stamp stamp_of_file(void)
{
    vt_catalog_stamp stamp;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_CLOSED);
    if (!try_stamp(catalog, &stamp)) {
        fail_msg("%s", last_error.message);
    }
    vt_catalog_close(catalog);
    return stamp;
}

static void wait_until_settled(const vt_catalog_stamp *stamp)
{
    const struct timespec step = {0, VT_NS_PER_MS};
    for (int i = 0; !vt_catalog_stamp_is_settled(stamp); i++) {
        assert_true(i < 10000);
        nanosleep(&step, NULL);
    }
}

/* ---- kinds of writes ---- */

typedef bool (*writing)(vt_catalog_writer *writer, vt_error *error);

static const int64_t first[] = {1};
static const char *const tag[] = {"place/rome"};

static bool add_item(vt_catalog_writer *writer, vt_error *error)
{
    vt_item item = fixture_item("/photos/new.jpg", 77);
    return vt_catalog_writer_commit(writer, &(vt_batch){.items = &item, .item_count = 1}, NULL, error);
}

static bool change_item(vt_catalog_writer *writer, vt_error *error)
{
    vt_item item = fixture_item("/photos/0.jpg", 78);
    return vt_catalog_writer_commit(writer, &(vt_batch){.items = &item, .item_count = 1}, NULL, error);
}

static bool move_item(vt_catalog_writer *writer, vt_error *error)
{
    vt_item item = fixture_item("/photos/moved.jpg", 1);
    vt_origin origin = {.id = 2, .path = "/photos/1.jpg", .path_length = 13};
    vt_commit result;
    bool done = vt_catalog_writer_commit(
        writer, &(vt_batch){.items = &item, .item_count = 1, .origins = &origin}, &result, error);
    assert_int_equal(result.moved, 1);
    return done;
}

static bool fail_file(vt_catalog_writer *writer, vt_error *error)
{
    const vt_failure failure = fixture_failure("/photos/broken.jpg", VT_ERROR_CORRUPT);
    return vt_catalog_writer_commit(writer, &(vt_batch){.failures = &failure, .failure_count = 1}, NULL,
                                    error);
}

static bool miss_item(vt_catalog_writer *writer, vt_error *error)
{
    return vt_catalog_writer_commit(writer, &(vt_batch){.missing_ids = first, .missing_count = 1}, NULL,
                                    error);
}

static bool rate(vt_catalog_writer *writer, vt_error *error)
{
    return edits_rate(writer, 1, 4, error);
}

static bool label(vt_catalog_writer *writer, vt_error *error)
{
    return edits_set_label(writer, first, 1, 3, error);
}

static bool title(vt_catalog_writer *writer, vt_error *error)
{
    return edits_set_title(writer, first, 1, "Boats", error);
}

static bool note(vt_catalog_writer *writer, vt_error *error)
{
    return edits_set_note(writer, first, 1, "in the rain", error);
}

static bool add_tag(vt_catalog_writer *writer, vt_error *error)
{
    return edits_add_tags(writer, first, 1, tag, 1, error);
}

static bool rename_tag(vt_catalog_writer *writer, vt_error *error)
{
    return edits_rename_tag(writer, "place/rome", "place/roma", error);
}

static bool make_album(vt_catalog_writer *writer, vt_error *error)
{
    int64_t album = 0;
    return edits_create_album(writer, "Best", &album, error) &&
           edits_add_to_album(writer, album, first, 1, error);
}

static bool put_tiny(vt_catalog_writer *writer, vt_error *error)
{
    vt_tiny tiny = {.item_id = 1};
    memset(tiny.code.bytes, 7, sizeof tiny.code.bytes);
    return vt_catalog_writer_put_tiny(writer, &tiny, 1, error);
}

static bool put_twins(vt_catalog_writer *writer, vt_error *error)
{
    const vt_twins_found found = {.found_ns = 5, .last_id = 9};
    return vt_catalog_writer_put_twins(writer, VT_TWIN_SAME, &found, error);
}

static bool ask_for_sidecar(vt_catalog_writer *writer, vt_error *error)
{
    return vt_sidecars_ask(writer, first, 1, VT_SIDECAR_WRITE, error);
}

static bool forget_sidecars(vt_catalog_writer *writer, vt_error *error)
{
    return vt_sidecars_forget_due(writer, error);
}

static bool remember_root(vt_catalog_writer *writer, vt_error *error)
{
    return vt_roots_remember(writer, &(vt_root){.path = "/photos", .mount = "/", .volume = "disk"}, error);
}

static bool go_offline(vt_catalog_writer *writer, vt_error *error)
{
    return vt_roots_set_offline(writer, "/photos", true, NULL, NULL, error);
}

static bool begin_import(vt_catalog_writer *writer, vt_error *error)
{
    const char *const paths[] = {"/photos"};
    int64_t id = 0;
    return vt_catalog_writer_journal_begin(writer, paths, 1, "{}", &id, error);
}

static bool end_import(vt_catalog_writer *writer, vt_error *error)
{
    return vt_catalog_writer_journal_end(writer, 1, error);
}

static bool remove_item(vt_catalog_writer *writer, vt_error *error)
{
    return vt_catalog_writer_remove(writer, first, 1, error);
}

static const struct {
    const char *name;
    writing write;
} writings[] = {
    {"a new item", add_item},
    {"a changed item", change_item},
    {"a moved item", move_item},
    {"a failure", fail_file},
    {"a missing item", miss_item},
    {"a rating", rate},
    {"a label", label},
    {"a title", title},
    {"a note", note},
    {"a tag", add_tag},
    {"another name of a tag", rename_tag},
    {"an album", make_album},
    {"a tiny thumbnail", put_tiny},
    {"duplicates", put_twins},
    {"a side-car to be written", ask_for_sidecar},
    {"side-cars that are forgotten", forget_sidecars},
    {"a root", remember_root},
    {"a root whose disk is gone", go_offline},
    {"an import that begins", begin_import},
    {"an import that ends", end_import},
    {"an item taken out", remove_item},
};

static void fill(int count)
{
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, count);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static void every_write_makes_another(void **state)
{
    (void)state;
    fill(20);
    vt_catalog_stamp before = stamp_of_file();
    for (size_t i = 0; i < sizeof writings / sizeof *writings; i++) {
        vt_error error = VT_ERROR_INIT;
        wait_until_settled(&before);
        vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
        vt_catalog_writer *writer = fixture_writer(catalog);
        if (!writings[i].write(writer, &error)) {
            fail_msg("%s: %s", writings[i].name, error.message);
        }
        /* While the log holds it there is no stamp that could be taken for the one before. */
        vt_catalog_stamp now;
        if (try_stamp(catalog, &now) || last_error.code != VT_ERROR_BUSY) {
            fail_msg("%s: a stamp beside a log", writings[i].name);
        }
        vt_catalog_writer_free(writer);
        vt_catalog_close(catalog);
        now = stamp_of_file();
        if (vt_catalog_stamp_equal(&before, &now)) {
            fail_msg("%s: the same stamp", writings[i].name);
        }
        before = now;
    }
}

/* Opening for writing, reading and closing is no write; nor is a snapshot of it. */
static void stays_while_nobody_writes(void **state)
{
    (void)state;
    fill(20);
    vt_catalog_stamp before = stamp_of_file();
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    vt_catalog_stamp now;
    assert_true(try_stamp(catalog, &now));
    assert_true(vt_catalog_stamp_equal(&before, &now));
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_snapshot_take(catalog, NULL, NULL, &error));
    assert_true(vt_catalog_writer_checkpoint(writer, &error));
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    now = stamp_of_file();
    assert_true(vt_catalog_stamp_equal(&before, &now));
}

/* A checkpoint that empties the log brings a stamp, and another one. */
static void comes_with_a_checkpoint(void **state)
{
    (void)state;
    fill(20);
    vt_catalog_stamp before = stamp_of_file();
    wait_until_settled(&before);
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    vt_error error = VT_ERROR_INIT;
    vt_catalog_stamp now;
    assert_true(rate(writer, &error));
    assert_false(try_stamp(catalog, &now));
    assert_true(vt_catalog_writer_checkpoint(writer, &error));
    assert_true(try_stamp(catalog, &now));
    assert_false(vt_catalog_stamp_equal(&before, &now));
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    before = stamp_of_file();
    assert_true(vt_catalog_stamp_equal(&before, &now)); /* closing had nothing left to do */
}

/* By programs that know nothing of stamps. */
static void others_make_another(void **state)
{
    (void)state;
    fill(20);
    static const char *const sql[] = {
        "UPDATE item SET rating = 5 WHERE id = 3",
        "PRAGMA journal_mode=DELETE",
        "UPDATE item SET rating = 2 WHERE id = 3", /* straight into the file */
        "VACUUM",
        "PRAGMA journal_mode=WAL; CREATE TABLE other (a)",
    };
    vt_catalog_stamp before = stamp_of_file();
    for (size_t i = 0; i < sizeof sql / sizeof *sql; i++) {
        wait_until_settled(&before);
        fixture_sql(fixture_path, sql[i]);
        vt_catalog_stamp now = stamp_of_file();
        if (vt_catalog_stamp_equal(&before, &now)) {
            fail_msg("%s: the same stamp", sql[i]);
        }
        before = now;
    }
}

/* The same bytes in the place of the file are not the same state: nobody knows what came between. */
static void restored_and_copied_files_have_others(void **state)
{
    (void)state;
    fill(20);
    vt_error error = VT_ERROR_INIT;
    char *backup = strdup(fixture_file("backup"));
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    assert_true(vt_backup_write(catalog, backup, &error));
    vt_catalog_close(catalog);
    vt_catalog_stamp before = stamp_of_file();
    assert_true(vt_backup_restore(fixture_path, backup, NULL, &vt_log_none, &error));
    vt_catalog_stamp restored = stamp_of_file();
    assert_false(vt_catalog_stamp_equal(&before, &restored));

    size_t length;
    char *bytes = fixture_slurp(fixture_path, &length);
    struct stat facts;
    assert_int_equal(stat(fixture_path, &facts), 0);
    wait_until_settled(&restored);
    fixture_spill(fixture_path, bytes, length); /* into the same inode, its time set back */
    const struct timespec times[] = {facts.st_atim, facts.st_mtim};
    assert_int_equal(utimensat(AT_FDCWD, fixture_path, times, 0), 0);
    vt_catalog_stamp copied = stamp_of_file();
    assert_int_equal(copied.ino, restored.ino);
    assert_int_equal(copied.mtime_ns, restored.mtime_ns);
    assert_false(vt_catalog_stamp_equal(&restored, &copied));
    free(bytes);
    free(backup);
}

static void an_upgrade_makes_another(void **state)
{
    (void)state;
    fixture_make_version_1(fixture_path);
    struct stat old;
    assert_int_equal(stat(fixture_path, &old), 0);
    vt_catalog_close(fixture_open(VT_CATALOG_READ_WRITE));
    vt_catalog_stamp now = stamp_of_file();
    assert_int_equal(now.version, vt_catalog_newest_version());
    assert_true(now.ctime_ns != vt_clock_nanoseconds(old.st_ctim) || now.size != old.st_size);
}

/* Only a clock that is past the last write promises that the next one shows. */
static void settles_with_time(void **state)
{
    (void)state;
    int64_t now = vt_clock_wall();
    vt_catalog_stamp stamp = {.mtime_ns = now - VT_NS_PER_S, .ctime_ns = now - VT_NS_PER_S + 1};
    stamp.ctime_ns += stamp.ctime_ns % VT_NS_PER_S == 0;
    assert_true(vt_catalog_stamp_is_settled(&stamp));
    stamp.ctime_ns = now + VT_NS_PER_S; /* the clock was set back */
    assert_false(vt_catalog_stamp_is_settled(&stamp));
    stamp.ctime_ns = (now / VT_NS_PER_S - 1) * VT_NS_PER_S; /* whole seconds: FAT, two of them a tick */
    stamp.mtime_ns = stamp.ctime_ns;
    assert_false(vt_catalog_stamp_is_settled(&stamp));
    stamp.ctime_ns -= 3 * VT_NS_PER_S;
    assert_true(vt_catalog_stamp_is_settled(&stamp) || stamp.mtime_ns > stamp.ctime_ns);
}

/* A file that is read without SQLite's locks must be one without a log. */
static void closed_files_only(void **state)
{
    (void)state;
    fill(20);
    int files = fixture_count_files();
    stamp_of_file();
    assert_int_equal(fixture_count_files(), files); /* nothing is made beside it */
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    vt_error error = VT_ERROR_INIT;
    assert_true(rate(writer, &error));
    assert_null(fixture_try_open(VT_CATALOG_READ_CLOSED, &error));
    assert_int_equal(error.code, VT_ERROR_BUSY);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    assert_int_equal(unlink(fixture_path), 0);
    assert_null(fixture_try_open(VT_CATALOG_READ_CLOSED, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
}

static void catalogs_share_no_place(void **state)
{
    (void)state;
    fill(20);
    char *cache = strdup(fixture_folder);
    setenv("XDG_CACHE_HOME", cache, 1);
    vt_error error = VT_ERROR_INIT;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    char *one = vt_catalog_cache_path(catalog, "columns", "columns", &error);
    char *thumbs = vt_catalog_cache_path(catalog, "thumbnails", "thumbs", &error);
    vt_catalog_close(catalog);
    assert_int_equal(strncmp(one, cache, strlen(cache)), 0);
    assert_non_null(strstr(one, "/vitrine/columns/"));
    assert_non_null(strstr(thumbs, "/vitrine/thumbnails/"));
    snprintf(fixture_path, sizeof fixture_path, "%s/other.vitrine", fixture_folder);
    catalog = fixture_open(VT_CATALOG_READ_WRITE);
    char *other = vt_catalog_cache_path(catalog, "columns", "columns", &error);
    vt_catalog_close(catalog);
    assert_string_not_equal(one, other);
    unsetenv("XDG_CACHE_HOME");
    free(one);
    free(thumbs);
    free(other);
    free(cache);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(every_write_makes_another),
        fixture_test(stays_while_nobody_writes),
        fixture_test(comes_with_a_checkpoint),
        fixture_test(others_make_another),
        fixture_test(restored_and_copied_files_have_others),
        fixture_test(an_upgrade_makes_another),
        fixture_test(settles_with_time),
        fixture_test(closed_files_only),
        fixture_test(catalogs_share_no_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
