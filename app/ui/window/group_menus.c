/* How the cards are grouped and what is written below them: in the menu View, and the box in the bar. */
#include "app/ui/parts/translate.h"
#include "app/ui/window/window_private.h"

#include <qt6c/qactiongroup.h>
#include <qt6c/qmenu.h>
#include <qt6c/qvariant.h>

/* In the order of the menu and the box. */
static const struct {
    vt_group_by by;
    bool descending; /* at first: the newest and the best on top */
    const char *text;
} groupings[] = {
    {VT_GROUP_NONE, false, VT_TR_NOOP("menu", "No groups")},
    {VT_GROUP_FOLDER, false, VT_TR_NOOP("menu", "By folder")},
    {VT_GROUP_DAY, true, VT_TR_NOOP("menu", "By day")},
    {VT_GROUP_MONTH, true, VT_TR_NOOP("menu", "By month")},
    {VT_GROUP_YEAR, true, VT_TR_NOOP("menu", "By year")},
    {VT_GROUP_KIND, false, VT_TR_NOOP("menu", "By kind")},
    {VT_GROUP_FORMAT, false, VT_TR_NOOP("menu", "By format")},
    {VT_GROUP_RATING, true, VT_TR_NOOP("menu", "By rating")},
    {VT_GROUP_LABEL, false, VT_TR_NOOP("menu", "By label")},
    {VT_GROUP_CAMERA, false, VT_TR_NOOP("menu", "By camera")},
    {VT_GROUP_SIZE, false, VT_TR_NOOP("menu", "By size")},
    {VT_GROUP_LETTER, false, VT_TR_NOOP("menu", "By letter")},
    {VT_GROUP_SAME, false, VT_TR_NOOP("menu", "Same content")},
    {VT_GROUP_ALIKE, false, VT_TR_NOOP("menu", "Look alike")},
};

enum { GROUPING_COUNT = sizeof groupings / sizeof *groupings };
_Static_assert((int)GROUPING_COUNT == (int)VT_GROUP_BY_COUNT, "each grouping is offered");

/* ---- what is chosen ---- */

static void choose_grouping(vt_window *window, int index)
{
    if (index >= 0 && index < GROUPING_COUNT && !window->changing_sort) {
        vt_library_set_group(window->library, groupings[index].by, groupings[index].descending);
        vt_window_show_group(window);
    }
}

static void on_box(void *user, int index)
{
    choose_grouping(user, index);
}

/* The actions carry their place in the table. */
static int number_of(QAction *action)
{
    QVariant data = q_action_data(action);
    int number = q_variant_to_int(&data);
    q_variant_fini(&data);
    return number;
}

static void on_grouping(void *user, QAction *action)
{
    choose_grouping(user, number_of(action));
}

static void on_backwards(void *user, bool on)
{
    vt_window *window = user;
    vt_library_set_group(window->library, vt_library_group(window->library, NULL), on);
}

static void on_stacks(void *user, bool on)
{
    vt_window *window = user;
    vt_grid_set_stacks(window->grid, on);
    if (on && vt_library_group(window->library, NULL) != VT_GROUP_FOLDER) {
        vt_library_set_group(window->library, VT_GROUP_FOLDER, false);
    }
    vt_window_show_group(window);
    vt_commands_update(window);
}

static void on_caption(void *user, QAction *action)
{
    vt_window *window = user;
    int line = number_of(action);
    vt_captions captions = vt_grid_captions(window->grid);
    if (line == VT_CAPTION_LINE_COUNT) {
        captions.count = 0;
    } else {
        vt_captions_turn(&captions, (vt_caption_line)line);
    }
    vt_grid_set_captions(window->grid, &captions);
    vt_window_show_group(window);
}

/* ---- what is shown as chosen ---- */

