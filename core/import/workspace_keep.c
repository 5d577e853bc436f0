#include "core/import/workspace_keep.h"

#include "core/import/engine_private.h"
#include "core/import/errand.h"

#include <stdlib.h>
#include <string.h>

typedef struct keep_job {
    vt_workspace_action action;
    vt_workspace_row row; /* of texts that are owned, as the next one */
    char *new_name;
    vt_workspace_trouble trouble;
    void *user;
} keep_job;

static void release_job(void *user)
{
    keep_job *job = user;
    free((char *)job->row.name);
    free((char *)job->row.text);
    free((char *)job->row.previous);
    free(job->new_name);
    free(job);
}

static bool run_job(vt_engine *engine, void *user, vt_error *error)
{
    const keep_job *job = user;
    vt_catalog_writer *writer = engine->catalog_writer;
    switch (job->action) {
    case VT_WORKSPACE_PUT:
        return vt_catalog_writer_put_workspace(writer, &job->row, error);
    case VT_WORKSPACE_REMOVE:
        return vt_catalog_writer_remove_workspace(writer, job->row.name, error);
    case VT_WORKSPACE_RENAME:
        return vt_catalog_writer_rename_workspace(writer, job->row.name, job->new_name, error);
    case VT_WORKSPACE_SET_LAST:
        break;
    }
    return vt_catalog_writer_set_last_workspace(writer, job->row.name, error);
}

static void done_job(vt_engine *engine, void *user, const vt_error *error)
{
    (void)engine;
    const keep_job *job = user;
    if (error && job->trouble) {
        job->trouble(job->user, error);
    }
}

static const vt_errand_ops keep_ops = {"workspace", run_job, done_job, release_job};

/* Never NULL for no bytes. */
static char *copy(const char *bytes, size_t length)
{
    char *made = malloc(length + 1);
    if (made) {
        memcpy(made, length ? bytes : "", length);
        made[length] = '\0';
    }
    return made;
}

bool vt_engine_keep_workspace(vt_engine *engine, vt_workspace_action action, const vt_workspace_row *row,
                              const char *new_name, vt_workspace_trouble trouble, void *user, vt_error *error)
{
    bool puts = action == VT_WORKSPACE_PUT;
    keep_job *job = calloc(1, sizeof *job);
    if (job) {
        *job = (keep_job){.action = action, .trouble = trouble, .user = user};
        job->row.name = strdup(row->name);
        job->row.length = puts ? row->length : 0;
        job->row.previous_length = puts ? row->previous_length : 0;
        job->row.text = copy(row->text, job->row.length);
        job->row.previous = copy(row->previous, job->row.previous_length);
        job->new_name = new_name ? strdup(new_name) : NULL;
    }
    if (!job || !job->row.name || !job->row.text || !job->row.previous || (new_name && !job->new_name)) {
        if (job) {
            release_job(job);
        }
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a workspace");
    }
    return vt_errand_post(engine, &keep_ops, job, error);
}
