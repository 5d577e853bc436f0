#include "app/ui/intake/intake_folders.h"

#include "app/ui/parts/translate.h"
#include "core/base/str.h"

#include <qt6c/qaction.h>
#include <qt6c/qfiledialog.h>
#include <qt6c/qhboxlayout.h>
#include <qt6c/qkeysequence.h>
#include <qt6c/qlabel.h>
#include <qt6c/qlistwidget.h>
#include <qt6c/qmenu.h>
#include <qt6c/qmodelindex.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qsettings.h>
#include <qt6c/qstackedwidget.h>
#include <qt6c/qvariant.h>
#include <qt6c/qvboxlayout.h>

#include <stdlib.h>
#include <string.h>

enum { LIST_HEIGHT = 110 };

struct vt_intake_folders {
    QWidget widget; /* first */
    QStackedWidget *pages;
    QListWidget *list;
    QLabel *empty, *wrong;
    QPushButton *add, *recent_button, *remove;
    QMenu *recent_menu;
    char **paths; /* owned, like their texts */
    size_t count;
    char *recent[VT_INTAKE_RECENT_MAX]; /* owned; the newest first */
    QAction *recent_actions[VT_INTAKE_RECENT_MAX];
    size_t recent_count;
    bool keeps;
    void (*changed)(void *user);
    void *user;
};

/* ---- the list ---- */

static void update(vt_intake_folders *folders)
{
    q_stackedwidget_set_current_widget(folders->pages,
                                       folders->count ? (QWidget *)folders->list : (QWidget *)folders->empty);
    q_widget_set_enabled(folders->remove, folders->count > 0);
    vt_intake_folders_say(folders, "");
    folders->changed(folders->user);
}

static bool is_listed(const vt_intake_folders *folders, const char *path)
{
    for (size_t i = 0; i < folders->count; i++) {
        if (strcmp(folders->paths[i], path) == 0) {
            return true;
        }
    }
    return false;
}

static void show_path(QListWidget *list, const char *path)
{
    vt_str shown = VT_STR_INIT;
    vt_str_append_display(&shown, path, strlen(path));
    q_listwidget_add_item(list, shown.data);
    vt_str_free(&shown);
}

void vt_intake_folders_add(vt_intake_folders *folders, const char *const *paths, size_t count)
{
    size_t room = folders->count + count;
    char **grown = room <= VT_INTAKE_PATHS_MAX ? realloc(folders->paths, (room + 1) * sizeof *grown) : NULL;
    if (!grown) {
        vt_intake_folders_say(folders, vt_tr("intake", "These are too many folders at once"));
        return;
    }
    folders->paths = grown;
    for (size_t i = 0; i < count; i++) {
        char *copy = is_listed(folders, paths[i]) ? NULL : strdup(paths[i]);
        if (copy) {
            folders->paths[folders->count++] = copy;
            show_path(folders->list, copy);
        }
    }
    q_listwidget_set_current_row(folders->list, (int)folders->count - 1);
    update(folders);
}

static void remove_at(vt_intake_folders *folders, int row)
{
    if (row < 0 || (size_t)row >= folders->count) {
        return;
    }
    free(folders->paths[row]);
    memmove(&folders->paths[row], &folders->paths[row + 1],
            (folders->count - (size_t)row - 1) * sizeof *folders->paths);
    folders->count--;
    QModelIndex root = q_modelindex_make();
    q_abstractitemmodel_remove_rows(q_abstractitemview_model(folders->list), row, 1, &root);
    update(folders);
}

void vt_intake_folders_clear(vt_intake_folders *folders)
{
    while (folders->count > 0) {
        free(folders->paths[--folders->count]);
    }
    q_listwidget_clear(folders->list);
    update(folders);
}

const char *const *vt_intake_folders_paths(const vt_intake_folders *folders, size_t *count)
{
    *count = folders->count;
    return (const char *const *)folders->paths;
}

void vt_intake_folders_say(vt_intake_folders *folders, const char *text)
{
    vt_str shown = VT_STR_INIT;
    vt_str_append_display(&shown, text, strlen(text));
    q_label_set_text(folders->wrong, shown.data);
    q_widget_set_visible(folders->wrong, *text != '\0');
    vt_str_free(&shown);
}

void vt_intake_folders_focus(vt_intake_folders *folders)
{
    q_widget_set_focus(folders->count ? (QWidget *)folders->list : (QWidget *)folders->add);
}

