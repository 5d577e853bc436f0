/*
 * Evaluation, chunk by chunk: 4096 rows are 64 words of bits. Each node is given the rows that still matter
 * and keeps those of them that match; what an `and` has excluded costs the nodes after it nothing.
 */
#include "core/index/filter_run.h"
#include "core/index/buffer.h"
#include "core/index/chunk.h"
#include "core/index/search.h"

#include <stdlib.h>
#include <string.h>

static bool any_bit(const vt_bits bits)
{
    for (int i = 0; i < VT_FILTER_WORDS; i++) {
        if (bits[i]) {
            return true;
        }
    }
    return false;
}

static void keep_matching(const vt_run *run, uint16_t number, const vt_rows *rows, vt_bits bits);

static void keep_all_of(const vt_run *run, const vt_node *node, const vt_rows *rows, vt_bits bits)
{
    for (uint16_t child = node->child; child != VT_NO_NODE && any_bit(bits);
         child = run->filter->nodes[child].next) {
        keep_matching(run, child, rows, bits);
    }
}

static void keep_any_of(const vt_run *run, const vt_node *node, const vt_rows *rows, vt_bits bits)
{
    vt_bits left; /* rows that no child matched so far */
    memcpy(left, bits, sizeof left);
    for (uint16_t child = node->child; child != VT_NO_NODE && any_bit(left);
         child = run->filter->nodes[child].next) {
        vt_bits matched;
        memcpy(matched, left, sizeof matched);
        keep_matching(run, child, rows, matched);
        for (int i = 0; i < VT_FILTER_WORDS; i++) {
            left[i] &= ~matched[i];
        }
    }
    for (int i = 0; i < VT_FILTER_WORDS; i++) {
        bits[i] &= ~left[i];
    }
}

static void keep_matching(const vt_run *run, uint16_t number, const vt_rows *rows, vt_bits bits)
{
    const vt_node *node = &run->filter->nodes[number];
    vt_bits before;
    if (node->negated) {
        memcpy(before, bits, sizeof before);
    }
    switch (node->kind) {
    case VT_NODE_SET:
        vt_keep_set(node, rows, bits);
        break;
    case VT_NODE_NUMBER:
        vt_keep_number(node, rows, bits);
        break;
    case VT_NODE_TABLE:
        vt_keep_table(node, run->tables[number], rows, bits);
        break;
    case VT_NODE_EXTENSION:
        vt_keep_extension(node, rows, bits);
        break;
    case VT_NODE_TEXT:
        vt_keep_text(run, number, rows, bits);
        break;
    case VT_NODE_AND:
        keep_all_of(run, node, rows, bits);
        break;
    case VT_NODE_OR:
        keep_any_of(run, node, rows, bits);
        break;
    }
    if (node->negated) {
        for (int i = 0; i < VT_FILTER_WORDS; i++) {
            bits[i] = before[i] & ~bits[i];
        }
    }
}

static bool no_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "no memory to filter the library");
}

/* Looks at each folder once for the text of one node, so that rows need only look up what it gave. */
static bool look_at_folders(vt_run *run, uint16_t number, vt_error *error)
{
    const vt_node *node = &run->filter->nodes[number];
    uint32_t count = run->snapshot->folder_count;
    uint8_t *found = malloc(count ? count : 1);
    if (!found) {
        return no_memory(error);
    }
    uint8_t any = 0;
    for (uint32_t i = 0; i < count; i++) {
        const vt_folder *folder = vt_folders_at(run->snapshot->folders, i);
        bool holds = vt_search(folder->folded, folder->folded_length, node->text.bytes, node->text.length);
        bool ends =
            node->tail && folder->folded_length >= node->tail &&
            memcmp(folder->folded + folder->folded_length - node->tail, node->text.bytes, node->tail) == 0;
        found[i] = (uint8_t)((holds ? VT_FOLDER_HOLDS : 0) | (ends ? VT_FOLDER_ENDS : 0));
        any |= found[i];
    }
    if (any) {
        run->folders[number] = found;
    } else {
        free(found);
    }
    return true;
}

static bool is_cancelled(const atomic_bool *cancelled, vt_error *error)
{
    if (!cancelled || !atomic_load_explicit(cancelled, memory_order_relaxed)) {
        return false;
    }
    vt_error_set(error, VT_ERROR_CANCELLED, "filtering was cancelled");
    return true;
}

