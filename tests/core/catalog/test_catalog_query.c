/* Queries of the user's: what they read, what they are refused, and that they end. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/base/str.h"
#include "core/catalog/fixture.h"
#include "core/catalog/query.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>

typedef struct asked {
    vt_catalog *catalog;
    vt_catalog_writer *writer;
    vt_query *query;
} asked;

static asked *now;
static vt_error error;
static int position;

static vt_query_result *ask_within(const char *sql, const vt_query_limits *limits)
{
    vt_error_clear(&error);
    vt_query_free(now->query);
    now->query = vt_query_create();
    return vt_query_run(now->query, now->catalog, sql, limits, &position, &error);
}

static vt_query_result *ask(const char *sql)
{
    const vt_query_limits limits = vt_query_limits_default();
    return ask_within(sql, &limits);
}

static void check_integer(const char *sql, int64_t expected)
{
    vt_query_result *result = ask(sql);
    if (!result) {
        print_error("%s: %s\n", sql, error.message);
    }
    assert_non_null(result);
    assert_int_equal(vt_query_result_rows(result), 1);
    vt_query_cell cell = vt_query_result_cell(result, 0, 0);
    assert_int_equal(cell.kind, VT_QUERY_INTEGER);
    assert_int_equal(cell.integer, expected);
    vt_query_result_free(result);
}

static void check_refused(const char *sql, vt_error_code code, const char *words)
{
    vt_query_result *result = ask(sql);
    if (result || error.code != code || !strstr(error.message, words)) {
        print_error("%s: %s %s\n", sql, result ? "ran" : vt_error_code_name(error.code), error.message);
    }
    assert_null(result);
    assert_int_equal(error.code, code);
    assert_non_null(strstr(error.message, words));
}

static void every_view_has_its_columns(void **state)
{
    (void)state;
    for (size_t v = 0; v < vt_query_view_count(); v++) {
        const vt_query_view *view = vt_query_view_get(v);
        char sql[128];
        snprintf(sql, sizeof sql, "SELECT * FROM %s", view->name);
        vt_query_result *result = ask(sql);
        if (!result) {
            print_error("%s: %s\n", sql, error.message);
        }
        assert_non_null(result);
        size_t columns = 0;
        for (; view->columns[columns].name; columns++) {
            assert_true(columns < vt_query_result_columns(result));
            assert_string_equal(vt_query_result_name(result, columns), view->columns[columns].name);
            assert_true(view->columns[columns].text[0] != '\0');
        }
        assert_int_equal(columns, vt_query_result_columns(result));
        vt_query_result_free(result);
    }
}

static void items_are_read(void **state)
{
    (void)state;
    check_integer("SELECT count(*) FROM items", 3);
    check_integer("SELECT count(*) FROM items WHERE kind = 'image' AND path LIKE '/photos/%'", 3);
    check_integer("SELECT sum(items) FROM folders;  -- with a comment behind", 3);
    check_integer("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) "
                  "SELECT max(i) FROM n",
                  100);
    check_integer("SELECT count(*) FROM (SELECT *, row_number() OVER (ORDER BY size) AS r FROM items)", 3);
    check_integer("WITH a AS (SELECT 1 UNION ALL SELECT 2) SELECT count(*) FROM a", 2);
    check_integer("SELECT (SELECT count(*) FROM tags) + (SELECT count(*) FROM failures)", 0);
    vt_query_result *result =
        ask("SELECT name, size, item_id, NULL, 1.5, x'00ff', '' FROM items ORDER BY name");
    assert_non_null(result);
    assert_int_equal(vt_query_result_item_column(result), 2);
    assert_false(vt_query_result_is_cut(result));
    vt_query_cell name = vt_query_result_cell(result, 0, 0);
    assert_int_equal(name.kind, VT_QUERY_TEXT);
    assert_string_equal(name.text.bytes, "a.jpg");
    assert_int_equal(vt_query_result_cell(result, 0, 3).kind, VT_QUERY_NULL);
    assert_true(vt_query_result_cell(result, 0, 4).real == 1.5);
    assert_int_equal(vt_query_result_cell(result, 0, 5).text.length, 2);
    assert_int_equal(vt_query_result_cell(result, 0, 6).text.length, 0);
    assert_true(vt_query_result_bytes(result) > 0);
    vt_query_result_free(result);
}

static void nothing_can_be_written_or_reached(void **state)
{
    (void)state;
    static const char *const writes[] = {"DELETE FROM items",
                                         "DELETE FROM item",
                                         "UPDATE item SET rating = 5",
                                         "INSERT INTO note VALUES (1, 'x')",
                                         "DROP TABLE item",
                                         "DROP VIEW items",
                                         "CREATE TABLE t (a)",
                                         "CREATE TEMP TABLE t (a)",
                                         "CREATE TEMP VIEW v AS SELECT 1",
                                         "ALTER TABLE item ADD COLUMN x",
                                         "ATTACH '/tmp/x.db' AS x",
                                         "DETACH temp",
                                         "PRAGMA journal_mode=DELETE",
                                         "PRAGMA user_version",
                                         "VACUUM",
                                         "VACUUM INTO '/tmp/x'",
                                         "BEGIN",
                                         "COMMIT",
                                         "SAVEPOINT a",
                                         "REINDEX",
                                         "ANALYZE",
                                         "CREATE VIRTUAL TABLE v USING fts5 (a)",
                                         "EXPLAIN SELECT 1",
                                         "EXPLAIN QUERY PLAN SELECT 1",
                                         "REPLACE INTO item (id) VALUES (1)",
                                         "",
                                         " -- nothing\n /* at all */ ",
                                         ("CREATE TEMP TRIGGER a AFTER "
                                          "INSERT ON item BEGIN SELECT 1; END")};
    for (size_t i = 0; i < sizeof writes / sizeof *writes; i++) {
        vt_query_result *result = ask(writes[i]);
        if (result) {
            print_error("%s\n", writes[i]);
        }
        assert_null(result);
        assert_true(error.code == VT_ERROR_USAGE);
        assert_true(error.message[0] != '\0');
    }
    static const char *const tables[] = {
        "SELECT * FROM item",
        "SELECT * FROM main.item",
        "SELECT path FROM main.folder",
        "SELECT * FROM sqlite_schema",
        "SELECT * FROM sqlite_temp_master",
        "SELECT * FROM temp.sqlite_schema",
        "SELECT * FROM property",
        "SELECT * FROM pragma_database_list",
        "SELECT * FROM pragma_table_info('item')",
        "SELECT * FROM items JOIN main.note ON 1",
        "SELECT (SELECT value FROM property)",
        "WITH items AS (SELECT * FROM main.item) SELECT * FROM items",
        "SELECT * FROM json_each('[1]')",
        "SELECT id FROM main.item LIMIT 1",
        "SELECT count(*) FROM main.property",
        "WITH notes AS (SELECT value AS a FROM main.property) SELECT a FROM notes",
        "SELECT 1 FROM items AS property WHERE EXISTS (SELECT value FROM main.property)",
        "SELECT * FROM dbstat",
        "SELECT * FROM main.items"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        vt_query_result *result = ask(tables[i]);
        if (result || error.code != VT_ERROR_USAGE) {
            print_error("%s: %s\n", tables[i], error.message);
        }
        assert_null(result);
        assert_int_equal(error.code, VT_ERROR_USAGE);
    }
    static const char *const functions[] = {
        "load_extension('/tmp/x.so')", "writefile('/tmp/x', 'y')", "readfile('/etc/passwd')",
        "randomblob(1000000000)",      "zeroblob(1000000000)",     "sqlite_version()",
        "fts3_tokenizer('a')",         "last_insert_rowid()",      "edit('a')",
        "sqlite_compileoption_get(1)"};
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        char sql[128];
        snprintf(sql, sizeof sql, "SELECT %s", functions[i]);
        assert_null(ask(sql));
        assert_int_equal(error.code, VT_ERROR_USAGE);
    }
    check_integer("SELECT count(*) FROM items", 3); /* all is as it was */
}

