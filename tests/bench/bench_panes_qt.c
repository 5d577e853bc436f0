/*
 * Contents of panes: making one, showing another thing in one of the pool (clear, then show), and hiding and
 * showing one that is kept in the cache. What is measured is the processor time of the window's thread; what
 * is read and sorted elsewhere comes later ("taken" is the longest turn of that thread until it is there).
 * Then what 200 panes of cards hold at once. A line per figure: "name value unit bar". Exits 1 if a bar is
 * missed.
 *
 * usage: bench_panes_qt [TYPE]     all types, or one alone
 */
#include "tests/app/ui/panes/pane_desk.h"

#include "app/ui/panes/pane_types.h"

#include "core/base/clock.h"
#include "core/perf/rss.h"
#include "tests/support/files.h"

#include <malloc.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PICTURES = 60, LINKS = 5000, ROUNDS = 200, FRESH = 40, PANES = 200, MODELS = 2, FRAMES = 24 };

static int missed;

static int compare(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

/* Bars are of the 99th percentile. */
static void report(const char *type, const char *what, int64_t *times, size_t count, double bar)
{
    qsort(times, count, sizeof *times, compare);
    size_t high = count * 99 / 100;
    size_t middle = count / 2;
    double p99 = (double)times[high] / VT_NS_PER_MS;
    double median = (double)times[middle] / VT_NS_PER_MS;
    char limit[32] = "-";
    if (bar > 0) {
        snprintf(limit, sizeof limit, "<=%g", bar);
        missed += p99 > bar;
    }
    printf("pane_%s_%s_p99 %.4f ms %s median %.4f\n", type, what, p99, limit, median);
    fflush(stdout);
}

/* Until it is ready. Returns the longest turn of the window's thread meanwhile, as its processor time. */
static int64_t settle(pane_desk *desk, vt_pane_content *content)
{
    enum { TURNS = 5000, NAP_MS = 1 };
    int64_t longest = 0;
    bool loading = true;
    for (int i = 0; i < TURNS && loading; i++) {
        loading = content->stage == VT_PANE_LOADING;
        int64_t start = vt_clock_thread_cpu();
        desk_pump(desk);
        int64_t turn = vt_clock_thread_cpu() - start;
        longest = turn > longest ? turn : longest;
        if (loading) {
            poll(NULL, 0, NAP_MS);
        }
    }
    if (content->stage != VT_PANE_READY && content->error.code != VT_ERROR_UNSUPPORTED) {
        (void)fprintf(stderr, "bench_panes: a pane of %s did not become ready: %s\n", content->type->name,
                      content->error.message);
        exit(2);
    }
    return longest;
}

static void measure(pane_desk *desk, const vt_pane_type *type, const char *one, const char *other)
{
    int64_t times[ROUNDS], taken[ROUNDS];
    vt_error error = VT_ERROR_INIT;
    vt_pane_content *content = NULL;
    for (int i = 0; i < FRESH; i++) {
        int64_t start = vt_clock_thread_cpu();
        content = type->create(&desk->context, &error);
        type->show(content, one);
        times[i] = vt_clock_thread_cpu() - start;
        desk_place(desk, content);
        settle(desk, content);
        if (i + 1 < FRESH) {
            desk_destroy(desk, content);
        }
    }
    report(type->name, "fresh", times, FRESH, 0);
    for (int i = 0; i < ROUNDS; i++) {
        q_widget_hide(content->widget);
        type->clear(content);
        desk_pump(desk);
        int64_t start = vt_clock_thread_cpu();
        type->show(content, i % 2 ? one : other);
        q_widget_show(content->widget);
        times[i] = vt_clock_thread_cpu() - start;
        taken[i] = settle(desk, content);
    }
    report(type->name, "pool", times, ROUNDS, 2);
    report(type->name, "taken", taken, ROUNDS, 0);
    for (int i = 0; i < ROUNDS; i++) {
        q_widget_hide(content->widget);
        desk_pump(desk);
        int64_t start = vt_clock_thread_cpu();
        q_widget_show(content->widget);
        times[i] = vt_clock_thread_cpu() - start;
        desk_pump(desk);
    }
    report(type->name, "cache", times, ROUNDS, 0.3);
    desk_destroy(desk, content);
}

/* ---- models and sequences ---- */

/* So many small triangles here and there, as binary STL. */
static void write_model(const char *path, int triangles)
{
    enum { HEADER = 84, EACH = 50, NORMAL = 12 };
    size_t length = HEADER + (size_t)triangles * EACH;
    char *bytes = calloc(1, length);
    uint32_t count = (uint32_t)triangles;
    memcpy(bytes + 80, &count, sizeof count);
    for (int i = 0; i < triangles; i++) {
        float corners[9];
        for (int at = 0; at < 9; at++) {
            int centre = (i * 3 + at % 3) * 7919 % 1000;
            corners[at] = (float)(centre + at * at % 7) / 1000;
        }
        memcpy(bytes + HEADER + (size_t)i * EACH + NORMAL, corners, sizeof corners);
    }
    files_write(path, bytes, length);
    free(bytes);
}

/* Models, sequences, and many names of one picture; the folder to be removed. */
static char *import_more(pane_desk *desk)
{
    char path[512];
    import_record record;
    char *home = files_temporary_folder();
    char *folder = strdup(files_folder(home, "more"));
    char *frames = strdup(files_folder(folder, "frames"));
    for (int i = 0; i < MODELS; i++) {
        snprintf(path, sizeof path, "%s/model%c.stl", folder, 'a' + i);
        write_model(path, 1000);
    }
    for (int i = 0; i < 2 * FRAMES; i++) {
        snprintf(path, sizeof path, "%s/%s.%04d.ppm", frames, i % 2 ? "walk" : "turn", i / 2);
        files_write_picture(path, 120, 90, (unsigned)i);
    }
    const char *plain = files_folder(folder, "plain");
    snprintf(path, sizeof path, "%s/turn.0000.ppm", frames);
    for (int i = 0; i < LINKS; i++) {
        char name[600];
        snprintf(name, sizeof name, "%s/%dth picture.ppm", plain, i);
        if (link(path, name) != 0) {
            (void)fprintf(stderr, "bench_panes: cannot link %s\n", name);
            exit(2);
        }
    }
    session_import(desk->session, folder, &(vt_import_options){.sequences = VT_SEQUENCE_CAREFUL}, &record);
    free(frames);
    free(folder);
    return home;
}

/* The `number`-th item of that kind, from 0 on. */
static int64_t find_kind(pane_desk *desk, vt_kind kind, int number)
{
    int64_t id = 0;
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(desk->session->engine));
    for (uint32_t row = 0; row < vt_snapshot_count(snapshot) && !id; row++) {
        vt_item_brief item;
        vt_snapshot_item(snapshot, row, &item);
        id = item.kind == kind && number-- == 0 ? item.id : 0;
    }
    vt_snapshot_release(snapshot);
    if (!id) {
        (void)fprintf(stderr, "bench_panes: no item of kind %d\n", (int)kind);
        exit(2);
    }
    return id;
}

