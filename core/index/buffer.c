#include "core/index/buffer.h"

#include <stdlib.h>
#include <sys/mman.h>

void *vt_buffer_alloc(size_t count, size_t size)
{
    size_t bytes = 0;
    if (__builtin_mul_overflow(count ? count : 1, size, &bytes)) {
        return NULL;
    }
    if (bytes < VT_HUGE_PAGE) {
        return malloc(bytes);
    }
    bytes = (bytes + VT_HUGE_PAGE - 1) / VT_HUGE_PAGE * VT_HUGE_PAGE;
    void *buffer = aligned_alloc(VT_HUGE_PAGE, bytes);
    if (buffer) {
        (void)madvise(buffer, bytes, MADV_HUGEPAGE); /* a wish: without it everything works, more slowly */
    }
    return buffer;
}