/* ---- recent ones ---- */

static void show_recent(vt_intake_folders *folders)
{
    for (size_t i = 0; i < VT_INTAKE_RECENT_MAX; i++) {
        bool used = i < folders->recent_count;
        if (used) {
            vt_str shown = VT_STR_INIT;
            vt_str_append_display(&shown, folders->recent[i], strlen(folders->recent[i]));
            q_action_set_text(folders->recent_actions[i], shown.data);
            vt_str_free(&shown);
        }
        q_action_set_visible(folders->recent_actions[i], used);
    }
    q_widget_set_enabled(folders->recent_button, folders->recent_count > 0);
}

static QSettings *open_settings(void)
{
    return q_settings_new_scope(QSettings_IniFormat, QSettings_UserScope, "vitrine", "vitrine", NULL);
}

/* Only paths that are text: a settings file cannot hold others. */
static void save_recent(const vt_intake_folders *folders)
{
    if (!folders->keeps) {
        return;
    }
    QSettings *settings = open_settings();
    for (size_t i = 0; i < folders->recent_count; i++) {
        vt_str key = VT_STR_INIT;
        vt_str_appendf(&key, "intake/recent%zu", i);
        QVariant value = qt_variant_string(folders->recent[i]);
        q_settings_set_value(settings, key.data, &value);
        q_variant_fini(&value);
        vt_str_free(&key);
    }
    q_settings_delete(settings);
}

static void load_recent(vt_intake_folders *folders)
{
    QSettings *settings = folders->keeps ? open_settings() : NULL;
    for (size_t i = 0; settings && i < VT_INTAKE_RECENT_MAX; i++) {
        vt_str key = VT_STR_INIT;
        vt_str_appendf(&key, "intake/recent%zu", i);
        QVariant value = q_settings_value(settings, key.data);
        char *path = q_variant_to_string(&value);
        q_variant_fini(&value);
        vt_str_free(&key);
        if (path && *path == '/') {
            folders->recent[folders->recent_count++] = path;
        } else {
            free(path);
        }
    }
    if (settings) {
        q_settings_delete(settings);
    }
}

static void put_first(vt_intake_folders *folders, const char *path)
{
    size_t at = 0;
    while (at < folders->recent_count && strcmp(folders->recent[at], path) != 0) {
        at++;
    }
    char *copy = strdup(path);
    if (!copy || !vt_utf8_valid(path, strlen(path))) {
        free(copy);
        return;
    }
    if (at < folders->recent_count) {
        free(folders->recent[at]);
    } else if (at == VT_INTAKE_RECENT_MAX) {
        free(folders->recent[--at]);
    } else {
        folders->recent_count++;
    }
    memmove(&folders->recent[1], &folders->recent[0], at * sizeof *folders->recent);
    folders->recent[0] = copy;
}

void vt_intake_folders_used(vt_intake_folders *folders)
{
    size_t most = folders->count < VT_INTAKE_RECENT_MAX ? folders->count : VT_INTAKE_RECENT_MAX;
    for (size_t i = most; i > 0; i--) {
        put_first(folders, folders->paths[i - 1]);
    }
    save_recent(folders);
    show_recent(folders);
}

/* ---- what the user does ---- */

static void on_add(void *user, bool checked)
{
    (void)checked;
    vt_intake_folders *folders = user;
    const char *from = folders->count ? folders->paths[folders->count - 1] : "";
    char *path = q_filedialog_get_existing_directory_full(&folders->widget, vt_tr("intake", "Add a folder"),
                                                          from, QFileDialog_ShowDirsOnly);
    if (path && *path) {
        vt_intake_folders_add(folders, (const char *const *)&path, 1);
    }
    free(path);
}

static void on_remove(void *user, bool checked)
{
    (void)checked;
    vt_intake_folders *folders = user;
    remove_at(folders, q_listwidget_current_row(folders->list));
}

static void on_recent(void *user, QAction *action)
{
    vt_intake_folders *folders = user;
    for (size_t i = 0; i < folders->recent_count; i++) {
        if (folders->recent_actions[i] == action) {
            const char *path = folders->recent[i];
            vt_intake_folders_add(folders, &path, 1);
        }
    }
}

/* ---- making it ---- */

static void folders_finish(void *self)
{
    vt_intake_folders *folders = self;
    for (size_t i = 0; i < folders->count; i++) {
        free(folders->paths[i]);
    }
    free(folders->paths);
    for (size_t i = 0; i < folders->recent_count; i++) {
        free(folders->recent[i]);
    }
}

