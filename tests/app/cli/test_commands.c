/* The commands over a small library: what they print, in all their forms. */

#include "tests/app/cli/library.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PICTURES = 3 };

static int set_up(void **state)
{
    (void)state;
    library_begin();
    files_write_picture(files_path(here.folder, "small.ppm"), 40, 30, 1);
    files_write_picture(files_path(here.folder, "large.ppm"), 400, 300, 2);
    files_write_picture(files_path(here.folder, "odd, \"name\"\nhere.ppm"), 50, 60, 3);
    files_write_tetrahedron(files_path(here.folder, "corner.stl"), 10.0f);
    program_result import = RUN("import", "--json", here.folder);
    assert_int_equal(import.status, 0);
    json_value report = library_parse(&import);
    assert_int_equal(json_number(json_member(report, "imported")), PICTURES + 1);
    static const char *const numbers[] = {"updated",
                                          "unchanged",
                                          "failed",
                                          "skipped",
                                          "seconds",
                                          "items_per_second",
                                          "ui_dispatch_us_max",
                                          "ui_dispatch_work_us_max",
                                          "peak_rss_mb"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        assert_true(json_number(json_member(report, numbers[i])) >= 0);
    }
    assert_true(json_number(json_member(report, "peak_rss_mb")) > 1);
    assert_true(json_is_string(json_member(report, "sandbox")));
    program_result_free(&import);
    return 0;
}

static void list_filters_sorts_and_limits(void **state)
{
    (void)state;
    program_result result =
        RUN("list", "--json", "kind:image", "--sort", "pixels", "--reverse", "--limit", "2");
    json_value list = library_parse(&result);
    assert_int_equal(json_number(json_member(list, "total")), PICTURES);
    json_value items = json_member(list, "items");
    assert_int_equal(json_count(items), 2);
    assert_true(json_contains(json_member(json_item(items, 0), "name"), "large.ppm"));
    assert_int_equal(json_number(json_member(json_item(items, 0), "width")), 400);
    assert_int_equal(json_number(json_member(json_item(items, 1), "height")), 60);
    assert_null(json_member(json_item(items, 0), "triangles").text); /* only what an item has */
    program_result_free(&result);
}

static void list_sorts_by_several_keys(void **state)
{
    (void)state;
    program_result result = RUN("list", "--sort", "kind,-pixels", "--columns", "name,width");
    assert_int_equal(result.status, 0);
    assert_string_equal(result.out, "large.ppm\t400\nodd, \"name\"\xef\xbf\xbd"
                                    "here.ppm\t50\nsmall.ppm\t40\ncorner.stl\t\n");
    program_result_free(&result);
    result = RUN("list", "--sort", "kind,-pixels", "--reverse", "--columns", "name", "--limit", "2");
    assert_string_equal(result.out, "corner.stl\nsmall.ppm\n");
    program_result_free(&result);
    result = RUN("list", "--csv", "--columns", "rating,name,label,tags,title,camera,taken,albums", "small");
    assert_string_equal(result.out,
                        "rating,name,label,tags,title,camera,taken,albums\r\n,small.ppm,,,,,,\r\n");
    program_result_free(&result);
    result = RUN("list", "--json", "--columns", "name", "small");
    json_value item = json_item(json_member(library_parse(&result), "items"), 0);
    assert_true(json_contains(json_member(item, "name"), "small.ppm"));
    assert_null(json_member(item, "id").text);
    program_result_free(&result);
}

static void list_writes_csv_and_exact_paths(void **state)
{
    (void)state;
    program_result result = RUN("list", "--csv", "odd");
    assert_int_equal(result.status, 0);
    assert_non_null(strstr(result.out, "id,path,kind"));
    assert_non_null(strstr(result.out, "/odd, \"\"name\"\"\nhere.ppm\",image,PNM,"));
    program_result_free(&result);
    result = RUN("list", "--paths0", "odd");
    assert_string_equal(result.out, files_path(here.folder, "odd, \"name\"\nhere.ppm"));
    assert_int_equal(result.length, strlen(result.out) + 1);
    program_result_free(&result);
}

static void show_tells_all_by_number_and_by_path(void **state)
{
    (void)state;
    program_result result = RUN("show", "--json", files_path(here.folder, "corner.stl"));
    json_value item = library_parse(&result);
    char id[24];
    snprintf(id, sizeof id, "%.0f", json_number(json_member(item, "id")));
    assert_int_equal(json_number(json_member(item, "triangles")), 4);
    assert_int_equal(json_number(json_member(item, "vertices")), 4);
    double volume = json_number(json_member(item, "volume"));
    assert_true(volume > 166.6 && volume < 166.7); /* 10 * 10 * 10 / 6 */
    program_result_free(&result);
    result = RUN("show", id);
    assert_int_equal(result.status, 0);
    assert_non_null(strstr(result.out, "corner.stl"));
    assert_non_null(strstr(result.out, "watertight  yes"));
    program_result_free(&result);
    result = RUN("show", "123456");
    assert_int_equal(result.status, 1);
    assert_non_null(strstr(result.err, "123456"));
    program_result_free(&result);
}

