/*
 * QList<T> from C: elements are read through `ptr` and `size`. A list returned by Qt by value belongs to the
 * caller and is ended by one of the release functions. Threads: as of the list. Out of memory: the program
 * ends with a message (string.h).
 */
#ifndef QT6C_LIST_H
#define QT6C_LIST_H

#include <qt6c/value.h>

/* Ends a list of elements that need no destructor (numbers, pointers, QModelIndex). */
void qt_list_release(QList *list, size_t element_size);
/* Ends a list whose elements need `destroy` (e.g. q_url_fini) when it was the last reference. */
void qt_list_release_with(QList *list, size_t element_size, void (*destroy)(void *element));
/* A fresh list with copies of `count` elements that need no copy constructor. */
QList qt_list_from(const void *elements, size_t count, size_t element_size);

/* QStringList. */
QList qt_string_list_from(const char *const *texts, size_t count);
void qt_string_list_release(QList *list);

#endif
