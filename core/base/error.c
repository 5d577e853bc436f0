#include "core/base/error.h"

#include "core/base/str.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const char *const code_names[VT_ERROR_COUNT] = {
    [VT_ERROR_NONE] = "none",
    [VT_ERROR_USAGE] = "usage",
    [VT_ERROR_NOT_FOUND] = "not-found",
    [VT_ERROR_PERMISSION] = "permission",
    [VT_ERROR_NOT_REGULAR] = "not-regular",
    [VT_ERROR_UNSUPPORTED] = "unsupported",
    [VT_ERROR_EMPTY] = "empty",
    [VT_ERROR_TRUNCATED] = "truncated",
    [VT_ERROR_CORRUPT] = "corrupt",
    [VT_ERROR_LIMIT] = "limit",
    [VT_ERROR_TIMEOUT] = "timeout",
    [VT_ERROR_CRASHED] = "crashed",
    [VT_ERROR_CHANGED] = "changed",
    [VT_ERROR_IO] = "io",
    [VT_ERROR_NO_SPACE] = "no-space",
    [VT_ERROR_READ_ONLY] = "read-only",
    [VT_ERROR_BUSY] = "busy",
    [VT_ERROR_VERSION] = "version",
    [VT_ERROR_MEMORY] = "memory",
    [VT_ERROR_CANCELLED] = "cancelled",
    [VT_ERROR_INTERNAL] = "internal",
};

static vt_error_code code_of_errno(int system_errno)
{
    switch (system_errno) {
    case ENOENT:
    case ENOTDIR:
        return VT_ERROR_NOT_FOUND;
    case EACCES:
    case EPERM:
        return VT_ERROR_PERMISSION;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return VT_ERROR_NO_SPACE;
    case EROFS:
        return VT_ERROR_READ_ONLY;
    case ENOMEM:
        return VT_ERROR_MEMORY;
    case ETIMEDOUT:
        return VT_ERROR_TIMEOUT;
    case EAGAIN:
    case EBUSY:
        return VT_ERROR_BUSY;
    case EISDIR:
    case ENXIO:
    case ELOOP: /* O_NOFOLLOW on a symbolic link */
        return VT_ERROR_NOT_REGULAR;
    default:
        return VT_ERROR_IO;
    }
}

static void fill(vt_error *error, vt_error_code code, int system_errno, const char *format, va_list args)
{
    error->code = code;
    error->system = system_errno;
    int length = vsnprintf(error->message, sizeof error->message, format, args);
    if (length < 0) {
        length = 0;
    }
    if ((size_t)length >= sizeof error->message) {
        length = (int)vt_utf8_cut(error->message, sizeof error->message - 1);
    }
    error->message[length] = '\0';
}

bool vt_error_set(vt_error *error, vt_error_code code, const char *format, ...)
{
    if (error) {
        va_list args;
        va_start(args, format);
        fill(error, code, 0, format, args);
        va_end(args);
    }
    return false;
}

bool vt_error_set_errno(vt_error *error, int system_errno, const char *format, ...)
{
    if (!error) {
        return false;
    }
    va_list args;
    va_start(args, format);
    fill(error, code_of_errno(system_errno), system_errno, format, args);
    va_end(args);
    size_t used = strlen(error->message);
    char text[128];
    int written = snprintf(error->message + used, sizeof error->message - used, ": %s",
                           strerror_r(system_errno, text, sizeof text));
    if (written > 0 && used + (size_t)written >= sizeof error->message) {
        error->message[vt_utf8_cut(error->message, sizeof error->message - 1)] = '\0';
    }
    return false;
}

void vt_error_clear(vt_error *error)
{
    if (error) {
        *error = (vt_error)VT_ERROR_INIT;
    }
}

const char *vt_error_code_name(vt_error_code code)
{
    return (unsigned)code < VT_ERROR_COUNT ? code_names[code] : code_names[VT_ERROR_INTERNAL];
}

vt_error_code vt_error_code_from_name(const char *name)
{
    for (int code = 0; code < VT_ERROR_COUNT; code++) {
        if (strcmp(code_names[code], name) == 0) {
            return (vt_error_code)code;
        }
    }
    return VT_ERROR_INTERNAL;
}
