#include "core/sequence/sequence.h"

#include "core/base/arena.h"
#include "core/decode/format.h"
#include "core/index/radix.h"
#include "core/sequence/sequence_claims.h"
#include "core/sequence/sequence_private.h"

#include <stdlib.h>
#include <string.h>

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
    bool *taken;                         /* per file: it is a member */
    vt_sequence_numbered *names, *alike; /* all of them; those that are looked at, in order */
    vt_entry *order, *spare;             /* of `names` */
    vt_sequence_ranges ranges;           /* of the series that is looked at */
    vt_error *error;
} grouping;

static bool out_of_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "out of memory while looking for sequences");
}

static int compare_around(const vt_sequence_numbered *a, const vt_sequence_numbered *b)
{
    int order = vt_sequence_compare_bytes(a->name, a->parts.digits_at, b->name, b->parts.digits_at);
    if (order != 0) {
        return order;
    }
    size_t a_at = (size_t)a->parts.digits_at + a->parts.digits_length;
    size_t b_at = (size_t)b->parts.digits_at + b->parts.digits_length;
    return vt_sequence_compare_bytes(a->name + a_at, a->parts.length - a_at, b->name + b_at,
                                     b->parts.length - b_at);
}

/* Within a pattern: by width, by number, and by place where a name is given twice. */
static int by_frame(const void *left, const void *right)
{
    const vt_sequence_numbered *a = left, *b = right;
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

uint64_t vt_sequence_hash(uint64_t hash, const char *bytes, size_t length)
{
    uint64_t word;
    size_t at = 0;
    for (; at + sizeof word <= length; at += sizeof word) {
        memcpy(&word, bytes + at, sizeof word);
        hash = vt_sequence_hash_word(hash, word);
    }
    word = 0;
    memcpy(&word, bytes + at, length - at);
    return vt_sequence_hash_word(vt_sequence_hash_word(hash, word), length);
}

static uint64_t hash_around(const vt_sequence_numbered *it)
{
    size_t suffix_at = (size_t)it->parts.digits_at + it->parts.digits_length;
    uint64_t hash = vt_sequence_hash(0, it->name, it->parts.digits_at);
    return vt_sequence_hash(hash, it->name + suffix_at, it->parts.length - suffix_at);
}

/* Takes the names apart that have a number; returns how many have. */
static uint32_t collect(grouping *at)
{
    uint32_t found = 0;
    for (size_t i = 0; i < at->list->file_count; i++) {
        const vt_scan_file *file = &at->files[i];
        vt_sequence_numbered *it = &at->names[found];
        if (!file->special && vt_sequence_name_parse(file->name, file->name_length, &it->parts, NULL)) {
            it->name = file->name;
            it->hash = hash_around(it);
            it->file = (uint32_t)i;
            it->width = 0;
            it->padded = vt_sequence_name_is_padded(it->name, &it->parts);
            found++;
        }
    }
    return found;
}

/* Brings together what is around the numbers, and the numbers in order. The sort is stable. */
static void sort_names(grouping *at, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        at->order[i] = (vt_entry){(uint64_t)at->names[i].parts.number, i};
    }
    vt_radix_sort(at->order, at->spare, count, NULL);
    for (uint32_t i = 0; i < count; i++) {
        at->order[i].key = at->names[at->order[i].index].hash;
    }
    vt_radix_sort(at->order, at->spare, count, NULL);
}

/* Fewer files than that are looked at by nobody. */
static size_t fewest(const grouping *at)
{
    return at->options.claim_count > 0 ? 1 : at->options.members_min;
}

/* ---- grouping ---- */

/* Decides for names with equal prefix and suffix how each is padded. True if all are alike. */
static bool settle_widths(vt_sequence_numbered *names, size_t count)
{
    uint8_t fitting[VT_SEQUENCE_NAME_MAX + 1] = {0}; /* by digits: the widest padding that writes them so */
    uint8_t shortest = VT_SEQUENCE_NAME_MAX, longest = 0;
    for (size_t i = 0; i < count; i++) {
        if (names[i].padded) {
            fitting[names[i].parts.digits_length] = names[i].parts.digits_length;
        }
    }
    for (size_t i = 1; i <= VT_SEQUENCE_NAME_MAX; i++) {
        fitting[i] = fitting[i] ? fitting[i] : fitting[i - 1];
    }
    for (size_t i = 0; i < count; i++) {
        uint8_t digits = names[i].parts.digits_length;
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
static bool gather(grouping *at, const vt_sequence_numbered *names, size_t count, vt_sequence_series *series)
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
        series->padded = series->padded || names[i].padded;
        members[series->count++] = names[i].file;
    }
    series->members = members;
    series->gaps = at->ranges.count - 1;
    return true;
}

static size_t count_ranges(const vt_sequence_numbered *names, size_t count)
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

/* How many files a series needs; SIZE_MAX: no number is enough. */
static size_t needed(const grouping *at, const vt_sequence_claim *claim)
{
    if (claim && claim->kept != VT_SEQUENCE_KEPT_SPLIT) {
        return claim->kept == VT_SEQUENCE_KEPT_KNOWN ? 1 : 2;
    }
    return at->options.mode == VT_SEQUENCE_OFF ? SIZE_MAX : at->options.members_min;
}