static bool prepare(vt_run *run, const atomic_bool *cancelled, vt_error *error)
{
    const vt_snapshot *snapshot = run->snapshot;
    for (uint16_t i = 0; i < run->filter->count; i++) {
        const vt_node *node = &run->filter->nodes[i];
        bool text = node->kind == VT_NODE_TEXT;
        if (is_cancelled(cancelled, error) || (text && node->in_folder && !look_at_folders(run, i, error)) ||
            (text && node->in_marks &&
             (!vt_filter_find_in_tags(node->text, snapshot, &run->tags[i], error) ||
              !vt_filter_find_in_titles(node->text, snapshot, &run->titles[i], error))) ||
            (node->kind == VT_NODE_TABLE && !vt_filter_look_up(node, snapshot, &run->tables[i], error))) {
            return false;
        }
    }
    return true;
}

static void finish(vt_run *run)
{
    for (uint16_t i = 0; run->filter && i < run->filter->count; i++) {
        free(run->folders[i]);
        free(run->tags[i]);
        free(run->titles[i]);
        free(run->tables[i]);
    }
}

/* Sets the bits of the rows of one chunk that match; returns how many. */
static uint32_t match_chunk(const vt_run *run, uint32_t first, uint64_t *bits)
{
    uint32_t left = run->snapshot->count - first;
    vt_rows of = {.chunk = vt_snapshot_chunk(run->snapshot, first),
                  .file = vt_snapshot_file_block(run->snapshot, first),
                  .user = vt_snapshot_user_block(run->snapshot, first),
                  .first = first,
                  .count = left < VT_CHUNK_ROWS ? left : VT_CHUNK_ROWS};
    memset(bits, 0xFF, sizeof(vt_bits));
    VT_KEEP_ROWS(bits, &of, !of.chunk->removed[at]);
    for (uint32_t word = (of.count + 63) / 64; word < VT_FILTER_WORDS; word++) {
        bits[word] = 0; /* behind the last row */
    }
    if (run->filter && run->filter->root != VT_NO_NODE) {
        keep_matching(run, run->filter->root, &of, bits);
    }
    return vt_count_bits(bits);
}

bool vt_filter_match(const vt_filter *filter, const vt_snapshot *snapshot, const atomic_bool *cancelled,
                     uint64_t **bits, uint32_t *count, vt_error *error)
{
    size_t chunks = vt_chunks_for(snapshot->count);
    vt_run *run = calloc(1, sizeof *run);
    uint64_t *found = vt_buffer_alloc(chunks * VT_FILTER_WORDS, sizeof *found);
    *bits = NULL;
    *count = 0;
    if (!run || !found) {
        free(run);
        free(found);
        return no_memory(error);
    }
    run->filter = filter;
    run->snapshot = snapshot;
    uint32_t found_count = 0;
    bool done = !filter || prepare(run, cancelled, error);
    for (size_t chunk = 0; done && chunk < chunks; chunk++) {
        done = !is_cancelled(cancelled, error);
        if (done) {
            found_count += match_chunk(run, (uint32_t)chunk * VT_CHUNK_ROWS, found + chunk * VT_FILTER_WORDS);
        }
    }
    finish(run);
    free(run);
    if (!done) {
        free(found);
        return false;
    }
    *bits = found;
    *count = found_count;
    return true;
}

uint32_t *vt_filter_rows(const uint64_t *bits, uint32_t count)
{
    uint32_t *rows = vt_buffer_alloc(count, sizeof *rows);
    for (uint32_t word = 0, at = 0; rows && at < count; word++) {
        for (uint64_t set = bits[word]; set; set &= set - 1) {
            rows[at++] = word * 64 + (uint32_t)__builtin_ctzll(set);
        }
    }
    return rows;
}

bool vt_filter_run(const vt_filter *filter, const vt_snapshot *snapshot, const atomic_bool *cancelled,
                   uint32_t **rows, uint32_t *count, vt_error *error)
{
    uint64_t *bits;
    *rows = NULL;
    if (!vt_filter_match(filter, snapshot, cancelled, &bits, count, error)) {
        return false;
    }
    *rows = *count ? vt_filter_rows(bits, *count) : NULL;
    free(bits);
    return *rows || *count == 0 || no_memory(error);
}
