/* Keys, buttons and the menu of the viewer, from its table of commands. */
#include "app/ui/viewer/viewer_private.h"

#include "app/ui/keys/keymap.h"
#include "app/ui/keys/keys.h"
#include "app/ui/keys/view_keys.h"
#include "app/ui/parts/icons.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qaction.h>
#include <qt6c/qmenu.h>

#include <stdio.h>
#include <stdlib.h>

/* ---- keys ---- */

/* Those that image browsers share, and for models those of Blender. One key may mean something else for
   another kind of item. */
static const struct {
    int key; /* with modifiers */
    vt_viewer_command command;
} keys[] = {
    {Qt_Key_Escape, VT_VIEWER_BACK},
    {Qt_Key_Backspace, VT_VIEWER_BACK},
    {Qt_Key_Return, VT_VIEWER_BACK},
    {Qt_Key_Left, VT_VIEWER_PREVIOUS},
    {Qt_Key_PageUp, VT_VIEWER_PREVIOUS},
    {Qt_Key_Right, VT_VIEWER_NEXT},
    {Qt_Key_PageDown, VT_VIEWER_NEXT},
    {Qt_Key_Space, VT_VIEWER_NEXT},
    {Qt_Key_Home, VT_VIEWER_FIRST},
    {Qt_Key_End, VT_VIEWER_LAST},
    {Qt_Key_Minus, VT_VIEWER_ZOOM_OUT},
    {Qt_Key_Plus, VT_VIEWER_ZOOM_IN},
    {Qt_Key_Equal, VT_VIEWER_ZOOM_IN},
    {Qt_Key_0, VT_VIEWER_FIT},
    {Qt_Key_0 | Qt_ControlModifier, VT_VIEWER_FIT},
    {Qt_Key_1, VT_VIEWER_ACTUAL_SIZE},
    {Qt_Key_W, VT_VIEWER_FIT_WIDTH},
    {Qt_Key_W | Qt_ShiftModifier, VT_VIEWER_FILL},
    {Qt_Key_BracketLeft, VT_VIEWER_ROTATE_LEFT},
    {Qt_Key_R | Qt_ControlModifier | Qt_ShiftModifier, VT_VIEWER_ROTATE_LEFT},
    {Qt_Key_BracketRight, VT_VIEWER_ROTATE_RIGHT},
    {Qt_Key_R | Qt_ControlModifier, VT_VIEWER_ROTATE_RIGHT},
    {Qt_Key_H, VT_VIEWER_FLIP_ACROSS},
    {Qt_Key_V, VT_VIEWER_FLIP_DOWN},
    {Qt_Key_B, VT_VIEWER_GROUND},
    {Qt_Key_Z, VT_VIEWER_NEXT_LOOK},
    {Qt_Key_M, VT_VIEWER_BOX},
    {Qt_Key_A, VT_VIEWER_AXES},
    {Qt_Key_5, VT_VIEWER_ORTHOGRAPHIC},
    {Qt_Key_1, VT_VIEWER_FROM_FRONT},
    {Qt_Key_2, VT_VIEWER_FROM_BACK},
    {Qt_Key_3, VT_VIEWER_FROM_RIGHT},
    {Qt_Key_4, VT_VIEWER_FROM_LEFT},
    {Qt_Key_7, VT_VIEWER_FROM_TOP},
    {Qt_Key_8, VT_VIEWER_FROM_BELOW},
    {Qt_Key_L, VT_VIEWER_REPEAT},
    {Qt_Key_I, VT_VIEWER_INFO},
    {Qt_Key_G, VT_VIEWER_HISTOGRAM},
    {Qt_Key_G | Qt_ShiftModifier, VT_VIEWER_HISTOGRAM_OF_SEEN},
    {Qt_Key_T, VT_VIEWER_FILMSTRIP},
    {Qt_Key_C, VT_VIEWER_COMPARE},
    {Qt_Key_S, VT_VIEWER_SLIDE_SHOW},
    {Qt_Key_F5, VT_VIEWER_SLIDE_SHOW},
    {Qt_Key_S | Qt_ShiftModifier, VT_VIEWER_SHUFFLE},
    {Qt_Key_F, VT_VIEWER_FULL_SCREEN},
    {Qt_Key_F11, VT_VIEWER_FULL_SCREEN},
    {Qt_Key_Menu, VT_VIEWER_MENU},
    {Qt_Key_F10 | Qt_ShiftModifier, VT_VIEWER_MENU},
};

/* Signs are typed with or without Shift, as the keyboard has them. */
static bool is_sign(int key)
{
    return key > Qt_Key_Space && key < 0x7f && !(key >= Qt_Key_A && key <= Qt_Key_Z) &&
           !(key >= Qt_Key_0 && key <= Qt_Key_9);
}

static bool is_arrow_used(vt_viewer *viewer, int key, bool shift)
{
    static const struct {
        int key, across, down;
    } arrows[] = {{Qt_Key_Left, -1, 0}, {Qt_Key_Right, 1, 0}, {Qt_Key_Up, 0, -1}, {Qt_Key_Down, 0, 1}};
    for (size_t i = 0; i < sizeof arrows / sizeof *arrows; i++) {
        if (arrows[i].key == key) {
            return viewer->mode->arrow(viewer, shift, arrows[i].across, arrows[i].down);
        }
    }
    return false;
}

static unsigned context_of(const vt_viewer *viewer)
{
    switch (viewer->item.kind) {
    case VT_KIND_MODEL:
        return VT_KEYS_MODEL;
    case VT_KIND_SEQUENCE:
        return VT_KEYS_SEQUENCE;
    default:
        return VT_KEYS_IMAGE;
    }
}

