#include "app/ui/intake/intake_form_private.h"

#include "app/ui/parts/number_field.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wheel.h"
#include "core/base/str.h"
#include "core/decode/format.h"
#include "core/scan/choice.h"

#include <qt6c/qhboxlayout.h>
#include <qt6c/qmenu.h>
#include <qt6c/qvboxlayout.h>

enum { LABEL_WIDTH = 150, NUMBER_WIDTH = 170, SIZE_DECIMALS = 3, SIZE_MOST = 1000000000 };
enum { MEMORY_STEP = VT_IMPORT_MEMORY_MIN / VT_MEMORY_MB /* the first step is one an import can do with */ };

const char *const vt_intake_text_names[VT_INTAKE_TEXT_COUNT] = {"names", "leave_out", "newer"};
const char *const vt_intake_check_names[VT_INTAKE_CHECK_COUNT] = {"images", "models", "sequences",
                                                                  "hidden", "watch",  "scan"};
const char *const vt_intake_number_names[VT_INTAKE_NUMBER_COUNT] = {"items", "memory", "batch", "chunk",
                                                                    "workers"};

#define TEXT(text) VT_TR_NOOP("intake", text)

static const struct {
    const char *title, *hint, *tip;
} texts[VT_INTAKE_TEXT_COUNT] = {
    [VT_INTAKE_NAMES] =
        {TEXT("Names"), TEXT("All names; or for example: *.stl; scan*; !draft"),
         TEXT("Patterns with semicolons between them. * stands for any text, ? for one character, "
              "! leaves out; a word alone is looked for anywhere in the name.")},
    [VT_INTAKE_LEAVE_OUT] =
        {TEXT("Leave out folders"), TEXT("None; or for example: cache; raw/old"),
         TEXT("Folders of these names, or with a / in them of these paths, are passed over.")},
    [VT_INTAKE_NEWER] = {TEXT("Changed since"), TEXT("Any day; or for example: 2024-05-17"),
                         TEXT("Year, month and day")},
};

static const char *const check_titles[VT_INTAKE_CHECK_COUNT] = {TEXT("Images"),
                                                                TEXT("Models"),
                                                                TEXT("Sequences"),
                                                                TEXT("Hidden ones, too"),
                                                                TEXT("Take up changes from now on"),
                                                                TEXT("Look through it at every start")};

static const struct {
    const char *title, *zero, *suffix, *help;
    int most, step;
} numbers[VT_INTAKE_NUMBER_COUNT] = {
    [VT_INTAKE_ITEMS] = {TEXT("Largest number of items"), TEXT("no limit"), "",
                         TEXT("New ones; what is known does not count"), 1000000000, 1000},
    [VT_INTAKE_MEMORY] = {TEXT("Memory limit"), TEXT("as in the settings"), TEXT(" MB"),
                          TEXT("While the import runs"), 1000000, MEMORY_STEP},
    [VT_INTAKE_BATCH] = {TEXT("Batch size"), TEXT("automatic"), TEXT(" rows"),
                         TEXT("Rows that are written at a time"), VT_IMPORT_BATCH_MAX, 16},
    [VT_INTAKE_CHUNK] = {TEXT("Chunk size"), TEXT("automatic"), TEXT(" files"),
                         TEXT("Files that are taken on at a time"), VT_IMPORT_CHUNK_MAX, 16},
    [VT_INTAKE_WORKERS] = {TEXT("Workers"), TEXT("as in the settings"), "",
                           TEXT("Files of it that are read at once"), 64, 1},
};

static const char *tr(const char *text)
{
    return *text ? vt_tr("intake", text) : "";
}

static void tell(vt_intake_form *form)
{
    if (!form->quiet) {
        form->ops->changed(form->user);
    }
}

static void on_text(void *user, const QString *text)
{
    (void)text;
    tell(user);
}

static void on_toggled(void *user, bool checked)
{
    (void)checked;
    tell(user);
}

static void on_number(void *user, int value)
{
    (void)value;
    tell(user);
}

static void on_size(void *user, double value)
{
    (void)value;
    tell(user);
}

