#include "core/mesh/huge_pages.h"

#include <stdlib.h>
#include <sys/mman.h>

enum { WORTH_IT = 8 << 20, PAGE = 4096 };

void *vt_huge_pages_under(void *array, uint64_t bytes)
{
    if (array && bytes >= WORTH_IT) {
        size_t skipped = -(uintptr_t)array & (PAGE - 1);
        (void)madvise((char *)array + skipped, (bytes - skipped) & ~(uint64_t)(PAGE - 1), MADV_HUGEPAGE);
    }
    return array;
}

void *vt_huge_pages_calloc(uint64_t count, size_t size)
{
    return vt_huge_pages_under(calloc(count, size), count * size);
}
