#include "app/cli/output.h"

#include "app/cli/parse.h"

#include <errno.h>
#include <stdarg.h>

int vt_cli_fail(const vt_error *error)
{
    fprintf(stderr, "vitrine: %s\n", error->message);
    return VT_EXIT_FAILED;
}

static void print_options(FILE *stream, const vt_option *options)
{
    for (size_t i = 0; options && options[i].name; i++) {
        char left[48];
        const vt_option *option = &options[i];
        const char dash[] = {'-', option->letter, ',', ' ', '\0'};
        snprintf(left, sizeof left, "%s--%s%s%s", option->letter ? dash : "    ", option->name,
                 option->value ? " " : "", option->value ? option->value : "");
        fprintf(stream, "  %-24s %s\n", left, option->help);
    }
}

void vt_cli_print_usage(FILE *stream, const vt_command *command)
{
    fprintf(stream, "usage: vitrine%s%s%s%s [OPTION...]\n%s\n\noptions:\n", command->name[0] ? " " : "",
            command->name, command->words[0] ? " " : "", command->words, command->help);
    print_options(stream, command->options);
    print_options(stream, vt_cli_common_options);
}

int vt_cli_wrong_usage(const vt_command *command, const vt_error *error)
{
    fprintf(stderr, "vitrine: %s\n\n", error->message);
    vt_cli_print_usage(stderr, command);
    return VT_EXIT_USAGE;
}

void vt_cli_remark(const vt_arguments *arguments, const char *format, ...)
{
    if (arguments->quiet) {
        return;
    }
    va_list values;
    va_start(values, format);
    vfprintf(stderr, format, values);
    va_end(values);
    fputc('\n', stderr);
}

bool vt_cli_flush(vt_error *error)
{
    errno = 0;
    if (fflush(stdout) != 0 || ferror(stdout)) {
        return vt_error_set_errno(error, errno ? errno : EIO, "cannot write to stdout");
    }
    return true;
}
