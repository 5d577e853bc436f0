#include "core/perf/budget.h"

#include <stdio.h>
#include <string.h>

#define US INT64_C(1000)
#define MS INT64_C(1000000)
#define MB INT64_C(1000000)

/* A frame at 60 Hz. */
#define FRAME INT64_C(16666667)

static const vt_budget budgets[VT_BUDGET_COUNT] = {
    [VT_BUDGET_UI_FRAME] = {"ui_frame", VT_BUDGET_NANOSECONDS, FRAME, 2 * FRAME, 100 * MS,
                            "work on the UI thread that belongs on a worker"},
    [VT_BUDGET_UI_DISPATCH] = {"ui_dispatch", VT_BUDGET_NANOSECONDS, 4 * MS, 8 * MS, FRAME,
                               "one delivery that takes too long; drains stop after 4 ms"},
    [VT_BUDGET_UI_RESPONSE] = {"ui_response", VT_BUDGET_NANOSECONDS, 100 * MS, 200 * MS, 500 * MS,
                               "what runs between the user's action and its answer"},
    [VT_BUDGET_STARTUP] = {"startup", VT_BUDGET_NANOSECONDS, 400 * MS, 2000 * MS, 5000 * MS,
                           "reading the catalog before the first paint"},
    [VT_BUDGET_FILTER] = {"filter", VT_BUDGET_NANOSECONDS, 200 * MS, 500 * MS, 1000 * MS,
                          "the order of the filter's terms; text search over all names"},
    [VT_BUDGET_SORT] = {"sort", VT_BUDGET_NANOSECONDS, 200 * MS, 500 * MS, 1000 * MS,
                        "sort keys that are computed anew for each comparison"},
    [VT_BUDGET_PROGRESS] = {"progress", VT_BUDGET_NANOSECONDS, 250 * MS, 500 * MS, 1000 * MS,
                            "single steps that run long without reporting"},
    [VT_BUDGET_CANCEL] = {"cancel", VT_BUDGET_NANOSECONDS, 200 * MS, 500 * MS, 1000 * MS,
                          "steps that do not ask their cancel token"},
    [VT_BUDGET_IMPORT_ITEM_UI] = {"import_item_ui", VT_BUDGET_NANOSECONDS, 20 * US, 1 * MS, 8 * MS,
                                  "rows appended one by one; thumbnails decoded on the UI thread"},
    [VT_BUDGET_CARD_CONFIGURE] = {"card_configure", VT_BUDGET_NANOSECONDS, 50 * US, 1 * MS, 5 * MS,
                                  "layout or style changes while a card is filled"},
    [VT_BUDGET_FIRST_VIEWPORT] = {"first_viewport", VT_BUDGET_NANOSECONDS, 10 * MS, 50 * MS, 271 * MS,
                                  "cards created instead of taken from the pool"},
    [VT_BUDGET_MEMORY_IMPORT] = {"memory_import", VT_BUDGET_BYTES, 250 * MB, 400 * MB, 800 * MB,
                                 "the number of helpers, and what waits for the catalog's writer"},
};

const vt_budget *vt_budget_get(vt_budget_id id)
{
    return &budgets[(unsigned)id < VT_BUDGET_COUNT ? id : VT_BUDGET_UI_FRAME];
}

const vt_budget *vt_budget_find(const char *name)
{
    for (int id = 0; id < VT_BUDGET_COUNT; id++) {
        if (strcmp(budgets[id].name, name) == 0) {
            return &budgets[id];
        }
    }
    return NULL;
}

vt_budget_level vt_budget_check(const vt_budget *budget, int64_t value)
{
    if (value > budget->critical) {
        return VT_BUDGET_CRITICAL;
    }
    if (value > budget->warning) {
        return VT_BUDGET_WARNING;
    }
    return value > budget->target ? VT_BUDGET_SLOW : VT_BUDGET_OK;
}

const char *vt_budget_level_name(vt_budget_level level)
{
    static const char *const names[VT_BUDGET_LEVEL_COUNT] = {"ok", "slow", "warning", "critical"};
    return (unsigned)level < VT_BUDGET_LEVEL_COUNT ? names[level] : "unknown";
}

void vt_budget_describe(const vt_budget *budget, int64_t value, char *text, size_t size)
{
    vt_budget_level level = vt_budget_check(budget, value);
    const int64_t bounds[VT_BUDGET_LEVEL_COUNT] = {0, budget->target, budget->warning, budget->critical};
    char actual[32], bound[32];
    vt_budget_format(budget->unit, value, actual, sizeof actual);
    vt_budget_format(budget->unit, bounds[level], bound, sizeof bound);
    const char *name = vt_budget_level_name(level);
    if (level == VT_BUDGET_OK) {
        snprintf(text, size, "%s: %s", name, actual);
    } else {
        snprintf(text, size, "%s: %s > %s", name, actual, bound);
    }
}

typedef struct unit_name {
    double scale;
    const char *name;
    int decimals;
} unit_name;

void vt_budget_format(vt_budget_unit unit, int64_t value, char *text, size_t size)
{
    static const unit_name names[2][4] = {
        [VT_BUDGET_NANOSECONDS] = {{1e9, "s", 2}, {1e6, "ms", 1}, {1e3, "\u00b5s", 1}, {1, "ns", 0}},
        [VT_BUDGET_BYTES] = {{1e9, "GB", 2}, {1e6, "MB", 1}, {1e3, "kB", 1}, {1, "B", 0}},
    };
    const unit_name *at = names[unit == VT_BUDGET_BYTES];
    double magnitude = value < 0 ? -(double)value : (double)value;
    while (at->scale > 1 && magnitude < at->scale) {
        at++;
    }
    snprintf(text, size, "%.*f %s", at->decimals, (double)value / at->scale, at->name);
}
