#include "core/sequence/sequence_ranges.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

void vt_sequence_ranges_clear(vt_sequence_ranges *ranges)
{
    free(ranges->items);
    *ranges = (vt_sequence_ranges)VT_SEQUENCE_RANGES_INIT;
}

static bool push(vt_sequence_ranges *ranges, vt_sequence_range range, vt_error *error)
{
    if (ranges->count == VT_SEQUENCE_RANGES_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT, "more than %zu ranges of frames", VT_SEQUENCE_RANGES_MAX);
    }
    if (ranges->count == ranges->capacity) {
        size_t capacity = ranges->capacity ? ranges->capacity * 2 : 4;
        vt_sequence_range *items = realloc(ranges->items, capacity * sizeof *items);
        if (!items) {
            return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a list of frames");
        }
        ranges->items = items;
        ranges->capacity = capacity;
    }
    ranges->items[ranges->count++] = range;
    return true;
}

bool vt_sequence_ranges_extend(vt_sequence_ranges *ranges, int64_t first, int64_t last, vt_error *error)
{
    vt_sequence_range *end = ranges->count > 0 ? &ranges->items[ranges->count - 1] : NULL;
    if (first < 0 || last < first || (end && first <= end->last)) {
        return vt_error_set(error, VT_ERROR_USAGE,
                            "frames %" PRId64 " to %" PRId64 " do not follow on what is in the list", first,
                            last);
    }
    if (end && first - 1 == end->last) {
        end->last = last;
        return true;
    }
    return push(ranges, (vt_sequence_range){first, last}, error);
}

/* Text while it is read. */
typedef struct cursor {
    const char *text;
    size_t at, length;
} cursor;

static void skip_spaces(cursor *in)
{
    while (in->at < in->length && in->text[in->at] == ' ') {
        in->at++;
    }
}

static bool take_char(cursor *in, char c)
{
    bool is_there = in->at < in->length && in->text[in->at] == c;
    in->at += is_there;
    return is_there;
}

static bool expected(const cursor *in, const char *what, vt_error *error)
{
    return vt_error_set(error, VT_ERROR_USAGE,
                        "expected %s at character %zu of the frames; write them like 1-120,124-240", what,
                        in->at + 1);
}

static bool read_frame(cursor *in, int64_t *frame, vt_error *error)
{
    skip_spaces(in);
    size_t first = in->at;
    *frame = 0;
    for (; in->at < in->length && in->text[in->at] >= '0' && in->text[in->at] <= '9'; in->at++) {
        int64_t digit = in->text[in->at] - '0';
        if (*frame > (INT64_MAX - digit) / 10) {
            in->at = first;
            return vt_error_set(error, VT_ERROR_LIMIT,
                                "the frame number at character %zu is larger than %" PRId64, first + 1,
                                INT64_MAX);
        }
        *frame = *frame * 10 + digit;
    }
    if (in->at == first) {
        return expected(in, "a frame number", error);
    }
    skip_spaces(in);
    return true;
}

static bool read_range(cursor *in, vt_sequence_range *range, vt_error *error)
{
    skip_spaces(in);
    size_t first = in->at;
    if (!read_frame(in, &range->first, error)) {
        return false;
    }
    range->last = range->first;
    if (take_char(in, '-') && !read_frame(in, &range->last, error)) {
        return false;
    }
    if (range->last < range->first) {
        in->at = first;
        return vt_error_set(error, VT_ERROR_USAGE,
                            "the range at character %zu ends before it begins; write %" PRId64 "-%" PRId64,
                            first + 1, range->last, range->first);
    }
    return true;
}

static int by_first(const void *left, const void *right)
{
    const vt_sequence_range *a = left, *b = right;
    return (a->first > b->first) - (a->first < b->first);
}

