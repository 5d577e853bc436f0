#include "app/ui/intake/intake_form_private.h"

#include "app/ui/parts/translate.h"
#include "core/base/clock.h"
#include "core/base/str.h"
#include "core/scan/patterns.h"

#include <qt6c/qsettings.h>
#include <qt6c/qvariant.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MB 1000000

static const struct {
    vt_intake_check check;
    vt_kind kind;
} kinds[] = {{VT_INTAKE_IMAGES, VT_KIND_IMAGE},
             {VT_INTAKE_MODELS, VT_KIND_MODEL},
             {VT_INTAKE_SEQUENCES, VT_KIND_SEQUENCE}};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* ---- what the fields say ---- */

/* Says below a field what is wrong with it, or nothing. */
static void say(QLabel *label, const char *text)
{
    vt_str shown = VT_STR_INIT;
    vt_str_append_display(&shown, text, strlen(text));
    q_label_set_text(label, shown.data);
    q_widget_set_visible(label, *text != '\0');
    vt_str_free(&shown);
}

static bool judge(bool good, QLabel *label, const char *why, QWidget *field, QWidget **wrong)
{
    say(label, good ? "" : why);
    if (!good && wrong && !*wrong) {
        *wrong = field;
    }
    return good;
}

static bool read_patterns(vt_intake_form *form, vt_intake_text which, vt_patterns_how how,
                          char to[VT_CHOICE_TEXT], QWidget **wrong)
{
    vt_error error = VT_ERROR_INIT;
    char *text = q_lineedit_text(form->texts[which]);
    snprintf(to, VT_CHOICE_TEXT, "%s", text ? text : "");
    free(text);
    vt_patterns *patterns = vt_patterns_create(to, how, &error);
    bool good = patterns != NULL;
    vt_patterns_free(patterns);
    return judge(good, form->wrong[which], error.message, (QWidget *)form->texts[which], wrong);
}

/* The beginning of that day here. */
static bool read_day(vt_intake_form *form, int64_t *ns, QWidget **wrong)
{
    struct tm day = {.tm_isdst = -1};
    int used = 0;
    char *text = q_lineedit_text(form->texts[VT_INTAKE_NEWER]);
    bool empty = !text || text[strspn(text, " ")] == '\0';
    bool good =
        !empty && sscanf(text, " %4d-%2d-%2d %n", &day.tm_year, &day.tm_mon, &day.tm_mday, &used) == 3 &&
        text[used] == '\0' && day.tm_mon >= 1 && day.tm_mon <= 12 && day.tm_mday >= 1 && day.tm_mday <= 31;
    free(text);
    day.tm_year -= 1900;
    day.tm_mon -= 1;
    *ns = good ? (int64_t)mktime(&day) * VT_NS_PER_S : 0;
    return judge(good || empty, form->wrong[VT_INTAKE_NEWER], vt_tr("intake", "Write a day like 2024-05-17"),
                 (QWidget *)form->texts[VT_INTAKE_NEWER], wrong);
}

static bool is_checked(const vt_intake_form *form, vt_intake_check which)
{
    return q_abstractbutton_is_checked(form->checks[which]);
}

static uint32_t read_kinds(const vt_intake_form *form)
{
    uint32_t bits = 0;
    int count = 0;
    for (size_t i = 0; i < KINDS; i++) {
        bool on = is_checked(form, kinds[i].check);
        bits |= (uint32_t)on << kinds[i].kind;
        count += on;
    }
    return count == KINDS ? 0 : bits;
}

static uint32_t read_formats(const vt_intake_form *form)
{
    uint32_t bits = 0;
    for (int i = 1; i < VT_FORMAT_COUNT; i++) {
        bits |= (uint32_t)q_action_is_checked(form->format_actions[i]) << i;
    }
    return bits;
}

static int64_t read_size(const QDoubleSpinBox *box)
{
    return (int64_t)(q_doublespinbox_value(box) * MB + 0.5);
}

