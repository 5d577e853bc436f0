#include "app/ui/panes/pane_items.h"

#include "app/ui/library/stacks.h"
#include "app/ui/panes/pane_item.h"
#include "app/ui/parts/translate.h"
#include "core/base/path.h"
#include "core/base/uri.h"

#include <qt6c/qevent.h>
#include <qt6c/qvboxlayout.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WAIT_MS = 3 };

/* Of all that live: an order that one has made serves the others. */
static vt_pane_items *first;

static vt_pane_items *of(vt_pane_content *content)
{
    return (vt_pane_items *)content;
}

/* ---- what the view's library tells ---- */

static void show_page(vt_pane_items *items)
{
    bool empty = vt_library_count(items->library) == 0;
    if (empty && vt_library_total(items->library) > 0) {
        vt_empty_page_set(items->empty, VT_ICON_SEARCH, vt_tr("panes", "Nothing matches"),
                          vt_tr("panes", "No item here matches the filter."),
                          vt_tr("panes", "Show all items"));
    } else if (empty) {
        vt_empty_page_set(items->empty, VT_ICON_LIBRARY, vt_tr("panes", "No items yet"),
                          vt_tr("panes", "They appear here as they are imported."), "");
    }
    QWidget *page = empty ? vt_empty_page_widget(items->empty) : items->widget;
    if (q_stackedwidget_current_widget(items->pages) != page) {
        q_stackedwidget_set_current_widget(items->pages, page);
    }
    /* The keyboard to the items, where keys rate and move; without any to the filter that hides them. */
    q_widget_set_focus_proxy(items->content.widget,
                             empty ? (QWidget *)vt_filter_box_edit(items->box) : items->widget);
}

/* Back to the place of a state, once there is something to stand at and it is seen. */
static void take_place(vt_pane_items *items)
{
    if (!items->has_place || vt_library_is_loading(items->library) || !q_widget_is_visible(items->widget)) {
        return;
    }
    items->has_place = false;
    int64_t row = items->item ? vt_library_row_of(items->library, items->item) : -1;
    items->following = true;
    if (row >= 0) {
        vt_library_choose(items->library, row, false, false);
    }
    items->following = false;
    items->view->scroll_to(items, items->scroll);
}

static void view_changed(void *user)
{
    vt_pane_items *items = user;
    items->view_is_new = true;
    if (vt_library_is_loading(items->library) || items->content.stage == VT_PANE_FAILED) {
        return;
    }
    show_page(items);
    if (items->content.stage == VT_PANE_LOADING) {
        vt_pane_content_ready(&items->content);
        vt_log_write(&items->content.context->log, VT_LOG_DEBUG, "pane: %s ready items=%lld",
                     items->content.type->name, (long long)vt_library_count(items->library));
    } else {
        vt_pane_content_titled(&items->content);
    }
    if (items->has_place) {
        q_timer_start_interval(items->settle, 0);
    }
}

static int64_t item_at(const vt_pane_items *items, int64_t row)
{
    vt_item_brief item;
    vt_library_item(items->library, row, &item);
    return item.id;
}

/* The current one first, if it is selected. */
static void tell_selected(vt_pane_items *items)
{
    const vt_selection *selection = vt_library_selection(items->library);
    int64_t ids[VT_PANE_SELECTED_MAX];
    size_t count = 0;
    int64_t current = selection->current;
    bool has_current = current >= 0 && current < vt_library_count(items->library) &&
                       (selection->rows == 0 || vt_selection_contains(selection, current));
    if (has_current) {
        ids[count++] = item_at(items, current);
    }
    for (size_t i = 0; i < selection->count; i++) {
        const vt_row_interval *rows = &selection->intervals[i];
        for (int64_t row = rows->first; row < rows->last && count < VT_PANE_SELECTED_MAX; row++) {
            if (row != current) {
                ids[count++] = item_at(items, row);
            }
        }
    }
    vt_pane_content_selected(&items->content, ids, count);
}

static void selection_changed(void *user)
{
    vt_pane_items *items = user;
    bool moved = items->view_is_new; /* the same items at other places */
    items->view_is_new = false;
    vt_pane_content_subject_changed(&items->content);
    if (!moved && !items->following && items->content.stage == VT_PANE_READY) {
        tell_selected(items);
    }
}

static void empty_pressed(void *user)
{
    vt_pane_items_set_filter(user, "");
}

/* ---- for the pane ---- */

/* "FOLDER|FILTER", or a filter alone. */
static bool read_argument(vt_pane_items *items, const char *argument, const char **filter, vt_error *error)
{
    const char *bar = items->view->has_folder ? strchr(argument, '|') : NULL;
    size_t length = !items->view->has_folder ? 0 : bar ? (size_t)(bar - argument) : strlen(argument);
    *filter = !items->view->has_folder ? argument : bar ? bar + 1 : "";
    vt_str_clear(&items->folder);
    return length == 0 || vt_pane_path_of(argument, length, &items->folder, error);
}

