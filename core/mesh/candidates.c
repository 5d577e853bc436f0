#include "core/mesh/candidates.h"

#include "core/mesh/triangles.h"

#include <stdlib.h>
#include <string.h>

#define CAPACITY_LEAST 65536

_Static_assert(CAPACITY_LEAST / 4 >= VT_TRIANGLE_BATCH, "there is always room for a batch");

void vt_candidates_clear(vt_candidates *candidates)
{
    free(candidates->positions);
    free(candidates->places);
    *candidates = (vt_candidates){.positions = NULL};
}

static uint64_t samples_of(const vt_render_band *band)
{
    return (uint64_t)band->width * (uint64_t)band->rows;
}

static bool grow(vt_candidates *candidates, uint64_t capacity)
{
    float *positions = realloc(candidates->positions, capacity * 9 * sizeof *positions);
    if (!positions) {
        return false;
    }
    candidates->positions = positions;
    uint32_t *places = realloc(candidates->places, capacity * sizeof *places);
    if (!places) {
        return false;
    }
    candidates->places = places;
    candidates->capacity = capacity;
    return true;
}

bool vt_candidates_reserve(vt_candidates *candidates, const vt_render_band *band, size_t more)
{
    if (candidates->count + more <= candidates->capacity) {
        return true;
    }
    vt_candidates_forget_hidden(candidates, band);
    /* No more are shown than there are samples: with a quarter more room, forgetting is rare. */
    uint64_t most = samples_of(band) / 4 * 5 + CAPACITY_LEAST;
    uint64_t capacity = candidates->capacity;
    if (capacity < CAPACITY_LEAST) {
        capacity = CAPACITY_LEAST;
    } else if (candidates->count > capacity / 2) {
        capacity = capacity * 2 < most ? capacity * 2 : most;
    }
    return capacity <= candidates->capacity || grow(candidates, capacity);
}

void vt_candidates_forget_hidden(vt_candidates *candidates, const vt_render_band *band)
{
    uint32_t *places = candidates->places;
    if (candidates->count == 0) {
        return;
    }
    memset(places, 0, candidates->count * sizeof *places);
    for (uint64_t i = 0; i < samples_of(band); i++) {
        if (band->numbers[i] != VT_RENDER_EMPTY) {
            places[band->numbers[i]] = 1;
        }
    }
    uint32_t kept = 0;
    for (uint64_t i = 0; i < candidates->count; i++) {
        if (places[i]) {
            places[i] = kept;
            memmove(&candidates->positions[(uint64_t)kept++ * 9], &candidates->positions[i * 9],
                    9 * sizeof *candidates->positions);
        }
    }
    candidates->count = kept;
    for (uint64_t i = 0; i < samples_of(band); i++) {
        if (band->numbers[i] != VT_RENDER_EMPTY) {
            band->numbers[i] = places[band->numbers[i]];
        }
    }
}
