/* Rows of sequences: written with their items, claimed by folder, checked, and what cannot be. */
#include "core/catalog/fixture.h"

#include "core/catalog/check.h"
#include "core/catalog/salvage.h"
#include "core/catalog/sequences.h"
#include "tests/core/catalog/edits.h"

static vt_catalog *catalog;
static vt_catalog_writer *writer;
static vt_catalog_reader *reader;
static vt_arena *arena;

static void open_all(void)
{
    catalog = fixture_open(VT_CATALOG_READ_WRITE);
    writer = fixture_writer(catalog);
    reader = fixture_reader(catalog);
}

static void close_all(void)
{
    vt_catalog_reader_free(reader);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    reader = NULL;
    writer = NULL;
    catalog = NULL;
}

static int set_up(void **state)
{
    if (fixture_set_up(state) != 0) {
        return -1;
    }
    open_all();
    arena = vt_arena_create(0);
    return 0;
}

static int tear_down(void **state)
{
    vt_arena_free(arena);
    close_all();
    return fixture_tear_down(state);
}

/* Commits "/film/a.####.png" with frames 1 to 3, absorbing `ids`; its id. */
static int64_t put_sequence(int64_t *ids, size_t count, size_t *absorbed)
{
    vt_item item = fixture_item("/film/a.####.png", 1);
    item.media.kind = VT_KIND_SEQUENCE;
    vt_sequence_put put = {.row = {.names = {"a.", ".png", 2, 4, 4}, .ranges = "1-3", .poster = 2},
                           .absorbed = ids,
                           .absorbed_count = count,
                           .all_absorbed = true};
    vt_sequence_put *const puts[] = {&put};
    fixture_commit(writer, (vt_batch){.items = &item, .item_count = 1, .sequences = puts});
    *absorbed = put.absorbed_count;
    return item.id;
}

static void put_frames(int64_t ids[3])
{
    vt_item items[] = {fixture_item("/film/a.0001.png", 1), fixture_item("/film/a.0002.png", 2),
                       fixture_item("/film/a.0003.png", 3)};
    fixture_commit(writer, (vt_batch){.items = items, .item_count = 3});
    for (int i = 0; i < 3; i++) {
        ids[i] = items[i].id;
    }
}

static int64_t number(const char *sql)
{
    return fixture_number(fixture_path, sql);
}

static void test_a_row_is_read_as_it_was_written(void **state)
{
    (void)state;
    size_t absorbed = 0;
    int64_t id = put_sequence(NULL, 0, &absorbed);
    vt_sequence_row row;
    assert_true(vt_catalog_reader_sequence(reader, id, arena, &row, NULL));
    assert_memory_equal(row.names.prefix, "a.", 3); /* with a NUL, which costs nothing */
    assert_string_equal(row.names.suffix, ".png");
    assert_int_equal(row.names.prefix_length, 2);
    assert_int_equal(row.names.suffix_length, 4);
    assert_int_equal(row.names.width, 4);
    assert_string_equal(row.ranges, "1-3");
    assert_int_equal(row.poster, 2);
    assert_int_equal(row.rate_numerator, 0);
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_catalog_reader_sequence(reader, id + 1, arena, &row, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);

    assert_true(vt_edit_set_frame_rate(writer, id, 25, 1, NULL));
    int64_t again = put_sequence(NULL, 0, &absorbed); /* unchanged: nothing is written */
    assert_int_equal(again, id);
    assert_true(vt_catalog_reader_sequence(reader, id, arena, &row, NULL));
    assert_int_equal(row.rate_numerator, 25);
    assert_true(vt_catalog_writer_remove(writer, &id, 1, NULL));
    assert_int_equal(number("SELECT count(*) FROM sequence"), 0);
}

