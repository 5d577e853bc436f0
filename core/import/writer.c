#include "core/import/engine_private.h"

#include "core/base/clock.h"
#include "core/import/aftercare.h"
#include "core/import/errand.h"
#include "core/import/frames.h"
#include "core/import/intake.h"
#include "core/import/journal_notes.h"
#include "core/import/space.h"
#include "core/import/tiny.h"
#include "core/import/writer_private.h"

#include <stdlib.h>
#include <string.h>

struct vt_writer_batch *vt_writer_batch_create(void)
{
    return calloc(1, sizeof(struct vt_writer_batch));
}

static const vt_metadata says_nothing;

/* Takes what is decoded out of the queue, behind what could not be committed before. */
static void gather(vt_engine *engine, struct vt_writer_batch *batch)
{
    const size_t before = batch->count;
    vt_mpsc_node *node;
    pthread_mutex_lock(&engine->lock);
    const size_t most = (size_t)engine->batch_most;
    pthread_mutex_unlock(&engine->lock);
    while (batch->count < most && (node = vt_mpsc_pop(&engine->decoded))) {
        vt_entry *entry = (vt_entry *)node; /* the node is its first member */
        batch->entries[batch->count++] = entry;
        if (!entry->import && entry->kind != VT_ENTRY_TINY) {
            entry->import = vt_import_waiting_for(engine, entry->path);
        }
    }
    pthread_mutex_lock(&engine->lock);
    engine->decoded_count -= (int64_t)(batch->count - before);
    engine->oldest_ns = vt_clock_now();
    pthread_mutex_unlock(&engine->lock);
}

/* Sorts the entries by what is to be written. */
static void sort(struct vt_writer_batch *batch)
{
    int64_t now = vt_clock_wall();
    batch->items = batch->failures = batch->missing = batch->thumbs = batch->tallies = 0;
    for (size_t i = 0; i < batch->count; i++) {
        vt_entry *entry = batch->entries[i];
        switch (entry->kind) {
        case VT_ENTRY_ITEM:
            batch->item_entry[batch->items] = entry;
            batch->outcome[batch->items] = VT_OUTCOME_NONE;
            batch->origin[batch->items] = entry->origin;
            batch->metadata[batch->items] = entry->metadata   ? entry->metadata
                                            : entry->was_read ? &says_nothing
                                                              : NULL;
            batch->sequence[batch->items] = entry->frames ? &entry->frames->put : NULL;
            batch->item[batch->items++] = entry->item;
            break;
        case VT_ENTRY_FAILURE:
        case VT_ENTRY_FORGET: /* a failure of VT_ERROR_NONE */
            batch->failure_entry[batch->failures] = entry;
            batch->failure[batch->failures++] = vt_entry_failure(entry, now);
            break;
        case VT_ENTRY_MISSING:
            batch->missing_entry[batch->missing] = entry;
            batch->missing_path[batch->missing] = entry->path;
            batch->missing_state[batch->missing] = entry->offline ? VT_ITEM_OFFLINE : VT_ITEM_MISSING;
            batch->missed[batch->missing] = false;
            batch->missing_id[batch->missing++] = entry->known_id;
            break;
        case VT_ENTRY_DECODE:
        case VT_ENTRY_TINY:
        case VT_ENTRY_NOTHING:
            break;
        }
    }
}

static vt_writer_tally *tally_of(struct vt_writer_batch *batch, vt_import *import)
{
    for (size_t i = 0; i < batch->tallies; i++) {
        if (batch->tally[i].import == import) {
            return &batch->tally[i];
        }
    }
    vt_writer_tally *fresh = &batch->tally[batch->tallies++];
    *fresh = (vt_writer_tally){.import = import};
    return fresh;
}

/* A file that was being looked at while its import had its turn at it is read twice, and fails twice. */
static bool is_told_already(const struct vt_writer_batch *batch, size_t failure)
{
    return batch->failure_entry[failure]->was_unread && batch->failed_item[failure] == VT_FAILED_ITEM_NONE;
}

