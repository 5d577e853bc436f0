#include "app/ui/info/facts_view.h"

#include "app/ui/info/facts_lines.h"
#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qaction.h>
#include <qt6c/qapplication.h>
#include <qt6c/qclipboard.h>
#include <qt6c/qcontextmenuevent.h>
#include <qt6c/qcursor.h>
#include <qt6c/qfocusevent.h>
#include <qt6c/qkeyevent.h>
#include <qt6c/qmenu.h>
#include <qt6c/qmouseevent.h>
#include <qt6c/qpainter.h>

enum { WIDTH_HINT = 240, WIDTH_LEAST = 80 };

struct vt_facts_view {
    QWidget widget; /* first */
    vt_facts_lines *lines;
    vt_facts_range selected;
    vt_facts_place pressed; /* where a selection began */
    bool selecting;
    int64_t double_ms; /* when the last double click was: a press soon after it is the third; 0: none */
};

/* ---- what is selected ---- */

static void select_range(vt_facts_view *view, vt_facts_range range)
{
    view->selected = range;
    q_widget_update(&view->widget);
}

static void copy_to(const vt_facts_view *view, const vt_facts_range *range, QClipboard_Mode mode)
{
    vt_str text = VT_STR_INIT;
    vt_facts_lines_append(view->lines, range, &text);
    if (text.length > 0 && !text.failed) {
        q_clipboard_set_text_full(q_guiapplication_clipboard(), text.data, mode);
    }
    vt_str_free(&text);
}

static void copy(const vt_facts_view *view)
{
    copy_to(view, &view->selected, QClipboard_Clipboard);
}

/* To be pasted with the middle button, where that is the custom. */
static void offer(const vt_facts_view *view)
{
    if (q_clipboard_supports_selection(q_guiapplication_clipboard())) {
        copy_to(view, &view->selected, QClipboard_Selection);
    }
}

/* ---- the mouse ---- */

static vt_facts_place place_of(vt_facts_view *view, QMouseEvent *event)
{
    QPointF at = q_singlepointevent_position(event);
    return vt_facts_lines_at(view->lines, q_widget_width(&view->widget), at.xp, at.yp);
}

static void view_press(QWidget *self, QMouseEvent *event)
{
    vt_facts_view *view = (vt_facts_view *)self;
    if (q_singlepointevent_button(event) != Qt_LeftButton) {
        q_event_ignore(event);
        return;
    }
    vt_facts_place place = place_of(view, event);
    int64_t since = (int64_t)q_inputevent_timestamp(event) - view->double_ms;
    if (view->double_ms && since < q_application_double_click_interval()) {
        select_range(view, vt_facts_lines_value(view->lines, place.row));
        offer(view);
        view->selecting = false;
    } else if (((int)q_inputevent_modifiers(event) & Qt_ShiftModifier) != 0) {
        select_range(view, vt_facts_range_make(view->pressed, place));
        view->selecting = true;
    } else {
        view->pressed = place;
        view->selecting = true;
        select_range(view, (vt_facts_range){place, place});
    }
    view->double_ms = 0;
}

static void view_move(QWidget *self, QMouseEvent *event)
{
    vt_facts_view *view = (vt_facts_view *)self;
    if (view->selecting) {
        select_range(view, vt_facts_range_make(view->pressed, place_of(view, event)));
    }
}

static void view_release(QWidget *self, QMouseEvent *event)
{
    (void)event;
    vt_facts_view *view = (vt_facts_view *)self;
    if (view->selecting) {
        view->selecting = false;
        offer(view);
    }
}

static void view_double_click(QWidget *self, QMouseEvent *event)
{
    vt_facts_view *view = (vt_facts_view *)self;
    if (q_singlepointevent_button(event) == Qt_LeftButton) {
        view->double_ms = (int64_t)q_inputevent_timestamp(event);
        view->selecting = false;
        select_range(view, vt_facts_lines_word(view->lines, place_of(view, event)));
        offer(view);
    }
}

/* ---- menu and keys ---- */

static void on_copy(void *user, bool checked)
{
    (void)checked;
    copy(user);
}

static void on_copy_all(void *user, bool checked)
{
    (void)checked;
    const vt_facts_range all = vt_facts_lines_all(((vt_facts_view *)user)->lines);
    copy_to(user, &all, QClipboard_Clipboard);
}

static void add_action(vt_facts_view *view, QMenu *menu, const char *text, bool enabled,
                       void (*callback)(void *user, bool checked))
{
    QAction *action = q_action_new(text, menu);
    q_action_set_enabled(action, enabled);
    q_action_on_triggered(action, &view->widget, callback, view);
    q_widget_add_action(menu, action);
}

static void view_context_menu(QWidget *self, QContextMenuEvent *event)
{
    vt_facts_view *view = (vt_facts_view *)self;
    QMenu *menu = q_menu_new_empty(self);
    q_widget_set_attribute(menu, Qt_WA_DeleteOnClose);
    add_action(view, menu, vt_tr("info", "Copy"), !vt_facts_range_is_empty(&view->selected), on_copy);
    add_action(view, menu, vt_tr("info", "Copy everything"), vt_facts_lines_count(view->lines) > 0,
               on_copy_all);
    q_menu_popup(menu, q_contextmenuevent_global_pos(event));
}

static void view_key(QWidget *self, QKeyEvent *event)
{
    vt_facts_view *view = (vt_facts_view *)self;
    if (q_keyevent_matches(event, QKeySequence_Copy)) {
        copy(view);
    } else if (q_keyevent_matches(event, QKeySequence_SelectAll)) {
        select_range(view, vt_facts_lines_all(view->lines));
        offer(view);
    } else {
        q_widget_base_key_press_event(self, event);
    }
}