static void test_only_what_carries_nothing_is_absorbed(void **state)
{
    (void)state;
    int64_t ids[4];
    size_t absorbed = 0;
    bool marked = true;
    put_frames(ids);
    vt_item stranger = fixture_item("/else/b.png", 9); /* a list that lies takes nothing elsewhere */
    fixture_commit(writer, (vt_batch){.items = &stranger, .item_count = 1});
    ids[3] = stranger.id;
    assert_true(edits_set_note(writer, &ids[1], 1, "look here", NULL));
    assert_true(vt_catalog_reader_is_marked(reader, ids[1], &marked, NULL));
    assert_true(marked);
    assert_true(vt_catalog_reader_is_marked(reader, ids[0], &marked, NULL));
    assert_false(marked);
    assert_true(vt_catalog_reader_is_marked(reader, 4711, &marked, NULL));
    assert_false(marked);
    put_sequence(ids, 4, &absorbed);
    assert_int_equal(absorbed, 2);
    assert_int_equal(number("SELECT count(*) FROM item"), 3);
    assert_int_equal(number("SELECT count(*) FROM note"), 1);
    assert_int_equal(number("SELECT count(*) FROM item WHERE name = CAST('b.png' AS BLOB)"), 1);
}

static void test_claims_come_by_folder_and_in_order(void **state)
{
    (void)state;
    size_t absorbed = 0;
    vt_sequence_claim *list;
    size_t count = 1;
    vt_sequence_claims *claims = vt_sequence_claims_create(reader, NULL);
    assert_non_null(claims);
    assert_false(vt_sequence_claims_any(claims));
    assert_true(vt_sequence_claims_of(claims, "/film", 5, arena, &list, &count, NULL));
    assert_int_equal(count, 0);
    vt_sequence_claims_free(claims);

    int64_t id = put_sequence(NULL, 0, &absorbed);
    static const vt_frame_names joined = {"b.", ".png", 2, 4, 0};
    assert_true(vt_edit_join_sequence(writer, "/film", 5, &joined, NULL));
    assert_true(vt_edit_join_sequence(writer, "/film", 5, &joined, NULL)); /* twice is once */
    claims = vt_sequence_claims_create(reader, NULL);
    assert_true(vt_sequence_claims_any(claims));
    assert_true(vt_sequence_claims_of(claims, "/film", 5, arena, &list, &count, NULL));
    assert_int_equal(count, 2);
    assert_int_equal(list[0].kept, VT_SEQUENCE_KEPT_KNOWN);
    assert_int_equal(list[0].names.width, 4);
    assert_int_equal(list[1].kept, VT_SEQUENCE_KEPT_JOINED);
    assert_string_equal(list[1].names.prefix, "b.");
    assert_int_equal(list[1].names.width, 0);
    assert_true(vt_sequence_claims_of(claims, "/", 1, arena, &list, &count, NULL));
    assert_int_equal(count, 0);
    vt_sequence_claims_free(claims);
    (void)id;
}

static bool name_frame(void *user, uint64_t index, const char **name, size_t *length, vt_error *error)
{
    static char text[32];
    if (user && index == *(uint64_t *)user) {
        return vt_error_set(error, VT_ERROR_INTERNAL, "no more names");
    }
    *length = (size_t)snprintf(text, sizeof text, "a.%04d.png", (int)index + 1);
    *name = text;
    return true;
}

