/* The last errand of a program: the next start has the rows from the columns file, if nothing is to be said
   against it, and from the catalog otherwise. */
#include "tests/support/check.h"

#include "core/import/columns_errand.h"
#include "core/import/engine_private.h"
#include "core/index/columns.h"
#include "tests/core/catalog/edits.h"
#include "tests/core/import/engine_session.h"
#include "tests/support/files.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ITEMS = VT_COLUMNS_ROWS_MIN + 1000 };

/* However busy the machine is. */
#define PATIENCE_NS (300 * VT_NS_PER_S)

static char *columns; /* path of the file */

/* What the log has said since it was last asked. */
static atomic_int told_used, told_refused, told_left, told_not_left;

static void on_line(void *user, vt_log_level level, const char *component, const char *line)
{
    (void)user;
    (void)level;
    (void)component;
    told_used += strstr(line, "the rows come from the columns file") != NULL;
    told_refused += strstr(line, "is not used") != NULL;
    told_left += strstr(line, "columns of ") == line;
    told_not_left += strstr(line, "no columns file is left") != NULL;
}

static void forget_lines(void)
{
    told_used = told_refused = told_left = told_not_left = 0;
}

static void run_sql(const engine_session *session, const char *sql)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(session->catalog, &db), SQLITE_OK);
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) {
        fail_msg("%s: %s", sql, message);
    }
    sqlite3_close(db);
}

static void open_caring(engine_session *session, bool cares)
{
    const vt_engine_options options = {
        .with_index = true,
        .snapshots = cares,
        .columns_path = columns,
        .log = {.sink = on_line, .level = VT_LOG_DEBUG},
    };
    forget_lines();
    session_open(session, 2, 1, &options);
}

static void open_engine(engine_session *session)
{
    open_caring(session, false);
}

static void wait_for_care(engine_session *session)
{
    for (int i = 0; vt_engine_is_caring(session->engine); i++) {
        assert_true(i < 60000);
        vt_engine_deliver(session->engine, 0);
        usleep(1000);
    }
}

/* As a window ends. */
static void close_engine(engine_session *session)
{
    vt_columns_errand *errand = vt_columns_errand_create(session->engine);
    assert_non_null(errand);
    session_close(session);
    vt_columns_errand_run(errand, PATIENCE_NS);
    vt_columns_errand_free(errand);
}

static int set_up(void **state)
{
    engine_session *session = session_create();
    columns = strdup(files_path(session->root, "columns/library.columns"));
    open_engine(session);
    session_close(session);
    char *sql = sqlite3_mprintf(
        "INSERT INTO folder VALUES (1, CAST('/photos' AS BLOB));"
        "INSERT INTO item (id, folder_id, name, kind, format, state, size, mtime_ns, ctime_ns, dev, ino) "
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
        "SELECT i, 1, CAST('picture ' || i || '.jpg' AS BLOB), 1, 1, 4, 1000 + i, i, 6, 7, i FROM n",
        ITEMS);
    run_sql(session, sql);
    sqlite3_free(sql);
    *state = session;
    return 0;
}

static int tear_down(void **state)
{
    session_free(*state);
    free(columns);
    return 0;
}

static uint32_t items_shown(engine_session *session)
{
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
    uint32_t count = vt_snapshot_item_count(snapshot);
    vt_snapshot_release(snapshot);
    return count;
}

static uint8_t rating_shown(engine_session *session, int64_t id)
{
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
    vt_item_brief item;
    vt_snapshot_item(snapshot, vt_snapshot_find(snapshot, id), &item);
    vt_snapshot_release(snapshot);
    return item.rating;
}

static uint64_t inode_of_file(void)
{
    struct stat facts;
    return stat(columns, &facts) == 0 ? facts.st_ino : 0;
}

static void the_next_start_has_it(void **state)
{
    engine_session *session = *state;
    open_engine(session);
    assert_int_equal(items_shown(session), ITEMS);
    close_engine(session);
    assert_int_equal(told_used, 0);
    assert_int_equal(told_left, 1);

    open_engine(session);
    assert_int_equal(told_used, 1);
    assert_int_equal(items_shown(session), ITEMS);
    uint64_t inode = inode_of_file();
    close_engine(session);
    assert_int_equal(told_left, 0); /* it is as it should be */
    assert_int_equal(inode_of_file(), inode);
}

static void an_edit_is_not_lost(void **state)
{
    engine_session *session = *state;
    vt_error error = VT_ERROR_INIT;
    open_engine(session);
    close_engine(session);
    for (int rating = 1; rating <= 3; rating++) {
        open_engine(session);
        assert_int_equal(told_used, 1);
        assert_int_equal(rating_shown(session, 17), rating - 1);
        assert_true(edits_rate(session_writer(session), 17, rating, &error));
        close_engine(session);
        assert_int_equal(told_left, 1);
    }
    /* One that ends without its errand, as if it were killed after its last commit. */
    open_engine(session);
    assert_true(edits_rate(session_writer(session), 17, 5, &error));
    session_close(session);
    open_engine(session);
    assert_int_equal(told_used, 0);
    assert_int_equal(told_refused, 1);
    assert_int_equal(rating_shown(session, 17), 5);
    close_engine(session);
}

