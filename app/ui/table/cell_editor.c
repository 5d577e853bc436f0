#include "app/ui/table/cell_editor.h"

#include "core/base/str.h"

#include <qt6c/qabstractitemview.h>
#include <qt6c/qcompleter.h>
#include <qt6c/qfocusevent.h>
#include <qt6c/qitemselectionmodel.h>
#include <qt6c/qkeyevent.h>
#include <qt6c/qlineedit.h>
#include <qt6c/qmodelindex.h>
#include <qt6c/qstringlistmodel.h>

#include <stdlib.h>
#include <string.h>

enum { WIDTH_LEAST = 260, VISIBLE = 12 };

struct vt_cell_editor {
    QLineEdit line; /* first */
    const vt_cell_editor_ops *ops;
    void *user;
    QCompleter *completer;
    QStringListModel *words;
    bool is_open, completes;
    char *before; /* owned: the line as it was typed, which the list overwrites; NULL: nothing typed */
    size_t before_cursor;
};

/* Bytes of the line before the cursor, which Qt counts in units of UTF-16. */
static size_t bytes_before_cursor(const vt_cell_editor *editor, const char *text)
{
    int units = q_lineedit_cursor_position(&editor->line);
    size_t at = 0;
    size_t length = strlen(text);
    while (units > 0 && at < length) {
        unsigned code_point = 0;
        size_t bytes = vt_utf8_decode(text + at, length - at, &code_point);
        units -= code_point > 0xffff ? 2 : 1;
        at += bytes ? bytes : 1;
    }
    return at;
}

static bool list_is_shown(const vt_cell_editor *editor)
{
    return editor->completes && q_widget_is_visible(q_completer_popup(editor->completer));
}

/* What is current in the list and not selected, Qt has chosen. */
static bool list_has_choice(const vt_cell_editor *editor)
{
    return list_is_shown(editor) && q_itemselectionmodel_has_selection(q_abstractitemview_selection_model(
                                        q_completer_popup(editor->completer)));
}

/* ---- ending ---- */

static void end_with(vt_cell_editor *editor, vt_cell_end end)
{
    char *text = editor->is_open ? q_lineedit_text(&editor->line) : NULL;
    if (text) {
        editor->ops->ended(editor->user, text, end);
    }
    free(text);
}

static void line_key(QLineEdit *self, QKeyEvent *event)
{
    vt_cell_editor *editor = (vt_cell_editor *)self;
    int key = q_keyevent_key(event);
    if (key == Qt_Key_Tab || (list_is_shown(editor) && (key == Qt_Key_Escape || list_has_choice(editor)))) {
        q_event_ignore((QEvent *)event); /* the list closes, or takes what is chosen in it */
        if (key != Qt_Key_Tab && key != Qt_Key_Escape && key != Qt_Key_Return && key != Qt_Key_Enter) {
            q_lineedit_base_key_press_event(self, event);
        }
        return;
    }
    switch (key) {
    case Qt_Key_Escape:
        editor->ops->cancelled(editor->user);
        break;
    case Qt_Key_Return:
    case Qt_Key_Enter:
        end_with(editor, VT_CELL_DONE);
        break;
    case Qt_Key_Up:
        end_with(editor, VT_CELL_UP);
        break;
    case Qt_Key_Down:
        end_with(editor, VT_CELL_DOWN);
        break;
    default:
        q_lineedit_base_key_press_event(self, event);
        break;
    }
}

/* Tab and Shift+Tab. */
static bool line_tab(QLineEdit *self, bool next)
{
    vt_cell_editor *editor = (vt_cell_editor *)self;
    if (list_has_choice(editor)) {
        return false; /* it comes as a key then */
    }
    end_with(editor, next ? VT_CELL_NEXT : VT_CELL_PREVIOUS);
    return true;
}

/* A menu of its own, the list, or another window in front do not end it. */
static void line_focus_out(QLineEdit *self, QFocusEvent *event)
{
    vt_cell_editor *editor = (vt_cell_editor *)self;
    Qt_FocusReason reason = q_focusevent_reason(event);
    q_lineedit_base_focus_out_event(self, event);
    bool stays = reason == Qt_PopupFocusReason || reason == Qt_ActiveWindowFocusReason ||
                 reason == Qt_MenuBarFocusReason || list_is_shown(editor);
    if (!stays) {
        end_with(editor, VT_CELL_LEFT);
    }
}

/* ---- completion ---- */

static void on_typed(void *user, const QString *unused)
{
    (void)unused;
    vt_cell_editor *editor = user;
    char *text = editor->completes ? q_lineedit_text(&editor->line) : NULL;
    if (text) {
        free(editor->before);
        editor->before = text;
        editor->before_cursor = bytes_before_cursor(editor, text);
        editor->ops->typed(editor->user, text, editor->before_cursor);
    }
}

/* In a turn of its own: the line takes the whole of the choice over first. */
typedef struct taking {
    vt_cell_editor *editor;
    char *choice;
} taking;