static void faults_are_told_with_their_place(void **state)
{
    (void)state;
    check_refused("SELECT nme FROM items", VT_ERROR_USAGE, "nme");
    assert_int_equal(position, 7);
    check_refused("SELECT 1 FORM items", VT_ERROR_USAGE, "items");
    check_refused("SELECT * FROM itmes", VT_ERROR_USAGE, "itmes");
    check_refused("SELECT 1; SELECT 2", VT_ERROR_USAGE, "one SELECT");
    assert_int_equal(position, 9);
    check_refused("SELECT nothing(1)", VT_ERROR_USAGE, "nothing");
    check_refused("DELETE FROM items", VT_ERROR_USAGE, "only read");
    check_refused("SELECT ?1", VT_ERROR_USAGE, "variable");
    check_refused("SELECT 'a", VT_ERROR_USAGE, "unrecognized token");
    check_refused("SELECT sum(9223372036854775807) FROM (SELECT 1 UNION ALL SELECT 2)", VT_ERROR_USAGE,
                  "overflow");
}

/* ---- hostile ones ---- */

static const char endless[] =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";

static void what_never_ends_is_ended(void **state)
{
    (void)state;
    vt_query_limits limits = vt_query_limits_default();
    limits.time_ns = 200 * VT_NS_PER_MS;
    int64_t start = vt_clock_now();
    assert_null(ask_within(endless, &limits));
    assert_int_equal(error.code, VT_ERROR_TIMEOUT);
    assert_true(vt_clock_now() - start < 20 * VT_NS_PER_S);
}

