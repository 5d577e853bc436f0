#include "core/base/log.h"

#include "core/base/str.h"

#include <stdarg.h>
#include <stdio.h>

const vt_log vt_log_none = {NULL, NULL, "", VT_LOG_ERROR};

vt_log vt_log_for(const vt_log *parent, const char *component)
{
    vt_log log = parent ? *parent : vt_log_none;
    log.component = component;
    return log;
}

void vt_log_write(const vt_log *log, vt_log_level level, const char *format, ...)
{
    if (!log || !log->sink || level > log->level) {
        return;
    }
    char line[1024];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (length < 0) {
        return;
    }
    if ((size_t)length >= sizeof line) {
        line[vt_utf8_cut(line, sizeof line - 1)] = '\0';
    }
    log->sink(log->user, level, log->component, line);
}

const char *vt_log_level_name(vt_log_level level)
{
    static const char *const names[] = {"error", "warning", "info", "debug"};
    return (unsigned)level < sizeof names / sizeof *names ? names[level] : "error";
}
