/* What the library shows: the other direction of an order is the same view read backwards, and no new one. */
#include "tests/support/check.h"

#include "app/ui/files/chosen.h"
#include "app/ui/library/edits.h"
#include "app/ui/library/library.h"
#include "app/ui/library/subject.h"
#include "tests/app/ui/window/many_items.h"
#include "tests/core/import/engine_session.h"

#include <qt6c/qapplication.h>

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PICTURES = 5, PATIENCE_MS = 20000, POLL_MS = 5 };

typedef struct shelf {
    engine_session *session;
    vt_library *library;
    int views, selections, changes, ends; /* told */
    int sorts;                            /* views of an order that was waited for */
    int64_t waited;                       /* for the last of them */
} shelf;

static void view_changed(void *user)
{
    shelf *all = user;
    int64_t waited = all->library ? vt_library_take_sort_time(all->library) : 0;
    all->views++;
    all->sorts += waited > 0;
    all->waited = waited > 0 ? waited : all->waited;
}

static void selection_changed(void *user)
{
    ((shelf *)user)->selections++;
}

static void items_changed(void *user, const vt_item_edit *edit)
{
    (void)edit;
    ((shelf *)user)->changes++;
}

static void edit_ended(void *user, const vt_edit_result *result)
{
    assert_null(result->error);
    ((shelf *)user)->ends++;
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
                                                           .items_changed = items_changed,
                                                           .edit_ended = edit_ended,
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

/* The user selects all while another view of them is being built, which is shown a moment later. */
static void all_stay_selected_when_another_view_comes(void **state)
{
    (void)state;
    enum { MANY = 20000 };
    shelf all = {.session = session_create()};
    vt_error error = VT_ERROR_INIT;
    many_items_in(all.session->catalog, MANY);
    session_open(all.session, 2, 1, NULL);
    session_wait_for(all.session, &all.session->index_loaded);
    all.library = vt_library_create(all.session->engine, all.session->executor, &error);
    assert_non_null(all.library);
    vt_library_rows_arrived(all.library);
    settle(&all);
    assert_int_equal(vt_library_count(all.library), MANY);
    vt_library_set_filter(all.library, "width<9");
    assert_true(vt_library_is_building(all.library)); /* its result waits for the event loop */
    vt_library_select_all(all.library);
    settle(&all);
    assert_int_equal(vt_library_count(all.library), MANY);
    assert_int_equal(vt_library_selection(all.library)->rows, MANY);
    vt_library_set_filter(all.library, "0199"); /* and of those that are left, some */
    settle(&all);
    assert_int_equal(vt_library_selection(all.library)->rows, vt_library_count(all.library));
    assert_in_range(vt_library_count(all.library), 100, 1000);
    vt_library_free(all.library);
    session_close(all.session);
    session_free(all.session);
}

/* As one types: what is hidden by half a word is current again with the whole one. */
static void what_was_hidden_is_current_again(void **state)
{
    shelf *all = *state;
    vt_library_choose(all->library, 3, false, false);
    vt_library_set_filter(all->library, "nothing of that name");
    settle(all);
    assert_int_equal(vt_library_count(all->library), 0);
    assert_int_equal(vt_library_selection(all->library)->current, -1);
    vt_library_set_filter(all->library, "0002.ppm"); /* others do not take its place */
    settle(all);
    assert_int_equal(vt_library_selection(all->library)->current, -1);
    vt_library_set_filter(all->library, "0003.ppm or 0001.ppm");
    settle(all);
    check_shown(all, "13");
    assert_int_equal(vt_library_selection(all->library)->current, 1);
    assert_true(vt_selection_contains(vt_library_selection(all->library), 1));
    vt_library_set_filter(all->library, "0002.ppm");
    settle(all);
    vt_library_choose(all->library, 0, false, false); /* the user's own choice goes first */
    vt_library_set_filter(all->library, "0003.ppm");
    settle(all);
    assert_int_equal(vt_library_selection(all->library)->current, -1);
    vt_library_select_none(all->library); /* and so does having chosen nothing */
    vt_library_set_filter(all->library, "");
    settle(all);
    assert_int_equal(vt_library_selection(all->library)->current, -1);
    assert_int_equal(vt_library_selection(all->library)->rows, 0);
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

/* All items, in the order of their names; none is selected. */
static void begin_anew(shelf *all)
{
    const vt_selection none = VT_SELECTION_INIT;
    vt_library_set_filter(all->library, "");
    vt_library_set_group(all->library, VT_GROUP_NONE, false);
    vt_library_set_sort(all->library, VT_SORT_PATH, false);
    settle(all);
    vt_library_select(all->library, &none);
    all->changes = all->ends = 0;
    check_shown(all, "01234");
}

static int rating_at(const vt_library *library, int64_t row)
{
    vt_item_brief item;
    vt_library_item(library, row, &item);
    return item.rating;
}

static int64_t id_at(const vt_library *library, int64_t row)
{
    vt_item_brief item;
    vt_library_item(library, row, &item);
    return item.id;
}

/* Panes and pages each have a library of their own; the items are the same. */
static void what_is_done_by_way_of_one_is_shown_by_all(void **state)
{
    shelf *all = *state;
    vt_error error = VT_ERROR_INIT;
    begin_anew(all);
    vt_library *other = vt_library_create(all->session->engine, all->session->executor, &error);
    assert_non_null(other);
    const int64_t id = id_at(all->library, 2);
    const vt_item_edit edit = {.kind = VT_EDIT_RATING, .number = 4};
    assert_true(vt_library_edit_target(other, &edit, vt_edit_target_of_items(&id, 1), &error));
    assert_int_equal(rating_at(all->library, 2), 4); /* before it is written */
    assert_int_equal(rating_at(all->library, 1), 0);
    assert_int_equal(all->changes, 1);
    assert_int_equal(vt_library_edits(all->library), 1);
    vt_library_free(other); /* who asked may go: it is made all the same */
    for (int i = 0; i < PATIENCE_MS / POLL_MS && vt_library_edits(all->library) > 0; i++) {
        poll(NULL, 0, POLL_MS);
        vt_engine_deliver(all->session->engine, 0);
        q_coreapplication_process_events();
    }
    assert_int_equal(all->ends, 1);
    assert_int_equal(rating_at(all->library, 2), 4); /* its view is of before still */
    vt_library_rows_arrived(all->library);
    settle(all);
    assert_int_equal(rating_at(all->library, 2), 4);
    assert_false(vt_library_edit_target(all->library, &edit, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
}

static void a_subject_is_what_is_selected_or_current(void **state)
{
    shelf *all = *state;
    vt_item_brief item;
    vt_str path = VT_STR_INIT;
    begin_anew(all);
    vt_subject subject = vt_subject_of_library(all->library, false);
    assert_int_equal(subject.count, 0);
    assert_int_equal(subject.item, 0);
    vt_library_choose(all->library, 1, false, false);
    vt_library_choose(all->library, 3, false, true);
    subject = vt_subject_of_library(all->library, false);
    assert_int_equal(subject.count, 3);
    assert_true(subject.is_list);
    assert_int_equal(subject.item, id_at(all->library, 3));
    vt_subject one = vt_subject_of_library(all->library, true);
    assert_int_equal(one.count, 1);
    assert_false(vt_subject_is_same(&subject, 1, &one, 1));
    assert_true(vt_subject_is_same(&one, 1, &one, 1));
    assert_false(vt_subject_is_same(&one, 1, &one, 2)); /* the user has chosen anew */
    assert_true(vt_subject_find(all->library, one.item, &item, &path));
    assert_int_equal(item.id, one.item);
    assert_non_null(strstr(path.data, "0003.ppm"));
    assert_false(vt_subject_find(all->library, 0, &item, NULL));
    assert_false(vt_subject_find(all->library, 4711, &item, NULL));
    vt_str_free(&path);
}

static void items_are_chosen_by_their_ids(void **state)
{
    shelf *all = *state;
    vt_item_brief item;
    vt_str path = VT_STR_INIT;
    begin_anew(all);
    const int64_t ids[] = {id_at(all->library, 4), 4711, id_at(all->library, 0)};
    const vt_snapshot *snapshot = vt_library_snapshot(all->library);
    vt_chosen *chosen = vt_chosen_of_items(snapshot, ids, 3);
    assert_null(vt_chosen_of_items(snapshot, ids + 1, 1)); /* there is none */
    assert_null(vt_chosen_of_items(snapshot, ids, 0));
    vt_snapshot_release(snapshot);
    vt_chosen *copy = vt_chosen_copy(chosen);
    vt_chosen_unref(chosen);
    assert_int_equal(vt_chosen_count(copy), 2);
    vt_chosen_item(copy, 0, &item);
    assert_int_equal(item.id, ids[0]);
    vt_chosen_path(copy, 1, &path);
    assert_non_null(strstr(path.data, "0000.ppm"));
    vt_file_items files = vt_chosen_items(copy);
    assert_int_equal(files.count, 2);
    assert_int_equal(files.at(files.user, 1), ids[2]);
    files.release(files.user);
    vt_edit_target *target = vt_chosen_target(copy);
    assert_int_equal(vt_edit_target_count(target), 2);
    assert_true(vt_edit_target_contains(target, ids[2], 0));
    vt_edit_target_release(target);
    vt_chosen_unref(copy);
    vt_str_free(&path);
}

/* From asking to the view; told once, and only of views that somebody asked another order for. */
static void waiting_for_an_order_is_measured(void **state)
{
    enum { NAP_US = 30000 };
    shelf *all = *state;
    all->sorts = 0;
    vt_library_set_filter(all->library, "-name:0002");
    settle(all);
    vt_library_set_filter(all->library, "");
    settle(all);
    assert_int_equal(all->sorts, 0);
    vt_library_set_sort(all->library, VT_SORT_KIND, false);
    usleep(NAP_US); /* the window's thread is busy: the user waits for that, too */
    settle(all);
    assert_int_equal(all->sorts, 1);
    assert_true(all->waited >= NAP_US * INT64_C(1000));
    assert_int_equal(vt_library_take_sort_time(all->library), 0); /* told once */
    vt_library_set_sort(all->library, VT_SORT_KIND, true);        /* read backwards, at once */
    assert_int_equal(all->sorts, 2);
    vt_library_set_sort(all->library, VT_SORT_KIND, true); /* as it is */
    settle(all);
    assert_int_equal(all->sorts, 2);

    /* An order for which a filter follows at once is still answered, and counted once. */
    vt_library_set_sort(all->library, VT_SORT_NAME, false);
    vt_library_set_filter(all->library, "-name:0001");
    settle(all);
    assert_int_equal(all->sorts, 3);
    vt_library_set_filter(all->library, "");
    vt_library_set_sort(all->library, VT_SORT_PATH, false);
    settle(all);
    assert_int_equal(all->sorts, 4);
}

/* At once, and then each for itself. */
static void one_shows_what_another_shows(void **state)
{
    shelf *all = *state;
    vt_error error = VT_ERROR_INIT;
    vt_sort sorts[VT_SORT_KEYS_MAX];
    vt_library *other = vt_library_create(all->session->engine, all->session->executor, &error);
    vt_library *empty = vt_library_create(all->session->engine, all->session->executor, &error);
    assert_false(vt_library_show_same(other, empty)); /* which shows nothing yet */
    vt_library_free(empty);
    vt_library_set_sort(all->library, VT_SORT_NAME, true);
    vt_library_set_filter(all->library, "-name:0002");
    settle(all);
    vt_library_choose(all->library, 1, false, false);
    assert_true(vt_library_show_same(other, all->library));
    shelf same = {.library = other};
    check_shown(&same, "4310");
    assert_int_equal(vt_library_selection(other)->current, 1);
    assert_int_equal(vt_library_sorts(other, sorts), 1);
    assert_true(sorts[0].key == VT_SORT_NAME && sorts[0].descending);
    vt_library_choose(other, 3, false, false); /* the other one's stays */
    assert_int_equal(vt_library_selection(all->library)->current, 1);
    vt_library_set_filter(all->library, "");
    vt_library_set_sort(all->library, VT_SORT_PATH, false);
    settle(all);
    check_shown(&same, "4310");
    vt_library_rows_arrived(other); /* its filter and order are its own, too */
    settle(&same);
    check_shown(&same, "4310");
    assert_int_equal(vt_library_selection(other)->current, 3);
    assert_true(vt_library_show_same(other, all->library)); /* over what it shows */
    check_shown(&same, "01234");
    vt_library_free(other);
}

int main(int argc, char **argv)
{
    q_application_new(&argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_hidden_is_current_again),
        cmocka_unit_test(the_other_direction_is_shown_at_once),
        cmocka_unit_test(a_narrowed_view_is_turned_as_well),
        cmocka_unit_test(another_order_is_built),
        cmocka_unit_test(a_grouped_view_is_built),
        cmocka_unit_test(while_another_view_is_built_it_waits_for_that),
        cmocka_unit_test(what_is_done_by_way_of_one_is_shown_by_all),
        cmocka_unit_test(a_subject_is_what_is_selected_or_current),
        cmocka_unit_test(items_are_chosen_by_their_ids),
        cmocka_unit_test(waiting_for_an_order_is_measured),
        cmocka_unit_test(one_shows_what_another_shows),
        cmocka_unit_test(all_stay_selected_when_another_view_comes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
