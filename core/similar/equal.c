#include "core/similar/equal.h"

#include "core/index/radix.h"
#include "core/similar/equal_file.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

typedef struct candidate {
    uint64_t size;
    uint64_t fingerprint;
    vt_equal_identity identity;
    vt_equal_digest digest;
    uint32_t item;
    bool skipped;
} candidate;

typedef struct search {
    const vt_equal_item *items;
    uint32_t item_count;
    const vt_equal_options *options;
    vt_equal_reader reader;
    candidate *candidates;
    uint32_t count;
    uint64_t done, total, partly; /* bytes; `partly`: of the file that is read now */
    vt_equal_result *result;
    vt_error *error;
} search;

static bool out_of_memory(search *at)
{
    return vt_error_set(at->error, VT_ERROR_MEMORY, "out of memory for comparing %u files", at->item_count);
}

static void report(search *at)
{
    if (at->options->progress) {
        uint64_t done = at->done + at->partly;
        at->options->progress(at->options->user, done < at->total ? done : at->total, at->total);
    }
}

static void note_read(void *user, uint64_t bytes)
{
    search *at = user;
    at->partly += bytes;
    at->result->bytes_read += bytes;
    report(at);
}

static int compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int compare_known(const void *a, const void *b)
{
    const candidate *x = a;
    const candidate *y = b;
    int order = compare_numbers(x->size, y->size);
    order = order ? order : compare_numbers(x->fingerprint, y->fingerprint);
    return order ? order : compare_numbers(x->item, y->item);
}

/* Hard links beside each other, in the order of the disk as far as inodes tell; what is skipped at the end.
 */
static int compare_identity(const void *a, const void *b)
{
    const candidate *x = a;
    const candidate *y = b;
    int order = (int)x->skipped - (int)y->skipped;
    order = order ? order : compare_numbers(x->identity.dev, y->identity.dev);
    order = order ? order : compare_numbers(x->identity.ino, y->identity.ino);
    return order ? order : compare_numbers(x->item, y->item);
}

static int compare_content(const void *a, const void *b)
{
    const candidate *x = a;
    const candidate *y = b;
    int order = (int)x->skipped - (int)y->skipped;
    order = order ? order : compare_numbers(x->digest.high, y->digest.high);
    order = order ? order : compare_numbers(x->digest.low, y->digest.low);
    return order ? order : compare_identity(a, b);
}

/* Where the candidates end that may be equal to that at `from`. Where a fingerprint of that size is not
   known, the others exclude nothing. Sorted by what is known, the unknown ones are first. */
static uint32_t end_of_class(const search *at, uint32_t from)
{
    const candidate *first = &at->candidates[from];
    uint32_t end = from + 1;
    while (end < at->count && at->candidates[end].size == first->size &&
           (first->fingerprint == 0 || at->candidates[end].fingerprint == first->fingerprint)) {
        end++;
    }
    return end;
}

/* Items that agree with another one in what is known. */
static bool collect(search *at)
{
    at->candidates = malloc(((size_t)at->item_count + 1) * sizeof *at->candidates);
    if (!at->candidates) {
        return out_of_memory(at);
    }
    for (uint32_t i = 0; i < at->item_count; i++) {
        if (at->items[i].size > 0) {
            at->candidates[at->count++] =
                (candidate){.size = at->items[i].size, .fingerprint = at->items[i].fingerprint, .item = i};
        }
    }
    qsort(at->candidates, at->count, sizeof *at->candidates, compare_known);
    uint32_t kept = 0;
    for (uint32_t from = 0, end; from < at->count; from = end) {
        end = end_of_class(at, from);
        for (uint32_t i = from; end - from > 1 && i < end; i++) {
            at->total += at->candidates[i].size;
            at->candidates[kept++] = at->candidates[i];
        }
    }
    at->count = kept;
    return true;
}

/* `result` has room for all candidates. */
static bool allocate_result(search *at)
{
    vt_equal_result *result = at->result;
    const size_t slots = (size_t)at->count + 1;
    result->groups = malloc(slots / 2 * sizeof *result->groups + sizeof *result->groups);
    result->members = malloc(slots * sizeof *result->members);
    result->skipped = malloc(slots * sizeof *result->skipped);
    return (result->groups && result->members && result->skipped) || out_of_memory(at);
}

static void skip(search *at, candidate *one, const vt_error *reason)
{
    one->skipped = true;
    at->done += one->size;
    at->result->skipped[at->result->skipped_count++] =
        (vt_equal_skipped){.item = one->item, .code = reason->code, .system = reason->system};
}

static bool same_file(const candidate *a, const candidate *b)
{
    return a->identity.dev == b->identity.dev && a->identity.ino == b->identity.ino;
}

/* Opens each; returns how many are left, which come first, or -1 when cancelled. */
static int64_t examine(search *at, candidate *of, uint32_t count)
{
    int64_t left = 0;
    for (uint32_t i = 0; i < count; i++) {
        vt_error reason = VT_ERROR_INIT;
        if (vt_is_cancelled(at->options->cancelled)) {
            vt_error_set(at->error, VT_ERROR_CANCELLED, "the search for equal files was stopped");
            return -1;
        }
        if (vt_equal_examine(&at->items[of[i].item], &of[i].identity, &reason)) {
            left++;
        } else {
            skip(at, &of[i], &reason);
        }
    }
    qsort(of, count, sizeof *of, compare_identity);
    return left;
}

