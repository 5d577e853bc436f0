#include "core/files/trash.h"

#include "core/base/clock.h"
#include "core/base/path.h"
#include "core/base/str.h"
#include "core/base/uri.h"
#include "core/files/move.h"
#include "core/files/trash_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define SUFFIX ".trashinfo"
#define HEADER "[Trash Info]\n"
/* A path of PATH_MAX bytes, each written as %XX, and what stands around it. */
#define INFO_BYTES_MAX ((size_t)PATH_MAX * 3 + 256)
/* vt_uri writes and reads whole URIs, the notes hold what follows this. */
#define SCHEME "file://"

static bool no_memory(vt_error *error)
{
    vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    return false;
}

void vt_trashed_clear(vt_trashed *trashed)
{
    free(trashed->original);
    free(trashed->file);
    free(trashed->info);
    *trashed = (vt_trashed){0};
}

char *vt_trash_home(vt_error *error)
{
    char *own = vt_path_xdg(VT_XDG_DATA, error);
    if (!own) {
        return NULL;
    }
    own[vt_path_name(own) - own] = '\0'; /* without our own folder */
    char *home = vt_path_join(own, "Trash");
    free(own);
    if (!home) {
        no_memory(error);
    }
    return home;
}

/* The path with its folder's symbolic links resolved, but not its own. */
static char *resolve(const char *path, vt_error *error)
{
    const char *name = vt_path_name(path);
    if (path[0] != '/' || !*name || strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
        vt_error_set(error, VT_ERROR_USAGE, "'%s' is not the absolute path of a file; name it from the root",
                     path);
        return NULL;
    }
    char *folder = strndup(path, name == path + 1 ? 1 : (size_t)(name - path) - 1);
    char *resolved = folder ? realpath(folder, NULL) : NULL;
    if (folder && !resolved && errno != ENOMEM) {
        vt_move_fault(error, errno, "move to the trash:", path, NULL);
        free(folder);
        return NULL;
    }
    char *whole = resolved ? vt_path_join(resolved, name) : NULL;
    free(folder);
    free(resolved);
    if (!whole) {
        no_memory(error);
    }
    return whole;
}

/* The NAME for the `number`-th file of a name: "a.png", "a.2.png", "a.3.png"; cut so that its note fits. */
static bool choose_name(const char *original, unsigned number, vt_str *name)
{
    const char *whole = vt_path_name(original);
    const char *extension = vt_path_extension(original);
    size_t room = NAME_MAX - (sizeof SUFFIX - 1);
    char between[16] = "";
    if (number > 1) {
        snprintf(between, sizeof between, ".%u", number);
    }
    size_t tail = *extension ? strlen(extension) + 1 : 0;
    tail = tail + strlen(between) < room / 2 ? tail : 0; /* an "extension" so long is part of the name */
    size_t stem = strlen(whole) - tail;
    if (stem > room - tail - strlen(between)) {
        stem = vt_utf8_cut(whole, room - tail - strlen(between));
    }
    vt_str_clear(name);
    vt_str_append(name, whole, stem);
    vt_str_append_cstr(name, between);
    vt_str_append_cstr(name, whole + strlen(whole) - tail);
    return !name->failed;
}

/* In a trash on top of a volume the path is told from there, so that it is right wherever that is mounted. */
static bool write_text(const vt_trash_folder *trash, const char *original, int64_t now_ns, vt_str *text)
{
    const char *told = original;
    if (trash->top) {
        told = original + strlen(trash->top);
        told += *told == '/';
    }
    vt_str uri = VT_STR_INIT;
    vt_uri_from_path(told, strlen(told), &uri);
    time_t seconds = (time_t)(now_ns / VT_NS_PER_S);
    struct tm local;
    char date[64] = "";
    if (!localtime_r(&seconds, &local) || strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &local) == 0) {
        snprintf(date, sizeof date, "1970-01-01T00:00:00");
    }
    if (!uri.failed) {
        vt_str_appendf(text, HEADER "Path=%s\nDeletionDate=%s\n", uri.data + sizeof SCHEME - 1, date);
    }
    bool done = !uri.failed && !text->failed;
    vt_str_free(&uri);
    return done;
}

