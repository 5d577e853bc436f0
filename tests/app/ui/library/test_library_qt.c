/* What the library shows: the other direction of an order is the same view read backwards, and no new one. */
#include "tests/support/check.h"

#include "app/ui/library/library.h"
#include "tests/core/import/engine_session.h"

#include <qt6c/qapplication.h>

#include <poll.h>
#include <stdlib.h>
#include <string.h>

enum { PICTURES = 5, PATIENCE_MS = 20000, POLL_MS = 5 };

typedef struct shelf {
    engine_session *session;
    vt_library *library;
    int views, selections; /* told */
} shelf;

static void view_changed(void *user)
{
    ((shelf *)user)->views++;
}

static void selection_changed(void *user)
{
    ((shelf *)user)->selections++;
}

static void settle(shelf *all)
{
    for (int i = 0; i < PATIENCE_MS / POLL_MS && vt_library_is_building(all->library); i++) {
        poll(NULL, 0, POLL_MS);
        q_coreapplication_process_events();
    }
    assert_false(vt_library_is_building(all->library));
    all->views = all->selections = 0;
}

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
    vt_library_listen(all->library, &(vt_library_listener){.view_changed = view_changed,
                                                           .selection_changed = selection_changed,
                                                           .user = all});
    vt_library_rows_arrived(all->library);
    settle(all);
    assert_int_equal(vt_library_count(all->library), PICTURES);
    *state = all;
    return 0;
}

static int tear_down(void **state)
{
    shelf *all = *state;
    vt_library_free(all->library);
    session_close(all->session);
    session_free(all->session);
    free(all);
    return 0;
}

/* Names are "0000.ppm" and so on: what is shown, as their last digits. */
static void check_shown(const shelf *all, const char *digits)
{
    assert_int_equal(vt_library_count(all->library), strlen(digits));
    for (int64_t row = 0; digits[row]; row++) {
        vt_item_brief item;
        vt_library_item(all->library, row, &item);
        assert_int_equal(item.name[3], digits[row]);
    }
}

static void the_other_direction_is_shown_at_once(void **state)
{
    shelf *all = *state;
    vt_library_choose(all->library, 1, false, false);
    settle(all);
    int64_t builds = vt_library_builds(all->library);
    uint64_t choices = vt_library_choices(all->library);
    vt_library_set_sort(all->library, VT_SORT_PATH, true);
    check_shown(all, "43210"); /* before any event came */
    assert_false(vt_library_is_building(all->library));
    assert_int_equal(vt_library_builds(all->library), builds);
    assert_int_equal(all->views, 1);
    assert_int_equal(all->selections, 1);
    assert_true(vt_selection_contains(vt_library_selection(all->library), 3));
    assert_int_equal(vt_library_selection(all->library)->current, 3);
    assert_int_equal(vt_library_choices(all->library), choices); /* the user chose nothing else */
    vt_library_set_sort(all->library, VT_SORT_PATH, false);
    check_shown(all, "01234");
    assert_int_equal(vt_library_selection(all->library)->current, 1);
    settle(all);
    assert_int_equal(vt_library_builds(all->library), builds);
}

static void a_narrowed_view_is_turned_as_well(void **state)
{
    shelf *all = *state;
    vt_library_set_filter(all->library, "-name:0002");
    settle(all);
    check_shown(all, "0134");
    int64_t builds = vt_library_builds(all->library);
    vt_library_set_sort(all->library, VT_SORT_PATH, true);
    check_shown(all, "4310");
    assert_int_equal(vt_library_builds(all->library), builds);
    vt_library_set_filter(all->library, "");
    settle(all);
    check_shown(all, "43210"); /* views to come keep the direction */
    vt_library_set_sort(all->library, VT_SORT_PATH, false);
    settle(all);
}

static void another_order_is_built(void **state)
{
    shelf *all = *state;
    const vt_sort one_turned[] = {{VT_SORT_SIZE, true}, {VT_SORT_PATH, false}};
    const vt_sort both_turned[] = {{VT_SORT_SIZE, false}, {VT_SORT_PATH, true}};
    const vt_sort other[] = {{VT_SORT_SIZE, false}, {VT_SORT_PATH, false}};
    int64_t builds = vt_library_builds(all->library);
    vt_library_set_sorts(all->library, one_turned, 2);
    assert_true(vt_library_is_building(all->library));
    settle(all);
    check_shown(all, "01234"); /* all are of one size */
    assert_int_equal(vt_library_builds(all->library), builds + 1);
    vt_library_set_sorts(all->library, both_turned, 2);
    check_shown(all, "43210");
    assert_int_equal(vt_library_builds(all->library), builds + 1);
    vt_library_set_sorts(all->library, other, 2);
    settle(all);
    check_shown(all, "01234");
    assert_int_equal(vt_library_builds(all->library), builds + 2);
}

/* The groups keep their own direction, so that what is read backwards would not be it. */
static void a_grouped_view_is_built(void **state)
{
    shelf *all = *state;
    vt_library_set_sort(all->library, VT_SORT_PATH, false);
    vt_library_set_group(all->library, VT_GROUP_KIND, false);
    settle(all);
    int64_t builds = vt_library_builds(all->library);
    vt_library_set_sort(all->library, VT_SORT_PATH, true);
    assert_true(vt_library_is_building(all->library));
    settle(all);
    check_shown(all, "43210");
    assert_int_equal(vt_library_builds(all->library), builds + 1);
    vt_library_set_group(all->library, VT_GROUP_NONE, false);
    settle(all);
}

/* The view that is on its way has the old direction, and perhaps other rows. */
static void while_another_view_is_built_it_waits_for_that(void **state)
{
    shelf *all = *state;
    vt_library_set_sort(all->library, VT_SORT_PATH, false);
    settle(all);
    vt_library_set_filter(all->library, "-name:0000");
    vt_library_set_sort(all->library, VT_SORT_PATH, true);
    settle(all);
    check_shown(all, "4321");
}

int main(int argc, char **argv)
{
    q_application_new(&argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_other_direction_is_shown_at_once),
        cmocka_unit_test(a_narrowed_view_is_turned_as_well),
        cmocka_unit_test(another_order_is_built),
        cmocka_unit_test(a_grouped_view_is_built),
        cmocka_unit_test(while_another_view_is_built_it_waits_for_that),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
