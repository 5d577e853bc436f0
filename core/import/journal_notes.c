#include "core/import/journal_notes.h"

#include "core/base/path.h"
#include "core/catalog/journal.h"
#include "core/import/operation_private.h"
#include "core/import/space.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef enum note_state {
    NOTE_TO_BEGIN,
    NOTE_BEGINNING, /* the writer is at it */
    NOTE_BEGUN,     /* its row is in the catalog */
    NOTE_TO_END     /* its row has to go */
} note_state;

/* Guarded by the engine's lock; the paths never change, the options only the writer adds to. */
struct vt_journal_note {
    struct vt_journal_note *next; /* of engine->notes */
    note_state state;
    bool ended, keep;  /* what came while it was NOTE_BEGINNING */
    int64_t id;        /* of its row; 0: none yet */
    int64_t replaces;  /* the row of an unfinished import that this one goes on with; 0: none */
    bool counts_items; /* `options` are to say from which id on items are the import's */
    char options[VT_IMPORT_OPTIONS_TEXT];
    size_t count;
    char *paths[];
};

static void free_note(vt_journal_note *note)
{
    for (size_t i = 0; note && i < note->count; i++) {
        free(note->paths[i]);
    }
    free(note);
}

static void unlink_locked(vt_engine *engine, vt_journal_note *note)
{
    vt_journal_note **at = &engine->notes;
    while (*at != note) {
        at = &(*at)->next;
    }
    *at = note->next;
}

static void link_note(vt_engine *engine, vt_journal_note *note)
{
    pthread_mutex_lock(&engine->lock);
    vt_journal_note **at = &engine->notes;
    while (*at) {
        at = &(*at)->next;
    }
    *at = note;
    pthread_cond_signal(&engine->beat);
    pthread_mutex_unlock(&engine->lock);
}

/* The next start has another working folder. */
static char *absolute(const char *path)
{
    char *folder = path[0] == '/' ? NULL : getcwd(NULL, 0);
    char *whole = folder ? vt_path_join(folder, path) : strdup(path);
    free(folder);
    return whole;
}

static bool has_paths(const vt_unfinished *entry, const vt_journal_note *note)
{
    bool same = entry->count == note->count;
    for (size_t i = 0; same && i < note->count; i++) {
        same = strcmp(entry->paths[i], note->paths[i]) == 0;
    }
    return same;
}

bool vt_journal_begin(vt_import *import, vt_error *error)
{
    vt_engine *engine = import->engine;
    vt_journal_note *note = calloc(1, sizeof *note + import->path_count * sizeof *note->paths);
    for (size_t i = 0; note && i < import->path_count; i++) {
        note->paths[note->count++] = absolute(import->paths[i]);
        if (!note->paths[i]) {
            free_note(note);
            note = NULL;
        }
    }
    if (!note) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory while starting an import");
    }
    vt_import_options_write(&import->options, note->options);
    note->counts_items = import->options.items_max > 0 && import->options.items_since == 0;
    vt_unfinished_list *list = &engine->unfinished;
    for (size_t i = 0; i < list->count && !note->replaces; i++) {
        if (list->imports[i].id == engine->resuming || has_paths(&list->imports[i], note)) {
            note->replaces = list->imports[i].id;
        }
    }
    import->note = note;
    return true;
}

/* Only now: an import that cannot start leaves the unfinished one as it is. */
void vt_journal_started(vt_import *import)
{
    vt_engine *engine = import->engine;
    vt_unfinished_list *list = &engine->unfinished;
    if (!import->note) {
        return;
    }
    for (size_t i = 0; import->note->replaces && i < list->count; i++) {
        if (list->imports[i].id == import->note->replaces) {
            vt_unfinished_list_remove(list, i);
            break;
        }
    }
    link_note(engine, import->note);
}

/* With the lock held: what the note of an import that is over becomes. True if it is to be freed. */
static bool settle_locked(vt_engine *engine, vt_journal_note *note, bool keep)
{
    if (note->id == 0) { /* never written: the row it would have replaced is still there */
        note->id = note->replaces;
        note->replaces = 0;
    }
    if (keep || note->id == 0) {
        unlink_locked(engine, note);
        return true;
    }
    note->state = NOTE_TO_END;
    pthread_cond_signal(&engine->beat);
    return false;
}