static void count_outcomes(struct vt_writer_batch *batch)
{
    for (size_t i = 0; i < batch->items; i++) {
        const vt_entry *entry = batch->item_entry[i];
        vt_writer_tally *of = tally_of(batch, entry->import);
        if (batch->outcome[i] == VT_OUTCOME_MOVED) {
            of->batch.moved++;
            of->batch.read += entry->was_unread;
            continue;
        }
        if (entry->was_unread) { /* new, though its row was there; unchanged: read twice at the same time */
            bool read = batch->outcome[i] == VT_OUTCOME_READ || batch->outcome[i] == VT_OUTCOME_UPDATED;
            of->batch.imported += read;
            of->batch.read += read;
            continue;
        }
        switch (batch->outcome[i]) {
        case VT_OUTCOME_READ:
            /* Taken in meanwhile by another import, that one leaves it to this one to count. */
            *(vt_import_shares(entry->import) ? &of->batch.imported : &of->batch.updated) += 1;
            break;
        case VT_OUTCOME_INSERTED:
            of->batch.imported++;
            break;
        case VT_OUTCOME_UPDATED:
            of->batch.updated++;
            break;
        default:
            of->unchanged++;
        }
    }
    for (size_t i = 0; i < batch->count; i++) {
        const vt_entry *entry = batch->entries[i];
        if (entry->kind == VT_ENTRY_TINY || entry->kind == VT_ENTRY_FAILURE) {
            continue; /* nobody waits for the one, the others are counted below */
        }
        vt_import_batch *of = &tally_of(batch, entry->import)->batch;
        of->read += entry->was_unread && entry->kind != VT_ENTRY_ITEM;
    }
    for (size_t i = 0; i < batch->failures; i++) {
        const vt_entry *entry = batch->failure_entry[i];
        vt_import_batch *of = &tally_of(batch, entry->import)->batch;
        bool again = is_told_already(batch, i);
        of->failed += entry->kind == VT_ENTRY_FAILURE && !again;
        of->read += entry->kind == VT_ENTRY_FAILURE && entry->was_unread && !again;
    }
    for (size_t i = 0; i < batch->missing; i++) {
        vt_import_batch *of = &tally_of(batch, batch->missing_entry[i]->import)->batch;
        of->missing += batch->missed[i] && batch->missing_state[i] == VT_ITEM_MISSING;
        of->offline += batch->missed[i] && batch->missing_state[i] == VT_ITEM_OFFLINE;
    }
}

/* A sequence has changed, but not the frame it shows: its thumbnail is stored for what it is now. */
static void keep_thumb(vt_engine *engine, const vt_item *item, const vt_frames_job *frames)
{
    vt_thumb_key key = {item->id, frames->kept_size, frames->kept_mtime_ns, VT_STORED_SIDE};
    vt_thumb thumb;
    bool found = false;
    if (item->id && vt_thumbs_get(engine->thumbs, &key, &thumb, &found, NULL) && found) {
        key.size = item->size;
        key.mtime_ns = item->mtime_ns;
        vt_thumbs_put(engine->thumbs, &key, &thumb, 1, NULL); /* else it is made again on demand */
        free((void *)thumb.bytes);
    }
}

static void store_thumbs(vt_engine *engine, struct vt_writer_batch *batch)
{
    for (size_t i = 0; i < batch->items; i++) {
        const vt_entry *entry = batch->item_entry[i];
        const vt_item *item = &batch->item[i];
        if (entry->frames && entry->frames->keeps_poster) {
            keep_thumb(engine, item, entry->frames);
        }
        if (!entry->thumb.data || !item->id) {
            continue;
        }
        batch->thumb_key[batch->thumbs] =
            (vt_thumb_key){item->id, item->size, item->mtime_ns, VT_STORED_SIDE};
        batch->thumb[batch->thumbs++] = (vt_thumb){entry->thumb_width, entry->thumb_height, VT_THUMB_CODEC,
                                                   entry->thumb.data, entry->thumb.size};
    }
    vt_error error = VT_ERROR_INIT;
    if (batch->thumbs > 0 &&
        !vt_thumbs_put(engine->thumbs, batch->thumb_key, batch->thumb, batch->thumbs, &error) &&
        !engine->thumbs_failed) {
        engine->thumbs_failed = true; /* they are made again on demand: no reason to stop */
        vt_error told = VT_ERROR_INIT;
        vt_error_set(&told, error.code, "thumbnails are not stored: %s", error.message);
        vt_log_write(&engine->log, VT_LOG_WARN, "%s", told.message);
        vt_engine_tell_trouble(engine, VT_TROUBLE_THUMBS, &told);
    }
}

static void store_tinies(vt_engine *engine, struct vt_writer_batch *batch)
{
    size_t count = 0;
    for (size_t i = 0; i < batch->items; i++) {
        if (batch->item[i].id && vt_tinythumb_is_set(&batch->item_entry[i]->tiny)) {
            batch->tiny[count++] =
                (vt_tiny){batch->item[i].id, batch->item_entry[i]->tiny, batch->item_entry[i]->look};
        }
    }
    for (size_t i = 0; i < batch->count; i++) {
        if (batch->entries[i]->kind == VT_ENTRY_TINY) {
            batch->tiny[count++] =
                (vt_tiny){batch->entries[i]->known_id, batch->entries[i]->tiny, batch->entries[i]->look};
        }
    }
    vt_tiny_store(engine, batch->tiny, count);
}