static void on_format(void *user, QAction *action)
{
    (void)action;
    vt_intake_form_show_formats(user);
    tell(user);
}

void vt_intake_form_unfold(vt_intake_form *form, bool open)
{
    q_abstractbutton_set_checked(form->unfold, open);
    q_toolbutton_set_arrow_type(form->unfold, open ? Qt_DownArrow : Qt_RightArrow);
    q_widget_set_visible(form->advanced, open);
    form->ops->folded(form->user);
}

static void on_unfold(void *user, bool checked)
{
    vt_intake_form_unfold(user, checked);
}

/* ---- lines ---- */

static QLabel *add_title(QGridLayout *grid, int row, const char *title, QWidgetRef buddy)
{
    QLabel *label = q_label_new(title, q_layout_parent_widget(grid));
    q_label_set_buddy(label, buddy);
    q_widget_set_accessible_name(buddy, title);
    q_gridlayout_add_widget(grid, label, row, 0);
    return label;
}

static QLabel *make_wrong(QGridLayout *grid, int row)
{
    QLabel *label = q_label_new_empty(q_layout_parent_widget(grid));
    q_label_set_text_format(label, Qt_PlainText);
    q_label_set_word_wrap(label, true);
    q_widget_set_foreground_role(label, QPalette_BrightText);
    q_widget_hide(label);
    q_gridlayout_add_widget(grid, label, row, 1);
    return label;
}

static void add_text(vt_intake_form *form, QGridLayout *grid, int *row, vt_intake_text which)
{
    QLineEdit *edit = q_lineedit_new(&form->widget);
    q_lineedit_set_placeholder_text(edit, tr(texts[which].hint));
    q_lineedit_set_max_length(edit, VT_CHOICE_TEXT / 4); /* of UTF-8: a character has four bytes at most */
    q_lineedit_set_clear_button_enabled(edit, true);
    q_widget_set_tool_tip(edit, tr(texts[which].tip));
    q_widget_set_accessible_description(edit, tr(texts[which].tip));
    add_title(grid, *row, tr(texts[which].title), edit);
    q_gridlayout_add_widget(grid, edit, (*row)++, 1);
    q_lineedit_on_text_changed(edit, &form->widget, on_text, form);
    form->texts[which] = edit;
    form->wrong[which] = make_wrong(grid, (*row)++);
}

static void make_check(vt_intake_form *form, vt_intake_check which, QHBoxLayout *line)
{
    form->checks[which] = q_checkbox_new_string_widget(tr(check_titles[which]), &form->widget);
    q_abstractbutton_on_toggled(form->checks[which], &form->widget, on_toggled, form);
    q_boxlayout_add_widget(line, form->checks[which]);
}

static QHBoxLayout *add_line(QGridLayout *grid, int *row)
{
    QHBoxLayout *line = q_hboxlayout_new();
    q_boxlayout_set_spacing(line, 16);
    q_gridlayout_add_layout(grid, line, (*row)++, 1);
    return line;
}

static void make_formats(vt_intake_form *form, QHBoxLayout *line)
{
    form->formats = q_pushbutton_new("", &form->widget); /* its arrow stands beside the text, as elsewhere */
    QMenu *menu = q_menu_new_empty(form->formats);
    for (int i = 1; i < VT_FORMAT_COUNT; i++) {
        form->format_actions[i] = q_action_new(vt_format_get((vt_format)i)->name, menu);
        q_action_set_checkable(form->format_actions[i], true);
        q_widget_add_action(menu, form->format_actions[i]);
    }
    q_pushbutton_set_menu(form->formats, menu);
    q_pushbutton_set_auto_default(form->formats, false); /* as of all buttons but the one that imports */
    q_menu_on_triggered(menu, &form->widget, on_format, form);
    q_boxlayout_add_widget(line, form->formats);
    q_boxlayout_add_stretch(line);
}

