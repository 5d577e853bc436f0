#include "app/ui/keys/keys.h"

#include "app/ui/parts/translate.h"
#include "core/settings/settings_file.h"

#include <qt6c/qkeysequence.h>
#include <qt6c/runtime.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static vt_keymap *map; /* NULL before vt_keys_begin */

/* ---- the entries ---- */

/* A command that is offered only there has its keys only there. */
static unsigned contexts_of(unsigned needs)
{
    unsigned contexts = VT_KEYS_EVERYWHERE;
    contexts &= needs & VT_NEEDS_LIBRARY ? VT_KEYS_LIBRARY : VT_KEYS_EVERYWHERE;
    contexts &= needs & VT_NEEDS_VIEWER ? VT_KEYS_VIEWER : VT_KEYS_EVERYWHERE;
    contexts &= needs & VT_NEEDS_WORKSPACE ? VT_KEYS_WORKSPACE : VT_KEYS_EVERYWHERE;
    contexts &= needs & VT_NEEDS_CARDS ? VT_KEYS_CARDS | VT_KEYS_VIEWER : VT_KEYS_EVERYWHERE;
    return contexts;
}

static const char *name_of(size_t entry)
{
    return entry < VT_COMMAND_COUNT ? vt_command_get((vt_command_id)entry)->name
                                    : vt_view_key_get(entry - VT_COMMAND_COUNT)->name;
}

static unsigned contexts_at(size_t entry)
{
    return entry < VT_COMMAND_COUNT ? contexts_of(vt_command_get((vt_command_id)entry)->needs)
                                    : vt_view_key_get(entry - VT_COMMAND_COUNT)->contexts;
}

bool vt_keys_begin(vt_error *error)
{
    size_t count = VT_COMMAND_COUNT + vt_view_key_count();
    vt_keymap_entry *entries = calloc(count, sizeof *entries);
    for (size_t i = 0; entries && i < count; i++) {
        entries[i] = (vt_keymap_entry){name_of(i), contexts_at(i),
                                       i < VT_COMMAND_COUNT ? vt_command_get((vt_command_id)i)->keys
                                                            : vt_view_key_get(i - VT_COMMAND_COUNT)->keys};
    }
    vt_keymap_free(map);
    map = entries ? vt_keymap_create(entries, count, error) : NULL;
    free(entries);
    return map || error->code ? map != NULL : vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
}

void vt_keys_end(void)
{
    vt_keymap_free(map);
    map = NULL;
}

vt_keymap *vt_keys_map(void)
{
    return map;
}

const vt_view_key_row *vt_keys_view_row(size_t entry)
{
    return entry < VT_COMMAND_COUNT ? NULL : vt_view_key_get(entry - VT_COMMAND_COUNT);
}

/* ---- the file ---- */

static void take_line(void *user, const char *name, const char *value)
{
    vt_error *first = user;
    vt_error error = VT_ERROR_INIT;
    ptrdiff_t entry = vt_keymap_named(map, name + strlen(VT_SETTINGS_OWN_PREFIX));
    if (entry >= 0 && !vt_keymap_set(map, (size_t)entry, value, &error) && first->code == VT_ERROR_NONE) {
        vt_error_set(first, VT_ERROR_CORRUPT,
                     "the settings, %.64s: %.160s; until then its standard keys hold", name, error.message);
    }
}

bool vt_keys_load(vt_error *error)
{
    vt_error first = VT_ERROR_INIT;
    bool done = vt_settings_load_lines(NULL, take_line, &first, error);
    if (done && first.code != VT_ERROR_NONE) {
        *error = first;
    }
    return done && first.code == VT_ERROR_NONE;
}

/* ---- saving ---- */

typedef struct save_job {
    QObject *context; /* only touched on the UI thread */
    vt_keys_saved done;
    void *user;
    size_t count;
    vt_settings_line *lines; /* owned, as their texts are */
    vt_task *task;
    vt_error error;
} save_job;

static void free_job(void *user)
{
    save_job *job = user;
    for (size_t i = 0; i < job->count; i++) {
        free((char *)job->lines[i].name);
        free((char *)job->lines[i].value);
    }
    free(job->lines);
    free(job);
}

static bool run_save(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    save_job *job = user;
    return vt_settings_save_lines(NULL, job->lines, job->count, error);
}

