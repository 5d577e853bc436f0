/*
 * Memory that runs out when a test says so. Include it in one file of a program: it defines malloc, calloc,
 * realloc, aligned_alloc and free for the whole program (glibc allows that; its own remain reachable as
 * __libc_malloc and so on). Programs under a sanitizer keep the sanitizer's: there memory_can_fail() is
 * false.
 *
 *     for (long n = 0; memory_fails_after(n), object = create(&error), memory_recovers(), !object; n++)
 *         assert_int_equal(error.code, VT_ERROR_MEMORY);
 *
 * Any thread allocates; one thread switches.
 */
#ifndef VT_TESTS_FAILING_MEMORY_H
#define VT_TESTS_FAILING_MEMORY_H

#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#ifndef VITRINE_SANITIZED

static atomic_long memory_left = -1; /* allocations that still succeed; below 0: all */
static atomic_bool memory_once;      /* only the first of those that fail does */
static atomic_long memory_blocks;    /* allocated and not yet freed */

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *block);

static bool memory_is_out(void)
{
    long left = atomic_load(&memory_left);
    while (left > 0 && !atomic_compare_exchange_weak(&memory_left, &left, left - 1)) {
    }
    bool out =
        left == 0 && (!atomic_load(&memory_once) || atomic_compare_exchange_strong(&memory_left, &left, -1));
    if (out) {
        errno = ENOMEM;
    }
    return out;
}

static void *memory_counted(void *block)
{
    atomic_fetch_add(&memory_blocks, block != NULL);
    return block;
}

void *malloc(size_t size)
{
    return memory_is_out() ? NULL : memory_counted(__libc_malloc(size));
}

void *calloc(size_t nmemb, size_t size)
{
    return memory_is_out() ? NULL : memory_counted(__libc_calloc(nmemb, size));
}

void *realloc(void *ptr, size_t size)
{
    if (memory_is_out()) {
        return NULL;
    }
    return ptr ? __libc_realloc(ptr, size) : memory_counted(__libc_malloc(size));
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return memory_is_out() ? NULL : memory_counted(__libc_memalign(alignment, size));
}

void free(void *ptr)
{
    atomic_fetch_sub(&memory_blocks, ptr != NULL);
    __libc_free(ptr);
}

static inline bool memory_can_fail(void)
{
    return true;
}

/* The next `count` allocations succeed, all after them fail. */
static inline void memory_fails_after(long count)
{
    atomic_store(&memory_once, false);
    atomic_store(&memory_left, count);
}

/* Of these only the first fails. */
static inline void memory_fails_once_after(long count)
{
    atomic_store(&memory_once, true);
    atomic_store(&memory_left, count);
}

/* False if so few were asked for that none has failed. */
static inline bool memory_ran_out(void)
{
    return atomic_load(&memory_left) <= 0;
}

static inline void memory_recovers(void)
{
    atomic_store(&memory_left, -1);
}

/* Blocks in use, to see that a failure leaked none. */
static inline long memory_in_use(void)
{
    return atomic_load(&memory_blocks);
}

#else

static inline bool memory_can_fail(void)
{
    return false;
}

static inline void memory_fails_after(long count)
{
    (void)count;
}

static inline void memory_fails_once_after(long count)
{
    (void)count;
}

static inline bool memory_ran_out(void)
{
    return false;
}

static inline void memory_recovers(void) {}

static inline long memory_in_use(void)
{
    return 0;
}

#endif
#endif
