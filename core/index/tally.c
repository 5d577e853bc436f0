#include "core/index/tally_private.h"

#include "core/base/clock.h"
#include "core/index/radix.h"
#include "core/index/zone.h"

#include <stdlib.h>
#include <string.h>

#define DAY_NS (INT64_C(86400) * VT_NS_PER_S)

/* Counters by number: room for `count`, all 0. */
static uint32_t *counters(uint32_t count)
{
    return calloc(count ? count : 1, sizeof(uint32_t));
}

/* ---- the pass over the rows, chunk by chunk ---- */

/* Rows of a chunk that count. */
typedef struct chosen_rows {
    const vt_chunk *chunk;
    const vt_file_block *file; /* NULL as in a snapshot */
    const vt_user_block *user;
    uint32_t count;
    uint16_t at[VT_CHUNK_ROWS];
} chosen_rows;

static void count_bytes(const chosen_rows *rows, const uint8_t *column, uint32_t counts[VT_TALLY_VALUES])
{
    for (uint32_t i = 0; i < rows->count; i++) {
        counts[column[rows->at[i]]]++;
    }
}

/* Without a block all rows have number 0. */
static void count_numbers(const chosen_rows *rows, const uint32_t *column, uint32_t *counts)
{
    if (!column) {
        counts[0] += rows->count;
        return;
    }
    for (uint32_t i = 0; i < rows->count; i++) {
        counts[column[rows->at[i]]]++;
    }
}

static void count_watertight(const chosen_rows *rows, uint32_t counts[VT_TALLY_VALUES])
{
    for (uint32_t i = 0; i < rows->count; i++) {
        uint32_t at = rows->at[i];
        counts[rows->chunk->watertight[at]] += rows->chunk->kind[at] == VT_KIND_MODEL;
    }
}

static void count_days(const chosen_rows *rows, uint32_t *days)
{
    for (uint32_t i = 0; i < rows->count; i++) {
        uint32_t at = rows->at[i];
        bool taken = rows->file && rows->file->taken[at] != VT_TAKEN_UNKNOWN;
        int64_t date = taken ? rows->file->taken[at] : vt_zone_clock(rows->chunk->mtime[at]);
        int64_t day = date / DAY_NS - (date % DAY_NS < 0);
        days[day + VT_DAYS_AROUND]++;
    }
}

static void count_rows(vt_tally *tally, const chosen_rows *rows, const vt_tally_counts *counts)
{
    const vt_chunk *chunk = rows->chunk;
    tally->items += rows->count;
    count_bytes(rows, chunk->rating, tally->facets[VT_FACET_RATING]);
    count_bytes(rows, chunk->kind, tally->facets[VT_FACET_KIND]);
    count_bytes(rows, chunk->format, tally->facets[VT_FACET_FORMAT]);
    count_bytes(rows, chunk->state, tally->facets[VT_FACET_STATE]);
    count_watertight(rows, tally->facets[VT_FACET_WATERTIGHT]);
    if (rows->user) {
        count_bytes(rows, rows->user->label, tally->facets[VT_FACET_LABEL]);
    } else {
        tally->facets[VT_FACET_LABEL][0] += rows->count;
    }
    count_numbers(rows, chunk->folder, tally->folders);
    count_numbers(rows, rows->user ? rows->user->tags : NULL, counts->tag_sets);
    count_numbers(rows, rows->user ? rows->user->albums : NULL, counts->album_sets);
    count_numbers(rows, rows->file ? rows->file->camera : NULL, counts->cameras);
    count_days(rows, counts->days);
}

/* A bit for each row that the view shows. NULL when memory runs out. */
static uint64_t *rows_of_view(const vt_view *view, uint32_t rows)
{
    uint64_t *shown = calloc((size_t)rows / 64 + 1, sizeof *shown);
    uint32_t block[1024];
    uint32_t next = 0;
    size_t count = shown ? vt_view_read_rows(view, &next, block, sizeof block / sizeof *block) : 0;
    while (count) {
        for (size_t i = 0; i < count; i++) {
            shown[block[i] / 64] |= UINT64_C(1) << (block[i] & 63);
        }
        count = vt_view_read_rows(view, &next, block, sizeof block / sizeof *block);
    }
    return shown;
}

static void choose_rows(chosen_rows *rows, const vt_snapshot *snapshot, uint32_t first, const uint64_t *shown)
{
    uint32_t left = snapshot->count - first;
    uint32_t count = left < VT_CHUNK_ROWS ? left : VT_CHUNK_ROWS;
    rows->chunk = vt_snapshot_chunk(snapshot, first);
    rows->file = vt_snapshot_file_block(snapshot, first);
    rows->user = vt_snapshot_user_block(snapshot, first);
    rows->count = 0;
    if (!shown) {
        for (uint32_t at = 0; at < count; at++) {
            rows->at[rows->count] = (uint16_t)at;
            rows->count += !rows->chunk->removed[at];
        }
        return;
    }
    for (uint32_t at = 0; at < count; at += 64) {
        for (uint64_t word = shown[(first + at) / 64]; word; word &= word - 1) {
            rows->at[rows->count++] = (uint16_t)(at + (uint32_t)__builtin_ctzll(word));
        }
    }
}

static bool no_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "no memory to count the library");
}

