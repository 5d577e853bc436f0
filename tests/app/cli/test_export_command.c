/* Items leave by the command line: copies, pictures, contact sheets, lists; what cannot be is told. */

#include "core/base/clock.h"
#include "tests/app/cli/library.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *out_folder;

static int set_up(void **state)
{
    (void)state;
    library_begin();
    out_folder = strdup(files_path(here.root, "out"));
    files_folder(here.folder, "sub");
    files_write_picture(files_path(here.folder, "a.ppm"), 80, 40, 1);
    files_write_picture(files_path(here.folder, "sub/b.ppm"), 30, 60, 2);
    files_write_tetrahedron(files_path(here.folder, "corner.stl"), 10.0f);
    files_write(files_path(here.folder, "a.ppm.xmp"), "<x/>", 4);
    library_import();
    return 0;
}

static int tear_down(void **state)
{
    free(out_folder);
    return library_end(state);
}

static int count_files(const char *folder)
{
    int count = 0;
    DIR *open = opendir(folder);
    for (const struct dirent *entry; open && (entry = readdir(open));) {
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    }
    if (open) {
        closedir(open);
    }
    return count;
}

static void assert_exported(program_result result, int status, double exported, double failed)
{
    json_value report = json_parse(result.out, result.length);
    if (result.status != status || json_number(json_member(report, "exported")) != exported ||
        json_number(json_member(report, "failed")) != failed) {
        fail_msg("status %d: %s\n%s", result.status, result.out, result.err);
    }
    program_result_free(&result);
}

static void copies_go_with_side_cars(void **state)
{
    (void)state;
    assert_exported(RUN("export", "--json", "--to", out_folder, here.folder), 0, 4, 0);
    assert_int_equal(count_files(out_folder), 4);
    assert_int_equal(access(files_path(out_folder, "a.ppm.xmp"), F_OK), 0);
    assert_exported(RUN("export", "--json", "--to", out_folder, "name:b"), 0, 1,
                    0); /* nothing is overwritten */
    assert_int_equal(access(files_path(out_folder, "b (2).ppm"), F_OK), 0);
}

static void pictures_have_the_size_asked_for(void **state)
{
    (void)state;
    assert_exported(
        RUN("export", "--json", "--to", out_folder, "--size", "20", "--format", "png", "kind:image"), 0, 2,
        0);
    size_t count = 0;
    char *bytes = files_read(files_path(out_folder, "a.png"), &count);
    assert_memory_equal(bytes + 1, "PNG", 3);
    assert_int_equal(bytes[19], 20); /* IHDR: width and height */
    assert_int_equal(bytes[23], 10);
    free(bytes);
    assert_exported(RUN("export", "--json", "--to", out_folder, "--format", "webp", "--quality", "30",
                        "--size", "64", files_path(here.folder, "corner.stl")),
                    0, 1, 0);
    bytes = files_read(files_path(out_folder, "corner.webp"), &count);
    assert_memory_equal(bytes + 8, "WEBP", 4);
    free(bytes);
    assert_int_equal(count_files(out_folder), 3);
}

static void lists_stand_where_they_shall(void **state)
{
    (void)state;
    char *list = strdup(files_path(here.root, "my list.csv"));
    program_result result = RUN("export", "--json", "--list", list, "");
    json_value report = json_parse(result.out, result.length);
    assert_int_equal(result.status, 0);
    assert_int_equal(json_number(json_member(report, "items")), 3);
    assert_true(json_contains(json_member(report, "list"), "my list.csv"));
    program_result_free(&result);
    size_t count = 0;
    char *bytes = files_read(list, &count);
    assert_memory_equal(bytes, "id,path,", 8);
    free(bytes);
    struct stat facts;
    assert_int_equal(stat(list, &facts), 0);
    mode_t mask = umask(022);
    umask(mask);
    assert_int_equal(facts.st_mode & 0777, 0666 & ~mask); /* who may read other new files may read it */
    result = RUN("export", "--list", list, "kind:model");
    assert_int_equal(result.status, 0);
    assert_non_null(strstr(result.err, "my list (2).csv")); /* which is another name than that asked for */
    assert_null(strstr(result.err, "0 files exported"));
    assert_int_equal(access(files_path(here.root, "my list (2).csv"), F_OK), 0);
    program_result_free(&result);
    free(list);
}

