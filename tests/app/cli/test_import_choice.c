/* `vitrine import` with rules, and what it would do beforehand. */

#include "tests/app/cli/library.h"

#include <stdlib.h>
#include <string.h>

static int set_up(void **state)
{
    (void)state;
    library_begin();
    files_write_picture(files_path(here.folder, "scan 1.ppm"), 40, 30, 1);
    files_write_picture(files_path(here.folder, "photo.ppm"), 400, 300, 2);
    files_write_tetrahedron(files_path(here.folder, "corner.stl"), 10.0f);
    char *cache = strdup(files_folder(here.folder, "cache"));
    files_write_picture(files_path(cache, "scan 2.ppm"), 41, 30, 3);
    free(cache);
    return 0;
}

static double number(const program_result *result, const char *key, const char *below)
{
    json_value value = json_member(library_parse(result), key);
    return json_number(below ? json_member(value, below) : value);
}

static void a_dry_run_counts_and_writes_nothing(void **state)
{
    (void)state;
    program_result all = RUN("import", "--dry-run", "--json", here.folder);
    assert_int_equal(all.status, 0);
    assert_int_equal(number(&all, "new", NULL), 4);
    assert_int_equal(number(&all, "kinds", "model"), 1);
    assert_int_equal(number(&all, "formats", "STL"), 1);
    program_result_free(&all);
    program_result some = RUN("import", "--dry-run", "--json", "--name", "*.ppm", "--kind", "image,model",
                              "--exclude", "cache", "--larger", "10k", here.folder);
    assert_int_equal(number(&some, "new", NULL), 1);
    assert_int_equal(number(&some, "left_out", "name"), 1);
    assert_int_equal(number(&some, "left_out", "smaller"), 1);
    assert_int_equal(number(&some, "left_out", "folders"), 1);
    program_result_free(&some);
    program_result words = RUN("import", "--dry-run", "--limit", "3", here.folder);
    assert_int_equal(words.status, 0);
    assert_non_null(strstr(words.out, "3  new"));
    assert_non_null(strstr(words.out, "1  beyond the largest number"));
    program_result_free(&words);
    program_result list = RUN("list", "--json");
    assert_null(strstr(list.out, ".ppm"));
    program_result_free(&list);
}

static void an_import_obeys_the_same_rules(void **state)
{
    (void)state;
    program_result done = RUN("import", "--json", "--format", "stl", here.folder);
    assert_int_equal(done.status, 0);
    assert_int_equal(number(&done, "imported", NULL), 1);
    assert_int_equal(number(&done, "left_out", NULL), 3);
    program_result_free(&done);
    done = RUN("import", "--json", "--limit", "1", "--batch", "1", "--chunk", "1", "--memory", "200",
               here.folder);
    assert_int_equal(number(&done, "imported", NULL), 1);
    assert_int_equal(number(&done, "unchanged", NULL), 1);
    program_result_free(&done);
}

static void what_is_wrong_is_said(void **state)
{
    (void)state;
    static const struct {
        const char *option, *value, *says;
    } rows[] = {
        {"--name", "[x", "[x"},
        {"--kind", "image,moodel", "moodel"},
        {"--format", "doc", "doc"},
        {"--larger", "3Q", "3Q"},
        {"--newer", "2024-13-01", "--newer"},
        {"--newer", "yesterday", "--newer"},
        {"--limit", "0", "--limit"},
        {"--batch", "385", "--batch"},
        {"--memory", "10", "64 MB"},
        {"--smaller", "", "--smaller"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        program_result wrong = RUN("import", "--dry-run", rows[i].option, rows[i].value, here.folder);
        if (wrong.status != 2 || !strstr(wrong.err, rows[i].says)) {
            fail_msg("%s %s: %d: %s", rows[i].option, rows[i].value, wrong.status, wrong.err);
        }
        program_result_free(&wrong);
    }
    program_result gone = RUN("import", "--dry-run", "/nowhere/at/all");
    assert_int_equal(gone.status, 1);
    assert_non_null(strstr(gone.err, "/nowhere/at/all"));
    program_result_free(&gone);
    program_result both = RUN("import", "--dry-run", "--resume");
    assert_int_equal(both.status, 2);
    program_result_free(&both);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dry_run_counts_and_writes_nothing),
        cmocka_unit_test(an_import_obeys_the_same_rules),
        cmocka_unit_test(what_is_wrong_is_said),
    };
    return cmocka_run_group_tests(tests, set_up, library_end);
}
