#include "core/base/json_reader.h"
#include "core/bench/baseline_private.h"

#include <string.h>

static void read_text(vt_json_reader *json, char *to, size_t size)
{
    vt_json_text text;
    if (vt_json_read_text(json, size - 1, &text)) {
        if (memchr(text.bytes, '\0', text.length)) {
            vt_json_refuse(json, VT_ERROR_CORRUPT, "a NUL in a text");
            return;
        }
        memcpy(to, text.bytes, text.length);
        to[text.length] = '\0';
    }
}

/* Beyond these no figure was ever measured: eleven days or a petabyte an operation, and far below a cycle.
   The quotients of what is within are finite, so that verdicts are. */
#define COST_LEAST 1e-12
#define COST_MOST  1e15

/* Numbers above 0, or with `zeros` at least 0. */
static void read_numbers(vt_json_reader *json, double *numbers, unsigned *count, bool zeros)
{
    *count = 0;
    if (!vt_json_enter_array(json)) {
        return;
    }
    while (vt_json_next_item(json)) {
        double number = 0;
        if (*count == VT_BENCH_ROUNDS_MAX) {
            vt_json_refuse(json, VT_ERROR_LIMIT, "more than %d rounds", VT_BENCH_ROUNDS_MAX);
        } else if (vt_json_read_double(json, &number)) {
            if (number < 0 || (number == 0 && !zeros)) {
                vt_json_refuse(json, VT_ERROR_CORRUPT, "a cost that is not above 0");
            } else if (number > COST_MOST || (number != 0 && number < COST_LEAST)) {
                vt_json_refuse(json, VT_ERROR_LIMIT, "a cost of %g, which nothing measured has", number);
            } else {
                numbers[(*count)++] = number;
            }
        }
    }
}

static void read_figure(vt_json_reader *json, vt_baseline *baseline)
{
    vt_json_text key;
    vt_baseline_figure figure = {.name = ""};
    unsigned relatives = 0;
    if (!vt_json_enter_object(json)) {
        return;
    }
    while (vt_json_next_member(json, &key)) {
        if (vt_json_text_is(&key, "name")) {
            read_text(json, figure.name, sizeof figure.name);
        } else if (vt_json_text_is(&key, "costs")) {
            read_numbers(json, figure.series.costs, &figure.series.rounds, false);
        } else if (vt_json_text_is(&key, "relatives")) {
            read_numbers(json, figure.series.relatives, &relatives, true);
        } else {
            vt_json_skip(json);
        }
    }
    vt_error why = VT_ERROR_INIT;
    if (vt_json_read_failed(json)) {
        return;
    }
    if (!figure.name[0] || figure.series.rounds == 0 || relatives != figure.series.rounds) {
        vt_json_refuse(json, VT_ERROR_CORRUPT,
                       "a figure without a name, without costs, or with another number of relatives");
    } else if (!vt_baseline_add(baseline, figure.name, &figure.series, &why)) {
        vt_json_refuse(json, why.code == VT_ERROR_USAGE ? VT_ERROR_CORRUPT : why.code, "%s", why.message);
    }
}

static void read_figures(vt_json_reader *json, vt_baseline *baseline)
{
    if (vt_json_enter_array(json)) {
        while (vt_json_next_item(json)) {
            read_figure(json, baseline);
        }
    }
}

static void read_machine(vt_json_reader *json, vt_bench_machine *machine)
{
    vt_json_text key;
    int64_t number = 0;
    if (!vt_json_enter_object(json)) {
        return;
    }
    while (vt_json_next_member(json, &key)) {
        if (vt_json_text_is(&key, "processor")) {
            read_text(json, machine->processor, sizeof machine->processor);
        } else if (vt_json_text_is(&key, "processors")) {
            if (vt_json_read_int(json, 1, 65536, &number)) {
                machine->processors = (int)number;
            }
        } else if (vt_json_text_is(&key, "build")) {
            read_text(json, machine->build, sizeof machine->build);
        } else {
            vt_json_skip(json);
        }
    }
}

typedef struct versions {
    int64_t format, data; /* 0: not said */
} versions;

static void read_member(vt_json_reader *json, const vt_json_text *key, vt_baseline *baseline, versions *found)
{
    if (vt_json_text_is(key, "vitrine_bench")) {
        vt_json_read_int(json, 1, INT32_MAX, &found->format);
        if (found->format > VT_BASELINE_FORMAT) {
            vt_json_refuse(json, VT_ERROR_VERSION, "it was saved by a later version of Vitrine");
        }
    } else if (vt_json_text_is(key, "data")) {
        vt_json_read_int(json, 1, INT32_MAX, &found->data);
        if (found->data != VT_BENCH_DATA_VERSION) {
            vt_json_refuse(json, VT_ERROR_VERSION,
                           "its figures were measured on other generated data than this version's");
        }
    } else if (vt_json_text_is(key, "version")) {
        read_text(json, baseline->version, sizeof baseline->version);
    } else if (vt_json_text_is(key, "saved")) {
        read_text(json, baseline->saved, sizeof baseline->saved);
    } else if (vt_json_text_is(key, "machine")) {
        read_machine(json, &baseline->machine);
    } else if (vt_json_text_is(key, "figures")) {
        read_figures(json, baseline);
    } else {
        vt_json_skip(json);
    }
}

bool vt_baseline_parse(vt_baseline *baseline, const char *text, size_t length, vt_error *error)
{
    vt_json_reader json;
    vt_json_text key;
    versions found = {0};
    vt_json_read_begin(&json, "the baseline", text, length);
    if (vt_json_enter_object(&json)) {
        while (vt_json_next_member(&json, &key)) {
            read_member(&json, &key, baseline, &found);
        }
    }
    if (!vt_json_read_end(&json, error)) {
        return false;
    }
    return (found.format && found.data && baseline->count > 0) ||
           vt_error_set(error, VT_ERROR_CORRUPT,
                        "this is no baseline of vitrine bench, or one without figures");
}
