/*
 * What the confinement of the decoder helper costs: thumbnails of 256 pixels by a confined helper beside its
 * twin without confinement, which is the same program otherwise.
 *
 *     bench_confinement FOLDER [ROUNDS]
 *
 * FOLDER holds real pictures (scripts/corpus): its first 24 JPEGs and its first 600 PNGs by path are decoded
 * by both, each file twice by each, so that whatever else the machine does hits both alike. Costs are
 * compared as processor time of the helpers, and shown as elapsed time of a request too; starts are left out
 * of both and have lines of their own: from spawning a helper, or having a zygote copy itself, to its first
 * answer.
 *
 * Prints medians over the rounds, with the bar.
 */
#include "core/base/clock.h"
#include "core/decode/format.h"
#include "core/decode/helper.h"
#include "core/decode/helper_process.h"
#include "core/decode/source.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { PHOTOS = 24, CLIPARTS = 600, FOUND_MAX = 20000, ROUNDS_MAX = 51, STARTS = 101, BOX = 256 };

/* The two sides. */
enum { CONFINED, UNCONFINED, SIDES };
static const char *const programs[SIDES] = {VT_DECODER_POISON, VT_DECODER_UNCONFINED};

typedef struct list {
    char *paths[FOUND_MAX];
    size_t count;
} list;

typedef struct cost {
    int64_t processor; /* nanoseconds, of the helper */
    int64_t elapsed;   /* nanoseconds, of the requests */
} cost;

static list photos;
static list cliparts;

_Noreturn static void die(const char *what)
{
    (void)fprintf(stderr, "bench_confinement: %s\n", what);
    exit(2);
}

static void append(list *l, const char *path)
{
    if (l->count < FOUND_MAX) {
        l->paths[l->count++] = strdup(path);
    }
}

static int visit(const char *path, const struct stat *stat, int type, struct FTW *where)
{
    (void)where;
    if (type == FTW_F && S_ISREG(stat->st_mode)) {
        vt_format format = vt_format_of_name(path);
        if (format == VT_FORMAT_PNG) {
            append(&cliparts, path);
        } else if (format == VT_FORMAT_JPEG) {
            append(&photos, path);
        }
    }
    return 0;
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void keep_first(list *l, size_t most)
{
    qsort(l->paths, l->count, sizeof l->paths[0], compare);
    l->count = l->count < most ? l->count : most;
}

static int compare_numbers(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;
    return (left > right) - (left < right);
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare_numbers);
    return values[count / 2];
}

static int64_t processor_time(const vt_helper_process *process)
{
    clockid_t clock;
    struct timespec now;
    if (clock_getcpuclockid(process->pid, &clock) != 0 || clock_gettime(clock, &now) != 0) {
        die("cannot read the processor time of a helper");
    }
    return now.tv_sec * VT_NS_PER_S + now.tv_nsec;
}

static void start(int side, vt_helper_process *process)
{
    vt_error error = VT_ERROR_INIT;
    if (!vt_helper_process_start(programs[side], vt_limits_default.max_memory, process, &error)) {
        die(error.message);
    }
}

static void decode(const vt_helper_process *process, const char *path, cost *sum)
{
    const vt_limits *limits = &vt_limits_default;
    vt_source source;
    vt_error error = VT_ERROR_INIT;
    if (!vt_source_open(AT_FDCWD, path, limits, &source, &error)) {
        die(error.message);
    }
    const vt_wire_request request = {.id = 7,
                                     .version = VT_PROTOCOL_VERSION,
                                     .what = VT_WHAT_THUMBNAIL,
                                     .max_scans = limits->max_scans,
                                     .box_width = BOX,
                                     .box_height = BOX,
                                     .file_bytes = (uint64_t)source.stat.st_size,
                                     .max_pixels = limits->max_pixels,
                                     .max_pixels_scaled = limits->max_pixels_scaled,
                                     .max_triangles = limits->max_triangles,
                                     .max_memory = limits->max_memory,
                                     .max_side = limits->max_side};
    vt_wire_reply reply;
    int64_t processor = processor_time(process);
    int64_t begun = vt_clock_now();
    if (vt_helper_process_exchange(process, &request, source.fd, -1, 10 * VT_NS_PER_S, -1, &reply) !=
            VT_EXCHANGE_ANSWERED ||
        reply.status != VT_ERROR_NONE) {
        die(path);
    }
    sum->elapsed += vt_clock_now() - begun;
    sum->processor += processor_time(process) - processor;
    vt_source_close(&source);
}

/* One round over the files with fresh helpers. Each file is decoded in the order a b b a, so that neither
   side finds more of it in the processor's caches than the other. */
