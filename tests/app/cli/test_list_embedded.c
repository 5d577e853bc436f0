/* What pictures carry in themselves, found by the command line: as the filter, as columns, after changes. */
#include "tests/app/cli/library.h"
#include "tests/support/carrying.h"

#define SEA "Landscapes/evening sea.jpg"

static void write_pictures(void)
{
    carrying_jpeg(files_path(here.folder, "rated.jpg"), SEA,
                  CARRYING_XMP("xmp:Rating='4' xmp:Label='Green'",
                               CARRYING_LEVELS(CARRYING_ITEM("Places|Italy|Rome"))));
    carrying_iptc(files_path(here.folder, "words.jpg"), SEA, (const char *const[]){"beach", "sand", NULL});
    files_write_picture(files_path(here.folder, "plain.ppm"), 40, 30, 1);
}

static int set_up(void **state)
{
    (void)state;
    library_begin();
    write_pictures();
    library_import();
    return 0;
}

static void expect_listed(const char *filter, const char *rows)
{
    program_result result = RUN("list", "--columns", "name,rating,label,tags", filter);
    assert_int_equal(result.status, 0);
    assert_string_equal(result.out, rows);
    program_result_free(&result);
}

static void they_are_found(void **state)
{
    (void)state;
    expect_listed("rating>=4", "rated.jpg\t4\t3\tPlaces/Italy/Rome\n");
    expect_listed("label:green", "rated.jpg\t4\t3\tPlaces/Italy/Rome\n");
    expect_listed("tag:beach", "words.jpg\t\t\tbeach;sand\n");
    expect_listed("tag:Places", "rated.jpg\t4\t3\tPlaces/Italy/Rome\n");
    expect_listed("tag:none", "plain.ppm\t\t\t\n");
    program_result result = RUN("show", "--json", files_path(here.folder, "rated.jpg"));
    json_value item = library_parse(&result);
    assert_int_equal(json_number(json_member(item, "rating")), 4);
    assert_non_null(strstr(result.out, "Places/Italy/Rome"));
    program_result_free(&result);
}

/* Another program has written into a picture, and a file without anything took the place of another. */
static void changes_are_taken_up_by_the_next_import(void **state)
{
    (void)state;
    carrying_jpeg(files_path(here.folder, "rated.jpg"), SEA,
                  CARRYING_XMP("xmp:Rating='5'", CARRYING_WORDS(CARRYING_ITEM("night"))));
    files_write_picture(files_path(here.folder, "words.jpg"), 20, 10, 2);
    library_import();
    expect_listed("rating>=4", "rated.jpg\t5\t\tnight\n");
    expect_listed("tag:beach", "");
    expect_listed("tag:Places", "");
    program_result check = RUN("check");
    assert_int_equal(check.status, 0);
    program_result_free(&check);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_are_found),
        cmocka_unit_test(changes_are_taken_up_by_the_next_import),
    };
    return cmocka_run_group_tests(tests, set_up, library_end);
}
