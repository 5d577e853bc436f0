/*
 * Advice: what a user can do about figures that are not well, as a const table of rules over plain numbers,
 * each with its words and the action that applies it. Pure; any thread.
 */
#ifndef VT_PERF_ADVICE_H
#define VT_PERF_ADVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the rules look at. */
typedef struct vt_situation {
    int64_t memory, memory_soft, memory_hard; /* bytes: of all processes, and the limits */
    int64_t caches;                           /* bytes of it that can be given back */
    int64_t pictures, pictures_most; /* bytes: pictures of cards, and what they may take; 0: not known */
    double hit_percent;              /* pictures found in memory; negative: not known */
    int64_t waiting;                 /* files that wait to be decoded */
    int jobs, processors;            /* files decoded at once */
    double cpu_percent;              /* of one core, by all processes; negative: not known */
    int64_t stall_ns;                /* the longest of the last minute */
    int64_t commit_ns;               /* mean of the last commits; 0: none */
    int64_t failed, tried;           /* files of the imports of this session */
    bool imports, held;              /* imports are at work; and are held by the user */
    bool disk_low;
} vt_situation;

typedef enum vt_advice_action {
    VT_ADVICE_TRIM,
    VT_ADVICE_MORE_MEMORY,  /* half as much again */
    VT_ADVICE_LARGER_CACHE, /* twice as much for pictures, and more memory if it is short of that */
    VT_ADVICE_MORE_JOBS,
    VT_ADVICE_FEWER_JOBS,
    VT_ADVICE_HOLD,
    VT_ADVICE_GO_ON,
    VT_ADVICE_FAILURES,
    VT_ADVICE_PLACE, /* the folder of the catalog, in the file manager */
    VT_ADVICE_TRACE, /* a file of what ran, for who can read it */
    VT_ADVICE_ACTIONS
} vt_advice_action;

typedef struct vt_advice {
    const char *name;   /* stable, for logs */
    const char *text;   /* English sentences, translatable in the context "performance" */
    const char *button; /* the same */
    vt_advice_action action;
    bool (*applies)(const vt_situation *situation);
} vt_advice;

/* Rows of the table. */
extern const vt_advice vt_advice_table[];
extern const size_t vt_advice_count;

#endif
