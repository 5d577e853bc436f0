#include "core/index/view_private.h"

#include "core/base/path.h"
#include "core/index/albums.h"
#include "core/index/buffer.h"
#include "core/index/chunk.h"
#include "core/index/radix.h"
#include "core/index/stacks.h"

#include <stdlib.h>
#include <string.h>

static void release_picks(vt_view_picks *picks)
{
    if (atomic_fetch_sub_explicit(&picks->references, 1, memory_order_acq_rel) == 1) {
        vt_order_release(picks->order);
        vt_rank_bits_free(&picks->bits);
        vt_group_spans_free(&picks->spans);
        vt_stack_fold_free(&picks->fold);
        free(picks);
    }
}

static bool no_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "no memory for the list of what is shown");
}

/* Takes over a reference to `picks`. */
static const vt_view *create_view(vt_view_picks *picks, bool descending)
{
    vt_view *view = malloc(sizeof *view);
    if (!view) {
        release_picks(picks);
        return NULL;
    }
    atomic_init(&view->references, 1);
    view->picks = picks;
    view->descending = descending;
    return view;
}

/* ---- which rows ---- */

/* Rows of the index: a bit each, as vt_filter_match gives them. */
typedef struct row_bits {
    const vt_snapshot *snapshot;
    uint64_t *words; /* owned */
    uint32_t count;  /* of those that are set */
} row_bits;

static uint32_t word_count(const row_bits *rows)
{
    return vt_snapshot_count(rows->snapshot) / 64 + (vt_snapshot_count(rows->snapshot) % 64 != 0);
}

/* By folder: 1 if its items are to be shown. Owned by the caller; NULL when memory runs out. */
static uint8_t *choose_folders(const vt_snapshot *snapshot, const vt_view_request *request)
{
    int64_t id = request->folder_id;
    bool deep = request->folder_deep;
    uint32_t count = vt_snapshot_folder_count(snapshot);
    uint8_t *chosen = calloc(count ? count : 1, 1);
    if (!chosen) {
        return NULL;
    }
    const char *top = request->below;
    deep |= request->below != NULL;
    for (uint32_t i = 0; i < count && !top; i++) {
        const vt_folder *folder = vt_folders_at(snapshot->folders, i);
        if (folder->id == id) {
            chosen[i] = 1;
            top = folder->path;
        }
    }
    for (uint32_t i = 0; i < count && top && deep; i++) {
        chosen[i] = vt_path_is_below(vt_folders_at(snapshot->folders, i)->path, top);
    }
    return chosen;
}

static bool keep_folder(row_bits *rows, const vt_view_request *request, vt_error *error)
{
    uint8_t *chosen = choose_folders(rows->snapshot, request);
    if (!chosen) {
        return no_memory(error);
    }
    uint32_t words = word_count(rows);
    rows->count = 0;
    for (uint32_t word = 0; word < words; word++) {
        uint64_t kept = 0;
        for (uint64_t set = rows->words[word]; set; set &= set - 1) {
            uint32_t row = word * 64 + (uint32_t)__builtin_ctzll(set);
            bool in = chosen[vt_snapshot_folder_of(rows->snapshot, row)];
            kept |= (uint64_t)in << (row & 63);
            rows->count += in;
        }
        rows->words[word] = kept;
    }
    free(chosen);
    return true;
}

/* Keeps rows of the album. An album that is not there has none. */
static bool keep_album(row_bits *rows, uint32_t album, vt_error *error)
{
    vt_index_album of = {.row_count = 0};
    if (album != VT_INDEX_NO_ALBUM) {
        vt_snapshot_album(rows->snapshot, album, &of);
    }
    uint32_t words = word_count(rows);
    uint64_t *in = calloc((size_t)words + 1, sizeof *in);
    if (!in) {
        return no_memory(error);
    }
    rows->count = 0;
    for (uint32_t i = 0; i < of.row_count; i++) {
        uint64_t bit = UINT64_C(1) << (of.rows[i] & 63) & rows->words[of.rows[i] / 64];
        rows->count += bit != 0 && !(in[of.rows[i] / 64] & bit);
        in[of.rows[i] / 64] |= bit;
    }
    memcpy(rows->words, in, words * sizeof *in);
    free(in);
    return true;
}

static bool is_narrow(const vt_view_request *request)
{
    return (request->filter && !vt_filter_is_empty(request->filter)) || request->folder_id ||
           request->below || request->album_id;
}

static bool find_rows(row_bits *rows, const vt_view_request *request, uint32_t album,
                      const atomic_bool *cancelled, vt_error *error)
{
    return vt_filter_match(request->filter, rows->snapshot, cancelled, &rows->words, &rows->count, error) &&
           ((request->folder_id == 0 && !request->below) || keep_folder(rows, request, error)) &&
           (request->album_id == 0 || keep_album(rows, album, error));
}

/* ---- in which order ---- */

