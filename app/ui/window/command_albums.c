/* Albums: made, filled, emptied, renamed, deleted. All of it can be undone. Nothing waits for a dialogue. */
#include "app/ui/library/edits.h"
#include "app/ui/parts/translate.h"
#include "app/ui/window/command_functions.h"
#include "app/ui/window/window_private.h"
#include "core/index/albums.h"

#include <qt6c/qinputdialog.h>

#include <stdlib.h>
#include <string.h>

/* ---- what becomes of it ---- */

static void add_items(vt_window *window, int64_t album, vt_edit_target *target)
{
    const vt_item_edit edit = {.kind = VT_EDIT_ADD_TO_ALBUM, .album = album};
    vt_error error = VT_ERROR_INIT;
    if (!vt_library_edit_target(window->library, &edit, target, &error)) {
        vt_window_say(window, error.message);
    }
}

/* Of an album itself; `items`: what a new one gets, NULL: nothing. Takes them over. */
static void edit_album(vt_window *window, const vt_item_edit *edit, vt_edit_target *items)
{
    vt_error error = VT_ERROR_INIT;
    vt_edit_target *target = items ? items : vt_edit_target_of_items(NULL, 0);
    if (!vt_library_edit_target(window->library, edit, target, &error)) {
        vt_window_say(window, error.message);
    }
}

/* ---- names ---- */

static void ask_name(vt_window *window, const char *title, const char *label, const char *name,
                     void (*named)(void *user, const QString *name))
{
    QInputDialog *dialog = q_inputdialog_new(&window->main);
    q_widget_set_attribute(dialog, Qt_WA_DeleteOnClose);
    q_widget_set_window_title(dialog, title);
    q_inputdialog_set_label_text(dialog, label);
    q_inputdialog_set_text_value(dialog, name);
    q_inputdialog_on_text_value_selected(dialog, &window->main, named, window);
    q_widget_show(dialog);
    q_widget_raise(dialog);
    q_widget_activate_window(dialog);
}

/* One of some albums. */
static void ask_choice(vt_window *window, const char *title, const char *const *names, size_t count,
                       void (*chosen)(void *user, const QString *name))
{
    QInputDialog *dialog = q_inputdialog_new(&window->main);
    q_widget_set_attribute(dialog, Qt_WA_DeleteOnClose);
    q_widget_set_window_title(dialog, title);
    q_inputdialog_set_label_text(dialog, vt_tr("albums", "Album"));
    QList list = qt_string_list_from(names, count);
    q_inputdialog_set_combo_box_items(dialog, &list);
    qt_string_list_release(&list);
    q_inputdialog_on_text_value_selected(dialog, &window->main, chosen, window);
    q_widget_show(dialog);
    q_widget_raise(dialog);
    q_widget_activate_window(dialog);
}

static void on_new_name(void *user, const QString *name)
{
    vt_window *window = user;
    char *given = qt_string_to_utf8(name);
    vt_edit_target *items = window->album_items;
    window->album_items = NULL;
    if (given) {
        edit_album(window, &(vt_item_edit){.kind = VT_EDIT_CREATE_ALBUM, .text = given}, items);
    } else {
        vt_edit_target_release(items);
    }
    free(given);
}

/* What is current without being selected is no wish to have it in an album. */
static bool has_selection(const vt_window *window)
{
    vt_subject subject = vt_window_subject(window);
    return subject.count > 0 && (!subject.library || vt_library_selection(subject.library)->rows > 0);
}

void vt_command_new_album(vt_window *window)
{
    vt_str label = VT_STR_INIT;
    vt_edit_target_release(window->album_items);
    window->album_items = has_selection(window) ? vt_window_target(window) : NULL;
    int64_t chosen = window->album_items ? (int64_t)vt_edit_target_count(window->album_items) : 0;
    vt_tr_append_count(&label, "albums", "Name of the album, which gets %n item",
                       "Name of the album, which gets %n items", chosen);
    ask_name(window, vt_tr("albums", "New album"), label.failed ? "" : label.data, "", on_new_name);
    vt_str_free(&label);
}

static void on_other_name(void *user, const QString *name)
{
    vt_window *window = user;
    char *given = qt_string_to_utf8(name);
    if (given) {
        edit_album(
            window,
            &(vt_item_edit){.kind = VT_EDIT_RENAME_ALBUM, .album = window->album_in_hand, .text = given},
            NULL);
    }
    free(given);
}

void vt_command_rename_album(vt_window *window)
{
    vt_str name = VT_STR_INIT;
    window->album_in_hand = vt_sidebar_album(window->sidebar, &name);
    if (window->album_in_hand) {
        ask_name(window, vt_tr("albums", "Rename the album"), vt_tr("albums", "Name"),
                 name.failed ? "" : name.data, on_other_name);
    }
    vt_str_free(&name);
}

/* ---- what is in one ---- */