static qt_subclass folders_class = {
    .base = &qt_class_QWidget, .instance_size = sizeof(vt_intake_folders), .finish = folders_finish};

static void make_recent(vt_intake_folders *folders)
{
    folders->recent_button = q_pushbutton_new(vt_tr("intake", "Recent"), &folders->widget);
    folders->recent_menu = q_menu_new_empty(folders->recent_button);
    for (size_t i = 0; i < VT_INTAKE_RECENT_MAX; i++) {
        folders->recent_actions[i] = q_action_new("", folders->recent_menu);
        q_widget_add_action(folders->recent_menu, folders->recent_actions[i]);
    }
    q_pushbutton_set_menu(folders->recent_button, folders->recent_menu);
    q_menu_on_triggered(folders->recent_menu, &folders->widget, on_recent, folders);
    load_recent(folders);
    show_recent(folders);
}

static void make_list(vt_intake_folders *folders)
{
    folders->pages = q_stackedwidget_new(&folders->widget);
    folders->list = q_listwidget_new(folders->pages);
    q_widget_set_accessible_name(folders->list, vt_tr("intake", "Folders to import"));
    q_abstractitemview_set_text_elide_mode(folders->list, Qt_ElideMiddle);
    folders->empty = q_label_new(vt_tr("intake", "Drop folders here, or add one."), folders->pages);
    q_label_set_alignment(folders->empty, Qt_AlignCenter);
    q_frame_set_frame_shape(folders->empty, QFrame_StyledPanel);
    q_widget_set_foreground_role(folders->empty, QPalette_PlaceholderText);
    q_stackedwidget_add_widget(folders->pages, folders->list);
    q_stackedwidget_add_widget(folders->pages, folders->empty);
    q_stackedwidget_set_current_widget(folders->pages, folders->empty);
    q_widget_set_minimum_height(folders->pages, LIST_HEIGHT);
    QAction *away = q_action_new(vt_tr("intake", "Remove"), folders->list);
    QKeySequence key;
    q_keysequence_init_text(&key, "Del");
    q_action_set_shortcut(away, &key);
    q_keysequence_fini(&key);
    q_action_set_shortcut_context(away, Qt_WidgetShortcut);
    q_widget_add_action(folders->list, away);
    q_action_on_triggered(away, &folders->widget, on_remove, folders);
}

vt_intake_folders *vt_intake_folders_create(QWidgetRef parent, bool keeps, void (*changed)(void *user),
                                            void *user)
{
    vt_intake_folders *folders = qt_subclass_allocate(&folders_class);
    q_widget_init(&folders->widget, parent);
    qt_subclass_install(&folders_class, folders);
    folders->keeps = keeps;
    folders->changed = changed;
    folders->user = user;
    make_list(folders);
    folders->add = q_pushbutton_new(vt_tr("intake", "Choose a folder\u2026"), &folders->widget);
    make_recent(folders);
    folders->remove = q_pushbutton_new(vt_tr("intake", "Remove"), &folders->widget);
    q_widget_set_enabled(folders->remove, false);
    folders->wrong = q_label_new_empty(&folders->widget);
    q_label_set_text_format(folders->wrong, Qt_PlainText);
    q_label_set_word_wrap(folders->wrong, true);
    q_widget_set_foreground_role(folders->wrong, QPalette_BrightText);
    q_widget_hide(folders->wrong);
    QVBoxLayout *layout = q_vboxlayout_new_widget(&folders->widget);
    q_layout_set_contents_margins(layout, 0, 0, 0, 0);
    q_boxlayout_add_widget_full(layout, folders->pages, 1, 0);
    q_boxlayout_add_widget(layout, folders->wrong);
    QHBoxLayout *buttons = q_hboxlayout_new();
    q_boxlayout_add_layout(layout, buttons);
    q_boxlayout_add_widget(buttons, folders->add);
    q_boxlayout_add_widget(buttons, folders->recent_button);
    q_boxlayout_add_widget(buttons, folders->remove);
    q_boxlayout_add_stretch(buttons);
    q_abstractbutton_on_clicked(folders->add, &folders->widget, on_add, folders);
    q_abstractbutton_on_clicked(folders->remove, &folders->widget, on_remove, folders);
    return folders;
}

QWidget *vt_intake_folders_widget(vt_intake_folders *folders)
{
    return &folders->widget;
}
