/* core/layout/workspace: the set, what the store is told, the last good layout, refusals, linked panes. */
#include "tests/support/check.h"
/* After check.h, which it needs. */
#include "tests/core/layout/sketch.h"

#include "core/layout/workspace.h"

/* What the store was told, as text. */
static char told[4096];

static void note(const char *what, const char *name, const char *rest)
{
    size_t length = strlen(told);
    (void)snprintf(told + length, sizeof told - length, "%s %s%s;", what, name, rest);
}

static void store_save(void *user, const char *name, const char *text, size_t length, const char *previous,
                       size_t previous_length)
{
    (void)user;
    assert_int_equal(strlen(text), length);
    assert_int_equal(strlen(previous), previous_length);
    note("save", name, previous_length ? " over" : "");
}

static void store_remove(void *user, const char *name)
{
    (void)user;
    note("remove", name, "");
}

static void store_rename(void *user, const char *name, const char *new_name)
{
    (void)user;
    note("rename", name, "");
    note("to", new_name, "");
}

static void store_set_last(void *user, const char *name)
{
    (void)user;
    note("last", name, "");
}

static const vt_workspace_store store = {store_save, store_remove, store_rename, store_set_last, NULL};

static void expect_told(const char *text)
{
    assert_string_equal(told, text);
    told[0] = '\0';
}

static vt_workspaces *make(void)
{
    told[0] = '\0';
    vt_workspaces *set = vt_workspaces_create(&store, NULL);
    assert_non_null(set);
    return set;
}

static vt_panes *make_panes(void)
{
    vt_panes *panes = vt_panes_create("p:A", NULL, NULL);
    assert_non_null(panes);
    split_off(panes, 'A', VT_PANE_RIGHT, 'B');
    return panes;
}

static void test_adding_saving_and_switching(void **state)
{
    (void)state;
    vt_workspaces *set = make();
    vt_panes *panes = make_panes();
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_workspaces_current(set));
    assert_false(vt_workspaces_save(set, panes, &error)); /* as what? */
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_true(vt_workspaces_add(set, "Sorting", panes, NULL));
    expect_told("save Sorting;last Sorting;");
    assert_true(vt_workspaces_save(set, panes, NULL)); /* nothing has changed */
    expect_told("");
    split_off(panes, 'B', VT_PANE_BELOW, 'C');
    assert_true(vt_workspaces_save(set, panes, NULL));
    expect_told("save Sorting over;");
    assert_true(vt_workspaces_add(set, "Printing", panes, NULL));
    assert_string_equal(vt_workspaces_current(set), "Printing");
    expect_told("save Printing;last Printing;");
    assert_true(vt_panes_close(panes, pane_of(panes, 'A'), NULL));
    assert_true(vt_workspaces_save(set, panes, NULL));
    expect_told("save Printing over;");
    vt_workspace_report report;
    vt_panes *opened = vt_workspaces_open(set, "Sorting", NULL, &report, NULL);
    assert_non_null(opened);
    assert_string_equal(sketch(opened), "(A[BC])");
    assert_false(report.previous);
    expect_told("last Sorting;");
    vt_panes_free(opened);
    opened = vt_workspaces_open(set, "Printing", NULL, NULL, NULL);
    assert_string_equal(sketch(opened), "[BC]");
    vt_panes_free(opened);
    assert_int_equal(vt_workspaces_count(set), 2);
    assert_string_equal(vt_workspaces_name(set, 0), "Sorting");
    assert_null(vt_workspaces_name(set, 2));
    vt_panes_free(panes);
    vt_workspaces_free(set);
    vt_workspaces_free(NULL);
}

static void test_the_last_good_layout(void **state)
{
    (void)state;
    vt_workspaces *set = make();
    vt_panes *panes = make_panes();
    vt_str good = VT_STR_INIT;
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_layout_to_json(panes, VT_JSON_COMPACT, &good, NULL));
    assert_true(vt_workspaces_put(set, "cut", good.data, good.length - 7, good.data, good.length, NULL));
    assert_true(vt_workspaces_put(set, "lost", "{}", 2, "", 0, NULL));
    assert_true(vt_workspaces_put(set, "both", "{}", 2, "[", 1, NULL));
    assert_true(vt_workspaces_put(set, "good", good.data, good.length, "", 0, NULL));
    assert_true(vt_workspaces_put(set, "empty", "", 0, "", 0, NULL));
    expect_told(""); /* it came from there */
    vt_workspace_report report;
    vt_panes *opened = vt_workspaces_open(set, "good", NULL, &report, NULL);
    assert_non_null(opened);
    vt_panes_free(opened);
    expect_told("last good;");
    static const char *const bad[] = {"lost", "both", "empty"};
    for (size_t i = 0; i < 3; i++) {
        assert_null(vt_workspaces_open(set, bad[i], NULL, &report, &error));
        assert_int_equal(error.code, VT_ERROR_CORRUPT);
        assert_non_null(strstr(error.message, "layout")); /* the name is the caller's to say */
        assert_string_equal(vt_workspaces_current(set), "good");
    }
    expect_told("");
    opened = vt_workspaces_open(set, "cut", NULL, &report, NULL);
    assert_non_null(opened);
    assert_string_equal(sketch(opened), "(AB)");
    assert_true(report.previous);
    assert_int_equal(report.why.code, VT_ERROR_CORRUPT);
    assert_non_null(strstr(report.why.message, "layout, line 1"));
    /* The broken one is not what the next save keeps. */
    told[0] = '\0';
    split_off(opened, 'A', VT_PANE_BELOW, 'C');
    assert_true(vt_workspaces_save(set, opened, NULL));
    vt_panes_free(opened);
    opened = vt_workspaces_open(set, "cut", NULL, &report, NULL);
    assert_false(report.previous);
    assert_string_equal(sketch(opened), "([AC]B)");
    vt_panes_free(opened);
    vt_str_free(&good);
    vt_panes_free(panes);
    vt_workspaces_free(set);
}

