/* vitrine bench, as a user runs it: what it prints and leaves behind, and which build it accuses. The figures
   are those that need little time; all of them are listed. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/json.h"
#include "tests/support/program.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct {
    char *root, *home, *temporary, *baseline;
    char environment[4200];
    const char *more[2];
    program_options options;
} shared;

static program_result run(const char *const *arguments)
{
    return program_run(&shared.options, arguments);
}

#define RUN(...) run((const char *const[]){"bench", __VA_ARGS__, NULL})

/* The build that the tests slow: `figure` costs far more in it (core/bench/timer.c), nothing does if that is
   NULL. */
static program_result run_slowed(const char *figure, const char *const *arguments)
{
    char slowed[128];
    program_options options = shared.options;
    const char *const more[] = {shared.options.more[0], slowed, NULL};
    (void)snprintf(slowed, sizeof slowed, "VITRINE_TEST_SLOW=%s", figure ? figure : "");
    options.program = VT_SLOWED;
    options.more = more;
    return program_run(&options, arguments);
}

#define RUN_SLOWED(figure, ...)                                                                              \
    run_slowed(figure, (const char *const[]){"bench", "--quick", __VA_ARGS__, NULL})

/* Entries of the folder in which temporary ones are made. */
static size_t count_places(void)
{
    DIR *folder = opendir(shared.temporary);
    size_t count = 0;
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        count += entry->d_name[0] != '.';
    }
    closedir(folder);
    return count;
}

static json_value find_figure(json_value all, const char *name)
{
    json_value figures = json_member(all, "figures");
    for (json_value figure = json_first(figures); figure.text; figure = json_next(figures, figure)) {
        json_value name_of = json_member(figure, "name");
        if (name_of.length == strlen(name) + 2 && memcmp(name_of.text + 1, name, strlen(name)) == 0) {
            return figure;
        }
    }
    return (json_value){NULL, 0};
}

static void figures_are_listed(void **state)
{
    (void)state;
    program_result result = RUN("--list");
    assert_int_equal(result.status, 0);
    assert_non_null(strstr(result.out, "filter"));
    assert_non_null(strstr(result.out, "import-memory"));
    assert_string_equal(result.err, "");
    program_result_free(&result);
    result = RUN("--list", "--json", "--only", "sort,filter");
    json_value all = json_parse(result.out, result.length);
    assert_int_equal(json_count(json_member(all, "figures")), 2);
    assert_true(json_number(json_member(find_figure(all, "filter"), "threshold")) == 1.2);
    program_result_free(&result);
}

static void figures_are_measured_as_a_table_and_as_json(void **state)
{
    (void)state;
    program_result result = RUN("--quick", "--only", "layout-cached", "provision");
    assert_int_equal(result.status, 0);
    assert_non_null(strstr(result.out, "layout-cached"));
    assert_non_null(strstr(result.out, "provision"));
    assert_null(strstr(result.out, "filter"));
    assert_string_equal(result.err, "");
    program_result_free(&result);
    result = RUN("--runs", "2", "--json", "layout-cold", "index-memory");
    assert_int_equal(result.status, 0);
    json_value all = json_parse(result.out, result.length);
    json_value layout = find_figure(all, "layout-cold");
    assert_true(json_number(json_member(layout, "value")) > 100);
    assert_int_equal((int)json_number(json_member(layout, "runs")), 10);
    assert_int_equal((int)json_number(json_member(layout, "rounds")), 5);
    assert_true(json_contains(json_member(layout, "verdict"), "new"));
    assert_true(json_number(json_member(find_figure(all, "index-memory"), "value")) > 1e6);
    assert_true(json_number(json_member(json_member(all, "machine"), "processors")) >= 1);
    program_result_free(&result);
    assert_int_equal(access(files_path(shared.home, "data"), F_OK),
                     -1); /* nothing of the user's was touched */
    assert_int_equal(access(files_path(shared.home, "config"), F_OK), -1);
}