static void thumbnail_writes_a_png_of_the_wanted_size(void **state)
{
    (void)state;
    static const unsigned char png[] = {0x89, 'P', 'N', 'G'};
    char *output = strdup(files_path(here.root, "thumb.png"));
    program_result result =
        RUN("thumbnail", files_path(here.folder, "large.ppm"), "-o", output, "--size", "100");
    assert_int_equal(result.status, 0);
    assert_int_equal(result.length, 0);
    size_t count;
    char *bytes = files_read(output, &count);
    assert_true(count > 33);
    assert_memory_equal(bytes, png, sizeof png);
    assert_int_equal((unsigned char)bytes[19], 100); /* width and height in IHDR */
    assert_int_equal((unsigned char)bytes[23], 75);
    free(bytes);
    program_result_free(&result);

    files_write(files_path(here.root, "text.jpg"), "no picture", 10);
    assert_int_equal(unlink(output), 0);
    result = RUN("thumbnail", files_path(here.root, "text.jpg"), "-o", output);
    assert_int_equal(result.status, 1);
    assert_non_null(strstr(result.err, "text.jpg"));
    assert_int_equal(access(output, F_OK), -1);
    program_result_free(&result);
    result = RUN("thumbnail", files_path(here.folder, "large.ppm"), "-o", "/no/such/place/a.png");
    assert_int_equal(result.status, 1);
    assert_non_null(strstr(result.err, "/no/such/place"));
    program_result_free(&result);
    free(output);
}

static double total(void)
{
    program_result result = RUN("list", "--json", "--limit", "0");
    double count = json_number(json_member(library_parse(&result), "total"));
    program_result_free(&result);
    return count;
}

/* Under whatever name, the file is not replaced by its own thumbnail. */
static void a_thumbnail_spares_its_file(void **state)
{
    (void)state;
    char *path = strdup(files_path(here.folder, "small.ppm"));
    char *soft = strdup(files_path(here.root, "soft"));
    char *hard = strdup(files_path(here.root, "hard"));
    assert_int_equal(symlink(path, soft), 0);
    assert_int_equal(link(path, hard), 0);
    const char *const names[] = {path, soft, hard};
    struct stat before;
    struct stat after;
    assert_int_equal(stat(path, &before), 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        program_result result = RUN("thumbnail", path, "-o", names[i]);
        assert_int_equal(result.status, 1);
        assert_non_null(strstr(result.err, "would replace the file it is made of"));
        program_result_free(&result);
        assert_int_equal(stat(names[i], &after), 0);
        assert_true(after.st_ino == before.st_ino && after.st_size == before.st_size);
    }
    assert_int_equal(unlink(soft), 0);
    assert_int_equal(unlink(hard), 0);
    free(path);
    free(soft);
    free(hard);
}

/* An older thumbnail is replaced, as is the empty file that programs name; another picture is not. */
static void a_thumbnail_spares_other_pictures(void **state)
{
    (void)state;
    char *path = strdup(files_path(here.folder, "small.ppm"));
    char *other = strdup(files_path(here.folder, "large.ppm"));
    char *made = strdup(files_path(here.root, "made.png"));
    files_write(made, "", 0);
    for (int i = 0; i < 2; i++) {
        program_result result = RUN("thumbnail", path, "-o", made);
        assert_int_equal(result.status, 0);
        program_result_free(&result);
    }
    struct stat before;
    struct stat after;
    assert_int_equal(stat(other, &before), 0);
    program_result result = RUN("thumbnail", path, "-o", other);
    assert_int_equal(result.status, 1);
    assert_non_null(strstr(result.err, "large.ppm is there and no picture of Vitrine's own"));
    program_result_free(&result);
    assert_int_equal(stat(other, &after), 0);
    assert_true(after.st_ino == before.st_ino && after.st_size == before.st_size);
    unlink(made);
    free(path);
    free(other);
    free(made);
}

static void a_backup_brings_the_catalog_back(void **state)
{
    (void)state;
    char *backup = strdup(files_path(here.root, "backup.vitrine"));
    char *more = strdup(files_folder(here.root, "more"));
    program_result result = RUN("check");
    assert_int_equal(result.status, 0);
    program_result_free(&result);
    result = RUN("backup", backup, "--json");
    assert_int_equal(result.status, 0);
    assert_true(json_contains(json_member(library_parse(&result), "backup"), "backup.vitrine"));
    program_result_free(&result);
    files_write_picture(files_path(more, "later.ppm"), 20, 20, 4);
    result = RUN("import", more);
    assert_int_equal(result.status, 0);
    program_result_free(&result);
    assert_int_equal(total(), PICTURES + 2);
    result = RUN("restore", backup);
    assert_int_equal(result.status, 0);
    assert_non_null(strstr(result.err, "before-restore"));
    program_result_free(&result);
    assert_int_equal(total(), PICTURES + 1);
    /* An older backup is replaced, a picture is not. */
    result = RUN("backup", backup);
    assert_int_equal(result.status, 0);
    program_result_free(&result);
    struct stat before;
    struct stat after;
    assert_int_equal(stat(files_path(here.folder, "large.ppm"), &before), 0);
    result = RUN("backup", files_path(here.folder, "large.ppm"));
    assert_int_equal(result.status, 1);
    assert_non_null(strstr(result.err, "large.ppm is there and no backup of a catalog"));
    program_result_free(&result);
    assert_int_equal(stat(files_path(here.folder, "large.ppm"), &after), 0);
    assert_true(after.st_ino == before.st_ino && after.st_size == before.st_size);
    result = RUN("restore", files_path(here.folder, "large.ppm"));
    assert_int_equal(result.status, 1);
    program_result_free(&result);
    assert_int_equal(total(), PICTURES + 1);
    free(backup);
    free(more);
}