static void take_choice(void *user)
{
    const taking *of = user;
    vt_cell_editor *editor = of->editor;
    if (editor->is_open && editor->before) {
        editor->ops->chosen(editor->user, editor->before, editor->before_cursor, of->choice);
    }
}

static void free_taking(void *user)
{
    taking *of = user;
    free(of->choice);
    free(of);
}

static void on_chosen(void *user, const QString *choice)
{
    taking *of = calloc(1, sizeof *of);
    if (of) {
        *of = (taking){user, qt_string_to_utf8(choice)};
        qt_post((QObject *)user, take_choice, of, free_taking);
    }
}

void vt_cell_editor_suggest(vt_cell_editor *editor, const char *const *words, size_t count)
{
    QList list = qt_string_list_from(words, count);
    QModelIndex none = q_modelindex_make();
    q_stringlistmodel_set_string_list(editor->words, &list);
    qt_string_list_release(&list);
    /* Else what was chosen the last time is chosen still. */
    q_abstractitemview_set_current_index(q_completer_popup(editor->completer), &none);
    q_abstractitemview_clear_selection(q_completer_popup(editor->completer));
    if (count && editor->is_open && editor->completes && q_widget_has_focus(&editor->line)) {
        QRect below = q_rect_make(0, 0, 0, 0); /* the line, and as wide as it is */
        q_completer_complete(editor->completer, &below);
    } else {
        q_widget_hide(q_completer_popup(editor->completer));
    }
}

void vt_cell_editor_take(vt_cell_editor *editor, const char *text)
{
    q_lineedit_set_text(&editor->line, text);
    q_lineedit_set_modified(&editor->line, true);
    free(editor->before);
    editor->before = NULL;
}

/* ---- life ---- */

static void line_finish(void *self)
{
    free(((vt_cell_editor *)self)->before);
}

static const QLineEditVirtuals line_virtuals = {
    .key_press_event = line_key, .focus_next_prev_child = line_tab, .focus_out_event = line_focus_out};
static qt_subclass line_class = {.base = &qt_class_QLineEdit,
                                 .virtuals = &line_virtuals,
                                 .instance_size = sizeof(vt_cell_editor),
                                 .finish = line_finish};

vt_cell_editor *vt_cell_editor_create(QWidgetRef parent, const vt_cell_editor_ops *ops, void *user)
{
    vt_cell_editor *editor = qt_subclass_allocate(&line_class);
    q_lineedit_init(&editor->line, parent);
    qt_subclass_install(&line_class, editor);
    editor->ops = ops;
    editor->user = user;
    q_widget_hide(&editor->line);
    editor->words = q_stringlistmodel_new(&editor->line);
    editor->completer = q_completer_new_abstractitemmodel_object(editor->words, &editor->line);
    q_completer_set_completion_mode(editor->completer, QCompleter_UnfilteredPopupCompletion);
    q_completer_set_max_visible_items(editor->completer, VISIBLE);
    q_completer_set_widget(editor->completer, &editor->line);
    q_lineedit_on_text_edited(&editor->line, &editor->line, on_typed, editor);
    q_completer_on_activated(editor->completer, &editor->line, on_chosen, editor);
    return editor;
}

void vt_cell_editor_begin(vt_cell_editor *editor, const char *name, const char *text, bool completes)
{
    free(editor->before);
    editor->before = NULL;
    editor->is_open = true;
    editor->completes = completes;
    q_widget_set_accessible_name(&editor->line, name);
    q_lineedit_set_text(&editor->line, text);
    q_lineedit_set_modified(&editor->line, false);
    q_widget_show(&editor->line);
    q_widget_set_focus_focusreason(&editor->line, Qt_OtherFocusReason);
    q_lineedit_select_all(&editor->line);
}

void vt_cell_editor_end(vt_cell_editor *editor)
{
    editor->is_open = false; /* first: hiding it takes the keyboard from it */
    q_widget_hide(q_completer_popup(editor->completer));
    q_widget_hide(&editor->line);
}

bool vt_cell_editor_is_changed(const vt_cell_editor *editor)
{
    return q_lineedit_is_modified(&editor->line);
}

char *vt_cell_editor_text(vt_cell_editor *editor)
{
    return q_lineedit_text(&editor->line);
}

/* As wide as the cell, or as one can type in; within what is seen. */
void vt_cell_editor_place(vt_cell_editor *editor, QRect cell)
{
    int seen = q_widget_width(q_widget_parent_widget(&editor->line));
    int width = cell.x2 - cell.x1 + 1;
    width = width > WIDTH_LEAST ? width : WIDTH_LEAST;
    width = width < seen ? width : seen;
    int x = cell.x1 + width > seen ? seen - width : cell.x1;
    q_widget_set_geometry_xywh(&editor->line, x > 0 ? x : 0, cell.y1, width, cell.y2 - cell.y1 + 1);
}
