/*
 * Side-cars of many pictures: what an import's look at them costs, and writing them back after an edit.
 *
 * ITEMS tiny pictures (10,000 by default) are imported in a scratch folder, rated, and side-cars made of
 * that. Then each gets a side-car as another program would write it, and the folder is imported again, which
 * reads them; what an import costs that finds nothing new is taken off. Then all are rated, and these
 * side-cars changed. And what asking a helper costs, beside reading the same text in this process. A line per
 * figure: "name value unit bar" ("-": none). The disk of $TMPDIR counts: writing syncs each file.
 *
 * usage: bench_sidecars [ITEMS]
 */
#include "core/base/clock.h"
#include "core/decode/helper.h"
#include "core/import/item_edit.h"
#include "core/import/operation.h"
#include "core/import/sidecars.h"
#include "core/queue/doorbell.h"
#include "core/task/executor_threads.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define WORKERS     4
#define QUEUE_LIMIT 256

static const char side_car[] =
    "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\" x:xmptk=\"XMP Core 4.4.0-Exiv2\">\n"
    " <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
    "  <rdf:Description rdf:about=\"\"\n"
    "    xmlns:digiKam=\"http://www.digikam.org/ns/1.0/\"\n"
    "    xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
    "    xmlns:lr=\"http://ns.adobe.com/lightroom/1.0/\"\n"
    "    xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
    "    xmlns:tiff=\"http://ns.adobe.com/tiff/1.0/\"\n"
    "   xmp:Rating=\"%d\"\n"
    "   xmp:CreatorTool=\"digiKam-7.9.0\"\n"
    "   tiff:Orientation=\"1\">\n"
    "   <digiKam:TagsList><rdf:Seq><rdf:li>Places/Germany/Berlin</rdf:li><rdf:li>Boats</rdf:li></rdf:Seq>"
    "</digiKam:TagsList>\n"
    "   "
    "<lr:hierarchicalSubject><rdf:Bag><rdf:li>Places|Germany|Berlin</rdf:li><rdf:li>Boats</rdf:li></rdf:Bag>"
    "</lr:hierarchicalSubject>\n"
    "   <dc:subject><rdf:Bag><rdf:li>Berlin</rdf:li><rdf:li>Boats</rdf:li></rdf:Bag></dc:subject>\n"
    "   <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">Picture %d</rdf:li></rdf:Alt></dc:title>\n"
    "  </rdf:Description>\n"
    " </rdf:RDF>\n"
    "</x:xmpmeta>\n"
    "<?xpacket end=\"w\"?>\n";

static char folder[256];
static char pictures[sizeof folder + 16];

typedef struct run {
    vt_engine *engine;
    vt_doorbell *bell;
    bool loaded, finished, edited;
    vt_import_figures figures;
} run;

static void stop(const char *what, const vt_error *error)
{
    fprintf(stderr, "bench_sidecars: %s: %s\n", what, error->message);
    exit(1);
}

static void on_loaded(void *user, const vt_error *error)
{
    (void)error;
    ((run *)user)->loaded = true;
}

static void on_finished(void *user, vt_import *import, const vt_import_figures *figures,
                        const vt_error *error)
{
    (void)import;
    run *of = user;
    of->finished = true;
    of->figures = *figures;
    if (error) {
        stop("the import stopped", error);
    }
}

static void on_edited(void *user, const vt_edit_result *result)
{
    ((run *)user)->edited = true;
    if (result->error) {
        stop("cannot rate", result->error);
    }
}

static void wake(void *user)
{
    vt_doorbell_ring(((run *)user)->bell);
}

static void pump(run *of, const bool *flag)
{
    while (vt_engine_deliver(of->engine, 4 * VT_NS_PER_MS) || !*flag) {
        if (!*flag) {
            vt_doorbell_wait(of->bell, VT_NS_PER_S);
        }
    }
}

static double import_pictures(run *of)
{
    vt_error error = VT_ERROR_INIT;
    const char *path = pictures;
    const vt_import_listener listener = {.finished = on_finished, .user = of};
    of->finished = false;
    int64_t begun = vt_clock_now();
    vt_import *import = vt_engine_import(of->engine, &path, 1, NULL, &listener, &error);
    if (!import) {
        stop("cannot import", &error);
    }
    pump(of, &of->finished);
    vt_import_free(import);
    return (double)(vt_clock_now() - begun) / VT_NS_PER_S;
}

