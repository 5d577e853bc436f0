/* Faults that are not the files': they stop an import, or are tried again, but do not stick to files. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/base/cond.h"
#include "core/import/engine_private.h"
#include "core/import/fault.h"
#include "tests/core/import/engine_session.h"
#include "tests/support/files.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PICTURES = 30 };

static int set_up(void **state)
{
    *state = session_create();
    return 0;
}

static int tear_down(void **state)
{
    session_free(*state);
    return 0;
}

static void without_descriptors_an_import_stops_and_blames_no_file(void **state)
{
    engine_session *session = *state;
    vt_error error = VT_ERROR_INIT;
    import_record record = {0};
    session_pictures(session->pictures, PICTURES, 30, 20);
    session_open(session, 1, 1, NULL);
    vt_cancel *gate = vt_cancel_create(NULL);
    session_hold_worker(session, gate);
    vt_import_listener listener = session_listener(&record);
    const char *path = session->pictures;
    vt_import *import = vt_engine_import(session->engine, &path, 1, NULL, &listener, &error);
    assert_non_null(import);
    vt_import_figures figures;
    do { /* the walk needs descriptors, too */
        usleep(1000);
        vt_import_get_figures(import, &figures);
    } while (!figures.scanned);

    struct rlimit before, none;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    none = before;
    none.rlim_cur = 0;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    vt_cancel_request(gate);
    bool over = vt_import_wait(import, 20 * VT_NS_PER_S);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    assert_true(over);
    session_wait_for(session, &record.finished);
    assert_int_equal(record.error.system, EMFILE);
    assert_non_null(strstr(record.error.message, session->pictures));
    assert_non_null(strstr(record.error.message, "ulimit"));
    assert_int_equal(record.figures.failed, 0);
    assert_int_equal(session_failures(session), 0);
    vt_import_free(import);
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.figures.imported, PICTURES);
    vt_cancel_unref(gate);
}

/* What the walk meets, too: a folder it cannot open for want of descriptors is not an empty one. */
static void faults_of_this_machine_are_told_from_others(void **state)
{
    (void)state;
    static const struct {
        int reason;
        bool ours;
    } cases[] = {{EMFILE, true}, {ENFILE, true},  {ENOMEM, true},
                 {EIO, false},   {EACCES, false}, {ENOENT, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_error error = VT_ERROR_INIT;
        vt_error_set_errno(&error, cases[i].reason, "cannot open the folder");
        assert_int_equal(vt_fault_is_ours(&error), cases[i].ours);
        vt_error_code code = error.code;
        vt_fault_explain(&error, "/some/folder");
        assert_int_equal(error.code, code);
        assert_int_equal(error.system, cases[i].reason);
        assert_non_null(strstr(error.message, "/some/folder"));
    }
}

/* Records that the pictures failed with `code` as they are now. */
static void record_failure(engine_session *session, int picture, vt_error_code code)
{
    char name[16];
    struct stat facts;
    vt_error error = VT_ERROR_INIT;
    snprintf(name, sizeof name, "%04d.ppm", picture);
    const char *path = files_path(session->pictures, name);
    assert_int_equal(stat(path, &facts), 0);
    const vt_failure failure = {
        .path = path,
        .path_length = (uint32_t)strlen(path),
        .code = code,
        .message = "it did not work",
        .size = facts.st_size,
        .mtime_ns = (int64_t)facts.st_mtim.tv_sec * VT_NS_PER_S + facts.st_mtim.tv_nsec,
        .ctime_ns = (int64_t)facts.st_ctim.tv_sec * VT_NS_PER_S + facts.st_ctim.tv_nsec,
        .ino = facts.st_ino,
        .failed_ns = vt_clock_wall(),
    };
    vt_batch batch = {.failures = &failure, .failure_count = 1};
    if (!vt_catalog_writer_commit(session_writer(session), &batch, NULL, &error)) {
        fail_msg("%s", error.message);
    }
}

static void faults_that_pass_are_tried_again_and_others_are_not(void **state)
{
    engine_session *session = *state;
    static const vt_error_code passing[] = {VT_ERROR_IO, VT_ERROR_BUSY, VT_ERROR_CHANGED};
    static const vt_error_code lasting[] = {VT_ERROR_CORRUPT, VT_ERROR_CRASHED, VT_ERROR_LIMIT,
                                            VT_ERROR_MEMORY, VT_ERROR_TRUNCATED};
    enum { PASSING = sizeof passing / sizeof *passing, LASTING = sizeof lasting / sizeof *lasting };
    import_record record;
    session_pictures(session->pictures, PASSING + LASTING, 30, 20);
    session_open(session, 3, 1, NULL);
    for (int i = 0; i < PASSING; i++) {
        record_failure(session, i, passing[i]);
    }
    for (int i = 0; i < LASTING; i++) {
        record_failure(session, PASSING + i, lasting[i]);
    }
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.figures.decoded, PASSING);
    assert_int_equal(record.figures.imported, PASSING);
    assert_int_equal(record.figures.failed, LASTING);
    assert_int_equal(session_failures(session), LASTING);

    /* The same of a file that is an item already. */
    record_failure(session, 0, VT_ERROR_IO);
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.figures.decoded, 1);
    assert_int_equal(record.figures.updated, 1);
    assert_int_equal(session_failures(session), LASTING);
}

/* A helper has a limit of memory; a picture that needs more has failed, and stops nobody else. */
static void a_picture_too_large_for_its_helper_stops_no_import(void **state)
{
    engine_session *session = *state;
    static const char huge[] = "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 11000 +X 11000\nsome pixels";
    import_record record;
    session_pictures(session->pictures, PICTURES, 30, 20);
    files_write(files_path(session->pictures, "huge.hdr"), huge, sizeof huge - 1);
    session_open(session, 3, 1, NULL);
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.error.code, VT_ERROR_NONE);
    assert_int_equal(record.figures.failed, 1);
    assert_int_equal(record.figures.imported, PICTURES);
}

#define FAULT_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FAULT_TEST(without_descriptors_an_import_stops_and_blames_no_file),
        FAULT_TEST(a_picture_too_large_for_its_helper_stops_no_import),
        FAULT_TEST(faults_that_pass_are_tried_again_and_others_are_not),
        cmocka_unit_test(faults_of_this_machine_are_told_from_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