/* A new note, or none: 0 or an errno. */
static int write_note(int info, const char *note, const vt_str *text)
{
    int file = openat(info, note, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0) {
        return errno;
    }
    ssize_t written = write(file, text->data, text->length);
    int reason = written < 0 ? errno : (size_t)written < text->length ? ENOSPC : 0;
    if (close(file) != 0 && !reason) {
        reason = errno;
    }
    if (reason) {
        unlinkat(info, note, 0);
    }
    return reason;
}

/* One try under one name: 0, EEXIST if the name is taken by note or file, or another errno. */
static int move_as(const vt_trash_folder *trash, const char *original, const char *name, const char *note,
                   const vt_str *text)
{
    int reason = write_note(trash->info, note, text);
    if (!reason) {
        reason = vt_move(AT_FDCWD, original, trash->files, name);
        if (reason) {
            unlinkat(trash->info, note, 0);
        }
    }
    return reason;
}

static char *below(const vt_trash_folder *trash, const char *folder, const char *name)
{
    vt_str path = VT_STR_INIT;
    vt_str_appendf(&path, "%s/%s/%s", trash->path, folder, name);
    return vt_str_take(&path);
}

/* Takes `original`, also when it fails. Paths are put together before the move: afterwards nothing may fail.
 */
static bool move_into(const vt_trash_folder *trash, char *original, const vt_str *text, vt_trashed *trashed,
                      vt_error *error)
{
    vt_str name = VT_STR_INIT;
    vt_str note = VT_STR_INIT;
    int reason = EEXIST;
    bool memory = true;
    *trashed = (vt_trashed){.original = original};
    for (unsigned number = 1; memory && reason == EEXIST && number <= VT_TRASH_NAMES_MAX; number++) {
        memory = choose_name(original, number, &name);
        vt_str_clear(&note);
        vt_str_appendf(&note, "%s" SUFFIX, name.data);
        free(trashed->file);
        free(trashed->info);
        trashed->file = below(trash, "files", name.data);
        trashed->info = below(trash, "info", note.data);
        memory = memory && !note.failed && trashed->file && trashed->info;
        reason = memory ? move_as(trash, original, name.data, note.data, text) : ENOMEM;
    }
    vt_str_free(&name);
    vt_str_free(&note);
    if (!memory) {
        no_memory(error);
    } else if (reason == EEXIST) {
        vt_error_set(error, VT_ERROR_LIMIT, "%s holds %d files of the name of %s already; empty that trash",
                     trash->path, VT_TRASH_NAMES_MAX, original);
    } else if (reason) {
        vt_move_fault(error, reason, "move to the trash:", original, NULL);
    }
    if (reason) {
        vt_trashed_clear(trashed);
    }
    return !reason;
}

bool vt_trash_move(const char *home, const char *path, int64_t now_ns, vt_trashed *trashed, vt_error *error)
{
    *trashed = (vt_trashed){0};
    char *original = resolve(path, error);
    if (!original) {
        return false;
    }
    struct stat facts;
    if (lstat(original, &facts) != 0) { /* before a trash is made for nothing */
        vt_move_fault(error, errno, "move to the trash:", original, NULL);
        free(original);
        return false;
    }
    char *folder = strndup(original, (size_t)(vt_path_name(original) - original));
    vt_trash_folder trash;
    if (!folder) {
        free(original);
        return no_memory(error);
    }
    bool done = false;
    vt_str text = VT_STR_INIT;
    if (folder[1]) {
        folder[strlen(folder) - 1] = '\0';
    }
    if (!vt_trash_folder_open(home, folder, true, &trash, error)) {
        free(original);
    } else if (vt_path_is_below(original, trash.path)) {
        vt_error_set(error, VT_ERROR_USAGE, "%s is in the trash already", original);
        free(original);
    } else if (!write_text(&trash, original, now_ns, &text)) {
        no_memory(error);
        free(original);
    } else {
        done = move_into(&trash, original, &text, trashed, error);
    }
    vt_str_free(&text);
    vt_trash_folder_close(&trash);
    free(folder);
    return done;
}

