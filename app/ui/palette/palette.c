#include "app/ui/palette/palette.h"

#include "app/ui/keys/keys.h"
#include "app/ui/library/completer.h"
#include "app/ui/palette/fuzzy.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qframe.h>
#include <qt6c/qheaderview.h>
#include <qt6c/qkeyevent.h>
#include <qt6c/qlineedit.h>
#include <qt6c/qtreewidget.h>
#include <qt6c/qtreewidgetitem.h>
#include <qt6c/qvariant.h>
#include <qt6c/qvboxlayout.h>

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 620, HEIGHT = 400, TOP = 48, RIGHT_WIDTH = 270, COLUMN_TEXT = 0, COLUMN_RIGHT = 1 };

typedef struct line {
    vt_command_id id;
    int score;
    vt_command_need missing;
} line;

/* Of each kind of place. */
enum { PLACES_MAX = 6, BESIDE_PLACES_MAX = 10 /* commands, while places are offered, too */ };

/* Somewhere to go. */
typedef struct place {
    vt_completion_kind kind;
    char *name, *filter; /* owned */
} place;

static const struct {
    char mark;
    vt_completion_kind kind;
    const char *key;
    const char *what;
} place_kinds[] = {{'/', VT_COMPLETION_FOLDER, "folder:\"", VT_TR_NOOP("palette", "Go to the folder")},
                   {'#', VT_COMPLETION_TAG, "tag:\"", VT_TR_NOOP("palette", "Go to the tag")},
                   {'@', VT_COMPLETION_ALBUM, "album:\"", VT_TR_NOOP("palette", "Go to the album")}};

enum { PLACE_KINDS = sizeof place_kinds / sizeof *place_kinds };
_Static_assert((int)PLACE_KINDS <= (int)VT_COMPLETER_TEXTS_MAX, "all are asked for at once");

typedef struct palette_box {
    QLineEdit edit; /* first */
    vt_palette *palette;
} palette_box;

struct vt_palette {
    QFrame frame; /* first */
    vt_palette_ops ops;
    vt_log log;
    palette_box *box;
    QTreeWidget *list;
    line lines[VT_COMMAND_COUNT]; /* as shown */
    int count;
    unsigned ran[VT_COMMAND_COUNT]; /* when a command was run last, 0 never */
    unsigned clock;
    vt_completer *completer; /* owned; NULL once it is stopped */
    place places[PLACE_KINDS * PLACES_MAX];
    int place_count;
};

/* ---- the list ---- */

static const vt_palette *sorted; /* qsort has no user pointer; UI thread only */

/* Fit, then what was run last, then the order of the menus. */
static int compare(const void *a, const void *b)
{
    const line *first = a;
    const line *second = b;
    if (first->score != second->score) {
        return first->score > second->score ? -1 : 1;
    }
    unsigned ran_first = sorted->ran[first->id];
    unsigned ran_second = sorted->ran[second->id];
    if (ran_first != ran_second) {
        return ran_first > ran_second ? -1 : 1;
    }
    return (int)first->id - (int)second->id;
}

static void collect(vt_palette *palette, const char *typed)
{
    palette->count = 0;
    for (int i = 0; i < VT_COMMAND_COUNT; i++) {
        vt_str text = VT_STR_INIT;
        vt_keys_append_text((size_t)i, &text);
        int score = i == VT_COMMAND_PALETTE ? -1 : vt_fuzzy_score(typed, text.data);
        if (score >= 0) {
            palette->lines[palette->count++] =
                (line){(vt_command_id)i, score, palette->ops.missing(palette->ops.user, (vt_command_id)i)};
        }
        vt_str_free(&text);
    }
    sorted = palette;
    qsort(palette->lines, (size_t)palette->count, sizeof *palette->lines, compare);
}

static void set_text(QTreeWidgetItem *item, int column, const char *text)
{
    QVariant value = qt_variant_string(text);
    q_treewidgetitem_set_data(item, column, Qt_DisplayRole, &value);
    q_variant_fini(&value);
}