/* Looks at files numbered alike, in order; `claim` NULL: nothing is settled. False when memory runs out. */
static bool settle_series(grouping *at, const vt_sequence_numbered *names, size_t count,
                          const vt_sequence_claim *claim)
{
    size_t least = needed(at, claim);
    if (count < least) {
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
    } else if (claim && claim->kept == VT_SEQUENCE_KEPT_SPLIT) {
        verdict = VT_SEQUENCE_SPLIT;
    } else if (!gather(at, names, count, &series)) {
        return false;
    } else if (series.count < least) {
        return true;
    } else if (!claim && at->options.mode == VT_SEQUENCE_CAREFUL) {
        verdict = vt_sequence_judge(&series);
    }
    if (verdict != VT_SEQUENCE_TAKEN) {
        at->list->refused[verdict]++;
        return true;
    }
    return keep(at, &series);
}

/* The same for names with equal prefix and suffix, which may be padded in several ways. */
static bool settle_pattern(grouping *at, vt_sequence_numbered *names, size_t count)
{
    const vt_sequence_claim_range claims = vt_sequence_find_claims(&at->options, &names[0]);
    if (claims.count == 0 && count < at->options.members_min) {
        return true;
    }
    bool alike = settle_widths(names, count);
    vt_sequence_claim_widths(claims, names, count);
    if (!alike || claims.count > 0) {
        qsort(names, count, sizeof *names, by_frame);
    }
    bool on = true;
    for (size_t first = 0, end; on && first < count; first = end) {
        for (end = first + 1; end < count && names[end].width == names[first].width; end++) {
        }
        on = settle_series(at, names + first, end - first, vt_sequence_claim_of(claims, names[first].width));
    }
    return on;
}

/* The same for names with equal hashes, in the order of their numbers: names of several patterns only if
   somebody looked for such. Sorting those keeps them from costing more than names do. */
static bool settle_alike(grouping *at, vt_sequence_numbered *names, size_t count)
{
    size_t equal = 1;
    while (equal < count && compare_around(&names[0], &names[equal]) == 0) {
        equal++;
    }
    if (equal == count) {
        return settle_pattern(at, names, count);
    }
    qsort(names, count, sizeof *names, by_pattern);
    bool on = true;
    for (size_t first = 0, end; on && first < count; first = end) {
        for (end = first + 1; end < count && compare_around(&names[first], &names[end]) == 0; end++) {
        }
        on = settle_pattern(at, names + first, end - first);
    }
    return on;
}

static int by_shown_pattern(const void *left, const void *right)
{
    const vt_sequence_pattern *a = &((const vt_sequence *)left)->pattern;
    const vt_sequence_pattern *b = &((const vt_sequence *)right)->pattern;
    int order = vt_sequence_compare_bytes(a->prefix, a->prefix_length, b->prefix, b->prefix_length);
    if (order == 0) {
        order = vt_sequence_compare_bytes(a->suffix, a->suffix_length, b->suffix, b->suffix_length);
    }
    return order != 0 ? order : (a->width > b->width) - (a->width < b->width);
}

static bool settle_all(grouping *at)
{
    uint32_t found = collect(at);
    sort_names(at, found);
    bool on = true;
    for (size_t first = 0, end; on && first < found; first = end) {
        for (end = first + 1; end < found && at->order[end].key == at->order[first].key; end++) {
        }
        if (end - first >= fewest(at)) {
            for (size_t i = first; i < end; i++) {
                at->alike[i - first] = at->names[at->order[i].index];
            }
            on = settle_alike(at, at->alike, end - first);
        }
    }
    if (on && at->list->count > 1) {
        qsort(at->list->sequences, at->list->count, sizeof *at->list->sequences, by_shown_pattern);
    }
    return on;
}

static bool make_room(grouping *at)
{
    size_t count = at->list->file_count;
    at->taken = calloc(count, sizeof *at->taken);
    if (at->options.mode != VT_SEQUENCE_OFF || at->options.claim_count > 0) {
        at->names = malloc(count * sizeof *at->names);
        at->alike = malloc(count * sizeof *at->alike);
        at->order = malloc(count * sizeof *at->order);
        at->spare = malloc(count * sizeof *at->spare);
        if (!at->names || !at->alike || !at->order || !at->spare) {
            return out_of_memory(at->error);
        }
    }
    return at->taken || out_of_memory(at->error);
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
    grouping at = {.list = list, .files = files, .options = *options, .error = error};
    bool off = options->mode == VT_SEQUENCE_OFF && options->claim_count == 0;
    bool on = make_room(&at) && (off || settle_all(&at));
    if (on) {
        add_singles(list, at.taken);
    }
    vt_sequence_ranges_clear(&at.ranges);
    free(at.taken);
    free(at.names);
    free(at.alike);
    free(at.order);
    free(at.spare);
    return on;
}

static bool check_options(const vt_sequence_options *options, vt_error *error)
{
    if ((unsigned)options->mode > VT_SEQUENCE_EAGER) {
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
