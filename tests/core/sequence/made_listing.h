/* Listings made by hand, and what becomes of them, for tests of the grouping. */
#ifndef VT_TESTS_MADE_LISTING_H
#define VT_TESTS_MADE_LISTING_H

#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/sequence/sequence.h"
#include "core/sequence/sequence_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A listing made by hand. */
typedef struct listing {
    vt_scan_file files[4096];
    char names[4096][64];
    size_t count;
} listing;

static inline listing *listing_create(void)
{
    listing *made = calloc(1, sizeof *made);
    assert_non_null(made);
    return made;
}

static inline void add(listing *to, const char *name, int64_t size, int64_t mtime_s)
{
    assert_true(to->count < 4096 && strlen(name) < 64);
    memcpy(to->names[to->count], name, strlen(name) + 1);
    to->files[to->count] = (vt_scan_file){.name = to->names[to->count],
                                          .name_length = (uint32_t)strlen(name),
                                          .size = size,
                                          .mtime_ns = mtime_s * VT_NS_PER_S};
    to->count++;
}

/* Frames `first` to `last`: files of equal size, written a second apart. `format` takes the number. */
static inline void add_frames(listing *to, const char *format, int first, int last)
{
    for (int frame = first; frame <= last; frame++) {
        char name[64];
        snprintf(name, sizeof name, format, frame);
        add(to, name, 100000, 1700000000 + frame);
    }
}

static inline vt_sequences *group(const listing *from, vt_sequence_mode mode)
{
    vt_error error = VT_ERROR_INIT;
    vt_sequence_options options = {.mode = mode};
    vt_sequences *list = vt_sequences_group(from->files, from->count, &options, &error);
    if (!list) {
        fail_msg("%s", error.message);
    }
    return list;
}

/* Each file once; members are the frames of their sequence, in order. */
static inline void check_partition(const vt_sequences *list, const vt_scan_file *files, size_t count)
{
    unsigned char *seen = calloc(count + 1, 1);
    assert_non_null(seen);
    size_t singles, members = 0;
    const uint32_t *single = vt_sequences_singles(list, &singles);
    for (size_t i = 0; i < singles; i++) {
        assert_true(single[i] < count && (i == 0 || single[i] > single[i - 1]));
        seen[single[i]]++;
    }
    for (size_t i = 0; i < vt_sequences_count(list); i++) {
        const vt_sequence *sequence = vt_sequences_get(list, i);
        assert_int_equal(vt_sequence_ranges_frames(&sequence->ranges), sequence->count);
        for (uint32_t k = 0; k < sequence->count; k++) {
            assert_true(sequence->members[k] < count);
            const vt_scan_file *file = &files[sequence->members[k]];
            int64_t there = -1, named = -2;
            assert_true(vt_sequence_ranges_at(&sequence->ranges, k, &there));
            assert_true(
                vt_sequence_pattern_matches(&sequence->pattern, file->name, file->name_length, &named));
            assert_true(there == named);
            seen[sequence->members[k]]++;
        }
        members += sequence->count;
    }
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(seen[i], 1);
    }
    assert_int_equal(members + singles, count);
    free(seen);
}

#endif
