/*
 * Renaming many files as one step: a plan is made, checked and shown, carried out, and undone as a whole.
 *
 * Files keep their folders. Nothing is ever overwritten (move.h), be it by chains (a -> b, b -> c: the end
 * goes first), cycles (a -> b, b -> a: one waits under a temporary name in its folder, ".vitrine-rename-N")
 * or changes of case only, which go by a temporary name too, because a file system that ignores case takes
 * the new name for taken. The first failure stops it, and what was done is taken back. A folder and what lies
 * below it do not belong in one plan.
 *
 * Threads: objects belong to one thread at a time; making a plan touches no disk, checking it only by
 * `exists`, carrying out and undoing it do: not on the window's thread.
 */
#ifndef VT_FILES_RENAME_PLAN_H
#define VT_FILES_RENAME_PLAN_H

#include "core/base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* Files of one plan. */
#define VT_RENAME_FILES_MAX 1000000
/* Bytes of a name; NAME_MAX of Linux. */
#define VT_RENAME_NAME_MAX 255

/* What is wrong with a new name. VT_RENAME_UNCHANGED is left out when the plan is carried out, any other
   problem keeps the whole plan from it. */
typedef enum vt_rename_problem {
    VT_RENAME_FINE,
    VT_RENAME_UNCHANGED, /* it is the old name */
    VT_RENAME_EMPTY,
    VT_RENAME_RESERVED, /* "." or ".." */
    VT_RENAME_SLASH,
    VT_RENAME_NUL,
    VT_RENAME_TOO_LONG, /* more than VT_RENAME_NAME_MAX bytes */
    VT_RENAME_NO_DATE,  /* the pattern wants a date, and none is known */
    VT_RENAME_HIDDEN,   /* begins with a dot, and the old one does not */
    VT_RENAME_TWICE,    /* another file of the plan gets the same name, or it is in the plan twice */
    VT_RENAME_EXISTS,   /* a file that is not in the plan has that name */
    VT_RENAME_PROBLEM_COUNT
} vt_rename_problem;

/* For people, as an end to "cannot rename a.png to b.png: ". Never NULL. */
const char *vt_rename_problem_text(vt_rename_problem problem);

/* Lives as long as the plan. */
typedef struct vt_rename_entry {
    const char *old_path, *new_path; /* the latter only if the name is one of a file, else NULL */
    const char *new_name;            /* bytes, with a NUL behind them */
    size_t new_length;
    vt_rename_problem problem;
} vt_rename_entry;

typedef struct vt_rename_plan vt_rename_plan;

/* NULL when memory runs out. */
vt_rename_plan *vt_rename_plan_create(void);
void vt_rename_plan_free(vt_rename_plan *plan); /* NULL is allowed */

/* Adds a file by its absolute, clean path. `known`: a problem that the caller has seen, else VT_RENAME_FINE.
   VT_ERROR_USAGE (the path is not absolute), VT_ERROR_LIMIT, VT_ERROR_MEMORY. */
bool vt_rename_plan_add(vt_rename_plan *plan, const char *old_path, const char *new_name, size_t new_length,
                        vt_rename_problem known, vt_error *error);

/* True if there is a file at `new_path` other than the one at `old_path`. */
typedef bool (*vt_rename_exists)(void *user, const char *old_path, const char *new_path);
/* One that looks at the disk; `user` is not used. */
bool vt_rename_exists_on_disk(void *user, const char *old_path, const char *new_path);

/* Finds all problems, anew after files were added. `hidden`: names that begin with a dot are meant so.
   `exists` NULL: the disk is not asked (it refuses when the plan is carried out, too). VT_ERROR_MEMORY. */
bool vt_rename_plan_check(vt_rename_plan *plan, bool hidden, vt_rename_exists exists, void *user,
                          vt_error *error);

size_t vt_rename_plan_count(const vt_rename_plan *plan);
vt_rename_entry vt_rename_plan_at(const vt_rename_plan *plan, size_t at); /* in the order of adding */
/* How many have a problem; all of VT_RENAME_PROBLEM_COUNT in one array, by problem. */
void vt_rename_plan_problems(const vt_rename_plan *plan, size_t counts[VT_RENAME_PROBLEM_COUNT]);

/* What was renamed, in its order: all that is needed to undo it. */
typedef struct vt_rename_journal vt_rename_journal;

typedef struct vt_rename_step {
    const char *from, *to; /* absolute; live as long as the journal, or the call of a vt_rename_note */
    bool certain;          /* false: noted before it was done, and never after */
} vt_rename_step;

/* NULL when memory runs out. */
vt_rename_journal *vt_rename_journal_create(void);
void vt_rename_journal_free(vt_rename_journal *journal); /* NULL is allowed */
/* Adds a step that was noted by an earlier process. */
bool vt_rename_journal_add(vt_rename_journal *journal, const vt_rename_step *step, vt_error *error);
size_t vt_rename_journal_count(const vt_rename_journal *journal);
vt_rename_step vt_rename_journal_at(const vt_rename_journal *journal, size_t at);

/* Called before and after each rename, also of those that take something back (from and to are what is done
   now), so that the caller can keep the journal on disk, show progress, or stop it: false and `error` is a
   failure like one of the disk, but is ignored while things are taken back. */
typedef enum vt_rename_moment { VT_RENAME_BEFORE, VT_RENAME_AFTER } vt_rename_moment;
typedef bool (*vt_rename_note)(void *user, vt_rename_moment moment, const vt_rename_step *step,
                               vt_error *error);

/* Carries out a plan that was checked, and adds its steps to `journal`. `note` may be NULL. After a failure
   everything has its old name, and the journal is as it was; what could not be taken back, because somebody
   interfered, is in the journal, and the message says so. VT_ERROR_USAGE (not checked since it was changed,
   or has problems), VT_ERROR_CHANGED (a new name is taken meanwhile), VT_ERROR_NOT_FOUND (a file vanished),
   those of vt_move_fault and of `note`, VT_ERROR_MEMORY. */
bool vt_rename_carry_out(const vt_rename_plan *plan, vt_rename_journal *journal, vt_rename_note note,
                         void *user, vt_error *error);

/* Adds to `journal` what vt_rename_carry_out would do, in its order, for whoever does it himself; looks at
   the disk and changes nothing. VT_ERROR_USAGE, VT_ERROR_LIMIT, VT_ERROR_MEMORY. */
bool vt_rename_plan_order(const vt_rename_plan *plan, vt_rename_journal *journal, vt_error *error);

/* Takes back all steps of the journal, the last first; it is empty then. Steps that are not certain are taken
   back if they were done. After a failure everything is as it was before the call, and the journal holds what
   is still to be undone. Errors as above. */
bool vt_rename_undo(vt_rename_journal *journal, vt_rename_note note, void *user, vt_error *error);

#endif
