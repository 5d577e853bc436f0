#include "app/ui/settings/settings_field.h"

#include "core/base/str.h"

#include <qt6c/qlabel.h>

enum { NUMBER_WIDTH = 190 };

static void show_standard(vt_settings_field *field)
{
    bool differs = vt_settings_field_value(field) != vt_setting_get(field->which)->standard;
    q_widget_set_enabled(field->standard, differs);
}

static void on_value(void *user, int value)
{
    (void)value;
    show_standard(user);
}

static void on_box(void *user, bool checked)
{
    (void)checked;
    show_standard(user);
}

static void on_standard(void *user, bool checked)
{
    (void)checked;
    vt_settings_field *field = user;
    vt_settings_field_set(field, vt_setting_get(field->which)->standard);
}

static QWidget *make_number(vt_settings_field *field, QWidgetRef parent)
{
    const vt_setting_info *info = vt_setting_get(field->which);
    vt_str unit = VT_STR_INIT;
    field->number = q_spinbox_new(parent);
    q_spinbox_set_range(field->number, (int)info->least, (int)info->most);
    if (*info->unit) {
        vt_str_appendf(&unit, " %s", info->unit);
        q_spinbox_set_suffix(field->number, unit.data);
    }
    if (info->zero && info->least == 0) {
        q_abstractspinbox_set_special_value_text(field->number, "automatic");
    }
    vt_str_free(&unit);
    q_widget_set_fixed_width(field->number, NUMBER_WIDTH);
    q_spinbox_on_value_changed(field->number, field->number, on_value, field);
    return (QWidget *)field->number;
}

static QWidget *make_choice(vt_settings_field *field, QWidgetRef parent)
{
    const vt_setting_info *info = vt_setting_get(field->which);
    field->choice = q_combobox_new(parent);
    QList words = qt_string_list_from(info->words, (size_t)info->most + 1);
    q_combobox_add_items(field->choice, &words);
    qt_string_list_release(&words);
    q_widget_set_fixed_width(field->choice, NUMBER_WIDTH);
    q_combobox_on_current_index_changed(field->choice, field->choice, on_value, field);
    return (QWidget *)field->choice;
}

static QWidget *make_box(vt_settings_field *field, QWidgetRef parent)
{
    field->box = q_checkbox_new_string_widget("on", parent);
    q_abstractbutton_on_toggled(field->box, field->box, on_box, field);
    return (QWidget *)field->box;
}

static QWidget *make_value(vt_settings_field *field, QWidgetRef parent)
{
    static QWidget *(*const make[])(vt_settings_field * field, QWidgetRef parent) = {
        [VT_SETTING_NUMBER] = make_number, [VT_SETTING_SWITCH] = make_box, [VT_SETTING_CHOICE] = make_choice};
    return make[vt_setting_get(field->which)->type](field, parent);
}

static void make_standard(vt_settings_field *field, QWidgetRef parent)
{
    const vt_setting_info *info = vt_setting_get(field->which);
    char value[VT_SETTING_TEXT_SIZE];
    vt_str tip = VT_STR_INIT;
    vt_setting_format(field->which, info->standard, value);
    bool automatic = info->zero && info->standard == 0;
    vt_str_appendf(&tip, "Standard: %s %s", automatic ? "automatic" : value, automatic ? "" : info->unit);
    field->standard = q_toolbutton_new(parent);
    q_abstractbutton_set_text(field->standard, "\u21ba");
    q_toolbutton_set_auto_raise(field->standard, true);
    q_widget_set_tool_tip(field->standard, tip.data);
    vt_str_clear(&tip);
    vt_str_appendf(&tip, "Standard value of: %s", info->title);
    q_widget_set_accessible_name(field->standard, tip.data);
    vt_str_free(&tip);
    q_abstractbutton_on_clicked(field->standard, field->standard, on_standard, field);
}

static QLabel *make_help(const vt_setting_info *info, QWidgetRef parent)
{
    vt_str text = VT_STR_INIT;
    vt_str_append_cstr(&text, info->help);
    if (info->zero) {
        vt_str_appendf(&text, " Automatic: %s.", info->zero);
    }
    QLabel *help = q_label_new(text.data, parent);
    q_label_set_text_format(help, Qt_PlainText);
    q_label_set_word_wrap(help, true);
    vt_str_free(&text);
    return help;
}

void vt_settings_field_make(vt_settings_field *field, vt_setting which, QWidgetRef parent, QGridLayout *grid,
                            int row)
{
    const vt_setting_info *info = vt_setting_get(which);
    *field = (vt_settings_field){.which = which};
    make_standard(field, parent);
    QWidget *value = make_value(field, parent);
    QLabel *title = q_label_new(info->title, parent);
    q_label_set_buddy(title, value);
    q_widget_set_accessible_name(value, info->title);
    q_widget_set_accessible_description(value, info->help);
    q_widget_set_tool_tip(value, info->name);
    q_gridlayout_add_widget(grid, title, row, VT_SETTINGS_COLUMN_TITLE);
    q_gridlayout_add_widget(grid, value, row, VT_SETTINGS_COLUMN_VALUE);
    q_gridlayout_add_widget(grid, field->standard, row, VT_SETTINGS_COLUMN_STANDARD);
    q_gridlayout_add_widget(grid, make_help(info, parent), row, VT_SETTINGS_COLUMN_HELP);
}

void vt_settings_field_set(vt_settings_field *field, int64_t value)
{
    if (field->number) {
        q_spinbox_set_value(field->number, (int)value);
    } else if (field->choice) {
        q_combobox_set_current_index(field->choice, (int)value);
    } else {
        q_abstractbutton_set_checked(field->box, value != 0);
    }
    show_standard(field);
}

int64_t vt_settings_field_value(const vt_settings_field *field)
{
    return field->number   ? q_spinbox_value(field->number)
           : field->choice ? q_combobox_current_index(field->choice)
                           : q_abstractbutton_is_checked(field->box);
}
