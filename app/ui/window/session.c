/* What comes back at the next start: size and place of the window, columns, view, size of the cards, order,
 * theme. */
#include "app/ui/window/window_private.h"

#include <qt6c/qsettings.h>
#include <qt6c/qvariant.h>

#include <stdlib.h>
#include <string.h>

static QSettings *open_settings(void)
{
    return q_settings_new_scope(QSettings_IniFormat, QSettings_UserScope, "vitrine", "vitrine", NULL);
}

static void set_value(QSettings *settings, const char *key, QVariant value)
{
    q_settings_set_value(settings, key, &value);
    q_variant_fini(&value);
}

static QVariant value_of(QSettings *settings, const char *key)
{
    return q_settings_value(settings, key);
}

static int int_of(QSettings *settings, const char *key, int otherwise)
{
    QVariant value = value_of(settings, key);
    bool is_number = false;
    int number = q_variant_to_int_full(&value, &is_number);
    q_variant_fini(&value);
    return is_number ? number : otherwise;
}

static void set_bytes(QSettings *settings, const char *key, QByteArray bytes)
{
    set_value(settings, key, qt_variant_of(QT_TYPE_BYTES, &bytes));
    qt_bytearray_release(&bytes);
}

/* Ends with qt_bytearray_release. */
static QByteArray bytes_of(QSettings *settings, const char *key)
{
    QVariant value = value_of(settings, key);
    QByteArray bytes = q_variant_to_byte_array(&value);
    q_variant_fini(&value);
    return bytes;
}

void vt_window_save_session(vt_window *window)
{
    if (!window->context.use_settings) {
        return;
    }
    bool descending = false;
    vt_sort_key key = vt_library_sort_key(window->library, &descending);
    QSettings *settings = open_settings();
    set_bytes(settings, "window/geometry", q_widget_save_geometry(&window->main));
    set_bytes(settings, "window/folders", q_splitter_save_state(window->splitter));
    set_bytes(settings, "table/columns", vt_table_save_columns(window->table));
    set_value(settings, "window/view", qt_variant_int((int)window->view));
    set_value(settings, "window/theme", qt_variant_int((int)window->context.theme));
    set_value(settings, "browse/size", qt_variant_int(vt_grid_picture_side(window->grid)));
    set_value(settings, "browse/order", qt_variant_string(vt_sort_key_name(key)));
    set_value(settings, "browse/descending", qt_variant_int(descending));
    q_settings_delete(settings);
}

static void restore_order(vt_window *window, QSettings *settings)
{
    QVariant value = value_of(settings, "browse/order");
    char *name = q_variant_to_string(&value);
    vt_sort_key key = VT_SORT_PATH;
    if (name && vt_sort_key_from_name(name, &key)) {
        vt_library_set_sort(window->library, key, int_of(settings, "browse/descending", 0) != 0);
    }
    free(name);
    q_variant_fini(&value);
}

void vt_window_restore_session(vt_window *window)
{
    if (!window->context.use_settings) {
        return;
    }
    QSettings *settings = open_settings();
    QByteArray geometry = bytes_of(settings, "window/geometry");
    QByteArray folders = bytes_of(settings, "window/folders");
    QByteArray columns = bytes_of(settings, "table/columns");
    q_widget_restore_geometry(&window->main, &geometry);
    q_splitter_restore_state(window->splitter, &folders);
    if (columns.size) {
        vt_table_restore_columns(window->table, &columns);
    }
    restore_order(window, settings);
    vt_grid_set_picture_side(window->grid,
                             int_of(settings, "browse/size", vt_grid_picture_side(window->grid)));
    vt_window_set_view(window, int_of(settings, "window/view", 0) == VT_WINDOW_TABLE ? VT_WINDOW_TABLE
                                                                                     : VT_WINDOW_BROWSE);
    qt_bytearray_release(&geometry);
    qt_bytearray_release(&folders);
    qt_bytearray_release(&columns);
    q_settings_delete(settings);
}
