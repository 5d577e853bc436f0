/* Side-cars by the command line: written, read, told of, and conflicts with them settled. */
#include "tests/support/check.h"

#include "core/catalog/catalog.h"
#include "core/catalog/reader.h"
#include "core/catalog/writer.h"
#include "tests/core/catalog/edits.h"
#include "tests/support/files.h"
#include "tests/support/json.h"
#include "tests/support/program.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct {
    char *root, *home, *folder, *catalog;
    program_options options;
} here;

static program_result run(const char *const *arguments)
{
    return program_run(&here.options, arguments);
}

#define RUN(...) run((const char *const[]){__VA_ARGS__, "--catalog", here.catalog, NULL})

static void write_sidecar(const char *name, int rating)
{
    char text[512];
    snprintf(text, sizeof text,
             "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
             "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description "
             "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:foreign=\"http://example.org/\" "
             "foreign:kept=\"yes\" xmp:Rating=\"%d\"/></rdf:RDF></x:xmpmeta>\n",
             rating);
    files_write(files_path(here.folder, name), text, strlen(text));
}

static bool holds(const char *name, const char *text)
{
    size_t size = 0;
    char *bytes = files_read(files_path(here.folder, name), &size);
    bool found = memmem(bytes, size, text, strlen(text)) != NULL;
    free(bytes);
    return found;
}

static int set_up(void **state)
{
    (void)state;
    here.root = files_temporary_folder();
    here.home = strdup(files_folder(here.root, "home"));
    here.folder = strdup(files_folder(here.root, "library"));
    here.catalog = strdup(files_path(here.root, "catalog.vitrine"));
    here.options.home = here.home;
    for (unsigned i = 0; i < 3; i++) {
        const char name[] = {(char)('a' + i), '.', 'p', 'p', 'm', '\0'};
        files_write_picture(files_path(here.folder, name), 8, 8, i);
    }
    write_sidecar("a.ppm.xmp", 4);
    program_result import = RUN("import", here.folder);
    assert_int_equal(import.status, 0);
    program_result_free(&import);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    files_remove(here.root);
    free(here.home);
    free(here.folder);
    free(here.catalog);
    return 0;
}