static void real_files_are_imported_by_real_helpers(void **state)
{
    (void)state;
    program_result result = RUN("--runs", "1", "--quick", "--json", "import-memory");
    assert_int_equal(result.status, 0);
    json_value all = json_parse(result.out, result.length);
    assert_true(json_number(json_member(find_figure(all, "import-memory"), "value")) > 1e6);
    program_result_free(&result);
}

static void the_window_is_measured_without_a_display(void **state)
{
    (void)state;
    program_result result = RUN("--list");
    bool has_window = strstr(result.out, "navigation") != NULL;
    program_result_free(&result);
    if (!has_window) {
        print_message("skipped: this build has no window\n");
        skip();
    }
    result = RUN("--runs", "1", "--quick", "--json", "start", "navigation", "scroll-frame", "widget-creation",
                 "window-memory");
    assert_int_equal(result.status, 0);
    json_value all = json_parse(result.out, result.length);
    assert_true(json_number(json_member(find_figure(all, "start"), "value")) > 1e6);
    assert_true(json_number(json_member(find_figure(all, "navigation"), "value")) > 1e4);
    assert_true(json_number(json_member(find_figure(all, "scroll-frame"), "value")) > 1e4);
    program_result_free(&result);
}

static void wrong_usage_is_told(void **state)
{
    (void)state;
    static const char *const cases[][4] = {
        {"--only", "filter,nonsense", "there is no figure 'nonsense'"},
        {"--only", "", "there is no figure ''"},
        {"--runs", "0", "--runs takes a number from 1 to 1000"},
        {"--runs", "many", "not 'many'"},
        {"--minutes", "-1", "--minutes takes a number from 0 to 1440"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        program_result result = RUN(cases[i][0], cases[i][1]);
        assert_int_equal(result.status, 2);
        assert_non_null(strstr(result.err, cases[i][2]));
        assert_non_null(strstr(result.err, "usage: vitrine bench"));
        program_result_free(&result);
    }
    program_result result = RUN("nothing-like-it");
    assert_int_equal(result.status, 2);
    program_result_free(&result);
}

static void files_that_cannot_be_used_are_told_before_anything_is_measured(void **state)
{
    (void)state;
    static const char *const options[] = {"--junit", "--output", "--save-baseline", "--baseline"};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        program_result result = RUN(options[i], files_path(shared.root, "no/such/file"));
        assert_int_equal(result.status, 1);
        assert_non_null(strstr(result.err, "no/such/file"));
        assert_string_equal(result.out, "");
        program_result_free(&result);
    }
    files_write(files_path(shared.root, "damaged.json"), "{\"vitrine_bench\": 1, ", 21);
    program_result result = RUN("--baseline", files_path(shared.root, "damaged.json"));
    assert_int_equal(result.status, 1);
    assert_non_null(strstr(result.err, "damaged.json"));
    assert_non_null(strstr(result.err, "--save-baseline makes a new one"));
    program_result_free(&result);
}

/* Each of a run before, and a damaged baseline; not what is of another kind, and no file twice. */
static void only_files_of_its_own_are_replaced(void **state)
{
    (void)state;
    static const struct {
        const char *option, *kind;
    } files[] = {{"--junit", "no JUnit file of vitrine bench"},
                 {"--output", "no output of vitrine bench"},
                 {"--save-baseline", "no baseline of vitrine bench"}};
    static const char mine[] = "a picture of mine";
    char *path = strdup(files_path(shared.root, "mine"));
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        files_write(path, mine, strlen(mine));
        program_result result = RUN("--quick", "--only", "layout-cached", files[i].option, path);
        assert_int_equal(result.status, 1);
        assert_non_null(strstr(result.err, files[i].kind));
        assert_string_equal(result.out, ""); /* nothing was measured for it */
        program_result_free(&result);
        size_t size;
        char *bytes = files_read(path, &size);
        assert_int_equal(size, strlen(mine));
        assert_memory_equal(bytes, mine, size);
        free(bytes);
        unlink(path);
        for (int again = 0; again < 2; again++) {
            result = RUN("--quick", "--only", "layout-cached", files[i].option, path);
            assert_int_equal(result.status, 0);
            program_result_free(&result);
        }
    }
    files_write(path, "{\"vitrine_bench\": 1, ", 20);
    program_result result = RUN("--quick", "--only", "layout-cached", "--save-baseline", path);
    assert_int_equal(result.status, 0);
    program_result_free(&result);
    result = RUN("--quick", "--only", "layout-cached", "--output", path, "--save-baseline", path);
    assert_int_equal(result.status, 2);
    assert_non_null(strstr(result.err, "is to hold two things"));
    program_result_free(&result);
    unlink(path);
    free(path);
}

