/*
 * Memory that runs out at each allocation in turn, once and from then on: rows 12 and 13 of the table in
 * README.md, for what reads files and for the catalog with SQLite below it (the index has its own test,
 * tests/core/index/test_index_memory.c).
 */
#include "tests/support/failing_memory.h"

#include "tests/core/catalog/fixture.h"
#include "tests/faults/figure.h"
#include "tests/faults/oracle.h"
#include "tests/support/files.h"

#include "core/decode/format.h"
#include "core/decode/image.h"
#include "core/decode/thumbcodec.h"
#include "core/mesh/model.h"
#include "tests/core/catalog/edits.h"

#include <fcntl.h>

enum { SIDE = 64, POINTS_MAX = 200000 };

/* One call or a few; frees all it takes, whether it succeeds or not. */
typedef bool (*memory_work)(void *user, vt_error *error);

typedef struct memory_tally {
    long points, leaks, misjudged;
    char first[200];
} memory_tally;

static void blame(memory_tally *tally, const char *what, long n, const char *more)
{
    if (!tally->first[0]) {
        snprintf(tally->first, sizeof tally->first, "(%s at allocation %ld: %.120s)", what, n, more);
    }
}

/* Runs `work` once for each allocation it makes. In quick runs for ever fewer of them. */
static void run_out(const char *what, memory_work work, void *user, bool quick, memory_tally *tally)
{
    vt_error error = VT_ERROR_INIT;
    if (!work(user, &error)) { /* also fills caches of libraries that are kept */
        blame(tally, what, -1, error.message);
        tally->misjudged++;
        return;
    }
    for (int once = 0; once < 2; once++) {
        bool ran_out = true;
        for (long n = 0; ran_out && n < POINTS_MAX; n += 1 + (quick ? n / 10 : n / 200)) {
            long in_use = memory_in_use();
            vt_error_clear(&error);
            (once ? memory_fails_once_after : memory_fails_after)(n);
            bool done = work(user, &error);
            ran_out = memory_ran_out();
            memory_recovers();
            tally->points += ran_out;
            if (!done && error.code != VT_ERROR_MEMORY) {
                blame(tally, what, n, error.message);
                tally->misjudged++;
            }
            if (memory_in_use() != in_use) {
                blame(tally, what, n, "it leaks");
                tally->leaks++;
            }
        }
    }
}

static void tell(const char *name, const memory_tally *tally, const char *misjudged_bar)
{
    char full[80];
    snprintf(full, sizeof full, "%s_leaks", name);
    figure(full, (double)tally->leaks, "points", "<=0", "of %ld %s", tally->points,
           tally->leaks ? tally->first : "");
    snprintf(full, sizeof full, "%s_misjudged", name);
    figure(full, (double)tally->misjudged, "points", misjudged_bar,
           "of %ld called something else than lack of memory %s", tally->points,
           tally->misjudged ? tally->first : "");
    snprintf(full, sizeof full, "%s_points", name);
    figure(full, (double)tally->points, "points", ">=10", "at which memory ran out and nothing crashed");
}

static bool decode(void *user, vt_error *error)
{
    static uint8_t memory[SIDE * SIDE * 4];
    const char *path = user;
    uint8_t head[64];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat facts;
    if (fd < 0 || fstat(fd, &facts) != 0) {
        fail_msg("%s cannot be opened", (const char *)user);
        return false;
    }
    ssize_t got = pread(fd, head, sizeof head, 0);
    vt_format format =
        vt_format_sniff(head, (size_t)got, (uint64_t)facts.st_size, vt_format_of_name(path), error);
    vt_input input = vt_input_from_fd(fd, (uint64_t)facts.st_size);
    vt_image_request request = {.box_width = SIDE, .box_height = SIDE, .limits = vt_limits_default};
    vt_pixels pixels = {.data = memory, .capacity = sizeof memory};
    vt_media_info info = {0};
    bool done = vt_image_decode(format, &input, &request, &info, &pixels, error);
    close(fd);
    return done;
}

static void run_decoders(bool quick)
{
    static const char *const samples[] = {
        "Patterns/agate.webp",
        "Patterns/tiles.png",
        "Patterns/ink (grey, 16 bit).png",
        "Patterns/julia set.jpg",
        "Formats/agate.ppm",
        "Formats/bright sky.hdr",
        "Formats/contour map.bmp",
        "Formats/flower.tga",
        "Formats/line rose.gif",
        "Formats/paper waves.psd",
        "Objects/flower (transparent).png",
    };
    memory_tally tally = {0};
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s", files_sample(samples[i]));
        run_out(samples[i], decode, path, quick, &tally);
    }
    /* libwebp, zlib below libspng and stb_image do not say what they lacked. */
    tell("memory_decode", &tally, "-");
}

