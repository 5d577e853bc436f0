/* What comes back at the next start: size and place of the window, columns, view, size of the cards, order,
 * groups, captions, theme, folder, filter, the chosen item, how far was scrolled, and whether the item was
 * open in the viewer.
 *
 * Nothing of it is relied on: a screen, a folder or an item that is gone is passed over. Paths are bytes. */
#include "app/ui/table/table_order.h"
#include "app/ui/window/window_private.h"

#include <qt6c/qscrollbar.h>
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

static void save_groups(vt_window *window, QSettings *settings)
{
    bool backwards = false;
    vt_group_by by = vt_window_own_group(window, &backwards);
    vt_captions captions = vt_grid_captions(window->grid);
    char words[64];
    set_value(settings, "browse/groups", qt_variant_string(vt_group_by_name(by)));
    set_value(settings, "browse/last_group_first", qt_variant_int(backwards));
    set_value(settings, "browse/stacks", qt_variant_int(vt_grid_has_stacks(window->grid)));
    set_value(settings, "browse/captions",
              qt_variant_string(vt_captions_write(&captions, words, sizeof words)));
}

/* The bar beside what is shown now. */
static QScrollBar *scroll_bar(vt_window *window)
{
    QWidget *view =
        window->view == VT_WINDOW_BROWSE ? vt_grid_widget(window->grid) : vt_table_widget(window->table);
    return q_abstractscrollarea_vertical_scroll_bar((QAbstractScrollArea *)view);
}

static void save_place(vt_window *window, QSettings *settings)
{
    const char *folder = vt_folder_view_chosen(window->folders);
    char *filter = q_lineedit_text(window->filter);
    int64_t row = vt_library_selection(window->library)->current;
    int64_t item = -1;
    if (row >= 0 && row < vt_library_count(window->library)) {
        vt_item_brief brief;
        vt_library_item(window->library, row, &brief);
        item = brief.id;
    }
    set_bytes(settings, "place/folder", qt_bytearray_from_bytes(folder, strlen(folder)));
    set_value(settings, "place/filter", qt_variant_string(filter ? filter : ""));
    set_value(settings, "place/item", qt_variant_int64(item));
    set_value(settings, "place/scroll", qt_variant_int(q_abstractslider_value(scroll_bar(window))));
    set_value(settings, "place/open", qt_variant_int(window->viewer_open && !window->viewing.on));
    free(filter);
}

/* All keys, of which older versions know the first. */
static void save_sorts(vt_window *window, QSettings *settings)
{
    vt_str words = VT_STR_INIT;
    vt_table_order order;
    order.count = vt_library_sorts(window->library, order.sorts);
    vt_table_order_write(&order, &words);
    set_value(settings, "browse/sorts", qt_variant_string(words.data));
    vt_str_free(&words);
}

void vt_window_save_session(vt_window *window)
{
    if (!window->context.use_settings) {
        return;
    }
    bool descending = false;
    vt_sort_key key = vt_library_usual_sort(window->library, &descending);
    QSettings *settings = open_settings();
    set_bytes(settings, "window/geometry", q_widget_save_geometry(&window->main));
    set_bytes(settings, "window/panels", q_mainwindow_save_state(&window->main));
    set_bytes(settings, "window/folders", q_splitter_save_state(window->splitter));
    set_bytes(settings, "table/columns", vt_table_save_columns(window->table));
    set_value(settings, "window/view", qt_variant_int((int)window->view));
    set_value(settings, "window/workspace", qt_variant_int(window->workspace.open));
    if (window->theme_chosen) { /* else it may be what $VITRINE_THEME wants of this start alone */
        set_value(settings, "window/theme", qt_variant_int((int)window->context.theme));
    }
    set_value(settings, "browse/size", qt_variant_int(vt_grid_picture_side(window->grid)));
    set_value(settings, "browse/order", qt_variant_string(vt_sort_key_name(key)));
    set_value(settings, "browse/descending", qt_variant_int(descending));
    save_sorts(window, settings);
    save_groups(window, settings);
    set_value(settings, "window/folders-hidden",
              qt_variant_int(q_widget_is_hidden(vt_sidebar_widget(window->sidebar))));
    if (window->index_loaded && !window->resume.waits) { /* else where one was last is not known any better */
        save_place(window, settings);
    }
    q_settings_delete(settings);
}

/* False if it says nothing, or something else than the first key that `key` names. */
static bool restore_sorts(vt_window *window, QSettings *settings, vt_sort_key key)
{
    vt_table_order order = {.count = 0};
    QVariant value = value_of(settings, "browse/sorts");
    char *words = q_variant_to_string(&value);
    bool good = words && vt_table_order_read(words, &order) && order.sorts[0].key == key;
    if (good) {
        vt_library_set_sorts(window->library, order.sorts, order.count);
    }
    free(words);
    q_variant_fini(&value);
    return good;
}

