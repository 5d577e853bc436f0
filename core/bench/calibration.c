#include "core/bench/calibration.h"

#include "core/base/clock.h"

#include <stdlib.h>

enum { PLACES = 1 << 18, STEPS = 12000, ROUNDS = 200, BYTES = 512, PIECES = 64, TURNS = 24 };
enum { LINES = 1 << 19, LINE_WORDS = 8, FAR_STEPS = 1000, STREAMED = 1 << 12 };

/* As much as a processor fetches at a time: all of them are more than it has beside itself. */
typedef struct line {
    uint64_t words[LINE_WORDS]; /* the first: which line is read next */
} line;

static uint32_t places[PLACES]; /* each names the next to be read */
static line lines[LINES];
static uint8_t bytes[BYTES];
static volatile uint32_t result; /* so that nothing of it is left out */

/* The same numbers each time. */
static uint32_t random_below(uint64_t *state, uint32_t end)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((*state >> 33) % end);
}

/* One cycle through all places, and one through all lines (Sattolo's shuffle), always the same. */
static void prepare(void)
{
    uint64_t state = 1;
    if (places[0] != 0) {
        return;
    }
    for (uint32_t i = 0; i < PLACES; i++) {
        places[i] = i;
    }
    for (uint32_t i = PLACES - 1; i > 0; i--) {
        uint32_t other = random_below(&state, i);
        uint32_t moved = places[i];
        places[i] = places[other];
        places[other] = moved;
    }
    for (uint32_t i = 0; i < LINES; i++) {
        lines[i].words[0] = i;
    }
    for (uint32_t i = LINES - 1; i > 0; i--) {
        uint32_t other = random_below(&state, i);
        uint64_t moved = lines[i].words[0];
        lines[i].words[0] = lines[other].words[0];
        lines[other].words[0] = moved;
    }
}

static uint32_t read_around(void)
{
    uint32_t at = 0;
    for (int i = 0; i < STEPS; i++) {
        at = places[at];
    }
    return at;
}

/* What others on the machine slow down most: memory that no cache has. */
static uint32_t read_afar(void)
{
    static uint32_t at;
    for (int i = 0; i < FAR_STEPS; i++) {
        at = (uint32_t)lines[at].words[0];
    }
    return at;
}

static uint32_t read_through(void)
{
    static uint32_t from;
    uint64_t sum = 0;
    for (int i = 0; i < STREAMED; i++) {
        const uint64_t *words = lines[(from + (uint32_t)i) % LINES].words;
        for (int word = 0; word < LINE_WORDS; word++) {
            sum += words[word];
        }
    }
    from = (from + STREAMED) % LINES;
    return (uint32_t)sum;
}

/* FNV-1a, over bytes that it changes. */
static uint32_t count_bytes(void)
{
    uint32_t hash = 2166136261U;
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < BYTES; i++) {
            hash = (hash ^ bytes[i]) * 16777619U;
        }
        bytes[round % BYTES] = (uint8_t)hash;
    }
    return hash;
}

static uint32_t take_and_give(void)
{
    uint8_t *pieces[PIECES];
    uint32_t sum = 0;
    for (int turn = 0; turn < TURNS; turn++) {
        for (int i = 0; i < PIECES; i++) {
            pieces[i] = malloc(16 + (size_t)(i * 37 % 200));
            if (pieces[i]) {
                pieces[i][0] = (uint8_t)i;
                sum += pieces[i][0];
            }
        }
        for (int i = 0; i < PIECES; i++) {
            free(pieces[i * 5 % PIECES]);
        }
    }
    return sum;
}

double vt_bench_calibrate(vt_bench_clock clock, unsigned units)
{
    prepare();
    int64_t begun = clock == VT_BENCH_WALL ? vt_clock_now() : vt_clock_thread_cpu();
    for (unsigned i = 0; i < units; i++) {
        result = result + read_around() + read_afar() + read_through() + count_bytes() + take_and_give();
    }
    int64_t ended = clock == VT_BENCH_WALL ? vt_clock_now() : vt_clock_thread_cpu();
    return (double)(ended - begun) / units;
}
