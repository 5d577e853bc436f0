/*
 * The storage behind QString, QByteArray and QList: a reference count, then the elements (QArrayData).
 * Threads: any; the count is atomic.
 */
#ifndef QT6C_RUNTIME_ARRAY_H
#define QT6C_RUNTIME_ARRAY_H

#include <stdbool.h>
#include <stddef.h>

/* Room for `count` >= 1 elements of `element_size` bytes; the header to `*header`. Never NULL: where Qt would
   throw std::bad_alloc, which nobody could catch here, the program ends with a message on stderr that says
   the size. */
void *qt_array_allocate(void **header, size_t element_size, size_t alignment, size_t count);

/* One reference more, and one less. The latter is true if it was the last, so that the elements must be ended
   and the array freed. A NULL header is nobody's (text in the program itself). */
void qt_array_keep(void *header);
bool qt_array_drop(void *header);
void qt_array_free(void *header, size_t element_size, size_t alignment);

#endif