/* Sorts, and makes one of those that touch or overlap. */
static void normalise(vt_sequence_ranges *ranges)
{
    qsort(ranges->items, ranges->count, sizeof *ranges->items, by_first);
    size_t kept = 0;
    for (size_t i = 1; i < ranges->count; i++) {
        vt_sequence_range *end = &ranges->items[kept], next = ranges->items[i];
        if (next.first > 0 && next.first - 1 > end->last) {
            ranges->items[++kept] = next;
        } else if (next.last > end->last) {
            end->last = next.last;
        }
    }
    ranges->count = kept + 1;
}

static bool read_ranges(cursor *in, vt_sequence_ranges *ranges, vt_error *error)
{
    do {
        vt_sequence_range range;
        if (!read_range(in, &range, error) || !push(ranges, range, error)) {
            return false;
        }
    } while (take_char(in, ','));
    return in->at == in->length || expected(in, "a comma or the end", error);
}

bool vt_sequence_ranges_parse(const char *text, size_t length, vt_sequence_ranges *ranges, size_t *position,
                              vt_error *error)
{
    cursor in = {text, 0, length};
    ranges->count = 0;
    if (!read_ranges(&in, ranges, error)) {
        vt_sequence_ranges_clear(ranges);
        if (position) {
            *position = in.at;
        }
        return false;
    }
    normalise(ranges);
    return true;
}

void vt_sequence_ranges_append(const vt_sequence_ranges *ranges, vt_str *out)
{
    for (size_t i = 0; i < ranges->count; i++) {
        vt_sequence_range range = ranges->items[i];
        vt_str_appendf(out, "%s%" PRId64, i > 0 ? "," : "", range.first);
        if (range.last > range.first) {
            vt_str_appendf(out, "-%" PRId64, range.last);
        }
    }
}

/* Of one range: up to 2^63, so unsigned. */
static uint64_t frames_of(vt_sequence_range range)
{
    return (uint64_t)range.last - (uint64_t)range.first + 1;
}

uint64_t vt_sequence_ranges_frames(const vt_sequence_ranges *ranges)
{
    uint64_t frames = 0;
    for (size_t i = 0; i < ranges->count; i++) {
        frames += frames_of(ranges->items[i]);
    }
    return frames;
}

/* The first range that ends at `frame` or behind it; `count` if there is none. */
static size_t find(const vt_sequence_ranges *ranges, int64_t frame)
{
    size_t low = 0, high = ranges->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ranges->items[middle].last < frame) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool vt_sequence_ranges_contain(const vt_sequence_ranges *ranges, int64_t frame)
{
    size_t at = find(ranges, frame);
    return at < ranges->count && ranges->items[at].first <= frame;
}

bool vt_sequence_ranges_at(const vt_sequence_ranges *ranges, uint64_t index, int64_t *frame)
{
    for (size_t i = 0; i < ranges->count; i++) {
        uint64_t frames = frames_of(ranges->items[i]);
        if (index < frames) {
            *frame = ranges->items[i].first + (int64_t)index;
            return true;
        }
        index -= frames;
    }
    return false;
}

bool vt_sequence_ranges_missing(const vt_sequence_ranges *ranges, vt_sequence_ranges *missing,
                                vt_error *error)
{
    for (size_t i = 1; i < ranges->count; i++) {
        vt_sequence_range gap = {ranges->items[i - 1].last + 1, ranges->items[i].first - 1};
        if (!push(missing, gap, error)) {
            vt_sequence_ranges_clear(missing);
            return false;
        }
    }
    return true;
}

bool vt_sequence_ranges_clip(const vt_sequence_ranges *ranges, vt_sequence_range within,
                             vt_sequence_ranges *part, vt_error *error)
{
    for (size_t i = find(ranges, within.first); i < ranges->count; i++) {
        vt_sequence_range range = ranges->items[i];
        if (range.first > within.last) {
            break;
        }
        range.first = range.first < within.first ? within.first : range.first;
        range.last = range.last > within.last ? within.last : range.last;
        if (!push(part, range, error)) {
            vt_sequence_ranges_clear(part);
            return false;
        }
    }
    return true;
}

