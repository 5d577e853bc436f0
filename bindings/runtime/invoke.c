#include <qt6c/invoke.h>

#include "symbols.h"

const char *qt_class_name(const QObject *object)
{
    /* metaObject() is the first virtual function of every QObject. */
    const void *(*const *table)(const QObject *) = *(const void *(*const *const *)(const QObject *))object;
    return qt_sym_class_name(table[0](object));
}

bool qt_invoke(QObject *object, const char *method, int connection_type, const qt_argument *arguments,
               int count)
{
    qt_generic_argument a[QT_INVOKE_ARGUMENTS_MAX] = {{NULL, NULL}};
    if (count < 0 || count > QT_INVOKE_ARGUMENTS_MAX) {
        return false;
    }
    for (int i = 0; i < count; i++) {
        const qt_meta_type *type = NULL;
        qt_sym_meta_type((const void **)&type, (int)arguments[i].type);
        a[i] = (qt_generic_argument){arguments[i].value, type ? type->name : NULL};
    }
    return qt_sym_invoke_by_name(object, method, connection_type, (qt_generic_argument){NULL, NULL}, a[0],
                                 a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9]);
}