/* Elsewhere the two act on items: here on the text, if there is some selected to copy. */
static bool view_event(QWidget *self, QEvent *event)
{
    const vt_facts_view *view = (vt_facts_view *)self;
    if (q_event_type(event) == QEvent_ShortcutOverride) {
        QKeyEvent *key = (QKeyEvent *)event;
        if (q_keyevent_matches(key, QKeySequence_SelectAll) ||
            (q_keyevent_matches(key, QKeySequence_Copy) && !vt_facts_range_is_empty(&view->selected))) {
            q_event_accept(event);
            return true;
        }
    }
    return q_widget_base_event(self, event);
}

/* One selection is seen at a time; a menu or another window does not end it. */
static void view_focus_out(QWidget *self, QFocusEvent *event)
{
    Qt_FocusReason reason = q_focusevent_reason(event);
    if (reason != Qt_PopupFocusReason && reason != Qt_ActiveWindowFocusReason) {
        select_range((vt_facts_view *)self, (vt_facts_range){{0, 0}, {0, 0}});
    }
    q_widget_update(self);
}

static void view_focus_in(QWidget *self, QFocusEvent *event)
{
    (void)event;
    q_widget_update(self);
}

/* ---- showing ---- */

static void view_paint(QWidget *self, QPaintEvent *event)
{
    (void)event;
    const vt_facts_view *view = (vt_facts_view *)self;
    const vt_theme *theme = vt_theme_current();
    const vt_facts_colours colours = {.label = theme->muted,
                                      .value = theme->text,
                                      .alone = theme->danger,
                                      .ground = theme->selection,
                                      .chosen = theme->selection_text};
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(self));
    vt_facts_lines_paint(view->lines, &painter, q_widget_width(self), &view->selected, &colours);
    if (q_widget_has_focus(self) && vt_facts_range_is_empty(&view->selected)) {
        vt_paint_round(&painter, q_widget_rect(self), 4, VT_PAINT_NO_FILL, theme->accent);
    }
    q_painter_fini(&painter);
}

static int height_for_width(const QWidget *self, int width)
{
    return vt_facts_lines_height(((const vt_facts_view *)self)->lines, width);
}

static bool has_height_for_width(const QWidget *self)
{
    (void)self;
    return true;
}

static QSize size_hint(const QWidget *self)
{
    return q_size_make(WIDTH_HINT, height_for_width(self, WIDTH_HINT));
}

static QSize minimum_size_hint(const QWidget *self)
{
    (void)self;
    return q_size_make(WIDTH_LEAST, 0);
}

static void view_change(QWidget *self, QEvent *event)
{
    q_widget_base_change_event(self, event);
    if (q_event_type(event) == QEvent_FontChange) {
        vt_facts_lines_set_font(((vt_facts_view *)self)->lines, q_widget_font(self));
        q_widget_update_geometry(self);
    }
}

/* What a screen reader says: in one line, as names are. */
static void name(vt_facts_view *view, const vt_fact_list *facts)
{
    vt_str text = VT_STR_INIT;
    for (size_t i = 0; i < facts->count; i++) {
        vt_str_append_cstr(&text, i > 0 ? "; " : "");
        vt_str_append_cstr(&text, facts->facts[i].label);
        vt_str_append_cstr(&text, *facts->facts[i].label ? ": " : "");
        vt_str_append_cstr(&text, facts->facts[i].text);
    }
    q_widget_set_accessible_name(&view->widget, text.failed || !text.length ? "" : text.data);
    vt_str_free(&text);
}

void vt_facts_view_set(vt_facts_view *view, const vt_fact_list *facts)
{
    if (vt_facts_lines_set(view->lines, facts)) {
        view->selecting = false;
        view->pressed = (vt_facts_place){0, 0};
        select_range(view, (vt_facts_range){{0, 0}, {0, 0}});
        name(view, facts);
        q_widget_update_geometry(&view->widget);
    }
}

/* ---- life ---- */

static void view_finish(void *self)
{
    vt_facts_lines_free(((vt_facts_view *)self)->lines);
}

static const QWidgetVirtuals view_virtuals = {.paint_event = view_paint,
                                              .height_for_width = height_for_width,
                                              .has_height_for_width = has_height_for_width,
                                              .size_hint = size_hint,
                                              .minimum_size_hint = minimum_size_hint,
                                              .mouse_press_event = view_press,
                                              .mouse_move_event = view_move,
                                              .mouse_release_event = view_release,
                                              .mouse_double_click_event = view_double_click,
                                              .context_menu_event = view_context_menu,
                                              .key_press_event = view_key,
                                              .focus_in_event = view_focus_in,
                                              .focus_out_event = view_focus_out,
                                              .change_event = view_change,
                                              .event = view_event};
static qt_subclass view_class = {.base = &qt_class_QWidget,
                                 .virtuals = &view_virtuals,
                                 .instance_size = sizeof(vt_facts_view),
                                 .finish = view_finish};

vt_facts_view *vt_facts_view_create(QWidgetRef parent)
{
    vt_facts_lines *lines = vt_facts_lines_create();
    if (!lines) {
        return NULL;
    }
    vt_facts_view *view = qt_subclass_allocate(&view_class);
    q_widget_init(&view->widget, parent);
    view->lines = lines;
    qt_subclass_install(&view_class, view);
    vt_facts_lines_set_font(lines, q_widget_font(&view->widget));
    q_widget_set_focus_policy(&view->widget, Qt_StrongFocus);
    QCursor cursor;
    q_cursor_init_cursorshape(&cursor, Qt_IBeamCursor);
    q_widget_set_cursor(&view->widget, &cursor);
    q_cursor_fini(&cursor);
    return view;
}

QWidget *vt_facts_view_widget(vt_facts_view *view)
{
    return &view->widget;
}
