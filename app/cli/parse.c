#include "app/cli/parse.h"

#include "core/decode/helper_pool.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { CATALOG, JOBS, JSON, QUIET, HELP };

const vt_option vt_cli_common_options[] = {
    [CATALOG] = {"catalog", 0, "FILE", "the catalog; default: $XDG_DATA_HOME/vitrine/library.vitrine"},
    [JOBS] = {"jobs", 'j', "N", "files decoded at once; default: as many as there are processors, at most 8"},
    [JSON] = {"json", 0, NULL, "one JSON object on stdout, nothing else there"},
    [QUIET] = {"quiet", 'q', NULL, "no progress and no remarks on stderr, only errors"},
    [HELP] = {"help", 'h', NULL, "this help"},
    {0},
};

bool vt_cli_number(const char *text, const char *option, long least, long most, long *number, vt_error *error)
{
    char *end = NULL;
    errno = 0;
    *number = strtol(text, &end, 10);
    bool digits = (text[0] >= '0' && text[0] <= '9') || (text[0] == '-' && least < 0);
    if (!digits || *end != '\0' || errno != 0 || *number < least || *number > most) {
        return vt_error_set(error, VT_ERROR_USAGE, "%s takes a number from %ld to %ld, not '%s'", option,
                            least, most, text);
    }
    return true;
}

const char *vt_arguments_value(const vt_arguments *arguments, const char *option)
{
    const vt_option *options = arguments->command->options;
    for (size_t i = 0; options && options[i].name; i++) {
        if (strcmp(options[i].name, option) == 0) {
            return arguments->values[i];
        }
    }
    return NULL;
}

/* The place of the option in `options`, -1 if it is not there. `name` ends at `length`. */
static int find(const vt_option *options, const char *name, size_t length, char letter)
{
    for (int i = 0; options && options[i].name; i++) {
        bool same = name ? strlen(options[i].name) == length && memcmp(options[i].name, name, length) == 0
                         : options[i].letter && options[i].letter == letter;
        if (same) {
            return i;
        }
    }
    return -1;
}

static bool set_common(vt_arguments *arguments, int option, const char *value, vt_error *error)
{
    long jobs = 0;
    switch (option) {
    case CATALOG:
        arguments->catalog = value;
        return *value || vt_error_set(error, VT_ERROR_USAGE, "--catalog takes the name of a file");
    case JOBS:
        if (!vt_cli_number(value, "--jobs", 1, VT_HELPER_POOL_MAX, &jobs, error)) {
            return false;
        }
        arguments->jobs = (int)jobs;
        return true;
    case JSON:
        arguments->json = true;
        return true;
    case QUIET:
        arguments->quiet = true;
        return true;
    default:
        arguments->help = true;
        return true;
    }
}

/* One option at argv[*at], and its value behind it. */
static bool parse_option(vt_arguments *arguments, char **argv, size_t count, size_t *at, vt_error *error)
{
    const char *word = argv[*at];
    bool is_long = word[1] == '-';
    const char *name = is_long ? word + 2 : NULL;
    const char *equals = is_long ? strchr(name, '=') : NULL;
    size_t length = 0;
    if (is_long) {
        length = equals ? (size_t)(equals - name) : strlen(name);
    }
    const char *value = equals ? equals + 1 : NULL;
    if (!is_long && word[2] != '\0') { /* "-oFILE" */
        value = word + 2;
    }
    int common = find(vt_cli_common_options, name, length, word[1]);
    int own = common < 0 ? find(arguments->command->options, name, length, word[1]) : -1;
    if (common < 0 && own < 0) {
        return vt_error_set(error, VT_ERROR_USAGE, "there is no option '%s'", word);
    }
    const vt_option *option =
        common >= 0 ? &vt_cli_common_options[common] : &arguments->command->options[own];
    if (!option->value && value) {
        return vt_error_set(error, VT_ERROR_USAGE, "--%s takes no value", option->name);
    }
    if (option->value && !value) {
        if (*at + 1 >= count) {
            return vt_error_set(error, VT_ERROR_USAGE, "--%s takes a value: %s", option->name, option->value);
        }
        value = argv[++*at];
    }
    value = value ? value : "";
    if (common >= 0) {
        return set_common(arguments, common, value, error);
    }
    arguments->values[own] = value;
    return true;
}

bool vt_cli_parse(vt_arguments *arguments, char **argv, size_t count, vt_error *error)
{
    bool options_ended = false;
    size_t words = 0;
    for (size_t at = 0; at < count; at++) {
        if (!options_ended && strcmp(argv[at], "--") == 0) {
            options_ended = true;
        } else if (!options_ended && argv[at][0] == '-' && argv[at][1] != '\0') {
            if (!parse_option(arguments, argv, count, &at, error)) {
                return false;
            }
        } else {
            argv[words++] = argv[at];
        }
    }
    arguments->words = (const char *const *)argv;
    arguments->word_count = words;
    const vt_command *command = arguments->command;
    if (!arguments->help && words < command->words_min) {
        return vt_error_set(error, VT_ERROR_USAGE, "%s is missing", command->words);
    }
    if (!arguments->help && words > command->words_max) {
        return vt_error_set(error, VT_ERROR_USAGE, "there is one word too many: '%s'",
                            argv[command->words_max]);
    }
    return true;
}