static void sheets_stand_where_they_shall(void **state)
{
    (void)state;
    char *sheet = strdup(files_path(here.root, "overview.pdf"));
    program_result result = RUN("export", "--json", "--sheet", sheet, "");
    if (result.status != 0 && strstr(result.err, "need Qt")) {
        program_result_free(&result);
        free(sheet);
        print_message("contact sheets are drawn by Qt, without which this was built\n");
        skip();
        return;
    }
    json_value report = json_parse(result.out, result.length);
    assert_int_equal(result.status, 0);
    assert_true(json_contains(json_member(report, "sheet"), "overview.pdf"));
    program_result_free(&result);
    size_t count = 0;
    char *bytes = files_read(sheet, &count);
    assert_memory_equal(bytes, "%PDF-1.4", 8);
    assert_non_null(memmem(bytes, count, "/Count 1 ", 9));
    free(bytes);
    result = RUN("export", "--sheet", files_path(here.root, "page.png"), "--captions", "name,date,size",
                 "kind:image");
    assert_int_equal(result.status, 0);
    assert_int_equal(access(files_path(here.root, "page.png"), F_OK), 0);
    program_result_free(&result);
    free(sheet);
}

/* Pictures are decoded several at a time, and stand where one at a time would have them. */
static void a_sheet_is_the_same_however_many_are_decoded_at_once(void **state)
{
    (void)state;
    static const char *const jobs[] = {"1", "2", "7"};
    char *more = strdup(files_folder(here.root, "more"));
    char *broken = strdup(files_path(more, "k.ppm"));
    for (int i = 0; i < 60; i++) { /* several pages, of pictures that take unequally long */
        char name[16];
        snprintf(name, sizeof name, "%c%c.ppm", 'a' + i / 26, 'a' + i % 26);
        int side = i % 7 == 0 ? 900 : 20;
        files_write_picture(files_path(more, name), side, side, (unsigned)i);
    }
    files_write_picture(broken, 20, 20, 99);
    program_result result = RUN("import", more);
    assert_int_equal(result.status, 0);
    program_result_free(&result);
    files_write(broken, "P6 no picture", 13);
    char *first = NULL;
    size_t first_count = 0;
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
        char name[16];
        size_t count = 0;
        snprintf(name, sizeof name, "jobs%s.pdf", jobs[i]);
        char *sheet = strdup(files_path(here.root, name));
        result = RUN("export", "--jobs", jobs[i], "--sheet", sheet, "");
        if (strstr(result.err, "need Qt")) {
            program_result_free(&result);
            free(sheet);
            free(broken);
            free(more);
            print_message("contact sheets are drawn by Qt, without which this was built\n");
            skip();
            return;
        }
        assert_non_null(strstr(result.err, "k.ppm"));
        program_result_free(&result);
        char *bytes = files_read(sheet, &count);
        assert_non_null(bytes);
        if (first) {
            assert_int_equal(count, first_count);
            assert_memory_equal(bytes, first, count);
            free(bytes);
        } else {
            first = bytes;
            first_count = count;
            assert_null(memmem(bytes, count, "/Count 1 ", 9));
        }
        free(sheet);
    }
    free(first);
    free(broken);
    free(more);
}

/* Ctrl+C in the middle of it: soon over, and nothing is left of the sheet. */
static void a_sheet_that_is_interrupted_leaves_nothing(void **state)
{
    (void)state;
    char *more = strdup(files_folder(here.root, "large"));
    char *folder = strdup(files_folder(here.root, "sheets"));
    for (int i = 0; i < 80; i++) {
        char name[16];
        snprintf(name, sizeof name, "%c%c.ppm", 'a' + i / 26, 'a' + i % 26);
        files_write_picture(files_path(more, name), 2500, 2000, (unsigned)i);
    }
    program_result result = RUN("import", "--read", "0", more);
    assert_int_equal(result.status, 0);
    program_result_free(&result);
    char *sheet = strdup(files_path(folder, "large.pdf"));
    const char *const arguments[] = {"export", "--sheet", sheet, "", NULL};
    program *running = program_start(&here.options, arguments);
    for (int i = 0; i < 3000 && count_files(folder) == 0; i++) {
        usleep(10000); /* until its temporary file is there */
    }
    int64_t begun = vt_clock_now();
    program_interrupt(running);
    result = program_wait(running, 30000);
    if (strstr(result.err, "need Qt")) {
        program_result_free(&result);
        free(sheet);
        free(folder);
        free(more);
        print_message("contact sheets are drawn by Qt, without which this was built\n");
        skip();
        return;
    }
    assert_int_equal(result.status, 130);
    assert_true(vt_clock_now() - begun < 2 * VT_NS_PER_S);
    assert_int_equal(count_files(folder), 0);
    program_result_free(&result);
    free(sheet);
    free(folder);
    free(more);
}

