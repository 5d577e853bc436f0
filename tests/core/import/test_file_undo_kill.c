/* An undo that is killed at any change of the disk, its own or SQLite's: after the next start there is one
   work to be undone or redone, which fits what the disk holds, and no file is lost. */
#include "tests/core/import/file_session.h"

#include "core/base/clock.h"
#include "core/import/engine_private.h"

#include <signal.h>
#include <stdatomic.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/* The `kill_at`th change kills this program; 0: never. */
static atomic_int kill_at, changes;

static void count_change(void)
{
    if (atomic_fetch_add(&changes, 1) + 1 == atomic_load(&kill_at)) {
        kill(getpid(), SIGKILL);
    }
}

/* NOLINTBEGIN(readability-inconsistent-declaration-parameter-name): glibc's parameters are reserved names. */
ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at)
{
    count_change();
    return syscall(SYS_pwrite64, file, bytes, count, at);
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
    count_change();
    return (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
}

int unlink(const char *path)
{
    count_change();
    return (int)syscall(SYS_unlink, path);
}

/* No power fails here: real syncs would only take time. */
int fsync(int file)
{
    (void)file;
    return 0;
}

int fdatasync(int file)
{
    (void)file;
    return 0;
}
/* NOLINTEND(readability-inconsistent-declaration-parameter-name) */

enum { COUNT = 3, CHANGES_MAX = 400 };

static const char *const names[COUNT] = {"a.ppm", "b.ppm", "c.ppm"};

static void until_settled(engine_session *session)
{
    int64_t until = vt_clock_now() + 60 * VT_NS_PER_S;
    while (vt_engine_is_moving_files(session->engine)) {
        assert_true(vt_clock_now() < until);
        vt_engine_deliver(session->engine, 0);
        usleep(200);
    }
}

static vt_file_finished last_of(engine_session *session)
{
    vt_file_finished_list list;
    vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(session->engine), NULL);
    assert_true(vt_file_finished_list_read(reader, vt_clock_wall(), &list, NULL));
    vt_catalog_reader_free(reader);
    assert_int_equal(list.count, 1);
    return list.works[0];
}

/* Three files are renamed, or trashed. */
static void do_it(engine_session *session, bool to_trash)
{
    int64_t ids[COUNT];
    import_record record;
    work_record works;
    for (int i = 0; i < COUNT; i++) {
        files_write_picture(files_path(session->pictures, names[i]), 8, 8, (unsigned)i + 1);
    }
    session_import(session, session->pictures, &careful, &record);
    for (int i = 0; i < COUNT; i++) {
        ids[i] = id_of(session, names[i]);
    }
    const vt_rename_wish wish = {.pattern = "new-{n}"};
    vt_file_work_free(to_trash ? trash(session, ids, COUNT, &works)
                               : rename_items(session, ids, COUNT, &wish, &works));
    assert_int_equal(works.error.code, VT_ERROR_NONE);
}

/* In a process of its own. True if it was killed, false if it went through. */
static bool killed_at(engine_session *session, int change)
{
    session_close(session);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        work_record works;
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        session_open(session, 2, 1, NULL);
        const vt_file_finished last = last_of(session);
        const vt_file_work_listener listener = record_work(&works);
        atomic_store(&changes, 0);
        atomic_store(&kill_at, change);
        wait_for(session, vt_engine_undo_finished(session->engine, &last, &listener, NULL), &works);
        _exit(works.error.code == VT_ERROR_NONE ? 0 : 1);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    session_open(session, 2, 1, NULL);
    until_settled(session);
    assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    return WIFSIGNALED(status);
}

static int there(const engine_session *session)
{
    return count_files(session->pictures, "[abc]\\.ppm");
}

/* What stands in the journal is what the disk says. */
static bool fits(engine_session *session, bool to_trash)
{
    vt_file_finished last = last_of(session);
    int shown = 0;
    for (int i = 0; i < COUNT; i++) {
        int64_t id = id_of(session, names[i]);
        shown += id && is_shown(session, id, names[i]);
    }
    assert_int_equal(shown, there(session));
    if (last.kind == VT_FILE_RENAME_BACK || last.kind == VT_FILE_RESTORE) {
        assert_int_equal(last.files, COUNT);
        assert_int_equal(there(session), COUNT);
        return true;
    }
    if (to_trash) {
        assert_int_equal(there(session), COUNT - last.files);
        assert_int_equal(count_files(files_path(session->root, "data/Trash/files"), "[abc]"), last.files);
    } else {
        assert_int_equal(there(session), 0);
        assert_int_equal(count_files(session->pictures, "new-"), COUNT);
    }
    return false;
}

static void undo_last(engine_session *session)
{
    work_record works;
    const vt_file_finished last = last_of(session);
    const vt_file_work_listener listener = record_work(&works);
    vt_file_work_free(
        wait_for(session, vt_engine_undo_finished(session->engine, &last, &listener, NULL), &works));
    assert_int_equal(works.error.code, VT_ERROR_NONE);
}

/* All is as after the first work, ready to be undone. Says whether a part had been undone. */
static bool do_again(engine_session *session, bool to_trash, bool undone)
{
    work_record works;
    int64_t ids[COUNT];
    bool part = !undone && last_of(session).files < COUNT;
    if (undone) {
        undo_last(session);
    } else if (part) {
        assert_true(to_trash);
        undo_last(session);
        assert_int_equal(there(session), COUNT);
        for (int i = 0; i < COUNT; i++) {
            ids[i] = id_of(session, names[i]);
        }
        vt_file_work_free(trash(session, ids, COUNT, &works));
        assert_int_equal(works.error.code, VT_ERROR_NONE);
    }
    assert_int_equal(there(session), 0);
    return part;
}

static void kill_everywhere(engine_session *session, bool to_trash)
{
    bool killed = true;
    int at = 0;
    int as_before = 0;
    int parts = 0;
    do_it(session, to_trash);
    while (killed) {
        assert_true(++at < CHANGES_MAX);
        killed = killed_at(session, at);
        bool undone = fits(session, to_trash);
        as_before += killed && !undone;
        parts += do_again(session, to_trash, undone);
    }
    assert_true(at > 10);
    assert_true(as_before > 0);
    assert_int_equal(parts > 0, to_trash);
    printf("killed at each of %d changes: %d left something to be undone, %d of them a part\n", at - 1,
           as_before, parts);
}

static void names_are_of_before_or_after(void **state)
{
    kill_everywhere(*state, false);
}

static void the_trash_gives_back_what_it_gave(void **state)
{
    kill_everywhere(*state, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(names_are_of_before_or_after, set_up_files, tear_down),
        cmocka_unit_test_setup_teardown(the_trash_gives_back_what_it_gave, set_up_files, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
