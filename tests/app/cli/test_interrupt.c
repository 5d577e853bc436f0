/* Imports that are stopped, by Ctrl+C or by force, and those that come after them. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/json.h"
#include "tests/support/program.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Enough that an import takes a second or more; decoders in sanitized builds are ten times as slow. */
#ifdef VITRINE_SANITIZED
enum { PICTURES = 120 };
#else
enum { PICTURES = 1500 };
#endif
enum { STOP_LIMIT_MS = 2000, POLL_MS = 20, PATIENCE = 2000 };

typedef struct place {
    char *root, *home, *pictures;
    program_options options;
} place;

static int set_up(void **state)
{
    place *here = calloc(1, sizeof *here);
    assert_non_null(here);
    here->root = files_temporary_folder();
    here->home = strdup(files_folder(here->root, "home"));
    here->pictures = strdup(files_folder(here->root, "pictures"));
    here->options.home = here->home;
    /* Large enough that the import takes seconds; one content under many names costs no disk space. */
    const char *first = files_path(here->pictures, "picture 0000.ppm");
    files_write_picture(first, 1000, 750, 1);
    for (int i = 1; i < PICTURES; i++) {
        char name[64];
        snprintf(name, sizeof name, "picture %04d.ppm", i);
        assert_int_equal(
            link(files_path(here->pictures, "picture 0000.ppm"), files_path(here->pictures, name)), 0);
    }
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

static double count_items(const place *here)
{
    program_result run =
        program_run(&here->options, (const char *const[]){"list", "--json", "--limit", "0", NULL});
    double total = run.status == 0 ? json_number(json_member(json_parse(run.out, run.length), "total")) : 0;
    program_result_free(&run);
    return total;
}

/* Starts an import and returns once some of it is committed, with how much. */
static program *start_import(const place *here, double *committed)
{
    program *running = program_start(&here->options, (const char *const[]){"import", "--json", "--sequences",
                                                                           "off", here->pictures, NULL});
    *committed = 0;
    for (int i = 0; i < PATIENCE && *committed <= 0 && program_running(running); i++) {
        poll(NULL, 0, POLL_MS);
        *committed = count_items(here);
    }
    assert_true(program_running(running));
    assert_true(*committed > 0);
    return running;
}

/* The rest is imported, nothing twice and nothing forgotten. `read` items were read before, where it is known
   (else -1): others are in the catalog by their names only. */
static void assert_rest_is_imported(const place *here, double read)
{
    program_result run = program_run(&here->options, (const char *const[]){"import", "--json", "--sequences",
                                                                           "off", here->pictures, NULL});
    json_value report = json_parse(run.out, run.length);
    assert_int_equal(run.status, 0);
    double unchanged = json_number(json_member(report, "unchanged"));
    assert_true(read < 0 || unchanged == read);
    assert_int_equal(json_number(json_member(report, "imported")), PICTURES - unchanged);
    assert_int_equal(json_number(json_member(report, "waiting")), 0);
    program_result_free(&run);
    assert_int_equal(count_items(here), PICTURES);
}

static void stop_and_go_on(const place *here, int signal)
{
    double committed;
    program *running = start_import(here, &committed);
    program_signal(running, signal);
    program_result run = program_wait(running, 30000);
    assert_int_equal(run.status, 128 + signal);
    assert_true(run.wait_ms <= STOP_LIMIT_MS);
    /* The report is there, about what was done. */
    json_value report = json_parse(run.out, run.length);
    double imported = json_number(json_member(report, "imported"));
    double waiting = json_number(json_member(report, "waiting"));
    program_result_free(&run);
    double kept = count_items(here);
    assert_true(kept >= committed);
    assert_true(imported < PICTURES);
    assert_int_equal(imported + waiting, kept);
    assert_rest_is_imported(here, imported);
}

static void ctrl_c_stops_soon_and_the_next_import_goes_on(void **state)
{
    stop_and_go_on(*state, SIGINT);
}

static void a_terminal_that_goes_away_stops_it_in_good_order(void **state)
{
    stop_and_go_on(*state, SIGHUP);
}

static void a_polite_kill_stops_it_in_good_order(void **state)
{
    stop_and_go_on(*state, SIGTERM);
}

static void a_killed_import_loses_nothing_committed(void **state)
{
    const place *here = *state;
    double committed;
    program *running = start_import(here, &committed);
    program_kill(running);
    program_result run = program_wait(running, 30000);
    assert_int_equal(run.status, 128 + 9);
    program_result_free(&run);
    double kept = count_items(here);
    assert_true(kept >= committed);
    run = program_run(&here->options, (const char *const[]){"check", NULL});
    assert_int_equal(run.status, 0);
    program_result_free(&run);
    assert_rest_is_imported(here, -1);
}

/* How many imports `list` knows to be unfinished, and that `diagnose` names the folder of the first. */
static size_t unfinished(const place *here)
{
    program_result run =
        program_run(&here->options, (const char *const[]){"list", "--json", "--limit", "0", NULL});
    json_value list = json_member(json_parse(run.out, run.length), "unfinished_imports");
    size_t count = json_count(list);
    if (count > 0) {
        json_value first = json_item(json_member(json_item(list, 0), "paths"), 0);
        assert_true(json_contains(first, here->pictures));
    }
    program_result_free(&run);
    run = program_run(&here->options, (const char *const[]){"diagnose", NULL});
    assert_int_equal(strstr(run.out, here->pictures) != NULL, count > 0);
    program_result_free(&run);
    return count;
}

static void cut_off(const place *here, int signal)
{
    double committed;
    program *running = start_import(here, &committed);
    program_signal(running, signal);
    program_result run = program_wait(running, 30000);
    program_result_free(&run);
    assert_int_equal(unfinished(here), 1);
}

static void what_was_cut_off_is_resumed(void **state)
{
    const place *here = *state;
    static const int signals[] = {SIGKILL, SIGTERM};
    for (size_t i = 0; i < 2; i++) {
        files_remove(strdup(files_path(here->home, "data")));
        cut_off(here, signals[i]);
        program_result run =
            program_run(&here->options, (const char *const[]){"import", "--resume", "--json", NULL});
        json_value report = json_parse(run.out, run.length);
        assert_int_equal(run.status, 0);
        assert_int_equal(json_number(json_member(report, "resumed")), 1);
        assert_int_equal(json_count(json_member(report, "unfinished_imports")), 0);
        double done =
            json_number(json_member(report, "imported")) + json_number(json_member(report, "unchanged"));
        assert_int_equal(done, PICTURES);
        program_result_free(&run);
        assert_int_equal(unfinished(here), 0);
        assert_int_equal(count_items(here), PICTURES);
    }
    program_result run = program_run(&here->options, (const char *const[]){"import", "--resume", NULL});
    assert_int_equal(run.status, 0);
    assert_non_null(strstr(run.err, "nothing to go on with"));
    program_result_free(&run);
}

static void what_was_cut_off_is_told_and_can_be_forgotten(void **state)
{
    const place *here = *state;
    const char *other = files_path(here->root, "other.ppm");
    files_write_picture(other, 20, 20, 5);
    cut_off(here, SIGTERM);
    /* Another import says so, and leaves it. */
    program_result run = program_run(&here->options, (const char *const[]){"import", other, NULL});
    assert_int_equal(run.status, 0);
    assert_non_null(strstr(run.err, "cut off"));
    assert_non_null(strstr(run.err, "--resume"));
    program_result_free(&run);
    assert_int_equal(unfinished(here), 1);
    double kept = count_items(here);
    run = program_run(&here->options, (const char *const[]){"import", "--discard", NULL});
    assert_int_equal(run.status, 0);
    program_result_free(&run);
    assert_int_equal(unfinished(here), 0);
    assert_int_equal(count_items(here), kept);
}

static void one_whose_folder_is_not_there_is_kept_for_later(void **state)
{
    const place *here = *state;
    cut_off(here, SIGTERM);
    char *aside = strdup(files_path(here->root, "aside"));
    assert_int_equal(rename(here->pictures, aside), 0);
    program_result run = program_run(&here->options, (const char *const[]){"import", "--resume", NULL});
    assert_int_equal(run.status, 1);
    assert_non_null(strstr(run.err, here->pictures));
    program_result_free(&run);
    assert_int_equal(unfinished(here), 1);
    assert_int_equal(rename(aside, here->pictures), 0);
    free(aside);
}

static void assert_figures(const place *here, double imported, double updated, double unchanged)
{
    program_result run = program_run(&here->options, (const char *const[]){"import", "--json", "--sequences",
                                                                           "off", here->pictures, NULL});
    json_value report = json_parse(run.out, run.length);
    assert_int_equal(json_number(json_member(report, "imported")), imported);
    assert_int_equal(json_number(json_member(report, "updated")), updated);
    assert_int_equal(json_number(json_member(report, "unchanged")), unchanged);
    assert_int_equal(json_number(json_member(report, "decoded")), imported + updated);
    program_result_free(&run);
}

static void the_second_import_reads_nothing(void **state)
{
    const place *here = *state;
    assert_rest_is_imported(here, 0);
    assert_rest_is_imported(here, PICTURES);
    /* One file changes: one file is read. (None of the links, which share one inode and its times.) */
    const char *path = files_path(here->pictures, "other.ppm");
    files_write_picture(path, 64, 48, 9);
    assert_figures(here, 1, 0, PICTURES);
    files_write_picture(path, 64, 48, 10);
    assert_figures(here, 0, 1, PICTURES);
    assert_figures(here, 0, 0, PICTURES + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(ctrl_c_stops_soon_and_the_next_import_goes_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_terminal_that_goes_away_stops_it_in_good_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_polite_kill_stops_it_in_good_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_killed_import_loses_nothing_committed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_cut_off_is_resumed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_cut_off_is_told_and_can_be_forgotten, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_whose_folder_is_not_there_is_kept_for_later, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_second_import_reads_nothing, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
