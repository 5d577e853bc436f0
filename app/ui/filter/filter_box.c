#include "app/ui/filter/filter_box.h"

#include "app/ui/filter/filter_list.h"
#include "app/ui/filter/recent_filters.h"
#include "app/ui/library/completer.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "core/base/clock.h"
#include "core/index/filter.h"

#include <qt6c/qkeyevent.h>
#include <qt6c/qsettings.h>
#include <qt6c/qvariant.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct vt_filter_box {
    QLineEdit edit; /* first */
    vt_library *library;
    vt_filter_box_ops ops;
    vt_log log;
    bool keeps;
    vt_completer *completer; /* owned; NULL once it is stopped */
    vt_filter_list *list;    /* the window's */
    vt_recent_filters recent;
    int64_t asked; /* when the answer that comes was asked for */
};

/* ---- what is remembered ---- */

static QSettings *open_settings(void)
{
    return q_settings_new_scope(QSettings_IniFormat, QSettings_UserScope, "vitrine", "vitrine", NULL);
}

static void save_recent(const vt_filter_box *box)
{
    QSettings *settings = open_settings();
    for (size_t i = 0; i < box->recent.count; i++) {
        char key[32];
        snprintf(key, sizeof key, "filters/recent%zu", i);
        QVariant value = qt_variant_string(box->recent.texts[i]);
        q_settings_set_value(settings, key, &value);
        q_variant_fini(&value);
    }
    q_settings_delete(settings);
}

static void load_recent(vt_filter_box *box)
{
    QSettings *settings = open_settings();
    for (int i = VT_RECENT_FILTERS_MAX - 1; i >= 0; i--) { /* the newest is added last */
        char key[32];
        snprintf(key, sizeof key, "filters/recent%d", i);
        QVariant value = q_settings_value(settings, key);
        char *text = q_variant_to_string(&value);
        q_variant_fini(&value);
        vt_recent_filters_add(&box->recent, text ? text : "");
        free(text);
    }
    q_settings_delete(settings);
}

/* What was used: a filter that is one, when the box is left. */
static void note_used(vt_filter_box *box)
{
    char *text = q_lineedit_text(&box->edit);
    vt_filter *filter = text && *text ? vt_filter_compile(text, strlen(text), NULL, NULL) : NULL;
    if (filter && vt_recent_filters_add(&box->recent, text) && box->keeps) {
        save_recent(box);
    }
    vt_filter_free(filter);
    free(text);
}

/* ---- cursors: Qt counts in units of UTF-16 ---- */

static size_t bytes_before(const char *text, int units)
{
    size_t at = 0;
    while (text[at] && units > 0) {
        unsigned char first = (unsigned char)text[at];
        units -= first >= 0xF0 ? 2 : 1;
        for (at++; ((unsigned char)text[at] & 0xC0) == 0x80; at++) {
        }
    }
    return at;
}

static int units_before(const char *text, size_t bytes)
{
    int units = 0;
    for (size_t at = 0; at < bytes; at++) {
        unsigned char byte = (unsigned char)text[at];
        units += (byte & 0xC0) == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1;
    }
    return units;
}

/* ---- the list ---- */

/* What is wrong with the text, or still to come: the list would hide the place below the box that says it. */
static void set_hint(vt_filter_box *box)
{
    char *text = q_lineedit_text(&box->edit);
    vt_error error = VT_ERROR_INIT;
    vt_str hint = VT_STR_INIT;
    vt_filter_free(text ? vt_filter_compile_typed(text, strlen(text), NULL, &error) : NULL);
    vt_str_append_display(&hint, error.message, strlen(error.message));
    vt_filter_list_set_hint(box->list, hint.data);
    vt_str_free(&hint);
    free(text);
}

static void show(vt_filter_box *box)
{
    if (q_widget_has_focus(&box->edit)) {
        set_hint(box);
        vt_filter_list_show(box->list, (QWidget *)&box->edit);
        vt_log_write(&box->log, VT_LOG_DEBUG, "filter: suggestions=%d first=%s us=%lld",
                     vt_filter_list_count(box->list),
                     vt_filter_list_count(box->list) ? vt_filter_list_line(box->list, 0).text : "",
                     (long long)(vt_clock_now() - box->asked) / 1000);
    }
}

static void show_recent(vt_filter_box *box)
{
    vt_filter_list_clear(box->list);
    for (size_t i = 0; i < box->recent.count; i++) {
        const char *text = box->recent.texts[i];
        vt_str label = VT_STR_INIT;
        vt_str_append_display(&label, text, strlen(text));
        const vt_filter_line line = {label.data, vt_tr("filter", "used before"), text, strlen(text), false};
        vt_filter_list_add(box->list, &line);
        vt_str_free(&label);
    }
    box->asked = vt_clock_now();
    show(box);
}

