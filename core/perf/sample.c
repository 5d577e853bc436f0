#include "core/perf/sample.h"

#include "core/base/clock.h"
#include "core/base/translatable.h"
#include "core/perf/budget.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TR(text)    VT_TR_NOOP("performance", text)
#define FIELD(name) offsetof(vt_sample, name)

static const vt_figure_row figures[VT_FIGURE_COUNT] = {
    [VT_FIGURE_FRAME] = {"frame", TR("Frame"), VT_UNIT_NANOSECONDS, VT_READ_MEAN, FIELD(frame_ns),
                         FIELD(frames)},
    [VT_FIGURE_STALL] = {"stall", TR("Longest stall"), VT_UNIT_NANOSECONDS, VT_READ_NOW, FIELD(stall_ns), 0},
    [VT_FIGURE_MEMORY_INDEX] = {"memory_index", TR("Index"), VT_UNIT_BYTES, VT_READ_NOW, FIELD(memory_index),
                                0},
    [VT_FIGURE_MEMORY_CACHES] = {"memory_caches", TR("Caches"), VT_UNIT_BYTES, VT_READ_NOW,
                                 FIELD(memory_caches), 0},
    [VT_FIGURE_MEMORY_POOLS] = {"memory_pools", TR("Pools"), VT_UNIT_BYTES, VT_READ_NOW, FIELD(memory_pools),
                                0},
    [VT_FIGURE_MEMORY_SQLITE] = {"memory_sqlite", TR("SQLite"), VT_UNIT_BYTES, VT_READ_NOW,
                                 FIELD(memory_sqlite), 0},
    [VT_FIGURE_MEMORY_HELPERS] = {"memory_helpers", TR("Decoders"), VT_UNIT_BYTES, VT_READ_NOW,
                                  FIELD(memory_helpers), 0},
    [VT_FIGURE_MEMORY_REST] = {"memory_rest", TR("Program"), VT_UNIT_BYTES, VT_READ_NOW, FIELD(memory_rest),
                               0},
    [VT_FIGURE_CPU_UI] = {"cpu_ui", TR("Window"), VT_UNIT_PERCENT, VT_READ_CPU, FIELD(cpu_ui_ns), 0},
    [VT_FIGURE_CPU_POOL] = {"cpu_pool", TR("Workers"), VT_UNIT_PERCENT, VT_READ_CPU, FIELD(cpu_pool_ns), 0},
    [VT_FIGURE_CPU_WRITER] = {"cpu_writer", TR("Writer"), VT_UNIT_PERCENT, VT_READ_CPU, FIELD(cpu_writer_ns),
                              0},
    [VT_FIGURE_CPU_HELPERS] = {"cpu_helpers", TR("Decoders"), VT_UNIT_PERCENT, VT_READ_CPU,
                               FIELD(cpu_helpers_ns), 0},
    [VT_FIGURE_CPU_REST] = {"cpu_rest", TR("Rest"), VT_UNIT_PERCENT, VT_READ_CPU, FIELD(cpu_rest_ns), 0},
    [VT_FIGURE_WAITING_VISIBLE] = {"waiting_visible", TR("Visible"), VT_UNIT_COUNT, VT_READ_NOW,
                                   FIELD(waiting_visible), 0},
    [VT_FIGURE_WAITING_NEARBY] = {"waiting_nearby", TR("Nearby"), VT_UNIT_COUNT, VT_READ_NOW,
                                  FIELD(waiting_nearby), 0},
    [VT_FIGURE_WAITING_IMPORT] = {"waiting_import", TR("Imports"), VT_UNIT_COUNT, VT_READ_NOW,
                                  FIELD(waiting_import), 0},
    [VT_FIGURE_WAITING_IDLE] = {"waiting_idle", TR("Idle work"), VT_UNIT_COUNT, VT_READ_NOW,
                                FIELD(waiting_idle), 0},
    [VT_FIGURE_TASKS_QUEUED] = {"tasks_queued", TR("Queued"), VT_UNIT_COUNT, VT_READ_NOW, FIELD(tasks_queued),
                                0},
    [VT_FIGURE_TASKS_RUNNING] = {"tasks_running", TR("Running"), VT_UNIT_COUNT, VT_READ_NOW,
                                 FIELD(tasks_running), 0},
    [VT_FIGURE_TASKS_DONE] = {"tasks_done", TR("Done"), VT_UNIT_PER_SECOND, VT_READ_RATE, FIELD(tasks_done),
                              0},
    [VT_FIGURE_TASKS_FAILED] = {"tasks_failed", TR("Failed"), VT_UNIT_PER_SECOND, VT_READ_RATE,
                                FIELD(tasks_failed), 0},
    [VT_FIGURE_TASKS_CANCELLED] = {"tasks_cancelled", TR("Cancelled"), VT_UNIT_PER_SECOND, VT_READ_RATE,
                                   FIELD(tasks_cancelled), 0},
    [VT_FIGURE_ITEMS] = {"items", TR("Items"), VT_UNIT_PER_SECOND, VT_READ_RATE, FIELD(items), 0},
    [VT_FIGURE_HITS] = {"cache_hits", TR("Found in memory"), VT_UNIT_PERCENT, VT_READ_SHARE,
                        FIELD(cache_hits), FIELD(cache_misses)},
    [VT_FIGURE_COMMIT] = {"commit", TR("Commit"), VT_UNIT_NANOSECONDS, VT_READ_MEAN, FIELD(commit_ns),
                          FIELD(commits)},
    [VT_FIGURE_READ] = {"read", TR("From disks"), VT_UNIT_BYTES_PER_SECOND, VT_READ_RATE, FIELD(read_bytes),
                        0},
};

