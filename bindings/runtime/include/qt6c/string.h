/*
 * Strings between C (UTF-8) and Qt (UTF-16).
 *
 * A QString or QByteArray made here or returned by Qt by value belongs to the caller and is ended by the
 * release function, once. Invalid UTF-8 becomes U+FFFD. Threads: any; a string's data is shared by atomic
 * reference counts.
 *
 * Out of memory: no string or array made here is silently shorter or null; the program ends with a message,
 * as it does inside Qt itself, which throws std::bad_alloc. Only what is yours to free() may be NULL.
 */
#ifndef QT6C_STRING_H
#define QT6C_STRING_H

#include <qt6c/value.h>
#include <string.h>

/* NULL gives the null string. */
QString qt_string_from_utf8(const char *text);
/* `length` bytes, NULs are kept. */
QString qt_string_from_utf8_bytes(const char *text, size_t length);

/* UTF-8 with a NUL behind it; free(). NULL only when memory runs out. A NUL inside stays. */
char *qt_string_to_utf8(const QString *string);
/* The same with the length in bytes (may be NULL). */
char *qt_string_to_utf8_bytes(const QString *string, size_t *length);
/* The same as qt_string_to_utf8, and releases `string`. */
char *qt_string_take_utf8(QString *string);

/* Ends the string and leaves it null. */
void qt_string_release(QString *string);
/* A second reference to the same text. */
QString qt_string_share(const QString *string);

QByteArray qt_bytearray_from_bytes(const void *bytes, size_t length);
/* A second reference to the same bytes. */
QByteArray qt_bytearray_share(const QByteArray *bytes);
void qt_bytearray_release(QByteArray *bytes);

/* Fills a QAnyStringView (a pointer and a size whose highest bits name the encoding: 0 is UTF-8) for
   generated code. The text must outlive the view. */
static inline void qt_any_string_view(void *view, const char *text)
{
    const struct {
        const char *bytes;
        size_t size;
    } value = {text, text ? strlen(text) : 0};
    memcpy(view, &value, sizeof value);
}

/* What Qt has to say goes to `handler` instead of stderr; NULL: to stderr again. `type`: 0 debug, 1 warning,
   2 critical, 3 fatal (the program ends afterwards), 4 info. Called on any thread. */
void qt_install_message_handler(void (*handler)(int type, const void *context, const QString *text));

/* "6.4.2": the Qt that the program runs with. */
const char *qt_version(void);

#endif