/* Memory decides the same on every machine, however busy it is; of times, those of four times the work. */
static void what_is_slower_is_named_and_what_is_not_passes(void **state)
{
    (void)state;
    program_result result =
        RUN_SLOWED(NULL, "--save-baseline", shared.baseline, "layout-cold", "provision", "index-memory");
    assert_int_equal(result.status, 0);
    program_result_free(&result);

    result =
        RUN_SLOWED(NULL, "--baseline", shared.baseline, "layout-cold", "provision", "index-memory", "filter");
    assert_int_equal(result.status, 0);
    assert_null(strstr(result.err, "regression"));
    assert_non_null(strstr(result.err, "1 of these 4 figures are not in the baseline"));
    assert_non_null(strstr(result.out, "new")); /* the filter, of which nothing is known */
    program_result_free(&result);

    const char *junit = files_path(shared.root, "junit.xml"),
               *output = files_path(shared.root, "output.json");
    result = RUN_SLOWED("layout-cold", "--baseline", shared.baseline, "layout-cold", "provision",
                        "index-memory", "--junit", junit, "--output", output, "--save-baseline",
                        files_path(shared.root, "not-saved.json"));
    assert_int_equal(result.status, 3);
    assert_non_null(strstr(result.err, ": layout-cold is "));
    const char *again = strstr(result.err, "may have become slower: measured again, up to 6 times each");
    assert_true(again && strstr(again, "layout-cold"));
    assert_non_null(strstr(again, "measured again to be sure: "));
    assert_null(strstr(result.err, "provision is "));
    assert_null(strstr(result.err, "index-memory is "));
    assert_non_null(strstr(result.err, "was not saved"));
    assert_int_equal(access(files_path(shared.root, "not-saved.json"), F_OK), -1);
    program_result_free(&result);

    size_t size;
    char *xml = files_read(junit, &size);
    assert_non_null(strstr(xml, "tests=\"3\" failures=\"1\" errors=\"0\""));
    assert_non_null(strstr(xml, "message=\"layout-cold is "));
    free(xml);
    char *text = files_read(output, &size);
    json_value all = json_parse(text, size);
    assert_int_equal((int)json_number(json_member(all, "regressions")), 1);
    json_value slowed = find_figure(all, "layout-cold");
    assert_true(json_number(json_member(slowed, "ratio")) > 1.5);
    assert_true(json_number(json_member(slowed, "ratio")) > json_number(json_member(slowed, "limit")));
    assert_int_equal((int)json_number(json_member(slowed, "rounds")), 3 + 6);
    assert_int_equal((int)json_number(json_member(slowed, "rounds_again")), 6);
    assert_int_equal((int)json_number(json_member(all, "unsure")), 0);
    free(text);
}

static void memory_that_grows_is_named(void **state)
{
    (void)state;
    program_result result =
        RUN_SLOWED("index-memory", "--baseline", shared.baseline, "layout-cold", "index-memory");
    assert_int_equal(result.status, 3);
    assert_non_null(strstr(result.err, "regression (critical): index-memory is "));
    assert_null(strstr(result.err, "layout-cold is "));
    program_result_free(&result);
}

