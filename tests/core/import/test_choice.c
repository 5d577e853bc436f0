/* What an import takes in, as the user chose it: names, kinds, sizes, dates, folders, a largest number. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/catalog/roots.h"
#include "core/import/dry_run.h"
#include "core/import/engine_private.h"
#include "core/import/unfinished.h"
#include "tests/core/import/engine_session.h"
#include "tests/support/files.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SMALL = 12, LARGE = 5, MODELS = 3, ALL = SMALL + LARGE + MODELS };

static const char model[] =
    "solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 1 %d\n"
    "endloop\nendfacet\nendsolid a\n";

/* 12 small pictures, 5 large ones in "large", 3 models in "cache/deep". */
static int set_up(void **state)
{
    engine_session *session = session_create();
    session_pictures(session->pictures, SMALL, 8, 8);
    session_pictures(files_folder(session->pictures, "large"), LARGE, 200, 200);
    const char *deep = files_folder(files_folder(session->pictures, "cache"), "deep");
    char *kept = strdup(deep);
    for (int i = 0; i < MODELS; i++) {
        char name[32], text[512];
        snprintf(name, sizeof name, "part %d.stl", i);
        snprintf(text, sizeof text, model, i);
        files_write(files_path(kept, name), text, strlen(text));
    }
    free(kept);
    session_open(session, 3, 1, NULL);
    *state = session;
    return 0;
}

static int tear_down(void **state)
{
    session_free(*state);
    return 0;
}

static vt_import_figures import(engine_session *session, const vt_import_options *options)
{
    import_record record = {0};
    session_import(session, session->pictures, options, &record);
    assert_int_equal(record.error.code, VT_ERROR_NONE);
    return record.figures;
}

static vt_dry_run_figures dry(engine_session *session, const vt_import_options *options)
{
    vt_error error = VT_ERROR_INIT;
    const char *path = session->pictures;
    vt_dry_run_figures figures;
    vt_dry_run *run = vt_dry_run_start(session->engine, &path, 1, options, &error);
    if (!run) {
        fail_msg("%s", error.message);
    }
    assert_true(vt_dry_run_wait(run, -1));
    vt_dry_run_get_figures(run, &figures);
    vt_dry_run_free(run);
    assert_true(figures.over);
    return figures;
}

/* What is said beforehand is what happens. */
static void each_rule_leaves_out_what_it_says(void **state)
{
    engine_session *session = *state;
    static const struct {
        vt_import_options options;
        int64_t taken, left_out, folders;
        vt_choice_verdict rule;
    } rows[] = {
        {{.choice = {.names = "*.stl"}}, MODELS, SMALL + LARGE, 0, VT_CHOICE_NAME},
        {{.choice = {.names = "0000; part 1"}}, 3, ALL - 3, 0, VT_CHOICE_NAME},
        {{.choice = {.kinds = 1U << VT_KIND_MODEL}}, MODELS, SMALL + LARGE, 0, VT_CHOICE_KIND},
        {{.choice = {.formats = 1U << VT_FORMAT_PNM}}, SMALL + LARGE, MODELS, 0, VT_CHOICE_KIND},
        {{.choice = {.size_min = 100000}}, LARGE, SMALL + MODELS, 0, VT_CHOICE_SMALL},
        {{.choice = {.size_max = 100000}}, SMALL + MODELS, LARGE, 0, VT_CHOICE_LARGE},
        {{.choice = {.leave_out = "cache"}}, SMALL + LARGE, 0, 1, VT_CHOICE_TAKE},
        {{.choice = {.leave_out = "cache/deep; larg?"}}, SMALL, 0, 2, VT_CHOICE_TAKE},
        {{.choice = {.newer_ns = INT64_MAX}}, 0, ALL, 0, VT_CHOICE_OLD},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        vt_dry_run_figures before = dry(session, &rows[i].options);
        assert_int_equal(before.new_files, rows[i].taken);
        assert_int_equal(before.found, rows[i].taken);
        assert_int_equal(before.left_out[rows[i].rule], rows[i].left_out);
        assert_int_equal(vt_dry_run_left_out(&before), rows[i].left_out);
        assert_int_equal(before.left_out_folders, rows[i].folders);
    }
    assert_int_equal(session_items(session), 0); /* nothing was written */
    vt_import_figures done = import(session, &rows[0].options);
    assert_int_equal(done.imported, MODELS);
    assert_int_equal(done.left_out, SMALL + LARGE);
    assert_int_equal(done.found, MODELS);
    assert_int_equal(session_items(session), MODELS);
    done = import(session, &rows[7].options);
    assert_int_equal(done.imported, SMALL);
    assert_int_equal(done.left_out, 2);
    assert_int_equal(session_items(session), MODELS + SMALL);
}