static void tell(vt_engine *engine, struct vt_writer_batch *batch, uint32_t first_row, uint32_t row_count)
{
    for (size_t i = 0; i < batch->failures; i++) {
        if (batch->failure[i].code != VT_ERROR_NONE && batch->failure_entry[i]->import &&
            !is_told_already(batch, i)) {
            vt_import_failed_item(batch->failure_entry[i]->import, &batch->failure[i]);
        }
    }
    for (size_t i = 0; i < batch->tallies; i++) {
        vt_writer_tally *of = &batch->tally[i];
        if (!of->import) {
            vt_engine_tell_rows_changed(engine);
            continue;
        }
        of->batch.first_row = first_row;
        of->batch.row_count = row_count;
        vt_import_committed(of->import, &of->batch, of->unchanged);
    }
}

static void count_batch(vt_engine *engine, size_t items)
{
    pthread_mutex_lock(&engine->lock);
    engine->batches++;
    engine->commits.items += (int64_t)items;
    pthread_mutex_unlock(&engine->lock);
}

/* A transaction that began at `begin` has ended. */
static void count_commit(vt_engine *engine, int64_t begin)
{
    int64_t took = vt_clock_now() - begin;
    pthread_mutex_lock(&engine->lock);
    engine->commits.count++;
    engine->commits.ns_total += took;
    engine->commits.ns_max = took > engine->commits.ns_max ? took : engine->commits.ns_max;
    pthread_mutex_unlock(&engine->lock);
}

static bool commit(vt_engine *engine, struct vt_writer_batch *batch, vt_error *error)
{
    vt_batch rows = {
        .items = batch->item,
        .item_count = batch->items,
        .outcomes = batch->outcome,
        .origins = batch->origin,
        .metadata = batch->metadata,
        .embedded = batch->embedded,
        .sequences = batch->sequence,
        .failures = batch->failure,
        .failure_count = batch->failures,
        .failed_items = batch->failed_item,
        .missing_ids = batch->missing_id,
        .missing_paths = batch->missing_path,
        .missing_states = batch->missing_state,
        .missed = batch->missed,
        .missing_count = batch->missing,
    };
    if (batch->items + batch->failures + batch->missing == 0) {
        return true;
    }
    int64_t begin = vt_clock_now();
    bool done = vt_catalog_writer_commit(engine->catalog_writer, &rows, NULL, error);
    batch->made_tags = rows.made_tags;
    count_commit(engine, begin);
    return done;
}

/* One transaction for a chunk of files taken in by name. False and `error` if the disk is full: try it again.
 */
static bool commit_chunk(vt_engine *engine, vt_intake_chunk *chunk, vt_error *error)
{
    vt_errands_run(engine); /* what its walk asked for before it, before the import can end */
    vt_batch rows = {.items = chunk->items,
                     .item_count = chunk->count,
                     .outcomes = chunk->outcomes,
                     .origins = chunk->has_origins ? chunk->origins : NULL,
                     .sequences = chunk->sequences};
    vt_commit done;
    int64_t begin = vt_clock_now();
    bool committed = vt_catalog_writer_commit(engine->catalog_writer, &rows, &done, error);
    count_commit(engine, begin);
    if (!committed) {
        if (vt_space_is_full(error)) {
            return false;
        }
        vt_log_write(&engine->log, VT_LOG_ERROR, "a batch was not committed: %s", error->message);
        vt_import_abort(chunk->import, error);
        return true;
    }
    int64_t taken_in = (int64_t)done.inserted;
    int64_t unread = vt_intake_moved_unread(chunk);
    vt_space_go_on(engine); /* before the import can end */
    vt_import_batch told = {.taken_in = taken_in + unread,
                            .updated = (int64_t)done.updated,
                            .moved = (int64_t)done.moved - unread};
    if (chunk->deferred) {
        told.imported = told.deferred = told.taken_in;
    }
    vt_writer_publish(engine, vt_writer_put_chunk_rows, chunk, &told.first_row, &told.row_count);
    vt_import_committed(chunk->import, &told, (int64_t)done.unchanged);
    count_batch(engine, chunk->count - (size_t)(told.taken_in - told.deferred)); /* those have their turn */
    return true;
}