static void *cancel_soon(void *user)
{
    struct timespec pause = {.tv_nsec = 50000000};
    nanosleep(&pause, NULL);
    vt_query_cancel(user);
    return NULL;
}

static void what_never_ends_can_be_cancelled(void **state)
{
    (void)state;
    pthread_t thread;
    vt_query_limits limits = vt_query_limits_default();
    limits.time_ns = 0;
    vt_query *query = vt_query_create();
    assert_int_equal(pthread_create(&thread, NULL, cancel_soon, query), 0);
    assert_null(vt_query_run(query, now->catalog, endless, &limits, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
    pthread_join(thread, NULL);
    assert_null(vt_query_run(query, now->catalog, "SELECT 1", &limits, NULL, &error)); /* it stays so */
    vt_query_free(query);
}

static void results_are_bounded(void **state)
{
    (void)state;
    vt_query_limits limits = vt_query_limits_default();
    const char *many =
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 10000000) SELECT i, "
        "'some text that takes room' FROM n";
    limits.rows = 1000;
    vt_query_result *result = ask_within(many, &limits);
    assert_non_null(result);
    assert_int_equal(vt_query_result_rows(result), 1000);
    assert_true(vt_query_result_is_cut(result));
    vt_query_result_free(result);
    limits.rows = 1000000000;
    limits.bytes = (size_t)4 << 20;
    assert_null(ask_within(many, &limits));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    /* Sorting holds all rows within SQLite. */
    assert_null(
        ask_within("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, i || 'x' "
                   "FROM n ORDER BY 2 LIMIT 3 OFFSET 100000000",
                   &limits));
    assert_true(error.code == VT_ERROR_LIMIT);
    assert_null(ask("SELECT length(replace(printf('%1000000d', 1), ' ', '0123456789'))"));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
}

static void deep_and_long_texts_are_refused(void **state)
{
    (void)state;
    vt_str sql = VT_STR_INIT;
    vt_str_append_cstr(&sql, "SELECT ");
    for (int i = 0; i < 5000; i++) {
        vt_str_append_cstr(&sql, "(");
    }
    assert_null(ask(sql.data));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    for (size_t i = 0; i < VT_QUERY_TEXT_MAX; i++) {
        vt_str_append_char(&sql, ' ');
    }
    assert_null(ask(sql.data));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    vt_str_free(&sql);
}

/* Pieces of SQL put together at random: whatever comes of it, the catalog stays and nothing is reached. */
static void random_texts_do_no_harm(void **state)
{
    (void)state;
    static const char *const words[] = {"SELECT ",
                                        "FROM ",
                                        "items ",
                                        "main.item ",
                                        "* ",
                                        ", ",
                                        "(",
                                        ") ",
                                        "WHERE ",
                                        "DELETE FROM ",
                                        "; ",
                                        "1 ",
                                        "'x' ",
                                        "UNION ALL ",
                                        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) ",
                                        "n ",
                                        "i ",
                                        "JOIN ",
                                        "ON ",
                                        "PRAGMA ",
                                        "ATTACH ",
                                        "load_extension('x') ",
                                        "count(*) ",
                                        "ORDER BY ",
                                        "name ",
                                        "LIMIT ",
                                        "-",
                                        "sqlite_schema ",
                                        "\"",
                                        "'",
                                        "\xff\xfe",
                                        "CREATE TEMP TABLE t AS ",
                                        "GROUP BY ",
                                        "AS ",
                                        "NULL ",
                                        "||"};
    vt_query_limits limits = vt_query_limits_default();
    limits.time_ns = 20 * VT_NS_PER_MS;
    limits.bytes = (size_t)8 << 20;
    limits.rows = 100;
    unsigned seed = 1;
    for (int round = 0; round < 1500; round++) {
        vt_str sql = VT_STR_INIT;
        vt_str_append_cstr(&sql, round % 2 ? "SELECT " : "");
        for (int i = 0; i < 2 + round % 14; i++) {
            seed = seed * 1103515245U + 12345U;
            vt_str_append_cstr(&sql, words[(seed >> 16) % (sizeof words / sizeof *words)]);
        }
        vt_query_result *result = ask_within(sql.data, &limits);
        assert_true(result || error.code != VT_ERROR_NONE);
        vt_query_result_free(result);
        vt_str_free(&sql);
    }
    check_integer("SELECT count(*) FROM items", 3);
}