static void add_line(vt_palette *palette, const line *of)
{
    vt_str text = VT_STR_INIT;
    QTreeWidgetItem *item = q_treewidgetitem_new_treewidget_int(palette->list);
    vt_keys_append_text(of->id, &text);
    set_text(item, COLUMN_TEXT, text.data);
    vt_str_clear(&text);
    if (of->missing) {
        vt_str_append_cstr(&text, vt_tr("menu", vt_command_need_reason(of->missing)));
        QVariant readable = vt_theme_brush(vt_theme_current()->muted); /* the reason, unlike the command */
        q_treewidgetitem_set_data(item, COLUMN_RIGHT, Qt_ForegroundRole, &readable);
        q_variant_fini(&readable);
    } else {
        vt_keys_append_shown(vt_keymap_keys(vt_keys_map(), of->id), &text);
    }
    set_text(item, COLUMN_RIGHT, text.data);
    QVariant right = qt_variant_int(Qt_AlignRight | Qt_AlignVCenter);
    q_treewidgetitem_set_data(item, COLUMN_RIGHT, Qt_TextAlignmentRole, &right);
    q_variant_fini(&right);
    q_treewidgetitem_set_disabled(item, of->missing != VT_NEEDS_NOTHING);
    vt_str_free(&text);
}

/* As high as its lines need, within the window; a line is seen as a whole, or not at all. */
static void fit(vt_palette *palette)
{
    const QWidget *parent = q_widget_parent_widget(&palette->frame);
    int lines = palette->count + palette->place_count;
    lines = lines > 0 ? lines : 1;
    int line = q_abstractitemview_size_hint_for_row(palette->list, 0);
    int around = q_widget_size_hint(&palette->frame).ht - q_widget_size_hint(palette->list).ht;
    int below = q_widget_height(parent) - 2 * TOP;
    int room = q_widget_width(parent);
    int width = room - 2 * TOP < WIDTH ? room - 2 * TOP : WIDTH;
    int most = ((below < HEIGHT ? below : HEIGHT) - around) / (line > 0 ? line : 1);
    lines = lines < most ? lines : most;
    q_widget_set_geometry_xywh(&palette->frame, (room - width) / 2, TOP, width,
                               around + (lines > 0 ? lines : 1) * line);
    vt_log_write(&palette->log, VT_LOG_DEBUG, "palette: lines=%d line_height=%d around=%d", lines, line,
                 around);
}

/* ---- places ---- */

static void finish_lines(vt_palette *palette);

static void forget_places(vt_palette *palette)
{
    while (palette->place_count > 0) {
        place *last = &palette->places[--palette->place_count];
        free(last->name);
        free(last->filter);
    }
}

static void add_place(vt_palette *palette, const vt_completion *of, const char *what)
{
    place *added = &palette->places[palette->place_count];
    *added = (place){of->kind, strdup(of->label), strdup(of->text)};
    if (!added->name || !added->filter) {
        free(added->name);
        free(added->filter);
        return;
    }
    palette->place_count++;
    QTreeWidgetItem *item = q_treewidgetitem_new_treewidget_int(palette->list);
    set_text(item, COLUMN_TEXT, added->name);
    set_text(item, COLUMN_RIGHT, what);
    QVariant right = qt_variant_int(Qt_AlignRight | Qt_AlignVCenter);
    q_treewidgetitem_set_data(item, COLUMN_RIGHT, Qt_TextAlignmentRole, &right);
    q_variant_fini(&right);
}

/* Only places of the kind that was asked for: a value of the language ("none") is none. */
static void found(void *user, const vt_completions *completions, size_t count)
{
    vt_palette *palette = user;
    if (palette->count == 0 && palette->place_count == 0) {
        q_treewidget_clear(palette->list); /* the line that says so */
    }
    for (size_t i = 0; i < count; i++) {
        int added = 0;
        for (unsigned k = 0; k < completions[i].count && added < PLACES_MAX; k++) {
            const vt_completion *of = &completions[i].items[k];
            for (int kind = 0; kind < PLACE_KINDS; kind++) {
                if (of->kind == place_kinds[kind].kind) {
                    add_place(palette, of, vt_tr("palette", place_kinds[kind].what));
                    added++;
                }
            }
        }
    }
    vt_log_write(&palette->log, VT_LOG_DEBUG, "palette: commands=%d places=%d first=%s", palette->count,
                 palette->place_count, palette->place_count ? palette->places[0].name : "");
    finish_lines(palette);
}

static void ask_for_places(vt_palette *palette, const char *typed, char mark)
{
    vt_completer_text texts[PLACE_KINDS];
    vt_str wanted[PLACE_KINDS];
    size_t count = 0;
    bool good = palette->completer != NULL;
    for (int kind = 0; kind < PLACE_KINDS; kind++) {
        if (mark && mark != place_kinds[kind].mark) {
            continue;
        }
        wanted[count] = (vt_str)VT_STR_INIT;
        vt_str_append_cstr(&wanted[count], place_kinds[kind].key);
        for (const char *at = typed; *at; at++) {
            vt_str_append(&wanted[count], "\\", *at == '"');
            vt_str_append_char(&wanted[count], *at);
        }
        good = good && !wanted[count].failed;
        texts[count] = (vt_completer_text){wanted[count].data, wanted[count].length};
        count++;
    }
    if (good) {
        vt_completer_ask(palette->completer, texts, count, palette->ops.tally(palette->ops.user));
    }
    while (count > 0) {
        vt_str_free(&wanted[--count]);
    }
}

