#include "app/ui/keys/keys_dialog.h"

#include "app/ui/keys/keys.h"
#include "app/ui/parts/sizing.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qfont.h>
#include <qt6c/qhboxlayout.h>
#include <qt6c/qheaderview.h>
#include <qt6c/qkeysequence.h>
#include <qt6c/qkeysequenceedit.h>
#include <qt6c/qlabel.h>
#include <qt6c/qlineedit.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qtreewidget.h>
#include <qt6c/qtreewidgetitem.h>
#include <qt6c/qvariant.h>
#include <qt6c/qvboxlayout.h>

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { WIDTH = 760, HEIGHT = 620, KEYS_WIDTH = 260, COLUMN_TEXT = 0, COLUMN_KEYS = 1, GROUPS_MAX = 16 };

struct vt_keys_dialog {
    QDialog dialog; /* first */
    vt_executor *executor;
    void (*changed)(void *user);
    void *user;
    vt_log log;
    QLineEdit *search;
    QTreeWidget *list;
    QLabel *title, *message;
    QKeySequenceEdit *edit;
    QPushButton *add, *clear, *standard;
    QTreeWidgetItem **items;   /* one for each entry; the list owns them */
    ptrdiff_t chosen;          /* entry, or -1 */
    char pressed[VT_KEY_SIZE]; /* "" for none */
};

/* ---- what is shown ---- */

static void set_text(QTreeWidgetItem *item, int column, const char *text)
{
    QVariant value = qt_variant_string(text);
    q_treewidgetitem_set_data(item, column, Qt_DisplayRole, &value);
    q_variant_fini(&value);
}

static void show_keys(vt_keys_dialog *dialog, size_t entry)
{
    vt_str text = VT_STR_INIT;
    vt_keys_append_shown(vt_keymap_keys(vt_keys_map(), entry), &text);
    set_text(dialog->items[entry], COLUMN_KEYS, text.data);
    QFont font;
    q_font_init_font(&font, q_widget_font(dialog->list));
    q_font_set_bold(&font, !vt_keymap_is_standard(vt_keys_map(), entry));
    QVariant bold = qt_variant_of(QT_TYPE_FONT, &font);
    q_treewidgetitem_set_data(dialog->items[entry], COLUMN_KEYS, Qt_FontRole, &bold);
    q_variant_fini(&bold);
    q_font_fini(&font);
    vt_str_free(&text);
}

static void say(vt_keys_dialog *dialog, const char *text)
{
    q_label_set_text(dialog->message, text);
    if (*text) {
        vt_log_write(&dialog->log, VT_LOG_INFO, "keys: %s", text);
    }
}

/* Whose the pressed key is, and what the button does with it. */
static void show_pressed(vt_keys_dialog *dialog)
{
    bool has_key = dialog->chosen >= 0 && dialog->pressed[0];
    q_widget_set_enabled(dialog->add, has_key);
    q_abstractbutton_set_text(dialog->add, vt_tr("keys", "Add"));
    if (!has_key) {
        return;
    }
    ptrdiff_t other = vt_keymap_conflict(vt_keys_map(), (size_t)dialog->chosen, dialog->pressed, 0);
    vt_str key = VT_STR_INIT, text = VT_STR_INIT;
    vt_keys_append_shown(dialog->pressed, &key);
    if (other < 0) {
        vt_tr_append_with(&text, "keys", "%1 is free here", key.data);
    } else {
        vt_tr_append_with(&text, "keys", "%1 is the key of: ", key.data);
        vt_keys_append_text((size_t)other, &text);
        q_abstractbutton_set_text(dialog->add, vt_tr("keys", "Take over"));
    }
    vt_str_free(&key);
    say(dialog, text.data);
    vt_str_free(&text);
}

static void forget_pressed(vt_keys_dialog *dialog)
{
    dialog->pressed[0] = '\0';
    q_keysequenceedit_clear(dialog->edit);
    show_pressed(dialog);
}

static void show_chosen(vt_keys_dialog *dialog)
{
    bool any = dialog->chosen >= 0;
    vt_str text = VT_STR_INIT;
    if (any) {
        vt_keys_append_text((size_t)dialog->chosen, &text);
    } else {
        vt_str_append_cstr(&text, vt_tr("keys", "Choose a line to give it other keys"));
    }
    q_label_set_text(dialog->title, text.data);
    q_widget_set_enabled(dialog->edit, any);
    q_widget_set_enabled(dialog->clear, any && *vt_keymap_keys(vt_keys_map(), (size_t)dialog->chosen));
    q_widget_set_enabled(dialog->standard,
                         any && !vt_keymap_is_standard(vt_keys_map(), (size_t)dialog->chosen));
    vt_str_free(&text);
}

/* ---- changes ---- */

static void saved(void *user, const vt_error *error)
{
    say(user, error ? error->message : vt_tr("keys", "Kept."));
}