static void test_a_split_that_fails_changes_nothing(void **state)
{
    (void)state;
    size_t absorbed = 0;
    vt_error error = VT_ERROR_INIT;
    uint64_t bad = 2;
    int64_t id = put_sequence(NULL, 0, &absorbed);
    assert_false(vt_edit_split_sequence(writer, id, 3, name_frame, &bad, &error));
    assert_int_equal(error.code, VT_ERROR_INTERNAL);
    assert_int_equal(number("SELECT count(*) FROM item"), 1);
    assert_int_equal(number("SELECT count(*) FROM sequence_choice"), 0);
    error = (vt_error)VT_ERROR_INIT;
    assert_false(vt_edit_split_sequence(writer, 99, 3, name_frame, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);

    assert_true(vt_edit_split_sequence(writer, id, 3, name_frame, NULL, NULL));
    assert_int_equal(number("SELECT count(*) FROM item WHERE state = 4 AND kind = 1"), 3);
    assert_int_equal(number("SELECT count(*) FROM sequence"), 0);
    assert_int_equal(number("SELECT joined FROM sequence_choice"), 0);
    vt_item next = fixture_item("/film/z.png", 5); /* numbers go on behind those of the frames */
    fixture_commit(writer, (vt_batch){.items = &next, .item_count = 1});
    assert_int_equal(number("SELECT max(id) FROM item"), next.id);

    error = (vt_error)VT_ERROR_INIT;
    assert_false(vt_edit_split_sequence(writer, next.id, 1, name_frame, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    error = (vt_error)VT_ERROR_INIT;
    assert_false(vt_edit_set_frame_rate(writer, next.id, 0, 1, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_false(vt_edit_set_frame_rate(writer, next.id, 24, 1, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
}

static vt_check_report report;

static void check(bool repair)
{
    vt_error error = VT_ERROR_INIT;
    close_all();
    catalog = fixture_open(VT_CATALOG_READ_WRITE);
    if (!vt_check_catalog(catalog, NULL, repair, &report, &error)) {
        fail_msg("%s", error.message);
    }
    vt_catalog_close(catalog);
    open_all();
}

static bool found(const char *rule)
{
    for (size_t i = 0; i < report.count; i++) {
        if (strcmp(report.findings[i].rule, rule) == 0) {
            return true;
        }
    }
    return false;
}

static void test_check_puts_rows_right(void **state)
{
    (void)state;
    size_t absorbed = 0;
    int64_t id = put_sequence(NULL, 0, &absorbed);
    vt_item file = fixture_item("/film/b.png", 7);
    fixture_commit(writer, (vt_batch){.items = &file, .item_count = 1});
    check(false);
    assert_int_equal(report.total, 0);
    static const struct {
        const char *damage, *rule, *left; /* `left`: a query that gives 1 once it is repaired */
    } cases[] = {
        {"UPDATE sequence SET rate_num = -5, rate_den = 1", "sequence-rate",
         "SELECT count(*) FROM sequence WHERE rate_num IS NULL AND rate_den IS NULL"},
        {"UPDATE sequence SET rate_num = 24", "sequence-rate",
         "SELECT count(*) FROM sequence WHERE rate_num IS NULL"},
        {"INSERT INTO sequence SELECT 2, prefix, suffix, width, ranges, 1, 0, 0, 0, NULL, NULL FROM sequence",
         "foreign-key", "SELECT count(*) FROM sequence"},
        {"INSERT INTO sequence_choice VALUES (77, x'61', x'62', 1, NULL, NULL)", "foreign-key",
         "SELECT count(*) = 0 FROM sequence_choice"},
        {"UPDATE sequence SET ranges = 'all of them'", "sequence-frames",
         "SELECT count(*) FROM item WHERE kind = 3 AND state = 4 AND ctime_ns = 0"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char sql[400];
        snprintf(sql, sizeof sql, "PRAGMA foreign_keys = OFF; %s", cases[i].damage);
        fixture_sql(fixture_path, sql);
        check(false);
        assert_true(found(cases[i].rule));
        check(true);
        assert_true(found(cases[i].rule));
        assert_int_equal(number(cases[i].left), 1);
        check(false);
        assert_int_equal(report.total, 0);
    }
    assert_int_equal(number("SELECT count(*) FROM sequence"), 0); /* forgotten with its nonsense */
    assert_int_equal(number("SELECT kind FROM item WHERE id = 1"), 3);
    (void)id;
}

static void test_sequences_are_salvaged(void **state)
{
    (void)state;
    size_t absorbed = 0;
    int64_t id = put_sequence(NULL, 0, &absorbed);
    static const vt_frame_names joined = {"b.", ".png", 2, 4, 0};
    assert_true(vt_edit_join_sequence(writer, "/film", 5, &joined, NULL));
    assert_true(vt_edit_set_frame_rate(writer, id, 25, 2, NULL));
    close_all();
    vt_salvage_report saved;
    vt_log none = {0};
    assert_true(vt_salvage(fixture_path, &none, &saved, NULL));
    vt_salvage_report_free(&saved);
    assert_int_equal(number("SELECT rate_num * 10 + rate_den FROM sequence"), 252);
    assert_int_equal(number("SELECT joined FROM sequence_choice"), 1);
    open_all();
}

#define sequence_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        sequence_test(test_a_row_is_read_as_it_was_written),
        sequence_test(test_only_what_carries_nothing_is_absorbed),
        sequence_test(test_claims_come_by_folder_and_in_order),
        sequence_test(test_a_split_that_fails_changes_nothing),
        sequence_test(test_check_puts_rows_right),
        sequence_test(test_sequences_are_salvaged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