static void open_engine(run *of, vt_executor *executor)
{
    char program[PATH_MAX], catalog[PATH_MAX], thumbs[PATH_MAX];
    vt_error error = VT_ERROR_INIT;
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    program[length > 0 ? length : 0] = '\0';
    char *tests = strstr(program, "/tests/bench_sidecars"); /* beside bin/ in the build folder */
    if (!tests || tests - program > PATH_MAX - 32) {
        fprintf(stderr, "bench_sidecars: run it from the build folder's tests/\n");
        exit(1);
    }
    snprintf(tests, 32, "/bin/vitrine-decoder");
    snprintf(catalog, sizeof catalog, "%s/library.vitrine", folder);
    snprintf(thumbs, sizeof thumbs, "%s/library.thumbs", folder);
    vt_settings settings = vt_settings_default();
    settings.values[VT_SETTING_SIDECARS] = VT_SIDECARS_ON_READ;
    const vt_engine_options options = {.catalog_path = catalog,
                                       .thumbs_path = thumbs,
                                       .with_index = true,
                                       .settings = &settings,
                                       .executor = executor,
                                       .decoder_path = program,
                                       .wake = wake,
                                       .index_loaded = on_loaded,
                                       .user = of};
    of->engine = vt_engine_create(&options, &error);
    if (!of->engine) {
        stop("cannot open", &error);
    }
    pump(of, &of->loaded);
}

static void put_file(const char *suffix, int number, const char *bytes, int count)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%06d.ppm%s", pictures, number, suffix);
    FILE *file = fopen(path, "we");
    if (!file || fwrite(bytes, 1, (size_t)count, file) != (size_t)count || fclose(file) != 0) {
        perror(path);
        exit(1);
    }
}

static void make_files(int count, bool side_cars)
{
    char text[2 * sizeof side_car];
    for (int i = 0; i < count; i++) {
        int length = side_cars ? snprintf(text, sizeof text, side_car, 1 + i % 5, i)
                               : snprintf(text, sizeof text, "P6\n# %d\n1 1\n255\nabc", i);
        put_file(side_cars ? ".xmp" : "", i, text, length);
    }
}

/* Rates all and has the side-cars written; seconds of the latter. */
static double write_all(run *of, int count, int rating)
{
    vt_error error = VT_ERROR_INIT;
    int64_t *ids = calloc((size_t)count, sizeof *ids);
    for (int i = 0; ids && i < count; i++) {
        ids[i] = i + 1;
    }
    const vt_item_edit what = {.kind = VT_EDIT_RATING, .number = rating};
    if (!ids || !vt_engine_edit(of->engine, &what, vt_edit_target_of_items(ids, (size_t)count), on_edited, of,
                                &error)) {
        stop("cannot rate", &error);
    }
    of->edited = false;
    pump(of, &of->edited);
    vt_sidecars_figures figures = {0};
    vt_engine_get_sidecars(of->engine, &figures);
    int64_t wanted = figures.written + count;
    int64_t begun = vt_clock_now();
    if (!vt_engine_ask_sidecars(of->engine, vt_edit_target_of_items(ids, (size_t)count), VT_SIDECAR_WRITE,
                                &error)) {
        stop("cannot write", &error);
    }
    while (figures.written < wanted && figures.failures == 0) {
        vt_doorbell_wait(of->bell, VT_NS_PER_S / 50);
        vt_engine_deliver(of->engine, 0);
        vt_engine_get_sidecars(of->engine, &figures);
    }
    free(ids);
    return (double)(vt_clock_now() - begun) / VT_NS_PER_S;
}

static void remove_folder(void)
{
    char command[sizeof folder + 16];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    if (system(command) != 0) { /* NOLINT(cert-env33-c): our own folder */
        fprintf(stderr, "bench_sidecars: %s is left\n", folder);
    }
}

int main(int argc, char **argv)
{
    vt_error error = VT_ERROR_INIT;
    run of = {0};
    int count = argc > 1 ? atoi(argv[1]) : 10000; /* NOLINT(cert-err34-c): 0 is refused */
    vt_executor *executor = count > 0 ? vt_executor_threads_create(WORKERS, QUEUE_LIMIT, &error) : NULL;
    of.bell = executor ? vt_doorbell_create(&error) : NULL;
    const char *place = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/vitrine-bench-XXXXXX", place ? place : "/tmp");
    if (!of.bell || !mkdtemp(folder)) {
        fputs("usage: bench_sidecars [ITEMS]\n", stderr);
        return 2;
    }
    snprintf(pictures, sizeof pictures, "%s/pictures", folder);
    mkdir(pictures, 0700);
    make_files(count, false);
    open_engine(&of, executor);
    import_pictures(&of);
    printf("sidecars_make_each %.1f us -\n", write_all(&of, count, 2) * 1e6 / count);
    double nothing = import_pictures(&of);
    make_files(count, true);
    double reading = import_pictures(&of);
    printf("sidecars_read %.0f items -\n", (double)of.figures.sidecars);
    printf("sidecars_read_each %.1f us -\n", (reading - nothing) * 1e6 / count);
    printf("sidecars_write_each %.1f us -\n", write_all(&of, count, 0) * 1e6 / count);
    vt_engine_free(of.engine);
    vt_executor_free(executor);
    vt_doorbell_free(of.bell);
    remove_folder();
    return of.figures.sidecars != count;
}
