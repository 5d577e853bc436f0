#include "core/import/unfinished.h"

#include "core/catalog/journal.h"
#include "core/import/journal_notes.h"

#include <stdlib.h>
#include <string.h>

static void free_entry(vt_unfinished *entry)
{
    for (size_t i = 0; entry->paths && i < entry->count; i++) {
        free(entry->paths[i]);
    }
    free(entry->paths);
}

typedef struct reading {
    vt_unfinished_list *list;
    bool out_of_memory;
} reading;

/* An entry that names no absolute path is none of ours: it is passed over. */
static bool take_entry(void *user, const vt_journal_entry *entry)
{
    reading *self = user;
    vt_unfinished next = {.id = entry->id, .begun_ns = entry->begun_ns};
    const char *path = entry->paths;
    next.paths = calloc(entry->count + 1, sizeof *next.paths);
    self->out_of_memory = !next.paths;
    for (size_t i = 0; next.paths && i < entry->count; i++, path += strlen(path) + 1) {
        if (*path == '/' && !(next.paths[next.count++] = strdup(path))) {
            self->out_of_memory = true;
            break;
        }
    }
    next.options = vt_import_options_read(entry->options);
    if (self->out_of_memory || next.count == 0) {
        free_entry(&next);
        return !self->out_of_memory;
    }
    self->list->imports[self->list->count++] = next;
    return self->list->count < VT_UNFINISHED_MAX;
}

bool vt_unfinished_list_read(const vt_catalog *catalog, vt_unfinished_list *list, vt_error *error)
{
    *list = (vt_unfinished_list){.imports = calloc(VT_UNFINISHED_MAX, sizeof *list->imports)};
    vt_catalog_reader *reader = list->imports ? vt_catalog_reader_open(catalog, error) : NULL;
    reading all = {list, !list->imports};
    bool done = reader && vt_catalog_reader_each_import(reader, take_entry, &all, error);
    vt_catalog_reader_free(reader);
    if (all.out_of_memory) {
        done = vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    if (!done) {
        vt_unfinished_list_free(list);
    }
    return done;
}

void vt_unfinished_list_free(vt_unfinished_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free_entry(&list->imports[i]);
    }
    free(list->imports);
    *list = (vt_unfinished_list){0};
}

const vt_unfinished_list *vt_engine_unfinished(const vt_engine *engine)
{
    return &engine->unfinished;
}

void vt_unfinished_list_remove(vt_unfinished_list *list, size_t at)
{
    free_entry(&list->imports[at]);
    list->count--;
    memmove(list->imports + at, list->imports + at + 1, (list->count - at) * sizeof *list->imports);
}

static size_t find(const vt_engine *engine, int64_t id)
{
    size_t at = 0;
    while (at < engine->unfinished.count && engine->unfinished.imports[at].id != id) {
        at++;
    }
    return at;
}

vt_import *vt_engine_resume(vt_engine *engine, int64_t id, const vt_import_listener *listener,
                            vt_error *error)
{
    size_t at = find(engine, id);
    if (at == engine->unfinished.count) {
        vt_error_set(error, VT_ERROR_NOT_FOUND, "there is no such unfinished import any more");
        return NULL;
    }
    const vt_unfinished *entry = &engine->unfinished.imports[at];
    engine->resuming = id; /* whatever its paths lead to by now */
    vt_import *import = vt_engine_import(engine, (const char *const *)entry->paths, entry->count,
                                         &entry->options, listener, error);
    engine->resuming = 0;
    return import;
}

void vt_engine_discard(vt_engine *engine, int64_t id)
{
    size_t at = find(engine, id);
    if (at < engine->unfinished.count && vt_journal_forget(engine, id)) {
        vt_unfinished_list_remove(&engine->unfinished, at);
    }
}
