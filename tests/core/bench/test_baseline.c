/* Baselines: what is saved is read back; what is damaged, foreign or from the future is refused with a
 * reason. */
#include "tests/support/check.h"

#include "core/bench/baseline.h"
#include "tests/support/files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char *folder;

static int set_up(void **state)
{
    (void)state;
    folder = files_temporary_folder();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    files_remove(folder);
    return 0;
}

static void save_one(const char *path)
{
    vt_error error = VT_ERROR_INIT;
    vt_baseline saved;
    vt_bench_series series = {.rounds = 0};
    vt_bench_series_add(&series, 812345.25, 2.5);
    vt_bench_series_add(&series, 1.0 / 3, 0.1);
    vt_baseline_begin(&saved);
    assert_true(vt_baseline_add(&saved, "filter", &series, &error));
    vt_bench_series memory = {.rounds = 0};
    vt_bench_series_add(&memory, 1e9, 0);
    assert_true(vt_baseline_add(&saved, "index-memory", &memory, &error));
    assert_true(vt_baseline_save(&saved, path, &error));
    vt_baseline_free(&saved);
}

static void what_is_saved_is_read(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    const char *path = files_path(folder, "b.json");
    vt_baseline read;
    vt_bench_machine machine;
    vt_bench_machine_read(&machine);
    save_one(path);
    assert_true(vt_baseline_load(&read, path, &error));
    assert_int_equal(read.count, 2);
    assert_string_equal(read.version, VITRINE_VERSION);
    assert_int_equal(strlen(read.saved), strlen("2026-01-31T12:00:00Z"));
    assert_true(vt_bench_machine_equal(&read.machine, &machine));
    assert_string_equal(read.machine.build, machine.build);
    const vt_baseline_figure *filter = vt_baseline_find(&read, "filter");
    assert_non_null(filter);
    assert_int_equal(filter->series.rounds, 2);
    assert_true(filter->series.costs[0] == 812345.25);
    assert_true(filter->series.costs[1] == 1.0 / 3); /* to the last bit */
    assert_true(filter->series.relatives[0] == 2.5);
    assert_true(vt_baseline_find(&read, "index-memory")->series.relatives[0] == 0);
    assert_null(vt_baseline_find(&read, "sort"));
    vt_baseline_free(&read);
}

/* No prefix of a baseline is one, and none crashes. */
static void no_part_of_one_is_taken(void **state)
{
    (void)state;
    size_t size;
    const char *whole = files_path(folder, "whole.json");
    save_one(whole);
    char *bytes = files_read(whole, &size);
    for (size_t length = 0; length + 2 < size; length++) { /* the last newline may be missing */
        vt_error error = VT_ERROR_INIT;
        vt_baseline read;
        const char *path = files_path(folder, "part.json");
        files_write(path, bytes, length);
        assert_false(vt_baseline_load(&read, path, &error));
        assert_non_null(strstr(error.message, "part.json"));
        assert_int_equal(read.count, 0);
    }
    free(bytes);
}

typedef struct refusal {
    const char *text;
    vt_error_code code;
    const char *part; /* of the message */
} refusal;

#define AS_TEXT(number) #number
#define TEXT_OF(number) AS_TEXT(number)
#define DATA            TEXT_OF(VT_BENCH_DATA_VERSION)
#define HEAD            "{\"vitrine_bench\": 1, \"data\": " DATA ", \"figures\": "
#define FIGURE(costs, relatives)                                                                             \
    HEAD "[{\"name\": \"a\", \"costs\": " costs ", \"relatives\": " relatives "}]}"