static void diagnose_names_versions_decoders_and_confinement(void **state)
{
    (void)state;
    program_result result = RUN("diagnose", "--json");
    assert_int_equal(result.status, 0);
    json_value report = library_parse(&result);
    assert_true(json_is_string(json_member(json_member(report, "versions"), "vitrine")));
    assert_true(json_is_string(json_member(json_member(report, "decoders"), "JPEG")));
    assert_true(json_is_string(json_member(json_member(report, "helper"), "sandbox")));
    assert_true(json_is_string(json_member(json_member(report, "helper"), "level")));
    assert_true(json_is_string(json_member(json_member(report, "helper"), "Landlock")));
    assert_true(json_is_string(json_member(json_member(report, "helper"), "seccomp")));
    assert_true(json_contains(json_member(json_member(report, "catalog"), "items"), "4 (3 images"));
    assert_true(json_contains(json_member(json_member(report, "catalog"), "columns"), "none; "));
    program_result_free(&result);
}

/* With a helper that is less confined than it could be, whoever asks is told so, and why. */
static void less_confinement_is_told_with_its_reason(void **state)
{
    (void)state;
    here.options.decoder = VT_DECODER_UNCONFINED;
    program_result result = RUN("diagnose", "--json");
    json_value helper = json_member(library_parse(&result), "helper");
    assert_true(json_contains(json_member(helper, "sandbox"), "none"));
    assert_true(json_contains(json_member(helper, "level"), "D"));
    assert_true(json_contains(json_member(helper, "seccomp"), "not available"));
    assert_true(json_contains(json_member(helper, "why not full"), "made for tests"));
    program_result_free(&result);
    result = RUN("import", "--json", here.folder);
    json_value report = library_parse(&result);
    assert_true(json_contains(json_member(report, "sandbox"), "none"));
    assert_true(json_contains(json_member(report, "sandbox_level"), "D"));
    assert_true(json_contains(json_member(report, "sandbox_reason"), "made for tests"));
    program_result_free(&result);
    here.options.decoder = NULL;
}

static void files_that_are_gone_are_missing_and_come_back(void **state)
{
    (void)state;
    char *path = strdup(files_path(here.folder, "small.ppm"));
    char *aside = strdup(files_path(here.root, "aside"));
    assert_int_equal(rename(path, aside), 0);
    program_result result = RUN("import", "--json", here.folder);
    json_value report = library_parse(&result);
    assert_int_equal(json_number(json_member(report, "missing")), 1);
    assert_int_equal(json_number(json_member(report, "unchanged")), PICTURES);
    program_result_free(&result);
    result = RUN("list", "--json", "missing:yes");
    assert_int_equal(json_number(json_member(library_parse(&result), "total")), 1);
    program_result_free(&result);
    assert_int_equal(rename(aside, path), 0);
    result = RUN("import", "--json", here.folder);
    report = library_parse(&result);
    assert_int_equal(json_number(json_member(report, "updated")), 1);
    assert_int_equal(json_number(json_member(report, "missing")), 0);
    program_result_free(&result);
    result = RUN("list", "--json", "missing:yes");
    assert_int_equal(json_number(json_member(library_parse(&result), "total")), 0);
    program_result_free(&result);
    free(path);
    free(aside);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(list_filters_sorts_and_limits),
        cmocka_unit_test(list_sorts_by_several_keys),
        cmocka_unit_test(list_writes_csv_and_exact_paths),
        cmocka_unit_test(show_tells_all_by_number_and_by_path),
        cmocka_unit_test(thumbnail_writes_a_png_of_the_wanted_size),
        cmocka_unit_test(a_thumbnail_spares_its_file),
        cmocka_unit_test(a_thumbnail_spares_other_pictures),
        cmocka_unit_test(a_backup_brings_the_catalog_back),
        cmocka_unit_test(diagnose_names_versions_decoders_and_confinement),
        cmocka_unit_test(less_confinement_is_told_with_its_reason),
        cmocka_unit_test(files_that_are_gone_are_missing_and_come_back),
    };
    return cmocka_run_group_tests(tests, set_up, library_end);
}