static void a_dry_run_writes_nothing(void **state)
{
    (void)state;
    program_result result = RUN("export", "--dry-run", "--json", "--to", out_folder, here.folder);
    json_value report = json_parse(result.out, result.length);
    assert_int_equal(result.status, 0);
    assert_int_equal(json_number(json_member(report, "files")), 4);
    assert_int_equal(json_number(json_member(report, "taken")), 0);
    assert_true(json_number(json_member(report, "bytes")) > 10000);
    assert_int_not_equal(access(out_folder, F_OK), 0);
    program_result_free(&result);
}

static void what_fails_is_told_and_the_rest_goes_on(void **state)
{
    (void)state;
    assert_int_equal(unlink(files_path(here.folder, "a.ppm")), 0);
    program_result result = RUN("export", "--json", "--to", out_folder, "--format", "jpeg", "kind:image");
    assert_non_null(strstr(result.out, "/a.ppm"));
    assert_exported(result, 4, 1, 1);
    result = RUN("export", "--to", out_folder, "/no/such/place");
    assert_int_equal(result.status, 1);
    assert_non_null(strstr(result.err, "/no/such/place: 'vitrine import' it first"));
    program_result_free(&result);
    result = RUN("export", "--to", files_path(here.root, "not/there"), "kind:image");
    assert_int_equal(result.status, 1);
    assert_non_null(strstr(result.err, "cannot make the folder"));
    program_result_free(&result);
}

static void a_full_disk_ends_it_without_half_files(void **state)
{
    (void)state;
    static const char *const limited[] = {"prlimit", "--fsize=1000", NULL};
    here.options.wrapper = limited;
    program_result result = RUN("export", "--to", out_folder, files_path(here.folder, "sub"));
    assert_true(result.status == 1 || result.status == 4);
    assert_int_equal(count_files(out_folder), 0);
    program_result_free(&result);
    here.options.wrapper = NULL;
}

enum { PICTURES = 12 };

/* Of all of them the name is the same, so that they get numbers; the smaller ones are done before the larger.
 */
static void add_pictures(unsigned side)
{
    char name[32];
    files_folder(here.folder, "more");
    for (unsigned i = 0; i < PICTURES; i++) {
        snprintf(name, sizeof name, "more/%02u", i);
        files_folder(here.folder, name);
        snprintf(name, sizeof name, "more/%02u/same.ppm", i);
        unsigned wide = i % 4 == 0 ? side : side / 8;
        files_write_picture(files_path(here.folder, name), wide, wide, i);
    }
    library_import();
}

static void the_number_of_jobs_changes_nothing(void **state)
{
    (void)state;
    add_pictures(800);
    char *more = strdup(files_path(here.folder, "more"));
    char *to[2] = {strdup(files_path(here.root, "one")), strdup(files_path(here.root, "four"))};
    assert_exported(RUN("export", "--json", "--jobs", "1", "--to", to[0], "--format", "png", more), 0,
                    PICTURES, 0);
    assert_exported(RUN("export", "--json", "--jobs", "4", "--to", to[1], "--format", "png", more), 0,
                    PICTURES, 0);
    for (int i = 1; i <= PICTURES; i++) {
        char name[32];
        size_t size[2] = {0};
        snprintf(name, sizeof name, i == 1 ? "same.png" : "same (%d).png", i);
        char *one = files_read(files_path(to[0], name), &size[0]);
        char *four = files_read(files_path(to[1], name), &size[1]);
        assert_int_equal(size[0], size[1]);
        assert_memory_equal(one, four, size[0]);
        free(one);
        free(four);
    }
    free(to[0]);
    free(to[1]);
    free(more);
}