/* `shown`: NULL for all rows. */
static bool count_all(vt_tally *tally, const uint64_t *shown, chosen_rows *rows,
                      const vt_tally_counts *counts, const atomic_bool *cancelled, vt_error *error)
{
    const vt_snapshot *snapshot = tally->snapshot;
    for (uint32_t first = 0; first < snapshot->count; first += VT_CHUNK_ROWS) {
        if (vt_is_cancelled(cancelled)) {
            return vt_error_set(error, VT_ERROR_CANCELLED, "counting was cancelled");
        }
        choose_rows(rows, snapshot, first, shown);
        count_rows(tally, rows, counts);
    }
    return vt_tally_complete(tally, counts) || no_memory(error);
}

static bool fill(vt_tally *tally, const vt_view *view, const atomic_bool *cancelled, vt_error *error)
{
    const vt_snapshot *snapshot = tally->snapshot;
    const vt_tally_counts counts = {
        .tag_sets = counters(snapshot->tag_set_count),
        .album_sets = counters(snapshot->album_set_count),
        .cameras = counters(snapshot->camera_count),
        .days = counters(2 * VT_DAYS_AROUND),
    };
    tally->folders = counters(snapshot->folder_count);
    uint64_t *shown = view ? rows_of_view(view, snapshot->count) : NULL;
    chosen_rows *rows = malloc(sizeof *rows);
    bool done = false;
    if (counts.tag_sets && counts.album_sets && counts.cameras && counts.days && tally->folders && rows &&
        (shown || !view)) {
        done = count_all(tally, shown, rows, &counts, cancelled, error);
    } else {
        no_memory(error);
    }
    free(rows);
    free(shown);
    free(counts.tag_sets);
    free(counts.album_sets);
    free(counts.cameras);
    free(counts.days);
    return done;
}

const vt_tally *vt_tally_create(const vt_snapshot *snapshot, const vt_view *view,
                                const atomic_bool *cancelled, vt_error *error)
{
    vt_tally *tally = calloc(1, sizeof *tally);
    if (!tally) {
        no_memory(error);
        return NULL;
    }
    atomic_init(&tally->references, 1);
    tally->snapshot = vt_snapshot_retain(view ? vt_view_snapshot(view) : snapshot);
    if (!fill(tally, view, cancelled, error)) {
        vt_tally_release(tally);
        return NULL;
    }
    return tally;
}

const vt_tally *vt_tally_retain(const vt_tally *tally)
{
    /* The count is the one part of a tally that changes; to its readers it is const. */
    atomic_fetch_add_explicit(&((vt_tally *)tally)->references, 1, memory_order_relaxed);
    return tally;
}

void vt_tally_release(const vt_tally *tally)
{
    vt_tally *own = (vt_tally *)tally;
    if (!own || atomic_fetch_sub_explicit(&own->references, 1, memory_order_acq_rel) != 1) {
        return;
    }
    free(own->folders);
    free(own->folders_before);
    free(own->folders_deep);
    free(own->tags);
    free(own->tags_deep);
    free(own->albums);
    free(own->album_order);
    free(own->cameras);
    for (int i = 0; i < VT_TALLY_SPANS; i++) {
        free(own->dates[i].dates);
    }
    vt_folder_order_release(own->folder_order);
    vt_snapshot_release(own->snapshot);
    free(own);
}

const vt_snapshot *vt_tally_snapshot(const vt_tally *tally)
{
    return tally->snapshot;
}

uint32_t vt_tally_items(const vt_tally *tally)
{
    return tally->items;
}

uint32_t vt_tally_of(const vt_tally *tally, vt_facet facet, unsigned value)
{
    return (unsigned)facet < VT_FACET_COUNT && value < VT_TALLY_VALUES ? tally->facets[facet][value] : 0;
}

uint32_t vt_tally_folder(const vt_tally *tally, uint32_t folder)
{
    return tally->folders[folder];
}

uint32_t vt_tally_folder_deep(const vt_tally *tally, uint32_t folder)
{
    return tally->folders_deep[folder];
}

uint32_t vt_tally_below(const vt_tally *tally, const char *path, size_t length)
{
    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    uint32_t first = 0;
    uint32_t end = vt_folder_order_below(tally->folder_order, tally->snapshot->folders, path, length, &first);
    return tally->folders_before[end] - tally->folders_before[first];
}

uint32_t vt_tally_tag(const vt_tally *tally, uint32_t tag)
{
    return tally->tags[tag];
}

uint32_t vt_tally_tag_deep(const vt_tally *tally, uint32_t tag)
{
    return tally->tags_deep[tag];
}

uint32_t vt_tally_untagged(const vt_tally *tally)
{
    return tally->untagged;
}

const vt_tag_order *vt_tally_tags(const vt_tally *tally)
{
    return tally->tag_order;
}

uint32_t vt_tally_album(const vt_tally *tally, uint32_t album)
{
    return tally->albums[album];
}

const uint32_t *vt_tally_albums(const vt_tally *tally, uint32_t *count)
{
    *count = tally->album_order_count;
    return tally->album_order;
}

const vt_tally_camera *vt_tally_cameras(const vt_tally *tally, uint32_t *count)
{
    *count = tally->camera_count;
    return tally->cameras;
}

const vt_tally_date *vt_tally_dates(const vt_tally *tally, vt_tally_span span, uint32_t *count)
{
    *count = tally->dates[span].count;
    return tally->dates[span].dates;
}
