#include "app/ui/info/tag_field.h"

#include "app/ui/parts/icons.h"
#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "core/base/str.h"

#include <qt6c/qabstractitemview.h>
#include <qt6c/qcompleter.h>
#include <qt6c/qfontmetrics.h>
#include <qt6c/qkeyevent.h>
#include <qt6c/qlineedit.h>
#include <qt6c/qpainter.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qresizeevent.h>
#include <qt6c/qstringlistmodel.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    CHIP_HEIGHT = 26,
    GAP = 6,
    PADDING = 10,
    CROSS = 8,
    SPARE = 6,
    CHIPS_MAX = VT_SHARED_TAGS_MAX + 8,
    ENOUGH = 12
};

typedef struct chip {
    QPushButton button; /* first */
    vt_tag_field *field;
    char *tag;     /* owned; a path */
    QString words; /* owned; what is painted */
    bool partial;  /* only some of the items have it */
} chip;

struct vt_tag_field {
    QWidget widget; /* first */
    const vt_tag_field_ops *ops;
    void *user;
    chip *chips[CHIPS_MAX]; /* owned by the widget */
    size_t count;
    QLineEdit *line;
    QCompleter *completer;
    QStringListModel *suggestions;
};

/* ---- where things stand: chips one after the other, as many in a row as there is room for ---- */

static void arrange(vt_tag_field *field)
{
    int width = q_widget_width(&field->widget);
    int x = 0;
    int y = 0;
    for (size_t i = 0; i < field->count; i++) {
        QWidget *widget = (QWidget *)&field->chips[i]->button;
        q_widget_ensure_polished(widget); /* its font may be another one before */
        QFontMetrics metrics;
        q_fontmetrics_init(&metrics, q_widget_font(widget));
        int words = q_fontmetrics_horizontal_advance_full_qs(&metrics, &field->chips[i]->words, -1);
        q_fontmetrics_fini(&metrics);
        int wanted = words + 2 * PADDING + GAP + CROSS + SPARE;
        wanted = wanted < width ? wanted : width;
        if (x > 0 && x + wanted > width) {
            x = 0;
            y += CHIP_HEIGHT + GAP;
        }
        q_widget_set_geometry_xywh(widget, x, y, wanted, CHIP_HEIGHT);
        x += wanted + GAP;
    }
    y += field->count ? CHIP_HEIGHT + GAP : 0;
    QSize line = q_widget_size_hint(field->line);
    q_widget_set_geometry_xywh(field->line, 0, y, width, line.ht);
    q_widget_set_fixed_height(&field->widget, y + line.ht);
}

static void field_resize(QWidget *self, QResizeEvent *event)
{
    (void)event;
    arrange((vt_tag_field *)self);
}

/* ---- a chip ---- */

static void chip_paint(QPushButton *self, QPaintEvent *event)
{
    (void)event;
    const chip *of = (chip *)self;
    const vt_theme *theme = vt_theme_current();
    QRect area = q_widget_rect(self);
    bool hot = q_widget_under_mouse(self);
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(self));
    uint32_t ground = of->partial ? VT_PAINT_NO_FILL : theme->selection;
    uint32_t ink = of->partial ? theme->muted : theme->selection_text;
    uint32_t line = q_widget_has_focus(self) || hot ? theme->accent
                    : of->partial                   ? theme->line
                                                    : VT_PAINT_NO_LINE;
    vt_paint_round(&painter, q_rect_adjusted(&area, 1, 1, -1, -1), CHIP_HEIGHT / 2 - 1, ground, line);
    int width = vt_paint_rect_width(area);
    QRect text = q_rect_make(PADDING, 0, width - 2 * PADDING - GAP - CROSS, CHIP_HEIGHT);
    vt_paint_text(&painter, text, VT_PAINT_LEFT, &of->words, ink);
    double x = width - PADDING - CROSS;
    double y = (CHIP_HEIGHT - CROSS) / 2.0;
    if (of->partial) { /* a plus: it is given to all */
        vt_paint_fill(&painter, q_rect_make((int)x, CHIP_HEIGHT / 2, CROSS, 1), ink);
        vt_paint_fill(&painter, q_rect_make((int)x + CROSS / 2, (int)y, 1, CROSS), ink);
    } else {
        vt_icon_paint(&painter, VT_ICON_CLOSE, x - 3, y - 3, CROSS + 6, ink);
    }
    q_painter_fini(&painter);
}