/* The map has changed; `entry` -1: in many places. */
static void keep(vt_keys_dialog *dialog, ptrdiff_t entry)
{
    vt_error error = VT_ERROR_INIT;
    for (size_t i = 0; i < vt_keymap_count(vt_keys_map()); i++) {
        show_keys(dialog, i);
    }
    forget_pressed(dialog);
    show_chosen(dialog);
    dialog->changed(dialog->user);
    if (!vt_keys_save(entry, dialog->executor, (QObject *)&dialog->dialog, saved, dialog, &error)) {
        say(dialog, error.message);
    }
}

static void on_add(void *user, bool checked)
{
    (void)checked;
    vt_keys_dialog *dialog = user;
    vt_error error = VT_ERROR_INIT;
    if (dialog->chosen < 0 || !dialog->pressed[0]) {
        return;
    }
    if (vt_keymap_take_over(vt_keys_map(), (size_t)dialog->chosen, dialog->pressed, &error)) {
        keep(dialog, -1); /* others may have lost it */
    } else {
        say(dialog, error.message);
    }
}

static void on_clear(void *user, bool checked)
{
    (void)checked;
    vt_keys_dialog *dialog = user;
    if (dialog->chosen >= 0 && vt_keymap_set(vt_keys_map(), (size_t)dialog->chosen, "", NULL)) {
        keep(dialog, dialog->chosen);
    }
}

/* A standard key that another has meanwhile stays with that one, which is told. */
static void on_standard(void *user, bool checked)
{
    (void)checked;
    vt_keys_dialog *dialog = user;
    if (dialog->chosen < 0) {
        return;
    }
    size_t entry = (size_t)dialog->chosen;
    vt_keymap_reset(vt_keys_map(), entry);
    char keys[VT_KEYS_SIZE];
    memcpy(keys, vt_keymap_keys(vt_keys_map(), entry), sizeof keys);
    const char *rest = keys, *at;
    size_t length;
    while (vt_keys_next(&rest, &at, &length)) {
        char key[VT_KEY_SIZE];
        vt_key_normalize(at, length, key, NULL);
        if (vt_keymap_conflict(vt_keys_map(), entry, key, 0) >= 0) {
            vt_keymap_remove(vt_keys_map(), entry, key);
        }
    }
    keep(dialog, dialog->chosen);
}

static void on_all_standard(void *user, bool checked)
{
    (void)checked;
    for (size_t i = 0; i < vt_keymap_count(vt_keys_map()); i++) {
        vt_keymap_reset(vt_keys_map(), i);
    }
    keep(user, -1);
}

/* One key, not a row of them: what follows it is cut off. */
static void on_pressed(void *user, const QKeySequence *sequence)
{
    vt_keys_dialog *dialog = user;
    char *text = q_keysequence_to_string(sequence);
    char *next = text ? strstr(text, ", ") : NULL;
    if (next) {
        *next = '\0';
    }
    if (text && *text && vt_key_normalize(text, strlen(text), dialog->pressed, NULL)) {
        show_pressed(dialog);
    }
    free(text);
}

/* ---- the list ---- */

static void on_current(void *user, QTreeWidgetItem *current, QTreeWidgetItem *previous)
{
    (void)previous;
    vt_keys_dialog *dialog = user;
    dialog->chosen = -1;
    for (size_t i = 0; current && i < vt_keymap_count(vt_keys_map()); i++) {
        if (dialog->items[i] == current) {
            dialog->chosen = (ptrdiff_t)i;
        }
    }
    say(dialog, "");
    forget_pressed(dialog);
    show_chosen(dialog);
}

/* A click or Enter: the next key pressed is the new one. */
static void on_opened(void *user, QTreeWidgetItem *item, int column)
{
    (void)item;
    (void)column;
    vt_keys_dialog *dialog = user;
    if (dialog->chosen >= 0) {
        q_widget_set_focus(dialog->edit);
    }
}

static void on_search(void *user, const QString *typed)
{
    vt_keys_dialog *dialog = user;
    char *words = qt_string_to_utf8(typed);
    int shown = 0;
    for (size_t i = 0; words && i < vt_keymap_count(vt_keys_map()); i++) {
        vt_str text = VT_STR_INIT;
        vt_keys_append_text(i, &text);
        vt_str_append_char(&text, ' ');
        vt_keys_append_shown(vt_keymap_keys(vt_keys_map(), i), &text);
        bool fits = !*words || strcasestr(text.data, words) != NULL;
        q_treewidgetitem_set_hidden(dialog->items[i], !fits);
        shown += fits;
        vt_str_free(&text);
    }
    for (int g = 0; g < q_treewidget_top_level_item_count(dialog->list); g++) {
        QTreeWidgetItem *group = q_treewidget_top_level_item(dialog->list, g);
        bool any = false;
        for (int i = 0; i < q_treewidgetitem_child_count(group); i++) {
            any |= !q_treewidgetitem_is_hidden(q_treewidgetitem_child(group, i));
        }
        q_treewidgetitem_set_hidden(group, !any);
    }
    say(dialog,
        shown ? "" : vt_tr("keys", "Nothing fits: search for a word of a command, or a key like Ctrl+F"));
    free(words);
}

