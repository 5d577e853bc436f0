#include "array.h"

#include "symbols.h"

#include <stdio.h>
#include <stdlib.h>

void *qt_array_allocate(void **header, size_t element_size, size_t alignment, size_t count)
{
    enum { KEEP_SIZE = 1 }; /* QArrayData::KeepSize */
    void *elements = NULL;
    if (count <= PTRDIFF_MAX) {
        elements = qt_sym_array_allocate(header, (ptrdiff_t)element_size, (ptrdiff_t)alignment,
                                         (ptrdiff_t)count, KEEP_SIZE);
    }
    if (!elements) {
        fprintf(stderr, "qt6c: out of memory: %zu elements of %zu bytes for a string or list of Qt\n", count,
                element_size);
        abort();
    }
    return elements;
}

void qt_array_keep(void *header)
{
    /* The reference count is the first word of the header. */
    if (header) {
        __atomic_add_fetch((int *)header, 1, __ATOMIC_RELAXED);
    }
}

bool qt_array_drop(void *header)
{
    return header && __atomic_sub_fetch((int *)header, 1, __ATOMIC_ACQ_REL) == 0;
}

void qt_array_free(void *header, size_t element_size, size_t alignment)
{
    qt_sym_array_deallocate(header, (ptrdiff_t)element_size, (ptrdiff_t)alignment);
}