static uint32_t album_of(const vt_snapshot *snapshot, const vt_view_request *request)
{
    return request->album_id ? vt_snapshot_find_album(snapshot, request->album_id) : VT_INDEX_NO_ALBUM;
}

/* The rows lie so that their first key ascends; read backwards, all keys are the other way round, and so are
   the groups. */
static vt_order_key key_of(const vt_view_request *request, uint32_t album)
{
    vt_twin_kind twins;
    vt_order_key key = {.sorts = {{.key = request->key}},
                        .sort_count = 1,
                        .album = request->key == VT_SORT_ALBUM ? album : VT_INDEX_NO_ALBUM,
                        .group = {.by = request->group}};
    if (vt_group_twins(request->group, &twins)) { /* the best first, in whichever direction they are read */
        key.group.last_first = request->group_descending;
        key.group.read_backwards = request->descending;
    } else if (request->group != VT_GROUP_NONE) {
        key.group.last_first = request->group_descending != request->descending;
    }
    for (unsigned i = 0; i < request->then_count && key.sort_count < VT_SORT_KEYS_MAX; i++) {
        const vt_sort *then = &request->then[i];
        key.sorts[key.sort_count++] = (vt_sort){then->key, then->descending != request->descending};
        key.album = then->key == VT_SORT_ALBUM ? album : key.album;
    }
    return key;
}

/* Where what is open is put needs the place of its cover. */
static bool wants_places(const vt_view_request *request)
{
    return request->positions || request->stacks;
}

bool vt_view_order_serves(const vt_order *order, const vt_view_request *request)
{
    vt_order_key key = key_of(request, album_of(order->snapshot, request));
    return vt_order_is_of(order, &key) && (!wants_places(request) || order->places);
}

/* `*order` is NULL if there is none that could be brought up to this snapshot. */
static bool follow(const vt_snapshot *snapshot, const vt_view_request *request, vt_order **order,
                   const atomic_bool *cancelled, vt_error *error)
{
    return !request->order || !vt_view_order_serves(request->order, request) ||
           vt_order_follow(request->order, snapshot, order, cancelled, error);
}

/* Those of `found`; all if it is NULL. */
static vt_order *make_order(const vt_snapshot *snapshot, const vt_view_request *request, uint32_t album,
                            const row_bits *found, const atomic_bool *cancelled, vt_error *error)
{
    vt_order_key key = key_of(request, album);
    row_bits all = {.snapshot = snapshot};
    if (!found && !vt_filter_match(NULL, snapshot, cancelled, &all.words, &all.count, error)) {
        return NULL;
    }
    const row_bits *of = found ? found : &all;
    uint32_t *rows = vt_filter_rows(of->words, of->count);
    free(all.words);
    if (!rows) {
        no_memory(error);
        return NULL;
    }
    return vt_order_create(snapshot, &key, rows, of->count, !found, wants_places(request), cancelled, error);
}

/* The order that is at hand, or one of all rows; of the few that were found if those are so few that sorting
   them costs less than what it saves later. `found` may be NULL: everything is shown. */
static const vt_order *get_order(const vt_snapshot *snapshot, const vt_view_request *request, uint32_t album,
                                 const row_bits *found, const atomic_bool *cancelled, vt_error *error)
{
    enum { FEW = 16 };
    if (request->order && request->order->snapshot == snapshot &&
        vt_view_order_serves(request->order, request)) {
        return vt_order_retain(request->order);
    }
    if (found && found->count < vt_snapshot_count(snapshot) / FEW) {
        return make_order(snapshot, request, album, found, cancelled, error);
    }
    vt_order *followed = NULL;
    if (!follow(snapshot, request, &followed, cancelled, error)) {
        return NULL;
    }
    return followed ? followed : make_order(snapshot, request, album, NULL, cancelled, error);
}

/* ---- which of its places ---- */

/* From the order of rows into that of places: a pass without a jump further than the second level of cache
   reaches, for a million rows. */
static void pick_many(vt_rank_bits *bits, const vt_order *order, const row_bits *found)
{
    const uint64_t *chosen = found->words;
    for (uint32_t first = 0; first < order->count; first += 64) {
        uint32_t end = order->count - first < 64 ? order->count - first : 64;
        uint64_t word = 0;
        for (uint32_t i = 0; i < end; i++) {
            uint32_t row = order->rows[first + i];
            word |= (chosen[row / 64] >> (row & 63) & 1) << i;
        }
        bits->words[first / 64] = word;
    }
}

static bool pick_rows(vt_rank_bits *bits, const vt_order *order, const row_bits *found)
{
    enum { FEW = 8 };
    if (!vt_rank_bits_create(bits, order->count)) {
        return false;
    }
    if (!order->places || found->count > order->count / FEW) {
        pick_many(bits, order, found);
        return true;
    }
    uint32_t words = word_count(found);
    for (uint32_t word = 0; word < words; word++) {
        for (uint64_t set = found->words[word]; set; set &= set - 1) {
            vt_rank_bits_set(bits, order->places[word * 64 + (uint32_t)__builtin_ctzll(set)]);
        }
    }
    return true;
}