/* A choice is about what is taken in; what is in the library stays there. */
static void what_is_known_and_left_out_is_not_missing(void **state)
{
    engine_session *session = *state;
    assert_int_equal(import(session, NULL).imported, ALL);
    vt_import_figures done = import(session, &(vt_import_options){.choice = {.names = "*.stl"}});
    assert_int_equal(done.missing, 0);
    assert_int_equal(done.unchanged, MODELS);
    assert_int_equal(done.left_out, SMALL + LARGE);
    done = import(session, &(vt_import_options){.choice = {.leave_out = "cache; large"}});
    assert_int_equal(done.missing, 0);
    assert_int_equal(done.unchanged, SMALL);
    /* What is gone is found out all the same. */
    unlink(files_path(session->pictures, "0000.ppm"));
    done = import(session, &(vt_import_options){.choice = {.names = "*.stl"}});
    assert_int_equal(done.missing, 1);
}

static void a_dry_run_tells_new_from_known(void **state)
{
    engine_session *session = *state;
    import(session, &(vt_import_options){.choice = {.leave_out = "large" }});
    files_write(files_path(session->pictures, "0001.ppm"), "P6 1 1 255\nabc", 14);
    vt_dry_run_figures figures = dry(session, NULL);
    assert_int_equal(figures.new_files, LARGE);
    assert_int_equal(figures.changed, 1);
    assert_int_equal(figures.unchanged, SMALL - 1 + MODELS);
    assert_int_equal(figures.found, ALL);
    assert_int_equal(figures.kinds[VT_KIND_IMAGE], SMALL + LARGE);
    assert_int_equal(figures.kinds[VT_KIND_MODEL], MODELS);
    assert_int_equal(figures.formats[VT_FORMAT_STL], MODELS);
    assert_true(figures.bytes_to_read > LARGE * 200 * 200 * 3);
    assert_true(figures.bytes > figures.bytes_to_read);
    assert_int_equal(figures.folders, 4);
    assert_int_equal(figures.error.code, VT_ERROR_NONE);
}

