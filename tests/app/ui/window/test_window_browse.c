/* The window on a display: the empty page, cards, keys, the filter, the folders, the table, the size of the
 * cards. */
#include "app/ui/table/table_columns.h"
#include "tests/app/ui/window/samples.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { MODELS = 6, FORMATS = 6 }; /* items of those folders of the sample library */

/* Shows cards, everything, by folder. */
static window_session *begin(void **state)
{
    fixture *all = *state;
    window_session_key(all->session, "alt+1");
    window_session_skip(all->session);
    return all->session;
}

static int items(window_session *session)
{
    return (int)window_session_value(session, "view: items");
}

static void the_empty_page_says_what_to_do(void **state)
{
    (void)state;
    char *folder = files_temporary_folder();
    window_session *session = window_session_start(folder, (const char *const[]){NULL});
    window_session_place(session, "Add a folder…");
    assert_true(window_session_count(session, "status: 0 items") > 0);
    window_session_screenshot(session, "empty");
    assert_int_equal(window_session_end(session, SIGTERM), 0);
    files_remove(folder);
}

static void cards_appear_with_their_pictures(void **state)
{
    window_session *session = begin(state);
    const fixture *all = *state;
    assert_true(all->samples >= 20);
    assert_int_equal(window_session_value(session, "total"), all->samples);
    assert_true(window_session_value(session, "ui_dispatch_us_max") > 0);
    assert_true(window_session_value(session, "pictures_shown") > 0);
    window_session_screenshot(session, "browse");
}

static void keys_move_open_and_return(void **state)
{
    window_session *session = begin(state);
    window_session_click(session, "Items");
    window_session_key(session, "Home Right Right Return");
    window_session_wait(session, "viewer: opened row=2 ");
    window_session_wait(session, "viewer: picture ");
    window_session_key(session, "Right");
    window_session_wait(session, "viewer: opened row=3 ");
    window_session_key(session, "Escape");
    window_session_wait(session, "viewer: closed");
    window_session_key(session, "End Return");
    const fixture *all = *state;
    char last[64];
    snprintf(last, sizeof last, "viewer: opened row=%d ", all->samples - 1);
    window_session_wait(session, last);
    window_session_key(session, "Escape");
    window_session_wait(session, "viewer: closed");
    window_session_key(session, "Home");
}

static void a_double_click_opens(void **state)
{
    window_session *session = begin(state);
    window_place grid = window_session_place(session, "Items");
    window_session_do(session, "mousemove %d %d click --repeat 2 --delay 60 1", grid.x + 80, grid.y + 80);
    window_session_wait(session, "viewer: opened row=0 ");
    window_session_key(session, "Escape");
    window_session_wait(session, "viewer: closed");
}

static void wait_for_items(window_session *session, int count)
{
    char view[64];
    snprintf(view, sizeof view, "view: items=%d ", count);
    window_session_wait(session, view);
}

static void the_filter_narrows_as_it_is_typed(void **state)
{
    window_session *session = begin(state);
    const fixture *all = *state;
    window_session_key(session, "ctrl+f");
    window_session_type(session, "kind:model");
    wait_for_items(session, MODELS);
    char status[64];
    snprintf(status, sizeof status, "status: %d of %d items", MODELS, all->samples);
    window_session_wait(session, status);
    window_session_screenshot(session, "filtered");
    window_session_key(session, "ctrl+f BackSpace");
    wait_for_items(session, all->samples);
}

static void a_wrong_filter_is_explained_and_hides_nothing(void **state)
{
    window_session *session = begin(state);
    window_session_key(session, "ctrl+f");
    window_session_type(session, "(kind:model");
    window_session_wait(session, "filter error: ");
    const fixture *all = *state;
    assert_int_equal(items(session), all->samples);
    window_session_screenshot(session, "wrong-filter");
    window_session_key(session, "ctrl+f BackSpace");
    window_session_place(session, "Filter");
    assert_int_equal(items(session), all->samples);
}

static void a_filter_without_matches_offers_all_items(void **state)
{
    window_session *session = begin(state);
    const fixture *all = *state;
    window_session_key(session, "ctrl+f");
    window_session_type(session, "nosuchpicture");
    window_session_wait(session, "view: items=0 ");
    window_session_screenshot(session, "no-match");
    window_session_click(session, "Show all items");
    wait_for_items(session, all->samples);
}

static void a_folder_narrows(void **state)
{
    window_session *session = begin(state);
    const fixture *all = *state;
    window_place tree = window_session_place(session, "Folders");
    window_session_do(session, "mousemove %d %d click 1", tree.x + 80, tree.y + 10);
    window_session_key(session, "Down Down"); /* the library's folder, then the first one below */
    wait_for_items(session, FORMATS);
    window_session_screenshot(session, "folder");
    window_session_key(session, "Home");
    wait_for_items(session, all->samples);
}