static void rows_are_sorted(void **state)
{
    (void)state;
    vt_query_result *result = ask(
        "SELECT 2 AS a UNION ALL SELECT NULL UNION ALL SELECT 'b' UNION ALL SELECT 1.5 UNION ALL SELECT 'a' "
        "UNION ALL SELECT 10");
    assert_non_null(result);
    uint32_t *rows = vt_query_result_sort(result, 0, false);
    const uint32_t up[] = {3, 0, 5, 4, 2, 1};
    assert_memory_equal(rows, up, sizeof up);
    free(rows);
    rows = vt_query_result_sort(result, 0, true);
    const uint32_t down[] = {2, 4, 5, 0, 3, 1};
    assert_int_equal(rows[5], down[5]); /* nothing stays last */
    assert_int_equal(rows[0], 2);
    free(rows);
    vt_query_result_free(result);
}

static int set_up(void **state)
{
    static const char *const paths[] = {"/photos/a.jpg", "/photos/b.jpg", "/photos/deep/c.jpg"};
    int result = fixture_set_up(state);
    now = calloc(1, sizeof *now);
    now->catalog = fixture_open(VT_CATALOG_READ_WRITE);
    now->writer = fixture_writer(now->catalog);
    for (size_t i = 0; i < 3; i++) {
        vt_item item = fixture_item(paths[i], (int64_t)i);
        fixture_commit(now->writer, (vt_batch){.items = &item, .item_count = 1});
    }
    return result;
}

static int tear_down(void **state)
{
    vt_query_free(now->query);
    vt_catalog_writer_free(now->writer);
    vt_catalog_close(now->catalog);
    free(now);
    return fixture_tear_down(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_view_has_its_columns),
        cmocka_unit_test(items_are_read),
        cmocka_unit_test(nothing_can_be_written_or_reached),
        cmocka_unit_test(faults_are_told_with_their_place),
        cmocka_unit_test(what_never_ends_is_ended),
        cmocka_unit_test(what_never_ends_can_be_cancelled),
        cmocka_unit_test(results_are_bounded),
        cmocka_unit_test(deep_and_long_texts_are_refused),
        cmocka_unit_test(random_texts_do_no_harm),
        cmocka_unit_test(rows_are_sorted),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
