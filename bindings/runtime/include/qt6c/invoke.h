/*
 * Asking an object for its class, and calling its methods by name: those of Qt's own classes (slots,
 * Q_INVOKABLE) and those of classes defined in C (qt_meta).
 */
#ifndef QT6C_INVOKE_H
#define QT6C_INVOKE_H

#include <qt6c/variant.h>

#define QT_INVOKE_ARGUMENTS_MAX 10

typedef struct qt_argument {
    qt_type type;
    const void *value; /* points to a value of that type; copied when the call is queued */
} qt_argument;

/* The name of the object's most derived class, its C-defined one included. Owned by the class. */
const char *qt_class_name(const QObject *object);

/* Calls `method` with `count` arguments; results are dropped. `connection_type` as in qt_connect_options: 0
   calls at once in the object's own thread and queues from any other. False if there is no such method with
   arguments of these types: a line is then on Qt's log. Threads: any, as long as the object lives. */
bool qt_invoke(QObject *object, const char *method, int connection_type, const qt_argument *arguments,
               int count);

#endif
