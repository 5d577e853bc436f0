#include "core/base/path.h"

#include "core/base/str.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const char *vt_path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

const char *vt_path_extension(const char *path)
{
    const char *name = vt_path_name(path);
    const char *dot = strrchr(name, '.');
    return dot && dot != name ? dot + 1 : "";
}

static size_t name_place(const char *folder, size_t folder_length)
{
    return folder_length > 0 && folder[folder_length - 1] != '/' ? folder_length + 1 : folder_length;
}

size_t vt_path_joined_length(const char *folder, size_t folder_length, size_t name_length)
{
    return name_place(folder, folder_length) + name_length;
}

size_t vt_path_join_to(char *to, const char *folder, size_t folder_length, const char *name,
                       size_t name_length)
{
    size_t name_at = name_place(folder, folder_length);
    memcpy(to, folder, folder_length);
    if (name_at > folder_length) {
        to[folder_length] = '/';
    }
    memcpy(to + name_at, name, name_length);
    return name_at;
}

char *vt_path_join(const char *folder, const char *name)
{
    vt_str path = VT_STR_INIT;
    vt_str_append_cstr(&path, folder);
    if (path.length && path.data[path.length - 1] != '/') {
        vt_str_append_char(&path, '/');
    }
    vt_str_append_cstr(&path, name);
    return vt_str_take(&path);
}

char *vt_path_absolute(const char *path, vt_error *error)
{
    char *resolved = realpath(path, NULL);
    if (!resolved) {
        int reason = errno;
        char *shown = vt_path_display(path);
        vt_error_set_errno(error, reason, "cannot open %s", shown ? shown : "(path)");
        free(shown);
    }
    return resolved;
}

bool vt_path_is_below(const char *path, const char *folder)
{
    size_t length = strlen(folder);
    while (length > 0 && folder[length - 1] == '/') {
        length--;
    }
    return strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

char *vt_path_display(const char *path)
{
    vt_str text = VT_STR_INIT;
    vt_str_append_display(&text, path, strlen(path));
    return vt_str_take(&text);
}

static bool make_folder(const char *folder, vt_error *error)
{
    if (mkdir(folder, 0700) == 0) {
        return true;
    }
    int reason = errno;
    struct stat facts;
    if (reason == EEXIST && stat(folder, &facts) == 0) {
        if (S_ISDIR(facts.st_mode)) {
            return true;
        }
        reason = ENOTDIR;
    }
    char *shown = vt_path_display(folder);
    vt_error_set_errno(error, reason, "cannot create the folder %s", shown ? shown : "(path)");
    free(shown);
    return false;
}

bool vt_path_make_folders(const char *folder, vt_error *error)
{
    char *path = strdup(folder);
    if (!path) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    bool made = true;
    for (char *at = path + 1; made && *at; at++) {
        if (*at == '/') {
            *at = '\0';
            made = make_folder(path, error);
            *at = '/';
        }
    }
    made = made && make_folder(path, error);
    free(path);
    return made;
}

char *vt_path_xdg(vt_xdg which, vt_error *error)
{
    static const struct {
        const char *variable, *below_home;
    } folders[] = {
        [VT_XDG_CONFIG] = {"XDG_CONFIG_HOME", ".config"},
        [VT_XDG_DATA] = {"XDG_DATA_HOME", ".local/share"},
        [VT_XDG_CACHE] = {"XDG_CACHE_HOME", ".cache"},
        [VT_XDG_STATE] = {"XDG_STATE_HOME", ".local/state"},
    };
    const char *value = getenv(folders[which].variable);
    char *folder = NULL;
    if (value && value[0] == '/') {
        folder = vt_path_join(value, "vitrine");
    } else {
        const char *home = getenv("HOME");
        if (!home || home[0] != '/') {
            vt_error_set(error, VT_ERROR_NOT_FOUND,
                         "neither %s nor HOME is set to an absolute path; set one of them",
                         folders[which].variable);
            return NULL;
        }
        char *base = vt_path_join(home, folders[which].below_home);
        folder = base ? vt_path_join(base, "vitrine") : NULL;
        free(base);
    }
    if (!folder) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    return folder;
}

int vt_path_compare(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t shorter = a_length < b_length ? a_length : b_length;
    for (size_t i = 0; i < shorter; i++) {
        if (a[i] != b[i]) {
            int left = a[i] == '/' ? 0 : (unsigned char)a[i] + 1;
            int right = b[i] == '/' ? 0 : (unsigned char)b[i] + 1;
            return left - right;
        }
    }
    return (a_length > b_length) - (a_length < b_length);
}
