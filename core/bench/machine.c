#include "core/bench/machine.h"

#include "core/base/str.h"

#include <sched.h>
#include <stdio.h>
#include <string.h>

/* x86 has "model name", ARM "Model" or "Hardware", if anything. */
static const char *const keys[] = {"model name", "Model", "Hardware", "cpu model"};

static const char *value_of(const char *line)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        size_t length = strlen(keys[i]);
        const char *colon = strncmp(line, keys[i], length) == 0 ? strchr(line + length, ':') : NULL;
        if (colon && strspn(line + length, " \t") == (size_t)(colon - line) - length) {
            return colon + 1 + strspn(colon + 1, " \t");
        }
    }
    return NULL;
}

void vt_bench_machine_read_processor(const char *path, char *processor, int size)
{
    char line[256];
    const char *found = NULL;
    (void)snprintf(processor, (size_t)size, "unknown");
    FILE *file = fopen(path, "re");
    while (file && !found && fgets(line, sizeof line, file)) {
        found = value_of(line);
    }
    if (found && *found && *found != '\n') {
        vt_str text = VT_STR_INIT;
        vt_str_append_display(&text, found, strcspn(found, "\n"));
        size_t length = vt_utf8_cut(text.data, (size_t)size - 1);
        (void)snprintf(processor, (size_t)size, "%.*s", (int)length, text.data);
        vt_str_free(&text);
    }
    if (file) {
        (void)fclose(file);
    }
}

void vt_bench_machine_read(vt_bench_machine *machine)
{
    cpu_set_t allowed;
    *machine = (vt_bench_machine){.processors = 1};
    vt_bench_machine_read_processor("/proc/cpuinfo", machine->processor, sizeof machine->processor);
    if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) {
        machine->processors = CPU_COUNT(&allowed);
    }
#if defined(VITRINE_SANITIZED)
    static const char build[] = "sanitized";
#elif defined(__OPTIMIZE__)
    static const char build[] = "optimised";
#else
    static const char build[] = "not optimised";
#endif
    memcpy(machine->build, build, sizeof build);
}

bool vt_bench_machine_equal(const vt_bench_machine *a, const vt_bench_machine *b)
{
    return strcmp(a->processor, b->processor) == 0 && a->processors == b->processors;
}
