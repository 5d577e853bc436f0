/* Watching real folders: what happens there is in the catalog soon afterwards, and nothing is lost. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/base/cond.h"
#include "core/catalog/edit.h"
#include "core/catalog/roots.h"
#include "core/import/engine_private.h"
#include "core/import/watch.h"
#include "core/scan/notify.h"
#include "tests/core/import/watch_session.h"
#include "tests/support/files.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Pictures that are imported, and a watch that has begun. */
static void begin(world *w, int count, const vt_watch_options *more)
{
    import_record record;
    session_pictures(w->session->pictures, count, 20, 10);
    session_open(w->session, 4, 2, NULL);
    session_import(w->session, w->session->pictures, NULL, &record);
    watch_begin(w, more);
    assert_int_equal(figures_of(w).roots, 1);
}

static int64_t id_at(world *w, const char *name, uint8_t *now)
{
    vt_item item = {0};
    vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(w->session->engine), NULL);
    assert_non_null(reader);
    char *path = strdup(files_path(w->session->pictures, name));
    bool found = vt_catalog_reader_item_at(reader, path, strlen(path), &item, NULL);
    free(path);
    vt_catalog_reader_free(reader);
    if (now) {
        *now = found ? item.state : UINT8_MAX;
    }
    return found ? item.id : 0;
}

static uint8_t state_at(world *w, const char *name)
{
    uint8_t now;
    id_at(w, name, &now);
    return now;
}

static void move(world *w, const char *from, const char *to)
{
    char *old_path = strdup(files_path(w->session->pictures, from));
    assert_int_equal(rename(old_path, files_path(w->session->pictures, to)), 0);
    free(old_path);
}

static void everyday_changes_are_taken_up(void **state)
{
    world *w = *state;
    begin(w, 4, NULL);
    assert_int_equal(figures_of(w).imports, 0); /* starting looks through nothing */

    files_write_picture(files_path(w->session->pictures, "new.ppm"), 30, 20, 77);
    WAIT_UNTIL(w, state_at(w, "new.ppm") == VT_ITEM_OK);
    WAIT_UNTIL(w, w->sum.imported == 1);

    int64_t id = id_at(w, "0001.ppm", NULL);
    files_write_picture(files_path(w->session->pictures, "0001.ppm"), 50, 40, 78);
    WAIT_UNTIL(w, w->sum.updated == 1);
    assert_int_equal(id_at(w, "0001.ppm", NULL), id);

    move(w, "0001.ppm", "renamed.ppm");
    WAIT_UNTIL(w, id_at(w, "renamed.ppm", NULL) != 0);
    assert_int_equal(id_at(w, "renamed.ppm", NULL), id);
    assert_int_equal(id_at(w, "0001.ppm", NULL), 0);
    WAIT_UNTIL(w, w->sum.moved == 1);

    unlink(files_path(w->session->pictures, "0002.ppm"));
    WAIT_UNTIL(w, state_at(w, "0002.ppm") == VT_ITEM_MISSING); /* and not dropped */
    WAIT_UNTIL(w, w->sum.missing == 1);
    assert_int_equal(session_items(w->session), 5);
    assert_int_equal(w->sum.moved, 1);
    assert_int_equal(w->lines, 0);
}

/* Photographs' names: careful grouping leaves them single. */
static void the_setting_says_which_numbered_images_become_one(void **state)
{
    world *w = *state;
    vt_error error = VT_ERROR_INIT;
    begin(w, 1, NULL);
    vt_settings settings = vt_settings_default();
    assert_int_equal(vt_engine_sequences(w->session->engine), VT_SEQUENCE_CAREFUL);
    settings.values[VT_SETTING_SEQUENCES] = VT_SEQUENCE_EAGER;
    assert_true(vt_engine_apply_settings(w->session->engine, &settings, &error));
    char *outside = strdup(files_folder(w->session->root, "outside"));
    for (int i = 1; i <= 6; i++) {
        char name[32];
        snprintf(name, sizeof name, "IMG_%04d.ppm", i);
        files_write_picture(files_path(outside, name), 30, 20, (unsigned)i);
    }
    assert_int_equal(rename(outside, files_path(w->session->pictures, "shots")), 0);
    WAIT_UNTIL(w, id_at(w, "shots/IMG_####.ppm", NULL) != 0);
    free(outside);
    come_to_rest(w);
    assert_int_equal(session_items(w->session), 2);
}

