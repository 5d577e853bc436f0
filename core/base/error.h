/*
 * Errors: one object per call, worded once.
 *
 * A function that can fail takes `vt_error *error` last and returns false, NULL or a negative number. Whoever
 * detects the fault writes the message: what happened, where (a path), and what to do. Everybody else only
 * passes the failure on. `error` may be NULL where the caller does not want to know.
 *
 * Threads: a vt_error belongs to the caller; nothing here is shared.
 */
#ifndef VT_BASE_ERROR_H
#define VT_BASE_ERROR_H

#include <stdarg.h>
#include <stdbool.h>

/* What kind of fault. The name (vt_error_code_name) is stable: JSON output, tests and the catalog use it. */
typedef enum vt_error_code {
    VT_ERROR_NONE,
    VT_ERROR_USAGE,       /* the caller asked for something that makes no sense */
    VT_ERROR_NOT_FOUND,   /* no such file, item or table */
    VT_ERROR_PERMISSION,  /* exists, but may not be read or written */
    VT_ERROR_NOT_REGULAR, /* a FIFO, socket, device or folder where a file was expected */
    VT_ERROR_UNSUPPORTED, /* no decoder for this content */
    VT_ERROR_EMPTY,       /* a file of zero bytes */
    VT_ERROR_TRUNCATED,   /* ends before its content does */
    VT_ERROR_CORRUPT,     /* content contradicts its format */
    VT_ERROR_LIMIT,       /* larger than a limit allows; the message names the limit */
    VT_ERROR_TIMEOUT,     /* took longer than its limit */
    VT_ERROR_CRASHED,     /* the decoder helper died on it */
    VT_ERROR_CHANGED,     /* changed while it was read; try again */
    VT_ERROR_IO,          /* the system failed to read or write */
    VT_ERROR_NO_SPACE,    /* the disk or quota is full */
    VT_ERROR_READ_ONLY,   /* the catalog was opened for reading only */
    VT_ERROR_BUSY,        /* another process holds the lock */
    VT_ERROR_VERSION,     /* written by a newer program */
    VT_ERROR_MEMORY,      /* out of memory */
    VT_ERROR_CANCELLED,   /* the user asked to stop */
    VT_ERROR_INTERNAL,    /* a fault of ours */
    VT_ERROR_COUNT
} vt_error_code;

typedef struct vt_error {
    vt_error_code code;
    int system;        /* errno at the time, or 0 */
    char message[512]; /* UTF-8, no newline at the end; cut at a character boundary if too long */
} vt_error;

#define VT_ERROR_INIT                                                                                        \
    {                                                                                                        \
        VT_ERROR_NONE, 0, ""                                                                                 \
    }

/* Fills `error` (if not NULL) and returns false, so that `return vt_error_set(...)` ends a function. */
bool vt_error_set(vt_error *error, vt_error_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same for a failed system call: chooses the code from `system_errno` and adds its text to the message.
 */
bool vt_error_set_errno(vt_error *error, int system_errno, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Empties `error`; NULL is allowed. */
void vt_error_clear(vt_error *error);

/* The stable lower-case name of a code, e.g. "not-found". Never NULL. */
const char *vt_error_code_name(vt_error_code code);

/* The code of a name, VT_ERROR_INTERNAL for an unknown one. */
vt_error_code vt_error_code_from_name(const char *name);

#endif
