/* The steps from one version of a file to the next, with a schema made for the test. */
#include "core/catalog/fixture.h"

#include "core/catalog/db.h"
#include "core/catalog/schema.h"

#define MIGRATION_TABLE                                                                                      \
    "CREATE TABLE migration (version INTEGER PRIMARY KEY, note TEXT, program TEXT, applied_ns INTEGER);"

static const vt_migration steps[] = {
    {1, "first",
     MIGRATION_TABLE "CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT); "
                     "INSERT INTO thing VALUES (1, 'one'), (2, 'two')"},
    {2, "sizes", "ALTER TABLE thing ADD COLUMN size INTEGER; UPDATE thing SET size = id * 10"},
    {3, "other", "CREATE TABLE other AS SELECT size FROM thing"},
};

static const vt_migration bad_steps[] = {
    {1, "first",
     MIGRATION_TABLE "CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT); "
                     "INSERT INTO thing VALUES (1, 'one'), (2, 'two')"},
    {2, "bad",
     "ALTER TABLE thing ADD COLUMN size INTEGER; UPDATE thing SET size = 5; INSERT INTO nowhere VALUES (1)"},
};

static vt_schema schema_of(const vt_migration *which, size_t count)
{
    return (vt_schema){
        .application_id = 0x56544553, .name = "test file", .steps = which, .step_count = count};
}

static bool migrate(const vt_migration *which, size_t count, vt_error *error)
{
    vt_schema schema = schema_of(which, count);
    sqlite3 *db = vt_db_open(fixture_path, VT_DB_CREATE, error);
    assert_non_null(db);
    bool done = vt_schema_migrate(&schema, db, error);
    assert_int_equal(sqlite3_get_autocommit(db), 1);
    vt_db_close(db);
    return done;
}

static int64_t version(void)
{
    return fixture_number(fixture_path, "PRAGMA user_version");
}

static void test_every_version_reaches_the_newest(void **state)
{
    (void)state;
    for (size_t from = 0; from <= 3; from++) {
        unlink(fixture_path);
        if (from > 0) {
            assert_true(migrate(steps, from, NULL));
            assert_int_equal(version(), from);
        }
        assert_true(migrate(steps, 3, NULL));
        assert_int_equal(version(), 3);
        assert_int_equal(fixture_number(fixture_path, "SELECT sum(size) FROM other"), 30);
        assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM migration"), 3);
        assert_true(migrate(steps, 3, NULL)); /* nothing left to do */
        assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM migration"), 3);
    }
}

static void test_a_step_that_fails_leaves_the_version_before(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    assert_false(migrate(bad_steps, 2, &error)); /* a new file: then there is nothing in it */
    assert_int_equal(version(), 0);
    assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM sqlite_schema"), 0);
    assert_true(migrate(bad_steps, 1, &error));
    assert_false(migrate(bad_steps, 2, &error));
    assert_int_not_equal(error.code, VT_ERROR_NONE);
    assert_non_null(strstr(error.message, "upgrade"));
    assert_int_equal(version(), 1);
    assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM thing"), 2);
    assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM pragma_table_info('thing')"), 2);
    assert_true(migrate(steps, 3, &error)); /* by a program whose step works */
    assert_int_equal(version(), 3);
}

static void test_a_newer_version_is_not_touched(void **state)
{
    (void)state;
    assert_true(migrate(steps, 3, NULL));
    vt_error error = VT_ERROR_INIT;
    assert_false(migrate(steps, 2, &error));
    assert_int_equal(error.code, VT_ERROR_VERSION);
    assert_int_equal(version(), 3);
}

static void test_the_two_schemas_are_in_order(void **state)
{
    (void)state;
    const vt_schema *const schemas[] = {&vt_catalog_schema, &vt_thumbs_schema};
    for (size_t s = 0; s < 2; s++) {
        for (size_t i = 0; i < schemas[s]->step_count; i++) {
            assert_true(schemas[s]->steps[i].version > (i ? schemas[s]->steps[i - 1].version : 0));
        }
    }
    assert_int_not_equal(schemas[0]->application_id, schemas[1]->application_id);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(test_every_version_reaches_the_newest),
        fixture_test(test_a_step_that_fails_leaves_the_version_before),
        fixture_test(test_a_newer_version_is_not_touched),
        fixture_test(test_the_two_schemas_are_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
