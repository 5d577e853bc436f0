/* What is done to a closed stack: to all of its items or to its cover only, as the setting says; told by the
   catalog, by the files of an export, and by undo. */
#include "tests/support/check.h"

#include "app/ui/files/chosen.h"
#include "app/ui/files/export_job.h"
#include "app/ui/library/edits.h"
#include "app/ui/library/stacks.h"
#include "tests/core/import/engine_session.h"
#include "tests/support/files.h"

#include <poll.h>
#include <qt6c/qapplication.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Pictures "0000.ppm" to "0005.ppm": 0, 1 and 2 are a stack, 4 and 5 another one. */
enum { PICTURES = 6, CARDS = 3, PATIENCE_MS = 60000, POLL_MS = 5 };

static const char all_of_both[] = "012345", covers_of_both[] = "034";

typedef struct shelf {
    engine_session *session;
    vt_library *library;
    int ended; /* edits */
    size_t changed;
    int exported;
} shelf;

static void edit_ended(void *user, const vt_edit_result *result)
{
    shelf *all = user;
    assert_null(result->error);
    all->ended++;
    all->changed = result->changed;
}

static void pump(shelf *all)
{
    vt_engine_deliver(all->session->engine, 0);
    q_coreapplication_process_events();
    poll(NULL, 0, POLL_MS);
}

static void settle(shelf *all)
{
    int turns = 0;
    do {
        pump(all);
        assert_true(turns++ < PATIENCE_MS / POLL_MS);
    } while (vt_library_edits(all->library) || vt_library_is_building(all->library));
}

/* ---- what the catalog says ---- */

/* The last digits of the names that a query finds. */
static const char *names(const shelf *all, const char *where)
{
    static char digits[PICTURES + 1];
    char query[512];
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    size_t count = 0;
    (void)snprintf(query, sizeof query,
                   "SELECT substr(CAST(name AS TEXT), 4, 1) FROM item WHERE %s ORDER BY name", where);
    assert_int_equal(sqlite3_open_v2(all->session->catalog, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, query, -1, &statement, NULL), SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW && count < PICTURES) {
        digits[count++] = (char)*sqlite3_column_text(statement, 0);
    }
    digits[count] = '\0';
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return digits;
}

static int64_t album_id(const shelf *all)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open_v2(all->session->catalog, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT max(id) FROM album", -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t id = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return id;
}

/* ---- what is done ---- */

static void choose(const shelf *all, int64_t first, int64_t last)
{
    vt_library_choose(all->library, first, false, false);
    vt_library_choose_rows(all->library, first, last, false, false);
}

static void edit(shelf *all, const vt_item_edit *edit)
{
    vt_error error = VT_ERROR_INIT;
    if (!vt_library_edit(all->library, edit, false, &error)) {
        fail_msg("%s", error.message);
    }
    settle(all);
}

static void undo(shelf *all)
{
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_library_undo(all->library, &error));
    settle(all);
}

