#include <qt6c/string.h>
#include <qt6c/variant.h>

#include "symbols.h"

QVariant qt_variant_null(void)
{
    return (QVariant){.packed = 2};
}

QVariant qt_variant_bool(bool value)
{
    QVariant variant;
    qt_sym_variant_bool(&variant, value);
    return variant;
}

QVariant qt_variant_int(int value)
{
    QVariant variant;
    qt_sym_variant_int(&variant, value);
    return variant;
}

QVariant qt_variant_int64(int64_t value)
{
    QVariant variant;
    qt_sym_variant_int64(&variant, value);
    return variant;
}

QVariant qt_variant_double(double value)
{
    QVariant variant;
    qt_sym_variant_double(&variant, value);
    return variant;
}

QVariant qt_variant_string_qs(const QString *string)
{
    QVariant variant;
    qt_sym_variant_string(&variant, string);
    return variant;
}

QVariant qt_variant_string(const char *text)
{
    QString string = qt_string_from_utf8(text);
    QVariant variant = qt_variant_string_qs(&string);
    qt_string_release(&string);
    return variant;
}

QVariant qt_variant_of(qt_type type, const void *value)
{
    const void *meta_type = NULL;
    qt_sym_meta_type(&meta_type, (int)type);
    QVariant variant;
    qt_sym_variant_from_type(&variant, meta_type, value);
    return variant;
}
