#include "support/check.h"

#include "core/similar/perceptual.h"
#include "core/similar/similar_index.h"
#include "support/failing_memory.h"

#include <stdlib.h>
#include <string.h>

enum { MILLION = 1000000, PLANTED = 20000, SAMPLE = 40 };

static uint64_t state = 1;

/* splitmix64 (G. Steele, D. Lea, C. Flood, 2014). */
static uint64_t next_random(void)
{
    uint64_t z = state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

/* Another hash, in exactly `bits` places. */
static uint64_t flipped(uint64_t hash, unsigned bits)
{
    uint64_t mask = 0;
    while (vt_perceptual_distance(mask, 0) < bits) {
        mask |= UINT64_C(1) << (next_random() % 64);
    }
    return hash ^ mask;
}

static vt_similar_index *index_of(const uint64_t *hashes, uint32_t count)
{
    vt_error error = VT_ERROR_INIT;
    vt_similar_index *index = vt_similar_index_create(hashes, count, NULL, &error);
    if (!index) {
        fail_msg("%s", error.message);
    }
    return index;
}

static uint64_t *random_hashes(uint32_t count)
{
    uint64_t *hashes = malloc((size_t)count * sizeof *hashes);
    assert_non_null(hashes);
    for (uint32_t i = 0; i < count; i++) {
        hashes[i] = next_random();
    }
    return hashes;
}

/* What find says is what comparing with each says, in its order. */
static void check_against_all(const vt_similar_index *index, const uint64_t *hashes, uint32_t count,
                              uint64_t hash, unsigned distance)
{
    static vt_similar_match matches[10000];
    uint32_t found;
    uint32_t expected = 0;
    assert_true(vt_similar_index_find(index, hash, distance, NULL, matches, 10000, &found, NULL));
    for (unsigned d = 0; d <= distance; d++) {
        for (uint32_t i = 0; i < count; i++) {
            if (vt_perceptual_distance(hashes[i], hash) == d) {
                assert_true(expected < found);
                assert_int_equal(matches[expected].item, i);
                assert_int_equal(matches[expected].distance, d);
                expected++;
            }
        }
    }
    assert_int_equal(found, expected);
}

/* Pairs (2 i, 2 i + 1) for i < PLANTED are i % 11 places apart. */
static void test_planted_neighbours_among_a_million(void **unused)
{
    (void)unused;
    uint64_t *hashes = random_hashes(MILLION);
    for (uint32_t i = 0; i < PLANTED; i++) {
        hashes[2 * i + 1] = flipped(hashes[2 * i], i % 11);
    }
    vt_similar_index *index = index_of(hashes, MILLION);
    assert_int_equal(vt_similar_index_count(index), MILLION);
    assert_true(vt_similar_index_bytes(index) <=
                (size_t)MILLION * VT_SIMILAR_BYTES_PER_ITEM + VT_SIMILAR_BYTES_FIXED + 1024);
    vt_similar_match matches[64];
    uint32_t found;
    for (uint32_t i = 0; i < PLANTED; i++) {
        bool seen = false;
        assert_true(vt_similar_index_find(index, hashes[2 * i], 6, NULL, matches, 64, &found, NULL));
        assert_int_equal(matches[0].distance, 0);
        for (uint32_t k = 0; k < found; k++) {
            seen |= matches[k].item == 2 * i + 1 && matches[k].distance == i % 11;
        }
        assert_int_equal(seen, i % 11 <= 6);
    }
    for (uint32_t i = 0; i < SAMPLE; i++) {
        check_against_all(index, hashes, MILLION, hashes[i], i % 11);
        check_against_all(index, hashes, MILLION, next_random(), 10);
    }
    vt_similar_index_free(index);
    free(hashes);
}

/* Each in one group at most, and all within the distance of the best, which has the best quality. Groups come
   in the order of what they keep. */
static void check_stars(const vt_similar_groups *groups, const uint64_t *hashes, const uint64_t *quality,
                        uint32_t count, unsigned distance)
{
    uint8_t *seen = calloc(count, 1);
    uint32_t members = 0;
    uint64_t last = UINT64_MAX;
    assert_non_null(seen);
    for (uint32_t g = 0; g < groups->count; g++) {
        const vt_similar_match *member = groups->members + groups->groups[g].first;
        const uint32_t best = member[0].item;
        assert_true(groups->groups[g].count >= 2 && quality[best] <= last);
        last = quality[best];
        for (uint32_t k = 0; k < groups->groups[g].count; k++) {
            assert_int_equal(seen[member[k].item]++, 0);
            assert_int_equal(member[k].distance,
                             vt_perceptual_distance(hashes[best], hashes[member[k].item]));
            assert_true(member[k].distance <= distance && quality[member[k].item] <= quality[best]);
            assert_true(k == 0 || member[k].distance >= member[k - 1].distance);
            members++;
        }
    }
    assert_int_equal(members, groups->member_count);
    free(seen);
}

/* The definition: the best that is left takes all that is left within the distance. */
static uint32_t count_stars_slowly(const uint64_t *hashes, const uint64_t *quality, uint32_t count,
                                   unsigned distance, uint32_t *members)
{
    uint8_t *taken = calloc(count, 1);
    uint32_t stars = 0;
    assert_non_null(taken);
    *members = 0;
    for (uint32_t round = 0; round < count; round++) {
        uint32_t best = UINT32_MAX;
        for (uint32_t i = 0; i < count; i++) {
            if (!taken[i] && (best == UINT32_MAX || quality[i] > quality[best])) {
                best = i;
            }
        }
        uint32_t near = 0;
        for (uint32_t i = 0; best != UINT32_MAX && i < count; i++) {
            if (!taken[i] && vt_perceptual_distance(hashes[i], hashes[best]) <= distance) {
                taken[i] = 1;
                near++;
            }
        }
        stars += near > 1;
        *members += near > 1 ? near : 0;
    }
    free(taken);
    return stars;
}

/* Clusters that overlap, so that it matters which item is the star: below and above the number that is
   compared each with each. */
static void test_groups_are_stars(void **unused)
{
    (void)unused;
    static uint64_t hashes[3000];
    static uint64_t quality[3000];
    static const uint32_t counts[] = {2, 300, 3000};
    for (size_t c = 0; c < 3; c++) {
        const uint32_t count = counts[c];
        for (uint32_t i = 0; i < count; i++) {
            hashes[i] = i % 10 == 0 ? next_random() : flipped(hashes[i - 1], (unsigned)(next_random() % 5));
            quality[i] = next_random() % 1000;
        }
        vt_similar_index *index = index_of(hashes, count);
        for (unsigned distance = 0; distance <= VT_SIMILAR_DISTANCE_MAX; distance += c == 2 ? 5 : 1) {
            vt_similar_options options = {.distance = distance, .quality = quality};
            vt_similar_groups groups;
            uint32_t members;
            assert_true(vt_similar_index_group(index, &options, &groups, NULL));
            check_stars(&groups, hashes, quality, count, distance);
            assert_int_equal(groups.count, count_stars_slowly(hashes, quality, count, distance, &members));
            assert_int_equal(groups.member_count, members);
            vt_similar_groups_clear(&groups);
        }
        vt_similar_index_free(index);
    }
}

typedef struct seen_progress {
    uint64_t calls, last, total;
    atomic_bool *cancel_at_half;
} seen_progress;

static void note_progress(void *user, uint64_t done, uint64_t total)
{
    seen_progress *seen = user;
    assert_true(done >= seen->last && done <= total);
    seen->calls++;
    seen->last = done;
    seen->total = total;
    if (seen->cancel_at_half && done * 2 > total) {
        atomic_store(seen->cancel_at_half, true);
    }
}

static void test_groups_of_a_million(void **unused)
{
    (void)unused;
    uint64_t *hashes = random_hashes(MILLION);
    uint64_t *quality = calloc(MILLION, sizeof *quality);
    assert_non_null(quality);
    for (uint32_t i = 0; i < PLANTED; i++) {
        hashes[2 * i + 1] = flipped(hashes[2 * i], i % 7);
        quality[2 * i + 1] = 1;
    }
    vt_similar_index *index = index_of(hashes, MILLION);
    seen_progress seen = {0};
    vt_similar_options options = {
        .distance = 6, .quality = quality, .progress = note_progress, .user = &seen};
    vt_similar_groups groups;
    assert_true(vt_similar_index_group(index, &options, &groups, NULL));
    assert_true(seen.calls > 100 && seen.last == seen.total);
    check_stars(&groups, hashes, quality, MILLION, 6);
    /* Two in 10^12 hashes come that near by chance: a handful of pairs more. */
    assert_true(groups.count >= PLANTED && groups.count <= PLANTED + 10);
    for (uint32_t g = 0; g < PLANTED; g++) {
        const vt_similar_match *member = groups.members + groups.groups[g].first;
        assert_int_equal(member[0].item, 2 * g + 1);
        assert_int_equal(member[1].item, 2 * g);
    }
    vt_similar_groups_clear(&groups);
    vt_similar_index_free(index);
    free(quality);
    free(hashes);
}

/* A million times the same: one value, one group. */
static void test_equal_hashes(void **unused)
{
    (void)unused;
    uint64_t *hashes = calloc(MILLION, sizeof *hashes);
    assert_non_null(hashes);
    vt_similar_index *index = index_of(hashes, MILLION);
    vt_similar_options options = {.distance = 0};
    vt_similar_groups groups;
    vt_similar_match match;
    uint32_t found;
    assert_true(vt_similar_index_find(index, 1, 1, NULL, &match, 1, &found, NULL));
    assert_true(found == MILLION && match.item == 0 && match.distance == 1);
    assert_true(vt_similar_index_find(index, 1, 0, NULL, &match, 1, &found, NULL));
    assert_int_equal(found, 0);
    assert_true(vt_similar_index_group(index, &options, &groups, NULL));
    assert_int_equal(groups.count, 1);
    assert_int_equal(groups.groups[0].count, MILLION);
    for (uint32_t i = 0; i < MILLION; i++) {
        assert_int_equal(groups.members[i].item, i);
    }
    vt_similar_groups_clear(&groups);
    vt_similar_index_free(index);
    free(hashes);
}

static void test_none_and_one(void **unused)
{
    (void)unused;
    const uint64_t one = 77;
    for (uint32_t count = 0; count < 2; count++) {
        vt_similar_index *index = index_of(&one, count);
        vt_similar_options options = {.distance = 10};
        vt_similar_groups groups;
        vt_similar_match match;
        uint32_t found;
        assert_true(vt_similar_index_find(index, 77, 10, NULL, &match, 1, &found, NULL));
        assert_int_equal(found, count);
        assert_true(vt_similar_index_group(index, &options, &groups, NULL));
        assert_int_equal(groups.count, 0);
        assert_int_equal(groups.member_count, 0);
        vt_similar_groups_clear(&groups);
        vt_similar_index_free(index);
    }
    vt_similar_index_free(NULL);
}

/* What lies between is d from both; the ends are 2 d apart and must not be one group. */
static void test_no_chains(void **unused)
{
    (void)unused;
    const uint64_t hashes[] = {0x0, 0xf, 0xff};
    const uint64_t ends_best[] = {3, 1, 2};
    const uint64_t middle_best[] = {1, 3, 2};
    vt_similar_index *index = index_of(hashes, 3);
    vt_similar_options options = {.distance = 4, .quality = ends_best};
    vt_similar_groups groups;
    assert_true(vt_similar_index_group(index, &options, &groups, NULL));
    assert_true(groups.count == 1 && groups.member_count == 2);
    assert_true(groups.members[0].item == 0 && groups.members[1].item == 1);
    vt_similar_groups_clear(&groups);
    options.quality = middle_best;
    assert_true(vt_similar_index_group(index, &options, &groups, NULL));
    assert_true(groups.count == 1 && groups.member_count == 3);
    assert_true(groups.members[0].item == 1 && groups.members[1].item == 2 && groups.members[2].item == 0);
    vt_similar_groups_clear(&groups);
    vt_similar_index_free(index);
}

static void test_too_far(void **unused)
{
    (void)unused;
    const uint64_t one = 1;
    vt_similar_index *index = index_of(&one, 1);
    vt_similar_options options = {.distance = VT_SIMILAR_DISTANCE_MAX + 1};
    vt_similar_groups groups;
    vt_similar_match match;
    uint32_t found;
    vt_error error = VT_ERROR_INIT;
    assert_false(
        vt_similar_index_find(index, 1, VT_SIMILAR_DISTANCE_MAX + 1, NULL, &match, 1, &found, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    vt_error_clear(&error);
    assert_false(vt_similar_index_group(index, &options, &groups, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_null(groups.groups);
    vt_similar_index_free(index);
}

static void test_cancel(void **unused)
{
    (void)unused;
    enum { COUNT = 200000 };
    atomic_bool cancelled = true;
    vt_error error = VT_ERROR_INIT;
    uint64_t *hashes = random_hashes(COUNT);
    assert_null(vt_similar_index_create(hashes, COUNT, &cancelled, &error));
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
    vt_similar_index *index = index_of(hashes, COUNT);
    vt_similar_match match;
    uint32_t found;
    vt_error_clear(&error);
    assert_false(vt_similar_index_find(index, hashes[0], 10, &cancelled, &match, 1, &found, &error));
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
    assert_int_equal(found, 0);
    atomic_store(&cancelled, false);
    seen_progress seen = {.cancel_at_half = &cancelled};
    vt_similar_options options = {
        .distance = 5, .cancelled = &cancelled, .progress = note_progress, .user = &seen};
    vt_similar_groups groups;
    vt_error_clear(&error);
    assert_false(vt_similar_index_group(index, &options, &groups, &error));
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
    assert_true(seen.last * 2 > seen.total && seen.last * 4 < seen.total * 3);
    assert_null(groups.members);
    vt_similar_index_free(index);
    free(hashes);
}

static void test_memory_runs_out(void **unused)
{
    (void)unused;
    if (!memory_can_fail()) {
        print_message("skipped: memory does not run out under a sanitizer\n");
        skip();
    }
    uint64_t hashes[100];
    for (uint32_t i = 0; i < 100; i++) {
        hashes[i] = i % 2 == 0 ? next_random() : flipped(hashes[i - 1], 2);
    }
    const long before = memory_in_use();
    long failures = 0;
    for (bool done = false; !done; failures += !done) {
        vt_error error = VT_ERROR_INIT;
        vt_similar_options options = {.distance = 4};
        vt_similar_groups groups = {0};
        vt_similar_match match;
        uint32_t found = 0;
        memory_fails_after(failures);
        vt_similar_index *index = vt_similar_index_create(hashes, 100, NULL, &error);
        done = index && vt_similar_index_find(index, hashes[0], 4, NULL, &match, 1, &found, &error) &&
               vt_similar_index_group(index, &options, &groups, &error);
        memory_recovers();
        assert_int_equal(error.code, done ? VT_ERROR_NONE : VT_ERROR_MEMORY);
        assert_int_equal(groups.count, done ? 50 : 0);
        vt_similar_groups_clear(&groups);
        vt_similar_index_free(index);
        assert_int_equal(memory_in_use(), before);
    }
    assert_true(failures >= 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_planted_neighbours_among_a_million),
        cmocka_unit_test(test_groups_are_stars),
        cmocka_unit_test(test_groups_of_a_million),
        cmocka_unit_test(test_equal_hashes),
        cmocka_unit_test(test_none_and_one),
        cmocka_unit_test(test_no_chains),
        cmocka_unit_test(test_too_far),
        cmocka_unit_test(test_cancel),
        cmocka_unit_test(test_memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
