/* Lists of frames and frame rates of any text: each is refused with words and a place within it, or comes
   back from what is written of it; pieces of a list make it whole again. */
#include "core/sequence/frame_rate.h"
#include "core/sequence/sequence_ranges.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

static void require(bool condition)
{
    if (!condition) {
        abort();
    }
}

static bool is_same(const vt_sequence_ranges *a, const vt_sequence_ranges *b)
{
    return a->count == b->count && memcmp(a->items, b->items, a->count * sizeof *a->items) == 0;
}

static void check_form(const vt_sequence_ranges *ranges)
{
    require(ranges->count > 0);
    for (size_t i = 0; i < ranges->count; i++) {
        vt_sequence_range range = ranges->items[i];
        require(range.first >= 0 && range.first <= range.last);
        require(i == 0 || range.first > ranges->items[i - 1].last + 1);
        require(vt_sequence_ranges_contain(ranges, range.first) &&
                vt_sequence_ranges_contain(ranges, range.last));
        require(range.last == INT64_MAX || !vt_sequence_ranges_contain(ranges, range.last + 1));
    }
    int64_t last;
    require(vt_sequence_ranges_at(ranges, vt_sequence_ranges_frames(ranges) - 1, &last));
    require(last == ranges->items[ranges->count - 1].last);
    require(!vt_sequence_ranges_at(ranges, vt_sequence_ranges_frames(ranges), &last));
}

static void check_text(const vt_sequence_ranges *ranges)
{
    vt_str text = VT_STR_INIT;
    vt_sequence_ranges again = VT_SEQUENCE_RANGES_INIT;
    vt_sequence_ranges_append(ranges, &text);
    require(vt_sequence_ranges_parse(text.data, text.length, &again, NULL, NULL));
    require(is_same(ranges, &again));
    vt_sequence_ranges_clear(&again);
    vt_str_free(&text);
}

/* What is there and what is missing make all from the first to the last. */
static void check_missing(const vt_sequence_ranges *ranges)
{
    vt_sequence_ranges missing = VT_SEQUENCE_RANGES_INIT, whole = VT_SEQUENCE_RANGES_INIT;
    require(vt_sequence_ranges_missing(ranges, &missing, NULL));
    require(vt_sequence_ranges_join(ranges, &missing, &whole, NULL));
    require(whole.count == 1 && missing.count == ranges->count - 1);
    vt_sequence_ranges_clear(&whole);
    vt_sequence_ranges_clear(&missing);
}

static void check_pieces(const vt_sequence_ranges *ranges, vt_sequence_cut cut, int64_t frame)
{
    vt_sequence_range *pieces;
    size_t count;
    vt_error error = VT_ERROR_INIT;
    if (!vt_sequence_ranges_split(ranges, cut, frame, &pieces, &count, &error)) {
        require(error.code == VT_ERROR_USAGE || error.code == VT_ERROR_LIMIT);
        return;
    }
    vt_sequence_ranges joined = VT_SEQUENCE_RANGES_INIT;
    for (size_t i = 0; i < count; i++) {
        vt_sequence_ranges part = VT_SEQUENCE_RANGES_INIT, more = VT_SEQUENCE_RANGES_INIT;
        require(vt_sequence_ranges_clip(ranges, pieces[i], &part, NULL) && part.count > 0);
        require(vt_sequence_ranges_join(&part, &joined, &more, NULL));
        vt_sequence_ranges_clear(&part);
        vt_sequence_ranges_clear(&joined);
        joined = more;
    }
    require(is_same(ranges, &joined));
    vt_sequence_ranges_clear(&joined);
    free(pieces);
}

static void check_ranges(const char *text, size_t size)
{
    vt_sequence_ranges ranges = VT_SEQUENCE_RANGES_INIT;
    vt_error error = VT_ERROR_INIT;
    size_t position = 0;
    if (!vt_sequence_ranges_parse(text, size, &ranges, &position, &error)) {
        require(error.code == VT_ERROR_USAGE || error.code == VT_ERROR_LIMIT);
        require(error.message[0] && position <= size && ranges.count == 0);
        return;
    }
    check_form(&ranges);
    check_text(&ranges);
    check_missing(&ranges);
    if (ranges.count <= 64) {
        int64_t last = ranges.items[ranges.count - 1].last;
        check_pieces(&ranges, VT_SEQUENCE_CUT_BEFORE, ranges.items[0].first);
        check_pieces(&ranges, VT_SEQUENCE_CUT_BEFORE, ranges.items[0].last);
        check_pieces(&ranges, VT_SEQUENCE_CUT_BEFORE, last / 2 + 1);
        check_pieces(&ranges, VT_SEQUENCE_CUT_BEFORE, last);
        check_pieces(&ranges, VT_SEQUENCE_CUT_GAPS, 0);
        if (vt_sequence_ranges_frames(&ranges) <= 256) {
            check_pieces(&ranges, VT_SEQUENCE_CUT_SINGLES, 0);
        }
    }
    vt_sequence_ranges_clear(&ranges);
}

static void check_rate(const char *text, size_t size)
{
    vt_frame_rate rate, again;
    vt_error error = VT_ERROR_INIT;
    size_t position = 0;
    char written[VT_FRAME_RATE_TEXT];
    if (!vt_frame_rate_parse(text, size, &rate, &position, &error)) {
        require((error.code == VT_ERROR_USAGE || error.code == VT_ERROR_LIMIT) && error.message[0]);
        require(position <= size);
        return;
    }
    size_t length = vt_frame_rate_format(rate, written);
    require(length < sizeof written && vt_frame_rate_parse(written, length, &again, NULL, NULL));
    require(rate.numerator == again.numerator && rate.denominator == again.denominator);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    /* A copy of its own, so that a sanitizer sees a step beyond its end. */
    char *text = malloc(size ? size : 1);
    require(text != NULL);
    if (size) {
        memcpy(text, bytes, size);
    }
    check_ranges(text, size);
    check_rate(text, size);
    free(text);
    return 0;
}
