#include "app/ui/parts/dropped_paths.h"

#include "core/base/uri.h"

#include <qt6c/qmimedata.h>

#include <stdlib.h>
#include <string.h>

enum { PATHS_MAX = 10000 };

/* One path for each line that names a local file. */
static size_t read_uri_list(const char *text, size_t length, char **paths, size_t limit)
{
    size_t count = 0;
    const char *end = text + length;
    while (text < end && count < limit) {
        size_t line = strcspn(text, "\r\n");
        char *path = *text == '#' ? NULL : vt_uri_to_path(text, line);
        if (path) {
            paths[count++] = path;
        }
        text += line;
        text += strspn(text, "\r\n");
    }
    return count;
}

vt_dropped_paths vt_dropped_paths_of(QDropEvent *event)
{
    /* The bytes as they are: QUrl would make text of them. */
    QByteArray list = q_mimedata_data(q_dropevent_mime_data(event), "text/uri-list");
    vt_dropped_paths dropped = {.paths = calloc(PATHS_MAX, sizeof *dropped.paths)};
    char *text = strndup(list.ptr ? list.ptr : "", (size_t)list.size);
    if (dropped.paths && text) {
        dropped.count = read_uri_list(text, strlen(text), dropped.paths, PATHS_MAX);
    }
    free(text);
    qt_bytearray_release(&list);
    return dropped;
}

void vt_dropped_paths_free(vt_dropped_paths *dropped)
{
    for (size_t i = 0; i < dropped->count; i++) {
        free(dropped->paths[i]);
    }
    free(dropped->paths);
    *dropped = (vt_dropped_paths){0};
}
