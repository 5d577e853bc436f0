/*
 * Starting a program of the desktop with files: the field codes of Exec= (Desktop Entry Specification 1.5),
 * one start with all files (%F, %U) or one for each (%f, %u, or none of them), and as many starts as the
 * system's limit on the length of a command line makes necessary.
 *
 * A started program is a child of nobody: it outlives Vitrine, and its end is not ours to wait for. Whether
 * the system could start it is known when vt_launch returns. Blocks: not for the window's thread. Any thread
 * otherwise.
 */
#ifndef VT_DESKTOP_LAUNCH_H
#define VT_DESKTOP_LAUNCH_H

#include "core/base/error.h"
#include "core/desktop/programs.h"

#include <stdbool.h>
#include <stddef.h>

/* True if one start takes many files. */
bool vt_launch_takes_many(const vt_program *program);

/* How often it has to be started for these files (absolute paths, bytes). */
size_t vt_launch_starts(const vt_program *program, const char *const *paths, size_t count);

/* Starts it; the first start that fails ends it. `*started` (NULL allowed): how many starts went well. Errors
   say which program and what to do: VT_ERROR_NOT_FOUND (it is not installed), VT_ERROR_PERMISSION,
   VT_ERROR_USAGE (its Exec= makes no sense), VT_ERROR_LIMIT (a path is too long), VT_ERROR_MEMORY,
   VT_ERROR_IO. */
bool vt_launch(const vt_program *program, const char *const *paths, size_t count, size_t *started,
               vt_error *error);

/* The words of one start, NULL behind the last: what vt_launch executes; for tests. free() each and the list.
   NULL and `error`. */
char **vt_launch_words(const vt_program *program, const char *const *paths, size_t count, vt_error *error);
void vt_launch_free_words(char **words);

#endif
