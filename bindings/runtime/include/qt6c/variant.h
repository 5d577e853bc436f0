/*
 * QVariant from C values. Each result belongs to the caller: end it with q_variant_fini, or return it to Qt
 * from an override, which hands it over. Threads: any.
 */
#ifndef QT6C_VARIANT_H
#define QT6C_VARIANT_H

#include <qt6c/value.h>

/* Numbers of built-in types (QMetaType::Type), for what follows and for signals of classes defined in C. */
typedef enum qt_type {
    QT_TYPE_BOOL = 1,
    QT_TYPE_INT = 2,
    QT_TYPE_UINT = 3,
    QT_TYPE_INT64 = 4,
    QT_TYPE_UINT64 = 5,
    QT_TYPE_DOUBLE = 6,
    QT_TYPE_STRING = 10, /* QString */
    QT_TYPE_STRING_LIST = 11,
    QT_TYPE_BYTES = 12, /* QByteArray */
    QT_TYPE_RECT = 19,
    QT_TYPE_SIZE = 21,
    QT_TYPE_POINT = 25,
    QT_TYPE_POINTER = 31, /* void * */
    QT_TYPE_OBJECT = 39,  /* QObject * */
    QT_TYPE_VOID = 43,
    QT_TYPE_FONT = 0x1000,
    QT_TYPE_PIXMAP = 0x1001,
    QT_TYPE_BRUSH = 0x1002,
    QT_TYPE_COLOR = 0x1003,
    QT_TYPE_ICON = 0x1005,
    QT_TYPE_IMAGE = 0x1006
} qt_type;

QVariant qt_variant_null(void);
QVariant qt_variant_bool(bool value);
QVariant qt_variant_int(int value);
QVariant qt_variant_int64(int64_t value);
QVariant qt_variant_double(double value);
QVariant qt_variant_string(const char *text);            /* UTF-8 */
QVariant qt_variant_string_qs(const QString *string);    /* copied (shared) */
QVariant qt_variant_of(qt_type type, const void *value); /* copies the value of that type behind `value` */

#endif
