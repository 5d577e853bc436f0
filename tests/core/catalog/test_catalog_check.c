#include "core/catalog/fixture.h"

#include "core/catalog/check.h"

static void make_catalog(void)
{
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 300);
    vt_failure failure = fixture_failure("/photos/bad.jpg", VT_ERROR_CORRUPT);
    fixture_commit(writer, (vt_batch){.failures = &failure, .failure_count = 1});
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static vt_check_report check(bool repair)
{
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    static vt_check_report report;
    vt_error error = VT_ERROR_INIT;
    if (!vt_check_catalog(catalog, NULL, repair, &report, &error)) {
        fail_msg("%s", error.message);
    }
    vt_catalog_close(catalog);
    return report;
}

static void test_a_sound_catalog_has_no_findings(void **state)
{
    (void)state;
    make_catalog();
    vt_check_report report = check(false);
    assert_int_equal(report.total, 0);
    report = check(true);
    assert_int_equal(report.total, 0);
    /* in a catalog without anything, too */
    unlink(fixture_path);
    report = check(false);
    assert_int_equal(report.total, 0);
}

static void test_each_rule_sees_its_breach_and_repairs_what_it_can(void **state)
{
    (void)state;
    static const struct {
        const char *damage, *rule;
        int rows;
        bool repairable;
    } cases[] = {
        {"UPDATE item SET kind = 9 WHERE id IN (5, 6)", "item-kind", 2, true},
        {"UPDATE item SET state = -1 WHERE id = 5", "item-state", 1, true},
        {"UPDATE item SET rating = 6 WHERE id < 4", "item-rating", 3, true},
        {"UPDATE item SET width = NULL WHERE id = 8", "item-facts", 1, true},
        {"UPDATE item SET height = -3 WHERE id = 8", "item-facts", 1, true},
        {"UPDATE item SET kind = 0 WHERE id = 8", "item-facts", 1, true},
        {"UPDATE item SET size = -1 WHERE id = 8", "item-size", 1, true},
        {"UPDATE item SET state = 3 WHERE id = 8", "item-failure", 1, true},
        {"UPDATE failure SET folder_id = 77", "foreign-key", 1, true},
        {"INSERT INTO tiny VALUES (8, zeroblob(32)), (400, zeroblob(32))", "foreign-key", 1, true},
        {"INSERT INTO tiny VALUES (8, zeroblob(31)), (9, zeroblob(32)), (7, x'')", "tiny-code", 2, true},
        {"UPDATE item SET folder_id = 77 WHERE id = 9", "foreign-key", 1, false},
        {"UPDATE item SET name = x'612f62' WHERE id = 9", "item-name", 1, false},
        {"UPDATE item SET name = x'' WHERE id = 9", "item-name", 1, false},
        {"UPDATE folder SET path = x'61'", "folder-path", 1, false},
        {"UPDATE folder SET path = x'2f612f'", "folder-path", 1, false},
        {"UPDATE item SET label = 16 WHERE id IN (5, 6)", "item-label", 2, true},
        {"UPDATE item SET label = 0 WHERE id = 5", "item-label", 1, true},
        {"INSERT INTO failure SELECT 1, name, 'io', 'x', 1, 1, 1, 1, 1 FROM item WHERE id IN (4, 9)",
         "failure-stale", 2, true},
        {"INSERT INTO tag VALUES (1, NULL, 'a'); INSERT INTO item_tag (item_id, tag_id) VALUES (1, 1), (1, "
         "2), (999, 1)",
         "foreign-key", 2, true},
        {"INSERT INTO album VALUES (1, 'a', 1, 1); INSERT INTO album_item VALUES (1, 1, 1), (2, 2, 1), (999, "
         "1, 9)",
         "foreign-key", 2, true},
        {"INSERT INTO note VALUES (999, 'x'), (1, 'x')", "foreign-key", 1, true},
        {"INSERT INTO embedded VALUES (999, 1, 1, 3, 'a'), (1, 1, 1, 3, 'a')", "foreign-key", 1, true},
        {"INSERT INTO fingerprint VALUES (998, 1, 1), (999, 1, 1), (1, 1, 1)", "foreign-key", 2, true},
        {"INSERT INTO sidecar (item_id) VALUES (1), (998)", "foreign-key", 1, true},
        {"INSERT INTO sidecar_said (item_id, name) VALUES (998, 0), (998, 1)", "foreign-key", 2, true},
        {"INSERT INTO sidecar_due VALUES (1, 0, 1), (998, 0, 1)", "foreign-key", 1, true},
        {"INSERT INTO sidecar_conflict VALUES (998, 1, '1'), (998, 4, 'a')", "foreign-key", 2, true},
        {"INSERT INTO sidecar_failure VALUES (998, 0, 'io', 'x')", "foreign-key", 1, true},
        {"INSERT INTO root VALUES (1, x'2f61', x'2f', 'a', 1, 0, 0), (2, x'61', x'2f', 'a', 1, 0, 0)",
         "root-path", 1, true},
        {"INSERT INTO tag VALUES (5, 77, 'a'), (6, 77, 'b'), (7, NULL, 'a'), (8, 5, 'c')", "foreign-key", 2,
         true},
        {"INSERT INTO album VALUES (1, 'a', 1, 1), (2, 'b', 1, 1);"
         "INSERT INTO album_item VALUES (1, 1, 5), (2, 1, 5), (3, 1, 2), (1, 2, 1), (2, 2, 2)",
         "album-position", 1, true},
        {"INSERT INTO folder (path) VALUES (x'2f61'), (x'2f62')", "folder-empty", 2, true},
        {"CREATE TABLE later (item INTEGER REFERENCES item (id)); INSERT INTO later VALUES (3), (999)",
         "foreign-key", 1, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unlink(fixture_path);
        make_catalog();
        fixture_sql(fixture_path, cases[i].damage);
        vt_check_report report = check(false);
        if (report.total != 1 || strcmp(report.findings[0].rule, cases[i].rule) != 0) {
            fail_msg("%s: %zu findings, %s", cases[i].damage, report.total, report.findings[0].message);
        }
        assert_int_equal(report.findings[0].rows, cases[i].rows);
        assert_false(report.findings[0].repaired);
        assert_true(report.findings[0].message[0] != '\0');
        assert_string_equal(report.snapshot, "");
        assert_int_equal(vt_check_is_sound(&report), strcmp(cases[i].rule, "folder-empty") == 0);

        report = check(true);
        assert_int_equal(report.total, 1);
        assert_int_equal(report.repaired, cases[i].repairable);
        assert_int_equal(report.findings[0].repaired, cases[i].repairable);
        assert_int_equal(vt_check_is_sound(&report), cases[i].repairable);
        /* the snapshot is of the state before */
        assert_non_null(strstr(report.snapshot, "library.vitrine.snapshot-2"));
        assert_int_equal(fixture_number(report.snapshot, "SELECT count(*) FROM item"), 300);

        report = check(false);
        assert_int_equal(report.total, !cases[i].repairable);
    }
}

static int64_t number(const char *sql)
{
    return fixture_number(fixture_path, sql);
}

static void test_rings_of_tags_are_opened(void **state)
{
    (void)state;
    make_catalog();
    fixture_sql(fixture_path, "INSERT INTO tag VALUES (1, NULL, 'a'), (2, 1, 'b'), (3, 3, 'a'),"
                              " (10, 12, 'a'), (11, 10, 'y'), (12, 11, 'z'), (13, 11, 'leaf');"
                              "INSERT INTO item_tag (item_id, tag_id) VALUES (1, 13), (2, 10), (3, 3)");
    vt_check_report report = check(false);
    assert_int_equal(report.total, 1);
    assert_string_equal(report.findings[0].rule, "tag-cycle");
    assert_int_equal(report.findings[0].rows, 5);
    report = check(true);
    assert_int_equal(report.repaired, 1);
    report = check(false);
    assert_int_equal(report.total, 0);
    assert_int_equal(number("SELECT count(*) FROM tag"), 7);
    assert_int_equal(number("SELECT count(*) FROM item_tag"), 3);
    assert_int_equal(
        number("SELECT count(*) FROM tag WHERE name IN ('a (3)', 'a (10)') AND parent_id IS NULL"), 2);
    assert_int_equal(number("SELECT parent_id FROM tag WHERE id = 13"), 11); /* what hung on it stays */
}

static void test_albums_are_numbered_anew_in_their_order(void **state)
{
    (void)state;
    make_catalog();
    fixture_sql(fixture_path,
                "INSERT INTO album VALUES (1, 'a', 1, 1), (2, 'b', 1, 2);"
                "INSERT INTO album_item VALUES (9, 1, 3), (8, 1, 7), (7, 1, 7), (6, 1, -1), (6, 2, 50)");
    assert_int_equal(check(true).repaired, 1);
    assert_int_equal(
        number("SELECT group_concat(item_id, '') FROM (SELECT item_id FROM album_item WHERE album_id = 1 "
               "ORDER BY position)"),
        6978);
    assert_int_equal(number("SELECT position FROM album_item WHERE album_id = 2"), 50);
}

static void test_a_repair_that_fails_changes_nothing(void **state)
{
    (void)state;
    make_catalog();
    /* The first rule repairs; the constraint lets the second fail. */
    fixture_sql(fixture_path,
                "UPDATE item SET kind = 9 WHERE id = 5; UPDATE item SET rating = 9 WHERE id = 6;"
                "CREATE UNIQUE INDEX trap ON item (rating) WHERE rating = 5;"
                "UPDATE item SET rating = 5 WHERE id = 7");
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    static vt_check_report report;
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_check_catalog(catalog, NULL, true, &report, &error));
    assert_non_null(strstr(error.message, "repair"));
    vt_catalog_writer_free(fixture_writer(catalog)); /* and the connection is free again */
    vt_catalog_close(catalog);
    assert_int_equal(number("SELECT kind FROM item WHERE id = 5"), 9);
    assert_int_equal(number("SELECT rating FROM item WHERE id = 6"), 9);
}

