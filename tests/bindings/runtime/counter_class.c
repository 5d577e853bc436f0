#include "counter_class.h"

#include <stdlib.h>

atomic_int counters_gone;

const qt_method counter_nothing = {.name = "nothing"};
const qt_method counter_number = {
    .name = "number", .argument_count = 1, .arguments = {QT_TYPE_INT}, .argument_names = {"value"}};
const qt_method counter_pair = {
    .name = "pair", .argument_count = 2, .arguments = {QT_TYPE_INT64, QT_TYPE_DOUBLE}};
const qt_method counter_triple = {
    .name = "triple", .argument_count = 3, .arguments = {QT_TYPE_STRING, QT_TYPE_BOOL, QT_TYPE_RECT}};

static void invoke_add(void *self, void **args)
{
    ((counter *)self)->added += *(int *)args[1];
}

static void invoke_greet(void *self, void **args)
{
    counter *c = self;
    c->greetings += *(int *)args[2];
    char *text = qt_string_to_utf8(args[1]);
    snprintf(c->greeting, sizeof c->greeting, "%s", text);
    free(text);
}

const qt_method counter_add = {
    .name = "add", .argument_count = 1, .arguments = {QT_TYPE_INT}, .invoke = invoke_add};
const qt_method counter_greet = {.name = "greet",
                                 .argument_count = 2,
                                 .arguments = {QT_TYPE_STRING, QT_TYPE_INT},
                                 .argument_names = {"whom", "times"},
                                 .invoke = invoke_greet};

static const qt_method *const methods[] = {&counter_nothing, &counter_number, &counter_pair,
                                           &counter_triple,  &counter_add,    &counter_greet};

static void count_gone(void *self)
{
    (void)self;
    atomic_fetch_add(&counters_gone, 1);
}

qt_subclass counter_class = {
    .base = &qt_class_QObject,
    .instance_size = sizeof(counter),
    .finish = count_gone,
    .meta =
        &(const qt_meta){.class_name = "Counter", .methods = methods, .signal_count = 4, .method_count = 6}};

counter *counter_new(QObject *parent)
{
    counter *c = qt_subclass_allocate(&counter_class);
    q_object_init(&c->object, parent);
    qt_subclass_install(&counter_class, c);
    return c;
}