static const char *what_it_is(vt_completion_kind kind)
{
    static const char *const words[] = {
        [VT_COMPLETION_KEY] = "",
        [VT_COMPLETION_VALUE] = "",
        [VT_COMPLETION_TAG] = VT_TR_NOOP("filter", "tag"),
        [VT_COMPLETION_ALBUM] = VT_TR_NOOP("filter", "album"),
        [VT_COMPLETION_CAMERA] = VT_TR_NOOP("filter", "camera"),
        [VT_COMPLETION_FOLDER] = VT_TR_NOOP("filter", "folder"),
    };
    return *words[kind] ? vt_tr("filter", words[kind]) : "";
}

static void add_completion(vt_filter_box *box, const vt_completion *of)
{
    char count[32];
    vt_str right = VT_STR_INIT;
    vt_str_append_cstr(&right, what_it_is(of->kind));
    if (of->counted) {
        vt_str_append_cstr(&right, "  ");
        vt_str_append_cstr(&right, vt_wording_count(count, sizeof count, of->items));
    }
    const vt_filter_line line = {of->label, right.length ? right.data : "", of->text, of->cursor,
                                 of->kind == VT_COMPLETION_KEY};
    vt_filter_list_add(box->list, &line);
    vt_str_free(&right);
}

/* Saved filters whose name begins with the word before the cursor: they take its place, in brackets. */
static void add_saved(vt_filter_box *box, const char *text, size_t cursor)
{
    const vt_saved_filters *saved = box->ops.saved(box->ops.user);
    size_t start = cursor;
    while (start > 0 && !strchr(" (-", text[start - 1])) {
        start--;
    }
    size_t length = cursor - start;
    for (size_t i = 0; length > 0 && i < saved->count; i++) {
        if (strncasecmp(saved->list[i].name, text + start, length) != 0) {
            continue;
        }
        vt_str whole = VT_STR_INIT;
        bool alone = start == 0 && !text[cursor];
        vt_str_append(&whole, text, start);
        vt_str_append_cstr(&whole, alone ? "" : "(");
        vt_str_append_cstr(&whole, saved->list[i].text);
        vt_str_append_cstr(&whole, alone ? "" : ")");
        size_t behind = whole.length;
        vt_str_append_cstr(&whole, text + cursor);
        if (!whole.failed) {
            const vt_filter_line line = {saved->list[i].name, vt_tr("filter", "saved filter"), whole.data,
                                         behind, false};
            vt_filter_list_add(box->list, &line);
        }
        vt_str_free(&whole);
    }
}

/* Only what is there already: nothing to be offered. */
static bool says_nothing_new(const vt_filter_box *box, const char *text)
{
    return vt_filter_list_count(box->list) == 1 && strcmp(vt_filter_list_line(box->list, 0).text, text) == 0;
}

static void completed(void *user, const vt_completions *completions, size_t count)
{
    vt_filter_box *box = user;
    char *text = q_lineedit_text(&box->edit);
    if (!text || count == 0) {
        free(text);
        return;
    }
    vt_filter_list_clear(box->list);
    add_saved(box, text, bytes_before(text, q_lineedit_cursor_position(&box->edit)));
    for (unsigned i = 0; i < completions->count; i++) {
        add_completion(box, &completions->items[i]);
    }
    if (says_nothing_new(box, text)) {
        vt_filter_list_clear(box->list);
    }
    free(text);
    show(box);
}

static void ask(vt_filter_box *box)
{
    char *text = q_lineedit_text(&box->edit);
    if (text && *text && box->completer) {
        const vt_completer_text where = {text, bytes_before(text, q_lineedit_cursor_position(&box->edit))};
        box->asked = vt_clock_now();
        vt_completer_ask(box->completer, &where, 1, box->ops.tally(box->ops.user));
    }
    free(text);
}

static void close_list(vt_filter_box *box)
{
    if (box->completer) {
        vt_completer_forget(box->completer);
    }
    vt_filter_list_hide(box->list);
}

static void take(vt_filter_box *box, int line)
{
    if (line < 0 || line >= vt_filter_list_count(box->list)) {
        return;
    }
    vt_filter_line chosen = vt_filter_list_line(box->list, line);
    char *text = strdup(chosen.text);
    if (!text) {
        return;
    }
    close_list(box);
    vt_log_write(&box->log, VT_LOG_INFO, "filter: took: %s", text);
    q_lineedit_set_text(&box->edit, text);
    q_lineedit_set_cursor_position(&box->edit, units_before(text, chosen.cursor));
    free(text);
    if (chosen.goes_on) {
        ask(box);
    } else {
        note_used(box);
    }
}

static void on_list_clicked(void *user, int line)
{
    take(user, line);
}

static void on_edited(void *user, const QString *text)
{
    vt_filter_box *box = user;
    if (text->size == 0) {
        close_list(box);
    } else {
        ask(box);
    }
}