/* By the list of those there are: of two that are called alike, the first. */
static void on_album_chosen(void *user, const QString *name)
{
    vt_window *window = user;
    char *wanted = qt_string_to_utf8(name);
    const vt_snapshot *snapshot = vt_library_snapshot(window->library);
    vt_edit_target *items = window->album_items;
    window->album_items = NULL;
    for (uint32_t i = 0; wanted && items && i < vt_snapshot_album_count(snapshot); i++) {
        vt_index_album album;
        vt_snapshot_album(snapshot, i, &album);
        if (!album.removed && strcmp(album.name, wanted) == 0) {
            add_items(window, album.id, items);
            items = NULL;
        }
    }
    vt_edit_target_release(items);
    vt_snapshot_release(snapshot);
    free(wanted);
}

void vt_command_add_to_album(vt_window *window)
{
    const vt_tally *tally = vt_sidebar_tally(window->sidebar);
    uint32_t count = 0;
    const uint32_t *albums = tally ? vt_tally_albums(tally, &count) : NULL;
    const char **names = calloc((size_t)count + 1, sizeof *names);
    if (count == 0 || !names) {
        free(names);
        vt_command_new_album(window); /* there is none: this makes the first */
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        vt_index_album album;
        vt_snapshot_album(vt_tally_snapshot(tally), albums[i], &album);
        names[i] = album.name;
    }
    vt_edit_target_release(window->album_items);
    window->album_items = vt_window_target(window);
    ask_choice(window, vt_tr("albums", "Add to an album"), names, count, on_album_chosen);
    free(names);
}

static void remove_items(vt_window *window, int64_t album)
{
    vt_window_edit(window, &(vt_item_edit){.kind = VT_EDIT_REMOVE_FROM_ALBUM, .album = album});
}

/* Of two albums that are called alike, the first in which the current item is. */
static void on_left_chosen(void *user, const QString *name)
{
    vt_window *window = user;
    char *wanted = qt_string_to_utf8(name);
    const vt_snapshot *snapshot = vt_library_snapshot(window->library);
    uint32_t row = vt_snapshot_find(snapshot, window->album_item);
    uint32_t count = 0;
    const uint32_t *albums = row == VT_INDEX_NO_ROW ? NULL : vt_snapshot_albums_of(snapshot, row, &count);
    int64_t found = 0;
    for (uint32_t i = 0; wanted && i < count && !found; i++) {
        vt_index_album album;
        vt_snapshot_album(snapshot, albums[i], &album);
        found = !album.removed && strcmp(album.name, wanted) == 0 ? album.id : 0;
    }
    vt_edit_target *items = window->album_items;
    window->album_items = NULL;
    vt_error error = VT_ERROR_INIT;
    const vt_item_edit edit = {.kind = VT_EDIT_REMOVE_FROM_ALBUM, .album = found};
    if (!found || !items) {
        vt_edit_target_release(items);
    } else if (!vt_library_edit_target(window->library, &edit, items, &error)) {
        vt_window_say(window, error.message);
    }
    vt_snapshot_release(snapshot);
    free(wanted);
}

/* Where no album is shown: from one of those that the current item is in. */
static void choose_left(vt_window *window, const vt_snapshot *snapshot, const uint32_t *albums,
                        uint32_t count)
{
    const char **names = calloc((size_t)count + 1, sizeof *names);
    int64_t only = 0;
    size_t known = 0;
    for (uint32_t i = 0; names && i < count; i++) {
        vt_index_album album;
        vt_snapshot_album(snapshot, albums[i], &album);
        if (!album.removed) {
            names[known++] = album.name;
            only = album.id;
        }
    }
    if (known == 0) {
        vt_window_say(window, vt_tr("albums", "The chosen item is in no album"));
    } else if (known == 1) {
        remove_items(window, only);
    } else {
        vt_edit_target_release(window->album_items);
        window->album_items = vt_window_target(window);
        ask_choice(window, vt_tr("albums", "Remove from an album"), names, known, on_left_chosen);
    }
    free(names);
}

void vt_command_remove_from_album(vt_window *window)
{
    int64_t shown = vt_window_has_workspace(window) ? 0 : vt_library_album(window->library);
    if (shown) {
        remove_items(window, shown);
        return;
    }
    const vt_snapshot *snapshot = vt_library_snapshot(window->library);
    window->album_item = vt_window_subject(window).item;
    uint32_t row = vt_snapshot_find(snapshot, window->album_item);
    uint32_t count = 0;
    const uint32_t *albums = row == VT_INDEX_NO_ROW ? NULL : vt_snapshot_albums_of(snapshot, row, &count);
    choose_left(window, snapshot, albums, count);
    vt_snapshot_release(snapshot);
}

/* ---- deleting ---- */

/* It can be undone, and so needs no question. */
void vt_command_delete_album(vt_window *window)
{
    int64_t album = vt_sidebar_album(window->sidebar, NULL);
    if (album) {
        vt_sidebar_choose_nothing(window->sidebar);
        edit_album(window, &(vt_item_edit){.kind = VT_EDIT_DELETE_ALBUM, .album = album}, NULL);
    }
}
