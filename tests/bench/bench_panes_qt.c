/*
 * Contents of panes: making one, showing another thing in one of the pool (clear, then show), and hiding and
 * showing one that is kept in the cache. What is measured is the processor time of the window's thread; what
 * is read and sorted elsewhere comes later. A line per figure: "name value unit bar". Exits 1 if a bar is
 * missed.
 *
 * usage: bench_panes_qt
 */
#include "tests/app/ui/panes/pane_desk.h"

#include "core/base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ITEMS = 60, ROUNDS = 200, FRESH = 40 };

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

static void settle(pane_desk *desk, vt_pane_content *content)
{
    for (int i = 0; i < 2000 && content->stage == VT_PANE_LOADING; i++) {
        desk_pump(desk);
    }
    desk_pump(desk);
}

static void measure(pane_desk *desk, const vt_pane_type *type, const char *one, const char *other)
{
    int64_t times[ROUNDS];
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
        settle(desk, content);
    }
    report(type->name, "pool", times, ROUNDS, 2);
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

int main(int argc, char **argv)
{
    QApplication *application = q_application_new(&argc, argv);
    pane_desk *desk = desk_create(ITEMS);
    char one[32], other[32];
    snprintf(one, sizeof one, "%lld", (long long)desk_item(desk, 1));
    snprintf(other, sizeof other, "%lld", (long long)desk_item(desk, 2));
    for (const vt_pane_type *const *type = vt_pane_types; *type; type++) {
        const char *name = (*type)->name;
        bool item = strcmp(name, "image") == 0 || strcmp(name, "info") == 0;
        if (strcmp(name, "model") == 0 || strcmp(name, "sequence") == 0) {
            continue; /* as pictures, until their first frame has come */
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
    desk_free(desk);
    q_application_delete(application);
    return missed > 0;
}