void vt_window_show_group(vt_window *window)
{
    bool backwards = false;
    vt_group_by by = vt_library_group(window->library, &backwards);
    window->changing_sort = true;
    for (int i = 0; i < GROUPING_COUNT; i++) {
        if (groupings[i].by == by) {
            q_combobox_set_current_index(window->group, i);
            q_action_set_checked(window->groupings[i], true);
        }
    }
    window->changing_sort = false;
    q_action_set_checked(window->backwards, backwards);
    q_action_set_enabled(window->backwards, by != VT_GROUP_NONE);
    q_action_set_checked(window->stacks, vt_grid_has_stacks(window->grid) && by == VT_GROUP_FOLDER);
    vt_captions captions = vt_grid_captions(window->grid);
    for (int i = 0; i < VT_CAPTION_LINE_COUNT; i++) {
        q_action_set_checked(window->caption_lines[i], vt_captions_has(&captions, (vt_caption_line)i));
    }
    q_action_set_checked(window->caption_lines[VT_CAPTION_LINE_COUNT], captions.count == 0);
}

/* ---- menus and box ---- */

static QAction *add_choice(QMenu *menu, QActionGroup *group, const char *text, int number)
{
    QAction *action = q_action_new(text, menu);
    q_action_set_checkable(action, true);
    QVariant data = qt_variant_int(number);
    q_action_set_data(action, &data);
    q_variant_fini(&data);
    q_actiongroup_add_action(group, action);
    q_widget_add_action(menu, action);
    return action;
}

static QAction *add_switch(QMenu *menu, const char *text)
{
    QAction *action = q_action_new(text, menu);
    q_action_set_checkable(action, true);
    q_widget_add_action(menu, action);
    return action;
}

static void make_grouping_menu(vt_window *window, QMenu *view)
{
    QMenu *menu = q_menu_add_menu_string(view, vt_tr("menu", "&Group"));
    QActionGroup *group = q_actiongroup_new(menu);
    for (int i = 0; i < GROUPING_COUNT; i++) {
        window->groupings[i] = add_choice(menu, group, vt_tr("menu", groupings[i].text), i);
    }
    q_actiongroup_on_triggered(group, &window->main, on_grouping, window);
    q_menu_add_separator(menu);
    window->backwards = add_switch(menu, vt_tr("menu", "&Last group first"));
    q_action_on_triggered(window->backwards, &window->main, on_backwards, window);
    window->stacks = add_switch(menu, vt_tr("menu", "Folders as &stacks"));
    q_action_on_triggered(window->stacks, &window->main, on_stacks, window);
}

static void make_caption_menu(vt_window *window, QMenu *view)
{
    QMenu *menu = q_menu_add_menu_string(view, vt_tr("menu", "&Below the cards"));
    QActionGroup *group = q_actiongroup_new(menu);
    q_actiongroup_set_exclusive(group, false);
    for (int i = 0; i < VT_CAPTION_LINE_COUNT; i++) {
        const char *title = vt_tr("captions", vt_captions_title((vt_caption_line)i));
        window->caption_lines[i] = add_choice(menu, group, title, i);
    }
    q_menu_add_separator(menu);
    window->caption_lines[VT_CAPTION_LINE_COUNT] =
        add_choice(menu, group, vt_tr("menu", "N&one"), VT_CAPTION_LINE_COUNT);
    q_actiongroup_on_triggered(group, &window->main, on_caption, window);
}

void vt_window_make_group_menus(vt_window *window, QMenu *view)
{
    q_menu_add_separator(view);
    make_grouping_menu(window, view);
    make_caption_menu(window, view);
}

void vt_window_make_group_box(vt_window *window)
{
    window->group = q_combobox_new(&window->main);
    const char *texts[GROUPING_COUNT];
    for (int i = 0; i < GROUPING_COUNT; i++) {
        texts[i] = vt_tr("menu", groupings[i].text);
    }
    QList list = qt_string_list_from(texts, GROUPING_COUNT);
    q_combobox_add_items(window->group, &list);
    qt_string_list_release(&list);
    q_widget_set_accessible_name(window->group, vt_tr("window", "Groups"));
    q_widget_set_tool_tip(window->group, vt_tr("window", "Groups"));
    q_widget_set_focus_policy(window->group, Qt_TabFocus);
    q_combobox_on_activated(window->group, &window->main, on_box, window);
}
