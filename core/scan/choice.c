#include "core/scan/choice.h"

#include "core/base/path.h"
#include "core/decode/format.h"
#include "core/scan/patterns.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct vt_choice {
    vt_choice_rules rules;
    vt_patterns *names, *leave_out;
};

_Static_assert((int)VT_FORMAT_COUNT <= 32, "a bit for each format");

vt_choice *vt_choice_create(const vt_choice_rules *rules, vt_error *error)
{
    if (rules->size_min > 0 && rules->size_max > 0 && rules->size_min > rules->size_max) {
        vt_error_set(error, VT_ERROR_USAGE,
                     "no file is at least %" PRId64 " and at most %" PRId64 " bytes large", rules->size_min,
                     rules->size_max);
        return NULL;
    }
    vt_choice *choice = calloc(1, sizeof *choice);
    if (!choice) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the rules of an import");
        return NULL;
    }
    choice->rules = *rules;
    choice->names = vt_patterns_create(rules->names, VT_PATTERNS_PART, error);
    choice->leave_out = choice->names ? vt_patterns_create(rules->leave_out, VT_PATTERNS_WHOLE, error) : NULL;
    if (!choice->leave_out) {
        vt_choice_free(choice);
        return NULL;
    }
    return choice;
}

void vt_choice_free(vt_choice *choice)
{
    if (choice) {
        vt_patterns_free(choice->names);
        vt_patterns_free(choice->leave_out);
        free(choice);
    }
}

static bool has_bit(uint32_t wanted, unsigned which)
{
    return wanted == 0 || (wanted >> which & 1U) != 0;
}

vt_choice_verdict vt_choice_judge(const vt_choice *choice, const char *name, vt_kind kind, int64_t size,
                                  int64_t mtime_ns)
{
    if (!choice) {
        return VT_CHOICE_TAKE;
    }
    const vt_choice_rules *rules = &choice->rules;
    if (!has_bit(rules->kinds, (unsigned)kind) ||
        (rules->formats && !has_bit(rules->formats, (unsigned)vt_format_of_name(name)))) {
        return VT_CHOICE_KIND;
    }
    if (vt_patterns_count(choice->names) > 0 && !vt_patterns_match(choice->names, name, strlen(name))) {
        return VT_CHOICE_NAME;
    }
    if (size < rules->size_min) {
        return VT_CHOICE_SMALL;
    }
    if (rules->size_max > 0 && size > rules->size_max) {
        return VT_CHOICE_LARGE;
    }
    return rules->newer_ns != 0 && mtime_ns < rules->newer_ns ? VT_CHOICE_OLD : VT_CHOICE_TAKE;
}

bool vt_choice_leaves_out(const vt_choice *choice, const char *path, size_t length, const char *name)
{
    if (!choice || vt_patterns_count(choice->leave_out) == 0) {
        return false;
    }
    size_t name_length = strlen(name);
    if (vt_patterns_hit(choice->leave_out, name, name_length, false)) {
        return true;
    }
    if (!vt_patterns_have_path(choice->leave_out)) {
        return false;
    }
    size_t whole = vt_path_joined_length(path, length, name_length);
    char *joined = malloc(whole + 1);
    if (!joined) {
        return false; /* the walk will run out of memory, too, and tell */
    }
    vt_path_join_to(joined, path, length, name, name_length);
    bool hit = vt_patterns_hit(choice->leave_out, joined, whole, true);
    free(joined);
    return hit;
}

const char *vt_choice_verdict_name(vt_choice_verdict verdict)
{
    static const char *const names[VT_CHOICE_VERDICT_COUNT] = {
        [VT_CHOICE_TAKE] = "",         [VT_CHOICE_NAME] = "name",    [VT_CHOICE_KIND] = "kind",
        [VT_CHOICE_SMALL] = "smaller", [VT_CHOICE_LARGE] = "larger", [VT_CHOICE_OLD] = "older"};
    return names[verdict];
}