/* Enter in the search box goes to the first line that is left. */
static void on_search_done(void *user)
{
    vt_keys_dialog *dialog = user;
    for (size_t i = 0; i < vt_keymap_count(vt_keys_map()); i++) {
        if (!q_treewidgetitem_is_hidden(dialog->items[i])) {
            q_treewidget_set_current_item(dialog->list, dialog->items[i]);
            q_widget_set_focus(dialog->list);
            return;
        }
    }
}

/* ---- making it ---- */

/* The menu's title for a command, else where the key holds. */
static void append_group(size_t entry, vt_str *text)
{
    if (vt_keys_view_row(entry)) {
        vt_str_append_cstr(text, vt_keys_group(entry));
        return;
    }
    vt_command_menu menu = vt_command_get((vt_command_id)entry)->menu;
    vt_str title = VT_STR_INIT;
    for (const char *at = vt_tr("menu", vt_command_menu_title(menu)); *at; at++) {
        if (*at != '&') {
            vt_str_append_char(&title, *at);
        }
    }
    vt_tr_append_with(text, "keys", "Menu %1", title.data);
    vt_str_free(&title);
}

static QTreeWidgetItem *group_item(vt_keys_dialog *dialog, const char *title)
{
    for (int i = 0; i < q_treewidget_top_level_item_count(dialog->list); i++) {
        QTreeWidgetItem *item = q_treewidget_top_level_item(dialog->list, i);
        QVariant value = q_treewidgetitem_data(item, COLUMN_TEXT, Qt_DisplayRole);
        char *text = q_variant_to_string(&value);
        bool same = text && strcmp(text, title) == 0;
        free(text);
        q_variant_fini(&value);
        if (same) {
            return item;
        }
    }
    QTreeWidgetItem *group = q_treewidgetitem_new_treewidget_int(dialog->list);
    set_text(group, COLUMN_TEXT, title);
    q_treewidgetitem_set_flags(group, Qt_ItemIsEnabled);
    q_treewidgetitem_set_first_column_spanned(group, true);
    QFont font;
    q_font_init_font(&font, q_widget_font(dialog->list));
    q_font_set_bold(&font, true);
    QVariant bold = qt_variant_of(QT_TYPE_FONT, &font);
    q_treewidgetitem_set_data(group, COLUMN_TEXT, Qt_FontRole, &bold);
    q_variant_fini(&bold);
    q_font_fini(&font);
    return group;
}

static void fill(vt_keys_dialog *dialog)
{
    for (size_t i = 0; i < vt_keymap_count(vt_keys_map()); i++) {
        vt_str text = VT_STR_INIT;
        append_group(i, &text);
        dialog->items[i] = q_treewidgetitem_new_treewidgetitem_int(group_item(dialog, text.data));
        vt_str_clear(&text);
        vt_keys_append_text(i, &text);
        set_text(dialog->items[i], COLUMN_TEXT, text.data);
        vt_str_free(&text);
        show_keys(dialog, i);
    }
    q_treeview_expand_all(dialog->list);
}

static void make_list(vt_keys_dialog *dialog, QVBoxLayout *layout)
{
    dialog->search = q_lineedit_new(&dialog->dialog);
    q_lineedit_set_placeholder_text(dialog->search, vt_tr("keys", "Search for a command or a key"));
    q_lineedit_set_clear_button_enabled(dialog->search, true);
    q_widget_set_accessible_name(dialog->search, vt_tr("keys", "Search keys"));
    q_boxlayout_add_widget(layout, dialog->search);
    dialog->list = q_treewidget_new(&dialog->dialog);
    const char *const titles[] = {vt_tr("keys", "What it does"), vt_tr("keys", "Keys")};
    QList names = qt_string_list_from(titles, 2);
    q_treewidget_set_column_count(dialog->list, 2);
    q_treewidget_set_header_labels(dialog->list, &names);
    qt_string_list_release(&names);
    q_widget_set_accessible_name(dialog->list, vt_tr("keys", "Commands and their keys"));
    q_treeview_set_root_is_decorated(dialog->list, false);
    q_treeview_set_uniform_row_heights(dialog->list, true);
    q_abstractitemview_set_alternating_row_colors(dialog->list, true);
    QHeaderView *header = q_treeview_header(dialog->list);
    q_headerview_set_stretch_last_section(header, false);
    q_headerview_set_section_resize_mode(header, COLUMN_TEXT, QHeaderView_Stretch);
    q_headerview_resize_section(header, COLUMN_KEYS, KEYS_WIDTH);
    q_boxlayout_add_widget_full(layout, dialog->list, 1, 0);
    q_lineedit_on_text_changed(dialog->search, &dialog->dialog, on_search, dialog);
    q_lineedit_on_return_pressed(dialog->search, &dialog->dialog, on_search_done, dialog);
    q_treewidget_on_current_item_changed(dialog->list, &dialog->dialog, on_current, dialog);
    q_treewidget_on_item_clicked(dialog->list, &dialog->dialog, on_opened, dialog);
    q_treewidget_on_item_activated(dialog->list, &dialog->dialog, on_opened, dialog);
}

