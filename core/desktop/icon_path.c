#include "core/desktop/icon_path.h"

#include "core/base/str.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Folders of hicolor: reduced is better than enlarged, and a PNG is read by every Qt. */
static const struct {
    int side;
    const char *folder;
} sizes[] = {{16, "16x16"}, {22, "22x22"}, {24, "24x24"},    {32, "32x32"},    {48, "48x48"},
             {64, "64x64"}, {96, "96x96"}, {128, "128x128"}, {256, "256x256"}, {512, "512x512"}};
enum { SIZE_COUNT = sizeof sizes / sizeof *sizes };

static bool is_there(const vt_str *path)
{
    return !path->failed && access(path->data, R_OK) == 0;
}

static bool try_file(vt_str *path, const char *base, size_t length, const char *folder, const char *name,
                     const char *extension)
{
    vt_str_clear(path);
    vt_str_append(path, base, length);
    vt_str_append_cstr(path, folder);
    vt_str_append_char(path, '/');
    vt_str_append_cstr(path, name);
    vt_str_append_cstr(path, extension);
    return is_there(path);
}

static bool try_size(vt_str *path, const char *base, size_t length, int at, const char *name)
{
    char folder[64];
    snprintf(folder, sizeof folder, "/icons/hicolor/%s/apps", sizes[at].folder);
    return try_file(path, base, length, folder, name, ".png");
}

/* In one folder of data: the sizes from `size` up, those below from the largest down, then what scales. */
static bool try_base(vt_str *path, const char *base, size_t length, const char *name, int size)
{
    int from = 0;
    while (from < SIZE_COUNT && sizes[from].side < size) {
        from++;
    }
    for (int at = from; at < SIZE_COUNT; at++) {
        if (try_size(path, base, length, at, name)) {
            return true;
        }
    }
    for (int at = from - 1; at >= 0; at--) {
        if (try_size(path, base, length, at, name)) {
            return true;
        }
    }
    return try_file(path, base, length, "/pixmaps", name, ".png") ||
           try_file(path, base, length, "/icons/hicolor/scalable/apps", name, ".svg") ||
           try_file(path, base, length, "/pixmaps", name, ".svg");
}

static bool try_home(vt_str *path, const char *name, int size)
{
    const char *data = getenv("XDG_DATA_HOME");
    const char *home = getenv("HOME");
    vt_str base = VT_STR_INIT;
    if (data && data[0] == '/') {
        vt_str_append_cstr(&base, data);
    } else if (home) {
        vt_str_appendf(&base, "%s/.local/share", home);
    }
    bool found = base.length && !base.failed && try_base(path, base.data, base.length, name, size);
    vt_str_free(&base);
    return found;
}

static bool try_system(vt_str *path, const char *name, int size)
{
    const char *folders = getenv("XDG_DATA_DIRS");
    for (const char *at = folders && *folders ? folders : "/usr/local/share:/usr/share"; *at;) {
        size_t length = strcspn(at, ":");
        if (length && *at == '/' && try_base(path, at, length, name, size)) {
            return true;
        }
        at += length + (at[length] == ':');
    }
    return false;
}

char *vt_icon_path(const char *name, int size)
{
    vt_str path = VT_STR_INIT;
    bool found = false;
    if (name[0] == '/') {
        vt_str_append_cstr(&path, name);
        found = is_there(&path);
    } else if (name[0] && !strchr(name, '/')) {
        found = try_home(&path, name, size) || try_system(&path, name, size);
    }
    if (!found) {
        vt_str_free(&path);
        return NULL;
    }
    return vt_str_take(&path);
}
