#include "core/import/errand.h"

#include <stdlib.h>

struct vt_errand {
    vt_message message; /* first */
    struct vt_errand *next;
    const vt_errand_ops *ops;
    void *user;
    vt_error error;
};

static void free_errand(struct vt_errand *errand)
{
    if (errand->ops->release) {
        errand->ops->release(errand->user);
    }
    free(errand);
}

static void deliver(vt_message *message, void *actor)
{
    struct vt_errand *errand = (struct vt_errand *)message;
    errand->ops->done(actor, errand->user, errand->error.code == VT_ERROR_NONE ? NULL : &errand->error);
    free_errand(errand);
}

static void discard(vt_message *message)
{
    free_errand((struct vt_errand *)message);
}

static const vt_message_ops errand_ops = {"errand", deliver, discard};

bool vt_errand_post(vt_engine *engine, const vt_errand_ops *ops, void *user, vt_error *error)
{
    struct vt_errand *errand = engine->catalog_writer ? calloc(1, sizeof *errand) : NULL;
    bool room = false;
    if (errand) {
        *errand = (struct vt_errand){.message.ops = &errand_ops, .ops = ops, .user = user};
        pthread_mutex_lock(&engine->lock);
        room = engine->errands < VT_ERRANDS_MAX;
        if (room) {
            struct vt_errand **last = &engine->errand_first;
            while (*last) {
                last = &(*last)->next;
            }
            *last = errand;
            engine->errands++;
            pthread_cond_signal(&engine->beat);
        }
        pthread_mutex_unlock(&engine->lock);
    }
    if (room) {
        return true;
    }
    if (ops->release) {
        ops->release(user);
    }
    bool memory = !errand && engine->catalog_writer;
    free(errand);
    return !engine->catalog_writer
               ? vt_error_set(error, VT_ERROR_READ_ONLY, "the catalog %s is open for reading only",
                              vt_catalog_path(engine->catalog))
           : memory ? vt_error_set(error, VT_ERROR_MEMORY, "out of memory")
                    : vt_error_set(error, VT_ERROR_LIMIT, "the catalog's writer is %d works behind",
                                   VT_ERRANDS_MAX);
}

static struct vt_errand *next(vt_engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    struct vt_errand *errand = engine->errand_first;
    if (errand) {
        engine->errand_first = errand->next;
    }
    pthread_mutex_unlock(&engine->lock);
    return errand;
}

void vt_errands_run(vt_engine *engine)
{
    struct vt_errand *errand;
    while ((errand = next(engine))) {
        if (!errand->ops->run(engine, errand->user, &errand->error)) {
            vt_log_write(&engine->log, VT_LOG_ERROR, "%s: %s", errand->ops->name, errand->error.message);
        }
        if (!errand->ops->done || !vt_mailbox_post(engine->mailbox, &errand->message)) {
            free_errand(errand);
        }
        pthread_mutex_lock(&engine->lock);
        engine->errands--;
        pthread_mutex_unlock(&engine->lock);
    }
}

void vt_errands_drop(vt_engine *engine)
{
    struct vt_errand *errand;
    while ((errand = next(engine))) {
        free_errand(errand);
    }
}