/* ---- keys ---- */

/* With the list open. False: the key is for the line. */
static bool list_key(vt_filter_box *box, int key)
{
    enum { PAGE = 8 };
    int current = vt_filter_list_current(box->list);
    switch (key) {
    case Qt_Key_Up:
    case Qt_Key_Down:
        vt_filter_list_move(box->list, key == Qt_Key_Up ? -1 : 1);
        return true;
    case Qt_Key_PageUp:
    case Qt_Key_PageDown:
        vt_filter_list_move(box->list, key == Qt_Key_PageUp ? -PAGE : PAGE);
        return true;
    case Qt_Key_Tab:
        take(box, current < 0 ? 0 : current);
        return true;
    case Qt_Key_Return:
    case Qt_Key_Enter:
        if (current >= 0) {
            take(box, current);
            return true;
        }
        close_list(box);
        return false;
    case Qt_Key_Escape:
        close_list(box);
        return true;
    default:
        return false;
    }
}

static bool box_key_alone(vt_filter_box *box, int key)
{
    char *text = q_lineedit_text(&box->edit);
    bool empty = !text || !*text;
    free(text);
    if (key == Qt_Key_Down) {
        if (empty) {
            show_recent(box);
        } else {
            ask(box);
        }
        return true;
    }
    if (key == Qt_Key_Escape && empty) {
        box->ops.left(box->ops.user);
    } else if (key == Qt_Key_Escape) {
        q_lineedit_clear(&box->edit);
    }
    return key == Qt_Key_Escape;
}

static void box_key(QLineEdit *self, QKeyEvent *event)
{
    vt_filter_box *box = (vt_filter_box *)self;
    int key = q_keyevent_key(event);
    bool done = vt_filter_list_is_shown(box->list) ? list_key(box, key) : box_key_alone(box, key);
    if (done) {
        return;
    }
    if (key == Qt_Key_Return || key == Qt_Key_Enter) {
        note_used(box);
    }
    if (key == Qt_Key_Left || key == Qt_Key_Right || key == Qt_Key_Home || key == Qt_Key_End) {
        close_list(box); /* its lines were for another place */
    }
    q_lineedit_base_key_press_event(self, event);
}

/* Tab moves the focus before it is a key. */
static bool box_event(QLineEdit *self, QEvent *event)
{
    vt_filter_box *box = (vt_filter_box *)self;
    if (q_event_type(event) == QEvent_KeyPress && q_keyevent_key((QKeyEvent *)event) == Qt_Key_Tab &&
        box->list && vt_filter_list_is_shown(box->list)) {
        return list_key(box, Qt_Key_Tab);
    }
    return q_lineedit_base_event(self, event);
}

static void box_focus_out(QLineEdit *self, QFocusEvent *event)
{
    vt_filter_box *box = (vt_filter_box *)self;
    q_lineedit_base_focus_out_event(self, event);
    close_list(box);
    note_used(box);
}

static void box_mouse_press(QLineEdit *self, QMouseEvent *event)
{
    close_list((vt_filter_box *)self);
    q_lineedit_base_mouse_press_event(self, event);
}

/* ---- life ---- */

static void finish(void *self)
{
    vt_filter_box *box = self;
    vt_completer_free(box->completer);
    vt_recent_filters_clear(&box->recent);
}

static const QLineEditVirtuals box_virtuals = {.event = box_event,
                                               .key_press_event = box_key,
                                               .focus_out_event = box_focus_out,
                                               .mouse_press_event = box_mouse_press};
static qt_subclass box_class = {.base = &qt_class_QLineEdit,
                                .virtuals = &box_virtuals,
                                .instance_size = sizeof(vt_filter_box),
                                .finish = finish};

vt_filter_box *vt_filter_box_create(QWidget *window, vt_library *library, vt_executor *executor,
                                    const vt_filter_box_ops *ops, bool keeps, vt_log log)
{
    vt_filter_box *box = qt_subclass_allocate(&box_class);
    q_lineedit_init(&box->edit, window);
    qt_subclass_install(&box_class, box);
    box->library = library;
    box->ops = *ops;
    box->keeps = keeps;
    box->log = log;
    box->list = vt_filter_list_create(window, on_list_clicked, box);
    box->completer = vt_completer_create(library, executor, completed, box);
    if (keeps) {
        load_recent(box);
    }
    q_lineedit_on_text_edited(&box->edit, &box->edit, on_edited, box);
    return box;
}

QLineEdit *vt_filter_box_edit(vt_filter_box *box)
{
    return &box->edit;
}

void vt_filter_box_raise(vt_filter_box *box)
{
    vt_filter_list_raise(box->list);
}

void vt_filter_box_stop(vt_filter_box *box)
{
    vt_completer_free(box->completer);
    box->completer = NULL;
}