/* The groups of the order, as far as anything of them is shown. */
static bool pick_spans(vt_view_picks *picks)
{
    const vt_group_spans *from = &picks->order->spans;
    uint32_t most = from->count < picks->count ? from->count : picks->count;
    picks->spans.starts = vt_buffer_alloc((size_t)most + 1, sizeof *picks->spans.starts);
    picks->spans.values = vt_buffer_alloc(most, sizeof *picks->spans.values);
    if (!picks->spans.starts || !picks->spans.values) {
        return false;
    }
    uint32_t start = 0;
    uint32_t count = 0;
    for (uint32_t i = 0; i < from->count && start < picks->count; i++) {
        uint32_t end = vt_rank_bits_rank(&picks->bits, from->starts[i + 1]);
        if (end > start) {
            picks->spans.starts[count] = start;
            picks->spans.values[count++] = from->values[i];
            start = end;
        }
    }
    picks->spans.starts[count] = picks->count;
    picks->spans.count = count;
    return true;
}

static bool pick(vt_view_picks *picks, const row_bits *found, vt_error *error)
{
    if (!found || !picks->order->whole || found->count == picks->order->count) {
        picks->all = true;
        picks->count = picks->order->count;
        return true;
    }
    if (!pick_rows(&picks->bits, picks->order, found)) {
        return no_memory(error);
    }
    vt_rank_bits_count(&picks->bits);
    picks->count = picks->bits.count;
    return picks->order->key.group.by == VT_GROUP_NONE || pick_spans(picks) || no_memory(error);
}

/* ---- a view ---- */

/* Among duplicates each is shown: that is what the user came for. */
static bool folds(const vt_snapshot *snapshot, const vt_view_request *request)
{
    vt_twin_kind twins;
    return request->stacks && vt_snapshot_stack_count(snapshot) > 0 &&
           !vt_group_twins(request->group, &twins);
}

static void find_places(const vt_view_picks *picks, vt_open_stack *stacks, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t place = picks->order->places[stacks[i].row];
        stacks[i].at = picks->all ? place : vt_rank_bits_rank(&picks->bits, place);
    }
}

/* Places what is open behind the rows that stand for it, and what is closed upon them. */
static bool place_stacks(vt_view_picks *picks, vt_error *error)
{
    vt_stack_fold *fold = &picks->fold;
    find_places(picks, fold->open, fold->open_count);
    find_places(picks, fold->closed, fold->closed_count);
    return vt_stack_fold_place(fold) || no_memory(error);
}

static bool fill(vt_view_picks *picks, const vt_snapshot *snapshot, const vt_view_request *request,
                 const atomic_bool *cancelled, vt_error *error)
{
    row_bits found = {.snapshot = snapshot};
    bool fold = folds(snapshot, request);
    bool narrow = is_narrow(request) || fold;
    uint32_t album = album_of(snapshot, request);
    bool filled = !narrow || find_rows(&found, request, album, cancelled, error);
    if (filled && fold) {
        filled = vt_stack_fold_make(&picks->fold, snapshot, &request->open, found.words, &found.count) ||
                 no_memory(error);
    }
    if (filled) {
        picks->order = get_order(snapshot, request, album, narrow ? &found : NULL, cancelled, error);
        filled = picks->order && pick(picks, narrow ? &found : NULL, error) && place_stacks(picks, error);
    }
    free(found.words);
    if (filled && vt_is_cancelled(cancelled)) {
        return vt_error_set(error, VT_ERROR_CANCELLED, "the new view was cancelled");
    }
    return filled;
}

const vt_view *vt_view_build(const vt_snapshot *snapshot, const vt_view_request *request,
                             const atomic_bool *cancelled, vt_error *error)
{
    vt_view_picks *picks = calloc(1, sizeof *picks);
    if (!picks) {
        no_memory(error);
        return NULL;
    }
    atomic_init(&picks->references, 1);
    if (!fill(picks, snapshot, request, cancelled, error)) {
        release_picks(picks);
        return NULL;
    }
    const vt_view *view = create_view(picks, request->descending);
    if (!view) {
        no_memory(error);
    }
    return view;
}

const vt_view *vt_view_reversed(const vt_view *view)
{
    atomic_fetch_add_explicit(&view->picks->references, 1, memory_order_relaxed);
    return create_view(view->picks, !view->descending);
}

const vt_view *vt_view_retain(const vt_view *view)
{
    /* The count is the one part of a view that changes; to its readers it is const. */
    atomic_fetch_add_explicit(&((vt_view *)view)->references, 1, memory_order_relaxed);
    return view;
}

void vt_view_release(const vt_view *view)
{
    vt_view *own = (vt_view *)view;
    if (own && atomic_fetch_sub_explicit(&own->references, 1, memory_order_acq_rel) == 1) {
        release_picks(own->picks);
        free(own);
    }
}