static const refusal refusals[] = {
    {"", VT_ERROR_CORRUPT, "b.json"},
    {"hello", VT_ERROR_CORRUPT, "line 1"},
    {"[]", VT_ERROR_CORRUPT, "line 1"},
    {"{}", VT_ERROR_CORRUPT, "no baseline of vitrine bench"},
    {"{\"items\": [1, 2, 3]}", VT_ERROR_CORRUPT, "no baseline of vitrine bench"},
    {"{\"vitrine_bench\": 1, \"data\": " DATA ", \"figures\": []}", VT_ERROR_CORRUPT, "without figures"},
    {"{\"vitrine_bench\": 2, \"data\": " DATA ", \"figures\": []}", VT_ERROR_VERSION, "later version"},
    {"{\"vitrine_bench\": 1, \"data\": 99, \"figures\": []}", VT_ERROR_VERSION, "other generated data"},
    {"{\"vitrine_bench\": \"1\"}", VT_ERROR_CORRUPT, "line 1"},
    {"{\"vitrine_bench\": 0}", VT_ERROR_LIMIT, "line 1"},
    {FIGURE("[]", "[]"), VT_ERROR_CORRUPT, "without costs"},
    {FIGURE("[1]", "[1, 2]"), VT_ERROR_CORRUPT, "another number of relatives"},
    {FIGURE("[0]", "[1]"), VT_ERROR_CORRUPT, "not above 0"},
    {FIGURE("[-5]", "[1]"), VT_ERROR_CORRUPT, "not above 0"},
    {FIGURE("[1]", "[-1]"), VT_ERROR_CORRUPT, "not above 0"},
    {FIGURE("[1e999]", "[1]"), VT_ERROR_LIMIT, "line 1"},
    {FIGURE("[1, 1e308]", "[1, 1]"), VT_ERROR_LIMIT, "a cost of 1e+308"},
    {FIGURE("[1]", "[1e16]"), VT_ERROR_LIMIT, "line 1"},
    {FIGURE("[1e-300]", "[1]"), VT_ERROR_LIMIT, "a cost of 1e-300"},
    {FIGURE("[NaN]", "[1]"), VT_ERROR_CORRUPT, "line 1"},
    {FIGURE("[-Infinity]", "[1]"), VT_ERROR_CORRUPT, "line 1"},
    {FIGURE("[\"5\"]", "[1]"), VT_ERROR_CORRUPT, "line 1"},
    {FIGURE("[1]", "\"1\""), VT_ERROR_CORRUPT, "line 1"},
    {FIGURE("[null]", "[1]"), VT_ERROR_CORRUPT, "line 1"},
    {FIGURE("7", "[1]"), VT_ERROR_CORRUPT, "line 1"},
    {FIGURE("[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]", "[1]"), VT_ERROR_LIMIT, "16 rounds"},
    {HEAD "[{\"costs\": [1], \"relatives\": [1]}]}", VT_ERROR_CORRUPT, "without a name"},
    {HEAD "[{\"name\": \"a\\u0000b\", \"costs\": [1], \"relatives\": [1]}]}", VT_ERROR_CORRUPT, "NUL"},
    {HEAD "[{\"name\": \"a\", \"costs\": [1], \"relatives\": [1]}, {\"name\": \"a\", \"costs\": [1], "
          "\"relatives\": [1]}]}",
     VT_ERROR_CORRUPT, "there already"},
    {HEAD "[{\"name\": \"0123456789012345678901234567890123456789012345678901234567890\"}]}", VT_ERROR_LIMIT,
     "line 1"},
    {"{\"machine\": {\"processors\": -1}}", VT_ERROR_LIMIT, "line 1"},
    {FIGURE("[1]", "[1]") " more", VT_ERROR_CORRUPT, "behind its end"},
};

static void what_is_no_baseline_is_refused_with_the_reason(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        vt_error error = VT_ERROR_INIT;
        vt_baseline read;
        const char *path = files_path(folder, "b.json");
        files_write(path, refusals[i].text, strlen(refusals[i].text));
        assert_false(vt_baseline_load(&read, path, &error));
        if (error.code != refusals[i].code || !strstr(error.message, refusals[i].part)) {
            fail_msg("case %zu: %s: %s", i, vt_error_code_name(error.code), error.message);
        }
        assert_non_null(strstr(error.message, "--save-baseline"));
        vt_baseline_free(&read);
    }
}

static void what_is_added_later_is_passed_over(void **state)
{
    (void)state;
    static const char text[] =
        "{\"vitrine_bench\": 1, \"data\": " DATA ", \"weather\": {\"rain\": [true, null]}, "
        "\"machine\": {\"colour\": \"red\"}, \"figures\": [{\"name\": \"a\", \"mood\": 3, "
        "\"costs\": [1], \"relatives\": [2]}]}";
    vt_error error = VT_ERROR_INIT;
    vt_baseline read;
    const char *path = files_path(folder, "later.json");
    files_write(path, text, strlen(text));
    assert_true(vt_baseline_load(&read, path, &error));
    assert_int_equal(read.count, 1);
    vt_baseline_free(&read);
}