static void share_order(const vt_pane_items *items)
{
    for (const vt_pane_items *other = first; other; other = other->next) {
        if (other != items && other->content.context->engine == items->content.context->engine) {
            vt_library_share_order(items->library, other->library);
        }
    }
}

/* What is done to a closed stack here is what is done to one on the library's page. */
static void take_rules(const vt_pane_items *items)
{
    const vt_library *main = items->content.context->library;
    vt_library_act_on_whole_stacks(items->library, main && vt_library_acts_on_whole_stacks(main));
}

static void forget(vt_pane_items *items)
{
    q_timer_stop(items->pause);
    q_timer_stop(items->settle);
    items->has_place = items->begun = false;
    vt_library_hold(items->library, true);
    vt_library_reset(items->library);
    items->view->reset(items);
    vt_pane_items_write_filter(items, "");
    q_widget_hide(items->trouble);
    vt_str_clear(&items->folder);
}

void vt_pane_items_show(vt_pane_content *content, const char *argument)
{
    vt_pane_items *items = of(content);
    vt_error error = VT_ERROR_INIT;
    const char *filter = "";
    if (content->stage != VT_PANE_EMPTY) {
        forget(items);
    }
    if (!read_argument(items, argument, &filter, &error)) {
        vt_pane_content_fail(content, &error);
        return;
    }
    vt_library_hold(items->library, true);
    take_rules(items);
    share_order(items);
    vt_library_set_folder(items->library, items->folder.data, items->folder.length);
    vt_library_set_filter(items->library, filter);
    vt_library_rows_arrived(items->library); /* also if nothing narrows it */
    vt_pane_items_write_filter(items, filter);
    vt_pane_content_load(content, -1);
    q_timer_start_interval(items->settle, 0);
}

void vt_pane_items_clear(vt_pane_content *content)
{
    forget(of(content));
    vt_pane_content_empty(content);
}

void vt_pane_items_cancel(vt_pane_content *content)
{
    vt_error error = VT_ERROR_INIT;
    vt_error_set(&error, VT_ERROR_CANCELLED, "looking for the items was cancelled");
    forget(of(content));
    vt_pane_content_fail(content, &error);
}

void vt_pane_items_describe(const vt_pane_content *content, vt_str *text)
{
    const vt_pane_items *items = (const vt_pane_items *)content;
    char *filter = q_lineedit_text(vt_filter_box_edit(items->box));
    if (items->folder.length > 0) {
        const char *slash = strrchr(items->folder.data, '/');
        const char *name = slash && slash[1] ? slash + 1 : items->folder.data;
        vt_str_append_display(text, name, strlen(name));
    }
    if (filter && *filter) {
        vt_str_append_cstr(text, items->folder.length ? " \u00b7 " : "");
        vt_str_append_display(text, filter, strlen(filter));
    }
    free(filter);
}

size_t vt_pane_items_bytes(const vt_pane_content *content)
{
    enum { WIDGETS = 500 << 10, ROW = 5 }; /* of cards, before any is seen: bench_panes measures it */
    const vt_pane_items *items = (const vt_pane_items *)content;
    return WIDGETS + (size_t)vt_library_total(items->library) * ROW;
}

void vt_pane_items_rows_changed(vt_pane_content *content)
{
    if (content->stage == VT_PANE_READY || content->stage == VT_PANE_LOADING) {
        vt_library_rows_arrived(of(content)->library);
    }
}

bool vt_pane_items_find(vt_pane_content *content)
{
    QLineEdit *edit = vt_filter_box_edit(of(content)->box);
    q_widget_set_focus_focusreason(edit, Qt_ShortcutFocusReason);
    q_lineedit_select_all(edit);
    return true;
}

vt_subject vt_pane_items_subject(const vt_pane_content *content)
{
    const vt_pane_items *items = (const vt_pane_items *)content;
    take_rules(items); /* the user may have set others */
    vt_subject subject = vt_subject_of_library(items->library, false);
    subject.is_cards = items->view->is_cards;
    return subject;
}

void vt_pane_items_select(vt_pane_content *content, const int64_t *ids, size_t count)
{
    vt_pane_items *items = of(content);
    vt_selection selection = VT_SELECTION_INIT;
    if (content->stage != VT_PANE_READY) {
        return;
    }
    for (size_t i = 0; i < count && i < VT_PANE_SELECTED_MAX; i++) {
        int64_t row = vt_library_row_of(items->library, ids[i]);
        if (row >= 0) {
            vt_selection_add(&selection, row, row + 1);
            selection.current = selection.current < 0 ? row : selection.current;
        }
    }
    if (selection.current >= 0) { /* none of them is here: what was selected stays */
        selection.anchor = selection.current;
        items->following = true;
        items->view->reveal(items, selection.current);
        vt_library_select(items->library, &selection);
        items->following = false;
    }
    vt_selection_free(&selection);
}

