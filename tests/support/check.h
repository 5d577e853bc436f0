/* cmocka with the headers it needs, in the order it needs them. Every test file includes this first. */
#ifndef VT_TESTS_CHECK_H
#define VT_TESTS_CHECK_H

/* cmocka.h relies on these coming before it, in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>
/* clang-format on */

#endif
