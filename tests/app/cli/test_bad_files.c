/* One import of a folder in which hardly anything is as it should be, and of folders that are not there. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/json.h"
#include "tests/support/program.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define NOT_UTF8 "caf\xe9.ppm"

/* What the one import left, shared by the cases below. */
static struct {
    char *root, *home, *folder;
    bool unprivileged, has_device;
    program_result import, list;
    json_value report, items;
} shared;

static void hand_over(const char *path)
{
    if (shared.unprivileged && geteuid() == 0) {
        assert_int_equal(chown(path, 65534, 65534), 0);
    }
}

static void fill(const char *folder)
{
    static const char text[] = "Dear diary, this is not a photograph.\n";
    files_write_picture(files_path(folder, "good.ppm"), 40, 30, 1);
    files_write_picture(files_path(folder, NOT_UTF8), 40, 30, 2);
    files_write_tetrahedron(files_path(folder, "good.stl"), 10.0f);
    files_write(files_path(folder, "text.jpg"), text, sizeof text - 1);
    files_write(files_path(folder, "empty.png"), "", 0);
    files_write(files_path(folder, "empty.stl"), "", 0);
    files_copy(files_sample("Landscapes/aurora.jpg"), files_path(folder, "cut at 300.jpg"), 300);
    files_copy(files_sample("Patterns/tiles.png"), files_path(folder, "cut at 60.png"), 60);
    files_copy(files_sample("Landscapes/dunes.webp"), files_path(folder, "cut at 40.webp"), 40);
    files_copy(files_sample("Models/gear.stl"), files_path(folder, "cut at 90.stl"), 90);
    files_write_picture(files_path(folder, "secret.ppm"), 40, 30, 3);
    assert_int_equal(chmod(files_path(folder, "secret.ppm"), 0), 0);
    assert_int_equal(mkfifo(files_path(folder, "pipe.png"), 0644), 0);
    /* /dev/zero under another name: reading it would never end. */
    shared.has_device = mknod(files_path(folder, "device.png"), S_IFCHR | 0666, makedev(1, 5)) == 0;
    assert_int_equal(symlink("good.ppm", files_path(folder, "link.ppm")), 0);
    assert_int_equal(symlink("nowhere.ppm", files_path(folder, "dangling.ppm")), 0);
    assert_int_equal(symlink(".", files_path(folder, "loop")), 0);
    files_write_picture(files_path(files_folder(folder, "below"), "deep.ppm"), 20, 20, 4);
    assert_int_equal(symlink("../good.ppm", files_path(folder, "below/link.ppm")), 0);
    files_folder(folder, "locked");
    assert_int_equal(chmod(files_path(folder, "locked"), 0), 0);
}

static int import_once(void **state)
{
    (void)state;
    shared.root = files_temporary_folder();
    shared.home = strdup(files_folder(shared.root, "home"));
    shared.folder = strdup(files_folder(shared.root, "pictures"));
    shared.unprivileged = program_can_drop_privileges(shared.home);
    fill(shared.folder);
    hand_over(shared.home);
    program_options options = {.home = shared.home, .unprivileged = shared.unprivileged};
    shared.import = program_run(&options, (const char *const[]){"import", "--json", shared.folder, NULL});
    shared.list = program_run(&options, (const char *const[]){"list", "--json", NULL});
    shared.report = json_parse(shared.import.out, shared.import.length);
    shared.items = json_member(json_parse(shared.list.out, shared.list.length), "items");
    return 0;
}

static int clean_up(void **state)
{
    (void)state;
    program_result_free(&shared.import);
    program_result_free(&shared.list);
    files_remove(shared.root);
    free(shared.home);
    free(shared.folder);
    return 0;
}

/* The entry of `list` whose array's objects have `key` containing `name`. */
static json_value find(json_value list, const char *key, const char *name)
{
    for (json_value entry = json_first(list); entry.text; entry = json_next(list, entry)) {
        if (json_contains(json_member(entry, key), name)) {
            return entry;
        }
    }
    return (json_value){NULL, 0};
}

static json_value failure_of(const char *name)
{
    return find(json_member(shared.report, "failures"), "path", name);
}

static json_value item_of(const char *name)
{
    return find(shared.items, "path", name);
}

/* The file is a failure with a reason that says more than that it failed, and no item. */
static void assert_failed(const char *name)
{
    json_value reason = json_member(failure_of(name), "reason");
    if (!json_is_string(reason) || reason.length < 12 || item_of(name).text) {
        fail_msg("%s: no failure with a reason, or an item in spite of it\n%s\n%s", name, shared.import.out,
                 shared.import.err);
    }
}

static void some_failed_but_the_import_is_done(void **state)
{
    (void)state;
    assert_int_equal(shared.import.status, 4);
    assert_non_null(shared.report.text);
    size_t failures = json_count(json_member(shared.report, "failures"));
    assert_int_equal((size_t)json_number(json_member(shared.report, "failed")), failures);
    assert_int_equal(json_number(json_member(shared.report, "imported")), json_count(shared.items));
}