const vt_figure_row *vt_figure_get(vt_figure figure)
{
    return &figures[(unsigned)figure < VT_FIGURE_COUNT ? figure : VT_FIGURE_FRAME];
}

static int64_t field_of(const vt_sample *sample, size_t offset)
{
    return *(const int64_t *)((const char *)sample + offset);
}

static double growth(const vt_sample *before, const vt_sample *now, size_t offset)
{
    int64_t grown = field_of(now, offset) - field_of(before, offset);
    return grown > 0 ? (double)grown : 0;
}

bool vt_figure_read(vt_figure figure, const vt_sample *before, const vt_sample *now, int64_t passed,
                    double *value)
{
    const vt_figure_row *row = vt_figure_get(figure);
    if (row->reading == VT_READ_NOW) {
        *value = (double)field_of(now, row->field);
        return true;
    }
    if (!before || passed <= 0) {
        return false;
    }
    double grown = growth(before, now, row->field);
    double other;
    switch (row->reading) {
    case VT_READ_RATE:
        *value = grown * (double)VT_NS_PER_S / (double)passed;
        return true;
    case VT_READ_CPU:
        *value = 100 * grown / (double)passed;
        return true;
    case VT_READ_MEAN:
        other = growth(before, now, row->other);
        *value = other > 0 ? grown / other : 0;
        return other > 0;
    default:
        other = growth(before, now, row->other) + grown;
        *value = other > 0 ? 100 * grown / other : 0;
        return other > 0;
    }
}

struct vt_sampler {
    vt_series *series[VT_FIGURE_COUNT];
    double last[VT_FIGURE_COUNT];
    bool noted[VT_FIGURE_COUNT];
    vt_sample before;
    int64_t before_at;
    bool has_before;
    uint64_t count;
};

vt_sampler *vt_sampler_create(int64_t begun)
{
    vt_sampler *sampler = calloc(1, sizeof *sampler);
    for (int i = 0; sampler && i < VT_FIGURE_COUNT; i++) {
        sampler->series[i] = vt_series_create(begun);
        if (!sampler->series[i]) {
            vt_sampler_free(sampler);
            sampler = NULL;
        }
    }
    return sampler;
}

void vt_sampler_free(vt_sampler *sampler)
{
    for (int i = 0; sampler && i < VT_FIGURE_COUNT; i++) {
        vt_series_free(sampler->series[i]);
    }
    free(sampler);
}

vt_sampler *vt_sampler_copy(const vt_sampler *sampler)
{
    vt_sampler *copy = malloc(sizeof *copy);
    if (!copy) {
        return NULL;
    }
    *copy = *sampler;
    memset(copy->series, 0, sizeof copy->series);
    for (int i = 0; i < VT_FIGURE_COUNT; i++) {
        copy->series[i] = vt_series_copy(sampler->series[i]);
        if (!copy->series[i]) {
            vt_sampler_free(copy);
            return NULL;
        }
    }
    return copy;
}

void vt_sampler_note(vt_sampler *sampler, int64_t now, const vt_sample *sample)
{
    const vt_sample *before = sampler->has_before ? &sampler->before : NULL;
    for (int i = 0; i < VT_FIGURE_COUNT; i++) {
        double value;
        if (vt_figure_read((vt_figure)i, before, sample, now - sampler->before_at, &value)) {
            vt_series_note(sampler->series[i], now, value);
            sampler->last[i] = value;
            sampler->noted[i] = true;
        }
    }
    sampler->before = *sample;
    sampler->before_at = now;
    sampler->has_before = true;
    sampler->count++;
}

void vt_sampler_pause(vt_sampler *sampler)
{
    sampler->has_before = false;
}

const vt_series *vt_sampler_series(const vt_sampler *sampler, vt_figure figure)
{
    return sampler->series[figure];
}

bool vt_sampler_last(const vt_sampler *sampler, vt_figure figure, double *value)
{
    *value = sampler->last[figure];
    return sampler->noted[figure];
}

uint64_t vt_sampler_count(const vt_sampler *sampler)
{
    return sampler->count;
}

size_t vt_sampler_bytes(const vt_sampler *sampler)
{
    return sizeof *sampler + VT_FIGURE_COUNT * vt_series_bytes();
}

static void format_number(double value, const char *unit, char *text, size_t size)
{
    snprintf(text, size, "%.*f%s", value < 9.95 && value > 0.005 ? 1 : 0, value, unit);
}

void vt_figure_format(vt_figure_unit unit, double value, char *text, size_t size)
{
    char words[32];
    switch (unit) {
    case VT_UNIT_NANOSECONDS:
        vt_budget_format(VT_BUDGET_NANOSECONDS, (int64_t)value, text, size);
        break;
    case VT_UNIT_BYTES:
        vt_budget_format(VT_BUDGET_BYTES, (int64_t)value, text, size);
        break;
    case VT_UNIT_BYTES_PER_SECOND:
        vt_budget_format(VT_BUDGET_BYTES, (int64_t)value, words, sizeof words);
        snprintf(text, size, "%s/s", words);
        break;
    case VT_UNIT_PERCENT:
        format_number(value, " %", text, size);
        break;
    case VT_UNIT_PER_SECOND:
        format_number(value, " /s", text, size);
        break;
    default:
        snprintf(text, size, "%.0f", value);
        break;
    }
}
