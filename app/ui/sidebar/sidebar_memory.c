#include "app/ui/sidebar/sidebar_memory.h"

#include "core/base/str.h"

#include <qt6c/qsettings.h>
#include <qt6c/qvariant.h>

#include <stdlib.h>

static QSettings *open_settings(void)
{
    return q_settings_new_scope(QSettings_IniFormat, QSettings_UserScope, "vitrine", "vitrine", NULL);
}

static void save_text(QSettings *settings, size_t number, const char *what, const char *text)
{
    vt_str key = VT_STR_INIT;
    vt_str_appendf(&key, "filters/%s%zu", what, number);
    QVariant value = qt_variant_string(text);
    q_settings_set_value(settings, key.data, &value);
    q_variant_fini(&value);
    vt_str_free(&key);
}

static char *load_text(QSettings *settings, size_t number, const char *what)
{
    vt_str key = VT_STR_INIT;
    vt_str_appendf(&key, "filters/%s%zu", what, number);
    QVariant value = q_settings_value(settings, key.data);
    char *text = q_variant_to_string(&value);
    q_variant_fini(&value);
    vt_str_free(&key);
    return text;
}

void vt_sidebar_save_filters(const vt_saved_filters *saved)
{
    QSettings *settings = open_settings();
    for (size_t i = 0; i < VT_SAVED_FILTERS_MAX; i++) { /* those that are no more become empty */
        bool used = i < saved->count;
        if (used || i == saved->count) {
            save_text(settings, i, "name", used ? saved->list[i].name : "");
            save_text(settings, i, "text", used ? saved->list[i].text : "");
        }
    }
    q_settings_delete(settings);
}

void vt_sidebar_load_filters(vt_saved_filters *saved)
{
    QSettings *settings = open_settings();
    bool more = true;
    for (size_t i = 0; i < VT_SAVED_FILTERS_MAX && more; i++) {
        char *name = load_text(settings, i, "name");
        char *text = load_text(settings, i, "text");
        more = name && text && vt_saved_filters_put(saved, name, text);
        free(name);
        free(text);
    }
    q_settings_delete(settings);
}

static void key_of(int section, vt_str *key)
{
    vt_str_appendf(key, "sidebar/%s", vt_sidebar_section_get((vt_sidebar_section)section)->name);
}

void vt_sidebar_save_open(const bool open[VT_SIDEBAR_SECTION_COUNT])
{
    QSettings *settings = open_settings();
    for (int i = 0; i < VT_SIDEBAR_SECTION_COUNT; i++) {
        vt_str key = VT_STR_INIT;
        QVariant value = qt_variant_int(open[i]);
        key_of(i, &key);
        q_settings_set_value(settings, key.data, &value);
        q_variant_fini(&value);
        vt_str_free(&key);
    }
    q_settings_delete(settings);
}

void vt_sidebar_load_open(bool open[VT_SIDEBAR_SECTION_COUNT])
{
    QSettings *settings = open_settings();
    for (int i = 0; i < VT_SIDEBAR_SECTION_COUNT; i++) {
        vt_str key = VT_STR_INIT;
        key_of(i, &key);
        QVariant value = q_settings_value(settings, key.data);
        bool is_number = false;
        int number = q_variant_to_int_full(&value, &is_number);
        if (is_number) {
            open[i] = number != 0;
        }
        q_variant_fini(&value);
        vt_str_free(&key);
    }
    q_settings_delete(settings);
}
