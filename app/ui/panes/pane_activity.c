/* `activity:` in a pane: the imports of this session, with Pause and Cancel. */
#include "app/ui/activity/job_page.h"
#include "app/ui/panes/pane_types.h"

#include "app/ui/parts/translate.h"
#include "core/base/translatable.h"

#include <stdlib.h>

typedef struct activity_pane {
    vt_pane_content content; /* first */
    vt_job_page *page;       /* NULL where the window has no imports */
} activity_pane;

static void show_failures(void *user)
{
    vt_activity_show_failures(user);
}

static vt_pane_content *create(const vt_pane_context *context, vt_error *error)
{
    activity_pane *pane = calloc(1, sizeof *pane);
    if (!pane) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a pane");
        return NULL;
    }
    QWidget *widget;
    if (context->activity) {
        pane->page = vt_job_page_create(NULL, context->activity, show_failures, context->activity);
        widget = vt_job_page_widget(pane->page);
    } else {
        widget = q_widget_new(NULL);
    }
    q_widget_hide(widget);
    vt_pane_content_init(&pane->content, &vt_pane_activity_type, context, widget);
    return &pane->content;
}

static void show(vt_pane_content *content, const char *argument)
{
    (void)argument;
    if (((activity_pane *)content)->page) {
        vt_pane_content_ready(content);
        return;
    }
    vt_error error = VT_ERROR_INIT;
    vt_error_set(&error, VT_ERROR_UNSUPPORTED, "%s",
                 vt_tr("panes", "Nothing is imported in this window: look into the main window, at View, "
                                "Activity."));
    vt_pane_content_fail(content, &error);
}

static void clear(vt_pane_content *content)
{
    vt_pane_content_empty(content);
}

static void destroy(vt_pane_content *content)
{
    vt_job_page *page = ((activity_pane *)content)->page;
    if (page) {
        vt_job_page_stop(page);
    }
    q_widget_delete(content->widget);
    free(content);
}

static void describe(const vt_pane_content *content, vt_str *text)
{
    (void)content;
    (void)text;
}

const vt_pane_type vt_pane_activity_type = {
    .name = "activity",
    .title = VT_TR_NOOP("panes", "Activity"),
    .argument = "",
    .icon = VT_ICON_ADD_FOLDER,
    .idle = 1,
    .create = create,
    .show = show,
    .clear = clear,
    .destroy = destroy,
    .describe = describe,
};
