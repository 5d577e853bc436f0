/* `info:ITEM`: what is known of an item, or of those that a linked pane selects, and what the user gives to
   them; `info:` waits for these. The inside is that of the item panel (app/ui/info/info_form.h). */
#include "app/ui/panes/pane_item.h"
#include "app/ui/panes/pane_types.h"

#include "app/ui/info/info_form.h"
#include "app/ui/info/info_text.h"
#include "app/ui/parts/translate.h"
#include "core/base/translatable.h"

#include <stdio.h>
#include <stdlib.h>

enum { IDLE = 4 };

typedef struct info_pane {
    vt_pane_content content; /* first */
    vt_info_form *form;      /* the content's widget */
    vt_pane_item item;       /* if it is one; id 0: none, or several */
    size_t count;            /* of items that are shown */
} info_pane;

static info_pane *of(vt_pane_content *content)
{
    return (info_pane *)content;
}

/* ---- what the form tells ---- */

static void say(void *user, const char *text)
{
    vt_pane_content_say(user, text);
}

static void left(void *user)
{
    q_widget_set_focus(((vt_pane_content *)user)->widget);
}

static void on_read(void *user, const vt_error *error)
{
    info_pane *pane = user;
    if (pane->content.stage == VT_PANE_EMPTY || pane->count == 0) {
        return;
    }
    if (error) {
        vt_pane_content_fail(&pane->content, error);
    } else if (pane->content.stage != VT_PANE_READY) {
        vt_pane_content_ready(&pane->content);
    }
}

static const vt_info_form_ops form_ops = {.say = say, .left = left, .read = on_read};

/* ---- showing ---- */

static void forget(info_pane *pane)
{
    vt_pane_item_clear(&pane->item);
    pane->count = 0;
    vt_info_form_show(pane->form, NULL, false);
}

/* An item by its id, with the words of its fault if it is not there. */
static bool find(info_pane *pane, int64_t id)
{
    char argument[32];
    vt_error error = VT_ERROR_INIT;
    (void)snprintf(argument, sizeof argument, "%lld", (long long)id);
    if (vt_pane_item_find(&pane->item, pane->content.context->engine, argument, &error)) {
        return true;
    }
    forget(pane);
    vt_pane_content_fail(&pane->content, &error);
    return false;
}

/* Takes `chosen` over. What is shown already stays readable until the rest is known. */
static void show_chosen(info_pane *pane, vt_chosen *chosen)
{
    vt_item_brief item = {0};
    int64_t before = pane->item.brief.id;
    pane->count = vt_chosen_count(chosen);
    vt_pane_item_clear(&pane->item);
    if (pane->count == 1) {
        vt_chosen_item(chosen, 0, &item);
        if (!find(pane, item.id)) {
            vt_chosen_unref(chosen);
            return;
        }
    }
    vt_info_form_show(pane->form, chosen, item.id != 0 && item.id == before);
    if (pane->content.stage == VT_PANE_READY) {
        vt_pane_content_titled(&pane->content);
    } else {
        vt_pane_content_load(&pane->content, -1);
    }
}

static void show_items(info_pane *pane, const int64_t *ids, size_t count)
{
    vt_chosen *chosen = vt_pane_items_chosen(pane->content.context->engine, ids, count);
    if (chosen) {
        show_chosen(pane, chosen);
    } else if (find(pane, ids[0])) { /* it is there: there was no memory for the list of it */
        vt_error error = VT_ERROR_INIT;
        forget(pane);
        vt_error_set(&error, VT_ERROR_MEMORY, "out of memory for a pane");
        vt_pane_content_fail(&pane->content, &error);
    }
}

static void show(vt_pane_content *content, const char *argument)
{
    vt_error error = VT_ERROR_INIT;
    info_pane *pane = of(content);
    int64_t id = vt_pane_item_id(argument);
    if (id) { /* straight from one to the next: the form is laid out once */
        vt_pane_content_load(content, -1);
        show_items(pane, &id, 1);
        return;
    }
    forget(pane);
    if (!*argument) {
        vt_pane_content_ready(content);
    } else {
        vt_pane_item_find(&pane->item, content->context->engine, argument, &error);
        vt_pane_content_fail(content, &error);
    }
}

