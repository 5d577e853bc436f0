/* What the sections of the sidebar say to a screen reader. */
#include "tests/support/check.h"

#include "app/ui/sidebar/sidebar_model.h"

#include <qt6c/qapplication.h>
#include <qt6c/qvariant.h>
#include <qt6c/runtime.h>

#include <stdlib.h>
#include <string.h>

static char *text_of(vt_sidebar_model *model, vt_sidebar_section section, uint32_t row, int role)
{
    QModelIndex index = vt_sidebar_model_index(model, section, row);
    assert_true(q_modelindex_is_valid(&index));
    QVariant value = q_abstractitemmodel_data_full(vt_sidebar_model_item_model(model), &index, role);
    char *text = q_variant_to_string(&value);
    q_variant_fini(&value);
    return text;
}

static void check(vt_sidebar_model *model, vt_sidebar_section section, uint32_t row, int role,
                  const char *wanted)
{
    char *text = text_of(model, section, row, role);
    assert_string_equal(text ? text : "", wanted);
    free(text);
}

static void add(vt_sidebar_rows *rows, const char *title, int64_t id)
{
    vt_sidebar_rows_add(rows, 0, title, strlen(title), 3, "rating:0");
    vt_sidebar_rows_set_id(rows, id);
}

static void stars_are_counted_rather_than_spelled(void **state)
{
    (void)state;
    vt_sidebar_content *content = calloc(1, sizeof *content);
    assert_non_null(content);
    add(&content->sections[VT_SIDEBAR_RATINGS], "\u2605\u2605", 2);
    add(&content->sections[VT_SIDEBAR_RATINGS], "\u2605", 1);
    add(&content->sections[VT_SIDEBAR_RATINGS], "Not rated", 0);
    vt_sidebar_model *model = vt_sidebar_model_create(NULL);
    assert_true(vt_sidebar_model_set(model, content));
    check(model, VT_SIDEBAR_RATINGS, 0, Qt_DisplayRole, "\u2605\u2605");
    check(model, VT_SIDEBAR_RATINGS, 0, Qt_AccessibleTextRole, "2 stars");
    check(model, VT_SIDEBAR_RATINGS, 1, Qt_AccessibleTextRole, "1 star");
    check(model, VT_SIDEBAR_RATINGS, 2, Qt_AccessibleTextRole, ""); /* what is shown is read */
    check(model, VT_SIDEBAR_RATINGS, VT_SIDEBAR_NONE, Qt_AccessibleTextRole, "");
    q_object_delete_later((QObject *)vt_sidebar_model_item_model(model));
}

int main(int count, char **arguments)
{
    setenv("QT_QPA_PLATFORM", "offscreen", 1);
    QApplication *application = q_application_new(&count, arguments);
    const struct CMUnitTest tests[] = {cmocka_unit_test(stars_are_counted_rather_than_spelled)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    q_application_delete(application);
    return failed;
}