void vt_intake_form_show_formats(vt_intake_form *form)
{
    vt_str text = VT_STR_INIT;
    for (int i = 1; i < VT_FORMAT_COUNT; i++) {
        if (q_action_is_checked(form->format_actions[i])) {
            vt_str_appendf(&text, "%s%s", text.length ? ", " : "", vt_format_get((vt_format)i)->name);
        }
    }
    q_abstractbutton_set_text(form->formats, text.length ? text.data : vt_tr("intake", "All formats"));
    vt_str_free(&text);
}

static void add_kinds(vt_intake_form *form, QGridLayout *grid, int *row)
{
    QHBoxLayout *line = add_line(grid, row);
    make_check(form, VT_INTAKE_IMAGES, line);
    make_check(form, VT_INTAKE_MODELS, line);
    make_check(form, VT_INTAKE_SEQUENCES, line);
    make_formats(form, line);
    QLabel *label = q_label_new(vt_tr("intake", "Kinds"), &form->widget);
    q_gridlayout_add_widget(grid, label, *row - 1, 0);
}

static void add_mode(vt_intake_form *form, QGridLayout *grid, int *row)
{
    const char *const words[] = {vt_tr("intake", "Each is an item of its own"),
                                 vt_tr("intake", "One item, where that is certain"),
                                 vt_tr("intake", "One item, wherever names are numbered alike")};
    form->mode = q_combobox_new(&form->widget);
    vt_wheel_scrolls((QWidget *)form->mode);
    QList list = qt_string_list_from(words, sizeof words / sizeof *words);
    q_combobox_add_items(form->mode, &list);
    qt_string_list_release(&list);
    add_title(grid, *row, vt_tr("intake", "Numbered images"), form->mode);
    q_gridlayout_add_widget(grid, form->mode, (*row)++, 1);
    q_combobox_on_current_index_changed(form->mode, &form->widget, on_number, form);
}

/* A field that was emptied means what its words for zero say, and not the number it held before. */
static void empty_is_zero(QAbstractSpinBox *box)
{
    q_abstractspinbox_set_correction_mode(box, QAbstractSpinBox_CorrectToNearestValue);
}

static QDoubleSpinBox *make_size(vt_intake_form *form, QHBoxLayout *line, const char *zero, const char *name)
{
    QDoubleSpinBox *box = q_doublespinbox_new(&form->widget);
    q_doublespinbox_set_decimals(box, SIZE_DECIMALS);
    q_doublespinbox_set_range(box, 0, SIZE_MOST);
    q_doublespinbox_set_suffix(box, " MB");
    q_abstractspinbox_set_special_value_text(box, zero);
    empty_is_zero((QAbstractSpinBox *)box);
    q_widget_set_fixed_width(box, NUMBER_WIDTH);
    vt_wheel_scrolls((QWidget *)box);
    q_widget_set_accessible_name(box, name);
    q_doublespinbox_on_value_changed(box, &form->widget, on_size, form);
    q_boxlayout_add_widget(line, box);
    return box;
}

static void add_sizes(vt_intake_form *form, QGridLayout *grid, int *row)
{
    QHBoxLayout *line = add_line(grid, row);
    q_gridlayout_add_widget(grid, q_label_new(vt_tr("intake", "Size of a file"), &form->widget), *row - 1, 0);
    form->least = make_size(form, line, vt_tr("intake", "any"), vt_tr("intake", "Smallest size"));
    q_boxlayout_add_widget(line, q_label_new(vt_tr("intake", "to"), &form->widget));
    form->most = make_size(form, line, vt_tr("intake", "any"), vt_tr("intake", "Largest size"));
    q_boxlayout_add_stretch(line);
    form->wrong_size = make_wrong(grid, (*row)++);
}