void vt_pane_items_open(void *user, int64_t row)
{
    vt_pane_items *items = user;
    vt_item_brief item;
    char provider[64];
    if (row >= 0 && row < vt_library_count(items->library)) {
        vt_library_item(items->library, row, &item);
        vt_pane_content_opened(&items->content, vt_pane_provider_of(&item, provider));
    }
}

/* ---- making it ---- */

/* Of many panes that are opened at once one sorts, and the others wait for its order. */
static bool waits_for_order(const vt_pane_items *items)
{
    bool waits = false;
    if (vt_library_is_loading(items->library) && !vt_library_has_order(items->library)) {
        for (const vt_pane_items *other = first; other; other = other->next) {
            waits |= other != items && other->begun && vt_library_is_loading(other->library) &&
                     other->content.context->engine == items->content.context->engine;
        }
    }
    return waits;
}

static void on_settle(void *user)
{
    vt_pane_items *items = user;
    share_order(items);
    if (waits_for_order(items)) {
        q_timer_start_interval(items->settle, WAIT_MS);
        return;
    }
    items->begun = true;
    vt_library_hold(items->library, false);
    take_place(items);
}

typedef struct root_widget {
    QWidget widget; /* first */
    vt_pane_items *items;
} root_widget;

static void root_show(QWidget *self, QShowEvent *event)
{
    q_widget_base_show_event(self, event);
    vt_pane_items *items = ((root_widget *)self)->items;
    if (items->has_place) {
        q_timer_start_interval(items->settle, 0);
    }
}

static void root_change(QWidget *self, QEvent *event)
{
    vt_pane_items *items = ((root_widget *)self)->items;
    q_widget_base_change_event(self, event);
    if (q_event_type(event) == QEvent_PaletteChange && items->view && items->view->set_icons) {
        items->view->set_icons(items);
    }
}

static const QWidgetVirtuals root_virtuals = {.show_event = root_show, .change_event = root_change};
static qt_subclass root_class = {
    .base = &qt_class_QWidget, .virtuals = &root_virtuals, .instance_size = sizeof(root_widget)};

static void make_pages(vt_pane_items *items, QVBoxLayout *layout)
{
    items->pages = q_stackedwidget_new(items->content.widget);
    items->widget = items->view->make(items, items->pages);
    items->empty = vt_empty_page_create(items->pages, empty_pressed, items);
    if (items->widget) {
        const vt_pane_context *context = items->content.context;
        if (context->add_menu) {
            context->add_menu(context->user, items->widget);
        }
        q_stackedwidget_add_widget(items->pages, items->widget);
        q_widget_set_accessible_name(items->widget, vt_tr("panes", items->view->name));
    }
    q_stackedwidget_add_widget(items->pages, vt_empty_page_widget(items->empty));
    q_boxlayout_add_widget_full(layout, items->pages, 1, 0);
}

bool vt_pane_items_make(vt_pane_items *items, const vt_pane_type *type, const vt_pane_context *context,
                        const vt_pane_items_view *view, vt_error *error)
{
    root_widget *root = qt_subclass_allocate(&root_class);
    q_widget_init(&root->widget, NULL);
    qt_subclass_install(&root_class, root);
    root->items = items;
    vt_pane_content_init(&items->content, type, context, &root->widget);
    items->view = view;
    items->folder = (vt_str)VT_STR_INIT;
    items->next = first;
    items->link = &first;
    if (first) {
        first->link = &items->next;
    }
    first = items;
    items->library = vt_library_create(context->engine, context->executor, error);
    if (!items->library) {
        return false;
    }
    vt_library_hold(items->library, true);
    items->settle = q_timer_new(items->content.widget);
    q_timer_set_single_shot(items->settle, true);
    q_timer_on_timeout(items->settle, items->settle, on_settle, items);
    QVBoxLayout *layout = q_vboxlayout_new_widget(&root->widget);
    q_layout_set_contents_margins(layout, 0, 0, 0, 0);
    q_boxlayout_set_spacing(layout, 0);
    vt_pane_items_make_bar(items, layout);
    make_pages(items, layout);
    vt_library_listen(items->library, &(vt_library_listener){.view_changed = view_changed,
                                                             .selection_changed = selection_changed,
                                                             .filter_failed = vt_pane_items_filter_failed,
                                                             .filter_worked = vt_pane_items_filter_worked,
                                                             .user = items});
    return items->widget != NULL ||
           vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a view of the library");
}

void vt_pane_items_destroy(vt_pane_content *content)
{
    vt_pane_items *items = of(content);
    *items->link = items->next;
    if (items->next) {
        items->next->link = items->link;
    }
    if (items->widget && items->view->stop) {
        items->view->stop(items);
    }
    if (items->box) {
        vt_filter_box_stop(items->box);
    }
    q_widget_delete(content->widget);
    vt_library_free(items->library);
    vt_str_free(&items->folder);
}