static void test_copies_names_and_removal(void **state)
{
    (void)state;
    vt_workspaces *set = make();
    vt_panes *panes = make_panes();
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_workspaces_add(set, "a", panes, NULL));
    assert_true(vt_workspaces_add(set, "b", panes, NULL));
    told[0] = '\0';
    assert_true(vt_workspaces_duplicate(set, "a", "c", NULL));
    expect_told("save c;");
    assert_true(vt_workspaces_rename(set, "a", "d", NULL));
    expect_told("rename a;to d;");
    assert_true(vt_workspaces_rename(set, "d", "d", NULL));
    expect_told("");
    assert_false(vt_workspaces_remove(set, "b", &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_true(vt_workspaces_remove(set, "d", NULL));
    expect_told("remove d;");
    assert_string_equal(vt_workspaces_current(set), "b");
    static const char *const bad[] = {"", "b", "a\tb", "\xFF"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(vt_workspaces_add(set, bad[i], panes, &error));
        assert_int_equal(error.code, VT_ERROR_USAGE);
        assert_false(vt_workspaces_duplicate(set, "b", bad[i], &error));
        assert_false(vt_workspaces_put(set, bad[i], "", 0, "", 0, &error));
        assert_false(vt_workspaces_rename(set, "c", bad[i], &error));
        assert_int_equal(error.code, VT_ERROR_USAGE);
    }
    assert_null(vt_workspaces_open(set, "x", NULL, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    assert_false(vt_workspaces_duplicate(set, "x", "y", &error));
    assert_false(vt_workspaces_rename(set, "x", "y", &error));
    assert_false(vt_workspaces_remove(set, "x", &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    expect_told("");
    char name[16];
    while (vt_workspaces_count(set) < VT_WORKSPACES_MAX) {
        (void)snprintf(name, sizeof name, "w%zu", vt_workspaces_count(set));
        assert_true(vt_workspaces_put(set, name, "", 0, "", 0, NULL));
    }
    assert_false(vt_workspaces_put(set, "one more", "", 0, "", 0, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    vt_panes_free(panes);
    vt_workspaces_free(set);
    set = vt_workspaces_create(NULL, NULL); /* no store: all the same */
    panes = make_panes();
    assert_true(vt_workspaces_add(set, "a", panes, NULL) && vt_workspaces_add(set, "b", panes, NULL) &&
                vt_workspaces_rename(set, "a", "c", NULL) && vt_workspaces_remove(set, "c", NULL));
    vt_panes_free(panes);
    vt_workspaces_free(set);
}

static void test_linked_panes(void **state)
{
    (void)state;
    vt_panes *panes = make_panes();
    split_off(panes, 'B', VT_PANE_BELOW, 'C');
    split_off(panes, 'B', VT_PANE_BELOW, 'D');
    vt_pane_id ids[4] = {0};
    assert_int_equal(vt_panes_linked(panes, pane_of(panes, 'A'), ids, 4), 0);
    for (const char *c = "ACD"; *c; c++) {
        assert_true(vt_panes_set_link(panes, pane_of(panes, *c), 1, NULL));
    }
    assert_true(vt_panes_set_link(panes, pane_of(panes, 'B'), 2, NULL));
    assert_int_equal(vt_panes_linked(panes, pane_of(panes, 'A'), ids, 4), 2);
    assert_int_equal(ids[0], pane_of(panes, 'C'));
    assert_int_equal(ids[1], pane_of(panes, 'D'));
    assert_int_equal(vt_panes_linked(panes, pane_of(panes, 'A'), ids, 1), 2);
    assert_int_equal(vt_panes_linked(panes, pane_of(panes, 'B'), ids, 4), 0);
    assert_int_equal(vt_panes_linked(panes, 999, ids, 4), 0);
    vt_panes_free(panes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_adding_saving_and_switching), cmocka_unit_test(test_the_last_good_layout),
        cmocka_unit_test(test_copies_names_and_removal), cmocka_unit_test(test_linked_panes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