static void ctrl_and_wheel_change_the_cards(void **state)
{
    window_session *session = begin(state);
    window_place grid = window_session_place(session, "Items");
    double before = window_session_value(session, "side");
    window_session_do(session, "mousemove %d %d keydown ctrl click 4 click 4 keyup ctrl", grid.x + 300,
                      grid.y + 200);
    window_session_wait(session, " side=");
    window_session_place(session, "Items");
    double larger = window_session_value(session, "side");
    assert_true(larger > before);
    window_session_screenshot(session, "large-cards");
    window_session_do(session, "keydown ctrl click 5 click 5 click 5 click 5 keyup ctrl");
    window_session_wait(session, " side=");
    window_session_place(session, "Items");
    assert_true(window_session_value(session, "side") < before);
    window_session_screenshot(session, "small-cards");
    window_session_do(session, "keydown ctrl click 4 click 4 keyup ctrl");
    window_session_place(session, "Items");
    assert_true(window_session_value(session, "side") == before);
}

static void every_header_sorts(void **state)
{
    window_session *session = begin(state);
    window_session_do(session, "search --name '^Vitrine$' windowsize --sync 1900 850");
    window_session_key(session, "alt+2");
    window_session_wait(session, "place: Items as a table:");
    window_session_screenshot(session, "table");
    for (int i = 0; i < vt_table_column_count(); i++) {
        const vt_table_column *column = vt_table_column_at(i);
        if (!column->is_shown || column->key == VT_SORT_PATH) { /* the last one is out of sight */
            continue;
        }
        char name[64];
        char sorted[64];
        snprintf(name, sizeof name, "column %s", column->title);
        snprintf(sorted, sizeof sorted, "sort=%s build", vt_sort_key_name(column->key));
        window_session_click(session, name);
        window_session_wait(session, sorted);
        snprintf(sorted, sizeof sorted, "sort=%s descending", vt_sort_key_name(column->key));
        window_session_click(session, "Items as a table"); /* else it would be a double click */
        window_session_click(session, name);
        window_session_wait(session, sorted);
    }
    window_session_screenshot(session, "table-sorted");
    window_session_click(session, "Items as a table");
    window_session_key(session, "Home"); /* to the right, column by column, until it is in sight */
    window_session_do(session, "key --repeat 12 --delay 10 Right");
    window_session_wait(session, "place: column Folder:");
    window_session_click(session, "column Folder");
    window_session_wait(session, "sort=path build");
    window_session_do(session, "key --repeat 12 --delay 10 Left");
    window_session_do(session, "search --name '^Vitrine$' windowsize --sync 1280 820");
}

static void enter_opens_from_the_table(void **state)
{
    window_session *session = begin(state);
    window_session_key(session, "alt+2");
    window_session_click(session, "Items as a table");
    window_session_key(session, "ctrl+Home Down Return");
    window_session_wait(session, "viewer: opened row=1 ");
    window_session_key(session, "Escape");
    window_session_wait(session, "viewer: closed");
    window_place table = window_session_place(session, "Items as a table");
    window_session_do(session, "mousemove %d %d click --repeat 2 --delay 60 1", table.x + 100, table.y + 100);
    window_session_wait(session, "viewer: opened row=");
    window_session_key(session, "Escape");
    window_session_wait(session, "viewer: closed");
}

static void help_opens_and_closes(void **state)
{
    window_session *session = begin(state);
    window_session_click(session, "Items");
    window_session_key(session, "F1");
    window_session_wait(session, "place: Keyboard:");
    window_session_screenshot(session, "keyboard");
    window_session_click(session, "Close");
    window_session_do(session, "search --onlyvisible --name '^Vitrine$' windowfocus");
    window_session_key(session, "Home Return");
    window_session_wait(session, "viewer: opened row=0 ");
}

int main(void)
{
    if (!window_session_possible()) {
        fprintf(stderr, "skipped: no window can be opened here\n");
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_empty_page_says_what_to_do),
        cmocka_unit_test(cards_appear_with_their_pictures),
        cmocka_unit_test(keys_move_open_and_return),
        cmocka_unit_test(a_double_click_opens),
        cmocka_unit_test(the_filter_narrows_as_it_is_typed),
        cmocka_unit_test(a_wrong_filter_is_explained_and_hides_nothing),
        cmocka_unit_test(a_filter_without_matches_offers_all_items),
        cmocka_unit_test(a_folder_narrows),
        cmocka_unit_test(ctrl_and_wheel_change_the_cards),
        cmocka_unit_test(every_header_sorts),
        cmocka_unit_test(enter_opens_from_the_table),
        cmocka_unit_test(help_opens_and_closes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