static bool draw_model(void *user, vt_error *error)
{
    static uint8_t memory[SIDE * SIDE * 4];
    int fd = open(user, O_RDONLY | O_CLOEXEC);
    struct stat facts;
    if (fd < 0 || fstat(fd, &facts) != 0) {
        fail_msg("%s cannot be opened", (const char *)user);
        return false;
    }
    vt_render_target target = {.pixels = memory, .width = SIDE, .height = SIDE, .stride = (size_t)SIDE * 4};
    vt_media_info info = {0};
    bool done =
        vt_mesh_thumbnail(fd, (uint64_t)facts.st_size, &vt_mesh_limits_default, &target, &info, NULL, error);
    close(fd);
    return done;
}

static void run_models(bool quick)
{
    static const char *const samples[] = {"Models/gear.stl", "Models/rook (text).stl",
                                          "Models/open bowl (not watertight).stl"};
    memory_tally tally = {0};
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s", files_sample(samples[i]));
        run_out(samples[i], draw_model, path, quick, &tally);
    }
    tell("memory_models", &tally, "<=0");
}

static bool code_thumbnail(void *user, vt_error *error)
{
    static uint8_t memory[SIDE * SIDE * 4], again[SIDE * SIDE * 4];
    for (size_t i = 0; i < sizeof memory; i++) {
        memory[i] = i % 4 == 3 ? *(uint8_t *)user : (uint8_t)(i / 7 % 100);
    }
    vt_pixels pixels = {memory, sizeof memory, SIDE, SIDE, (size_t)SIDE * 4};
    vt_pixels back = {.data = again, .capacity = sizeof again};
    vt_blob blob = {0};
    bool done = vt_thumb_encode(&pixels, &blob, error) && vt_thumb_decode(blob.data, blob.size, &back, error);
    free(done || blob.data ? blob.data : NULL);
    return done;
}

static void run_thumbnails(bool quick)
{
    uint8_t opaque = 255, half = 128;
    memory_tally tally = {0};
    run_out("opaque thumbnail", code_thumbnail, &opaque, quick, &tally);
    run_out("transparent thumbnail", code_thumbnail, &half, quick, &tally);
    tell("memory_thumbnails", &tally, "<=0");
}

static bool count_brief(void *user, const vt_item_brief *item)
{
    (void)item;
    ++*(int *)user;
    return true;
}

/* Opens, commits what differs from the time before, reads all of it, closes. */
static bool use_catalog(void *user, vt_error *error)
{
    enum { ITEMS = 30 };
    static int64_t round;
    round++;
    vt_catalog_options options = {.log = vt_log_none};
    vt_catalog *catalog = vt_catalog_open(user, &options, error);
    vt_catalog_writer *writer = catalog ? vt_catalog_writer_create(catalog, error) : NULL;
    vt_item items[ITEMS];
    char paths[ITEMS][40];
    for (int i = 0; i < ITEMS; i++) {
        snprintf(paths[i], sizeof paths[i], "/folder %d/%d.jpg", i % 3, i);
        items[i] = fixture_item(paths[i], i + ITEMS * round);
    }
    vt_batch batch = {.items = items, .item_count = ITEMS};
    bool done = writer && vt_catalog_writer_commit(writer, &batch, NULL, error) &&
                edits_rate(writer, items[0].id, (int)(round % 6), error);
    vt_catalog_reader *reader = done ? vt_catalog_reader_open(catalog, error) : NULL;
    int seen = 0;
    done = reader && vt_catalog_reader_each_brief(reader, 0, count_brief, &seen, error);
    assert_true(!done || seen == ITEMS);
    vt_catalog_reader_free(reader);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    return done;
}

static void run_catalog(bool quick)
{
    memory_tally tally = {0};
    char *folder = files_temporary_folder();
    char path[512];
    snprintf(path, sizeof path, "%s/library.vitrine", folder);
    run_out("catalog", use_catalog, path, quick, &tally);
    oracle found = oracle_look(path, NULL);
    tell("memory_catalog", &tally, "<=0");
    figure("memory_catalog_unsound", !found.sound, "runs", "<=0", "afterwards %s", found.why);
    files_remove(folder);
}

int main(int argc, char **argv)
{
    static const fault_case cases[] = {{"decoders", run_decoders},
                                       {"models", run_models},
                                       {"thumbnails", run_thumbnails},
                                       {"catalog", run_catalog},
                                       {0}};
    if (!memory_can_fail()) {
        figure_skipped("memory", "the sanitizer brings its own malloc");
        return 0;
    }
    return fault_main(argc, argv, cases);
}
