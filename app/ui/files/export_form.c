#include "app/ui/files/export_form.h"

#include "app/ui/parts/number_field.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qfiledialog.h>
#include <qt6c/qhboxlayout.h>
#include <qt6c/qpushbutton.h>

#include <stdlib.h>

enum { FIELD_WIDTH = 170, WHICH_ALL = 1 };

static unsigned read_captions(const vt_export_form *form)
{
    unsigned lines = 0;
    for (int line = 0; line < VT_SHEET_LINE_COUNT; line++) {
        lines |= q_abstractbutton_is_checked(form->captions[line]) ? VT_SHEET_LINE(line) : 0;
    }
    return lines;
}

vt_export_wish vt_export_form_read(const vt_export_form *form)
{
    int kind = q_combobox_current_index(form->kind);
    int paper = q_combobox_current_index(form->paper);
    return (vt_export_wish){.kind = kind >= 0 ? (vt_export_kind)kind : VT_EXPORT_COPY,
                            .folder = q_lineedit_text(form->folder),
                            .side = q_spinbox_value(form->side),
                            .quality = q_spinbox_value(form->quality),
                            .frames = q_combobox_current_index(form->sequences) == 1,
                            .describe = q_abstractbutton_is_checked(form->describe),
                            .paper = paper >= 0 ? (vt_sheet_paper)paper : VT_SHEET_A4,
                            .landscape = q_abstractbutton_is_checked(form->landscape),
                            .columns = q_spinbox_value(form->columns),
                            .captions = read_captions(form)};
}

void vt_export_form_show(vt_export_form *form, const vt_export_wish *wish)
{
    form->quiet = true;
    q_lineedit_set_text(form->folder, wish->folder ? wish->folder : "");
    q_combobox_set_current_index(form->kind, (int)wish->kind);
    q_spinbox_set_value(form->side, wish->side);
    q_spinbox_set_value(form->quality, wish->quality);
    q_combobox_set_current_index(form->sequences, wish->frames);
    q_abstractbutton_set_checked(form->describe, wish->describe);
    q_combobox_set_current_index(form->paper, (int)wish->paper);
    q_abstractbutton_set_checked(form->landscape, wish->landscape);
    q_spinbox_set_value(form->columns, wish->columns);
    for (int line = 0; line < VT_SHEET_LINE_COUNT; line++) {
        q_abstractbutton_set_checked(form->captions[line], (wish->captions & VT_SHEET_LINE(line)) != 0);
    }
    form->quiet = false;
}

void vt_export_form_offer(vt_export_form *form, int64_t chosen_count, int64_t all_count)
{
    vt_str chosen = VT_STR_INIT;
    vt_str all = VT_STR_INIT;
    vt_tr_append_count(&chosen, "export", "%n chosen item", "%n chosen items", chosen_count);
    vt_tr_append_count(&all, "export", "%n item that is shown", "All %n items that are shown", all_count);
    const char *texts[] = {chosen.data, all.data};
    QList list = qt_string_list_from(texts, all_count > 0 ? 2 : 1);
    q_combobox_clear(form->which);
    q_combobox_add_items(form->which, &list);
    qt_string_list_release(&list);
    vt_str_free(&chosen);
    vt_str_free(&all);
}

bool vt_export_form_wants_all(const vt_export_form *form)
{
    return q_combobox_current_index(form->which) == WHICH_ALL;
}

void vt_export_form_fit(vt_export_form *form, vt_export_kind kind)
{
    const vt_export_kind_info *info = vt_export_kind_get(kind);
    q_label_set_text(form->note, vt_tr("export", info->note));
    for (int i = 0; i < VT_EXPORT_FIELD_COUNT; i++) {
        bool shown = (info->fields & 1u << i) != 0;
        q_widget_set_visible(form->rows[i], shown);
        if (form->labels[i]) {
            q_widget_set_visible(form->labels[i], shown);
        }
    }
}

/* ---- what the user does ---- */

static void tell(vt_export_form *form)
{
    if (!form->quiet) {
        form->changed(form->user);
    }
}

static void on_number(void *user, int number)
{
    (void)number;
    tell(user);
}

static void on_switch(void *user, bool checked)
{
    (void)checked;
    tell(user);
}

static void on_folder(void *user, const QString *text)
{
    (void)text;
    tell(user);
}

static void on_browse(void *user, bool checked)
{
    (void)checked;
    vt_export_form *form = user;
    char *now = q_lineedit_text(form->folder);
    char *path = q_filedialog_get_existing_directory_full(form->parent, vt_tr("export", "Export to a folder"),
                                                          now ? now : "", QFileDialog_ShowDirsOnly);
    if (path && *path) {
        q_lineedit_set_text(form->folder, path);
    }
    free(path);
    free(now);
}

/* ---- making it ---- */

static int place_of(vt_export_field which)
{
    return __builtin_ctz((unsigned)which);
}

/* A row of the form that only some kinds have; `name` is what screen readers say, too. */
static void add_row(vt_export_form *form, vt_export_field which, const char *name, QWidgetRef widget)
{
    int at = place_of(which);
    QLabel *label = q_label_new(name, form->parent);
    q_widget_set_accessible_name(widget, name);
    q_formlayout_add_row_widget_widget(form->layout, label, widget);
    form->rows[at] = widget.QWidget_;
    form->labels[at] = (QWidget *)label;
}

static QSpinBox *add_number(vt_export_form *form, vt_export_field which, const char *name, int least,
                            int most)
{
    QSpinBox *box = vt_number_field_new(form->parent);
    q_spinbox_set_range(box, least, most);
    q_widget_set_fixed_width(box, FIELD_WIDTH);
    add_row(form, which, name, box);
    q_spinbox_on_value_changed(box, form->parent, on_number, form);
    return box;
}

