/* The manual in a window of its own: for those who do not use panes. */
#include "app/ui/panes/manual.h"
#include "app/ui/parts/sizing.h"
#include "app/ui/parts/translate.h"
#include "app/ui/window/command_functions.h"
#include "app/ui/window/window_private.h"

#include <qt6c/qdialog.h>
#include <qt6c/qevent.h>
#include <qt6c/qhboxlayout.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qscrollbar.h>
#include <qt6c/qurl.h>
#include <qt6c/qvboxlayout.h>

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 720, HEIGHT = 640, MARGIN = 8 };

/* One at a time; deleted when it is closed. */
typedef struct manual_window {
    QDialog dialog; /* first */
    QTextBrowser *browser;
    vt_str page; /* that is shown */
    vt_log log;
} manual_window;

static void show_page(manual_window *manual, const char *name)
{
    vt_str html = VT_STR_INIT;
    vt_str title = VT_STR_INIT;
    vt_error error = VT_ERROR_INIT;
    if (vt_manual_write(name, &html, &error)) {
        vt_manual_title(name, &title);
        q_textedit_set_html(manual->browser, html.data);
        q_widget_set_window_title(&manual->dialog, title.data);
        vt_str_clear(&manual->page);
        vt_str_append_cstr(&manual->page, name);
        vt_log_write(&manual->log, VT_LOG_INFO, "manual: page=%s title=%s", *name ? name : "index",
                     title.data);
    }
    vt_str_free(&html);
    vt_str_free(&title);
}

static void on_link(void *user, const QUrl *link)
{
    char *target = vt_manual_target(link);
    if (target) {
        show_page(user, target);
    }
    free(target);
}

static void on_contents(void *user, bool checked)
{
    (void)checked;
    show_page(user, "");
}

static void on_close(void *user, bool checked)
{
    (void)checked;
    q_widget_close(&((manual_window *)user)->dialog);
}

/* Pages have colours of the theme in them, links above all: written anew, at the place where one read. */
static void manual_change(QDialog *self, QEvent *event)
{
    manual_window *manual = (manual_window *)self;
    q_widget_base_change_event(self, event);
    if (q_event_type(event) == QEvent_PaletteChange && manual->browser) {
        QScrollBar *bar = q_abstractscrollarea_vertical_scroll_bar(manual->browser);
        int place = q_abstractslider_value(bar);
        vt_str page = manual->page;
        manual->page = (vt_str)VT_STR_INIT;
        show_page(manual, page.length ? page.data : "");
        q_abstractslider_set_value(bar, place);
        vt_str_free(&page);
    }
}

static void manual_finish(void *self)
{
    vt_str_free(&((manual_window *)self)->page);
}

static const QDialogVirtuals manual_virtuals = {.change_event = manual_change};
static qt_subclass manual_class = {.base = &qt_class_QDialog,
                                   .virtuals = &manual_virtuals,
                                   .instance_size = sizeof(manual_window),
                                   .finish = manual_finish};

static manual_window *make_window(vt_window *window)
{
    manual_window *manual = qt_subclass_allocate(&manual_class);
    q_dialog_init(&manual->dialog, &window->main);
    qt_subclass_install(&manual_class, manual);
    manual->page = (vt_str)VT_STR_INIT;
    manual->log = window->context.log;
    q_object_set_object_name((QObject *)&manual->dialog, "manual");
    q_widget_set_attribute(&manual->dialog, Qt_WA_DeleteOnClose);
    q_widget_set_accessible_name(&manual->dialog, vt_tr("window", "Manual"));
    QVBoxLayout *layout = q_vboxlayout_new_widget(&manual->dialog);
    q_layout_set_contents_margins(layout, 0, 0, 0, MARGIN);
    manual->browser = vt_manual_browser(&manual->dialog);
    q_textbrowser_on_anchor_clicked(manual->browser, &manual->dialog, on_link, manual);
    q_boxlayout_add_widget_full(layout, manual->browser, 1, 0);
    QHBoxLayout *line = q_hboxlayout_new();
    q_layout_set_contents_margins(line, MARGIN, 0, MARGIN, 0);
    QPushButton *contents = q_pushbutton_new(vt_tr("window", "Contents"), &manual->dialog);
    QPushButton *close = q_pushbutton_new(vt_tr("window", "Close"), &manual->dialog);
    q_abstractbutton_on_clicked(contents, &manual->dialog, on_contents, manual);
    q_abstractbutton_on_clicked(close, &manual->dialog, on_close, manual);
    q_boxlayout_add_widget(line, contents);
    q_boxlayout_add_stretch_full(line, 1);
    q_boxlayout_add_widget(line, close);
    q_boxlayout_add_layout(layout, line);
    vt_resize_within_screen((QWidget *)&manual->dialog, WIDTH, HEIGHT);
    return manual;
}

static manual_window *find_window(vt_window *window)
{
    const QList *children = q_object_children(&window->main);
    manual_window *found = NULL;
    for (ptrdiff_t i = 0; i < children->size; i++) {
        QObject *child = ((QObject **)children->ptr)[i];
        char *name = q_object_object_name(child);
        if (name && strcmp(name, "manual") == 0) {
            found = (manual_window *)child;
        }
        free(name);
    }
    return found;
}

void vt_command_manual(vt_window *window)
{
    manual_window *manual = find_window(window);
    if (!manual) {
        manual = make_window(window);
        show_page(manual, "");
    }
    q_widget_show(&manual->dialog);
    q_widget_raise(&manual->dialog);
    q_widget_activate_window(&manual->dialog);
}
