#include "support/check.h"

#include "core/mesh/candidates.h"
#include "core/mesh/triangles.h"

#include <stdlib.h>
#include <string.h>

enum { SIDE = 16, SAMPLES = SIDE * SIDE };

typedef struct picture {
    uint32_t numbers[SAMPLES];
    vt_render_band band;
    vt_candidates candidates;
} picture;

static void begin(picture *picture)
{
    *picture = (struct picture){.band = {.width = SIDE, .rows = SIDE}};
    picture->band.numbers = picture->numbers;
    memset(picture->numbers, VT_RENDER_EMPTY_BYTE, sizeof picture->numbers);
}

/* Adds one that can be known by its positions, and shows it at a sample. */
static void show(picture *picture, size_t sample, uint64_t name)
{
    vt_candidates *candidates = &picture->candidates;
    assert_true(vt_candidates_reserve(candidates, &picture->band, 1));
    assert_true(candidates->count < candidates->capacity);
    float *positions = &candidates->positions[candidates->count * 9];
    for (int i = 0; i < 9; i++) {
        positions[i] = (float)name + (float)i / 16;
    }
    picture->numbers[sample] = (uint32_t)candidates->count++;
}

static void assert_shown(const picture *picture, size_t sample, uint64_t name)
{
    assert_true(picture->numbers[sample] < picture->candidates.count);
    const float *positions = picture->candidates.positions + (size_t)picture->numbers[sample] * 9;
    for (int i = 0; i < 9; i++) {
        assert_true(positions[i] == (float)name + (float)i / 16);
    }
}

static void test_forget_hidden(void **state)
{
    (void)state;
    picture picture;
    begin(&picture);
    vt_candidates_forget_hidden(&picture.candidates, &picture.band);
    assert_int_equal(picture.candidates.count, 0);
    for (size_t i = 0; i < 10; i++) {
        show(&picture, 3, i); /* each hides the one before */
    }
    show(&picture, 7, 100);
    picture.numbers[8] = picture.numbers[7];
    vt_candidates_forget_hidden(&picture.candidates, &picture.band);
    assert_int_equal(picture.candidates.count, 2);
    assert_shown(&picture, 3, 9);
    assert_shown(&picture, 7, 100);
    assert_shown(&picture, 8, 100);
    assert_int_equal(picture.numbers[0], VT_RENDER_EMPTY);
    vt_candidates_clear(&picture.candidates);
    assert_null(picture.candidates.positions);
}

/* A million of them, of which the picture shows few: those stay, in little memory. */
static void test_room_is_bounded(void **state)
{
    (void)state;
    picture picture;
    begin(&picture);
    for (uint64_t i = 0; i < 1000000; i++) {
        show(&picture, i % SAMPLES, i);
    }
    assert_true(picture.candidates.capacity <= 65536 + 2 * SAMPLES);
    for (uint64_t i = 1000000 - SAMPLES; i < 1000000; i++) {
        assert_shown(&picture, i % SAMPLES, i);
    }
    vt_candidates_forget_hidden(&picture.candidates, &picture.band);
    assert_int_equal(picture.candidates.count, SAMPLES);
    assert_true(vt_candidates_reserve(&picture.candidates, &picture.band, VT_TRIANGLE_BATCH));
    vt_candidates_clear(&picture.candidates);
}

/* As many as a large picture has samples, each shown. */
static void test_grows(void **state)
{
    (void)state;
    enum { WIDE = 640 };
    uint32_t *numbers = malloc(sizeof *numbers * WIDE * WIDE);
    assert_non_null(numbers);
    memset(numbers, VT_RENDER_EMPTY_BYTE, sizeof *numbers * WIDE * WIDE);
    const vt_render_band band = {.width = WIDE, .rows = WIDE, .numbers = numbers};
    vt_candidates candidates = {.positions = NULL};
    for (uint32_t turn = 0; turn < 3; turn++) {
        for (uint32_t i = 0; i < WIDE * WIDE; i++) {
            assert_true(vt_candidates_reserve(&candidates, &band, 1));
            candidates.positions[candidates.count * 9] = (float)i;
            numbers[i] = (uint32_t)candidates.count++;
        }
    }
    assert_true(candidates.capacity <= WIDE * WIDE / 4 * 5 + 65536);
    for (uint32_t i = 0; i < WIDE * WIDE; i++) {
        assert_true(candidates.positions[(size_t)numbers[i] * 9] == (float)i);
    }
    vt_candidates_clear(&candidates);
    free(numbers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forget_hidden),
        cmocka_unit_test(test_room_is_bounded),
        cmocka_unit_test(test_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
