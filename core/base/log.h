/*
 * Logging: a vt_log is passed down and kept in each context, so that a line carries its component's name.
 * Core never prints: the program attaches a sink (stderr, a file, a window); without one, lines go nowhere.
 *
 * Threads: vt_log_write may be called from any thread; the sink is called on that thread and must be able to
 * take it. A logger is immutable after creation, so it needs no lock.
 */
#ifndef VT_BASE_LOG_H
#define VT_BASE_LOG_H

typedef enum vt_log_level {
    VT_LOG_ERROR, /* something was lost or refused */
    VT_LOG_WARN,  /* worked around, the user may want to know */
    VT_LOG_INFO,  /* milestones: opened, imported, closed */
    VT_LOG_DEBUG  /* for developers */
} vt_log_level;

/* Receives one finished line (UTF-8, no newline). `component` is static text. */
typedef void (*vt_log_sink)(void *user, vt_log_level level, const char *component, const char *line);

/* A value: copy it freely; `component` and `user` must outlive all copies. */
typedef struct vt_log {
    vt_log_sink sink; /* NULL: discard */
    void *user;
    const char *component;
    vt_log_level level; /* lines above this level are discarded unformatted */
} vt_log;

/* A logger that discards everything. */
extern const vt_log vt_log_none;

/* The same sink and level under another component name (static text). */
vt_log vt_log_for(const vt_log *parent, const char *component);

/* Formats and hands one line to the sink. `log` may be NULL. */
void vt_log_write(const vt_log *log, vt_log_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* "error", "warning", "info", "debug". */
const char *vt_log_level_name(vt_log_level level);

#endif