/* The mark for places of one kind, '>' for commands; 0 if there is none. */
static char mark_of(const char *typed)
{
    bool is_mark = *typed == '>';
    for (int kind = 0; kind < PLACE_KINDS; kind++) {
        is_mark = is_mark || (*typed && *typed == place_kinds[kind].mark);
    }
    return is_mark ? *typed : '\0';
}

static void finish_lines(vt_palette *palette)
{
    if (palette->count + palette->place_count == 0) {
        QTreeWidgetItem *none = q_treewidgetitem_new_treewidget_int(palette->list);
        set_text(none, COLUMN_TEXT, vt_tr("palette", "No command and no place fits"));
        q_treewidgetitem_set_disabled(none, true);
    } else if (!q_treewidget_current_item(palette->list)) {
        q_treewidget_set_current_item(palette->list, q_treewidget_top_level_item(palette->list, 0));
    }
    fit(palette);
}

static void show_lines(vt_palette *palette, const char *typed)
{
    char mark = mark_of(typed);
    const char *name = typed + (mark != '\0');
    forget_places(palette);
    q_treewidget_clear(palette->list);
    palette->count = 0;
    if (!mark || mark == '>') {
        collect(palette, name);
    }
    if (!mark && *name && palette->count > BESIDE_PLACES_MAX) {
        palette->count = BESIDE_PLACES_MAX; /* the rest fits less well than a place may */
    }
    for (int i = 0; i < palette->count; i++) {
        add_line(palette, &palette->lines[i]);
    }
    finish_lines(palette);
    if (mark != '>' && (mark || *name)) {
        ask_for_places(palette, name, mark);
    } else if (palette->completer) {
        vt_completer_forget(palette->completer);
    }
}

/* ---- what is done ---- */

static void close_palette(vt_palette *palette)
{
    q_widget_hide(&palette->frame);
    q_widget_set_focus(q_widget_parent_widget(&palette->frame));
    vt_log_write(&palette->log, VT_LOG_INFO, "palette: closed");
}

static void go_to(vt_palette *palette, place *to)
{
    place taken = *to;
    *to = (place){.kind = taken.kind};
    close_palette(palette);
    vt_log_write(&palette->log, VT_LOG_INFO, "palette: went to %s", taken.filter);
    palette->ops.go(palette->ops.user, taken.kind, taken.name, taken.filter);
    free(taken.name);
    free(taken.filter);
}

static void run_row(vt_palette *palette, int row)
{
    if (row >= palette->count && row < palette->count + palette->place_count &&
        palette->places[row - palette->count].name) {
        go_to(palette, &palette->places[row - palette->count]);
        return;
    }
    if (row < 0 || row >= palette->count || palette->lines[row].missing) {
        return; /* the line says why */
    }
    vt_command_id id = palette->lines[row].id;
    palette->ran[id] = ++palette->clock;
    close_palette(palette);
    vt_log_write(&palette->log, VT_LOG_INFO, "palette: ran %s", vt_command_get(id)->name);
    palette->ops.run(palette->ops.user, id);
}

static int current_row(const vt_palette *palette)
{
    QTreeWidgetItem *item = q_treewidget_current_item(palette->list);
    return item ? q_treewidget_index_of_top_level_item(palette->list, item) : -1;
}

static void move(vt_palette *palette, int by)
{
    int row = current_row(palette) + by;
    int count = palette->count + palette->place_count;
    row = row < 0 ? 0 : row >= count ? count - 1 : row;
    if (row >= 0) {
        q_treewidget_set_current_item(palette->list, q_treewidget_top_level_item(palette->list, row));
    }
}

static void box_key(QLineEdit *self, QKeyEvent *event)
{
    enum { PAGE = 8 };
    vt_palette *palette = ((palette_box *)self)->palette;
    switch (q_keyevent_key(event)) {
    case Qt_Key_Up:
        move(palette, -1);
        break;
    case Qt_Key_Down:
        move(palette, 1);
        break;
    case Qt_Key_PageUp:
        move(palette, -PAGE);
        break;
    case Qt_Key_PageDown:
        move(palette, PAGE);
        break;
    case Qt_Key_Return:
    case Qt_Key_Enter:
        run_row(palette, current_row(palette));
        break;
    case Qt_Key_Escape:
        close_palette(palette);
        break;
    default:
        q_lineedit_base_key_press_event(self, event);
    }
}