static void folders_come_move_and_go(void **state)
{
    world *w = *state;
    begin(w, 2, NULL);
    char *sub = strdup(files_folder(w->session->pictures, "sub"));
    char *deep = strdup(files_folder(sub, "deep"));
    session_pictures(deep, 3, 12, 8); /* perhaps before the folder is watched */
    WAIT_UNTIL(w, state_at(w, "sub/deep/0002.ppm") == VT_ITEM_OK);
    WAIT_UNTIL(w, w->sum.imported == 3);
    int64_t id = id_at(w, "sub/deep/0002.ppm", NULL);
    come_to_rest(w);

    move(w, "sub", "other");
    WAIT_UNTIL(w, w->sum.moved == 3);
    assert_int_equal(id_at(w, "other/deep/0002.ppm", NULL), id);
    assert_int_equal(w->sum.missing, 0);
    assert_int_equal(session_items(w->session), 5);

    /* The watches went along. */
    files_write_picture(files_path(w->session->pictures, "other/deep/late.ppm"), 9, 9, 5);
    WAIT_UNTIL(w, state_at(w, "other/deep/late.ppm") == VT_ITEM_OK);

    char *outside = strdup(files_path(w->session->root, "outside"));
    assert_int_equal(rename(files_path(w->session->pictures, "other"), outside), 0);
    WAIT_UNTIL(w, w->sum.missing == 4);
    assert_int_equal(state_at(w, "other/deep/0002.ppm"), VT_ITEM_MISSING);
    assert_int_equal(rename(outside, files_path(w->session->pictures, "back")), 0);
    WAIT_UNTIL(w, id_at(w, "back/deep/0002.ppm", NULL) == id);
    assert_int_equal(session_items(w->session), 6);
    free(outside);
    free(deep);
    free(sub);
}

/* A file that grows is read when it was closed, once. */
static void waits_until_a_file_is_written(void **state)
{
    world *w = *state;
    begin(w, 1, NULL);
    const char *whole = files_path(w->session->root, "whole.ppm");
    size_t length = 0;
    files_write_picture(whole, 200, 200, 9);
    char *bytes = files_read(whole, &length);
    int file = open(files_path(w->session->pictures, "slow.ppm"), O_WRONLY | O_CREAT, 0644);
    assert_true(file >= 0);
    enum { PARTS = 12 };
    for (size_t i = 0; i < PARTS; i++) {
        size_t from = length * i / PARTS;
        size_t to = length * (i + 1) / PARTS;
        assert_int_equal(write(file, bytes + from, to - from), to - from);
        for (int turns = 0; turns < 5; turns++) {
            turn(w);
        }
        assert_int_equal(id_at(w, "slow.ppm", NULL), 0);
    }
    close(file);
    WAIT_UNTIL(w, state_at(w, "slow.ppm") == VT_ITEM_OK);
    assert_int_equal(session_failures(w->session), 0);
    assert_int_equal(figures_of(w).imports, 1);
    free(bytes);
}

static void without_watches_folders_are_polled(void **state)
{
    world *w = *state;
    char *sub = strdup(files_folder(w->session->pictures, "sub"));
    files_folder(sub, "deep");
    begin(w, 2, &(vt_watch_options){.poll_ns = 300 * VT_NS_PER_MS, .watches_limit = 2});
    WAIT_UNTIL(w, w->lines == 1);
    assert_non_null(strstr(w->line, "max_user_watches"));
    assert_non_null(strstr(w->line, w->session->pictures));
    assert_int_equal(figures_of(w).polled, 1);
    assert_int_equal(figures_of(w).folders, 0);
    files_write_picture(files_path(sub, "new.ppm"), 30, 20, 77);
    WAIT_UNTIL(w, state_at(w, "sub/new.ppm") == VT_ITEM_OK);
    free(sub);
}

static void settings_of_a_root_count(void **state)
{
    world *w = *state;
    begin(w, 2, NULL);
    vt_watch_free(w->watch);
    vt_catalog_writer *writer = session_writer(w->session);
    assert_true(vt_roots_set(writer, w->session->pictures, 0, -1, NULL)); /* not watched */
    vt_error error = VT_ERROR_INIT;
    const vt_watch_options options = {.listener = {on_changed, on_line, w}};
    w->watch = vt_watch_create(w->session->engine, &options, &error);
    WAIT_UNTIL(w, figures_of(w).ready);
    assert_int_equal(figures_of(w).folders, 0);
    vt_watch_free(w->watch);

    files_write_picture(files_path(w->session->pictures, "meanwhile.ppm"), 30, 20, 77);
    assert_true(vt_roots_set(writer, w->session->pictures, 1, 1, NULL)); /* looked through at the start */
    w->watch = vt_watch_create(w->session->engine, &options, &error);
    WAIT_UNTIL(w, state_at(w, "meanwhile.ppm") == VT_ITEM_OK);
    assert_int_equal(figures_of(w).folders, 1);
}

/* A disk that is dead, and later answers again: only whoever asks waits for it. */
static atomic_bool dead;

static void ask_a_dead_disk(const char *path)
{
    (void)path;
    while (atomic_load(&dead)) {
        usleep(5000);
    }
}

