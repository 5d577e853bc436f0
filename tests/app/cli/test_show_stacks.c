/* Stacks made by hand, as `show` and `list` tell them. */
#include "tests/support/check.h"

#include "core/catalog/change.h"
#include "tests/support/files.h"
#include "tests/support/json.h"
#include "tests/support/program.h"

#include <stdlib.h>
#include <string.h>

static struct {
    char *root, *home, *folder, *catalog;
    program_options options;
} shared;

static program_result run(const char *const *arguments)
{
    return program_run(&shared.options, arguments);
}

#define RUN(...) run((const char *const[]){__VA_ARGS__, NULL})

/* No command makes stacks: the window does. */
static void make_stack(void)
{
    vt_error error = VT_ERROR_INIT;
    const int64_t ids[] = {3, 1};
    vt_catalog *catalog = vt_catalog_open(
        shared.catalog, &(vt_catalog_options){.mode = VT_CATALOG_READ_WRITE, .log = vt_log_none}, &error);
    vt_catalog_writer *writer = catalog ? vt_catalog_writer_create(catalog, &error) : NULL;
    vt_change *change =
        writer ? vt_change_make(writer, &(vt_item_edit){.kind = VT_EDIT_STACK}, ids, 2, &error) : NULL;
    if (!change) {
        fail_msg("%s", error.message);
    }
    vt_change_free(change);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static int set_up(void **state)
{
    (void)state;
    shared.root = files_temporary_folder();
    shared.home = strdup(files_folder(shared.root, "home"));
    shared.folder = strdup(files_folder(shared.root, "library"));
    shared.catalog = strdup(files_path(shared.root, "stacks.vitrine"));
    shared.options.home = shared.home;
    for (int i = 0; i < 3; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "%d.ppm", i);
        files_write_picture(files_path(shared.folder, name), 40, 30, (unsigned)i);
    }
    program_result import = RUN("import", "--catalog", shared.catalog, shared.folder);
    int status = import.status;
    program_result_free(&import);
    make_stack();
    return status;
}

static int tear_down(void **state)
{
    (void)state;
    files_remove(shared.root);
    free(shared.home);
    free(shared.folder);
    free(shared.catalog);
    return 0;
}

static void show_tells_the_place(void **state)
{
    (void)state;
    program_result result = RUN("show", "--catalog", shared.catalog, "--json", "1");
    assert_int_equal(result.status, 0);
    json_value item = json_parse(result.out, result.length);
    assert_int_equal(json_number(json_member(item, "stack")), 1);
    assert_int_equal(json_number(json_member(item, "stack_position")), 2);
    assert_int_equal(json_number(json_member(item, "stack_count")), 2);
    program_result_free(&result);
    result = RUN("show", "--catalog", shared.catalog, "3");
    assert_non_null(strstr(result.out, "stack       1, 1 of 2, the cover\n"));
    program_result_free(&result);
    result = RUN("show", "--catalog", shared.catalog, "--json", "2");
    assert_null(strstr(result.out, "stack"));
    program_result_free(&result);
}

static void list_finds_and_orders_them(void **state)
{
    (void)state;
    program_result result = RUN("list", "--catalog", shared.catalog, "--sort", "stack", "--columns",
                                "id,stack,stack_position", "stack:yes");
    assert_int_equal(result.status, 0);
    assert_string_equal(result.out, "3\t1\t1\n1\t1\t2\n");
    program_result_free(&result);
    result = RUN("list", "--catalog", shared.catalog, "--columns", "id", "stack:no");
    assert_string_equal(result.out, "2\n");
    program_result_free(&result);
    result = RUN("list", "--catalog", shared.catalog, "stack:perhaps");
    assert_int_equal(result.status, 2);
    assert_non_null(strstr(result.err, "yes, no, cover, inside"));
    program_result_free(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(show_tells_the_place),
        cmocka_unit_test(list_finds_and_orders_them),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
