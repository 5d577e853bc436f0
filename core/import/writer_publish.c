/* What the writer has committed comes into the index, and so before the user's eyes. */
#include "core/edit/show.h"
#include "core/import/intake.h"
#include "core/import/writer_private.h"
#include "core/index/attributes.h"

bool vt_writer_put_state(vt_engine *engine, const vt_snapshot *snapshot, int64_t id, vt_item_state state,
                         vt_error *error)
{
    uint32_t row = vt_snapshot_find(snapshot, id);
    if (row == VT_INDEX_NO_ROW) {
        return true;
    }
    vt_item_brief brief;
    vt_snapshot_item(snapshot, row, &brief);
    brief.state = (uint8_t)state;
    return vt_index_put(engine->index, &brief, 1, error);
}

bool vt_writer_put_items(vt_engine *engine, const vt_item *items, const vt_origin *origins,
                         const vt_outcome *outcomes, size_t count, vt_error *error)
{
    for (size_t i = 0; i < count; i++) {
        const vt_item *item = &items[i];
        if (outcomes[i] == VT_OUTCOME_NONE || outcomes[i] == VT_OUTCOME_UNCHANGED) {
            continue;
        }
        if (origins && origins[i].replaced_id &&
            !vt_index_remove(engine->index, origins[i].replaced_id, error)) {
            return false;
        }
        vt_item_brief brief = vt_item_brief_of(item);
        if (!vt_index_add_folder(engine->index, item->folder_id, item->path,
                                 vt_path_folder_length(item->name_at), error) ||
            !vt_index_put(engine->index, &brief, 1, error)) {
            return false;
        }
    }
    return true;
}

/* What the files of items say of themselves. */
static bool put_metadata(vt_engine *engine, const struct vt_writer_batch *batch, vt_error *error)
{
    for (size_t i = 0; i < batch->items; i++) {
        bool changed = batch->outcome[i] != VT_OUTCOME_NONE && batch->outcome[i] != VT_OUTCOME_UNCHANGED;
        if (!changed || !batch->metadata[i]) {
            continue;
        }
        vt_metadata_brief brief = vt_metadata_brief_of(batch->item[i].id, batch->metadata[i]);
        if (!vt_index_put_metadata(engine->index, &brief, error)) {
            return false;
        }
    }
    return true;
}

/* Labels and tags that they carry; their ratings were put with the items. */
static bool put_embedded(vt_engine *engine, const struct vt_writer_batch *batch, const vt_snapshot *before,
                         vt_error *error)
{
    int64_t ids[VT_IN_FLIGHT_LIMIT];
    size_t count = 0;
    for (size_t i = 0; i < batch->items; i++) {
        const vt_item_attributes item = {
            .item_id = batch->item[i].id, .which = VT_ATTRIBUTE_LABEL, .label = batch->embedded[i].label};
        if (!batch->embedded[i].changed) {
            continue;
        }
        if (!vt_index_put_attributes(engine->index, &item, 1, error)) {
            return false;
        }
        ids[count++] = item.item_id;
    }
    return count == 0 ||
           vt_edit_show_tags(engine->index, engine->catalog, before, ids, count, batch->made_tags, error);
}

/* Frames that were items, and are so no more. */
static bool remove_absorbed(vt_engine *engine, vt_sequence_put *const *sequences, size_t count,
                            vt_error *error)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; sequences[i] && k < sequences[i]->absorbed_count; k++) {
            if (!vt_index_remove(engine->index, sequences[i]->absorbed[k], error)) {
                return false;
            }
        }
    }
    return true;
}

/* The item of a failure: gone, or marked. One that has gone by a failure before must not come back. */
static bool put_failed(vt_engine *engine, const vt_snapshot *snapshot, const vt_entry *entry,
                       vt_failed_item became, vt_error *error)
{
    if (!entry->known_id || became == VT_FAILED_ITEM_NONE) {
        return true;
    }
    return became == VT_FAILED_ITEM_GONE
               ? vt_index_remove(engine->index, entry->known_id, error)
               : vt_writer_put_state(engine, snapshot, entry->known_id, VT_ITEM_FAILED, error);
}

bool vt_writer_put_batch_rows(vt_engine *engine, const void *what, const vt_snapshot *before, vt_error *error)
{
    const struct vt_writer_batch *batch = what;
    if (!vt_writer_put_items(engine, batch->item, batch->origin, batch->outcome, batch->items, error) ||
        !put_metadata(engine, batch, error) || !put_embedded(engine, batch, before, error) ||
        !remove_absorbed(engine, batch->sequence, batch->items, error)) {
        return false;
    }
    for (size_t i = 0; i < batch->missing; i++) {
        vt_item_state state = (vt_item_state)batch->missing_state[i];
        if (batch->missed[i] && !vt_writer_put_state(engine, before, batch->missing_id[i], state, error)) {
            return false;
        }
    }
    for (size_t i = 0; i < batch->failures; i++) {
        if (!put_failed(engine, before, batch->failure_entry[i], batch->failed_item[i], error)) {
            return false;
        }
    }
    return true;
}

bool vt_writer_put_chunk_rows(vt_engine *engine, const void *what, const vt_snapshot *before, vt_error *error)
{
    (void)before; /* it brings whole items only */
    const vt_intake_chunk *chunk = what;
    return vt_writer_put_items(engine, chunk->items, chunk->origins, chunk->outcomes, chunk->count, error) &&
           remove_absorbed(engine, chunk->sequences, chunk->count, error);
}

void vt_writer_publish(vt_engine *engine, vt_rows_putter put_rows, const void *what, uint32_t *first_row,
                       uint32_t *row_count)
{
    vt_error error = VT_ERROR_INIT;
    *first_row = *row_count = 0;
    if (!engine->index) {
        return;
    }
    const vt_snapshot *before = vt_index_snapshot(engine->index);
    *first_row = vt_snapshot_count(before);
    bool put = put_rows(engine, what, before, &error);
    vt_snapshot_release(before);
    bool published = vt_index_publish(engine->index, put ? &error : NULL);
    vt_engine_weigh_index(engine);
    if (!put || !published) {
        vt_log_write(&engine->log, VT_LOG_ERROR, "new items are not shown before the next start: %s",
                     error.message);
    }
    const vt_snapshot *after = vt_index_snapshot(engine->index);
    *row_count = vt_snapshot_count(after) - *first_row;
    vt_snapshot_release(after);
}
