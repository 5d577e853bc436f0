/* Named workspaces in the catalog. */
#include "tests/core/catalog/fixture.h"

#include "core/base/str.h"
#include "core/catalog/check.h"
#include "core/catalog/workspaces.h"

static vt_catalog *catalog;
static vt_catalog_writer *writer;

static int set_up(void **state)
{
    if (fixture_set_up(state) != 0) {
        return -1;
    }
    catalog = fixture_open(VT_CATALOG_READ_WRITE);
    writer = fixture_writer(catalog);
    return 0;
}

static int tear_down(void **state)
{
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    return fixture_tear_down(state);
}

#define workspace_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

static void put(const char *name, const char *text, const char *previous)
{
    vt_error error = VT_ERROR_INIT;
    const vt_workspace_row row = {.name = name,
                                  .text = text,
                                  .length = strlen(text),
                                  .previous = previous,
                                  .previous_length = strlen(previous)};
    if (!vt_catalog_writer_put_workspace(writer, &row, &error)) {
        fail_msg("%s", error.message);
    }
}

static bool list_row(void *user, const vt_workspace_row *row)
{
    vt_str_appendf(user, "%s%s=%.*s/%.*s ", row->name, row->last ? "*" : "", (int)row->length, row->text,
                   (int)row->previous_length, row->previous);
    return true;
}

static void expect(const char *wanted)
{
    vt_str text = VT_STR_INIT;
    vt_catalog_reader *reader = fixture_reader(catalog);
    assert_true(vt_catalog_reader_each_workspace(reader, list_row, &text, NULL));
    assert_string_equal(text.data, wanted);
    vt_catalog_reader_free(reader);
    vt_str_free(&text);
}

static void they_come_back_in_the_order_they_were_made(void **state)
{
    (void)state;
    expect("");
    put("one", "a", "");
    put("two", "{}", "x");
    expect("one=a/ two={}/x ");
    put("one", "b", "a");
    expect("one=b/a two={}/x ");
    assert_true(vt_catalog_writer_set_last_workspace(writer, "two", NULL));
    expect("one=b/a two*={}/x ");
    assert_true(vt_catalog_writer_set_last_workspace(writer, "one", NULL));
    put("one", "c", "b"); /* that it was the last stays */
    expect("one*=c/b two={}/x ");
    assert_true(vt_catalog_writer_rename_workspace(writer, "one", "\u00fc & 'x'", NULL));
    assert_true(vt_catalog_writer_remove_workspace(writer, "two", NULL));
    assert_true(vt_catalog_writer_remove_workspace(writer, "two", NULL)); /* nothing is no error */
    expect("\u00fc & 'x'*=c/b ");
}

static void what_makes_no_sense_is_refused(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    char name[VT_WORKSPACE_NAME_MAX + 2];
    memset(name, 'n', sizeof name);
    name[sizeof name - 1] = '\0';
    vt_workspace_row row = {.name = "", .text = "", .previous = ""};
    assert_false(vt_catalog_writer_put_workspace(writer, &row, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    row.name = name;
    assert_false(vt_catalog_writer_put_workspace(writer, &row, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    row.name = "large";
    row.length = VT_WORKSPACE_BYTES_MAX + 1;
    assert_false(vt_catalog_writer_put_workspace(writer, &row, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    put("one", "a", "");
    put("two", "b", "");
    assert_false(vt_catalog_writer_rename_workspace(writer, "one", "", &error));
    assert_false(vt_catalog_writer_rename_workspace(writer, "one", "two", &error)); /* it is there already */
    expect("one=a/ two=b/ ");
}

/* What is in a text is for whoever opens it; a name that cannot be shown is put right. */
static void the_check_finds_names_that_are_none(void **state)
{
    (void)state;
    put("good", "{ no json", "");
    vt_catalog_writer_free(writer);
    writer = NULL;
    fixture_sql(fixture_path, "INSERT INTO workspace (name, text, previous, last) VALUES ('', x'', x'', 0), "
                              "('odd', x'', x'', 7)");
    for (int repair = 0; repair < 2; repair++) {
        static vt_check_report report;
        vt_error error = VT_ERROR_INIT;
        int64_t rows = 0;
        assert_true(vt_check_catalog(catalog, NULL, repair == 1, &report, &error));
        for (size_t i = 0; i < report.count; i++) {
            rows += strcmp(report.findings[i].rule, "workspace-name") == 0 ? report.findings[i].rows : 0;
        }
        assert_int_equal(rows, 2);
        assert_int_equal(vt_check_is_sound(&report), repair);
    }
    expect("good={ no json/ ");
    writer = fixture_writer(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        workspace_test(they_come_back_in_the_order_they_were_made),
        workspace_test(what_makes_no_sense_is_refused),
        workspace_test(the_check_finds_names_that_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
