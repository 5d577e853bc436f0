#include "core/perf/advice.h"

#include "core/base/clock.h"
#include "core/base/translatable.h"

#define TR(text) VT_TR_NOOP("performance", text)

static bool disk_is_low(const vt_situation *now)
{
    return now->disk_low;
}

static bool memory_is_short(const vt_situation *now)
{
    return now->memory_hard > 0 && now->memory > now->memory_hard / 10 * 9;
}

static bool caches_could_go(const vt_situation *now)
{
    return now->memory_soft > 0 && now->memory > now->memory_soft / 10 * 8 && now->caches > now->memory / 10;
}

/* The hit ratio alone says little: a first look at anything misses. */
static bool caches_are_small(const vt_situation *now)
{
    bool full = now->pictures_most > 0 && now->pictures > now->pictures_most / 10 * 9;
    bool shrunk = now->memory_soft > 0 && now->memory > now->memory_soft / 10 * 7;
    return now->hit_percent >= 0 && now->hit_percent < 50 && (full || shrunk) && !memory_is_short(now);
}

static bool stalls_beside_imports(const vt_situation *now)
{
    return now->stall_ns > 100 * VT_NS_PER_MS && now->imports && !now->held && now->jobs > 1;
}

static bool stalls_beside_the_last(const vt_situation *now)
{
    return now->stall_ns > 100 * VT_NS_PER_MS && now->imports && !now->held && now->jobs <= 1;
}

static bool stalls_alone(const vt_situation *now)
{
    return now->stall_ns > 100 * VT_NS_PER_MS && (!now->imports || now->held);
}

static bool cores_are_idle(const vt_situation *now)
{
    return now->imports && !now->held && now->waiting > 64 && now->jobs < now->processors &&
           now->cpu_percent >= 0 && now->cpu_percent < 50.0 * now->processors && !memory_is_short(now) &&
           now->stall_ns <= 100 * VT_NS_PER_MS;
}

static bool commits_are_slow(const vt_situation *now)
{
    return now->commit_ns > 250 * VT_NS_PER_MS;
}

static bool many_fail(const vt_situation *now)
{
    return now->tried >= 20 && now->failed > now->tried / 10;
}

static bool is_held(const vt_situation *now)
{
    return now->imports && now->held;
}

const vt_advice vt_advice_table[] = {
    {"disk", TR("The disk with the library is nearly full. Make room there: imports wait below 64 MB."),
     TR("Show the folder"), VT_ADVICE_PLACE, disk_is_low},
    {"memory", TR("Memory is nearly at its limit, so less is kept ready. Allow more, if the machine has it."),
     TR("Allow half as much again"), VT_ADVICE_MORE_MEMORY, memory_is_short},
    {"trim", TR("Caches hold a good part of the memory that is allowed. They can be given back now."),
     TR("Give back"), VT_ADVICE_TRIM, caches_could_go},
    {"cache",
     TR("Less than half of the pictures were found in memory, and their cache has no room to grow. A larger "
        "one scrolls back without reading."),
     TR("Larger cache"), VT_ADVICE_LARGER_CACHE, caches_are_small},
    {"stall-import",
     TR("The window stood still while files were imported. Fewer files at once leave it more of the "
        "processor."),
     TR("Fewer files at once"), VT_ADVICE_FEWER_JOBS, stalls_beside_imports},
    {"stall-hold",
     TR("The window stood still while files were imported, though one at a time. Pausing that gives it all "
        "of "
        "the processor."),
     TR("Pause background work"), VT_ADVICE_HOLD, stalls_beside_the_last},
    {"stall",
     TR("The window stood still though little was to be done: another program, or a slow disk, may be why. "
        "The list of violations tells what ran then."),
     TR("Write a trace\u2026"), VT_ADVICE_TRACE, stalls_alone},
    {"jobs", TR("Files wait while processors are idle. More files at once import faster."),
     TR("More files at once"), VT_ADVICE_MORE_JOBS, cores_are_idle},
    {"commit",
     TR("Writing to the library takes long: its disk is slow or busy. Pausing the imports gives it time."),
     TR("Pause background work"), VT_ADVICE_HOLD, commits_are_slow},
    {"failures", TR("Many files cannot be read. Their disk may be at fault, or they are damaged."),
     TR("Show them"), VT_ADVICE_FAILURES, many_fail},
    {"held", TR("Background work is paused: nothing is imported until it goes on."), TR("Go on"),
     VT_ADVICE_GO_ON, is_held},
};
const size_t vt_advice_count = sizeof vt_advice_table / sizeof *vt_advice_table;
