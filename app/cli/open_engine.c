#include "app/cli/open_engine.h"

#include "app/cli/config.h"

#include <stdio.h>
#include <unistd.h>

#define QUEUE_LIMIT 256

vt_engine *vt_cli_open_engine(const vt_arguments *arguments, const vt_cli_engine_wishes *wishes,
                              vt_main_loop **loop, vt_error *error)
{
    const vt_settings settings = vt_cli_settings(arguments);
    int jobs = arguments->jobs ? arguments->jobs : (int)settings.values[VT_SETTING_JOBS];
    *loop = vt_main_loop_create(vt_engine_workers_for(jobs), QUEUE_LIMIT, error);
    if (!*loop) {
        return NULL;
    }
    const vt_engine_options options = {
        .catalog_path = arguments->catalog,
        .read_only_if_busy = wishes->read_only_if_busy,
        .snapshots = wishes->snapshots,
        .executor = vt_main_loop_executor(*loop),
        .jobs = arguments->jobs,
        .settings = &settings,
        .log = arguments->log,
        .wake = vt_main_loop_wake,
        .user = *loop,
    };
    return vt_engine_create(&options, error);
}

void vt_cli_close_engine(vt_engine *engine, vt_main_loop *loop, int status)
{
    if (!vt_engine_free(engine)) {
        fflush(NULL);
        _exit(status);
    }
    vt_main_loop_free(loop);
}