bool vt_viewer_key(vt_viewer *viewer, QKeyEvent *event)
{
    int modifiers = 0;
    int pressed =
        q_keyevent_key(event); /* arrows move what is larger than the window, whatever they are bound to */
    int key = vt_view_key_pressed(context_of(viewer), event, &modifiers);
    modifiers &= (int)(Qt_ShiftModifier | Qt_ControlModifier | Qt_AltModifier);
    if (is_sign(key) && modifiers == (int)Qt_ShiftModifier) {
        modifiers = 0;
    }
    if (viewer->row < 0) {
        return false;
    }
    if (pressed == Qt_Key_Space && vt_viewer_slide_pause(viewer)) {
        return true;
    }
    if (viewer->comparing && modifiers == 0 && vt_compare_key(viewer->compare, key)) {
        return true;
    }
    if (modifiers == 0 && !viewer->comparing && vt_sequence_key(viewer, key)) {
        return true;
    }
    if (!viewer->comparing && (modifiers == 0 || modifiers == (int)Qt_ShiftModifier) &&
        is_arrow_used(viewer, pressed, modifiers != 0)) {
        return true;
    }
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (keys[i].key == (key | modifiers) && vt_viewer_can(viewer, keys[i].command)) {
            vt_viewer_do(viewer, keys[i].command);
            return true;
        }
    }
    return false;
}

/* ---- buttons and menu ---- */

typedef struct command_user {
    vt_viewer *viewer;
    vt_viewer_command command;
} command_user;

static void on_chosen(void *user, bool checked)
{
    (void)checked;
    const command_user *chosen = user;
    vt_viewer_do(chosen->viewer, chosen->command);
}

static command_user *user_of(vt_viewer *viewer, int command)
{
    command_user *user = malloc(sizeof *user);
    if (user) {
        *user = (command_user){viewer, (vt_viewer_command)command};
    }
    return user;
}

static void add_button(vt_viewer *viewer, QBoxLayoutRef bar, int command)
{
    vt_str tip = VT_STR_INIT;
    vt_str_appendf(&tip, "%s (", vt_tr("viewer", vt_viewer_commands[command].text));
    vt_keys_append_shown(vt_viewer_commands[command].keys_text, &tip);
    vt_str_append_char(&tip, ')');
    QToolButton *button = q_toolbutton_new(&viewer->widget);
    q_toolbutton_set_auto_raise(button, true);
    q_widget_set_tool_tip(button, tip.data);
    q_widget_set_accessible_name(button, tip.data);
    vt_str_free(&tip);
    q_widget_set_focus_policy(button, Qt_NoFocus);
    command_user *user = user_of(viewer, command);
    if (user) {
        q_abstractbutton_on_clicked_with(button, &viewer->widget, on_chosen, user,
                                         &(qt_connect_options){.destroy = free});
    }
    viewer->buttons[command] = button;
    q_boxlayout_add_widget(bar, button);
}

void vt_viewer_add_buttons(vt_viewer *viewer, QBoxLayoutRef bar, bool at_left)
{
    for (int i = 0; i < VT_VIEWER_COMMAND_COUNT; i++) {
        if (vt_viewer_commands[i].bar == (at_left ? VT_VIEWER_AT_LEFT : VT_VIEWER_AT_RIGHT)) {
            add_button(viewer, bar, i);
        }
    }
}

void vt_viewer_update_buttons(vt_viewer *viewer)
{
    for (int i = 0; i < VT_VIEWER_COMMAND_COUNT; i++) {
        if (viewer->buttons[i]) {
            q_widget_set_visible(viewer->buttons[i], vt_viewer_can(viewer, (vt_viewer_command)i));
        }
    }
}

void vt_viewer_set_icons(vt_viewer *viewer)
{
    for (int i = 0; i < VT_VIEWER_COMMAND_COUNT; i++) {
        if (viewer->buttons[i]) {
            QIcon icon = vt_icon_make((vt_icon)vt_viewer_commands[i].icon);
            q_abstractbutton_set_icon(viewer->buttons[i], &icon);
            q_icon_fini(&icon);
        }
    }
    if (viewer->frame_bar) {
        vt_frame_bar_set_icons(viewer->frame_bar);
    }
}

static void add_action(vt_viewer *viewer, QMenu *menu, int command)
{
    const vt_viewer_command_row *row = &vt_viewer_commands[command];
    vt_str text = VT_STR_INIT;
    vt_str_append_cstr(&text, vt_tr("viewer", row->text));
    if (*row->keys_text) {
        vt_str_append_char(&text, '\t');
        vt_keys_append_shown(row->keys_text, &text);
    }
    QAction *action = q_action_new(text.failed ? "" : text.data, menu);
    vt_str_free(&text);
    if (row->is_on) {
        q_action_set_checkable(action, true);
        q_action_set_checked(action, row->is_on(viewer));
    }
    command_user *user = user_of(viewer, command);
    if (user) {
        q_action_on_triggered_with(action, &viewer->widget, on_chosen, user,
                                   &(qt_connect_options){.destroy = free});
    }
    q_widget_add_action(menu, action);
}

void vt_viewer_show_menu(vt_viewer *viewer, QPoint at)
{
    if (viewer->row < 0) {
        return;
    }
    QMenu *menu = q_menu_new_empty(&viewer->widget);
    q_widget_set_attribute(menu, Qt_WA_DeleteOnClose);
    for (int i = 0; i < VT_VIEWER_COMMAND_COUNT; i++) {
        if (!vt_viewer_commands[i].in_menu || !vt_viewer_can(viewer, (vt_viewer_command)i)) {
            continue;
        }
        if (vt_viewer_commands[i].line_before) {
            q_menu_add_separator(menu);
        }
        add_action(viewer, menu, i);
    }
    q_menu_popup(menu, &at);
}
