/* `performance:` in a pane: the Performance centre. It measures while its pane is seen. */
#include "app/ui/panes/pane_performance.h"

#include "app/ui/parts/translate.h"
#include "app/ui/performance/view.h"

#include <stdlib.h>
#include <string.h>

typedef struct pane_performance {
    vt_pane_content content;   /* first */
    vt_performance_view *view; /* NULL where the window has no centre */
} pane_performance;

static vt_pane_content *create(const vt_pane_context *context, vt_error *error)
{
    pane_performance *pane = calloc(1, sizeof *pane);
    if (!pane) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a pane");
        return NULL;
    }
    QWidget *widget;
    if (context->performance) {
        pane->view = vt_performance_view_create(NULL, context->performance);
        widget = vt_performance_view_widget(pane->view);
    } else {
        widget = q_widget_new(NULL);
    }
    q_widget_hide(widget);
    vt_pane_content_init(&pane->content, &vt_pane_performance, context, widget);
    return &pane->content;
}

static void show(vt_pane_content *content, const char *argument)
{
    (void)argument;
    if (((pane_performance *)content)->view) {
        vt_pane_content_ready(content);
        return;
    }
    vt_error error = VT_ERROR_INIT;
    vt_error_set(&error, VT_ERROR_UNSUPPORTED, "%s",
                 vt_tr("performance", "Nothing is measured in this window: open the Performance centre of "
                                      "the main window, from the menu View."));
    vt_pane_content_fail(content, &error);
}

static void clear(vt_pane_content *content)
{
    vt_pane_content_empty(content);
}

static void destroy(vt_pane_content *content)
{
    q_widget_delete(content->widget);
    free(content);
}

static void *save(const vt_pane_content *content, size_t *length)
{
    const pane_performance *pane = (const pane_performance *)content;
    vt_performance_place *place = pane->view ? malloc(sizeof *place) : NULL;
    if (place) {
        *place = vt_performance_view_place(pane->view);
        *length = sizeof *place;
    }
    return place;
}

/* Numbers that are none of a page's or span's count as the first. */
static void restore(vt_pane_content *content, const void *bytes, size_t length)
{
    const pane_performance *pane = (const pane_performance *)content;
    vt_performance_place place;
    if (pane->view && length == sizeof place) {
        memcpy(&place, bytes, sizeof place);
        vt_performance_view_go(pane->view, place);
    }
}

const vt_pane_type vt_pane_performance = {
    .name = "performance",
    .title = VT_TR_NOOP("panes", "Performance"),
    .argument = "",
    .icon = VT_ICON_PERFORMANCE,
    .idle = 1,
    .create = create,
    .show = show,
    .clear = clear,
    .destroy = destroy,
    .save = save,
    .restore = restore,
};