static void files_that_cannot_be_read_are_named(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_baseline read;
    assert_false(vt_baseline_load(&read, files_path(folder, "nowhere.json"), &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    assert_non_null(strstr(error.message, "nowhere.json"));
    assert_non_null(strstr(error.message, "--save-baseline"));
    assert_false(vt_baseline_load(&read, folder, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_REGULAR);
    assert_int_equal(mkfifo(files_path(folder, "fifo"), 0600), 0);
    assert_false(vt_baseline_load(&read, files_path(folder, "fifo"), &error)); /* and it does not hang */
    assert_int_equal(error.code, VT_ERROR_NOT_REGULAR);
    char *large = calloc(1, VT_BASELINE_BYTES_MAX + 1);
    assert_non_null(large);
    files_write(files_path(folder, "large"), large, VT_BASELINE_BYTES_MAX + 1);
    free(large);
    assert_false(vt_baseline_load(&read, files_path(folder, "large"), &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
}

static void where_nothing_can_be_written_nothing_is_left(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_baseline saved;
    vt_baseline_begin(&saved);
    assert_false(vt_baseline_save(&saved, files_path(folder, "no/such/folder.json"), &error));
    assert_non_null(strstr(error.message, "no/such/folder.json"));
    vt_baseline_free(&saved);
}

static void a_baseline_has_limits(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_baseline saved;
    vt_bench_series series = {.rounds = 0};
    char name[16];
    vt_bench_series_add(&series, 1, 1);
    vt_baseline_begin(&saved);
    for (int i = 0; i < VT_BASELINE_FIGURES_MAX; i++) {
        (void)snprintf(name, sizeof name, "figure-%d", i);
        assert_true(vt_baseline_add(&saved, name, &series, &error));
    }
    assert_false(vt_baseline_add(&saved, "more", &series, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_false(vt_baseline_add(&saved, "figure-7", &series, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    vt_baseline_free(&saved);
}

static void the_processor_is_read_as_systems_tell_it(void **state)
{
    (void)state;
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        {"processor\t: 0\nmodel\t\t: 85\nmodel name\t: Some CPU @ 2.00GHz\n", "Some CPU @ 2.00GHz"},
        {"processor : 0\nHardware : BCM2835\n", "BCM2835"},
        {"processor: 0\n", "unknown"},
        {"model name\t: \n", "unknown"},
        {"model names: x\n", "unknown"},
        {"", "unknown"},
        {"model name : bad \033 byte \xff\n", "bad \xef\xbf\xbd byte \xef\xbf\xbd"},
    };
    char processor[64];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        files_write(files_path(folder, "cpuinfo"), cases[i].text, strlen(cases[i].text));
        vt_bench_machine_read_processor(files_path(folder, "cpuinfo"), processor, sizeof processor);
        assert_string_equal(processor, cases[i].wanted);
    }
    vt_bench_machine_read_processor(files_path(folder, "nothing"), processor, sizeof processor);
    assert_string_equal(processor, "unknown");
    char narrow[8];
    files_write(files_path(folder, "cpuinfo"), "model name: 0123456789\n", 23);
    vt_bench_machine_read_processor(files_path(folder, "cpuinfo"), narrow, sizeof narrow);
    assert_string_equal(narrow, "0123456");
    vt_bench_machine machine, other;
    vt_bench_machine_read(&machine);
    assert_true(machine.processors >= 1);
    other = machine;
    other.processors++;
    assert_false(vt_bench_machine_equal(&machine, &other));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_saved_is_read),
        cmocka_unit_test(no_part_of_one_is_taken),
        cmocka_unit_test(what_is_no_baseline_is_refused_with_the_reason),
        cmocka_unit_test(what_is_added_later_is_passed_over),
        cmocka_unit_test(files_that_cannot_be_read_are_named),
        cmocka_unit_test(where_nothing_can_be_written_nothing_is_left),
        cmocka_unit_test(a_baseline_has_limits),
        cmocka_unit_test(the_processor_is_read_as_systems_tell_it),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
