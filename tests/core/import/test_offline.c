/* Volumes that go away and come back: real mounts, in a mount namespace of the test's own. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/catalog/roots.h"
#include "core/import/engine_private.h"
#include "core/import/watch.h"
#include "core/scan/volume.h"
#include "tests/core/import/engine_session.h"
#include "tests/support/files.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#define PATIENCE (30 * VT_NS_PER_S)

enum { COUNT = 6 };

static bool may_mount;

static int set_up(void **state)
{
    *state = session_create();
    return 0;
}

static int tear_down(void **state)
{
    engine_session *session = *state;
    session_close(session);
    umount2(session->pictures, MNT_DETACH);
    session_free(session);
    return 0;
}

static bool skipped(void)
{
    if (!may_mount) {
        print_message("SKIPPED: no right to mount anything\n");
    }
    return !may_mount;
}

/* A disk with pictures, outside of where it is mounted. */
static void attach(engine_session *session, const char *disk)
{
    assert_int_equal(mount(files_path(session->root, disk), session->pictures, NULL, MS_BIND, NULL), 0);
}

static void detach(engine_session *session)
{
    assert_int_equal(umount2(session->pictures, MNT_DETACH), 0);
}

static void make_disk(engine_session *session)
{
    char *disk = strdup(files_folder(session->root, "disk"));
    session_pictures(disk, COUNT, 20, 10);
    free(disk);
    attach(session, "disk");
    session_open(session, 4, 2, NULL);
    import_record record;
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.figures.imported, COUNT);
}

static bool count_state(void *user, const vt_item_brief *item)
{
    ((int *)user)[item->state]++;
    return true;
}

/* Items in a state, by the catalog. */
static int in_state(engine_session *session, vt_item_state wanted)
{
    int counts[VT_ITEM_STATE_COUNT] = {0};
    vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(session->engine), NULL);
    assert_true(vt_catalog_reader_each_brief(reader, 0, count_state, counts, NULL));
    vt_catalog_reader_free(reader);
    return counts[wanted];
}

static int64_t thumbs_of(engine_session *session)
{
    int64_t thumbs = 0, bytes = 0;
    assert_true(vt_thumbs_counts(vt_engine_thumbs(session->engine), &thumbs, &bytes, NULL));
    return thumbs;
}

static void an_empty_mount_point_loses_nothing(void **state)
{
    engine_session *session = *state;
    import_record record;
    if (skipped()) {
        skip();
    }
    make_disk(session);
    detach(session);
    session_import(session, session->pictures, NULL, &record); /* the empty folder below */
    assert_int_equal(record.error.code, VT_ERROR_NONE);
    assert_int_equal(record.figures.missing, 0);
    assert_int_equal(record.figures.offline, COUNT);
    assert_int_equal(in_state(session, VT_ITEM_OFFLINE), COUNT);
    assert_int_equal(thumbs_of(session), COUNT);
    session_import(session, session->pictures, NULL, &record); /* and nothing more is to be said */
    assert_int_equal(record.figures.offline, 0);
    assert_int_equal(record.batches, 0);

    attach(session, "disk");
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.figures.decoded, 0);
    assert_int_equal(in_state(session, VT_ITEM_OK), COUNT);

    /* With the volume there, what is gone is missing. */
    unlink(files_path(session->pictures, "0003.ppm"));
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.figures.missing, 1);
    assert_int_equal(record.figures.offline, 0);
}

static void another_disk_in_its_place_is_another(void **state)
{
    engine_session *session = *state;
    import_record record;
    if (skipped()) {
        skip();
    }
    make_disk(session);
    detach(session);
    char *other = strdup(files_folder(session->root, "other"));
    files_write_picture(files_path(other, "holiday.ppm"), 30, 20, 99);
    free(other);
    attach(session, "other");
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.figures.missing, 0);
    assert_int_equal(in_state(session, VT_ITEM_OFFLINE), COUNT);
    assert_int_equal(in_state(session, VT_ITEM_OK), 1);
}

static bool take_volume(void *user, const vt_root *root)
{
    snprintf(user, 500, "%s", root->volume);
    return true;
}

/* Delivers what the engine has to say for a while; false once there was time enough. */
static bool goes_on(engine_session *session, int64_t until)
{
    vt_engine_deliver(session->engine, 0);
    vt_doorbell_wait(session->bell, 20 * VT_NS_PER_MS);
    return vt_clock_now() < until;
}

static void wait_for_state(engine_session *session, vt_item_state wanted, int count)
{
    int64_t until = vt_clock_now() + PATIENCE;
    while (in_state(session, wanted) != count) {
        if (!goes_on(session, until)) {
            fail_msg("%d items, not %d, have the state %d", in_state(session, wanted), count, wanted);
        }
    }
}

/* The catalog notes it by an errand, behind the end of the import that saw the other disk. */
static void wait_for_other_volume(engine_session *session, vt_catalog_reader *reader, const char *before)
{
    int64_t until = vt_clock_now() + PATIENCE;
    char after[500] = "";
    for (;;) {
        assert_true(vt_catalog_reader_each_root(reader, take_volume, after, NULL));
        if (strcmp(before, after) != 0) {
            return;
        }
        if (!goes_on(session, until)) {
            fail_msg("the catalog still has the volume %s", before);
        }
    }
}

