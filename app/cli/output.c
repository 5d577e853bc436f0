#include "app/cli/output.h"

#include "app/cli/parse.h"
#include "core/base/clock.h"
#include "core/decode/format.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <time.h>

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

const char *vt_cli_kind_name(uint8_t kind)
{
    static const char *const names[] = {
        [VT_KIND_UNKNOWN] = "unknown",
        [VT_KIND_IMAGE] = "image",
        [VT_KIND_MODEL] = "model",
        [VT_KIND_SEQUENCE] = "sequence",
    };
    return kind < sizeof names / sizeof *names ? names[kind] : "unknown";
}

const char *vt_cli_state_name(uint8_t state)
{
    static const char *const names[VT_ITEM_STATE_COUNT] = {
        [VT_ITEM_OK] = "ok",         [VT_ITEM_MISSING] = "missing", [VT_ITEM_OFFLINE] = "offline",
        [VT_ITEM_FAILED] = "failed", [VT_ITEM_UNREAD] = "unread",
    };
    return state < VT_ITEM_STATE_COUNT ? names[state] : "unknown";
}

const char *vt_cli_format_name(uint8_t format)
{
    const vt_format_info *info = vt_format_get((vt_format)format);
    return info ? info->name : "unknown";
}

void vt_cli_time(int64_t ns, char text[VT_CLI_TIME_SIZE])
{
    int64_t seconds = ns / VT_NS_PER_S - (ns % VT_NS_PER_S < 0);
    time_t at = (time_t)seconds;
    struct tm parts;
    if (!gmtime_r(&at, &parts) || parts.tm_year < -1900 || parts.tm_year > 9999 - 1900 ||
        strftime(text, VT_CLI_TIME_SIZE, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0) {
        snprintf(text, VT_CLI_TIME_SIZE, "%" PRId64, seconds);
    }
}
