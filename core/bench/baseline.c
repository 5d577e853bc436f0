#include "core/bench/baseline.h"

#include "core/base/file.h"
#include "core/base/json_writer.h"
#include "core/bench/baseline_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

const vt_file_kind vt_baseline_kind = {.name = "baseline of vitrine bench", .mark = "\"vitrine_bench\":"};

void vt_baseline_begin(vt_baseline *baseline)
{
    time_t now = time(NULL);
    struct tm parts;
    *baseline = (vt_baseline){.version = VITRINE_VERSION};
    vt_bench_machine_read(&baseline->machine);
    if (gmtime_r(&now, &parts)) {
        (void)strftime(baseline->saved, sizeof baseline->saved, "%Y-%m-%dT%H:%M:%SZ", &parts);
    }
}

void vt_baseline_free(vt_baseline *baseline)
{
    free(baseline->figures);
    *baseline = (vt_baseline){.count = 0};
}

const vt_baseline_figure *vt_baseline_find(const vt_baseline *baseline, const char *name)
{
    for (size_t i = 0; i < baseline->count; i++) {
        if (strcmp(baseline->figures[i].name, name) == 0) {
            return &baseline->figures[i];
        }
    }
    return NULL;
}

bool vt_baseline_add(vt_baseline *baseline, const char *name, const vt_bench_series *series, vt_error *error)
{
    if (strlen(name) >= VT_BASELINE_NAME_SIZE || vt_baseline_find(baseline, name)) {
        return vt_error_set(error, VT_ERROR_USAGE,
                            "the figure '%.60s' is there already, or its name is too long", name);
    }
    if (baseline->count == VT_BASELINE_FIGURES_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT, "a baseline has %d figures at most",
                            VT_BASELINE_FIGURES_MAX);
    }
    vt_baseline_figure *figures = realloc(baseline->figures, (baseline->count + 1) * sizeof *figures);
    if (!figures) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    baseline->figures = figures;
    vt_baseline_figure *figure = &figures[baseline->count++];
    figure->series = *series;
    memcpy(figure->name, name, strlen(name) + 1);
    return true;
}

static void write_numbers(vt_json_writer *json, const char *key, const double *numbers, unsigned count)
{
    vt_json_key(json, key);
    vt_json_array_begin(json);
    for (unsigned i = 0; i < count; i++) {
        vt_json_double(json, numbers[i]);
    }
    vt_json_array_end(json);
}

static void write_text(vt_json_writer *json, const char *key, const char *text)
{
    vt_json_key(json, key);
    vt_json_string(json, text);
}

static void write_number(vt_json_writer *json, const char *key, int number)
{
    vt_json_key(json, key);
    vt_json_int(json, number);
}

static void write_figures(const vt_baseline *baseline, vt_json_writer *json)
{
    vt_json_key(json, "figures");
    vt_json_array_begin(json);
    for (size_t i = 0; i < baseline->count; i++) {
        const vt_bench_series *series = &baseline->figures[i].series;
        vt_json_object_begin(json);
        write_text(json, "name", baseline->figures[i].name);
        write_numbers(json, "costs", series->costs, series->rounds);
        write_numbers(json, "relatives", series->relatives, series->rounds);
        vt_json_object_end(json);
    }
    vt_json_array_end(json);
}

bool vt_baseline_save(const vt_baseline *baseline, const char *path, vt_error *error)
{
    vt_json_writer json;
    vt_str text = VT_STR_INIT;
    vt_json_begin(&json, vt_json_to_str, &text, VT_JSON_INDENTED);
    vt_json_object_begin(&json);
    write_number(&json, "vitrine_bench", VT_BASELINE_FORMAT);
    write_number(&json, "data", VT_BENCH_DATA_VERSION);
    write_text(&json, "version", baseline->version);
    write_text(&json, "saved", baseline->saved);
    vt_json_key(&json, "machine");
    vt_json_object_begin(&json);
    write_text(&json, "processor", baseline->machine.processor);
    write_number(&json, "processors", baseline->machine.processors);
    write_text(&json, "build", baseline->machine.build);
    vt_json_object_end(&json);
    write_figures(baseline, &json);
    vt_json_object_end(&json);
    bool done = vt_json_end(&json, error) && vt_file_replace(path, text.data, text.length, 0644, error);
    vt_str_free(&text);
    return done;
}

static bool read_file(const char *path, vt_str *text, vt_error *error)
{
    struct stat facts;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) {
        int why = errno;
        return vt_error_set_errno(error, why, "cannot open the baseline %s; --save-baseline makes one", path);
    }
    if (fstat(file, &facts) != 0 || !S_ISREG(facts.st_mode)) {
        close(file);
        return vt_error_set(error, VT_ERROR_NOT_REGULAR, "the baseline %s is no regular file", path);
    }
    bool done = vt_file_read_all(file, VT_BASELINE_BYTES_MAX, text);
    int why = errno;
    close(file);
    if (!done && why == EFBIG) {
        return vt_error_set(error, VT_ERROR_LIMIT,
                            "%s is larger than a baseline can be (%zu bytes): another file?", path,
                            VT_BASELINE_BYTES_MAX);
    }
    return done || vt_error_set_errno(error, why, "cannot read the baseline %s", path);
}

bool vt_baseline_load(vt_baseline *baseline, const char *path, vt_error *error)
{
    vt_str text = VT_STR_INIT;
    vt_error why = VT_ERROR_INIT;
    *baseline = (vt_baseline){.count = 0};
    bool done = read_file(path, &text, error);
    if (done && !vt_baseline_parse(baseline, text.data, text.length, &why)) {
        vt_baseline_free(baseline);
        done = vt_error_set(error, why.code, "%s: %s; --save-baseline makes a new one", path, why.message);
    }
    vt_str_free(&text);
    return done;
}