static QPushButton *add_button(vt_keys_dialog *dialog, QBoxLayoutRef row, const char *text,
                               void (*clicked)(void *user, bool checked))
{
    QPushButton *button = q_pushbutton_new(text, &dialog->dialog);
    q_pushbutton_set_auto_default(button, false);
    q_boxlayout_add_widget(row, button);
    q_abstractbutton_on_clicked(button, &dialog->dialog, clicked, dialog);
    return button;
}

static void on_close(void *user, bool checked)
{
    (void)checked;
    q_widget_hide(&((vt_keys_dialog *)user)->dialog);
}

static void make_editor(vt_keys_dialog *dialog, QVBoxLayout *layout)
{
    dialog->title = q_label_new_empty(&dialog->dialog);
    q_label_set_text_format(dialog->title, Qt_PlainText);
    q_boxlayout_add_widget(layout, dialog->title);
    QHBoxLayout *row = q_hboxlayout_new();
    q_boxlayout_add_layout(layout, row);
    dialog->edit = q_keysequenceedit_new(&dialog->dialog);
    q_widget_set_accessible_name(dialog->edit, vt_tr("keys", "New key"));
    q_widget_set_accessible_description(dialog->edit, vt_tr("keys", "Press the key that shall be added"));
    q_boxlayout_add_widget_full(row, dialog->edit, 1, 0);
    dialog->add = add_button(dialog, row, vt_tr("keys", "Add"), on_add);
    dialog->clear = add_button(dialog, row, vt_tr("keys", "No keys"), on_clear);
    dialog->standard = add_button(dialog, row, vt_tr("keys", "Standard keys"), on_standard);
    dialog->message = q_label_new_empty(&dialog->dialog);
    q_label_set_text_format(dialog->message, Qt_PlainText);
    q_label_set_word_wrap(dialog->message, true);
    QHBoxLayout *foot = q_hboxlayout_new();
    q_boxlayout_add_layout(layout, foot);
    q_boxlayout_add_widget_full(foot, dialog->message, 1, 0);
    add_button(dialog, foot, vt_tr("keys", "All keys standard"), on_all_standard);
    add_button(dialog, foot, vt_tr("keys", "Close"), on_close);
    q_keysequenceedit_on_key_sequence_changed(dialog->edit, &dialog->dialog, on_pressed, dialog);
}

static void dialog_finish(void *self)
{
    free(((vt_keys_dialog *)self)->items);
}

static qt_subclass dialog_class = {
    .base = &qt_class_QDialog, .instance_size = sizeof(vt_keys_dialog), .finish = dialog_finish};

vt_keys_dialog *vt_keys_dialog_create(QWidgetRef parent, vt_executor *executor, void (*changed)(void *user),
                                      void *user, vt_log log)
{
    QTreeWidgetItem **items = calloc(vt_keymap_count(vt_keys_map()), sizeof(QTreeWidgetItem *));
    if (!items) {
        return NULL;
    }
    vt_keys_dialog *dialog = qt_subclass_allocate(&dialog_class);
    q_dialog_init(&dialog->dialog, parent);
    qt_subclass_install(&dialog_class, dialog);
    dialog->items = items;
    dialog->executor = executor;
    dialog->changed = changed;
    dialog->user = user;
    dialog->log = log;
    dialog->chosen = -1;
    q_widget_set_window_title(&dialog->dialog, vt_tr("keys", "Keyboard"));
    vt_resize_within_screen((QWidget *)&dialog->dialog, WIDTH, HEIGHT);
    QVBoxLayout *layout = q_vboxlayout_new_widget(&dialog->dialog);
    make_list(dialog, layout);
    make_editor(dialog, layout);
    fill(dialog);
    show_chosen(dialog);
    show_pressed(dialog);
    return dialog;
}

void vt_keys_dialog_show(vt_keys_dialog *dialog)
{
    q_lineedit_clear(dialog->search);
    q_widget_show(&dialog->dialog);
    q_widget_raise(&dialog->dialog);
    q_widget_activate_window(&dialog->dialog);
    q_widget_set_focus(dialog->search);
}