static void a_disk_that_does_not_answer_is_offline(void **state)
{
    world *w = *state;
    atomic_store(&dead, true);
    import_record record;
    session_pictures(w->session->pictures, 3, 20, 10);
    session_open(w->session, 4, 2, NULL);
    session_import(w->session, w->session->pictures, NULL, &record);
    vt_error error = VT_ERROR_INIT;
    const vt_watch_options options = {
        .answer_ns = 100 * VT_NS_PER_MS, .probe = ask_a_dead_disk, .listener = {on_changed, on_line, w}};
    w->watch = vt_watch_create(w->session->engine, &options, &error);
    WAIT_UNTIL(w, state_at(w, "0001.ppm") == VT_ITEM_OFFLINE);
    WAIT_UNTIL(w, w->lines == 1);
    assert_non_null(strstr(w->line, "does not answer"));
    assert_int_equal(figures_of(w).folders, 0);
    atomic_store(&dead, false);
    WAIT_UNTIL(w, (vt_watch_refresh(w->watch), state_at(w, "0001.ppm") == VT_ITEM_OK));
    WAIT_UNTIL(w, figures_of(w).folders == 1);

    /* A watch that ends does not wait for it either. */
    atomic_store(&dead, true);
    vt_watch_refresh(w->watch);
    usleep(50000);
    vt_watch_free(w->watch);
    w->watch = NULL;
    atomic_store(&dead, false);
    usleep(50000); /* its thread ends */
}

static void a_read_only_engine_is_not_watched(void **state)
{
    world *w = *state;
    begin(w, 1, NULL);
    vt_watch_free(w->watch);
    w->watch = NULL;
    session_close(w->session);
    session_open(w->session, 4, 2, &(vt_engine_options){.read_only = true});
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_watch_create(w->session->engine, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_READ_ONLY);
}

/* ---- the layer below ---- */

typedef struct seen {
    int kinds[VT_NOTICE_OVERFLOW + 1];
} seen;

static void count_notice(void *user, const vt_notice *notice)
{
    ((seen *)user)->kinds[notice->kind]++;
}

/* Events that the system keeps for one reader. */
static int64_t queue_limit(void)
{
    int64_t limit = INT64_MAX;
    char text[32] = "";
    FILE *setting = fopen("/proc/sys/fs/inotify/max_queued_events", "r");
    if (setting && fgets(text, sizeof text, setting)) {
        limit = strtoll(text, NULL, 10);
    }
    if (setting) {
        fclose(setting);
    }
    return limit;
}

static void an_overflow_is_told(void **state)
{
    world *w = *state;
    enum { MANY = 200000 };
    vt_error error = VT_ERROR_INIT;
    int64_t limit = queue_limit(), wait_ns;
    if (limit > MANY) {
        print_message("SKIPPED: the queue of this system holds %lld events\n", (long long)limit);
        skip();
    }
    vt_notify *notify = vt_notify_create(0, &error);
    assert_non_null(notify);
    assert_true(vt_notify_add(notify, w->session->pictures, &error));
    char *a = strdup(files_path(w->session->pictures, "a"));
    char *b = strdup(files_path(w->session->pictures, "b"));
    files_write(a, "x", 1);
    for (int64_t i = 0; i <= limit; i++) { /* two events each */
        assert_int_equal(rename(i % 2 ? b : a, i % 2 ? a : b), 0);
    }
    seen of = {0};
    assert_true(vt_notify_read(notify, count_notice, &of, &wait_ns, &error));
    assert_int_equal(of.kinds[VT_NOTICE_OVERFLOW], 1);
    assert_true(of.kinds[VT_NOTICE_RENAMED] > 0);
    free(a);
    free(b);
    vt_notify_free(notify);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(everyday_changes_are_taken_up, watch_set_up, watch_tear_down),
        cmocka_unit_test_setup_teardown(the_setting_says_which_numbered_images_become_one, watch_set_up,
                                        watch_tear_down),
        cmocka_unit_test_setup_teardown(folders_come_move_and_go, watch_set_up, watch_tear_down),
        cmocka_unit_test_setup_teardown(waits_until_a_file_is_written, watch_set_up, watch_tear_down),
        cmocka_unit_test_setup_teardown(without_watches_folders_are_polled, watch_set_up, watch_tear_down),
        cmocka_unit_test_setup_teardown(settings_of_a_root_count, watch_set_up, watch_tear_down),
        cmocka_unit_test_setup_teardown(a_disk_that_does_not_answer_is_offline, watch_set_up,
                                        watch_tear_down),
        cmocka_unit_test_setup_teardown(a_read_only_engine_is_not_watched, watch_set_up, watch_tear_down),
        cmocka_unit_test_setup_teardown(an_overflow_is_told, watch_set_up, watch_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
