#include "core/mesh/page_size.h"

#include <stddef.h>
#include <sys/mman.h>

enum { WORTH_IT = 8 << 20, PAGE = 4096 };

static void *advise(void *array, uint64_t bytes, int advice)
{
    if (array && bytes >= WORTH_IT) {
        size_t skipped = -(uintptr_t)array & (PAGE - 1);
        (void)madvise((char *)array + skipped, (bytes - skipped) & ~(uint64_t)(PAGE - 1), advice);
    }
    return array;
}

void *vt_huge_pages_under(void *array, uint64_t bytes)
{
    return advise(array, bytes, MADV_HUGEPAGE);
}

void *vt_small_pages_under(void *array, uint64_t bytes)
{
    return advise(array, bytes, MADV_NOHUGEPAGE);
}
