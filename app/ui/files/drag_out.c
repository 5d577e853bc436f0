#include "app/ui/files/drag_out.h"

#include "app/ui/files/file_mime.h"
#include "core/base/str.h"

#include <qt6c/qclipboard.h>
#include <qt6c/qdrag.h>
#include <qt6c/qguiapplication.h>

/* A sequence has a name, but no file of that name. */
static void path_of(void *user, size_t index, vt_str *path)
{
    vt_item_brief item;
    vt_chosen_item(user, index, &item);
    if (item.kind != VT_KIND_SEQUENCE) {
        vt_chosen_path(user, index, path);
    }
}

static void release(void *user)
{
    vt_chosen_unref(user);
}

/* Takes over `chosen`. */
static QMimeData *mime_of(vt_chosen *chosen)
{
    return vt_file_mime_create(&(vt_mime_files){vt_chosen_count(chosen), path_of, release, chosen});
}

void vt_drag_out(QWidgetRef source, vt_library *library)
{
    vt_chosen *chosen = vt_chosen_take(library, false);
    if (chosen) {
        QDrag *drag = q_drag_new(source.QWidget_); /* Qt's, like its data: gone after the drop */
        q_drag_set_mime_data(drag, mime_of(chosen));
        q_drag_exec_full(drag, Qt_CopyAction);
    }
}

void vt_copy_files(vt_chosen *chosen)
{
    q_clipboard_set_mime_data(q_guiapplication_clipboard(), mime_of(chosen));
}

bool vt_copy_paths(vt_chosen *chosen)
{
    vt_str text = VT_STR_INIT;
    size_t count = vt_chosen_count(chosen);
    for (size_t i = 0; i < count && count <= VT_COPY_PATHS_MAX; i++) {
        if (i > 0) {
            vt_str_append_char(&text, '\n');
        }
        vt_chosen_path(chosen, i, &text);
    }
    bool good = text.length > 0 && !text.failed && vt_utf8_valid(text.data, text.length);
    if (good) {
        q_clipboard_set_text(q_guiapplication_clipboard(), text.data);
    }
    vt_str_free(&text);
    vt_chosen_unref(chosen);
    return good;
}
