/* `browse:FOLDER|FILTER`: items as cards in a pane; how they are ordered and grouped stands in a menu beside
   the filter. */
#include "app/ui/panes/pane_items.h"
#include "app/ui/panes/pane_types.h"

#include "app/ui/browse/grid.h"
#include "app/ui/parts/translate.h"
#include "core/base/translatable.h"
#include "core/index/group.h"

#include <qt6c/qaction.h>
#include <qt6c/qmenu.h>
#include <qt6c/qtoolbutton.h>

#include <stdlib.h>

enum { SIDE_FIRST = 128, SIDE_MIN = 64, SIDE_MAX = 512, IDLE = 6 };

typedef struct browse_pane {
    vt_pane_items items;   /* first */
    vt_pictures *pictures; /* owned */
    vt_grid *grid;
    QToolButton *order;
} browse_pane;

static browse_pane *of(vt_pane_items *items)
{
    return (browse_pane *)items;
}

/* ---- order and groups ---- */

static const struct {
    vt_sort_key key;
    const char *text;
} orders[] = {
    {VT_SORT_PATH, VT_TR_NOOP("order", "Folder")},        {VT_SORT_NAME, VT_TR_NOOP("order", "Name")},
    {VT_SORT_DATE, VT_TR_NOOP("order", "Date")},          {VT_SORT_SIZE, VT_TR_NOOP("order", "File size")},
    {VT_SORT_RATING, VT_TR_NOOP("panes", "Rating")},      {VT_SORT_KIND, VT_TR_NOOP("order", "Kind")},
    {VT_SORT_ID, VT_TR_NOOP("order", "Order of arrival")}};

static const struct {
    vt_group_by by;
    bool backwards;
    const char *text;
} groups[] = {{VT_GROUP_NONE, false, VT_TR_NOOP("menu", "No groups")},
              {VT_GROUP_FOLDER, false, VT_TR_NOOP("menu", "By folder")},
              {VT_GROUP_DAY, true, VT_TR_NOOP("menu", "By day")},
              {VT_GROUP_MONTH, true, VT_TR_NOOP("menu", "By month")},
              {VT_GROUP_YEAR, true, VT_TR_NOOP("menu", "By year")},
              {VT_GROUP_KIND, false, VT_TR_NOOP("menu", "By kind")},
              {VT_GROUP_RATING, true, VT_TR_NOOP("menu", "By rating")},
              {VT_GROUP_LABEL, false, VT_TR_NOOP("menu", "By label")},
              {VT_GROUP_CAMERA, false, VT_TR_NOOP("menu", "By camera")}};

typedef enum choice_kind { CHOICE_ORDER, CHOICE_DOWN, CHOICE_GROUP } choice_kind;

typedef struct choice {
    browse_pane *pane;
    choice_kind kind;
    size_t at; /* in its table */
} choice;

static void on_chosen(void *user, bool checked)
{
    const choice *of = user;
    vt_library *library = of->pane->items.library;
    bool down = false;
    vt_sort_key key = vt_library_sort_key(library, &down);
    switch (of->kind) {
    case CHOICE_ORDER:
        vt_library_set_sort(library, orders[of->at].key, down);
        break;
    case CHOICE_DOWN:
        vt_library_set_sort(library, key, checked);
        break;
    case CHOICE_GROUP:
        vt_library_set_group(library, groups[of->at].by, groups[of->at].backwards);
        break;
    }
}

static void add(QMenu *menu, browse_pane *pane, choice_kind kind, size_t at, const char *text, bool checked)
{
    QAction *action = q_action_new(text, menu);
    choice *user = malloc(sizeof *user);
    q_action_set_checkable(action, true);
    q_action_set_checked(action, checked);
    if (user) {
        *user = (choice){pane, kind, at};
        q_action_on_triggered_with(action, menu, on_chosen, user, &(qt_connect_options){.destroy = free});
    }
    q_widget_add_action(menu, action);
}

static void on_hidden(void *user)
{
    q_object_delete_later(user);
}

static void on_order(void *user, bool checked)
{
    (void)checked;
    browse_pane *pane = user;
    bool down = false;
    vt_sort_key key = vt_library_sort_key(pane->items.library, &down);
    vt_group_by by = vt_library_group(pane->items.library, NULL);
    QMenu *menu = q_menu_new_empty(pane->order);
    q_widget_set_accessible_name(menu, vt_tr("panes", "Order and groups"));
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        const char *context = orders[i].key == VT_SORT_RATING ? "panes" : "order";
        add(menu, pane, CHOICE_ORDER, i, vt_tr(context, orders[i].text), orders[i].key == key);
    }
    q_menu_add_separator(menu);
    add(menu, pane, CHOICE_DOWN, 0, vt_tr("panes", "Backwards"), down);
    q_menu_add_separator(menu);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        add(menu, pane, CHOICE_GROUP, i, vt_tr("menu", groups[i].text), groups[i].by == by);
    }
    q_menu_on_about_to_hide(menu, menu, on_hidden, menu);
    QPoint below = {0, q_widget_height(pane->order)};
    QPoint where = q_widget_map_to_global_point(pane->order, &below);
    q_menu_popup(menu, &where);
}

