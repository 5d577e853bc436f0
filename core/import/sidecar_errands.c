/* What the user wants of side-cars, done by the writer. */
#include "core/edit/show.h"
#include "core/import/errand.h"
#include "core/import/sidecars_private.h"

#include <stdlib.h>
#include <string.h>

typedef enum wish_kind { ASK, DECIDE, RETRY, CANCEL } wish_kind;

typedef struct wish {
    wish_kind kind;
    vt_edit_target *target; /* owned */
    vt_sidecar_wish what;
    vt_sidecar_choice *choices; /* owned */
    size_t choice_count;
    bool ours;
    int64_t *ids; /* owned; items that have other values now */
    size_t count;
} wish;

static bool no_memory(vt_error *error)
{
    vt_error_set(error, VT_ERROR_MEMORY, "out of memory for side-cars");
    return false;
}

static bool put_rows(vt_engine *engine, const void *what, const vt_snapshot *before, vt_error *error)
{
    const wish *of = what;
    return vt_edit_show_items(engine->index, engine->catalog, before, of->ids, of->count, false, error);
}

static bool ask(vt_engine *engine, const wish *of, vt_error *error)
{
    int64_t *ids = vt_edit_target_list(of->target, error);
    bool done = ids && vt_sidecars_ask(engine->catalog_writer, ids, vt_edit_target_count(of->target),
                                       of->what, error);
    free(ids);
    return done;
}

static bool decide(vt_engine *engine, wish *of, vt_error *error)
{
    if (!vt_sidecars_decide(engine->catalog_writer, of->choices, of->choice_count, of->ours, &of->ids,
                            &of->count, error)) {
        return false;
    }
    if (!of->ours && engine->index && of->count > 0) {
        uint32_t first_row = 0, row_count = 0;
        vt_writer_publish(engine, put_rows, of, &first_row, &row_count);
        vt_engine_tell_rows_changed(engine);
    }
    return true;
}

static bool run(vt_engine *engine, void *user, vt_error *error)
{
    wish *of = user;
    bool done = of->kind == ASK      ? ask(engine, of, error)
                : of->kind == DECIDE ? decide(engine, of, error)
                : of->kind == RETRY  ? vt_sidecars_retry(engine->catalog_writer, error)
                                     : vt_sidecars_forget_due(engine->catalog_writer, error);
    vt_sidecar_service_expected(engine->sidecars);
    return done;
}

static void release(void *user)
{
    wish *of = user;
    vt_edit_target_release(of->target);
    free(of->ids);
    free(of->choices);
    free(of);
}

static const vt_errand_ops wish_ops = {"side-cars", run, NULL, release};

static bool post(vt_engine *engine, const wish *what, vt_error *error)
{
    wish *copy = malloc(sizeof *copy);
    if (!copy) {
        vt_edit_target_release(what->target);
        free(what->choices);
        return no_memory(error);
    }
    *copy = *what;
    vt_sidecar_service_expect(engine->sidecars);
    if (!vt_errand_post(engine, &wish_ops, copy, error)) {
        vt_sidecar_service_expected(engine->sidecars);
        return false;
    }
    return true;
}

bool vt_engine_ask_sidecars(vt_engine *engine, vt_edit_target *target, vt_sidecar_wish what, vt_error *error)
{
    return target ? post(engine, &(wish){.kind = ASK, .target = target, .what = what}, error)
                  : no_memory(error);
}

bool vt_engine_decide_sidecars(vt_engine *engine, const vt_sidecar_choice *choices, size_t count, bool ours,
                               vt_error *error)
{
    vt_sidecar_choice *copy = malloc((count + 1) * sizeof *copy);
    if (!copy) {
        return no_memory(error);
    }
    memcpy(copy, choices, count * sizeof *copy);
    const wish decision = {.kind = DECIDE, .choices = copy, .choice_count = count, .ours = ours};
    return post(engine, &decision, error);
}

bool vt_engine_retry_sidecars(vt_engine *engine, vt_error *error)
{
    return post(engine, &(wish){.kind = RETRY}, error);
}

bool vt_engine_cancel_sidecars(vt_engine *engine, vt_error *error)
{
    return post(engine, &(wish){.kind = CANCEL}, error);
}