static bool read_numbers(vt_intake_form *form, vt_import_options *options, QWidget **wrong)
{
    vt_choice_rules *choice = &options->choice;
    choice->size_min = read_size(form->least);
    choice->size_max = read_size(form->most);
    bool good =
        judge(choice->size_max == 0 || choice->size_min <= choice->size_max, form->wrong_size,
              vt_tr("intake", "The smallest size is above the largest"), (QWidget *)form->least, wrong);
    options->items_max = q_spinbox_value(form->numbers[VT_INTAKE_ITEMS]);
    options->wishes = (vt_import_wishes){
        .batch = q_spinbox_value(form->numbers[VT_INTAKE_BATCH]),
        .chunk = q_spinbox_value(form->numbers[VT_INTAKE_CHUNK]),
        .workers = q_spinbox_value(form->numbers[VT_INTAKE_WORKERS]),
        .memory = q_spinbox_value(form->numbers[VT_INTAKE_MEMORY]) * VT_MEMORY_MB,
    };
    int64_t memory = options->wishes.memory;
    return judge(memory == 0 || memory >= VT_IMPORT_MEMORY_MIN, form->wrong_memory,
                 vt_tr("intake", "64 MB are the least an import can do with"),
                 (QWidget *)form->numbers[VT_INTAKE_MEMORY], wrong) &&
           good;
}

bool vt_intake_form_read(vt_intake_form *form, vt_import_options *options, QWidget **wrong)
{
    *options = (vt_import_options){
        .hidden = is_checked(form, VT_INTAKE_HIDDEN),
        .sequences = (vt_sequence_mode)q_combobox_current_index(form->mode),
        .watch = is_checked(form, VT_INTAKE_WATCH) ? VT_ROOT_YES : VT_ROOT_NO,
        .scan_at_start = is_checked(form, VT_INTAKE_SCAN) ? VT_ROOT_YES : VT_ROOT_NO,
    };
    if (wrong) {
        *wrong = NULL;
    }
    bool good = read_patterns(form, VT_INTAKE_NAMES, VT_PATTERNS_PART, options->choice.names, wrong);
    options->choice.kinds = read_kinds(form);
    options->choice.formats = read_formats(form);
    good =
        read_patterns(form, VT_INTAKE_LEAVE_OUT, VT_PATTERNS_WHOLE, options->choice.leave_out, wrong) && good;
    good = read_numbers(form, options, wrong) && good;
    good = read_day(form, &options->choice.newer_ns, wrong) && good;
    bool any = options->choice.kinds != 0 || is_checked(form, VT_INTAKE_IMAGES);
    if (!any) { /* no kind at all: shown where names are, the line above */
        good = judge(false, form->wrong[VT_INTAKE_NAMES], vt_tr("intake", "Choose one kind at least"),
                     (QWidget *)form->checks[0], wrong);
    }
    return good;
}

/* ---- what is remembered ---- */

static QSettings *open_settings(void)
{
    return q_settings_new_scope(QSettings_IniFormat, QSettings_UserScope, "vitrine", "vitrine", NULL);
}

static void save(QSettings *settings, const char *name, QVariant value)
{
    vt_str key = VT_STR_INIT;
    vt_str_appendf(&key, "intake/%s", name);
    q_settings_set_value(settings, key.data, &value);
    q_variant_fini(&value);
    vt_str_free(&key);
}

static QVariant load(QSettings *settings, const char *name)
{
    vt_str key = VT_STR_INIT;
    vt_str_appendf(&key, "intake/%s", name);
    QVariant value = q_settings_value(settings, key.data);
    vt_str_free(&key);
    return value;
}

static int load_int(QSettings *settings, const char *name, int otherwise)
{
    QVariant value = load(settings, name);
    bool is_number = false;
    int number = q_variant_to_int_full(&value, &is_number);
    q_variant_fini(&value);
    return is_number ? number : otherwise;
}

void vt_intake_form_save(const vt_intake_form *form)
{
    QSettings *settings = open_settings();
    for (int i = 0; i < VT_INTAKE_TEXT_COUNT; i++) {
        char *text = q_lineedit_text(form->texts[i]);
        save(settings, vt_intake_text_names[i], qt_variant_string(text ? text : ""));
        free(text);
    }
    for (int i = 0; i < VT_INTAKE_CHECK_COUNT; i++) {
        save(settings, vt_intake_check_names[i], qt_variant_int(is_checked(form, (vt_intake_check)i)));
    }
    for (int i = 0; i < VT_INTAKE_NUMBER_COUNT; i++) {
        save(settings, vt_intake_number_names[i], qt_variant_int(q_spinbox_value(form->numbers[i])));
    }
    save(settings, "formats", qt_variant_int((int)read_formats(form)));
    int mode = q_combobox_current_index(form->mode); /* the settings' own choice follows the settings */
    save(settings, "mode", qt_variant_int(mode == (int)form->standard_mode ? -1 : mode));
    save(settings, "least_kb", qt_variant_int((int)(read_size(form->least) / 1000)));
    save(settings, "most_kb", qt_variant_int((int)(read_size(form->most) / 1000)));
    save(settings, "advanced", qt_variant_int(q_abstractbutton_is_checked(form->unfold)));
    q_settings_delete(settings);
}

