/*
 * Where a fault is played: pictures, a home and a catalog in a scratch folder, the real programs, and what
 * every run must end in, whatever was done to it.
 *
 * The main thread only. What the machine refuses ends the program.
 */
#ifndef VT_TESTS_FAULTS_STAGE_H
#define VT_TESTS_FAULTS_STAGE_H

#include "tests/faults/oracle.h"
#include "tests/support/check.h"
#include "tests/support/files.h"
#include "tests/support/program.h"

typedef struct stage {
    char *root, *pictures, *catalog_folder, *catalog; /* owned */
    char *home;
    program_options options;
    int files;       /* in `pictures`; each can be imported */
    bool resumes;    /* the next import is `import --resume` in every second run that left one to resume */
    bool disk_fails; /* writes to the catalog do: the note of an import may be what could not be written */
    oracle clean;    /* after an undisturbed import */
    double clean_seconds;
} stage;

/* What an import said of itself. */
typedef struct stage_report {
    int status;
    double imported, unchanged, decoded, failed; /* -1e300 where it said nothing */
    char said[1000];                             /* the start of its stderr */
} stage_report;

/* What can be wrong after a run. */
typedef enum stage_fault {
    STAGE_UNSOUND,   /* runs after which the oracle or `vitrine check` found something */
    STAGE_LOST,      /* rows that were committed and are not there */
    STAGE_REDONE,    /* rows that are there and were decoded again by the next import */
    STAGE_DIFFERENT, /* runs after which the next import did not end in the content of an undisturbed one */
    STAGE_UNNOTED,   /* runs that left work and no note of it, or a note and no work */
    STAGE_LITTER,    /* runs that left files or processes behind once the next import was over */
    STAGE_MUTE,      /* runs whose status or message did not name the cause; counted by the case */
    STAGE_FAULTS
} stage_fault;

typedef struct stage_tally {
    int runs;
    int64_t count[STAGE_FAULTS];
    char first[STAGE_FAULTS][300]; /* told of the first of each kind */
    double slowest;                /* seconds of the next import */
    double slowest_start;          /* seconds of the next start of the program, which lists the catalog */
    int resumed;                   /* next imports by --resume */
} stage_tally;

/* `files` small pictures and models; imports them once, undisturbed. */
stage *stage_create(int files);
void stage_free(stage *self);

/* Neither catalog nor thumbnails any more. */
void stage_forget(stage *self);

/* The thumbnails store, or NULL if there is none yet; valid until the next call. */
const char *stage_thumbs(const stage *self);

/* Starts `vitrine import --no-wait` of the pictures, behind the words of `wrapper` (NULL: none). */
program *stage_start(stage *self, const char *const *wrapper);
/* The same with other words: those after `import --json --catalog FILE`. */
program *stage_start_with(stage *self, const char *const *wrapper, const char *const *words);
/* Waits for its end and reads what it said. */
stage_report stage_wait(program *running);
stage_report stage_import(stage *self, const char *const *wrapper);

/* After a fault: `vitrine check`, the oracle, the next import, the oracle again. `committed`: rows that were
   seen committed before. */
void stage_settle(stage *self, int64_t committed, stage_tally *tally);

/* Counts `amount` of `fault`, and keeps the words if it is the first. */
void stage_blame(stage_tally *tally, stage_fault fault, int64_t amount, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Prints the tally as figures whose names begin with `name`. */
void stage_tell(const char *name, const stage_tally *tally);

#endif
