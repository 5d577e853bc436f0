/* The table's model: what a cell says, and that asking for it allocates its text and nothing else. */
#include "tests/support/check.h"
#include "tests/support/failing_memory.h"

#include "app/ui/table/table_columns.h"
#include "app/ui/table/table_model.h"
#include "core/base/clock.h"
#include "tests/core/import/engine_session.h"

#include <qt6c/qapplication.h>
#include <qt6c/qmodelindex.h>
#include <qt6c/qvariant.h>

#include <poll.h>
#include <stdlib.h>
#include <string.h>

enum { PICTURES = 5, PATIENCE_MS = 20000, POLL_MS = 5, ROUNDS = 100 };

typedef struct shelf {
    engine_session *session;
    vt_library *library;
    QObject *parent;
    QAbstractTableModel *model;
} shelf;

static int set_up(void **state)
{
    shelf *all = calloc(1, sizeof *all);
    vt_error error = VT_ERROR_INIT;
    import_record record;
    all->session = session_create();
    session_pictures(all->session->pictures, PICTURES, 40, 30);
    session_open(all->session, 2, 1, NULL);
    session_import(all->session, all->session->pictures, NULL, &record);
    all->library = vt_library_create(all->session->engine, all->session->executor, &error);
    assert_non_null(all->library);
    all->parent = q_object_new(NULL);
    all->model = vt_table_model_create(all->parent, all->library);
    vt_library_rows_arrived(all->library);
    for (int i = 0; i < PATIENCE_MS / POLL_MS && vt_library_count(all->library) < PICTURES; i++) {
        poll(NULL, 0, POLL_MS);
        q_coreapplication_process_events();
    }
    assert_int_equal(vt_library_count(all->library), PICTURES);
    *state = all;
    return 0;
}

static int tear_down(void **state)
{
    shelf *all = *state;
    q_object_delete(all->parent);
    vt_library_free(all->library);
    session_close(all->session);
    session_free(all->session);
    free(all);
    return 0;
}

static QModelIndex cell(const shelf *all, int row, int column)
{
    QModelIndex none = q_modelindex_make();
    return q_abstractitemmodel_index(all->model, row, column, &none);
}

/* free() */
static char *text_of(const shelf *all, int row, int column, int role)
{
    QModelIndex index = cell(all, row, column);
    QVariant value = q_abstractitemmodel_data_full(all->model, &index, role);
    char *text = q_variant_to_string(&value);
    q_variant_fini(&value);
    return text;
}

static int column_of(const char *word)
{
    return vt_table_column_of_word(word, strlen(word));
}

static void check_text(const shelf *all, int row, const char *word, int role, const char *expected)
{
    char *text = text_of(all, row, column_of(word), role);
    assert_string_equal(text, expected);
    free(text);
}

static void cells_say_what_columns_say(void **state)
{
    const shelf *all = *state;
    QModelIndex none = q_modelindex_make();
    assert_int_equal(q_abstractitemmodel_row_count(all->model, &none), PICTURES);
    assert_int_equal(q_abstractitemmodel_column_count(all->model, &none), vt_table_column_count());
    check_text(all, 0, "name", Qt_DisplayRole, "0000.ppm");
    check_text(all, 2, "name", Qt_ToolTipRole, "0002.ppm");
    check_text(all, 1, "dimensions", Qt_DisplayRole, "40 \xc3\x97 30");
    check_text(all, 1, "rating", Qt_DisplayRole, ""); /* stars are drawn, and told */
    check_text(all, 1, "rating", Qt_AccessibleTextRole, "0 stars");
}

static void headers_tell_the_order(void **state)
{
    const shelf *all = *state;
    QVariant title = q_abstractitemmodel_header_data_full(all->model, column_of("folder"), Qt_Horizontal,
                                                          Qt_AccessibleTextRole);
    char *text = q_variant_to_string(&title);
    assert_non_null(strstr(text, "Folder, Sorted by Folder"));
    free(text);
    q_variant_fini(&title);
    title =
        q_abstractitemmodel_header_data_full(all->model, column_of("size"), Qt_Horizontal, Qt_ToolTipRole);
    text = q_variant_to_string(&title);
    assert_non_null(strstr(text, "Sorted by Folder"));
    assert_non_null(strstr(text, "Shift"));
    free(text);
    q_variant_fini(&title);
}

/* Most allocations that asking for one cell took. */
static long allocations(const shelf *all, int column, int role)
{
    enum { PLENTY = 1000000 };
    long most = 0;
    for (int round = 0; round < ROUNDS; round++) {
        QModelIndex index = cell(all, round % PICTURES, column);
        memory_fails_after(PLENTY);
        QVariant value = q_abstractitemmodel_data_full(all->model, &index, role);
        long taken = PLENTY - atomic_load(&memory_left);
        memory_recovers();
        q_variant_fini(&value);
        most = round > 0 && taken > most ? taken : most; /* the first makes room for the text */
    }
    return most;
}

static void a_cell_allocates_its_text_alone(void **state)
{
    const shelf *all = *state;
    static const int others[] = {Qt_TextAlignmentRole, Qt_DecorationRole, Qt_FontRole,
                                 Qt_BackgroundRole,    Qt_ForegroundRole, Qt_CheckStateRole};
    if (!memory_can_fail()) {
        print_message("skipped: a sanitizer has the memory here\n");
        skip();
    }
    for (int column = 0; column < vt_table_column_count(); column++) {
        assert_in_range(allocations(all, column, Qt_DisplayRole), 0, 1); /* the QString */
        for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
            assert_int_equal(allocations(all, column, others[i]), 0);
        }
    }
}

static void what_is_being_written_is_shown(void **state)
{
    const shelf *all = *state;
    vt_item_brief item;
    vt_library_item(all->library, 3, &item);
    vt_table_model_pend(all->model, item.id, column_of("title"), "one");
    vt_table_model_pend(all->model, item.id, column_of("title"), "two");
    check_text(all, 3, "title", Qt_DisplayRole, "two");
    check_text(all, 2, "title", Qt_DisplayRole, "");
    check_text(all, 3, "tags", Qt_DisplayRole, "");
}

int main(int argc, char **argv)
{
    q_application_new(&argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_say_what_columns_say),
        cmocka_unit_test(headers_tell_the_order),
        cmocka_unit_test(a_cell_allocates_its_text_alone),
        cmocka_unit_test(what_is_being_written_is_shown),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