static void good_files_are_imported_among_bad_ones(void **state)
{
    (void)state;
    json_value picture = item_of("/good.ppm");
    assert_int_equal(json_number(json_member(picture, "width")), 40);
    assert_int_equal(json_number(json_member(picture, "height")), 30);
    json_value model = item_of("good.stl");
    assert_int_equal(json_number(json_member(model, "triangles")), 4);
    assert_non_null(item_of("below/deep.ppm").text);
}

static void content_that_is_no_picture_is_refused(void **state)
{
    (void)state;
    assert_failed("text.jpg");
}

static void empty_files_are_reported(void **state)
{
    (void)state;
    assert_failed("empty.png");
    assert_failed("empty.stl");
}

static void files_cut_short_are_reported(void **state)
{
    (void)state;
    assert_failed("cut at 300.jpg");
    assert_failed("cut at 60.png");
    assert_failed("cut at 40.webp");
    assert_failed("cut at 90.stl");
}

static void unreadable_files_and_folders_are_reported(void **state)
{
    (void)state;
    if (!shared.unprivileged) {
        print_message("root may read everything, and privileges cannot be dropped here\n");
        skip();
    }
    assert_failed("secret.ppm");
    assert_true(json_contains(json_member(failure_of("secret.ppm"), "reason"), "ermission"));
    assert_failed("locked");
}

static void a_fifo_is_not_opened(void **state)
{
    (void)state;
    assert_failed("pipe.png"); /* opening it would have waited for a writer, until the limit of this run */
}

static void a_device_is_not_read(void **state)
{
    (void)state;
    if (!shared.has_device) {
        print_message("no right to make a device node here\n");
        skip();
    }
    assert_failed("device.png");
}

static void a_name_that_is_not_utf8_is_kept_as_it_is(void **state)
{
    (void)state;
    assert_non_null(item_of("caf\xef\xbf\xbd.ppm").text); /* in JSON, which must be UTF-8 */
    program_options options = {.home = shared.home, .unprivileged = shared.unprivileged};
    program_result bytes = program_run(&options, (const char *const[]){"list", "--paths0", NULL});
    assert_int_equal(bytes.status, 0);
    assert_int_equal(bytes.out[bytes.length - 1], '\0');
    assert_non_null(memmem(bytes.out, bytes.length, "/" NOT_UTF8, sizeof NOT_UTF8 + 1)); /* with its NUL */
    program_result_free(&bytes);
}

static void symbolic_links_make_no_second_item(void **state)
{
    (void)state;
    assert_null(item_of("link.ppm").text);
    assert_null(item_of("dangling.ppm").text);
    assert_null(item_of("loop/").text);
    assert_int_equal(json_count(shared.items), 4); /* good.ppm, good.stl, the one not in UTF-8, deep.ppm */
}

static void known_failures_are_not_tried_again(void **state)
{
    (void)state;
    program_options options = {.home = shared.home, .unprivileged = shared.unprivileged};
    program_result again =
        program_run(&options, (const char *const[]){"import", "--json", shared.folder, NULL});
    json_value report = json_parse(again.out, again.length);
    assert_int_equal(json_number(json_member(report, "imported")), 0);
    assert_int_equal(json_number(json_member(report, "updated")), 0);
    assert_int_equal(json_number(json_member(report, "unchanged")), 4);
    /* They are still told, since they are still so. */
    assert_int_equal(again.status, 4);
    program_result_free(&again);
}

static void a_folder_that_is_not_there_is_named(void **state)
{
    (void)state;
    program_options options = {.home = shared.home, .unprivileged = shared.unprivileged};
    program_result run = program_run(&options, (const char *const[]){"import", "/no/such/folder", NULL});
    assert_int_equal(run.status, 1);
    assert_non_null(strstr(run.err, "/no/such/folder"));
    program_result_free(&run);
}

static void an_empty_folder_is_no_fault(void **state)
{
    (void)state;
    const char *empty = files_folder(shared.root, "empty");
    program_options options = {.home = shared.home, .unprivileged = shared.unprivileged};
    program_result run = program_run(&options, (const char *const[]){"import", "--json", empty, NULL});
    assert_int_equal(run.status, 0);
    json_value report = json_parse(run.out, run.length);
    assert_int_equal(json_number(json_member(report, "imported")), 0);
    assert_int_equal(json_number(json_member(report, "failed")), 0);
    program_result_free(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(some_failed_but_the_import_is_done),
        cmocka_unit_test(good_files_are_imported_among_bad_ones),
        cmocka_unit_test(content_that_is_no_picture_is_refused),
        cmocka_unit_test(empty_files_are_reported),
        cmocka_unit_test(files_cut_short_are_reported),
        cmocka_unit_test(unreadable_files_and_folders_are_reported),
        cmocka_unit_test(a_fifo_is_not_opened),
        cmocka_unit_test(a_device_is_not_read),
        cmocka_unit_test(a_name_that_is_not_utf8_is_kept_as_it_is),
        cmocka_unit_test(symbolic_links_make_no_second_item),
        cmocka_unit_test(known_failures_are_not_tried_again),
        cmocka_unit_test(a_folder_that_is_not_there_is_named),
        cmocka_unit_test(an_empty_folder_is_no_fault),
    };
    return cmocka_run_group_tests(tests, import_once, clean_up);
}