static void set_icons(vt_pane_items *items)
{
    if (of(items)->order) {
        QIcon icon = vt_icon_make(VT_ICON_SORT_ASCENDING);
        q_abstractbutton_set_icon(of(items)->order, &icon);
        q_icon_fini(&icon);
    }
}

static void fill_bar(vt_pane_items *items, QHBoxLayout *bar)
{
    browse_pane *pane = of(items);
    pane->order = q_toolbutton_new(items->content.widget);
    set_icons(items);
    q_toolbutton_set_auto_raise(pane->order, true);
    q_widget_set_accessible_name(pane->order, vt_tr("panes", "Order and groups"));
    q_widget_set_tool_tip(pane->order, vt_tr("panes", "Order and groups"));
    q_abstractbutton_on_clicked(pane->order, items->content.widget, on_order, pane);
    q_boxlayout_add_widget(bar, pane->order);
}

/* ---- the view ---- */

static QWidget *make(vt_pane_items *items, QWidgetRef parent)
{
    browse_pane *pane = of(items);
    pane->pictures = vt_pictures_create_beside(items->content.context->pictures, NULL);
    if (!pane->pictures) {
        return NULL;
    }
    pane->grid = vt_grid_create(parent, items->library, pane->pictures, vt_pane_items_open, items);
    if (!pane->grid) {
        return NULL;
    }
    vt_grid_set_picture_side(pane->grid, SIDE_FIRST);
    return vt_grid_widget(pane->grid);
}

static void reset(vt_pane_items *items)
{
    vt_grid_set_picture_side(of(items)->grid, SIDE_FIRST);
    vt_grid_scroll_to(of(items)->grid, 0);
}

/* Selects it, too, as select() does next. */
static void reveal(vt_pane_items *items, int64_t row)
{
    vt_grid_set_current(of(items)->grid, row);
}

static int64_t scroll(const vt_pane_items *items)
{
    return vt_grid_scroll(((const browse_pane *)items)->grid);
}

static void scroll_to(vt_pane_items *items, int64_t value)
{
    vt_grid_scroll_to(of(items)->grid, value);
}

static void save(const vt_pane_items *items, vt_json_writer *json)
{
    vt_json_key(json, "side");
    vt_json_int(json, vt_grid_picture_side(((const browse_pane *)items)->grid));
}

static bool restore(vt_pane_items *items, const vt_json_text *key, vt_json_reader *json)
{
    int64_t side = 0;
    if (!vt_json_text_is(key, "side")) {
        return false;
    }
    if (vt_json_read_int(json, SIDE_MIN, SIDE_MAX, &side)) {
        vt_grid_set_picture_side(of(items)->grid, (int)side);
    }
    return true;
}

static const vt_pane_items_view browse_view = {.name = VT_TR_NOOP("panes", "Items of the pane"),
                                               .has_folder = true,
                                               .is_cards = true,
                                               .make = make,
                                               .fill_bar = fill_bar,
                                               .set_icons = set_icons,
                                               .reset = reset,
                                               .reveal = reveal,
                                               .scroll = scroll,
                                               .scroll_to = scroll_to,
                                               .save = save,
                                               .restore = restore};

static void destroy(vt_pane_content *content)
{
    browse_pane *pane = (browse_pane *)content;
    vt_pane_items_destroy(content); /* the grid, too */
    vt_pictures_free(pane->pictures);
    free(pane);
}

static vt_pane_content *create(const vt_pane_context *context, vt_error *error)
{
    browse_pane *pane = calloc(1, sizeof *pane);
    if (!pane) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a pane");
        return NULL;
    }
    if (!vt_pane_items_make(&pane->items, &vt_pane_browse_type, context, &browse_view, error)) {
        destroy(&pane->items.content);
        return NULL;
    }
    return &pane->items.content;
}

const vt_pane_type vt_pane_browse_type = {.name = "browse",
                                          .title = VT_TR_NOOP("panes", "Cards"),
                                          .argument = VT_TR_NOOP("panes", "folder|filter"),
                                          .icon = VT_ICON_GRID,
                                          .idle = IDLE,
                                          .create = create,
                                          .show = vt_pane_items_show,
                                          .clear = vt_pane_items_clear,
                                          .destroy = destroy,
                                          .cancel = vt_pane_items_cancel,
                                          .describe = vt_pane_items_describe,
                                          .save = vt_pane_items_save,
                                          .restore = vt_pane_items_restore,
                                          .bytes = vt_pane_items_bytes,
                                          .select = vt_pane_items_select,
                                          .find = vt_pane_items_find,
                                          .subject = vt_pane_items_subject,
                                          .rows_changed = vt_pane_items_rows_changed};
