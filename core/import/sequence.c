#include "core/import/sequence.h"

#include "core/base/arena.h"
#include "core/decode/format.h"

#include <stdlib.h>
#include <string.h>

/* A file whose name holds a number. */
typedef struct numbered {
    const char *name;
    vt_sequence_name parts;
    uint32_t file;  /* its place in the listing */
    uint32_t width; /* of the pattern it belongs to */
} numbered;

struct vt_sequences {
    vt_arena *arena; /* owned: the ranges */
    vt_sequence *sequences;
    size_t count, capacity;
    uint32_t *places; /* members of all sequences, one after the other; behind them the single files */
    size_t member_count, file_count;
    uint32_t refused[VT_SEQUENCE_VERDICT_COUNT];
};

/* A grouping under way. */
typedef struct grouping {
    vt_sequences *list;
    const vt_scan_file *files;
    vt_sequence_options options;
    bool *taken;               /* per file: it is a member */
    vt_sequence_ranges ranges; /* of the series that is looked at */
    vt_error *error;
} grouping;

static bool out_of_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "out of memory while looking for sequences");
}

static int compare_bytes(const char *a, size_t a_length, const char *b, size_t b_length)
{
    int order = memcmp(a, b, a_length < b_length ? a_length : b_length);
    return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

static int compare_around(const numbered *a, const numbered *b)
{
    int order = compare_bytes(a->name, a->parts.digits_at, b->name, b->parts.digits_at);
    if (order != 0) {
        return order;
    }
    size_t a_at = (size_t)a->parts.digits_at + a->parts.digits_length;
    size_t b_at = (size_t)b->parts.digits_at + b->parts.digits_length;
    return compare_bytes(a->name + a_at, a->parts.length - a_at, b->name + b_at, b->parts.length - b_at);
}

/* Within a pattern: by width, by number, and by place where a name is given twice. */
static int by_frame(const void *left, const void *right)
{
    const numbered *a = left, *b = right;
    if (a->width != b->width) {
        return a->width < b->width ? -1 : 1;
    }
    if (a->parts.number != b->parts.number) {
        return a->parts.number < b->parts.number ? -1 : 1;
    }
    return (a->file > b->file) - (a->file < b->file);
}

static int by_pattern(const void *left, const void *right)
{
    int order = compare_around(left, right);
    return order != 0 ? order : by_frame(left, right);
}

/* The parts of `names` that have a number; returns how many. */
static size_t collect(const vt_scan_file *files, size_t count, numbered *found)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        numbered *it = &found[kept];
        if (!files[i].special &&
            vt_sequence_name_parse(files[i].name, files[i].name_length, &it->parts, NULL)) {
            it->name = files[i].name;
            it->file = (uint32_t)i;
            it->width = 0;
            kept++;
        }
    }
    return kept;
}

/* Decides for names with equal prefix and suffix how each is padded. True if all are alike. */
static bool settle_widths(numbered *names, size_t count)
{
    uint8_t fitting[VT_SEQUENCE_NAME_MAX + 1] = {0}; /* by digits: the widest padding that writes them so */
    uint32_t shortest = VT_SEQUENCE_NAME_MAX, longest = 0;
    for (size_t i = 0; i < count; i++) {
        if (vt_sequence_name_is_padded(names[i].name, &names[i].parts)) {
            fitting[names[i].parts.digits_length] = names[i].parts.digits_length;
        }
    }
    for (size_t i = 1; i <= VT_SEQUENCE_NAME_MAX; i++) {
        fitting[i] = fitting[i] ? fitting[i] : fitting[i - 1];
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t digits = names[i].parts.digits_length;
        names[i].width = fitting[digits];
        if (names[i].width == 0) {
            shortest = digits < shortest ? digits : shortest;
            longest = digits > longest ? digits : longest;
        }
    }
    bool alike = true;
    for (size_t i = 0; i < count; i++) {
        if (names[i].width == 0) {
            names[i].width =
                shortest == longest ? longest : 1; /* 1001 to 1240 are four digits, 9 to 11 none */
        }
        alike = alike && names[i].width == names[0].width;
    }
    return alike;
}

