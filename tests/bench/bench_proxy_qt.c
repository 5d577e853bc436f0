/*
 * The filter of the library beside what Qt offers for the same, QSortFilterProxyModel, on the same names in
 * the same run: processor time of each key stroke while a word is typed, until the rows of the new view are
 * known.
 *
 * usage: bench_proxy_qt [ROWS]   (100000; at a million the proxy needs more memory than many machines have)
 */
#include "core/base/clock.h"
#include "core/index/filter.h"
#include "core/index/view.h"

#include <qt6c/list.h>
#include <qt6c/qapplication.h>
#include <qt6c/qsortfilterproxymodel.h>
#include <qt6c/qstringlistmodel.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char typed[] = "sunset";

_Noreturn static void stop(const char *what)
{
    fprintf(stderr, "bench_proxy: %s\n", what);
    exit(2);
}

static unsigned next_random(void)
{
    static uint64_t state = 1;
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(state >> 33);
}

static char **make_names(size_t rows)
{
    static const char *const words[] = {"red",  "car",    "Sunset",  "boat",    "gear", "House",
                                        "tree", "flower", "sign",    "dog",     "map",  "wheel",
                                        "scan", "Bolt",   "holiday", "portrait"};
    char **names = calloc(rows, sizeof *names);
    for (size_t i = 0; names && i < rows; i++) {
        char name[64];
        snprintf(name, sizeof name, "%s of a %s (%u).png", words[next_random() % 16],
                 words[next_random() % 16], next_random() % 10000);
        names[i] = strdup(name);
    }
    return names;
}

/* Milliseconds of the longest key stroke, and the rows that match in the end. */
typedef struct strokes {
    double longest;
    int64_t rows;
} strokes;

static void note(strokes *of, int64_t start)
{
    double took = (double)(vt_clock_thread_cpu() - start) / 1e6;
    of->longest = took > of->longest ? took : of->longest;
}

static strokes type_into_proxy(char **names, size_t rows)
{
    strokes all = {0, 0};
    QList list = qt_string_list_from((const char *const *)names, rows);
    QStringListModel *model = q_stringlistmodel_new_list_object(&list, NULL);
    QSortFilterProxyModel *proxy = q_sortfilterproxymodel_new(NULL);
    q_sortfilterproxymodel_set_filter_case_sensitivity(proxy, Qt_CaseInsensitive);
    q_sortfilterproxymodel_set_source_model(proxy, model);
    const QModelIndex top = {.r = -1, .c = -1};
    q_sortfilterproxymodel_row_count(proxy, &top); /* it maps its rows when it is first asked */
    for (size_t length = 1; length < sizeof typed; length++) {
        char text[sizeof typed];
        snprintf(text, sizeof text, "%.*s", (int)length, typed);
        int64_t start = vt_clock_thread_cpu();
        q_sortfilterproxymodel_set_filter_fixed_string(proxy, text);
        all.rows = q_sortfilterproxymodel_row_count(proxy, &top);
        note(&all, start);
    }
    q_object_delete(proxy);
    q_object_delete(model);
    qt_string_list_release(&list);
    return all;
}

static vt_index *make_index(char **names, size_t rows)
{
    vt_error error = VT_ERROR_INIT;
    vt_index *index = vt_index_create();
    if (!index || !vt_index_add_folder(index, 1, "/pictures", strlen("/pictures"), &error)) {
        stop(error.message);
    }
    for (size_t i = 0; i < rows; i++) {
        const vt_item_brief item = {.id = (int64_t)i + 1,
                                    .folder_id = 1,
                                    .name = names[i],
                                    .name_length = (uint32_t)strlen(names[i]),
                                    .kind = VT_KIND_IMAGE,
                                    .format = VT_FORMAT_PNG};
        if (!vt_index_put(index, &item, 1, &error)) {
            stop(error.message);
        }
    }
    if (!vt_index_publish(index, &error)) {
        stop(error.message);
    }
    return index;
}

static strokes type_into_filter(vt_index *index)
{
    strokes all = {0, 0};
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    for (size_t length = 1; length < sizeof typed; length++) {
        vt_error error = VT_ERROR_INIT;
        int64_t start = vt_clock_thread_cpu();
        vt_filter *filter = vt_filter_compile(typed, length, NULL, &error);
        const vt_view_request request = {.filter = filter, .positions = true};
        const vt_view *view = filter ? vt_view_build(snapshot, &request, NULL, &error) : NULL;
        if (!view) {
            stop(error.message);
        }
        all.rows = vt_view_count(view);
        note(&all, start);
        vt_view_release(view);
        vt_filter_free(filter);
    }
    vt_snapshot_release(snapshot);
    return all;
}

int main(int argc, char **argv)
{
    static int count = 1;
    static char *program[] = {(char *)"bench", NULL};
    size_t rows = argc > 1 ? strtoul(argv[1], NULL, 10) : 100000;
    setenv("QT_QPA_PLATFORM", "offscreen", 1);
    QApplication *application = q_application_new(&count, program);
    char **names = rows ? make_names(rows) : NULL;
    if (!names) {
        stop("usage: bench_proxy_qt [ROWS]");
    }
    vt_index *index = make_index(names, rows);
    strokes theirs = type_into_proxy(names, rows);
    strokes ours = type_into_filter(index);
    if (ours.rows != theirs.rows) {
        stop("the two do not find the same");
    }
    double ratio = theirs.longest / ours.longest;
    printf("proxy_key_stroke %.1f ms - (QSortFilterProxyModel, longest of %zu, %zu rows, %lld match)\n",
           theirs.longest, strlen(typed), rows, (long long)theirs.rows);
    printf("proxy_key_stroke_ours %.2f ms - (%s)\n", ours.longest, "filter and view");
    printf("proxy_of_ours %.0f x >=100\n", ratio);
    vt_index_free(index);
    for (size_t i = 0; i < rows; i++) {
        free(names[i]);
    }
    free(names);
    q_object_delete(application);
    return ratio < 100;
}
