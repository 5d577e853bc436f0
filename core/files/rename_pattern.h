/*
 * New names from a pattern: "{folder}_{n:3}" makes "holiday_001.jpg", "holiday_002.jpg" of two pictures.
 *
 *     {name}  {name:lower}  {name:upper}          the old name without its extension, searched and replaced
 *     {ext}   {ext:lower}   {ext:upper}           the old extension without its dot
 *     {folder} {folder:lower} {folder:upper}      the name of the folder it is in
 *     {n}  {n:WIDTH}  {n:WIDTH,START}  {n:WIDTH,START,STEP}   a counter; WIDTH digits at least, 1, from 1 by
 * 1 {date}  {date:FORMAT}                       the file's time as local time, by strftime(3); %Y-%m-%d
 *     {{  }}                                      braces
 *
 * The extension is kept, unless the pattern has {ext}: then nothing is added, and a dot before an {ext} that
 * is empty is left out. Upper and lower case are those of UTF-8 in no country's language; bytes that are not
 * UTF-8 stay. Names of weekdays and months are those of the program's locale.
 *
 * Touches no disk. Threads: a pattern does not change once it is made; any thread may use it.
 */
#ifndef VT_FILES_RENAME_PATTERN_H
#define VT_FILES_RENAME_PATTERN_H

#include "core/base/error.h"
#include "core/base/str.h"
#include "core/files/rename_plan.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of a pattern, of a text searched for, and of what replaces it. */
#define VT_RENAME_PATTERN_MAX 1024
/* The time of a file whose time is not known. */
#define VT_RENAME_NO_TIME INT64_MIN

/* A line of the table of placeholders, for a menu. */
typedef struct vt_rename_placeholder {
    const char *name, *example, *meaning; /* "n", "{n:3}", "a counter, here of three digits" */
} vt_rename_placeholder;

/* "" in the field `name` for an `at` behind the last one. */
vt_rename_placeholder vt_rename_placeholder_at(size_t at);

typedef struct vt_rename_file {
    const char *path; /* absolute, bytes */
    int64_t time_ns;  /* since 1970, UTC; or VT_RENAME_NO_TIME */
} vt_rename_file;

typedef struct vt_rename_pattern vt_rename_pattern;

/* `bytes` need no NUL behind them. `search`, plain text (may be NULL or ""), is replaced by `replace`
   wherever {name} stands. Copies all. NULL and `error`: VT_ERROR_USAGE, and where in the pattern goes to
   `*place`, a number of bytes (may be NULL); VT_ERROR_LIMIT, VT_ERROR_MEMORY. */
vt_rename_pattern *vt_rename_pattern_create(const char *bytes, size_t length, const char *search,
                                            const char *replace, size_t *place, vt_error *error);
void vt_rename_pattern_free(vt_rename_pattern *pattern); /* NULL is allowed */

/* Writes the new name of the `number`-th file, from 0, to `name`, which is empty before; for a preview.
   Returns VT_RENAME_NO_DATE if it needs the time and that is not known, else VT_RENAME_FINE: whether it is a
   good name is the plan's to say. Memory: see vt_str. */
vt_rename_problem vt_rename_pattern_name(const vt_rename_pattern *pattern, const vt_rename_file *file,
                                         size_t number, vt_str *name);

/* Adds all files with their new names to a plan, which is not checked by that. Errors of vt_rename_plan_add.
 */
bool vt_rename_pattern_plan(const vt_rename_pattern *pattern, const vt_rename_file *files, size_t count,
                            vt_rename_plan *plan, vt_error *error);

#endif