static void tell(void *user)
{
    save_job *job = user;
    job->done(job->user, job->error.code == VT_ERROR_NONE ? NULL : &job->error);
}

static void let_go(void *user)
{
    vt_task_unref(((save_job *)user)->task); /* and with it the job */
}

static void save_finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    (void)state;
    save_job *job = user;
    job->error = *error;
    qt_post(job->context, tell, job, let_go);
}

static const vt_task_ops save_ops = {
    .name = "keys", .run = run_save, .finished = save_finished, .release = free_job};

static bool fill(save_job *job, ptrdiff_t entry)
{
    size_t first = entry < 0 ? 0 : (size_t)entry;
    size_t end = entry < 0 ? vt_keymap_count(map) : first + 1;
    job->lines = calloc(end - first, sizeof *job->lines);
    for (size_t i = first; job->lines && i < end; i++) {
        vt_str name = VT_STR_INIT;
        vt_str_appendf(&name, "%s%s", VT_SETTINGS_OWN_PREFIX, name_of(i));
        bool is_standard = vt_keymap_is_standard(map, i);
        char *value = is_standard ? NULL : strdup(vt_keymap_keys(map, i));
        char *owned = name.failed ? NULL : strdup(name.data);
        vt_str_free(&name);
        job->lines[job->count++] = (vt_settings_line){owned, value};
        if (!owned || (!is_standard && !value)) {
            return false;
        }
    }
    return job->lines != NULL;
}

bool vt_keys_save(ptrdiff_t entry, vt_executor *executor, QObject *context, vt_keys_saved done, void *user,
                  vt_error *error)
{
    save_job *job = calloc(1, sizeof *job);
    if (!job || !fill(job, entry)) {
        if (job) {
            free_job(job);
        }
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    job->context = context;
    job->done = done;
    job->user = user;
    job->task = vt_task_create(&save_ops, job, NULL);
    if (!job->task) {
        free_job(job);
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    vt_task *task = job->task;
    if (!vt_executor_submit(executor, task, VT_PRIORITY_CRITICAL, error)) {
        vt_task_unref(task);
        return false;
    }
    return true;
}

/* ---- for people ---- */

void vt_keys_append_text(size_t entry, vt_str *text)
{
    const char *words = entry < VT_COMMAND_COUNT
                            ? vt_tr("menu", vt_command_get((vt_command_id)entry)->text)
                            : vt_tr("keys", vt_view_key_get(entry - VT_COMMAND_COUNT)->text);
    for (const char *at = words; *at; at++) {
        if (*at != '&') {
            vt_str_append_char(text, *at);
        }
    }
}

const char *vt_keys_group(size_t entry)
{
    static const struct {
        unsigned contexts;
        const char *title;
    } groups[] = {{VT_KEYS_CARDS, VT_TR_NOOP("keys", "Among the cards")},
                  {VT_KEYS_LIBRARY, VT_TR_NOOP("keys", "In the library")},
                  {VT_KEYS_IMAGE | VT_KEYS_MODEL, VT_TR_NOOP("keys", "In the viewer: images and models")},
                  {VT_KEYS_SEQUENCE, VT_TR_NOOP("keys", "In the viewer: sequences")},
                  {VT_KEYS_VIEWER, VT_TR_NOOP("keys", "In the viewer")},
                  {VT_KEYS_WORKSPACE, VT_TR_NOOP("keys", "In the workspace")}};
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        if (groups[i].contexts == contexts_at(entry)) {
            return vt_tr("keys", groups[i].title);
        }
    }
    return vt_tr("keys", "In some places");
}

void vt_keys_append_shown(const char *keys, vt_str *text)
{
    const char *rest = keys, *at;
    size_t length;
    for (bool first = true; vt_keys_next(&rest, &at, &length); first = false) {
        char key[VT_KEY_SIZE];
        snprintf(key, sizeof key, "%.*s", (int)length, at);
        QKeySequence sequence;
        q_keysequence_init_text(&sequence, key);
        char *shown = q_keysequence_to_string_full(&sequence, QKeySequence_NativeText);
        q_keysequence_fini(&sequence);
        vt_str_appendf(text, "%s%s", first ? "" : vt_tr("keys", " or "), shown && *shown ? shown : key);
        free(shown);
    }
}