/* No more than wait now: what was read has its turn, too. False and `error` if the disk is full. */
static bool commit_chunks(vt_engine *engine, vt_error *error)
{
    vt_intake_chunk *chunk;
    for (int i = 0; i < VT_INTAKE_CHUNKS && (chunk = vt_pipeline_next_chunk(engine)); i++) {
        if (!commit_chunk(engine, chunk, error)) {
            vt_pipeline_return_chunk(engine, chunk);
            return false;
        }
        vt_pipeline_chunk_ended(engine, chunk);
    }
    return true;
}

/* False and `error` if the disk is full: then the batch stays as it is. */
static bool commit_batch(vt_engine *engine, struct vt_writer_batch *batch, vt_error *error)
{
    vt_errands_run(engine); /* as for a chunk */
    sort(batch);
    if (commit(engine, batch, error)) {
        uint32_t first_row, row_count;
        vt_space_go_on(engine); /* before an import can end */
        store_thumbs(engine, batch);
        vt_writer_publish(engine, vt_writer_put_batch_rows, batch, &first_row, &row_count);
        store_tinies(engine, batch);
        count_outcomes(batch);
        tell(engine, batch, first_row, row_count);
        count_batch(engine, batch->items);
    } else if (vt_space_is_full(error)) {
        return false;
    } else {
        vt_log_write(&engine->log, VT_LOG_ERROR, "a batch was not committed: %s", error->message);
        for (size_t i = 0; i < batch->count; i++) {
            if (batch->entries[i]->import) {
                vt_import_abort(batch->entries[i]->import, error);
            }
        }
    }
    vt_pipeline_drop_all(engine, batch->entries, batch->count);
    batch->count = 0;
    return true;
}

/* What is not wanted any more does not wait for room: of cancelled imports, and what was read for the views,
   which is read again when it is shown again. */
static void let_go(vt_engine *engine, struct vt_writer_batch *batch)
{
    vt_intake_chunk *kept[VT_INTAKE_CHUNKS], *chunk;
    size_t chunks = 0;
    while (chunks < VT_INTAKE_CHUNKS && (chunk = vt_pipeline_next_chunk(engine))) {
        if (vt_import_is_cancelled(chunk->import)) {
            vt_pipeline_chunk_ended(engine, chunk);
        } else {
            kept[chunks++] = chunk;
        }
    }
    while (chunks > 0) {
        vt_pipeline_return_chunk(engine, kept[--chunks]);
    }
    size_t count = 0;
    for (size_t i = 0; i < batch->count; i++) {
        vt_entry *entry = batch->entries[i];
        if (entry->import && !vt_import_is_cancelled(entry->import)) {
            batch->entries[count++] = entry;
        } else {
            vt_pipeline_drop(engine, entry);
        }
    }
    batch->count = count;
}

void vt_writer_run(vt_engine *engine)
{
    struct vt_writer_batch *batch = engine->batch;
    vt_error error = VT_ERROR_INIT;
    vt_sequence_edits_run(engine);
    vt_errands_run(engine);
    bool room = vt_journal_write(engine, &error) && commit_chunks(engine, &error);
    gather(engine, batch);
    if (room && batch->count > 0) {
        room = commit_batch(engine, batch, &error);
    }
    if (room) {
        vt_space_go_on(engine);
    } else {
        vt_space_pause(engine, &error); /* before: who cancels from now on has the writer come again */
        let_go(engine, batch);
    }
}

static bool run(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    (void)error;
    vt_engine *engine = user;
    int64_t cpu = vt_clock_thread_cpu();
    vt_writer_run(engine);
    cpu = vt_clock_thread_cpu() - cpu;
    pthread_mutex_lock(&engine->lock);
    engine->commits.cpu_ns += cpu;
    pthread_mutex_unlock(&engine->lock);
    return true;
}

static void finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    (void)state;
    (void)error;
    vt_engine *engine = user;
    pthread_mutex_lock(&engine->lock);
    engine->writing = false;
    pthread_mutex_unlock(&engine->lock);
    pthread_cond_signal(&engine->beat);
    vt_pulse_task_ended(engine);
}

/* The DatabaseInsertTask of document 003, for a whole batch. */
static const vt_task_ops insert_ops = {"database-insert", run, finished, NULL};

bool vt_writer_start(vt_engine *engine)
{
    vt_error error = VT_ERROR_INIT;
    /* No token: what was decoded is committed, also when everything is cancelled. */
    vt_task *task = vt_task_create(&insert_ops, engine, NULL);
    bool started = task && vt_executor_submit(engine->executor, task, VT_PRIORITY_CRITICAL, &error);
    vt_task_unref(task);
    return started;
}