static void stack(shelf *all, int64_t first, int64_t last, int64_t cards)
{
    choose(all, first, last);
    edit(all, &(vt_item_edit){.kind = VT_EDIT_STACK});
    assert_int_equal(vt_library_count(all->library), cards);
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
    vt_library_listen(all->library, &(vt_library_listener){.edit_ended = edit_ended, .user = all});
    vt_library_fold_stacks(all->library, true);
    vt_library_set_sort(all->library, VT_SORT_PATH, false);
    vt_library_rows_arrived(all->library);
    settle(all);
    assert_int_equal(vt_library_count(all->library), PICTURES);
    stack(all, 0, 3, 4);
    stack(all, 2, 4, CARDS);
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

/* Does it to the first stack, undoes it, and does it to all cards: `where` finds who has it. */
static void check_edit(shelf *all, const vt_item_edit *what, const char *where)
{
    for (int whole = 0; whole <= 1; whole++) {
        vt_library_act_on_whole_stacks(all->library, whole == 1);
        choose(all, 0, 1);
        edit(all, what);
        assert_string_equal(names(all, where), whole ? "012" : "0");
        size_t itself = what->kind == VT_EDIT_CREATE_ALBUM; /* a new album is a change, too */
        assert_int_equal(all->changed, (whole ? 3 : 1) + itself);
        undo(all);
        assert_string_equal(names(all, where), "");
        choose(all, 0, CARDS);
        edit(all, what);
        assert_string_equal(names(all, where), whole ? all_of_both : covers_of_both);
        undo(all);
        assert_string_equal(names(all, where), "");
    }
}

static void a_rating_is_of_all_or_of_the_cover(void **state)
{
    check_edit(*state, &(vt_item_edit){.kind = VT_EDIT_RATING, .number = 4}, "rating = 4");
}

static void a_label_is_of_all_or_of_the_cover(void **state)
{
    check_edit(*state, &(vt_item_edit){.kind = VT_EDIT_LABEL, .number = 2}, "label = 2");
}

static const char *const tags[] = {"places/rome"};
static const char has_tag[] = "id IN (SELECT item_id FROM item_tag)";

static void a_tag_is_of_all_or_of_the_cover(void **state)
{
    check_edit(*state, &(vt_item_edit){.kind = VT_EDIT_ADD_TAGS, .tags = tags, .tag_count = 1}, has_tag);
}

static void a_tag_is_taken_from_all_or_from_the_cover(void **state)
{
    shelf *all = *state;
    const vt_item_edit give = {.kind = VT_EDIT_ADD_TAGS, .tags = tags, .tag_count = 1};
    const vt_item_edit take = {.kind = VT_EDIT_REMOVE_TAGS, .tags = tags, .tag_count = 1};
    vt_library_act_on_whole_stacks(all->library, true);
    choose(all, 0, CARDS);
    edit(all, &give);
    choose(all, 0, 1);
    vt_library_act_on_whole_stacks(all->library, false);
    edit(all, &take);
    assert_string_equal(names(all, has_tag), "12345");
    undo(all);
    vt_library_act_on_whole_stacks(all->library, true);
    edit(all, &take);
    assert_string_equal(names(all, has_tag), "345");
    undo(all);
    undo(all);
    assert_string_equal(names(all, has_tag), "");
}

static const char in_album[] = "id IN (SELECT item_id FROM album_item)";

static void an_album_is_made_of_all_or_of_the_cover(void **state)
{
    check_edit(*state, &(vt_item_edit){.kind = VT_EDIT_CREATE_ALBUM, .text = "Best"}, in_album);
}

static void an_album_gets_and_loses_all_or_the_cover(void **state)
{
    shelf *all = *state;
    vt_library_act_on_whole_stacks(all->library, false);
    choose(all, 1, 2); /* the one without a stack */
    edit(all, &(vt_item_edit){.kind = VT_EDIT_CREATE_ALBUM, .text = "Best"});
    assert_string_equal(names(all, in_album), "3");
    const vt_item_edit add = {.kind = VT_EDIT_ADD_TO_ALBUM, .album = album_id(all)};
    const vt_item_edit take = {.kind = VT_EDIT_REMOVE_FROM_ALBUM, .album = album_id(all)};
    choose(all, 0, 1);
    edit(all, &add);
    assert_string_equal(names(all, in_album), "03");
    vt_library_act_on_whole_stacks(all->library, true);
    edit(all, &add);
    assert_string_equal(names(all, in_album), "0123");
    assert_int_equal(all->changed, 2); /* the cover was there already */
    vt_library_act_on_whole_stacks(all->library, false);
    edit(all, &take);
    assert_string_equal(names(all, in_album), "123");
    vt_library_act_on_whole_stacks(all->library, true);
    edit(all, &take);
    assert_string_equal(names(all, in_album), "3");
    for (int i = 0; i < 5; i++) {
        undo(all);
    }
    assert_string_equal(names(all, in_album), "");
}

/* The viewer shows one item: what is done there is done to no other. */
static void the_current_item_alone_is_never_a_stack(void **state)
{
    shelf *all = *state;
    vt_error error = VT_ERROR_INIT;
    vt_library_act_on_whole_stacks(all->library, true);
    choose(all, 0, CARDS);
    vt_library_choose(all->library, 0, false, false);
    assert_true(
        vt_library_edit(all->library, &(vt_item_edit){.kind = VT_EDIT_RATING, .number = 5}, true, &error));
    settle(all);
    assert_string_equal(names(all, "rating = 5"), "0");
    undo(all);
    vt_chosen *one = vt_chosen_take(all->library, true);
    assert_int_equal(vt_chosen_count(one), 1);
    vt_chosen_unref(one);
}

/* Open, its cover is an item like others, whatever the setting. */
static void an_open_stack_is_its_rows(void **state)
{
    shelf *all = *state;
    vt_view_stack_info info;
    assert_true(vt_library_stack(all->library, 0, &info));
    vt_library_act_on_whole_stacks(all->library, true);
    vt_library_turn_stack(all->library, info.id);
    settle(all);
    assert_int_equal(vt_library_count(all->library), CARDS + 2);
    choose(all, 0, 1);
    edit(all, &(vt_item_edit){.kind = VT_EDIT_RATING, .number = 3});
    assert_string_equal(names(all, "rating = 3"), "0");
    undo(all);
    vt_library_turn_stack(all->library, info.id);
    settle(all);
    assert_int_equal(vt_library_count(all->library), CARDS);
}

/* ---- export ---- */

static void finished(void *user, const vt_error *error)
{
    assert_null(error);
    ((shelf *)user)->exported = 1;
}

static void progress(void *user, int64_t done, int64_t total)
{
    (void)user;
    assert_true(done <= total);
}

/* The last digits of the copies that come of it. */
static void check_export(shelf *all, const char *name, vt_chosen *chosen, const char *expected)
{
    vt_error error = VT_ERROR_INIT;
    char digits[PICTURES + 1];
    size_t count = 0;
    char *folder = strdup(files_folder(all->session->root, name));
    const vt_export_wish wish = {.kind = VT_EXPORT_COPY, .folder = folder};
    assert_int_equal(vt_chosen_count(chosen), strlen(expected));
    all->exported = 0;
    vt_export_job *job = vt_export_start(all->session->engine, all->session->executor, chosen, &wish,
                                         &(vt_export_ops){progress, finished, all}, &error);
    assert_non_null(job);
    for (int i = 0; i < PATIENCE_MS / POLL_MS && !all->exported; i++) {
        pump(all);
    }
    assert_true(all->exported);
    assert_int_equal(vt_export_failed(job), 0);
    vt_export_free(job);
    for (int i = 0; i < PICTURES; i++) {
        char file[16];
        (void)snprintf(file, sizeof file, "%04d.ppm", i);
        if (access(files_path(folder, file), F_OK) == 0) {
            digits[count++] = (char)('0' + i);
        }
    }
    digits[count] = '\0';
    assert_string_equal(digits, expected);
    free(folder);
}

static void an_export_has_all_or_the_cover(void **state)
{
    shelf *all = *state;
    vt_library_act_on_whole_stacks(all->library, false);
    choose(all, 0, 1);
    check_export(all, "cover", vt_chosen_take(all->library, false), "0");
    check_export(all, "covers", vt_chosen_take_all(all->library), covers_of_both);
    vt_library_act_on_whole_stacks(all->library, true);
    check_export(all, "stack", vt_chosen_take(all->library, false), "012");
    choose(all, 1, CARDS); /* not from the first row on */
    check_export(all, "second", vt_chosen_take(all->library, false), "345");
    check_export(all, "all", vt_chosen_take_all(all->library), all_of_both);
    check_export(all, "one", vt_chosen_take(all->library, true), "3");
}

int main(int argc, char **argv)
{
    q_application_new(&argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rating_is_of_all_or_of_the_cover),
        cmocka_unit_test(a_label_is_of_all_or_of_the_cover),
        cmocka_unit_test(a_tag_is_of_all_or_of_the_cover),
        cmocka_unit_test(a_tag_is_taken_from_all_or_from_the_cover),
        cmocka_unit_test(an_album_is_made_of_all_or_of_the_cover),
        cmocka_unit_test(an_album_gets_and_loses_all_or_the_cover),
        cmocka_unit_test(the_current_item_alone_is_never_a_stack),
        cmocka_unit_test(an_open_stack_is_its_rows),
        cmocka_unit_test(an_export_has_all_or_the_cover),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
