/* Catalogs that cannot be used, or not for writing: what is said, and that nothing is harmed. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/json.h"
#include "tests/support/program.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct place {
    char *root, *home, *pictures;
} place;

static int set_up(void **state)
{
    place *here = calloc(1, sizeof *here);
    assert_non_null(here);
    here->root = files_temporary_folder();
    here->home = strdup(files_folder(here->root, "home"));
    here->pictures = strdup(files_folder(here->root, "pictures"));
    files_write_picture(files_path(here->pictures, "one.ppm"), 30, 20, 1);
    files_write_tetrahedron(files_path(here->pictures, "two.stl"), 5.0f);
    *state = here;
    return 0;
}

static int tear_down(void **state)
{
    place *here = *state;
    files_remove(here->root);
    free(here->home);
    free(here->pictures);
    free(here);
    return 0;
}

static program_result run_on(const place *here, const char *catalog, bool unprivileged, const char *command)
{
    program_options options = {.home = here->home, .unprivileged = unprivileged};
    bool import = strcmp(command, "import") == 0;
    return program_run(&options, (const char *const[]){command, "--json", "--catalog", catalog,
                                                       import ? "--sequences=off" : NULL, "--no-wait",
                                                       here->pictures, NULL});
}

static void a_catalog_that_is_no_database_is_refused_and_left_alone(void **state)
{
    const place *here = *state;
    static const char text[] = "This was somebody's thesis, named library.vitrine by mistake.\n";
    const char *catalog = files_path(here->root, "thesis.vitrine");
    files_write(catalog, text, sizeof text - 1);
    static const char *const commands[] = {"import", "list", "check"};
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        program_result run = run_on(here, catalog, false, commands[i]);
        assert_int_equal(run.status, 1);
        assert_non_null(strstr(run.err, catalog));
        program_result_free(&run);
    }
    size_t count;
    char *after = files_read(catalog, &count);
    assert_int_equal(count, sizeof text - 1);
    assert_memory_equal(after, text, count);
    free(after);
}

static void a_database_of_another_program_is_refused_and_left_alone(void **state)
{
    const place *here = *state;
    /* The 100 bytes of an SQLite header with an application id that is not ours ("GPKG"), and an empty page.
     */
    static unsigned char page[4096] = "SQLite format 3";
    static const unsigned char header[] = {
        [0] = 0x10, [2] = 1, [3] = 1, [5] = 64, [6] = 32, [7] = 32, [11] = 1, [15] = 1};
    memcpy(page + 16, header, sizeof header);
    page[47] = 4;
    page[59] = 1;
    memcpy(page + 68, (const unsigned char[]){'G', 'P', 'K', 'G'}, 4);
    page[100] = 13;
    page[105] = 0x10;
    const char *catalog = files_path(here->root, "map.gpkg");
    files_write(catalog, page, sizeof page);
    program_result run = run_on(here, catalog, false, "import");
    assert_int_equal(run.status, 1);
    assert_non_null(strstr(run.err, catalog));
    program_result_free(&run);
    size_t count;
    char *after = files_read(catalog, &count);
    assert_int_equal(count, sizeof page);
    assert_memory_equal(after, page, count);
    free(after);
}

static void a_catalog_in_a_folder_that_is_not_there_is_an_error(void **state)
{
    const place *here = *state;
    program_result run = run_on(here, "/no/such/place/library.vitrine", false, "list");
    assert_int_equal(run.status, 1);
    assert_non_null(strstr(run.err, "/no/such/place"));
    program_result_free(&run);
}

static void a_read_only_catalog_can_be_read_but_not_imported_into(void **state)
{
    const place *here = *state;
    if (!program_can_drop_privileges(here->home)) {
        print_message("root may write everything, and privileges cannot be dropped here\n");
        skip();
    }
    const char *folder = files_folder(here->root, "shelf");
    char *catalog = strdup(files_path(folder, "library.vitrine"));
    program_result run = run_on(here, catalog, false, "import");
    assert_int_equal(run.status, 0);
    program_result_free(&run);
    assert_int_equal(chmod(catalog, 0444), 0);
    assert_int_equal(chmod(folder, 0555), 0);
    if (geteuid() == 0) {
        assert_int_equal(chown(here->home, 65534, 65534), 0);
    }

    run = run_on(here, catalog, true, "list");
    assert_int_equal(run.status, 0);
    assert_int_equal(json_number(json_member(json_parse(run.out, run.length), "total")), 2);
    program_result_free(&run);

    run = run_on(here, catalog, true, "import");
    assert_int_equal(run.status, 1);
    assert_non_null(strstr(run.err, catalog));
    program_result_free(&run);
    free(catalog);
}

static void a_full_disk_is_said_and_the_catalog_survives(void **state)
{
    const place *here = *state;
    enum { PICTURES = 400 };
    char *disk = strdup(files_folder(here->root, "disk"));
    if (mount("none", disk, "tmpfs", 0, "size=1m") != 0) {
        print_message("no right to mount a small disk here (%s)\n", strerror(errno));
        free(disk);
        skip();
    }
    char name[64];
    for (int i = 0; i < PICTURES; i++) { /* noisy pictures: their thumbnails do not fit either */
        snprintf(name, sizeof name, "picture %03d.ppm", i);
        files_write_picture(files_path(here->pictures, name), 120, 90, (unsigned)i);
    }
    char *catalog = strdup(files_path(disk, "library.vitrine"));
    char *filler = strdup(files_path(disk, "filler"));
    program_result run = run_on(here, catalog, false, "import"); /* may fit or not; makes the catalog */
    program_result_free(&run);
    char block[4096];
    memset(block, 'x', sizeof block);
    FILE *file = fopen(filler, "w");
    while (file && fwrite(block, 1, sizeof block, file) == sizeof block && fflush(file) == 0) {
    }
    if (file) {
        fclose(file);
    }
    for (int i = 0; i < PICTURES; i++) {
        snprintf(name, sizeof name, "picture %03d.ppm", i);
        files_write_picture(files_path(here->pictures, name), 100, 80, (unsigned)i + 7000);
    }
    run = run_on(here, catalog, false, "import");
    assert_int_equal(run.status, 1);
    assert_non_null(strstr(run.err, "space"));
    program_result_free(&run);

    /* With room again, what was there is still right and the next import goes on. */
    assert_int_equal(unlink(filler), 0);
    assert_int_equal(mount("none", disk, "tmpfs", MS_REMOUNT, "size=256m"), 0);
    run = run_on(here, catalog, false, "check");
    int checked = run.status;
    program_result_free(&run);
    run = run_on(here, catalog, false, "import");
    int imported = run.status;
    program_result_free(&run);
    run = run_on(here, catalog, false, "list");
    double total = json_number(json_member(json_parse(run.out, run.length), "total"));
    program_result_free(&run);
    umount2(disk, MNT_DETACH);
    free(filler);
    free(catalog);
    free(disk);
    assert_int_equal(checked, 0);
    assert_int_equal(imported, 0);
    assert_int_equal(total, PICTURES + 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_catalog_that_is_no_database_is_refused_and_left_alone, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_database_of_another_program_is_refused_and_left_alone, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_catalog_in_a_folder_that_is_not_there_is_an_error, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_read_only_catalog_can_be_read_but_not_imported_into, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_full_disk_is_said_and_the_catalog_survives, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