static void clear(vt_pane_content *content)
{
    forget(of(content));
    vt_pane_content_empty(content);
}

static void describe(const vt_pane_content *content, vt_str *text)
{
    const info_pane *pane = (const info_pane *)content;
    if (pane->item.brief.id) {
        vt_str_append(text, pane->item.name.data, pane->item.name.length);
    } else if (pane->count > 1) {
        vt_info_write_count(pane->count, text);
    }
}

static bool is_valid(const vt_pane_content *content, const char *argument)
{
    const info_pane *pane = (const info_pane *)content;
    return !*argument || pane->count != 1 || vt_pane_item_is_same(&pane->item, content->context->engine);
}

static void select_items(vt_pane_content *content, const int64_t *ids, size_t count)
{
    if (count > 0 && content->stage != VT_PANE_EMPTY) {
        show_items(of(content), ids, count);
    }
}

static void follow(vt_pane_content *content, vt_chosen *chosen)
{
    if (content->stage != VT_PANE_EMPTY) {
        show_chosen(of(content), chosen);
    } else {
        vt_chosen_unref(chosen);
    }
}

static void rows_changed(vt_pane_content *content)
{
    info_pane *pane = of(content);
    if (pane->count == 1 && !vt_pane_item_is_same(&pane->item, content->context->engine)) {
        int64_t id = pane->item.brief.id;
        show_items(pane, &id, 1);
    } else if (pane->count > 0) {
        vt_info_form_read_again(pane->form);
    }
}

/* ---- what commands act on ---- */

static vt_subject tell_subject(const vt_pane_content *content)
{
    const info_pane *pane = (const info_pane *)content;
    return pane->count == 1 ? vt_pane_item_subject(&pane->item, content->context->engine)
                            : (vt_subject){.count = (int64_t)pane->count};
}

static vt_chosen *take_chosen(const vt_pane_content *content)
{
    vt_chosen *shown = vt_info_form_chosen(((const info_pane *)content)->form);
    return shown ? vt_chosen_copy(shown) : NULL; /* another thread may read it */
}

/* ---- making it ---- */

static void destroy(vt_pane_content *content)
{
    info_pane *pane = of(content);
    vt_info_form_stop(pane->form);
    vt_pane_item_clear(&pane->item);
    q_widget_delete(content->widget);
    free(pane);
}

static vt_pane_content *create(const vt_pane_context *context, vt_error *error)
{
    info_pane *pane = calloc(1, sizeof *pane);
    vt_info_form *form =
        pane ? vt_info_form_create((QWidget *)NULL, context->engine, context->executor,
                                   vt_tr("panes", "Select an item in a pane that is linked with this one to "
                                                  "see what is known of it."),
                                   &form_ops, pane)
             : NULL;
    if (!form) {
        free(pane);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a pane");
        return NULL;
    }
    pane->item = (vt_pane_item)VT_PANE_ITEM_INIT;
    pane->form = form;
    QWidget *widget = vt_info_form_widget(form);
    /* The keyboard first to the whole: a field of it would take the next key for a rating. */
    q_widget_set_focus_policy(widget, Qt_StrongFocus);
    q_widget_set_accessible_name(widget, vt_tr("panes", "What is known of the item"));
    vt_pane_content_init(&pane->content, &vt_pane_info_type, context, widget);
    return &pane->content;
}

const vt_pane_type vt_pane_info_type = {.name = "info",
                                        .title = VT_TR_NOOP("panes", "Information"),
                                        .argument = VT_TR_NOOP("panes", "item, or nothing: of linked panes"),
                                        .icon = VT_ICON_INFO,
                                        .idle = IDLE,
                                        .create = create,
                                        .show = show,
                                        .clear = clear,
                                        .destroy = destroy,
                                        .describe = describe,
                                        .is_valid = is_valid,
                                        .select = select_items,
                                        .follow = follow,
                                        .subject = tell_subject,
                                        .chosen = take_chosen,
                                        .rows_changed = rows_changed};