/* A click elsewhere closes; one into the list does not get here, since the list takes no focus. */
static void box_focus_out(QLineEdit *self, QFocusEvent *event)
{
    q_lineedit_base_focus_out_event(self, event);
    q_widget_hide(&((palette_box *)self)->palette->frame);
}

static void on_typed(void *user, const QString *typed)
{
    char *text = qt_string_to_utf8(typed);
    show_lines(user, text ? text : "");
    free(text);
}

static void on_clicked(void *user, QTreeWidgetItem *item, int column)
{
    (void)column;
    vt_palette *palette = user;
    run_row(palette, q_treewidget_index_of_top_level_item(palette->list, item));
}

/* ---- making it ---- */

static const QLineEditVirtuals box_virtuals = {.key_press_event = box_key, .focus_out_event = box_focus_out};
static qt_subclass box_class = {
    .base = &qt_class_QLineEdit, .virtuals = &box_virtuals, .instance_size = sizeof(palette_box)};
static void finish(void *self)
{
    vt_palette *palette = self;
    vt_completer_free(palette->completer);
    forget_places(palette);
}

static qt_subclass palette_class = {
    .base = &qt_class_QFrame, .instance_size = sizeof(vt_palette), .finish = finish};

static void make_list(vt_palette *palette)
{
    palette->list = q_treewidget_new(&palette->frame);
    q_treewidget_set_column_count(palette->list, 2);
    q_widget_set_accessible_name(palette->list, vt_tr("palette", "Commands"));
    q_widget_set_focus_policy(palette->list, Qt_NoFocus);
    q_treeview_set_header_hidden(palette->list, true);
    q_treeview_set_root_is_decorated(palette->list, false);
    q_treeview_set_uniform_row_heights(palette->list, true);
    q_frame_set_frame_shape(palette->list, QFrame_NoFrame);
    QHeaderView *header = q_treeview_header(palette->list);
    q_headerview_set_stretch_last_section(header, false);
    q_headerview_set_section_resize_mode(header, COLUMN_TEXT, QHeaderView_Stretch);
    q_headerview_resize_section(header, COLUMN_RIGHT, RIGHT_WIDTH);
    q_treewidget_on_item_clicked(palette->list, &palette->frame, on_clicked, palette);
}

vt_palette *vt_palette_create(QWidget *parent, vt_library *library, vt_executor *executor,
                              const vt_palette_ops *ops, vt_log log)
{
    vt_palette *palette = qt_subclass_allocate(&palette_class);
    q_frame_init(&palette->frame, parent);
    qt_subclass_install(&palette_class, palette);
    palette->ops = *ops;
    palette->log = log;
    palette->completer = vt_completer_create(library, executor, found, palette);
    q_widget_hide(&palette->frame);
    q_frame_set_frame_shape(&palette->frame, QFrame_StyledPanel);
    q_widget_set_auto_fill_background(&palette->frame, true);
    QVBoxLayout *layout = q_vboxlayout_new_widget(&palette->frame);
    palette->box = qt_subclass_allocate(&box_class);
    q_lineedit_init(&palette->box->edit, &palette->frame);
    qt_subclass_install(&box_class, palette->box);
    palette->box->palette = palette;
    q_lineedit_set_placeholder_text(&palette->box->edit,
                                    vt_tr("palette", "Type part of a command, a folder, #tag or @album"));
    q_widget_set_accessible_name(&palette->box->edit, vt_tr("palette", "Command"));
    make_list(palette);
    q_boxlayout_add_widget(layout, &palette->box->edit);
    q_boxlayout_add_widget_full(layout, palette->list, 1, 0);
    q_lineedit_on_text_changed(&palette->box->edit, &palette->frame, on_typed, palette);
    return palette;
}

void vt_palette_show(vt_palette *palette)
{
    q_lineedit_clear(&palette->box->edit);
    show_lines(palette, "");
    q_widget_show(&palette->frame);
    q_widget_raise(&palette->frame);
    q_widget_set_focus(&palette->box->edit);
    vt_log_write(&palette->log, VT_LOG_INFO, "palette: opened");
}

void vt_palette_stop(vt_palette *palette)
{
    vt_completer_free(palette->completer);
    palette->completer = NULL;
}