/* Fills the members and ranges of the series `names`; a name given a second time stays a single file. */
static bool gather(grouping *at, const numbered *names, size_t count, vt_sequence_series *series)
{
    uint32_t *members = at->list->places + at->list->member_count;
    at->ranges.count = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t frame = names[i].parts.number;
        if (i > 0 && frame == names[i - 1].parts.number) {
            continue;
        }
        if (!vt_sequence_ranges_extend(&at->ranges, frame, frame, at->error)) {
            return false;
        }
        series->padded = series->padded || vt_sequence_name_is_padded(names[i].name, &names[i].parts);
        members[series->count++] = names[i].file;
    }
    series->members = members;
    series->gaps = at->ranges.count - 1;
    return true;
}

static size_t count_ranges(const numbered *names, size_t count)
{
    size_t ranges = 1;
    for (size_t i = 1; i < count; i++) {
        ranges += names[i].parts.number - names[i - 1].parts.number > 1;
    }
    return ranges;
}

static bool keep(grouping *at, const vt_sequence_series *series)
{
    vt_sequences *list = at->list;
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 16;
        vt_sequence *sequences = realloc(list->sequences, capacity * sizeof *sequences);
        if (!sequences) {
            return out_of_memory(at->error);
        }
        list->sequences = sequences;
        list->capacity = capacity;
    }
    size_t bytes = at->ranges.count * sizeof *at->ranges.items;
    vt_sequence_range *ranges = vt_arena_alloc(list->arena, bytes);
    if (!ranges) {
        return out_of_memory(at->error);
    }
    memcpy(ranges, at->ranges.items, bytes);
    list->sequences[list->count++] = (vt_sequence){.pattern = series->pattern,
                                                   .ranges = {ranges, at->ranges.count, 0},
                                                   .members = series->members,
                                                   .count = (uint32_t)series->count};
    list->member_count += series->count;
    for (size_t i = 0; i < series->count; i++) {
        at->taken[series->members[i]] = true;
    }
    return true;
}

/* Looks at files numbered alike, in order. False when memory runs out. */
static bool settle_series(grouping *at, const numbered *names, size_t count)
{
    if (count < at->options.members_min) {
        return true;
    }
    vt_sequence_series series = {
        .pattern = vt_sequence_pattern_of(names[0].name, &names[0].parts, names[0].width),
        .name = names[0].name,
        .parts = names[0].parts,
        .format = vt_format_of_name(names[0].name),
        .files = at->files,
    };
    const vt_format_info *info = vt_format_get(series.format);
    vt_sequence_verdict verdict = VT_SEQUENCE_TAKEN;
    if (!info || info->kind != VT_KIND_IMAGE) {
        verdict = VT_SEQUENCE_NO_IMAGES;
    } else if (count_ranges(names, count) > VT_SEQUENCE_RANGES_MAX) {
        verdict = VT_SEQUENCE_SCATTERED;
    } else if (!gather(at, names, count, &series)) {
        return false;
    } else if (series.count < at->options.members_min) {
        return true;
    } else if (at->options.mode == VT_SEQUENCE_CAREFUL) {
        verdict = vt_sequence_judge(&series);
    }
    if (verdict != VT_SEQUENCE_TAKEN) {
        at->list->refused[verdict]++;
        return true;
    }
    return keep(at, &series);
}

/* The same for names with equal prefix and suffix, which may be padded in several ways. */
static bool settle_pattern(grouping *at, numbered *names, size_t count)
{
    if (count < at->options.members_min) {
        return true;
    }
    if (!settle_widths(names, count)) {
        qsort(names, count, sizeof *names, by_frame);
    }
    bool on = true;
    for (size_t first = 0, end; on && first < count; first = end) {
        for (end = first + 1; end < count && names[end].width == names[first].width; end++) {
        }
        on = settle_series(at, names + first, end - first);
    }
    return on;
}

