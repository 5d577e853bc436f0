#include "model.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *checked(void *memory)
{
    if (!memory) {
        fprintf(stderr, "qt6c generator: out of memory\n");
        exit(1);
    }
    return memory;
}

char *gen_text(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = NULL;
    if (vasprintf(&text, format, args) < 0) {
        text = NULL;
    }
    va_end(args);
    return checked(text);
}

void *gen_grow(void *array, size_t count, size_t element_size)
{
    /* Capacities are powers of two, so growing is due exactly when the count is one. */
    if (count & (count - 1)) {
        return array;
    }
    size_t capacity = count ? count * 2 : 1;
    array = checked(realloc(array, capacity * element_size));
    memset((char *)array + count * element_size, 0, (capacity - count) * element_size);
    return array;
}

gen_class *gen_model_class(const gen_model *model, const char *name)
{
    for (size_t i = 0; i < model->class_count; i++) {
        if (strcmp(model->classes[i]->name, name) == 0) {
            return model->classes[i];
        }
    }
    return NULL;
}

gen_method *gen_model_method(const gen_model *model, const char *usr)
{
    for (size_t c = 0; c < model->class_count; c++) {
        gen_class *cls = model->classes[c];
        for (size_t m = 0; m < cls->method_count; m++) {
            if (strcmp(cls->methods[m].usr, usr) == 0) {
                return &cls->methods[m];
            }
        }
    }
    return NULL;
}

void gen_exclude(gen_model *model, const char *name, const char *reason)
{
    for (size_t c = 0; c < model->class_count; c++) {
        gen_class *cls = model->classes[c];
        for (size_t m = 0; m < cls->method_count; m++) {
            gen_method *method = &cls->methods[m];
            bool named = strcmp(method->name, name) == 0 ||
                         strcmp(gen_text("%s::%s", cls->name, method->name), name) == 0;
            if (named && !method->left_out && !method->is_virtual) {
                method->left_out = reason;
            }
        }
    }
}

int64_t gen_class_base_offset(const gen_class *cls, const gen_class *base)
{
    if (cls == base) {
        return 0;
    }
    for (size_t i = 0; i < cls->base_count; i++) {
        int64_t inner = gen_class_base_offset(cls->bases[i].cls, base);
        if (inner >= 0) {
            return cls->bases[i].offset + inner;
        }
    }
    return -1;
}

bool gen_class_derives(const gen_class *cls, const gen_class *base)
{
    return gen_class_base_offset(cls, base) >= 0;
}

gen_class *gen_class_primary(const gen_class *cls)
{
    return cls->base_count && cls->bases[0].offset == 0 ? cls->bases[0].cls : NULL;
}
