#include <qt6c/list.h>
#include <qt6c/string.h>

#include "array.h"

#include <string.h>

void qt_list_release_with(QList *list, size_t element_size, void (*destroy)(void *element))
{
    if (qt_array_drop(list->d)) {
        for (ptrdiff_t i = 0; destroy && i < list->size; i++) {
            destroy((char *)list->ptr + (size_t)i * element_size);
        }
        qt_array_free(list->d, element_size, _Alignof(max_align_t));
    }
    *list = (QList){NULL, NULL, 0};
}

void qt_list_release(QList *list, size_t element_size)
{
    qt_list_release_with(list, element_size, NULL);
}

QList qt_list_from(const void *elements, size_t count, size_t element_size)
{
    QList list = {NULL, NULL, 0};
    if (count) {
        list.ptr = qt_array_allocate(&list.d, element_size, _Alignof(max_align_t), count);
        memcpy(list.ptr, elements, count * element_size);
        list.size = (ptrdiff_t)count;
    }
    return list;
}

static void release_string(void *string)
{
    qt_string_release(string);
}

QList qt_string_list_from(const char *const *texts, size_t count)
{
    QList list = {NULL, NULL, 0};
    if (count) {
        list.ptr = qt_array_allocate(&list.d, sizeof(QString), _Alignof(max_align_t), count);
        for (size_t i = 0; i < count; i++) {
            ((QString *)list.ptr)[i] = qt_string_from_utf8(texts[i]);
        }
        list.size = (ptrdiff_t)count;
    }
    return list;
}

void qt_string_list_release(QList *list)
{
    qt_list_release_with(list, sizeof(QString), release_string);
}
