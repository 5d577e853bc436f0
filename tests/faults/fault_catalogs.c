/*
 * Catalogs that were damaged, and that two programs want: rows 24 and 28 of the table in README.md.
 */
#include "tests/faults/figure.h"
#include "tests/faults/stage.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { FILES = 300, DAMAGED = 1000, DAMAGED_QUICK = 40, PAIRS = 100, PAIRS_QUICK = 5 };

/* Bytes anywhere, or in the headers of pages, which steer the most. */
static void damage(char *bytes, size_t length)
{
    enum { PAGE = 4096, HEADER = 64 };
    unsigned changes = 1 + fault_random(8);
    for (unsigned i = 0; i < changes; i++) {
        size_t at = fault_random((unsigned)length);
        bytes[i % 2 ? at / PAGE * PAGE + at % HEADER : at] = (char)fault_random(256);
    }
}

/* The statuses that programs may end with, whatever the catalog says. */
static bool ended_well(const program_result *run)
{
    bool told = run->status == 0 || run->err[0] != '\0' || run->length > 0;
    return (run->status == 0 || run->status == 1 || run->status == 4) && told;
}

static void run_damaged(bool quick)
{
    stage *self = stage_create(FILES);
    size_t length;
    char *sound = files_read(self->catalog, &length);
    char *copy = malloc(length);
    assert_non_null(copy);
    const char *const commands[][5] = {{"check", "--catalog", self->catalog, NULL},
                                       {"list", "--json", "--catalog", self->catalog, NULL},
                                       {"show", "7", "--catalog", self->catalog, NULL}};
    int crashed = 0, missed = 0, found_by_sqlite = 0;
    char first[300] = "", overlooked[300] = "";
    int runs = quick ? DAMAGED_QUICK : DAMAGED;
    for (int run = 0; run < runs; run++) {
        stage_forget(self);
        memcpy(copy, sound, length);
        damage(copy, length);
        files_write(self->catalog, copy, length);
        oracle seen = oracle_look(self->catalog, NULL);
        found_by_sqlite += !seen.sound;
        for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
            program_result result = program_run(&self->options, commands[i]);
            if (i == 0 && !seen.sound && result.status == 0) {
                missed++;
                snprintf(overlooked, sizeof overlooked, "%s", seen.why);
            }
            if (!ended_well(&result)) {
                crashed++;
                snprintf(first, sizeof first, "%s: status %d %.150s", commands[i][0], result.status,
                         result.err);
            }
            program_result_free(&result);
        }
        program_result result = program_wait(stage_start(self, NULL), 60000);
        if (!ended_well(&result)) {
            crashed++;
            snprintf(first, sizeof first, "import: status %d %.150s", result.status, result.err);
        }
        program_result_free(&result);
    }
    figure("damaged_crashed", crashed, "runs", "<=0", "of %d, four commands on each of %d catalogs %s",
           4 * runs, runs, first);
    figure("damaged_missed", missed, "runs", "<=0", "check called sound what the oracle did not, of %d %s",
           found_by_sqlite, overlooked);
    figure("damaged_found", found_by_sqlite, "runs", ">=1", "catalogs that were damaged where it matters");
    free(copy);
    free(sound);
    stage_free(self);
}

/* Two imports at once: one writes, the other is told that it cannot. Then the one that writes is killed, and
   its lock must not outlive it. */
static void run_instances(bool quick)
{
    stage *self = stage_create(FILES);
    stage_tally tally = {0};
    int both = 0, neither = 0, mute = 0, amid = 0;
    for (int run = 0; run < (quick ? PAIRS_QUICK : PAIRS); run++) {
        stage_forget(self);
        program *first = stage_start(self, NULL);
        fault_sleep(self->clean_seconds * (double)fault_random(100) / 150.0);
        program *second = stage_start(self, NULL);
        stage_report b = stage_wait(second);
        stage_report a = stage_wait(first);
        /* Both may do all they should: one after the other. */
        both += a.status == 0 && b.status == 0 && a.imported + b.imported > FILES;
        neither += a.status != 0 && b.status != 0;
        const stage_report *refused = a.status != 0 ? &a : b.status != 0 ? &b : NULL;
        amid += refused != NULL;
        mute += refused && (refused->status != 1 || !strstr(refused->said, "open for writing in another"));
        stage_settle(self, FILES, &tally);
    }
    stage_tell("instances", &tally);
    figure("instances_both_wrote", both, "runs", "<=0", "the same items");
    figure("instances_neither_wrote", neither, "runs", "<=0", "of %d", tally.runs);
    figure("instances_mute", mute, "runs", "<=0", "refused without the reason");
    figure("instances_met", amid, "runs", ">=1", "in which one was refused");
    stage_free(self);
}

int main(int argc, char **argv)
{
    static const fault_case cases[] = {{"damaged", run_damaged}, {"instances", run_instances}, {0}};
    return fault_main(argc, argv, cases);
}
