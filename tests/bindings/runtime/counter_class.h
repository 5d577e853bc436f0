/* A QObject class defined in C for the tests: signals with 0 to 3 arguments, and two methods to call by name.
 */
#ifndef VT_TESTS_BINDINGS_COUNTER_CLASS_H
#define VT_TESTS_BINDINGS_COUNTER_CLASS_H

#include <qt6c/qt6c.h>

#include <stdatomic.h>
#include <stdio.h>

typedef struct counter {
    QObject object;
    int added, greetings;
    char greeting[64];
} counter;

extern qt_subclass counter_class;
extern const qt_method counter_nothing, counter_number, counter_pair, counter_triple;
extern const qt_method counter_add, counter_greet;

counter *counter_new(QObject *parent);

/* How many counters were destroyed. */
extern atomic_int counters_gone;

#endif