static void chip_key(QPushButton *self, QKeyEvent *event)
{
    const chip *of = (chip *)self;
    int key = q_keyevent_key(event);
    if (key == Qt_Key_Delete || key == Qt_Key_Backspace) {
        of->field->ops->remove(of->field->user, of->tag);
    } else if (key == Qt_Key_Escape) {
        of->field->ops->left(of->field->user);
    } else {
        q_pushbutton_base_key_press_event(self, event);
    }
}

static void on_clicked(void *user, bool checked)
{
    (void)checked;
    const chip *of = user;
    if (of->partial) {
        of->field->ops->add(of->field->user, of->tag);
    } else {
        of->field->ops->remove(of->field->user, of->tag);
    }
}

static void chip_finish(void *self)
{
    chip *of = self;
    qt_string_release(&of->words);
    free(of->tag);
}

static const QPushButtonVirtuals chip_virtuals = {.paint_event = chip_paint, .key_press_event = chip_key};
static qt_subclass chip_class = {.base = &qt_class_QPushButton,
                                 .virtuals = &chip_virtuals,
                                 .instance_size = sizeof(chip),
                                 .finish = chip_finish};

static void add_chip(vt_tag_field *field, const char *tag, size_t having, size_t items)
{
    if (field->count == CHIPS_MAX) {
        return;
    }
    chip *of = qt_subclass_allocate(&chip_class);
    q_pushbutton_init(&of->button, "", &field->widget);
    qt_subclass_install(&chip_class, of);
    of->field = field;
    of->tag = strdup(tag);
    of->partial = having < items;
    vt_str words = VT_STR_INIT;
    vt_str_append_display(&words, tag, strlen(tag));
    if (of->partial) {
        vt_str_appendf(&words, " (%zu)", having);
    }
    of->words = qt_string_from_utf8(words.data);
    vt_str_clear(&words);
    vt_str shown = VT_STR_INIT;
    vt_str_append_display(&shown, tag, strlen(tag));
    vt_tr_fill(&words, of->partial ? vt_tr("info", "Give tag %1 to all") : vt_tr("info", "Take tag %1 away"),
               shown.length ? shown.data : "");
    vt_str_free(&shown);
    q_widget_set_accessible_name(&of->button, words.data);
    vt_str_clear(&words);
    if (of->partial) {
        char some[32], all[32];
        vt_tr_append_both(&words, "info", "%1 of %2 items have it. Click: all get it. Delete: none keeps it.",
                          vt_wording_count(some, sizeof some, (int64_t)having),
                          vt_wording_count(all, sizeof all, (int64_t)items));
        q_widget_set_tool_tip(&of->button, words.data);
    }
    vt_str_free(&words);
    q_abstractbutton_on_clicked(&of->button, &field->widget, on_clicked, of);
    q_widget_show(&of->button);
    field->chips[field->count++] = of;
}

/* Later: it may be the one that was just clicked. */
static void drop_chip(vt_tag_field *field, size_t at)
{
    QWidget *widget = (QWidget *)&field->chips[at]->button;
    if (q_widget_has_focus(widget)) {
        q_widget_set_focus(field->line);
    }
    q_widget_hide(widget);
    q_object_delete_later((QObject *)widget);
    field->count--;
    memmove(field->chips + at, field->chips + at + 1, (field->count - at) * sizeof *field->chips);
}

/* ---- the line ---- */

static void submit(vt_tag_field *field)
{
    char *text = q_lineedit_text(field->line);
    char *at = text ? text + strspn(text, " ") : NULL;
    size_t length = at ? strlen(at) : 0;
    while (length && (at[length - 1] == ' ' || at[length - 1] == '/')) {
        at[--length] = '\0';
    }
    if (length) {
        q_lineedit_clear(field->line);
        field->ops->add(field->user, at);
    }
    free(text);
}

/* In a turn of its own: what is chosen from the list comes as Return in the line, too, and the line takes the
   text over after that. The second time nothing is left to add. */
static void take_typed(void *user)
{
    submit(user);
}

static void on_return(void *user)
{
    qt_post((QObject *)user, take_typed, user, NULL);
}

static void on_chosen(void *user, const QString *text)
{
    (void)text;
    qt_post((QObject *)user, take_typed, user, NULL);
}

static void on_typed(void *user, const QString *text)
{
    vt_tag_field *field = user;
    char *typed = qt_string_to_utf8(text);
    field->ops->typed(field->user, typed ? typed : "");
    free(typed);
}

static void line_key(QLineEdit *self, QKeyEvent *event)
{
    vt_tag_field *field = (vt_tag_field *)q_widget_parent_widget(self);
    if (q_keyevent_key(event) == Qt_Key_Escape) {
        q_lineedit_clear(self);
        field->ops->left(field->user);
    } else {
        q_lineedit_base_key_press_event(self, event);
    }
}