/* Whole PNGs only, at whatever moment it ends; and after Ctrl+C nothing else either. */
static void expect_whole_files(const char *const *wrapper, bool clean)
{
    static const char end[] = "IEND\xae\x42\x60\x82";
    here.options.wrapper = wrapper;
    program_result result = RUN("export", "--jobs", "4", "--to", out_folder, "--format", "png", here.folder);
    here.options.wrapper = NULL;
    program_result_free(&result);
    DIR *open = opendir(out_folder);
    for (const struct dirent *entry; open && (entry = readdir(open));) {
        size_t size = 0;
        if (entry->d_name[0] == '.') {
            assert_false(clean && entry->d_name[1] == 'v');
            continue;
        }
        char *bytes = files_read(files_path(out_folder, entry->d_name), &size);
        assert_true(size > 8);
        assert_memory_equal(bytes + size - 8, end, 8);
        free(bytes);
    }
    if (open) {
        closedir(open);
    }
}

static void whoever_stops_it_finds_no_half_files(void **state)
{
    (void)state;
    static const char *const killed[][5] = {{"timeout", "-s", "KILL", "0.2", NULL},
                                            {"timeout", "-s", "KILL", "0.5", NULL},
                                            {"timeout", "-s", "KILL", "1", NULL}};
    static const char *const interrupted[][6] = {{"timeout", "--foreground", "-s", "INT", "0.3", NULL},
                                                 {"timeout", "--foreground", "-s", "INT", "0.7", NULL}};
    add_pictures(3000);
    for (size_t i = 0; i < sizeof interrupted / sizeof *interrupted; i++) {
        expect_whole_files(interrupted[i], true);
    }
    for (size_t i = 0; i < sizeof killed / sizeof *killed; i++) {
        expect_whole_files(killed[i], false);
    }
}

static void wrong_usage_is_answered(void **state)
{
    (void)state;
    static const struct {
        const char *words[10];
        const char *said;
    } cases[] = {
        {{"export", "kind:image"}, "--to DIR is missing"},
        {{"export", "--to", "/tmp"}, "is missing"},
        {{"export", "--to", "/tmp/x", "--format", "tiff", "a"}, "'tiff'"},
        {{"export", "--to", "/tmp/x", "--format", "original", "--size", "5", "a"}, "copies stay as they are"},
        {{"export", "--to", "/tmp/x", "--size", "0", "a"}, "--size"},
        {{"export", "--to", "/tmp/x", "--quality", "101", "a"}, "--quality"},
        {{"export", "--sheet", "sheet.jpg", "a"}, "'sheet.jpg'"},
        {{"export", "--list", "list", "a"}, "'list'"},
        {{"export", "--sheet", "a.pdf", "--captions", "name,colour", "a"}, "'colour'"},
        {{"export", "--to", "/tmp/x", "width>"}, "is wrong at character"},
        {{"export", "--to", "/tmp/x", "/tmp", "kind:image"}, "'kind:image' is no path"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        program_result result = run(cases[i].words);
        if (result.status != 2 || !strstr(result.err, cases[i].said)) {
            fail_msg("%s: status %d: %s", cases[i].said, result.status, result.err);
        }
        assert_string_equal(result.out, "");
        assert_non_null(strstr(result.err, "usage: vitrine export"));
        program_result_free(&result);
    }
}

/* By their paths, in whatever order they were imported. */
static void items_stand_in_the_order_of_their_paths(void **state)
{
    (void)state;
    char *list = strdup(files_path(here.root, "ordered.csv"));
    files_write_picture(files_path(here.folder, "0 first.ppm"), 30, 20, 1);
    program_result result = RUN("import", here.folder);
    assert_int_equal(result.status, 0);
    program_result_free(&result);
    result = RUN("export", "--list", list, "kind:image");
    assert_int_equal(result.status, 0);
    program_result_free(&result);
    size_t count = 0;
    char *bytes = files_read(list, &count);
    const char *line = memchr(bytes, '\n', count);
    assert_non_null(line);
    const char *end = memchr(line + 1, '\n', count - (size_t)(line + 1 - bytes));
    assert_non_null(end);
    assert_non_null(memmem(line, (size_t)(end - line), "0 first.ppm", 11));
    free(bytes);
    free(list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(copies_go_with_side_cars, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pictures_have_the_size_asked_for, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lists_stand_where_they_shall, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sheets_stand_where_they_shall, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_sheet_is_the_same_however_many_are_decoded_at_once, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_sheet_that_is_interrupted_leaves_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_dry_run_writes_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_fails_is_told_and_the_rest_goes_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_full_disk_ends_it_without_half_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_number_of_jobs_changes_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(whoever_stops_it_finds_no_half_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(wrong_usage_is_answered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(items_stand_in_the_order_of_their_paths, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