static void a_dry_run_says_what_is_wrong(void **state)
{
    engine_session *session = *state;
    vt_error error = VT_ERROR_INIT;
    const char *paths[] = {session->pictures, "/nowhere/at/all"};
    vt_dry_run_figures figures;
    assert_null(vt_dry_run_start(session->engine, paths, 0, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    const vt_import_options bad = {.choice = {.names = "a[b"}};
    assert_null(vt_dry_run_start(session->engine, paths, 1, &bad, &error));
    assert_null(vt_engine_import(session->engine, paths, 1, &bad, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    vt_dry_run *run = vt_dry_run_start(session->engine, paths, 2, NULL, &error);
    assert_true(vt_dry_run_wait(run, -1));
    vt_dry_run_get_figures(run, &figures);
    vt_dry_run_free(run);
    assert_int_equal(figures.error.code, VT_ERROR_NOT_FOUND);
    assert_int_equal(figures.wrong_path, 1);
    assert_int_equal(figures.new_files, ALL);
    /* Freed at once, it ends by itself; the engine waits for it. */
    vt_dry_run_free(vt_dry_run_start(session->engine, paths, 1, NULL, &error));
}

static void options_that_make_no_sense_are_refused(void **state)
{
    (void)state;
    static const vt_import_options rows[] = {
        {.items_max = -1},
        {.wishes = {.batch = VT_IMPORT_BATCH_MAX + 1}},
        {.wishes = {.chunk = -1}},
        {.wishes = {.workers = -1}},
        {.wishes = {.memory = 1000}},
        {.choice = {.size_min = 10, .size_max = 9}},
        {.choice = {.leave_out = "[x"}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        vt_error error = VT_ERROR_INIT;
        assert_false(vt_import_options_check(&rows[i], &error));
        assert_int_equal(error.code, VT_ERROR_USAGE);
    }
}

static void no_more_than_the_largest_number_is_taken_in(void **state)
{
    engine_session *session = *state;
    const vt_import_options seven = {.items_max = 7};
    vt_dry_run_figures before = dry(session, &seven);
    assert_int_equal(before.new_files, 7);
    assert_int_equal(before.left_out_limit, ALL - 7);
    vt_import_figures done = import(session, &seven);
    assert_int_equal(done.imported, 7);
    assert_int_equal(done.found, 7);
    assert_int_equal(done.left_out, ALL - 7);
    assert_int_equal(session_items(session), 7);
    done = import(session, &seven); /* what is known does not count */
    assert_int_equal(done.imported, 7);
    assert_int_equal(done.unchanged, 7);
    assert_int_equal(session_items(session), 14);
}

static void one_that_is_gone_on_with_obeys_its_rules_and_its_rest(void **state)
{
    engine_session *session = *state;
    vt_error error = VT_ERROR_INIT;
    import_record record = {0};
    const vt_import_options five = {.items_max = 5, .choice = {.names = "*.ppm; !0003*"}};
    const char *path = session->pictures;
    vt_import *begun = vt_engine_import(session->engine, &path, 1, &five, NULL, &error);
    assert_non_null(begun);
    vt_import_wait(begun, -1);
    vt_import_free(begun);
    assert_int_equal(session_items(session), 5);
    /* As a kill would have left it after two of them. */
    import(session, &(vt_import_options){.choice = {.names = "*.stl" }});
    int64_t first = 1;
    vt_import_options left = five;
    left.items_since = first + 3; /* ids 4 and 5 are of it */
    vt_import_listener listener = session_listener(&record);
    vt_import *again = vt_engine_import(session->engine, &path, 1, &left, &listener, &error);
    assert_non_null(again);
    session_wait_for(session, &record.finished);
    vt_import_free(again);
    /* 2 of it and 3 models since then: none is left. */
    assert_int_equal(record.figures.imported, 0);
    left.items_since = first + 4 + MODELS;
    record = (import_record){0};
    again = vt_engine_import(session->engine, &path, 1, &left, &listener, &error);
    session_wait_for(session, &record.finished);
    vt_import_free(again);
    assert_int_equal(record.figures.imported, 4);
    assert_int_equal(record.figures.unchanged, 5);
}

static void rules_survive_the_journal(void **state)
{
    (void)state;
    vt_import_options options = {
        .hidden = true,
        .read_limit = VT_IMPORT_READ_NONE,
        .sequences = VT_SEQUENCE_EAGER,
        .items_max = 1000,
        .items_since = 77,
        .choice = {.names = "*.stl; sc\xc3\xa4n 100%* ",
                   .leave_out = "cache; raw/old",
                   .kinds = 6,
                   .formats = 1 << VT_FORMAT_STL,
                   .size_min = 10,
                   .size_max = 123456789012,
                   .newer_ns = 1700000000000000000},
        .wishes = {.batch = 10, .chunk = 20, .workers = 2, .memory = 128000000},
    };
    char text[VT_IMPORT_OPTIONS_TEXT];
    vt_import_options_write(&options, text);
    vt_import_options again = vt_import_options_read(text);
    assert_memory_equal(&again.choice, &options.choice, sizeof again.choice);
    assert_memory_equal(&again.wishes, &options.wishes, sizeof again.wishes);
    assert_int_equal(again.items_max, 1000);
    assert_int_equal(again.items_since, 77);
    assert_int_equal(again.sequences, VT_SEQUENCE_EAGER);
    assert_int_equal(again.read_limit, VT_IMPORT_READ_NONE);
    assert_true(again.hidden);
    /* The longest there are. */
    memset(options.choice.names, '%', VT_CHOICE_TEXT - 1);
    memset(options.choice.leave_out, ' ', VT_CHOICE_TEXT - 1);
    vt_import_options_write(&options, text);
    again = vt_import_options_read(text);
    assert_memory_equal(&again.choice, &options.choice, sizeof again.choice);
}

static void wishes_are_kept_and_end_with_the_import(void **state)
{
    engine_session *session = *state;
    vt_engine_figures before, after;
    vt_engine_get_figures(session->engine, &before);
    vt_import_figures done = import(
        session,
        &(vt_import_options){.wishes = {.batch = 2, .chunk = 3, .workers = 1, .memory = 100 * VT_MEMORY_MB}});
    assert_int_equal(done.imported, ALL);
    vt_engine_get_figures(session->engine, &after);
    assert_true(after.batches - before.batches >= ALL / 2);
    assert_true(after.in_flight_peak <= 3);
    /* The limits of the figures are fitted to what the machine has left: they change by themselves. */
    assert_false(session->engine->memory_wished);
}

static bool see_root(void *user, const vt_root *root)
{
    *(vt_root *)user = *root;
    return false;
}

static void what_is_done_with_the_folder_is_chosen_too(void **state)
{
    engine_session *session = *state;
    static const struct {
        int watch, scan;
        bool watched, scanned;
    } rows[] = {{VT_ROOT_NO, VT_ROOT_YES, false, true},
                {VT_ROOT_AS_IT_IS, VT_ROOT_AS_IT_IS, false, true},
                {VT_ROOT_YES, VT_ROOT_NO, true, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        vt_root root = {0};
        import(session, &(vt_import_options){.watch = rows[i].watch, .scan_at_start = rows[i].scan});
        session_writer(session); /* what was posted is written */
        vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(session->engine), NULL);
        assert_true(vt_catalog_reader_each_root(reader, see_root, &root, NULL));
        vt_catalog_reader_free(reader);
        assert_int_equal(root.watch, rows[i].watched);
        assert_int_equal(root.scan_at_start, rows[i].scanned);
    }
}

#define choice_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        choice_test(each_rule_leaves_out_what_it_says),
        choice_test(what_is_known_and_left_out_is_not_missing),
        choice_test(a_dry_run_tells_new_from_known),
        choice_test(a_dry_run_says_what_is_wrong),
        cmocka_unit_test(options_that_make_no_sense_are_refused),
        choice_test(no_more_than_the_largest_number_is_taken_in),
        choice_test(one_that_is_gone_on_with_obeys_its_rules_and_its_rest),
        cmocka_unit_test(rules_survive_the_journal),
        choice_test(what_is_done_with_the_folder_is_chosen_too),
        choice_test(wishes_are_kept_and_end_with_the_import),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