/* ---- life ---- */

static const QLineEditVirtuals line_virtuals = {.key_press_event = line_key};
static qt_subclass line_class = {
    .base = &qt_class_QLineEdit, .virtuals = &line_virtuals, .instance_size = sizeof(QLineEdit)};

static const QWidgetVirtuals field_virtuals = {.resize_event = field_resize};
static qt_subclass field_class = {
    .base = &qt_class_QWidget, .virtuals = &field_virtuals, .instance_size = sizeof(vt_tag_field)};

static void make_line(vt_tag_field *field)
{
    field->line = qt_subclass_allocate(&line_class);
    q_lineedit_init(field->line, &field->widget);
    qt_subclass_install(&line_class, field->line);
    q_lineedit_set_placeholder_text(field->line, vt_tr("info", "Add a tag, as place/italy"));
    q_widget_set_accessible_name(field->line, vt_tr("info", "Add a tag"));
    field->suggestions = q_stringlistmodel_new(&field->widget);
    field->completer = q_completer_new_abstractitemmodel_object(field->suggestions, &field->widget);
    q_completer_set_completion_mode(field->completer, QCompleter_UnfilteredPopupCompletion);
    q_completer_set_max_visible_items(field->completer, ENOUGH);
    q_lineedit_set_completer(field->line, field->completer);
    q_lineedit_on_return_pressed(field->line, &field->widget, on_return, field);
    q_lineedit_on_text_edited(field->line, &field->widget, on_typed, field);
    q_completer_on_activated(field->completer, &field->widget, on_chosen, field);
}

vt_tag_field *vt_tag_field_create(QWidgetRef parent, const vt_tag_field_ops *ops, void *user)
{
    vt_tag_field *field = qt_subclass_allocate(&field_class);
    q_widget_init(&field->widget, parent);
    field->ops = ops;
    field->user = user;
    qt_subclass_install(&field_class, field);
    make_line(field);
    arrange(field);
    return field;
}

QWidget *vt_tag_field_widget(vt_tag_field *field)
{
    return &field->widget;
}

/* The chips as they are to be are those that are there: nothing flickers, and the focus stays. */
static bool is_shown(const vt_tag_field *field, const vt_shared_tag *tags, size_t count, size_t items)
{
    if (count != field->count) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const chip *of = field->chips[i];
        if (!of->tag || strcmp(of->tag, tags[i].path) != 0 || of->partial || tags[i].items != items) {
            return false;
        }
    }
    return true;
}

void vt_tag_field_set(vt_tag_field *field, const vt_shared_tag *tags, size_t count, size_t items,
                      size_t left_out)
{
    vt_str words = VT_STR_INIT;
    if (left_out) {
        vt_tr_append_count(&words, "info", "%n rarer tag is not shown", "%n rarer tags are not shown",
                           (int64_t)left_out);
    } else {
        vt_str_append_cstr(&words, vt_tr("info", "Add a tag, as place/italy"));
    }
    q_lineedit_set_placeholder_text(field->line, words.length ? words.data : "");
    vt_str_free(&words);
    if (!is_shown(field, tags, count, items)) {
        while (field->count) {
            drop_chip(field, field->count - 1);
        }
        for (size_t i = 0; i < count; i++) {
            add_chip(field, tags[i].path, tags[i].items, items);
        }
        arrange(field);
    }
}

void vt_tag_field_change(vt_tag_field *field, const char *tag, bool has)
{
    size_t length = strlen(tag);
    for (size_t i = field->count; i-- > 0;) {
        const char *at = field->chips[i]->tag;
        bool same = at && strcmp(at, tag) == 0;
        /* Tags below one that is taken away go with it. */
        bool below = at && !has && strncmp(at, tag, length) == 0 && at[length] == '/';
        if (same || below) {
            drop_chip(field, i);
        }
    }
    if (has) {
        add_chip(field, tag, 1, 1);
    }
    arrange(field);
}

void vt_tag_field_suggest(vt_tag_field *field, const char *const *tags, size_t count)
{
    QList list = qt_string_list_from(tags, count);
    q_stringlistmodel_set_string_list(field->suggestions, &list);
    qt_string_list_release(&list);
    if (count && q_widget_has_focus(field->line)) {
        QRect none = q_rect_make(0, 0, 0, 0); /* below the line, as wide as it is */
        q_completer_complete(field->completer, &none);
    } else {
        q_widget_hide(q_completer_popup(field->completer));
    }
}

void vt_tag_field_focus(vt_tag_field *field)
{
    q_widget_set_focus_focusreason(field->line, Qt_ShortcutFocusReason);
}