static void run_round(const list *files, cost sums[SIDES])
{
    vt_helper_process processes[SIDES];
    cost ignored = {0, 0};
    for (int side = 0; side < SIDES; side++) {
        start(side, &processes[side]);
        decode(&processes[side], files->paths[0], &ignored);
        sums[side] = (cost){0, 0};
    }
    for (size_t i = 0; i < files->count; i++) {
        int first = (int)(i % SIDES);
        const int order[] = {first, 1 - first, 1 - first, first};
        for (size_t turn = 0; turn < sizeof order / sizeof order[0]; turn++) {
            decode(&processes[order[turn]], files->paths[i], &sums[order[turn]]);
        }
    }
    for (int side = 0; side < SIDES; side++) {
        vt_helper_process_end(&processes[side]);
    }
}

static double percent_more(int64_t value, int64_t than)
{
    return ((double)value / (double)than - 1) * 100;
}

static void run_set(const char *name, const list *files, size_t rounds)
{
    double processor[ROUNDS_MAX];
    double elapsed[ROUNDS_MAX];
    double each[ROUNDS_MAX];
    for (size_t r = 0; r < rounds; r++) {
        cost sums[SIDES];
        run_round(files, sums);
        processor[r] = percent_more(sums[CONFINED].processor, sums[UNCONFINED].processor);
        elapsed[r] = percent_more(sums[CONFINED].elapsed, sums[UNCONFINED].elapsed);
        each[r] = (double)sums[CONFINED].processor / (double)files->count / 2 / (double)VT_NS_PER_MS;
    }
    printf("confinement_%s_processor %.2f %% <=3 (%zu files of %.2f ms)\n", name, median(processor, rounds),
           files->count, median(each, rounds));
    printf("confinement_%s_elapsed %.2f %% -\n", name, median(elapsed, rounds));
}

static void run_starts(void)
{
    static const struct {
        const char *name;
        const char *bar;
    } lines[SIDES] = {{"helper_start", "<=3"}, {"helper_start_unconfined", "-"}};
    double took[SIDES][STARTS];
    vt_confinement found[SIDES];
    for (size_t i = 0; i < STARTS; i++) {
        for (int side = 0; side < SIDES; side++) {
            vt_helper_process process;
            int64_t begun = vt_clock_now();
            start(side, &process);
            took[side][i] = (double)(vt_clock_now() - begun) / (double)VT_NS_PER_MS;
            found[side] = process.confinement;
            vt_helper_process_end(&process);
        }
    }
    for (int side = 0; side < SIDES; side++) {
        printf("%s %.2f ms %s (median of %d, sandbox %s)\n", lines[side].name, median(took[side], STARTS),
               lines[side].bar, STARTS, vt_sandbox_level_name(found[side].level));
    }
    if (found[CONFINED].level != VT_SANDBOX_FULL) {
        (void)fprintf(stderr, "bench_confinement: not the cost of all of it: %s\n", found[CONFINED].reason);
    }
}

/* What the program does: a helper is a copy of a zygote. */
static void run_copies(void)
{
    double took[STARTS];
    vt_zygote zygote;
    vt_error error = VT_ERROR_INIT;
    if (!vt_zygote_start(programs[CONFINED], vt_limits_default.max_memory, &zygote, &error)) {
        die(error.message);
    }
    for (size_t i = 0; i < STARTS; i++) {
        vt_helper_process process;
        int64_t begun = vt_clock_now();
        if (!vt_helper_process_fork(&zygote, programs[CONFINED], &process, &error)) {
            die(error.message);
        }
        took[i] = (double)(vt_clock_now() - begun) / (double)VT_NS_PER_MS;
        vt_helper_process_end(&process);
    }
    vt_zygote_end(&zygote);
    printf("helper_copy %.2f ms <=1 (median of %d, by a zygote)\n", median(took, STARTS), STARTS);
}

int main(int argc, char **argv)
{
    int rounds = argc > 2 ? atoi(argv[2]) : 9;
    if (argc < 2 || rounds < 1 || rounds > ROUNDS_MAX) {
        die("usage: bench_confinement FOLDER [ROUNDS]");
    }
    (void)nftw(argv[1], visit, 32, FTW_PHYS);
    keep_first(&photos, PHOTOS);
    keep_first(&cliparts, CLIPARTS);
    if (photos.count == 0 || cliparts.count == 0) {
        die("the folder holds no pictures; run scripts/corpus first");
    }
    run_starts();
    run_copies();
    run_set("clipart", &cliparts, (size_t)rounds);
    run_set("photo", &photos, (size_t)rounds);
    return 0;
}
