/* What most tests of commands begin with: a home of their own and a folder of files, the program run on them,
   and its JSON. Cleared away by library_end. */
#ifndef VT_TESTS_LIBRARY_H
#define VT_TESTS_LIBRARY_H

#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/json.h"
#include "tests/support/program.h"

#include <stdlib.h>
#include <string.h>

static struct {
    char *root, *home, *folder; /* the folder of files */
    program_options options;
} here;

static inline program_result run(const char *const *arguments)
{
    return program_run(&here.options, arguments);
}

#define RUN(...) run((const char *const[]){__VA_ARGS__, NULL})

static inline void library_begin(void)
{
    here.root = files_temporary_folder();
    here.home = strdup(files_folder(here.root, "home"));
    here.folder = strdup(files_folder(here.root, "library"));
    here.options = (program_options){.home = here.home};
}

/* All of the folder, which must succeed. */
static inline void library_import(void)
{
    program_result import = RUN("import", here.folder);
    if (import.status != 0) {
        fail_msg("status %d\n%s\n%s", import.status, import.out, import.err);
    }
    program_result_free(&import);
}

/* What the program said on stdout; valid as long as `result`. */
static inline json_value library_parse(const program_result *result)
{
    json_value value = json_parse(result->out, result->length);
    if (!value.text) {
        fail_msg("status %d, no JSON: %s\n%s", result->status, result->out, result->err);
    }
    return value;
}

/* A teardown of a group. */
static inline int library_end(void **state)
{
    (void)state;
    files_remove(here.root);
    free(here.home);
    free(here.folder);
    return 0;
}

#endif
