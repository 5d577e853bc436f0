#include "core/import/remember.h"

#include "core/import/errand.h"
#include "core/scan/folder.h"

#include <stdlib.h>
#include <string.h>

typedef struct note {
    vt_volume volume;
    char path[];
} note;

static bool write_root(vt_engine *engine, void *user, vt_error *error)
{
    const note *what = user;
    const vt_root root = {
        .path = what->path, .mount = what->volume.mount, .volume = what->volume.identity, .watch = true};
    return vt_roots_remember(engine->catalog_writer, &root, error);
}

static void release(void *user)
{
    note *what = user;
    vt_volume_clear(&what->volume);
    free(what);
}

static const vt_errand_ops remember_ops = {"remember a folder", write_root, NULL, release};

void vt_remember_volume(vt_engine *engine, const char *path, vt_volume *now)
{
    vt_error error = VT_ERROR_INIT;
    size_t length = strlen(path);
    note *what = malloc(sizeof *what + length + 1);
    if (!what) {
        vt_volume_clear(now);
        return;
    }
    what->volume = *now;
    *now = (vt_volume){0};
    memcpy(what->path, path, length + 1);
    if (!vt_errand_post(engine, &remember_ops, what, &error)) {
        vt_log_write(&engine->log, VT_LOG_WARN, "an imported folder is not watched: %s", error.message);
    }
}

void vt_remember_root(vt_engine *engine, const vt_offline *offline, const char *path)
{
    struct stat facts;
    vt_volume now = {0};
    vt_error error = VT_ERROR_INIT;
    if (vt_offline_knows(offline, path) || vt_offline_covers(offline, path) ||
        !vt_place_stat(path, strlen(path), &facts) || !S_ISDIR(facts.st_mode)) {
        return;
    }
    if (vt_volume_of(path, &now, &error)) {
        vt_remember_volume(engine, path, &now);
    } else {
        vt_log_write(&engine->log, VT_LOG_WARN, "an imported folder is not watched: %s", error.message);
    }
    vt_volume_clear(&now);
}

/* ---- what the user chose of it ---- */

typedef struct choice {
    int watch, scan_at_start; /* as vt_roots_set */
    char path[];
} choice;

static bool write_choice(vt_engine *engine, void *user, vt_error *error)
{
    const choice *what = user;
    vt_error why = VT_ERROR_INIT;
    if (vt_roots_set(engine->catalog_writer, what->path, what->watch, what->scan_at_start, &why) ||
        why.code == VT_ERROR_NOT_FOUND) { /* a file, or below a root */
        return true;
    }
    *error = why;
    return false;
}

static const vt_errand_ops choice_ops = {"set what is done with a folder", write_choice, NULL, free};

void vt_remember_choice(vt_engine *engine, const vt_import_options *options, const char *path)
{
    vt_error error = VT_ERROR_INIT;
    size_t length = strlen(path);
    if (options->watch == VT_ROOT_AS_IT_IS && options->scan_at_start == VT_ROOT_AS_IT_IS) {
        return;
    }
    choice *what = malloc(sizeof *what + length + 1);
    if (!what) {
        return;
    }
    what->watch = options->watch == VT_ROOT_AS_IT_IS ? -1 : options->watch == VT_ROOT_YES;
    what->scan_at_start =
        options->scan_at_start == VT_ROOT_AS_IT_IS ? -1 : options->scan_at_start == VT_ROOT_YES;
    memcpy(what->path, path, length + 1);
    if (!vt_errand_post(engine, &choice_ops, what, &error)) {
        vt_log_write(&engine->log, VT_LOG_WARN, "what is done with a folder was not set: %s", error.message);
    }
}