/* The path that a note tells, '/' before it if it is relative; NULL and errno if there is no such note, or 0.
 */
static char *read_note(const char *info)
{
    int file = open(info, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) {
        return NULL;
    }
    char *text = malloc(INFO_BYTES_MAX + sizeof SCHEME);
    ssize_t count = text ? read(file, text, INFO_BYTES_MAX) : -1;
    int reason = errno;
    close(file);
    errno = count < 0 ? reason : 0;
    char *path = NULL;
    if (count > 0) {
        text[count] = '\0';
        char *line = strstr(text, "\nPath=");
        if (line && strncmp(text, HEADER, sizeof HEADER - 1) == 0) {
            line += sizeof "\nPath=" - 1;
            vt_str uri = VT_STR_INIT;
            vt_str_appendf(&uri, SCHEME "%s%.*s", *line == '/' ? "" : "/", (int)strcspn(line, "\n"), line);
            path = uri.failed ? NULL : vt_uri_to_path(uri.data, uri.length);
            vt_str_free(&uri);
        }
    }
    free(text);
    return path;
}

/* The note tells whether this is the file that was moved there: the trash may have been emptied and filled. A
   relative path is the end of the absolute one. */
static bool is_same_entry(const vt_trashed *trashed, vt_error *error)
{
    char *told = read_note(trashed->info);
    int reason = errno;
    size_t length = told ? strlen(told) : 0;
    size_t whole = strlen(trashed->original);
    bool same = told && length <= whole && strcmp(trashed->original + whole - length, told) == 0;
    free(told);
    if (!told && reason) {
        return vt_move_fault(error, reason,
                             "put back from the trash, for its note is missing:", trashed->file, NULL);
    }
    return same || vt_error_set(error, VT_ERROR_CHANGED,
                                "%s is not what was moved there from %s; look into the trash with a file "
                                "manager",
                                trashed->file, trashed->original);
}

bool vt_trash_restore(const vt_trashed *trashed, vt_error *error)
{
    if (!is_same_entry(trashed, error)) {
        return false;
    }
    int reason = vt_move(AT_FDCWD, trashed->file, AT_FDCWD, trashed->original);
    if (reason) {
        return vt_move_fault(error, reason, "put back", trashed->file, trashed->original);
    }
    unlink(trashed->info); /* the file is back: a note that stays is the tidy call's business */
    return true;
}

bool vt_trashed_of(const char *file, const char *original, vt_trashed *trashed, vt_error *error)
{
    static const char files[] = "/files/";
    const char *name = vt_path_name(file);
    size_t place = (size_t)(name - file);
    *trashed = (vt_trashed){0};
    if (place < sizeof files || strncmp(name - (sizeof files - 1), files, sizeof files - 1) != 0) {
        vt_error_set(error, VT_ERROR_USAGE, "%s is not in a trash", file);
        return false;
    }
    trashed->original = resolve(original, error);
    if (!trashed->original) {
        return false;
    }
    vt_str info = VT_STR_INIT;
    vt_str_append(&info, file, place - (sizeof files - 1));
    vt_str_appendf(&info, "/info/%s" SUFFIX, name);
    trashed->info = vt_str_take(&info);
    trashed->file = strdup(file);
    if (!trashed->info || !trashed->file) {
        vt_trashed_clear(trashed);
        return no_memory(error);
    }
    return true;
}