static QCheckBox *add_switch(vt_export_form *form, vt_export_field which, const char *name, bool on)
{
    QCheckBox *box = q_checkbox_new_string_widget(name, form->parent);
    q_abstractbutton_set_checked(box, on);
    q_formlayout_add_row_string_widget(form->layout, "", box);
    form->rows[place_of(which)] = (QWidget *)box;
    form->labels[place_of(which)] = q_formlayout_label_for_field(form->layout, box);
    q_abstractbutton_on_toggled(box, form->parent, on_switch, form);
    return box;
}

static QComboBox *new_choice(vt_export_form *form, const char *const *texts, int count)
{
    QComboBox *box = q_combobox_new(form->parent);
    QList words = qt_string_list_from((const char **)texts, count);
    q_combobox_add_items(box, &words);
    qt_string_list_release(&words);
    q_combobox_on_current_index_changed(box, form->parent, on_number, form);
    return box;
}

static void make_top(vt_export_form *form)
{
    const char *names[VT_EXPORT_KIND_COUNT];
    for (int i = 0; i < VT_EXPORT_KIND_COUNT; i++) {
        names[i] = vt_tr("export", vt_export_kind_get((vt_export_kind)i)->name);
    }
    form->which = new_choice(form, NULL, 0);
    q_widget_set_accessible_name(form->which, vt_tr("export", "Which items"));
    q_formlayout_add_row_string_widget(form->layout, vt_tr("export", "Export"), form->which);
    form->kind = new_choice(form, names, VT_EXPORT_KIND_COUNT);
    q_widget_set_accessible_name(form->kind, vt_tr("export", "Kind of export"));
    q_formlayout_add_row_string_widget(form->layout, vt_tr("export", "As"), form->kind);
    form->note = q_label_new("", form->parent);
    q_label_set_word_wrap(form->note, true);
    q_formlayout_add_row_string_widget(form->layout, "", form->note);
    QHBoxLayout *row = q_hboxlayout_new();
    form->folder = q_lineedit_new(form->parent);
    QPushButton *browse = q_pushbutton_new(vt_tr("export", "Choose\u2026"), form->parent);
    q_pushbutton_set_auto_default(browse, false);
    q_widget_set_accessible_name(form->folder, vt_tr("export", "Export to the folder"));
    q_boxlayout_add_widget_full(row, form->folder, 1, 0);
    q_boxlayout_add_widget(row, browse);
    q_formlayout_add_row_string_layout(form->layout, vt_tr("export", "To the folder"), row);
    q_abstractbutton_on_clicked(browse, form->parent, on_browse, form);
    q_lineedit_on_text_changed(form->folder, form->parent, on_folder, form);
}

/* Lines to choose, side by side. */
static void add_captions(vt_export_form *form)
{
    QWidget *row = q_widget_new(form->parent);
    QHBoxLayout *layout = q_hboxlayout_new_widget(row);
    q_layout_set_contents_margins(layout, 0, 0, 0, 0);
    for (int line = 0; line < VT_SHEET_LINE_COUNT; line++) {
        const char *title = vt_tr("export", vt_sheet_line_title((vt_sheet_line)line));
        form->captions[line] = q_checkbox_new_string_widget(title, row);
        q_boxlayout_add_widget(layout, form->captions[line]);
        q_abstractbutton_on_toggled(form->captions[line], form->parent, on_switch, form);
    }
    q_boxlayout_add_stretch(layout);
    add_row(form, VT_EXPORT_FIELD_CAPTIONS, vt_tr("export", "Below the pictures"), row);
}

static void make_fields(vt_export_form *form)
{
    const char *sequences[] = {vt_tr("export", "The picture that stands for it"),
                               vt_tr("export", "All frames")};
    const char *papers[VT_SHEET_PAPER_COUNT];
    for (int i = 0; i < VT_SHEET_PAPER_COUNT; i++) {
        papers[i] = vt_sheet_paper_name((vt_sheet_paper)i);
    }
    form->side = add_number(form, VT_EXPORT_FIELD_SIDE, vt_tr("export", "Longest side, pixels"), 0,
                            VT_EXPORT_SIDE_MAX);
    q_abstractspinbox_set_special_value_text(form->side, vt_tr("export", "As it is"));
    form->quality = add_number(form, VT_EXPORT_FIELD_QUALITY, vt_tr("export", "Quality"), 1, 100);
    form->sequences = new_choice(form, sequences, 2);
    add_row(form, VT_EXPORT_FIELD_SEQUENCES, vt_tr("export", "Of sequences"), form->sequences);
    form->describe =
        add_switch(form, VT_EXPORT_FIELD_DESCRIBE,
                   vt_tr("export", "Date, camera, title, stars and tags go along; never the place"), false);
    form->paper = new_choice(form, papers, VT_SHEET_PAPER_COUNT);
    q_widget_set_fixed_width(form->paper, FIELD_WIDTH);
    add_row(form, VT_EXPORT_FIELD_PAPER, vt_tr("export", "Paper"), form->paper);
    form->landscape = add_switch(form, VT_EXPORT_FIELD_LANDSCAPE, vt_tr("export", "Landscape"), false);
    form->columns =
        add_number(form, VT_EXPORT_FIELD_COLUMNS, vt_tr("export", "Columns"), 1, VT_SHEET_COLUMNS_MAX);
    add_captions(form);
}

void vt_export_form_make(vt_export_form *form, QWidget *parent, void (*changed)(void *user), void *user)
{
    *form = (vt_export_form){.parent = parent, .changed = changed, .user = user, .quiet = true};
    form->layout = q_formlayout_new(NULL);
    make_top(form);
    make_fields(form);
    form->quiet = false;
}
