#include "app/ui/panes/pane_chooser.h"

#include "app/ui/panes/types.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qhboxlayout.h>
#include <qt6c/qlabel.h>
#include <qt6c/qlineedit.h>
#include <qt6c/qlistwidget.h>
#include <qt6c/qlistwidgetitem.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qvboxlayout.h>

#include <stdlib.h>

enum { MARGIN = 12, WIDTH_MOST = 420 };

struct vt_pane_chooser {
    QWidget widget; /* first */
    QListWidget *list;
    QLineEdit *argument;
    QPushButton *show;
    void (*chosen)(void *user, const char *provider);
    void *user;
};

static qt_subclass chooser_class = {.base = &qt_class_QWidget, .instance_size = sizeof(vt_pane_chooser)};

/* The type in the present row; NULL: none. */
static const vt_pane_type *present(const vt_pane_chooser *chooser)
{
    int row = q_listwidget_current_row(chooser->list);
    return row >= 0 ? vt_pane_types[row] : NULL;
}

static void choose(void *user)
{
    const vt_pane_chooser *chooser = user;
    const vt_pane_type *type = present(chooser);
    char *argument = q_lineedit_text(chooser->argument);
    vt_str provider = VT_STR_INIT;
    if (type) {
        vt_str_appendf(&provider, "%s:%s", type->name, *type->argument && argument ? argument : "");
    }
    free(argument);
    if (type && !provider.failed) {
        chooser->chosen(chooser->user, provider.data); /* this page may be gone then */
    }
    vt_str_free(&provider);
}

static void on_show(void *user, bool checked)
{
    (void)checked;
    choose(user);
}

static void on_activated(void *user, QListWidgetItem *item)
{
    (void)item;
    choose(user);
}

/* What is to be typed is said in the field. */
static void on_row(void *user, int row)
{
    (void)row;
    const vt_pane_chooser *chooser = user;
    const vt_pane_type *type = present(chooser);
    bool wants = type && *type->argument;
    q_lineedit_set_placeholder_text(chooser->argument, wants ? vt_tr("panes", type->argument)
                                                             : vt_tr("panes", "Nothing more is needed"));
    q_widget_set_enabled(chooser->argument, wants);
    q_widget_set_enabled(chooser->show, type != NULL);
}

static void fill(const vt_pane_chooser *chooser)
{
    for (size_t i = 0; vt_pane_types[i]; i++) {
        QIcon icon = vt_icon_make(vt_pane_types[i]->icon);
        q_listwidget_add_item_listwidgetitem(
            chooser->list,
            q_listwidgetitem_new_icon_string_listwidget_int(&icon, vt_tr("panes", vt_pane_types[i]->title)));
        q_icon_fini(&icon);
    }
    q_listwidget_set_current_row(chooser->list, 0);
}

vt_pane_chooser *vt_pane_chooser_create(QWidgetRef parent, void (*chosen)(void *user, const char *provider),
                                        void *user)
{
    vt_pane_chooser *chooser = qt_subclass_allocate(&chooser_class);
    q_widget_init(&chooser->widget, parent);
    qt_subclass_install(&chooser_class, chooser);
    q_widget_hide(&chooser->widget);
    chooser->chosen = chosen;
    chooser->user = user;
    QHBoxLayout *across = q_hboxlayout_new_widget(&chooser->widget);
    QWidget *column = q_widget_new(&chooser->widget);
    q_widget_set_maximum_width(column, WIDTH_MOST);
    q_boxlayout_add_widget_full(across, column, 1, 0);
    QVBoxLayout *layout = q_vboxlayout_new_widget(column);
    q_layout_set_contents_margins(layout, MARGIN, MARGIN, MARGIN, MARGIN);
    QLabel *title = q_label_new(vt_tr("panes", "What shall this pane show?"), column);
    q_label_set_word_wrap(title, true);
    chooser->list = q_listwidget_new(column);
    q_widget_set_accessible_name(chooser->list, vt_tr("panes", "Kinds of panes"));
    chooser->argument = q_lineedit_new(column);
    q_widget_set_accessible_name(chooser->argument, vt_tr("panes", "What of it"));
    chooser->show = q_pushbutton_new(vt_tr("panes", "Show"), column);
    q_widget_set_minimum_width(chooser->argument, 40);
    q_boxlayout_add_widget(layout, title);
    q_boxlayout_add_widget_full(layout, chooser->list, 1, 0);
    QHBoxLayout *row = q_hboxlayout_new();
    q_boxlayout_add_widget_full(row, chooser->argument, 1, 0);
    q_boxlayout_add_widget(row, chooser->show);
    q_boxlayout_add_layout(layout, row);
    q_listwidget_on_current_row_changed(chooser->list, &chooser->widget, on_row, chooser);
    q_listwidget_on_item_activated(chooser->list, &chooser->widget, on_activated, chooser);
    q_lineedit_on_return_pressed(chooser->argument, &chooser->widget, choose, chooser);
    q_abstractbutton_on_clicked(chooser->show, &chooser->widget, on_show, chooser);
    fill(chooser);
    on_row(chooser, 0);
    q_widget_set_focus_proxy(&chooser->widget, chooser->list);
    return chooser;
}

QWidget *vt_pane_chooser_widget(vt_pane_chooser *chooser)
{
    return &chooser->widget;
}