static void add_advanced(vt_intake_form *form)
{
    form->advanced = q_widget_new(&form->widget);
    QGridLayout *grid = q_gridlayout_new(form->advanced);
    q_layout_set_contents_margins(grid, 0, 0, 0, 0);
    q_gridlayout_set_column_minimum_width(grid, 0, LABEL_WIDTH);
    q_gridlayout_set_column_stretch(grid, 2, 1);
    int row = 0;
    for (int i = 0; i < VT_INTAKE_NUMBER_COUNT; i++) {
        QSpinBox *box = vt_number_field_new(form->advanced);
        q_spinbox_set_range(box, 0, i == VT_INTAKE_WORKERS ? form->jobs : numbers[i].most);
        q_spinbox_set_single_step(box, numbers[i].step);
        q_abstractspinbox_set_special_value_text(box, tr(numbers[i].zero));
        q_abstractspinbox_set_group_separator_shown(box, true);
        empty_is_zero((QAbstractSpinBox *)box);
        q_spinbox_set_suffix(box, tr(numbers[i].suffix));
        q_widget_set_fixed_width(box, NUMBER_WIDTH);
        vt_wheel_scrolls((QWidget *)box);
        q_widget_set_accessible_description(box, tr(numbers[i].help));
        q_spinbox_on_value_changed(box, &form->widget, on_number, form);
        add_title(grid, row, tr(numbers[i].title), box);
        q_gridlayout_add_widget(grid, box, row, 1);
        QLabel *help = q_label_new(tr(numbers[i].help), form->advanced);
        q_widget_set_foreground_role(help, QPalette_PlaceholderText);
        q_gridlayout_add_widget(grid, help, row++, 2);
        form->numbers[i] = box;
        if (i == VT_INTAKE_MEMORY) {
            form->wrong_memory = q_label_new_empty(form->advanced);
            q_widget_set_foreground_role(form->wrong_memory, QPalette_BrightText);
            q_widget_hide(form->wrong_memory);
            q_gridlayout_add_widget_spanning(grid, form->wrong_memory, row++, 1, 1, 2);
        }
    }
}

static void add_unfold(vt_intake_form *form, QVBoxLayout *layout)
{
    form->unfold = q_toolbutton_new(&form->widget);
    q_abstractbutton_set_text(form->unfold, vt_tr("intake", "Advanced"));
    q_abstractbutton_set_checkable(form->unfold, true);
    q_toolbutton_set_tool_button_style(form->unfold, Qt_ToolButtonTextBesideIcon);
    q_toolbutton_set_auto_raise(form->unfold, true);
    q_widget_set_focus_policy(form->unfold, Qt_StrongFocus);
    q_boxlayout_add_widget(layout, form->unfold);
    q_boxlayout_add_widget(layout, form->advanced);
    q_abstractbutton_on_clicked(form->unfold, &form->widget, on_unfold, form);
}

void vt_intake_form_make(vt_intake_form *form)
{
    int row = 0;
    QVBoxLayout *layout = q_vboxlayout_new_widget(&form->widget);
    q_layout_set_contents_margins(layout, 0, 0, 0, 0);
    QWidget *plain = q_widget_new(&form->widget);
    QGridLayout *grid = q_gridlayout_new(plain);
    q_layout_set_contents_margins(grid, 0, 0, 0, 0);
    q_gridlayout_set_column_minimum_width(grid, 0, LABEL_WIDTH);
    q_gridlayout_set_column_stretch(grid, 1, 1);
    q_boxlayout_add_widget(layout, plain);
    add_text(form, grid, &row, VT_INTAKE_NAMES);
    add_kinds(form, grid, &row);
    add_mode(form, grid, &row);
    add_text(form, grid, &row, VT_INTAKE_LEAVE_OUT);
    add_sizes(form, grid, &row);
    add_text(form, grid, &row, VT_INTAKE_NEWER);
    QHBoxLayout *line = add_line(grid, &row);
    q_gridlayout_add_widget(grid, q_label_new(vt_tr("intake", "Files and folders"), &form->widget), row - 1,
                            0);
    make_check(form, VT_INTAKE_HIDDEN, line);
    q_boxlayout_add_stretch(line);
    line = add_line(grid, &row);
    q_gridlayout_add_widget(grid, q_label_new(vt_tr("intake", "Afterwards"), &form->widget), row - 1, 0);
    make_check(form, VT_INTAKE_WATCH, line);
    make_check(form, VT_INTAKE_SCAN, line);
    q_boxlayout_add_stretch(line);
    add_advanced(form);
    add_unfold(form, layout);
}
