/*
 * Grouping a folder of 100,000 names into sequences: nanoseconds for each name, beside what the scan spends
 * on a name anyway (one fstatat of a file that is there). Processor time, the best of several rounds. A line
 * per figure: "name value unit bar". Exit code 1 if a bar is missed.
 */
#include "core/base/clock.h"
#include "core/sequence/sequence.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { NAMES = 100000, ROUNDS = 9, NAME_SIZE = 256 };

/* Of a grouping; a stat costs more than twice as much, where folders are of a local disk and known already.
 */
#define BAR_NS 500

typedef struct folder {
    vt_scan_file files[NAMES];
    int order[NAMES];
    char names[NAMES * NAME_SIZE];
} folder;

static uint32_t next_random(void)
{
    static uint64_t state = 1;
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(state >> 33);
}

static void one_sequence(char *name, int i)
{
    snprintf(name, NAME_SIZE, "shot_v002.%06d.png", i);
}

static void many_sequences(char *name, int i)
{
    snprintf(name, NAME_SIZE, "shot%03d_beauty.%04d.png", i / 240, i % 240);
}

static void photographs(char *name, int i)
{
    snprintf(name, NAME_SIZE, "IMG_202401%02d_%06d.jpg", i % 28 + 1, i);
}

static void no_numbers(char *name, int i)
{
    char letters[8] = "";
    for (size_t at = 0; i > 0; i /= 26) {
        letters[at++] = (char)('a' + i % 26);
    }
    snprintf(name, NAME_SIZE, "clip-art-%s.png", letters);
}

/* What costs the most: names as long as names can be, which differ near their ends only. */
static void longest_names(char *name, int i)
{
    memset(name, 'x', 230);
    snprintf(name + 230, NAME_SIZE - 230, "%c.%06d-beauty.png", 'a' + i % 20, i / 20);
}

static const struct {
    const char *name;
    void (*make)(char *name, int i);
    size_t sequences; /* that must come of it */
} cases[] = {
    {"one", one_sequence, 1},      {"many", many_sequences, 417},        {"photographs", photographs, 0},
    {"numberless", no_numbers, 0}, {"longest_names", longest_names, 20},
};

/* In no order, as a file system that hashes its names lists them, and one name behind the other. */
static void fill(folder *to, void (*make)(char *name, int i))
{
    for (int i = 0; i < NAMES; i++) {
        uint32_t other = next_random() % (uint32_t)(i + 1);
        to->order[i] = i;
        to->order[i] = to->order[other];
        to->order[other] = i;
    }
    char *name = to->names;
    for (size_t i = 0; i < NAMES; i++) {
        make(name, to->order[i]);
        to->files[i] = (vt_scan_file){.name = name,
                                      .name_length = (uint32_t)strlen(name),
                                      .size = 100000,
                                      .mtime_ns = to->order[i] * VT_NS_PER_S};
        name += to->files[i].name_length + 1;
    }
}

static int64_t thread_cpu(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * VT_NS_PER_S + now.tv_nsec;
}

/* Nanoseconds a name; below 0 if the result is not what it must be. */
static double group_once(const folder *from, size_t sequences)
{
    vt_sequence_options options = {.mode = VT_SEQUENCE_CAREFUL};
    int64_t start = thread_cpu();
    vt_sequences *list = vt_sequences_group(from->files, NAMES, &options, NULL);
    bool right = list && vt_sequences_count(list) == sequences;
    vt_sequences_free(list);
    double cost = (double)(thread_cpu() - start) / NAMES;
    return right ? cost : -1;
}

/* Nanoseconds of an fstatat, as the scan calls it, of a file in /tmp; below 0 if there can be none. */
static double stat_once(int directory, const char *name)
{
    struct stat facts;
    int64_t start = thread_cpu();
    for (int i = 0; i < NAMES; i++) {
        if (fstatat(directory, name, &facts, AT_SYMLINK_NOFOLLOW) != 0) {
            return -1;
        }
    }
    return (double)(thread_cpu() - start) / NAMES;
}

static double best_stat(void)
{
    char path[] = "/tmp/bench_sequence.XXXXXX";
    int file = mkstemp(path), directory = open("/tmp", O_PATH | O_DIRECTORY);
    double best = -1;
    for (int round = 0; file >= 0 && directory >= 0 && round < ROUNDS; round++) {
        double cost = stat_once(directory, path + strlen("/tmp/"));
        best = best < 0 || cost < best ? cost : best;
    }
    if (directory >= 0) {
        close(directory);
    }
    if (file >= 0) {
        close(file);
        unlink(path);
    }
    return best;
}

int main(void)
{
    int missed = 0;
    folder *made = malloc(sizeof *made);
    if (!made) {
        fputs("bench_sequence: out of memory\n", stderr);
        return 2;
    }
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double best = -1;
        fill(made, cases[i].make);
        for (int round = 0; round < ROUNDS; round++) {
            double cost = group_once(made, cases[i].sequences);
            if (cost < 0) {
                fprintf(stderr, "bench_sequence: %s: not %zu sequences\n", cases[i].name, cases[i].sequences);
                free(made);
                return 2;
            }
            best = best < 0 || cost < best ? cost : best;
        }
        printf("sequence_group_%s %.0f ns <=%d\n", cases[i].name, best, BAR_NS);
        missed += best > BAR_NS;
    }
    printf("sequence_fstatat %.0f ns - (what a scan spends on the name anyway)\n", best_stat());
    free(made);
    return missed > 0;
}