void vt_journal_end(vt_import *import, bool keep)
{
    vt_engine *engine = import->engine;
    vt_journal_note *note = import->note;
    bool gone = false;
    pthread_mutex_lock(&engine->lock);
    import->note = NULL;
    if (note && note->state == NOTE_BEGINNING) {
        note->ended = true;
        note->keep = keep;
    } else if (note) {
        gone = settle_locked(engine, note, keep);
    }
    pthread_mutex_unlock(&engine->lock);
    if (gone) {
        free_note(note);
    }
}

void vt_journal_drop(vt_import *import)
{
    free_note(import->note);
    import->note = NULL;
}

bool vt_journal_forget(vt_engine *engine, int64_t id)
{
    vt_journal_note *note = calloc(1, sizeof *note);
    if (note) {
        note->state = NOTE_TO_END;
        note->id = id;
        link_note(engine, note);
    }
    return note != NULL;
}

static bool is_due(const vt_journal_note *note)
{
    return note->state == NOTE_TO_BEGIN || note->state == NOTE_TO_END;
}

bool vt_journal_is_due_locked(const vt_engine *engine)
{
    const vt_journal_note *note = engine->notes;
    while (note && !is_due(note)) {
        note = note->next;
    }
    return note != NULL;
}

/* What cannot be written is not tried again; a row too many is an import that finds nothing to do. */
static void warn(vt_engine *engine, const char *what, const vt_error *error)
{
    vt_log_write(&engine->log, VT_LOG_WARN, "%s: %s", what, error->message);
}

/* Gone on with, it takes in no more than what it has left to take. Without an answer it begins anew. */
static void note_first_item(vt_engine *engine, vt_journal_note *note)
{
    int64_t last = 0;
    vt_catalog_reader *reader = vt_catalog_reader_open(engine->catalog, NULL);
    if (reader && vt_catalog_reader_last_id(reader, &last, NULL)) {
        vt_import_options options = vt_import_options_read(note->options);
        options.items_since = last + 1;
        vt_import_options_write(&options, note->options);
        note->counts_items = false;
    }
    vt_catalog_reader_free(reader);
}

static bool write_begin(vt_engine *engine, vt_journal_note *note, vt_error *error)
{
    vt_error why = VT_ERROR_INIT;
    int64_t id = 0;
    bool room = vt_space_check(engine, &why);
    if (note->counts_items) {
        note_first_item(engine, note);
    }
    bool done =
        room && vt_catalog_writer_journal_begin(engine->catalog_writer, (const char *const *)note->paths,
                                                note->count, note->options, &id, &why);
    bool full = !done && vt_space_is_full(&why);
    if (done && note->replaces &&
        !vt_catalog_writer_journal_end(engine->catalog_writer, note->replaces, &why)) {
        warn(engine, "an import that was gone on with stays noted", &why);
    }
    pthread_mutex_lock(&engine->lock);
    note->id = id;
    note->state = full ? NOTE_TO_BEGIN : NOTE_BEGUN;
    if (done) {
        note->replaces = 0;
    }
    bool gone = note->ended && settle_locked(engine, note, note->keep);
    pthread_mutex_unlock(&engine->lock);
    if (gone) {
        free_note(note);
    }
    if (full) {
        if (error) {
            *error = why;
        }
        return false;
    }
    if (!done) {
        warn(engine, "an import cannot be gone on with if it is cut off", &why);
    }
    return true;
}

static void write_end(vt_engine *engine, vt_journal_note *note)
{
    vt_error why = VT_ERROR_INIT;
    if (!vt_catalog_writer_journal_end(engine->catalog_writer, note->id, &why)) {
        warn(engine, "an import that has ended stays noted", &why);
    }
    free_note(note);
}

bool vt_journal_write(vt_engine *engine, vt_error *error)
{
    bool room = true;
    for (;;) {
        pthread_mutex_lock(&engine->lock);
        vt_journal_note *note = engine->notes;
        while (note && !(note->state == NOTE_TO_END || (note->state == NOTE_TO_BEGIN && room))) {
            note = note->next;
        }
        bool begin = note && note->state == NOTE_TO_BEGIN;
        if (begin) {
            note->state = NOTE_BEGINNING;
        } else if (note) {
            unlink_locked(engine, note);
        }
        pthread_mutex_unlock(&engine->lock);
        if (!note) {
            return room;
        }
        if (begin) {
            room = write_begin(engine, note, error);
        } else {
            write_end(engine, note);
        }
    }
}

void vt_journal_free(vt_engine *engine)
{
    while (engine->notes) {
        vt_journal_note *next = engine->notes->next;
        free_note(engine->notes);
        engine->notes = next;
    }
    vt_unfinished_list_free(&engine->unfinished);
}
