/* A connection trusts no file: what is switched off, asked of SQLite itself. */
#include "core/catalog/fixture.h"

#include "core/catalog/db.h"

static int setting(sqlite3 *db, int option)
{
    int value = -1;
    assert_int_equal(sqlite3_db_config(db, option, -1, &value), SQLITE_OK);
    return value;
}

static int64_t pragma(sqlite3 *db, const char *sql)
{
    int64_t value = -1;
    assert_true(vt_db_integer(db, sql, &value, NULL));
    return value;
}

static void test_every_connection_is_hardened(void **state)
{
    (void)state;
    vt_catalog_close(fixture_open(VT_CATALOG_READ_WRITE));
    static const vt_db_access ways[] = {VT_DB_CREATE, VT_DB_READ, VT_DB_READ_FIXED};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        sqlite3 *db = vt_db_open(fixture_path, ways[i], NULL);
        assert_non_null(db);
        assert_int_equal(setting(db, SQLITE_DBCONFIG_DEFENSIVE), 1);
        assert_int_equal(setting(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA), 0);
        assert_int_equal(setting(db, SQLITE_DBCONFIG_ENABLE_TRIGGER), 0);
        assert_int_equal(setting(db, SQLITE_DBCONFIG_ENABLE_VIEW), 0);
        assert_int_equal(setting(db, SQLITE_DBCONFIG_ENABLE_FKEY), 1);
        assert_int_equal(setting(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE), ways[i] != VT_DB_CREATE);
        assert_int_equal(pragma(db, "PRAGMA cell_size_check"), 1);
        assert_int_equal(pragma(db, "PRAGMA trusted_schema"), 0);
        assert_int_equal(pragma(db, "PRAGMA foreign_keys"), 1);
        assert_int_equal(pragma(db, "PRAGMA mmap_size"), 0);
        assert_int_equal(sqlite3_db_readonly(db, "main"), ways[i] != VT_DB_CREATE);
        /* not even our own code may write to the schema */
        vt_error error = VT_ERROR_INIT;
        sqlite3_exec(db, "PRAGMA writable_schema=ON", NULL, NULL, NULL);
        assert_false(vt_db_exec(db, "UPDATE sqlite_schema SET sql = ''", "write to", &error));
        vt_db_close(db);
    }
}

/* A page that memory was short for is not damaged: who believed that would throw a sound file away. */
static void test_lack_of_memory_is_no_verdict(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_db_is_verdict("ok", &error));
    assert_true(vt_db_is_verdict("*** in database main ***\nPage 3 is never used", &error));
    assert_true(vt_db_is_verdict("Page 16: unable to get the page. error code=11", &error));
    assert_true(vt_db_is_verdict("Page 16: unable to get the page. error code=", &error));
    assert_int_equal(error.code, VT_ERROR_NONE);
    assert_false(vt_db_is_verdict("Page 3: unable to get the page. error code=11\n"
                                  "Page 16: unable to get the page. error code=7",
                                  &error));
    assert_int_equal(error.code, VT_ERROR_MEMORY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(test_every_connection_is_hardened),
        cmocka_unit_test(test_lack_of_memory_is_no_verdict),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
