/* What is brought over from damaged catalogs, and that the damaged file is kept. */
#include "core/catalog/fixture.h"

#include "core/catalog/check.h"
#include "core/catalog/salvage.h"
#include "core/catalog/version_1.h"
#include "tests/core/catalog/edits.h"

#define ITEMS 8000

static unsigned next_random(void)
{
    static uint64_t state = 7;
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(state >> 33);
}

/* A catalog with everything in it. */
static void make_catalog(void)
{
    static int64_t ids[ITEMS];
    for (int i = 0; i < ITEMS; i++) {
        ids[i] = i + 1;
    }
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, ITEMS);
    const char *tags[] = {"place/rome", "summer"};
    int64_t album = 0;
    assert_true(edits_add_tags(writer, ids, ITEMS, tags, 2, NULL));
    assert_true(edits_set_note(writer, ids, ITEMS, "a note of some length, to fill pages", NULL));
    assert_true(edits_set_rating(writer, ids, ITEMS, 3, NULL));
    assert_true(edits_create_album(writer, "album", &album, NULL));
    assert_true(edits_add_to_album(writer, album, ids, ITEMS, NULL));
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static int64_t number(const char *sql)
{
    return fixture_number(fixture_path, sql);
}

/* Overwrites `count` pages, drawn at random, of the table or index `name`. Returns the rows on them. */
static int64_t damage(const char *name, const char *kind, int count)
{
    char sql[300];
    int64_t pages[64];
    int64_t rows = 0;
    assert_true(count <= 64);
    snprintf(sql, sizeof sql, "SELECT count(*) FROM dbstat WHERE name = '%s' AND pagetype = '%s'", name,
             kind);
    int64_t all = number(sql);
    assert_true(all > count);
    for (int i = 0; i < count; i++) {
        snprintf(sql, sizeof sql,
                 "SELECT pageno FROM dbstat WHERE name = '%s' AND pagetype = '%s' ORDER BY pageno LIMIT 1 "
                 "OFFSET %d",
                 name, kind, (int)((all / count) * i + next_random() % (all / count)));
        pages[i] = number(sql);
        snprintf(sql, sizeof sql, "SELECT ncell FROM dbstat WHERE pageno = %d", (int)pages[i]);
        rows += number(sql);
    }
    size_t length = 0;
    char *bytes = fixture_slurp(fixture_path, &length);
    for (int i = 0; i < count; i++) {
        memset(bytes + (pages[i] - 1) * 4096, 0xee, 4096);
    }
    fixture_spill(fixture_path, bytes, length);
    free(bytes);
    return rows;
}

static vt_salvage_report salvage(void)
{
    vt_salvage_report report;
    vt_error error = VT_ERROR_INIT;
    if (!vt_salvage(fixture_path, &vt_log_none, &report, &error)) {
        fail_msg("%s", error.message);
    }
    return report;
}

/* After a salvage a repair finds nothing that it cannot put right. */
static void expect_repairable(void)
{
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    static vt_check_report report;
    vt_error error = VT_ERROR_INIT;
    if (!vt_check_catalog(catalog, NULL, true, &report, &error)) {
        fail_msg("%s", error.message);
    }
    for (size_t i = 0; i < report.count; i++) {
        if (!report.findings[i].repaired) {
            fail_msg("%s", report.findings[i].message);
        }
    }
    assert_true(vt_check_catalog(catalog, NULL, false, &report, NULL));
    assert_int_equal(report.total, 0);
    vt_catalog_close(catalog);
}