/* Replaces `from` in the baseline, which must be there, and writes it elsewhere. */
static const char *changed_baseline(const char *from, const char *to)
{
    size_t size;
    const char *path = files_path(shared.root, "changed.json");
    char *text = files_read(shared.baseline, &size);
    char *at = strstr(text, from);
    assert_non_null(at);
    size_t length = size - strlen(from) + strlen(to);
    char *changed = malloc(length + 1);
    assert_non_null(changed);
    (void)snprintf(changed, length + 1, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    files_write(path, changed, length);
    free(changed);
    free(text);
    return path;
}

/* With a figure of memory: times are what the test would depend on. */
static void another_machine_and_another_version_are_said(void **state)
{
    (void)state;
    program_result result =
        RUN("--quick", "--baseline", changed_baseline("\"processor\": \"", "\"processor\": \"Abacus "),
            "index-memory");
    assert_int_equal(result.status, 0);
    assert_non_null(strstr(result.err, "of another machine (Abacus "));
    assert_non_null(strstr(result.out, "relative to the calibration"));
    program_result_free(&result);
    result = RUN("--quick", "--baseline",
                 changed_baseline("\"version\": \"" VITRINE_VERSION "\"", "\"version\": \"9.8.7\""),
                 "index-memory");
    assert_int_equal(result.status, 0);
    assert_non_null(strstr(result.err, "of version 9.8.7"));
    program_result_free(&result);
    result = RUN("--quick", "--baseline", changed_baseline("\"data\": 2", "\"data\": 77"), "index-memory");
    assert_int_equal(result.status, 1);
    assert_non_null(strstr(result.err, "other generated data"));
    program_result_free(&result);
}

static void nothing_to_compare_with_is_no_success(void **state)
{
    (void)state;
    program_result result = RUN("--quick", "--baseline", shared.baseline, "filter", "sort");
    assert_int_equal(result.status, 1);
    assert_non_null(strstr(result.err, "has none of these figures"));
    assert_string_equal(result.out, "");
    program_result_free(&result);
}

static void it_can_be_stopped_and_leaves_nothing(void **state)
{
    (void)state;
    assert_int_equal(count_places(), 0); /* of all that ran before */
    program *running = program_start(&shared.options, (const char *const[]){"bench", "--runs", "1000", NULL});
    for (int i = 0; i < 600 && count_places() == 0; i++) {
        usleep(50000);
    }
    assert_int_equal(count_places(), 1);
    program_interrupt(running);
    program_result result = program_wait(running, 30000);
    assert_int_equal(result.status, 130);
    assert_string_equal(result.out, "");
    assert_int_equal(count_places(), 0);
    program_result_free(&result);
}

static int set_up(void **state)
{
    (void)state;
    shared.root = files_temporary_folder();
    shared.home = strdup(files_folder(shared.root, "home"));
    shared.baseline = strdup(files_path(shared.root, "baseline.json"));
    shared.temporary = strdup(files_folder(shared.root, "temporary"));
    (void)snprintf(shared.environment, sizeof shared.environment, "TMPDIR=%s", shared.temporary);
    shared.more[0] = shared.environment;
    shared.options.home = shared.home;
    shared.options.more = shared.more;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    files_remove(shared.root);
    free(shared.home);
    free(shared.temporary);
    free(shared.baseline);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_listed),
        cmocka_unit_test(figures_are_measured_as_a_table_and_as_json),
        cmocka_unit_test(real_files_are_imported_by_real_helpers),
        cmocka_unit_test(the_window_is_measured_without_a_display),
        cmocka_unit_test(wrong_usage_is_told),
        cmocka_unit_test(files_that_cannot_be_used_are_told_before_anything_is_measured),
        cmocka_unit_test(only_files_of_its_own_are_replaced),
        cmocka_unit_test(what_is_slower_is_named_and_what_is_not_passes),
        cmocka_unit_test(memory_that_grows_is_named),
        cmocka_unit_test(another_machine_and_another_version_are_said),
        cmocka_unit_test(nothing_to_compare_with_is_no_success),
        cmocka_unit_test(it_can_be_stopped_and_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
