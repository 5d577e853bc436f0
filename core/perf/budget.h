/*
 * Budgets: what an operation may cost, as one const table (documents 000, 001, 003, 004 and the product's own
 * bars). A value is ok up to its target, slow up to the warning level, then a warning, then critical. Any
 * thread.
 */
#ifndef VT_PERF_BUDGET_H
#define VT_PERF_BUDGET_H

#include <stddef.h>
#include <stdint.h>

typedef enum vt_budget_unit { VT_BUDGET_NANOSECONDS, VT_BUDGET_BYTES } vt_budget_unit;

typedef struct vt_budget {
    const char *name; /* stable; used in reports */
    vt_budget_unit unit;
    int64_t target, warning, critical; /* in `unit`; target <= warning <= critical */
    const char *advice;                /* what to look at when it is exceeded */
} vt_budget;

typedef enum vt_budget_level {
    VT_BUDGET_OK,
    VT_BUDGET_SLOW,
    VT_BUDGET_WARNING,
    VT_BUDGET_CRITICAL,
    VT_BUDGET_LEVEL_COUNT
} vt_budget_level;

/* Rows of the table. */
typedef enum vt_budget_id {
    VT_BUDGET_UI_FRAME,       /* one turn of the UI's event loop: a frame at 60 Hz */
    VT_BUDGET_UI_DISPATCH,    /* one drain of posted results on the UI thread */
    VT_BUDGET_UI_RESPONSE,    /* user action to visible answer */
    VT_BUDGET_STARTUP,        /* start of the program to painted cards */
    VT_BUDGET_FILTER,         /* filter applied, after the pause in typing */
    VT_BUDGET_SORT,           /* sort by a column */
    VT_BUDGET_PROGRESS,       /* between two progress updates */
    VT_BUDGET_CANCEL,         /* cancel asked to work stopped */
    VT_BUDGET_IMPORT_ITEM_UI, /* UI-thread time per imported item */
    VT_BUDGET_CARD_CONFIGURE, /* one pooled card acquired and configured */
    VT_BUDGET_FIRST_VIEWPORT, /* the first screenful of cards */
    VT_BUDGET_MEMORY_IMPORT,  /* all processes together during an import */
    VT_BUDGET_COUNT
} vt_budget_id;

/* The row of `id`; never NULL. */
const vt_budget *vt_budget_get(vt_budget_id id);

/* The row of that name, or NULL. */
const vt_budget *vt_budget_find(const char *name);

vt_budget_level vt_budget_check(const vt_budget *budget, int64_t value);

/* "ok", "slow", "warning", "critical". */
const char *vt_budget_level_name(vt_budget_level level);

/* Writes "warning: 230.0 ms > 200.0 ms" (or "ok: 12.0 ms") into `text`, cut to `size` bytes (1 or more). */
void vt_budget_describe(const vt_budget *budget, int64_t value, char *text, size_t size);

/* Writes a value with a fitting unit, "16.7 ms" or "250.0 MB" (10^6 bytes). */
void vt_budget_format(vt_budget_unit unit, int64_t value, char *text, size_t size);

#endif