static void restore_order(vt_window *window, QSettings *settings)
{
    QVariant value = value_of(settings, "browse/order");
    char *name = q_variant_to_string(&value);
    vt_sort_key key = VT_SORT_PATH;
    if (name && vt_sort_key_from_name(name, &key) && !restore_sorts(window, settings, key)) {
        vt_library_set_sort(window->library, key, int_of(settings, "browse/descending", 0) != 0);
    }
    free(name);
    q_variant_fini(&value);
}

static void restore_groups(vt_window *window, QSettings *settings)
{
    QVariant groups = value_of(settings, "browse/groups");
    QVariant captions = value_of(settings, "browse/captions");
    char *name = q_variant_to_string(&groups);
    char *words = q_variant_to_string(&captions);
    vt_group_by by = VT_GROUP_NONE;
    if (name && vt_group_by_from_name(name, &by)) {
        vt_library_set_group(window->library, by, int_of(settings, "browse/last_group_first", 0) != 0);
    }
    if (words && *words) {
        const vt_captions chosen = vt_captions_read(words);
        vt_grid_set_captions(window->grid, &chosen);
    }
    vt_grid_set_stacks(window->grid, int_of(settings, "browse/stacks", 0) != 0);
    free(name);
    free(words);
    q_variant_fini(&groups);
    q_variant_fini(&captions);
}

static int64_t int64_of(QSettings *settings, const char *key, int64_t otherwise)
{
    QVariant value = value_of(settings, key);
    bool is_number = false;
    int64_t number = q_variant_to_long_long_full(&value, &is_number);
    q_variant_fini(&value);
    return is_number ? number : otherwise;
}

static void restore_place(vt_window *window, QSettings *settings)
{
    QByteArray folder = bytes_of(settings, "place/folder");
    QVariant value = value_of(settings, "place/filter");
    char *filter = q_variant_to_string(&value);
    char *path = strndup(folder.ptr ? folder.ptr : "", (size_t)folder.size);
    if (path && !window->context.show_all) {
        vt_folder_view_restore(window->folders, path);
    }
    if (filter && *filter && !window->context.show_all) {
        q_lineedit_set_text(window->filter, filter);
    }
    window->resume.waits = true;
    window->resume.item = int64_of(settings, "place/item", -1);
    window->resume.scroll = int_of(settings, "place/scroll", 0);
    window->resume.open = int_of(settings, "place/open", 0) != 0 && !window->context.show_all;
    free(path);
    free(filter);
    q_variant_fini(&value);
    qt_bytearray_release(&folder);
}

/* Later: until then the rows have their places, and the bar its range. */
static void scroll_back(void *user)
{
    vt_window *window = user;
    q_abstractslider_set_value(scroll_bar(window), window->resume.scroll);
    int64_t row = vt_library_row_of(window->library, window->resume.item);
    if (row >= 0 && window->resume.open) {
        vt_window_open(window, row);
    }
    vt_log_write(&window->context.log, VT_LOG_INFO, "session: back at row=%lld scroll=%d open=%d",
                 (long long)row, q_abstractslider_value(scroll_bar(window)), row >= 0 && window->resume.open);
}

void vt_window_resume(vt_window *window)
{
    if (!window->resume.waits || !window->index_loaded || vt_library_is_building(window->library)) {
        return;
    }
    window->resume.waits = false;
    int64_t row = window->resume.item >= 0 ? vt_library_row_of(window->library, window->resume.item) : -1;
    if (row >= 0) {
        vt_library_choose(window->library, row, false, false);
    }
    qt_post((QObject *)&window->main, scroll_back, window, NULL);
}

void vt_window_restore_session(vt_window *window)
{
    if (!window->context.use_settings) {
        return;
    }
    QSettings *settings = open_settings();
    QByteArray geometry = bytes_of(settings, "window/geometry");
    QByteArray panels = bytes_of(settings, "window/panels");
    QByteArray folders = bytes_of(settings, "window/folders");
    QByteArray columns = bytes_of(settings, "table/columns");
    q_widget_restore_geometry(&window->main, &geometry);
    q_mainwindow_restore_state(&window->main, &panels);
    q_splitter_restore_state(window->splitter, &folders);
    if (columns.size) {
        vt_table_restore_columns(window->table, &columns);
    }
    restore_order(window, settings);
    restore_groups(window, settings);
    vt_grid_set_picture_side(window->grid,
                             int_of(settings, "browse/size", vt_grid_picture_side(window->grid)));
    vt_window_set_view(window, int_of(settings, "window/view", 0) == VT_WINDOW_TABLE ? VT_WINDOW_TABLE
                                                                                     : VT_WINDOW_BROWSE);
    q_widget_set_visible(vt_sidebar_widget(window->sidebar),
                         int_of(settings, "window/folders-hidden", 0) == 0);
    restore_place(window, settings);
    vt_window_show_workspace(window,
                             int_of(settings, "window/workspace", 0) != 0 && !window->context.show_all);
    qt_bytearray_release(&geometry);
    qt_bytearray_release(&panels);
    qt_bytearray_release(&folders);
    qt_bytearray_release(&columns);
    q_settings_delete(settings);
}