/* As the window would. */
static void rate(const char *name, int rating)
{
    vt_item item;
    vt_error error = VT_ERROR_INIT;
    const vt_catalog_options options = {.mode = VT_CATALOG_READ_WRITE, .log = vt_log_none};
    vt_catalog *catalog = vt_catalog_open(here.catalog, &options, &error);
    vt_catalog_writer *writer = catalog ? vt_catalog_writer_create(catalog, &error) : NULL;
    vt_catalog_reader *reader = writer ? vt_catalog_reader_open(catalog, &error) : NULL;
    const char *path = files_path(here.folder, name);
    if (!reader || !vt_catalog_reader_item_at(reader, path, strlen(path), &item, &error) ||
        !edits_set_rating(writer, &item.id, 1, rating, &error)) {
        fail_msg("%s", error.message);
    }
    vt_catalog_reader_free(reader);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static void expect(program_result result, int status, const char *const *names, const double *numbers,
                   size_t count)
{
    json_value report = json_parse(result.out, result.length);
    bool right = result.status == status;
    for (size_t i = 0; i < count; i++) {
        right = right && json_number(json_member(report, names[i])) == numbers[i];
    }
    if (!right) {
        fail_msg("status %d: %s\n%s", result.status, result.out, result.err);
    }
    program_result_free(&result);
}

#define EXPECT(result, status, names, ...)                                                                   \
    expect(result, status, names, (const double[]){__VA_ARGS__}, sizeof(names) / sizeof *(names))

static const char *const problems[] = {"due", "conflicts", "failures"};
static const char *const work[] = {"items", "written", "read", "conflicts"};

static int rating_of(const char *name)
{
    program_result result = RUN("list", "--columns", "rating", name);
    int rating = atoi(result.out);
    program_result_free(&result);
    return rating;
}

static void what_side_cars_lack_is_written(void **state)
{
    (void)state;
    size_t size[2];
    char *before = files_read(files_path(here.folder, "a.ppm.xmp"), &size[0]);
    EXPECT(RUN("sidecars", "--json"), 0, problems, 0, 0, 0);
    rate("b.ppm", 3);
    EXPECT(RUN("sidecars", "--write", "--json"), 0, work, 3, 1, 0, 0);
    assert_true(holds("b.ppm.xmp", "Rating"));
    assert_int_not_equal(access(files_path(here.folder, "c.ppm.xmp"), F_OK), 0); /* nothing to say of it */
    char *after = files_read(files_path(here.folder, "a.ppm.xmp"), &size[1]);
    assert_int_equal(size[0], size[1]);
    assert_memory_equal(before, after, size[0]);
    free(before);
    free(after);

    rate("a.ppm", 1);
    rate("b.ppm", 2);
    EXPECT(RUN("sidecars", "--write", "--json", files_path(here.folder, "a.ppm")), 0, work, 1, 1, 0, 0);
    assert_true(holds("a.ppm.xmp", "Rating=\"1\"") && holds("a.ppm.xmp", "foreign:kept=\"yes\""));
    assert_true(holds("b.ppm.xmp", "3")); /* was not asked for */
}

static void what_they_say_is_read(void **state)
{
    (void)state;
    assert_int_equal(rating_of("name:a"), 4);
    write_sidecar("a.ppm.xmp", 2);
    EXPECT(RUN("sidecars", "--read", "--json", "name:a"), 0, work, 1, 0, 1, 0);
    assert_int_equal(rating_of("name:a"), 2);
    EXPECT(RUN("sidecars", "--read", "--json"), 0, work, 3, 0, 0, 0); /* nothing new */
}

static void make_conflict(int ours, int theirs)
{
    rate("a.ppm", ours);
    write_sidecar("a.ppm.xmp", theirs);
    EXPECT(RUN("sidecars", "--read", "--json"), 4, work, 3, 0, 0, 1);
}

static void conflicts_are_told_and_settled(void **state)
{
    (void)state;
    make_conflict(5, 1);
    program_result result = RUN("sidecars", "--status");
    assert_int_equal(result.status, 4);
    assert_non_null(strstr(result.out, "a.ppm: conflict: rating is '5' here, '1' there\n"));
    assert_non_null(strstr(result.out, "0 due, 1 conflicts, 0 failures, of 3 items\n"));
    program_result_free(&result);
    EXPECT(RUN("sidecars", "--json", "name:b"), 0, problems, 0, 0, 0); /* of others */
    EXPECT(RUN("sidecars", "--take", "theirs", "--json", "name:b"), 0, work, 1, 0, 0, 0);
    EXPECT(RUN("sidecars", "--json"), 4, problems, 0, 1, 0);

    EXPECT(RUN("sidecars", "--take", "theirs", "--json"), 0, work, 3, 0, 0, 0);
    assert_int_equal(rating_of("name:a"), 1);
    make_conflict(3, 5);
    EXPECT(RUN("sidecars", "--take", "ours", "--json"), 0, work, 3, 1, 0, 0);
    assert_int_equal(rating_of("name:a"), 3);
    assert_true(holds("a.ppm.xmp", "Rating=\"3\""));
}

static void what_cannot_be_read_is_told(void **state)
{
    (void)state;
    files_write(files_path(here.folder, "b.ppm.xmp"), "<x:xmpmeta", 10);
    EXPECT(RUN("sidecars", "--read", "--json"), 4, problems, 0, 0, 1);
    program_result result = RUN("sidecars");
    assert_int_equal(result.status, 4);
    assert_non_null(strstr(result.out, "b.ppm: failed: "));
    program_result_free(&result);
}

static void wrong_usage_is_answered(void **state)
{
    (void)state;
    static const struct {
        const char *words[5];
        int status;
        const char *said;
    } cases[] = {
        {{"sidecars", "--write", "--read"}, 2, "only one of"},
        {{"sidecars", "--take", "mine"}, 2, "'mine'"},
        {{"sidecars", "width>"}, 2, "is wrong at character"},
        {{"sidecars", "/no/such/place"}, 1, "'vitrine import' it first"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *words[8] = {0};
        memcpy(words, cases[i].words, sizeof cases[i].words);
        size_t count = 0;
        while (words[count]) {
            count++;
        }
        words[count] = "--catalog";
        words[count + 1] = here.catalog;
        program_result result = run(words);
        if (result.status != cases[i].status || !strstr(result.err, cases[i].said)) {
            fail_msg("%s: status %d: %s", cases[i].said, result.status, result.err);
        }
        assert_string_equal(result.out, "");
        program_result_free(&result);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_side_cars_lack_is_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_they_say_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(conflicts_are_told_and_settled, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(wrong_usage_is_answered, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
