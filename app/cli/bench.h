/* Private to the command `bench`: what it measures (bench_figures.c), and what it says of it
   (bench_output.c). The main thread. */
#ifndef VT_CLI_BENCH_H
#define VT_CLI_BENCH_H

#include "app/cli/command.h"
#include "core/base/json_writer.h"
#include "core/bench/baseline.h"
#include "core/bench/suite.h"

#define VT_CLI_FIGURES_MAX 64

/* All figures of this build in the order they are measured; returns how many. */
size_t vt_cli_bench_all(const vt_bench_figure *figures[VT_CLI_FIGURES_MAX]);

/* Those that the words name, and `only` with commas between them (NULL: nothing); all without any. 0 and
   VT_ERROR_USAGE for a name that no figure has. */
size_t vt_cli_bench_choose(const char *only, const char *const *words, size_t word_count,
                           const vt_bench_figure *figures[VT_CLI_FIGURES_MAX], vt_error *error);

/* What the object of a run begins with, and a file with it is known by. */
#define VT_CLI_BENCH_PROGRAM "vitrine bench"
#define VT_CLI_BENCH_MARK    "\"program\": \"" VT_CLI_BENCH_PROGRAM "\""

/* What a run knows at its end. */
typedef struct vt_bench_report {
    const vt_bench_result *results;
    size_t count;
    vt_bench_machine machine;
    const vt_baseline *baseline; /* NULL: nothing to compare with */
    bool same_machine;
    unsigned rounds;
    size_t regressions, failures, unsure;
    size_t again; /* figures that were measured again, to be sure */
    double seconds;
} vt_bench_report;

/* --list, as a table or as JSON. */
bool vt_cli_bench_list(const vt_bench_figure *const *figures, size_t count, bool json, vt_error *error);

/* On stdout, for people. */
void vt_cli_bench_table(const vt_bench_report *run);

/* One object. */
void vt_cli_bench_json(const vt_bench_report *run, vt_json_writer *json);

#endif