/* Reads a file that has `count` paths, by the first of them that still leads to it. False: cancelled. */
static bool read_file(search *at, candidate *of, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        vt_error reason = VT_ERROR_INIT;
        at->partly = 0;
        bool done =
            vt_equal_read(&at->reader, &at->items[of[i].item], &of[i].identity, &of[i].digest, &reason);
        at->partly = 0;
        if (!done && reason.code == VT_ERROR_CANCELLED) {
            return vt_error_set(at->error, VT_ERROR_CANCELLED, "%s", reason.message);
        }
        if (!done) {
            skip(at, &of[i], &reason);
            continue;
        }
        at->result->files_read++;
        for (uint32_t k = i; k < count; k++) {
            of[k].digest = of[i].digest;
            at->done += of[k].size;
        }
        break;
    }
    report(at);
    return true;
}

/* What has one content becomes a group, if it is more than one item. */
static void add_group(search *at, const candidate *of, uint32_t count)
{
    vt_equal_result *result = at->result;
    if (count < 2) {
        return;
    }
    vt_equal_group group = {.size = of[0].size, .first = result->member_count, .count = count, .files = 1};
    for (uint32_t i = 0; i < count; i++) {
        group.files += i > 0 && !same_file(&of[i - 1], &of[i]);
        result->members[result->member_count++] =
            (vt_equal_member){.item = of[i].item, .file = group.files - 1};
    }
    result->groups[result->count++] = group;
}

/* Candidates of one size whose fingerprints do not tell them apart. */
static bool compare_class(search *at, candidate *of, uint32_t count)
{
    const int64_t left = examine(at, of, count);
    if (left < 0) {
        return false;
    }
    const uint32_t examined = (uint32_t)left;
    if (examined == 0 || same_file(&of[0], &of[examined - 1])) {
        at->done += of[0].size * examined;
        report(at);
        add_group(at, of, examined); /* nothing to compare one file with */
        return true;
    }
    for (uint32_t from = 0, end; from < examined; from = end) {
        for (end = from + 1; end < examined && same_file(&of[from], &of[end]);) {
            end++;
        }
        if (!read_file(at, of + from, end - from)) {
            return false;
        }
    }
    qsort(of, examined, sizeof *of, compare_content);
    for (uint32_t from = 0, end; from < examined && !of[from].skipped; from = end) {
        for (end = from + 1; end < examined && !of[end].skipped &&
                             memcmp(&of[from].digest, &of[end].digest, sizeof of[from].digest) == 0;) {
            end++;
        }
        add_group(at, of + from, end - from);
    }
    return true;
}

/* Digests differ from run to run: what they leave in any order is ordered by items. */
static int compare_groups(const void *a, const void *b, void *members)
{
    const vt_equal_group *x = a;
    const vt_equal_group *y = b;
    const vt_equal_member *all = members;
    int order = compare_numbers((y->files - 1) * y->size, (x->files - 1) * x->size);
    return order ? order : compare_numbers(all[x->first].item, all[y->first].item);
}

static int compare_skipped(const void *a, const void *b)
{
    const vt_equal_skipped *x = a;
    const vt_equal_skipped *y = b;
    return compare_numbers(x->item, y->item);
}

static bool find(search *at)
{
    if (!collect(at) || !allocate_result(at)) {
        return false;
    }
    if (getrandom(at->reader.secret, sizeof at->reader.secret, 0) != (ssize_t)sizeof at->reader.secret) {
        return vt_error_set(at->error, VT_ERROR_INTERNAL, "the system has no random numbers for a hash");
    }
    at->reader.block = malloc(VT_EQUAL_BLOCK);
    if (!at->reader.block) {
        return out_of_memory(at);
    }
    for (uint32_t from = 0, end; from < at->count; from = end) {
        end = end_of_class(at, from);
        if (!compare_class(at, at->candidates + from, end - from)) {
            return false;
        }
    }
    vt_equal_result *result = at->result;
    qsort_r(result->groups, result->count, sizeof *result->groups, compare_groups, result->members);
    qsort(result->skipped, result->skipped_count, sizeof *result->skipped, compare_skipped);
    return true;
}

bool vt_equal_find(const vt_equal_item *items, uint32_t count, const vt_equal_options *options,
                   vt_equal_result *result, vt_error *error)
{
    static const vt_equal_options nothing;
    search at = {.items = items,
                 .item_count = count,
                 .options = options ? options : &nothing,
                 .result = result,
                 .error = error};
    at.reader.cancelled = at.options->cancelled;
    at.reader.read = note_read;
    at.reader.user = &at;
    *result = (vt_equal_result){0};
    bool done = find(&at);
    free(at.candidates);
    free(at.reader.block);
    if (!done) {
        vt_equal_result_clear(result);
    }
    return done;
}

void vt_equal_result_clear(vt_equal_result *result)
{
    free(result->groups);
    free(result->members);
    free(result->skipped);
    *result = (vt_equal_result){0};
}
