#include "app/ui/info/info_panel.h"

#include "app/ui/info/info_form.h"
#include "app/ui/parts/icons.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qhboxlayout.h>
#include <qt6c/qicon.h>
#include <qt6c/qlabel.h>
#include <qt6c/qtoolbutton.h>

enum { MARGIN = 14, GAP = 6, WIDTH_LEAST = 240 };

struct vt_info_panel {
    QDockWidget dock; /* first */
    const vt_info_panel_ops *ops;
    void *user;
    vt_info_form *form;
    QToolButton *close;
    vt_subject subject; /* as it was when it was shown */
    uint64_t choices;   /* of that */
};

/* ---- what is shown ---- */

void vt_info_panel_refresh(vt_info_panel *panel)
{
    if (!panel->form || !q_widget_is_visible(&panel->dock)) {
        return;
    }
    vt_subject subject = panel->ops->subject(panel->user);
    uint64_t choices = vt_subject_choices(&subject);
    bool same = vt_subject_is_same(&subject, choices, &panel->subject, panel->choices);
    panel->subject = subject;
    panel->choices = choices;
    vt_info_form_show(panel->form, panel->ops->chosen(panel->user), same);
}

static void selection_changed(void *user)
{
    vt_info_panel_refresh(user);
}

static void visibility_changed(void *user, bool visible)
{
    const vt_info_panel *panel = user;
    if (visible) {
        vt_info_panel_refresh(user);
    } else if (panel->form) {
        vt_info_form_show(panel->form, NULL, false); /* nothing is read that nobody sees */
    }
}

static void say(void *user, const char *text)
{
    const vt_info_panel *panel = user;
    panel->ops->say(panel->user, text);
}

static void left(void *user)
{
    const vt_info_panel *panel = user;
    panel->ops->left(panel->user);
}

/* It shows what commands act on. */
static bool is_meant(void *user)
{
    (void)user;
    return true;
}

static const vt_info_form_ops form_ops = {.say = say, .left = left, .is_meant = is_meant};

/* ---- making it ---- */

static void on_close(void *user, bool checked)
{
    (void)checked;
    q_widget_hide(&((vt_info_panel *)user)->dock);
}

static void set_icon(vt_info_panel *panel)
{
    QIcon icon = vt_icon_make(VT_ICON_CLOSE);
    q_abstractbutton_set_icon(panel->close, &icon);
    q_icon_fini(&icon);
}

/* One's own: the style's buttons have icons for light grounds only. */
static void make_title_bar(vt_info_panel *panel)
{
    QWidget *bar = q_widget_new(&panel->dock);
    QHBoxLayout *layout = q_hboxlayout_new_widget(bar);
    q_layout_set_contents_margins(layout, MARGIN, GAP, GAP, 0);
    QLabel *title = q_label_new(vt_tr("info", "Item"), bar);
    q_widget_set_foreground_role(title, QPalette_PlaceholderText);
    q_boxlayout_add_widget_full(layout, title, 1, 0);
    panel->close = q_toolbutton_new(bar);
    q_toolbutton_set_auto_raise(panel->close, true);
    q_widget_set_accessible_name(panel->close, vt_tr("info", "Close the item panel"));
    q_widget_set_tool_tip(panel->close, vt_tr("info", "Close the item panel (Ctrl+I)"));
    q_widget_set_focus_policy(panel->close, Qt_NoFocus);
    q_abstractbutton_on_clicked(panel->close, &panel->dock, on_close, panel);
    q_boxlayout_add_widget(layout, panel->close);
    set_icon(panel);
    q_dockwidget_set_title_bar_widget(&panel->dock, bar);
}

static void panel_finish(void *self)
{
    vt_info_panel_stop(self);
}

static qt_subclass panel_class = {
    .base = &qt_class_QDockWidget, .instance_size = sizeof(vt_info_panel), .finish = panel_finish};

vt_info_panel *vt_info_panel_create(QWidgetRef parent, vt_library *library, vt_executor *executor,
                                    const vt_info_panel_ops *ops, void *user)
{
    vt_info_panel *panel = qt_subclass_allocate(&panel_class);
    q_dockwidget_init_string_widget_windowtype(&panel->dock, vt_tr("info", "Item"), parent);
    qt_subclass_install(&panel_class, panel);
    panel->ops = ops;
    panel->user = user;
    panel->form =
        vt_info_form_create(&panel->dock, vt_library_engine(library), executor,
                            vt_tr("info", "Choose an item to see what is known of it."), &form_ops, panel);
    if (!panel->form) {
        q_widget_delete(&panel->dock);
        return NULL;
    }
    q_object_set_object_name((QObject *)&panel->dock, "item-panel");
    q_dockwidget_set_allowed_areas(&panel->dock, Qt_LeftDockWidgetArea | Qt_RightDockWidgetArea);
    make_title_bar(panel);
    q_widget_set_minimum_width(vt_info_form_widget(panel->form), WIDTH_LEAST);
    q_dockwidget_set_widget(&panel->dock, vt_info_form_widget(panel->form));
    q_dockwidget_on_visibility_changed(&panel->dock, &panel->dock, visibility_changed, panel);
    vt_library_listen(library, &(vt_library_listener){.selection_changed = selection_changed, .user = panel});
    return panel;
}

void vt_info_panel_stop(vt_info_panel *panel)
{
    if (panel->form) {
        vt_info_form_stop(panel->form);
        panel->form = NULL;
    }
}

QDockWidget *vt_info_panel_dock(vt_info_panel *panel)
{
    return &panel->dock;
}

void vt_info_panel_edit_tags(vt_info_panel *panel)
{
    vt_info_form_edit_tags(panel->form);
}

void vt_info_panel_set_theme(vt_info_panel *panel)
{
    set_icon(panel);
}
