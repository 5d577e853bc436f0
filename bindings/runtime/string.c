#include <qt6c/string.h>

#include "array.h"
#include "symbols.h"

#include <stdlib.h>
#include <string.h>

void *qt_allocate(size_t size)
{
    return qt_operator_new(size);
}

/* What Qt's inline destructors do. */
static void release_array(void *header, size_t element_size)
{
    if (qt_array_drop(header)) {
        qt_array_free(header, element_size, _Alignof(ptrdiff_t));
    }
}

QString qt_string_from_utf8_bytes(const char *text, size_t length)
{
    return qt_sym_from_utf8((qt_byte_view){(ptrdiff_t)length, text});
}

QString qt_string_from_utf8(const char *text)
{
    if (!text) {
        return (QString){NULL, NULL, 0};
    }
    return qt_string_from_utf8_bytes(text, strlen(text));
}

char *qt_string_to_utf8_bytes(const QString *string, size_t *length)
{
    QByteArray bytes = qt_sym_to_utf8(string);
    char *text = malloc((size_t)bytes.size + 1);
    if (text) {
        if (bytes.size) {
            memcpy(text, bytes.ptr, (size_t)bytes.size);
        }
        text[bytes.size] = '\0';
        if (length) {
            *length = (size_t)bytes.size;
        }
    }
    qt_bytearray_release(&bytes);
    return text;
}

char *qt_string_to_utf8(const QString *string)
{
    return qt_string_to_utf8_bytes(string, NULL);
}

char *qt_string_take_utf8(QString *string)
{
    char *text = qt_string_to_utf8(string);
    qt_string_release(string);
    return text;
}

void qt_string_release(QString *string)
{
    release_array(string->d, sizeof(uint16_t));
    *string = (QString){NULL, NULL, 0};
}

QString qt_string_share(const QString *string)
{
    qt_array_keep(string->d);
    return *string;
}

QByteArray qt_bytearray_from_bytes(const void *bytes, size_t length)
{
    QByteArray array = {NULL, NULL, 0};
    if (length) {
        array.ptr = qt_array_allocate(&array.d, 1, _Alignof(ptrdiff_t), length + 1);
        memcpy(array.ptr, bytes, length);
        array.ptr[length] = '\0';
        array.size = (ptrdiff_t)length;
    }
    return array;
}

QByteArray qt_bytearray_share(const QByteArray *bytes)
{
    qt_array_keep(bytes->d);
    return *bytes;
}

void qt_bytearray_release(QByteArray *bytes)
{
    release_array(bytes->d, 1);
    *bytes = (QByteArray){NULL, NULL, 0};
}

const char *qt_version(void)
{
    return qt_sym_version();
}

void qt_install_message_handler(void (*handler)(int type, const void *context, const QString *text))
{
    qt_sym_install_message_handler(handler);
}