bool vt_sequence_ranges_join(const vt_sequence_ranges *a, const vt_sequence_ranges *b,
                             vt_sequence_ranges *joined, vt_error *error)
{
    size_t i = 0, j = 0;
    while (i < a->count || j < b->count) {
        bool from_a = j == b->count || (i < a->count && a->items[i].first < b->items[j].first);
        vt_sequence_range next = from_a ? a->items[i++] : b->items[j++];
        int64_t last = joined->count > 0 ? joined->items[joined->count - 1].last : -1;
        bool joins = next.first > last ? vt_sequence_ranges_extend(joined, next.first, next.last, error)
                                       : vt_error_set(error, VT_ERROR_USAGE,
                                                      "frame %" PRId64 " is in both: these are no two parts "
                                                      "of one sequence",
                                                      next.first);
        if (!joins) {
            vt_sequence_ranges_clear(joined);
            return false;
        }
    }
    return true;
}

/* Room for `count` pieces; the caller fills them. */
static vt_sequence_range *pieces_create(uint64_t count, vt_error *error)
{
    if (count > VT_SEQUENCE_PIECES_MAX) {
        vt_error_set(error, VT_ERROR_LIMIT, "a split into %" PRIu64 " pieces; %zu is the limit", count,
                     VT_SEQUENCE_PIECES_MAX);
        return NULL;
    }
    vt_sequence_range *pieces = malloc((size_t)count * sizeof *pieces);
    if (!pieces) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the pieces of a sequence");
    }
    return pieces;
}

static vt_sequence_range *split_before(const vt_sequence_ranges *ranges, int64_t frame, vt_error *error)
{
    vt_sequence_range whole = {ranges->items[0].first, ranges->items[ranges->count - 1].last};
    if (frame <= whole.first || frame > whole.last) {
        vt_error_set(error, VT_ERROR_USAGE,
                     "a cut before frame %" PRId64 " leaves nothing %s it; the frames are %" PRId64
                     " to %" PRId64,
                     frame, frame <= whole.first ? "before" : "behind", whole.first, whole.last);
        return NULL;
    }
    vt_sequence_range *pieces = pieces_create(2, error);
    if (pieces) {
        size_t at = find(ranges, frame);
        bool inside = ranges->items[at].first < frame;
        pieces[0] = (vt_sequence_range){whole.first, inside ? frame - 1 : ranges->items[at - 1].last};
        pieces[1] = (vt_sequence_range){inside ? frame : ranges->items[at].first, whole.last};
    }
    return pieces;
}

static vt_sequence_range *split_singles(const vt_sequence_ranges *ranges, uint64_t frames, vt_error *error)
{
    vt_sequence_range *pieces = pieces_create(frames, error);
    size_t count = 0;
    for (size_t i = 0; pieces && i < ranges->count; i++) {
        for (uint64_t k = 0; k < frames_of(ranges->items[i]); k++) {
            int64_t frame = ranges->items[i].first + (int64_t)k;
            pieces[count++] = (vt_sequence_range){frame, frame};
        }
    }
    return pieces;
}

bool vt_sequence_ranges_split(const vt_sequence_ranges *ranges, vt_sequence_cut cut, int64_t frame,
                              vt_sequence_range **pieces, size_t *count, vt_error *error)
{
    if (ranges->count == 0) {
        return vt_error_set(error, VT_ERROR_USAGE, "a sequence without frames cannot be split");
    }
    uint64_t frames = vt_sequence_ranges_frames(ranges);
    switch (cut) {
    case VT_SEQUENCE_CUT_BEFORE:
        *count = 2;
        *pieces = split_before(ranges, frame, error);
        break;
    case VT_SEQUENCE_CUT_GAPS:
        *count = ranges->count;
        *pieces = pieces_create(ranges->count, error);
        if (*pieces) {
            memcpy(*pieces, ranges->items, ranges->count * sizeof **pieces);
        }
        break;
    case VT_SEQUENCE_CUT_SINGLES:
        *count = (size_t)frames;
        *pieces = split_singles(ranges, frames, error);
        break;
    default:
        return vt_error_set(error, VT_ERROR_USAGE, "a sequence cannot be split in way %d", (int)cut);
    }
    return *pieces != NULL;
}