static void set_check(vt_intake_form *form, int which, bool on)
{
    q_abstractbutton_set_checked(form->checks[which], on);
}

static bool is_on_at_first(int which)
{
    return which != VT_INTAKE_HIDDEN && which != VT_INTAKE_SCAN;
}

static void set_formats(vt_intake_form *form, uint32_t bits)
{
    for (int i = 1; i < VT_FORMAT_COUNT; i++) {
        q_action_set_checked(form->format_actions[i], (bits >> i & 1U) != 0);
    }
    vt_intake_form_show_formats(form);
}

void vt_intake_form_restore(vt_intake_form *form)
{
    QSettings *settings = open_settings();
    form->quiet = true;
    for (int i = 0; i < VT_INTAKE_TEXT_COUNT; i++) {
        QVariant value = load(settings, vt_intake_text_names[i]);
        char *text = q_variant_to_string(&value);
        q_lineedit_set_text(form->texts[i], text ? text : "");
        free(text);
        q_variant_fini(&value);
    }
    for (int i = 0; i < VT_INTAKE_CHECK_COUNT; i++) {
        set_check(form, i, load_int(settings, vt_intake_check_names[i], is_on_at_first(i)) != 0);
    }
    for (int i = 0; i < VT_INTAKE_NUMBER_COUNT; i++) {
        q_spinbox_set_value(form->numbers[i], load_int(settings, vt_intake_number_names[i], 0));
    }
    set_formats(form, (uint32_t)load_int(settings, "formats", 0));
    int mode = load_int(settings, "mode", -1);
    q_combobox_set_current_index(form->mode, mode < 0 ? (int)form->standard_mode : mode);
    q_doublespinbox_set_value(form->least, load_int(settings, "least_kb", 0) / 1000.0);
    q_doublespinbox_set_value(form->most, load_int(settings, "most_kb", 0) / 1000.0);
    vt_intake_form_unfold(form, load_int(settings, "advanced", 0) != 0);
    q_settings_delete(settings);
    form->quiet = false;
    form->ops->changed(form->user);
}

void vt_intake_form_reset(vt_intake_form *form)
{
    form->quiet = true;
    for (int i = 0; i < VT_INTAKE_TEXT_COUNT; i++) {
        q_lineedit_set_text(form->texts[i], "");
    }
    for (int i = 0; i < VT_INTAKE_CHECK_COUNT; i++) {
        set_check(form, i, is_on_at_first(i));
    }
    for (int i = 0; i < VT_INTAKE_NUMBER_COUNT; i++) {
        q_spinbox_set_value(form->numbers[i], 0);
    }
    set_formats(form, 0);
    q_combobox_set_current_index(form->mode, (int)form->standard_mode);
    q_doublespinbox_set_value(form->least, 0);
    q_doublespinbox_set_value(form->most, 0);
    form->quiet = false;
    form->ops->changed(form->user);
}

/* ---- life ---- */

static qt_subclass form_class = {.base = &qt_class_QWidget, .instance_size = sizeof(vt_intake_form)};

vt_intake_form *vt_intake_form_create(QWidgetRef parent, int jobs, vt_sequence_mode sequences,
                                      const vt_intake_form_ops *ops, void *user)
{
    vt_intake_form *form = qt_subclass_allocate(&form_class);
    q_widget_init(&form->widget, parent);
    qt_subclass_install(&form_class, form);
    form->jobs = jobs;
    form->standard_mode = sequences;
    form->ops = ops;
    form->user = user;
    form->quiet = true;
    vt_intake_form_make(form);
    form->quiet = false;
    return form;
}

QWidget *vt_intake_form_widget(vt_intake_form *form)
{
    return &form->widget;
}