/* The names a file of this name may have got, one after the other; those between may have been taken out. */
static bool find_in(const vt_trash_folder *trash, const char *original, vt_trash_judge is_it, void *user,
                    vt_trashed *trashed, vt_error *error)
{
    vt_str name = VT_STR_INIT;
    bool found = false;
    bool memory = true;
    for (unsigned number = 1; !found && memory && number <= VT_TRASH_NAMES_MAX; number++) {
        memory = choose_name(original, number, &name);
        char *file = memory ? below(trash, "files", name.data) : NULL;
        memory = file != NULL;
        if (memory && is_it(user, file)) {
            vt_trashed candidate = {0};
            found = vt_trashed_of(file, original, &candidate, error) && is_same_entry(&candidate, error);
            if (found) {
                *trashed = candidate;
            } else {
                vt_trashed_clear(&candidate);
            }
        }
        free(file);
    }
    vt_str_free(&name);
    return found || vt_error_set(error, memory ? VT_ERROR_NOT_FOUND : VT_ERROR_MEMORY,
                                 memory ? "%s is not in the trash" : "out of memory for %s", original);
}

bool vt_trash_find(const char *home, const char *original, vt_trash_judge is_it, void *user,
                   vt_trashed *trashed, vt_error *error)
{
    *trashed = (vt_trashed){0};
    char *resolved = resolve(original, error);
    char *folder = resolved ? strndup(resolved, (size_t)(vt_path_name(resolved) - resolved)) : NULL;
    if (!folder) {
        bool memory = !resolved; /* else the fault is told */
        free(resolved);
        return memory ? false : no_memory(error);
    }
    if (folder[1]) {
        folder[strlen(folder) - 1] = '\0';
    }
    vt_trash_folder trash;
    bool found = vt_trash_folder_open(home, folder, false, &trash, error) &&
                 find_in(&trash, resolved, is_it, user, trashed, error);
    vt_trash_folder_close(&trash);
    free(folder);
    free(resolved);
    return found;
}

/* True if `note` is one without a file, and old enough. */
static bool is_orphan(const vt_trash_folder *trash, const char *note, int64_t now_ns)
{
    size_t length = strlen(note);
    size_t stem = length > sizeof SUFFIX - 1 ? length - (sizeof SUFFIX - 1) : 0;
    char name[NAME_MAX + 1];
    struct stat facts;
    if (stem == 0 || length > NAME_MAX || strcmp(note + stem, SUFFIX) != 0 ||
        fstatat(trash->info, note, &facts, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(facts.st_mode) ||
        now_ns / VT_NS_PER_S - facts.st_mtim.tv_sec < VT_TRASH_TIDY_AGE / VT_NS_PER_S) {
        return false;
    }
    memcpy(name, note, stem);
    name[stem] = '\0';
    return fstatat(trash->files, name, &facts, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT;
}

bool vt_trash_tidy(const char *home, const char *folder, int64_t now_ns, size_t *removed, vt_error *error)
{
    *removed = 0;
    vt_trash_folder trash;
    vt_error fault = VT_ERROR_INIT;
    bool done = vt_trash_folder_open(home, folder, false, &trash, &fault);
    /* The list has a descriptor of its own, for closedir() closes it. */
    DIR *notes = done ? fdopendir(openat(trash.info, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)) : NULL;
    if (done && !notes) {
        done = vt_move_fault(&fault, errno, "read the notes of the trash", trash.path, NULL);
    }
    const struct dirent *entry = NULL;
    while (done && notes && (entry = readdir(notes)) != NULL) {
        if (!is_orphan(&trash, entry->d_name, now_ns)) {
            continue;
        }
        done = unlinkat(trash.info, entry->d_name, 0) == 0 ||
               vt_move_fault(&fault, errno, "remove a note from the trash", trash.path, NULL);
        *removed += done;
    }
    if (notes) {
        closedir(notes);
    }
    bool none = fault.system == ENOENT && trash.path && !notes;
    vt_trash_folder_close(&trash);
    if (!done && !none && error) {
        *error = fault;
    }
    return done || none;
}