static void a_library_on_a_new_disk_is_the_same(void **state)
{
    engine_session *session = *state;
    import_record record;
    char command[600], before[500] = "";
    if (skipped()) {
        skip();
    }
    make_disk(session);
    vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(session->engine), NULL);
    assert_true(vt_catalog_reader_each_root(reader, take_volume, before, NULL));
    detach(session);
    snprintf(command, sizeof command, "cp -a %s/disk %s/copy && rm %s/copy/0005.ppm", session->root,
             session->root, session->root);
    assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c) */
    attach(session, "copy");
    session_import(session, session->pictures, NULL, &record);
    wait_for_other_volume(session, reader, before);
    wait_for_state(session, VT_ITEM_OK, COUNT - 1);
    session_import(session, session->pictures, NULL, &record);
    wait_for_state(session, VT_ITEM_MISSING, 1); /* that one was not copied */
    assert_int_equal(in_state(session, VT_ITEM_OK), COUNT - 1);
    vt_catalog_reader_free(reader);
}

static void on_line(void *user, const char *line)
{
    assert_true(strlen(line) > 10);
    ++*(int *)user;
}

static void a_watch_sees_it_go_and_come(void **state)
{
    engine_session *session = *state;
    vt_error error = VT_ERROR_INIT;
    int lines = 0;
    if (skipped()) {
        skip();
    }
    make_disk(session);
    const vt_watch_options options = {.listener = {.told = on_line, .user = &lines}};
    vt_watch *watch = vt_watch_create(session->engine, &options, &error);
    vt_watch_figures figures = {0};
    while (!figures.ready) {
        vt_watch_get_figures(watch, &figures);
        vt_doorbell_wait(session->bell, VT_NS_PER_MS);
    }
    assert_int_equal(figures.folders, 1);
    detach(session);
    wait_for_state(session, VT_ITEM_OFFLINE, COUNT);
    attach(session, "disk");
    wait_for_state(session, VT_ITEM_OK, COUNT);
    session_wait_for(session, &lines);
    int64_t until = vt_clock_now() + PATIENCE;
    for (vt_watch_get_figures(watch, &figures); figures.offline; vt_watch_get_figures(watch, &figures)) {
        assert_true(vt_clock_now() < until); /* counted after the catalog knows */
        vt_doorbell_wait(session->bell, VT_NS_PER_MS);
    }
    assert_int_equal(in_state(session, VT_ITEM_OK), COUNT); /* what was known is known */
    while (session->rows_changed < 1) { /* the window is told; of both at once, if it does not listen */
        assert_true(vt_clock_now() < until);
        vt_engine_deliver(session->engine, 0);
        vt_doorbell_wait(session->bell, 20 * VT_NS_PER_MS);
    }
    vt_watch_free(watch);
}

/* ---- the list of mounts ---- */

static const char mounts[] = "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
                             "nonsense\n"
                             "40 22 0:35 / /media/My\\040Disk rw,nosuid - vfat /dev/sdb1 rw\n"
                             "41 22 0:36 /photos /srv/photos rw master:2 shared:3 - btrfs /dev/none rw\n"
                             "42 22 0:40 / /net rw - nfs4 server:/export rw\n"
                             "43 42 0:41 / /net rw - tmpfs tmpfs rw\n";

static void check_volume(const char *path, const char *point, const char *identity, bool network)
{
    vt_volume volume;
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_volume_in(mounts, path, &volume, &error));
    assert_string_equal(volume.mount, point);
    if (identity) {
        assert_string_equal(volume.identity, identity);
    }
    assert_int_equal(volume.network, network);
    vt_volume_clear(&volume);
}

static void the_list_of_mounts_is_understood(void **state)
{
    (void)state;
    check_volume("/media/My Disk/a/b.jpg", "/media/My Disk", "vfat:/dev/sdb1", false);
    check_volume("/media/My Diskette", "/", NULL, false);
    check_volume("/srv/photos", "/srv/photos", "btrfs:/dev/none#/photos", false);
    check_volume("/net/x", "/net", "tmpfs:tmpfs", false); /* what lies on top */
    vt_volume volume;
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_volume_in("1 2 0:1 / /net rw - nfs4 server:/export rw", "/net/x", &volume, &error));
    assert_true(volume.network);
    assert_true(vt_volume_is(&volume, "/net", "nfs4:server:/export"));
    assert_false(vt_volume_is(&volume, "/net", "nfs4:other:/export"));
    assert_false(vt_volume_is(&volume, "/", "nfs4:server:/export"));
    vt_volume_clear(&volume);
    assert_false(vt_volume_in("", "/a", &volume, &error));
    assert_int_equal(error.code, VT_ERROR_IO);
    vt_volume_clear(&volume);
    assert_true(vt_volume_in(mounts, "/", &volume, &error));
    assert_true(vt_volume_is(&volume, "/", "whatever it was")); /* the system itself is never another */
    vt_volume_clear(&volume);
}

int main(void)
{
    may_mount = unshare(geteuid() == 0 ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS) == 0 &&
                mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_list_of_mounts_is_understood),
        cmocka_unit_test_setup_teardown(an_empty_mount_point_loses_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_disk_in_its_place_is_another, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_library_on_a_new_disk_is_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_watch_sees_it_go_and_come, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
