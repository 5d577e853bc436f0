#include "app/cli/bench.h"

#ifdef VITRINE_WINDOW
#include "app/ui/bench/window_figures.h"
#endif

#include <string.h>

/* What somebody waits for first, then what it is made of. */
static const vt_bench_figure *const tables[] = {
#ifdef VITRINE_WINDOW
    vt_bench_start_figures,  vt_bench_window_figures,   vt_bench_card_figures,
#endif
    vt_bench_layout_figures, vt_bench_provider_figures, vt_bench_index_figures,
    vt_bench_decode_figures, vt_bench_import_figures,
};

size_t vt_cli_bench_all(const vt_bench_figure *figures[VT_CLI_FIGURES_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        for (const vt_bench_figure *figure = tables[i]; figure->name && count < VT_CLI_FIGURES_MAX;
             figure++) {
            figures[count++] = figure;
        }
    }
    return count;
}

/* Marks the figure of this name; false and `error` if there is none. */
static bool choose(const vt_bench_figure *const *all, size_t count, const char *name, size_t length,
                   bool *chosen, vt_error *error)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(all[i]->name) == length && memcmp(all[i]->name, name, length) == 0) {
            chosen[i] = true;
            return true;
        }
    }
    return vt_error_set(error, VT_ERROR_USAGE, "there is no figure '%.*s'; --list tells which there are",
                        length < 60 ? (int)length : 60, name);
}

static bool choose_listed(const vt_bench_figure *const *all, size_t count, const char *names, bool *chosen,
                          vt_error *error)
{
    for (;;) {
        size_t length = strcspn(names, ",");
        if (!choose(all, count, names, length, chosen, error)) {
            return false;
        }
        if (!names[length]) {
            return true;
        }
        names += length + 1;
    }
}

size_t vt_cli_bench_choose(const char *only, const char *const *words, size_t word_count,
                           const vt_bench_figure *figures[VT_CLI_FIGURES_MAX], vt_error *error)
{
    bool chosen[VT_CLI_FIGURES_MAX] = {false};
    size_t count = vt_cli_bench_all(figures), kept = 0;
    if (!only && word_count == 0) {
        return count;
    }
    if (only && !choose_listed(figures, count, only, chosen, error)) {
        return 0;
    }
    for (size_t i = 0; i < word_count; i++) {
        if (!choose(figures, count, words[i], strlen(words[i]), chosen, error)) {
            return 0;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (chosen[i]) {
            figures[kept++] = figures[i];
        }
    }
    return kept;
}