static void test_a_damaged_index_is_built_again(void **state)
{
    (void)state;
    make_catalog();
    int64_t sum = fixture_number(fixture_path, "SELECT sum(id) FROM item");
    /* An index over fewer rows than the table has. */
    fixture_sql(fixture_path,
                "PRAGMA writable_schema=ON;"
                "CREATE INDEX extra ON item (size) WHERE id > 5;"
                "UPDATE sqlite_schema SET sql = 'CREATE INDEX extra ON item (size)' WHERE name = 'extra'");
    vt_check_report report = check(false);
    assert_true(report.total > 0);
    assert_string_equal(report.findings[0].rule, "integrity");
    assert_int_equal(report.repaired, 0);
    report = check(true);
    assert_true(report.total > 0);
    assert_int_equal(report.repaired, report.total);
    report = check(false);
    assert_int_equal(report.total, 0);
    assert_int_equal(fixture_number(fixture_path, "SELECT sum(id) FROM item"), sum);
}

static void test_damaged_rows_are_told_and_not_repaired(void **state)
{
    (void)state;
    make_catalog();
    size_t length = 0;
    char *bytes = fixture_slurp(fixture_path, &length);
    /* Rows of tables lie on pages of kind 0x0d; their cell pointers lead nowhere now. Those that hold the
       schema are spared, or nothing can be opened. */
    for (size_t page = 4096; page < length; page += 4096) {
        bool schema = memmem(bytes + page, 4096, "CREATE ", 7) != NULL;
        if (bytes[page] == 0x0d && bytes[page + 4] > 5 && !schema) {
            memset(bytes + page + 8, 0xff, 8);
        }
    }
    fixture_spill(fixture_path, bytes, length);
    free(bytes);
    vt_check_report report = check(true);
    assert_true(report.total > 0);
    assert_string_equal(report.findings[0].rule, "integrity");
    assert_int_equal(report.repaired, 0);
    assert_non_null(strstr(report.findings[0].message, "restore a backup"));
}