static bool settle_all(grouping *at, size_t count, numbered *names)
{
    size_t found = collect(at->files, count, names);
    qsort(names, found, sizeof *names, by_pattern);
    bool on = true;
    for (size_t first = 0, end; on && first < found; first = end) {
        for (end = first + 1; end < found && compare_around(&names[first], &names[end]) == 0; end++) {
        }
        on = settle_pattern(at, names + first, end - first);
    }
    return on;
}

/* Puts the files that are in no sequence behind the members. */
static void add_singles(vt_sequences *list, const bool *taken)
{
    size_t at = list->member_count;
    for (size_t i = 0; i < list->file_count; i++) {
        if (!taken[i]) {
            list->places[at++] = (uint32_t)i;
        }
    }
}

static bool group(vt_sequences *list, const vt_scan_file *files, const vt_sequence_options *options,
                  vt_error *error)
{
    size_t count = list->file_count;
    grouping at = {.list = list, .files = files, .options = *options, .error = error};
    at.taken = calloc(count, sizeof *at.taken);
    numbered *names = at.options.mode == VT_SEQUENCE_OFF ? NULL : malloc(count * sizeof *names);
    bool on = at.taken && (names || at.options.mode == VT_SEQUENCE_OFF);
    if (!on) {
        out_of_memory(error);
    } else if (names) {
        on = settle_all(&at, count, names);
    }
    if (on) {
        add_singles(list, at.taken);
    }
    vt_sequence_ranges_clear(&at.ranges);
    free(names);
    free(at.taken);
    return on;
}

static bool check_options(const vt_sequence_options *options, vt_error *error)
{
    if ((unsigned)options->mode > VT_SEQUENCE_OFF) {
        return vt_error_set(error, VT_ERROR_USAGE, "there is no way %d to look for sequences",
                            (int)options->mode);
    }
    return options->members_min != 1 ||
           vt_error_set(error, VT_ERROR_USAGE, "sequences of one file asked for; the least is 2");
}

vt_sequences *vt_sequences_group(const vt_scan_file *files, size_t count, const vt_sequence_options *options,
                                 vt_error *error)
{
    vt_sequence_options chosen = *options;
    if (!check_options(&chosen, error)) {
        return NULL;
    }
    chosen.members_min = chosen.members_min ? chosen.members_min : VT_SEQUENCE_MEMBERS_MIN;
    if (count > UINT32_MAX) {
        vt_error_set(error, VT_ERROR_LIMIT, "a folder of %zu files; sequences are looked for in %u at most",
                     count, UINT32_MAX);
        return NULL;
    }
    vt_sequences *list = calloc(1, sizeof *list);
    if (!list) {
        out_of_memory(error);
        return NULL;
    }
    list->file_count = count;
    list->arena = vt_arena_create(0);
    list->places = malloc((count + 1) * sizeof *list->places); /* never of 0 bytes */
    if (!list->arena || !list->places) {
        out_of_memory(error);
    } else if (count == 0 || group(list, files, &chosen, error)) {
        return list;
    }
    vt_sequences_free(list);
    return NULL;
}

void vt_sequences_free(vt_sequences *list)
{
    if (list) {
        vt_arena_free(list->arena);
        free(list->sequences);
        free(list->places);
        free(list);
    }
}

size_t vt_sequences_count(const vt_sequences *list)
{
    return list->count;
}

const vt_sequence *vt_sequences_get(const vt_sequences *list, size_t index)
{
    return &list->sequences[index];
}

const uint32_t *vt_sequences_singles(const vt_sequences *list, size_t *count)
{
    *count = list->file_count - list->member_count;
    return list->places + list->member_count;
}

uint32_t vt_sequences_refused(const vt_sequences *list, vt_sequence_verdict verdict)
{
    return list->refused[verdict];
}
