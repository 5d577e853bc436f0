/* Starts of the window on a large library: the second one has its rows from the columns file that the first
   one has left, an edit makes it leave another, and what was edited is there at the third. */
#include "tests/support/check.h"

#include "core/catalog/catalog.h"
#include "core/index/columns.h"
#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { ITEMS = 52000 };

static void make_catalog(const char *home)
{
    char path[600];
    vt_error error = VT_ERROR_INIT;
    (void)files_folder(files_folder(home, "data"), "vitrine");
    (void)snprintf(path, sizeof path, "%s/data/vitrine/library.vitrine", home);
    vt_catalog *catalog = vt_catalog_open(path, &(vt_catalog_options){.log = vt_log_none}, &error);
    if (!catalog) {
        fail_msg("%s", error.message);
    }
    vt_catalog_close(catalog);
    sqlite3 *db = NULL;
    char *sql = sqlite3_mprintf(
        "INSERT INTO folder VALUES (1, CAST('/nowhere' AS BLOB));"
        "INSERT INTO item (id, folder_id, name, kind, format, state, size, mtime_ns, ctime_ns, dev, ino) "
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
        "SELECT i, 1, CAST('picture ' || i || '.jpg' AS BLOB), 1, 1, 0, 1000 + i, i, 6, 7, i FROM n",
        ITEMS);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_free(sql);
    sqlite3_close(db);
}

/* `rated`: the line of the sidebar that tells what is in the library. */
static window_session *start(const char *home, const char *rated)
{
    window_session *session = window_session_start(home, (const char *const[]){NULL});
    window_session_wait_both(session, "start: cards_after_ms", rated);
    return session;
}

/* Ends the window as people do; `left`: it leaves a file. */
static void end(window_session *session, bool left)
{
    window_session_key(session, "ctrl+q");
    assert_int_equal(window_session_wait_end(session, 30000), 0);
    assert_int_equal(window_session_count(session, "columns of 52000 items left") > 0, left);
    assert_int_equal(window_session_end(session, 0), 0);
}

static void a_second_start_is_quick(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    make_catalog(home);
    window_session *session = start(home, "rating:0=52000");
    assert_int_equal(window_session_count(session, "rows come from the columns file"), 0);
    end(session, true);

    session = start(home, "rating:0=52000");
    assert_int_equal(window_session_count(session, "rows come from the columns file"), 1);
    window_session_screenshot(session, "start-from-columns");
    window_session_click(session, "Items");
    window_session_key(session, "ctrl+a");
    window_session_key(session, "4");
    window_session_wait(session, "edit: ");
    end(session, true);

    session = start(home, "rating:4=52000");
    assert_int_equal(window_session_count(session, "rows come from the columns file"), 1);
    window_session_screenshot(session, "start-after-edit");
    end(session, false); /* nothing was written */
    files_remove(home);
}

int main(void)
{
    if (!window_session_possible()) {
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_second_start_is_quick),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