static void test_damaged_pages_cost_no_more_than_their_rows(void **state)
{
    (void)state;
    static const char *const tables[] = {"item", "note"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        unlink(fixture_path);
        make_catalog();
        char sql[64];
        snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", tables[i]);
        int64_t before = number(sql);
        int64_t lost = damage(tables[i], "leaf", 12);
        assert_true(lost > 100);
        vt_salvage_report report = salvage();
        /* every row of the pages that are whole, and of the items the rest by name */
        int64_t full = number(i == 0 ? "SELECT count(*) FROM item WHERE state = 0" : sql);
        assert_int_equal(full, before - lost);
        assert_int_equal(report.unread_items, i == 0 ? lost : 0);
        assert_int_equal(report.items, ITEMS);
        assert_true(report.unreadable_keys >= lost);
        assert_int_equal(number("SELECT count(*) FROM item_tag"), 2 * ITEMS);
        assert_int_equal(number("SELECT sum(position) FROM album_item"), (int64_t)ITEMS * (ITEMS + 1) / 2);
        assert_int_equal(report.lost_folders, 0);
        /* the damaged file is kept, damaged */
        char kept[256];
        snprintf(kept, sizeof kept, "%s.damaged-%d", fixture_path, (int)i + 1);
        assert_string_equal(report.kept, kept);
        assert_int_equal(access(kept, F_OK), 0);
        vt_salvage_report_free(&report);
        expect_repairable();
    }
}