static void test_thumbnails_are_checked_with_the_catalog(void **state)
{
    (void)state;
    make_catalog();
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_thumbs *thumbs = vt_thumbs_open(catalog, fixture_file("cache.thumbs"), NULL);
    assert_non_null(thumbs);
    for (int64_t id = 299; id < 303; id++) {
        vt_item file = fixture_item("/x", id - 1);
        vt_thumb_key key = {.item_id = id, .size = file.size, .mtime_ns = file.mtime_ns, .size_class = 256};
        vt_thumb thumb = {.width = 1, .height = 1, .bytes = "x", .length = 1};
        assert_true(vt_thumbs_put(thumbs, &key, &thumb, 1, NULL));
        key.size += id == 299; /* one of the two of this item shows an older content */
        key.size_class = 512;
        assert_true(vt_thumbs_put(thumbs, &key, &thumb, 1, NULL));
    }
    static vt_check_report report;
    assert_true(vt_check_catalog(catalog, thumbs, false, &report, NULL));
    assert_int_equal(report.total, 2);
    assert_string_equal(report.findings[0].rule, "thumbnail-orphan");
    assert_int_equal(report.findings[0].rows, 2);
    assert_string_equal(report.findings[1].rule, "thumbnail-stale");
    assert_int_equal(report.findings[1].rows, 1);
    assert_true(vt_check_is_sound(&report)); /* nobody asks for them */
    assert_true(vt_check_catalog(catalog, thumbs, true, &report, NULL));
    assert_int_equal(report.repaired, 2);
    assert_string_equal(report.snapshot, ""); /* the catalog was not touched */
    int64_t left = 0;
    int64_t bytes = 0;
    assert_true(vt_thumbs_counts(thumbs, &left, &bytes, NULL));
    assert_int_equal(left, 3);
    assert_true(vt_check_catalog(catalog, thumbs, false, &report, NULL));
    assert_int_equal(report.total, 0);
    vt_thumbs_close(thumbs);

    fixture_sql(fixture_file("cache.thumbs"),
                "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = "
                "replace(sql, 'codec INTEGER', 'codec TEXT') WHERE name = 'thumbnail'");
    thumbs = vt_thumbs_open(catalog, fixture_file("cache.thumbs"), NULL);
    assert_true(vt_check_catalog(catalog, thumbs, false, &report, NULL));
    assert_int_equal(report.total, 1);
    assert_string_equal(report.findings[0].rule, "thumbnails-integrity");
    assert_true(vt_check_catalog(catalog, thumbs, true, &report, NULL));
    assert_int_equal(report.repaired, 1);
    assert_true(vt_check_catalog(catalog, thumbs, false, &report, NULL));
    assert_int_equal(report.total, 0);
    vt_thumbs_close(thumbs);
    vt_catalog_close(catalog);
}