static void a_damaged_file_is_made_anew(void **state)
{
    engine_session *session = *state;
    open_engine(session);
    close_engine(session);
    FILE *file = fopen(columns, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, 100000, SEEK_SET), 0);
    assert_int_equal(fwrite("damage", 1, 6, file), 6);
    fclose(file);
    open_engine(session);
    assert_int_equal(told_used, 0);
    assert_int_equal(told_refused, 1);
    assert_int_equal(items_shown(session), ITEMS);
    close_engine(session);
    assert_int_equal(told_left, 1);
    open_engine(session);
    assert_int_equal(told_used, 1);
    close_engine(session);
}

static void small_libraries_have_none(void **state)
{
    engine_session *session = *state;
    open_engine(session);
    close_engine(session);
    assert_int_not_equal(inode_of_file(), 0);
    run_sql(session, "DELETE FROM item WHERE id > 1000");
    open_engine(session);
    assert_int_equal(items_shown(session), 1000);
    close_engine(session);
    assert_int_equal(told_left + told_not_left, 0);
    assert_int_equal(inode_of_file(), 0);
}

/* A disk that is full, a folder that cannot be: the program ends as ever. */
static void no_place_for_it(void **state)
{
    engine_session *session = *state;
    char *folder = strdup(files_path(session->root, "columns"));
    FILE *file = fopen(folder, "w");
    assert_non_null(file);
    fclose(file);
    for (int i = 0; i < 2; i++) {
        open_engine(session);
        assert_int_equal(items_shown(session), ITEMS);
        close_engine(session);
        assert_int_equal(told_not_left, 1);
    }
    free(folder);
}

/* Another Vitrine has the catalog by then and writes: its log is not empty. */
static void another_program_writes(void **state)
{
    engine_session *session = *state;
    vt_error error = VT_ERROR_INIT;
    open_engine(session);
    vt_columns_errand *errand = vt_columns_errand_create(session->engine);
    session_close(session);
    open_engine(session);
    assert_true(edits_rate(session_writer(session), 17, 5, &error));
    vt_columns_errand_run(errand, PATIENCE_NS);
    vt_columns_errand_free(errand);
    assert_int_equal(told_not_left, 1);
    assert_int_equal(inode_of_file(), 0);
    close_engine(session);
}

/* On a machine that leaves it no time: nothing is left, and the next start goes on as ever. */
static void no_time_for_it(void **state)
{
    engine_session *session = *state;
    open_engine(session);
    vt_columns_errand *errand = vt_columns_errand_create(session->engine);
    session_close(session);
    vt_columns_errand_run(errand, 0);
    vt_columns_errand_free(errand);
    assert_int_equal(told_not_left, 1);
    assert_int_equal(inode_of_file(), 0);
    open_engine(session);
    assert_int_equal(told_used, 0);
    assert_int_equal(items_shown(session), ITEMS);
    close_engine(session);
    assert_int_equal(told_left, 1);
}

/* Programs that are ended otherwise than by people: what was there before it is there after it. */
static void a_running_program_leaves_one(void **state)
{
    engine_session *session = *state;
    open_caring(session, true);
    wait_for_care(session);
    assert_int_equal(told_left, 1);
    session_close(session); /* without its errand */

    open_caring(session, true);
    assert_int_equal(told_used, 1);
    wait_for_care(session);
    assert_int_equal(told_left, 0);
    import_record record;
    session_pictures(session->pictures, 3, 30, 20);
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.figures.imported, 3);
    wait_for_care(session);
    assert_int_equal(told_left, 1);
    session_close(session);

    open_engine(session);
    assert_int_equal(told_used, 1);
    assert_int_equal(items_shown(session), ITEMS + 3);
    close_engine(session);
}

/* Whoever ends does not wait for it. */
static void it_is_given_up_at_the_end(void **state)
{
    engine_session *session = *state;
    open_caring(session, true);
    session_close(session);
    open_engine(session);
    assert_int_equal(told_used + told_refused, 1); /* it may have been quicker */
    assert_int_equal(items_shown(session), ITEMS);
    close_engine(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_next_start_has_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_edit_is_not_lost, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_damaged_file_is_made_anew, set_up, tear_down),
        cmocka_unit_test_setup_teardown(small_libraries_have_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_place_for_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_program_writes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_time_for_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_running_program_leaves_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_is_given_up_at_the_end, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