static void test_indexes_and_inner_pages_cost_no_items(void **state)
{
    (void)state;
    static const struct {
        const char *name, *kind;
    } cases[] = {
        {"sqlite_autoindex_item_1", "leaf"},
        {"item_tag_by_tag", "leaf"},
        {"item_tag", "leaf"},
        {"album_item", "leaf"},
        {"album_item_in_order", "leaf"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unlink(fixture_path);
        make_catalog();
        damage(cases[i].name, cases[i].kind, 3);
        vt_salvage_report report = salvage();
        vt_salvage_report_free(&report);
        assert_int_equal(number("SELECT count(*) FROM item WHERE state = 0 AND rating = 3"), ITEMS);
        assert_int_equal(number("SELECT count(*) FROM note"), ITEMS);
        /* each of the two orders has holes, at other places */
        assert_true(number("SELECT count(*) FROM item_tag") >= 2 * ITEMS * 99 / 100);
        assert_true(number("SELECT count(*) FROM album_item") >= ITEMS * 99 / 100);
        expect_repairable();
    }
}

static void test_a_lost_root_of_the_items_gives_them_back_by_name(void **state)
{
    (void)state;
    make_catalog();
    int64_t root = number("SELECT rootpage FROM sqlite_schema WHERE name = 'item'");
    size_t length = 0;
    char *bytes = fixture_slurp(fixture_path, &length);
    memset(bytes + (root - 1) * 4096, 0xee, 4096);
    fixture_spill(fixture_path, bytes, length);
    free(bytes);
    vt_salvage_report report = salvage();
    assert_int_equal(report.items, ITEMS);
    assert_int_equal(report.unread_items, ITEMS);
    vt_salvage_report_free(&report);
    assert_int_equal(
        number("SELECT count(*) FROM item WHERE state = 4 AND name = CAST((id - 1) || '.jpg' AS BLOB)"),
        ITEMS);
    assert_int_equal(number("SELECT count(*) FROM item_tag"), 2 * ITEMS);
    assert_int_equal(number("SELECT count(*) FROM note"), ITEMS);
    expect_repairable();
}

static void test_a_lost_folder_keeps_its_items(void **state)
{
    (void)state;
    make_catalog();
    fixture_sql(fixture_path, "PRAGMA foreign_keys=OFF; DELETE FROM folder");
    vt_salvage_report report = salvage();
    assert_int_equal(report.lost_folders, 1);
    vt_salvage_report_free(&report);
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_reader *reader = fixture_reader(catalog);
    vt_item item;
    assert_true(vt_catalog_reader_item(reader, 5, &item, NULL));
    assert_string_equal(item.path, "/salvaged-folder-1/4.jpg");
    vt_catalog_reader_free(reader);
    vt_catalog_close(catalog);
    expect_repairable();
}

static void test_an_old_version_stays_one_until_it_is_opened(void **state)
{
    (void)state;
    fixture_make_version_1(fixture_path);
    damage("item", "leaf", 2);
    vt_salvage_report report = salvage();
    assert_int_equal(report.items, FIXTURE_VERSION_1_ITEMS);
    vt_salvage_report_free(&report);
    assert_int_equal(number("PRAGMA user_version"), 1);
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    assert_string_equal(vt_catalog_identity(catalog), "00112233445566778899aabbccddeeff");
    vt_catalog_close(catalog);
    expect_repairable();
}

static void refuse(vt_error_code code)
{
    vt_salvage_report report;
    vt_error error = VT_ERROR_INIT;
    size_t length = 0;
    size_t length_after = 0;
    char *before = fixture_slurp(fixture_path, &length);
    assert_false(vt_salvage(fixture_path, &vt_log_none, &report, &error));
    assert_string_equal(vt_error_code_name(error.code), vt_error_code_name(code));
    assert_null(report.kept);
    char *after = fixture_slurp(fixture_path, &length_after);
    assert_int_equal(length, length_after);
    assert_memory_equal(before, after, length);
    free(before);
    free(after);
    static const char *const beside[] = {"library.vitrine.lock", "library.vitrine-wal",
                                         "library.vitrine-shm"};
    for (size_t i = 0; i < 3; i++) {
        unlink(fixture_file(beside[i]));
    }
    assert_int_equal(fixture_count_files(), 1);
}

static void test_what_is_no_catalog_is_left_alone(void **state)
{
    (void)state;
    fixture_spill(fixture_path, "garbage", 7);
    refuse(VT_ERROR_CORRUPT);
    fixture_spill(fixture_path, "", 0);
    refuse(VT_ERROR_CORRUPT);
    unlink(fixture_path);
    fixture_sql(fixture_path, "CREATE TABLE t (x)");
    refuse(VT_ERROR_UNSUPPORTED);
    unlink(fixture_path);
    vt_catalog_close(fixture_open(VT_CATALOG_READ_WRITE));
    fixture_sql(fixture_path, "PRAGMA user_version=99");
    refuse(VT_ERROR_VERSION);
    fixture_sql(
        fixture_path,
        "PRAGMA user_version=2; PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = 'nonsense'");
    refuse(VT_ERROR_CORRUPT);

    vt_error error = VT_ERROR_INIT;
    vt_salvage_report report;
    unlink(fixture_path);
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    assert_false(vt_salvage(fixture_path, &vt_log_none, &report, &error));
    assert_int_equal(error.code, VT_ERROR_BUSY);
    vt_catalog_close(catalog);
}

static void test_any_damage_ends_in_a_catalog_or_in_an_error(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 300);
    const int64_t ids[] = {1, 2, 3, 4, 5};
    const char *tag = "a/b";
    assert_true(edits_add_tags(writer, ids, 5, &tag, 1, NULL));
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    size_t length = 0;
    char *bytes = fixture_slurp(fixture_path, &length);
    char *copy = malloc(length);
    assert_non_null(copy);
    int salvaged = 0;
    for (int round = 0; round < 100; round++) {
        memcpy(copy, bytes, length);
        for (unsigned c = 0; c < 1 + next_random() % 8; c++) {
            size_t at = next_random() % length;
            at = c % 2 ? at / 4096 * 4096 + at % 64 : at;
            copy[at] = (char)next_random();
        }
        assert_int_equal(nftw(fixture_folder, fixture_remove_entry, 16, FTW_DEPTH | FTW_PHYS), 0);
        assert_int_equal(mkdir(fixture_folder, 0700), 0);
        fixture_spill(fixture_path, copy, length);
        vt_salvage_report report;
        vt_error error = VT_ERROR_INIT;
        bool done = vt_salvage(fixture_path, &vt_log_none, &report, &error);
        assert_true(done ? report.items <= 300 + 300 : error.message[0] != '\0');
        vt_salvage_report_free(&report);
        if (done) {
            assert_int_equal(
                number("SELECT (SELECT group_concat(integrity_check) FROM pragma_integrity_check) = 'ok'"),
                1);
            salvaged++;
        }
    }
    print_message("%d of 100 salvaged\n", salvaged);
    assert_true(salvaged > 50);
    free(copy);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(test_damaged_pages_cost_no_more_than_their_rows),
        fixture_test(test_indexes_and_inner_pages_cost_no_items),
        fixture_test(test_a_lost_root_of_the_items_gives_them_back_by_name),
        fixture_test(test_a_lost_folder_keeps_its_items),
        fixture_test(test_an_old_version_stays_one_until_it_is_opened),
        fixture_test(test_what_is_no_catalog_is_left_alone),
        fixture_test(test_any_damage_ends_in_a_catalog_or_in_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