static void test_a_repair_needs_the_one_connection_that_writes(void **state)
{
    (void)state;
    make_catalog();
    static vt_check_report report;
    vt_error error = VT_ERROR_INIT;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    assert_false(vt_check_catalog(catalog, NULL, true, &report, &error));
    assert_int_equal(error.code, VT_ERROR_BUSY);
    assert_true(vt_check_catalog(catalog, NULL, false, &report, &error));
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    catalog = fixture_open(VT_CATALOG_READ_ONLY);
    assert_false(vt_check_catalog(catalog, NULL, true, &report, &error));
    assert_int_equal(error.code, VT_ERROR_READ_ONLY);
    assert_true(vt_check_catalog(catalog, NULL, false, &report, &error));
    vt_catalog_close(catalog);
}

static void test_a_changed_byte_in_an_index_is_found(void **state)
{
    (void)state;
    make_catalog();
    int64_t page = fixture_number(
        fixture_path, "SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_item_1'");
    size_t length = 0;
    char *bytes = fixture_slurp(fixture_path, &length);
    assert_true((size_t)page * 4096 <= length);
    bytes[page * 4096 - 1] ^= 0x11; /* in the last cell: the number of another item */
    fixture_spill(fixture_path, bytes, length);
    free(bytes);
    vt_check_report report = check(false);
    assert_true(report.total > 0);
    assert_string_equal(report.findings[0].rule, "integrity");
    report = check(true);
    assert_int_equal(report.repaired, report.total);
    report = check(false);
    assert_int_equal(report.total, 0);
}