static void measure_kind(pane_desk *desk, const vt_pane_type *type, vt_kind kind)
{
    char one[32], other[32];
    snprintf(one, sizeof one, "%lld", (long long)find_kind(desk, kind, 0));
    snprintf(other, sizeof other, "%lld", (long long)find_kind(desk, kind, 1));
    measure(desk, type, one, other);
}

/* ---- many panes ---- */

static double held(void)
{
    struct mallinfo2 info = mallinfo2();
    return (double)(info.uordblks + info.hblkhd);
}

/* All of them at once, each with a view of its own; `seen`: with cards made, as the live ones of a workspace,
   else as those that the cache keeps before they were ever seen. */
static void measure_memory(pane_desk *desk, bool seen)
{
    static vt_pane_content *contents[PANES];
    vt_error error = VT_ERROR_INIT;
    const char *name = seen ? "seen" : "unseen";
    double before = held(), half = 0, claimed = 0;
    int64_t resident = vt_rss_self().current;
    for (int i = 0; i < PANES; i++) {
        contents[i] = vt_pane_browse_type.create(&desk->context, &error);
        vt_pane_browse_type.show(contents[i], "");
        if (seen) {
            desk_place(desk, contents[i]);
        }
        settle(desk, contents[i]);
        half = i + 1 == PANES / 2 ? held() - before : half;
    }
    double all = held() - before;
    for (int i = 0; i < PANES; i++) {
        claimed += (double)vt_pane_browse_type.bytes(contents[i]);
    }
    printf("pane_browse_memory_%s %.0f B - (each of %d panes over %d items; resident %.0f)\n", name,
           all / PANES, PANES, (int)LINKS, (double)(vt_rss_self().current - resident) / PANES);
    printf("pane_browse_memory_%s_claimed %.0f B - (what a pane says of itself)\n", name, claimed / PANES);
    double linear = all / 2 > 0 ? half / (all / 2) : 0;
    printf("pane_browse_memory_%s_linear %.3f x <=1.2 (first half of them to the mean)\n", name, linear);
    missed += linear > 1.2;
    fflush(stdout);
    for (int i = 0; i < PANES; i++) {
        desk_destroy(desk, contents[i]);
    }
    desk_pump(desk);
}

int main(int argc, char **argv)
{
    QApplication *application = q_application_new(&argc, argv);
    pane_desk *desk = desk_create(PICTURES);
    char *home = import_more(desk);
    char one[32], other[32];
    snprintf(one, sizeof one, "%lld", (long long)desk_item(desk, 1));
    snprintf(other, sizeof other, "%lld", (long long)desk_item(desk, 2));
    for (const vt_pane_type *const *type = vt_pane_types; *type; type++) {
        const char *name = (*type)->name;
        bool item = strcmp(name, "image") == 0 || strcmp(name, "info") == 0;
        if (argc > 1 && strcmp(name, argv[1]) != 0) {
            continue;
        }
        if (strcmp(name, "model") == 0 || strcmp(name, "sequence") == 0) {
            measure_kind(desk, *type, *name == 'm' ? VT_KIND_MODEL : VT_KIND_SEQUENCE);
            continue;
        }
        measure(desk, *type,
                item                     ? one
                : !strcmp(name, "text")  ? "/etc/passwd"
                : !strcmp(name, "query") ? "SELECT * FROM items"
                : !strcmp(name, "help")  ? "index"
                                         : "",
                item                     ? other
                : !strcmp(name, "text")  ? "/etc/group"
                : !strcmp(name, "query") ? "SELECT * FROM folders"
                : !strcmp(name, "help")  ? "browsing"
                                         : "");
    }
    if (argc == 1) {
        measure_memory(desk, false);
        measure_memory(desk, true);
    }
    desk_free(desk);
    files_remove(home);
    q_application_delete(application);
    return missed > 0;
}
