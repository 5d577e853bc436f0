#include "app/cli/sequence_output.h"

#include "core/base/str.h"
#include "core/sequence/frame_rate.h"
#include "core/sequence/sequence_ranges.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* What is read of a row. `missing` is "" where no frame is. */
typedef struct said {
    vt_sequence_ranges frames;
    vt_str missing;
    vt_frame_rate rate;
    char rate_text[VT_FRAME_RATE_TEXT];
    bool rate_is_set;
} said;

static bool read_row(const vt_sequence_row *row, said *to)
{
    vt_sequence_ranges missing = VT_SEQUENCE_RANGES_INIT;
    *to = (said){.frames = VT_SEQUENCE_RANGES_INIT, .missing = VT_STR_INIT, .rate = VT_FRAME_RATE_DEFAULT};
    to->rate_is_set = row->rate_numerator > 0 &&
                      vt_frame_rate_make(row->rate_numerator, row->rate_denominator, &to->rate, NULL);
    vt_frame_rate_format(to->rate, to->rate_text);
    bool read = vt_sequence_ranges_parse(row->ranges, strlen(row->ranges), &to->frames, NULL, NULL) &&
                vt_sequence_ranges_missing(&to->frames, &missing, NULL);
    if (read) {
        vt_sequence_ranges_append(&missing, &to->missing);
    }
    vt_sequence_ranges_clear(&missing);
    return read && !to->missing.failed;
}

static void forget(said *of)
{
    vt_sequence_ranges_clear(&of->frames);
    vt_str_free(&of->missing);
}

void vt_cli_sequence_members(vt_json_writer *json, const vt_sequence_row *row)
{
    said of;
    if (!row) {
        return;
    }
    if (read_row(row, &of)) {
        const vt_sequence_ranges *frames = &of.frames;
        vt_json_key(json, "first_frame");
        vt_json_int(json, frames->items[0].first);
        vt_json_key(json, "last_frame");
        vt_json_int(json, frames->items[frames->count - 1].last);
        vt_json_key(json, "range");
        vt_json_string(json, row->ranges);
        vt_json_key(json, "gaps");
        vt_json_string(json, of.missing.length ? of.missing.data : "");
        vt_json_key(json, "poster");
        vt_json_int(json, row->poster);
        vt_json_key(json, "frame_rate");
        vt_json_string(json, of.rate_text);
        vt_json_key(json, "frame_rate_set");
        vt_json_bool(json, of.rate_is_set);
    }
    forget(&of);
}

void vt_cli_sequence_lines(const vt_sequence_row *row)
{
    said of;
    if (!row) {
        return;
    }
    if (read_row(row, &of)) {
        uint64_t count = vt_sequence_ranges_frames(&of.frames);
        printf("frames      %" PRIu64 ": %s\n", count, row->ranges);
        printf("gaps        %s\n", of.missing.length ? of.missing.data : "none");
        printf("rate        %s frames a second%s, %.2f s\n", of.rate_text, of.rate_is_set ? "" : " (not set)",
               (double)count * of.rate.denominator / of.rate.numerator);
        printf("shown       frame %" PRId64 "\n", row->poster);
    }
    forget(&of);
}