#define DESCRIBE "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = "

static void test_tables_that_are_described_otherwise_are_set_right(void **state)
{
    (void)state;
    static const char *const damages[] = {
        DESCRIBE "replace(sql, 'rating INTEGER', 'ratinf INTEGER') WHERE name = 'item'",
        DESCRIBE "replace(sql, 'label INTEGER', 'label TEXT') WHERE name = 'item'",
        DESCRIBE "replace(sql, 'text TEXT NOT', 'text BLOB NOT') WHERE name = 'note'",
        DESCRIBE "replace(sql, 'path BLOB NOT NULL', 'path BLOB') WHERE name = 'folder'",
        DESCRIBE "replace(sql, 'label IS NOT', 'title IS NOT') WHERE name = 'item_by_label'",
    };
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        unlink(fixture_path);
        make_catalog();
        fixture_sql(fixture_path,
                    "UPDATE item SET rating = 4 WHERE id = 7; INSERT INTO note VALUES (7, 'x')");
        fixture_sql(fixture_path, damages[i]);
        vt_check_report report = check(false);
        assert_int_equal(report.total, 1);
        assert_string_equal(report.findings[0].rule, "schema");
        assert_non_null(strstr(report.findings[0].message, "--repair"));
        assert_false(vt_check_is_sound(&report));
        report = check(true);
        if (report.total != 1 || report.repaired != 1) {
            fail_msg("%s: %zu of %zu repaired", damages[i], report.repaired, report.total);
        }
        assert_int_equal(number("SELECT rating FROM item WHERE id = 7"), 4);
        assert_int_equal(number("SELECT count(*) FROM note WHERE text = 'x'"), 1);
        report = check(false);
        assert_int_equal(report.total, 0);
    }
}

static void test_what_a_description_cannot_bring_back_is_told(void **state)
{
    (void)state;
    static const char *const damages[] = {
        "DROP INDEX item_by_label",
        "DROP TABLE note",
        /* A row that the right description does not allow. */
        ("DROP TABLE note; CREATE TABLE note (item_id INTEGER PRIMARY KEY REFERENCES item (id) ON DELETE "
         "CASCADE, text TEXT) STRICT; INSERT INTO note VALUES (7, NULL)"),
    };
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        unlink(fixture_path);
        make_catalog();
        fixture_sql(fixture_path, damages[i]);
        vt_check_report report = check(true);
        assert_int_equal(report.total, 1);
        assert_string_equal(report.findings[0].rule, "schema");
        assert_false(report.findings[0].repaired);
        assert_false(vt_check_is_sound(&report));
        report = check(false);
        assert_int_equal(report.total, 1);
    }
    assert_int_equal(number("SELECT count(*) FROM note WHERE text IS NULL"), 1); /* left as it was */
}

static void test_spaces_in_a_description_and_tables_of_others_are_no_findings(void **state)
{
    (void)state;
    make_catalog();
    fixture_sql(fixture_path, "CREATE TABLE later (a); CREATE INDEX later_by_a ON later (a);" DESCRIBE
                              "replace(sql, ', ', ',' || char(10)) WHERE name = 'item'");
    vt_check_report report = check(false);
    assert_int_equal(report.total, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(test_a_sound_catalog_has_no_findings),
        fixture_test(test_each_rule_sees_its_breach_and_repairs_what_it_can),
        fixture_test(test_rings_of_tags_are_opened),
        fixture_test(test_albums_are_numbered_anew_in_their_order),
        fixture_test(test_a_repair_that_fails_changes_nothing),
        fixture_test(test_a_damaged_index_is_built_again),
        fixture_test(test_damaged_rows_are_told_and_not_repaired),
        fixture_test(test_thumbnails_are_checked_with_the_catalog),
        fixture_test(test_a_repair_needs_the_one_connection_that_writes),
        fixture_test(test_a_changed_byte_in_an_index_is_found),
        fixture_test(test_tables_that_are_described_otherwise_are_set_right),
        fixture_test(test_what_a_description_cannot_bring_back_is_told),
        fixture_test(test_spaces_in_a_description_and_tables_of_others_are_no_findings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
