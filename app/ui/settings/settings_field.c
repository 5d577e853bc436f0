#include "app/ui/settings/settings_field.h"

#include "app/ui/parts/markup.h"
#include "app/ui/parts/number_field.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wheel.h"

#include <qt6c/qlabel.h>

#include <string.h>

enum { NUMBER_WIDTH = 190, WORDS_MAX = 16 };

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
    field->number = vt_number_field_new(parent);
    q_spinbox_set_range(field->number, (int)info->least, (int)info->most);
    if (*info->unit) {
        vt_str_appendf(&unit, " %s", vt_tr("settings", info->unit));
        q_spinbox_set_suffix(field->number, unit.data);
    }
    if (info->zero && info->least == 0) {
        q_abstractspinbox_set_special_value_text(field->number, vt_tr("settings", "automatic"));
    }
    vt_str_free(&unit);
    q_widget_set_fixed_width(field->number, NUMBER_WIDTH);
    vt_wheel_scrolls((QWidget *)field->number);
    q_spinbox_on_value_changed(field->number, field->number, on_value, field);
    return (QWidget *)field->number;
}

static QWidget *make_choice(vt_settings_field *field, QWidgetRef parent)
{
    const vt_setting_info *info = vt_setting_get(field->which);
    field->choice = q_combobox_new(parent);
    const char *shown[WORDS_MAX];
    size_t count = 0;
    while (count < WORDS_MAX && info->words[count]) {
        shown[count] = vt_tr("settings", info->words[count]);
        count++;
    }
    QList words = qt_string_list_from(shown, count);
    q_combobox_add_items(field->choice, &words);
    qt_string_list_release(&words);
    q_widget_set_fixed_width(field->choice, NUMBER_WIDTH);
    vt_wheel_scrolls((QWidget *)field->choice);
    q_combobox_on_current_index_changed(field->choice, field->choice, on_value, field);
    return (QWidget *)field->choice;
}

static QWidget *make_box(vt_settings_field *field, QWidgetRef parent)
{
    field->box = q_checkbox_new_string_widget(vt_tr("settings", "on"), parent);
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
    vt_str_appendf(&tip, "%s: %s %s", vt_tr("settings", "Standard"),
                   automatic ? vt_tr("settings", "automatic") : value, automatic ? "" : info->unit);
    field->standard = q_toolbutton_new(parent);
    q_abstractbutton_set_text(field->standard, "\u21ba");
    q_toolbutton_set_auto_raise(field->standard, true);
    q_widget_set_tool_tip(field->standard, tip.data);
    vt_str_clear(&tip);
    vt_tr_append_with(&tip, "settings", "Standard value of: %1", vt_tr("settings", info->title));
    q_widget_set_accessible_name(field->standard, tip.data);
    vt_str_free(&tip);
    q_abstractbutton_on_clicked(field->standard, field->standard, on_standard, field);
}

static void write_help(const vt_setting_info *info, vt_str *text)
{
    vt_str_append_cstr(text, vt_tr("settings", info->help));
    if (info->zero) {
        vt_str_append_char(text, ' ');
        vt_tr_append_with(text, "settings", "Automatic: %1.", vt_tr("settings", info->zero));
    }
}

static QLabel *make_help(const vt_setting_info *info, QWidgetRef parent)
{
    vt_str text = VT_STR_INIT;
    write_help(info, &text);
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
    *field = (vt_settings_field){.which = which, .grid = grid, .row = row};
    make_standard(field, parent);
    QWidget *value = make_value(field, parent);
    field->title = q_label_new(vt_tr("settings", info->title), parent);
    field->help = make_help(info, parent);
    field->value = value;
    q_label_set_buddy(field->title, value);
    q_widget_set_accessible_name(value, vt_tr("settings", info->title));
    q_widget_set_accessible_description(value, vt_tr("settings", info->help));
    q_widget_set_tool_tip(value, info->name);
    q_gridlayout_add_widget(grid, field->title, row, VT_SETTINGS_COLUMN_TITLE);
    q_gridlayout_add_widget(grid, value, row, VT_SETTINGS_COLUMN_VALUE);
    q_gridlayout_add_widget(grid, field->standard, row, VT_SETTINGS_COLUMN_STANDARD);
    q_gridlayout_add_widget(grid, field->help, row, VT_SETTINGS_COLUMN_HELP);
}

void vt_settings_field_arrange(vt_settings_field *field, bool narrow)
{
    q_layout_remove_widget(field->grid, field->help);
    if (narrow) {
        q_gridlayout_add_widget_spanning(field->grid, field->help, field->row + 1, VT_SETTINGS_COLUMN_TITLE,
                                         1, VT_SETTINGS_COLUMN_HELP + 1);
    } else {
        q_gridlayout_add_widget(field->grid, field->help, field->row, VT_SETTINGS_COLUMN_HELP);
    }
    q_label_set_word_wrap(field->title, narrow);
}

/* ---- searching ---- */

/* `text` as markup, what was searched for in the colours of a selection. */
static void mark(QLabel *label, const char *text, const char *words)
{
    const vt_theme *theme = vt_theme_current();
    const char *found = *words ? strcasestr(text, words) : NULL;
    if (!found) {
        q_label_set_text_format(label, Qt_PlainText);
        q_label_set_text(label, text);
        return;
    }
    vt_str marked = VT_STR_INIT;
    size_t length = strlen(words);
    vt_markup_append(&marked, text, (size_t)(found - text));
    vt_str_appendf(&marked, "<span style='background-color: #%06x; color: #%06x'>", theme->selection,
                   theme->selection_text);
    vt_markup_append(&marked, found, length);
    vt_str_append_cstr(&marked, "</span>");
    vt_markup_append(&marked, found + length, strlen(found + length));
    q_label_set_text_format(label, Qt_RichText);
    q_label_set_text(label, marked.data);
    vt_str_free(&marked);
}

bool vt_settings_field_search(vt_settings_field *field, const char *words)
{
    const vt_setting_info *info = vt_setting_get(field->which);
    const char *title = vt_tr("settings", info->title);
    vt_str help = VT_STR_INIT;
    write_help(info, &help);
    bool fits = !*words || strcasestr(title, words) || strcasestr(help.data, words) ||
                strcasestr(info->name, words) || strcasestr(vt_tr("settings", info->group), words);
    mark(field->title, title, words);
    mark(field->help, help.data, words);
    vt_str_free(&help);
    q_widget_set_visible(field->title, fits);
    q_widget_set_visible(field->value, fits);
    q_widget_set_visible(field->standard, fits);
    q_widget_set_visible(field->help, fits);
    return fits;
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

bool vt_settings_field_contradict(const vt_settings *now, const vt_settings_change *changes, size_t count,
                                  vt_str *words)
{
    vt_settings then = *now;
    vt_setting low = VT_SETTING_COUNT, high = VT_SETTING_COUNT;
    for (size_t i = 0; i < count; i++) {
        then.values[changes[i].which] =
            changes[i].reset ? vt_setting_get(changes[i].which)->standard : changes[i].value;
    }
    if (vt_settings_check(&then, &low, &high, NULL)) {
        return false;
    }
    vt_tr_append_both(
        words, "settings", "\u201c%1\u201d must not be more than \u201c%2\u201d: change one of the two.",
        vt_tr("settings", vt_setting_get(low)->title), vt_tr("settings", vt_setting_get(high)->title));
    return true;
}
