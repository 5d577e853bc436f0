#include "core/import/shared_thumb.h"

#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/base/path.h"
#include "core/base/str.h"
#include "core/base/uri.h"
#include "core/decode/thumb_origin.h"
#include "core/import/reading.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct vt_shared_thumbs {
    char *folder;     /* owned, absolute */
    bool fixed;       /* the use was given, or is what the environment says */
    atomic_int use;   /* a vt_shared_thumbs_use, not VT_SHARED_THUMBS_DEFAULT */
    atomic_bool told; /* a failure to write is in the log */
    vt_log log;
};

/* In the order of their size. */
static const struct {
    const char *folder;
    uint32_t side; /* the longest a thumbnail in it may be */
} sizes[] = {{"normal", 128}, {"large", 256}, {"x-large", 512}, {"xx-large", 1024}};

#define SIZES       (sizeof sizes / sizeof *sizes)
#define FAIL_FOLDER "fail/vitrine-" VITRINE_VERSION

/* $XDG_CACHE_HOME/thumbnails; NULL and `error` if there is none. */
static char *find_folder(vt_error *error)
{
    char *ours = vt_path_xdg(VT_XDG_CACHE, error);
    if (!ours) {
        return NULL;
    }
    ours[vt_path_name(ours) - ours] = '\0';
    char *folder = vt_path_join(ours, "thumbnails");
    free(ours);
    if (!folder) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    return folder;
}

/* VT_SHARED_THUMBS_DEFAULT if it says nothing. */
static vt_shared_thumbs_use as_environment_says(const vt_log *log)
{
    static const char *const words[] = {
        [VT_SHARED_THUMBS_OFF] = "off", [VT_SHARED_THUMBS_READ] = "read", [VT_SHARED_THUMBS_WRITE] = "write"};
    const char *wanted = getenv("VITRINE_SHARED_THUMBNAILS");
    for (int i = VT_SHARED_THUMBS_OFF; wanted && i <= VT_SHARED_THUMBS_WRITE; i++) {
        if (strcmp(wanted, words[i]) == 0) {
            return (vt_shared_thumbs_use)i;
        }
    }
    if (wanted && *wanted) {
        vt_log_write(log, VT_LOG_WARN,
                     "VITRINE_SHARED_THUMBNAILS is off, read or write, not '%.64s'; the setting holds",
                     wanted);
    }
    return VT_SHARED_THUMBS_DEFAULT;
}

vt_shared_thumbs *vt_shared_thumbs_create(vt_shared_thumbs_use how, const vt_log *log)
{
    how = how == VT_SHARED_THUMBS_DEFAULT ? as_environment_says(log) : how;
    vt_error error = VT_ERROR_INIT;
    vt_shared_thumbs *shared = calloc(1, sizeof *shared);
    char *folder = shared ? find_folder(&error) : NULL;
    if (!folder) {
        vt_log_write(log, VT_LOG_INFO, "thumbnails are not shared: %s", error.message);
        free(shared);
        return NULL;
    }
    shared->folder = folder;
    shared->fixed = how != VT_SHARED_THUMBS_DEFAULT;
    atomic_init(&shared->use, (int)(shared->fixed ? how : VT_SHARED_THUMBS_READ));
    shared->log = *log;
    atomic_init(&shared->told, false);
    return shared;
}

void vt_shared_thumbs_follow(vt_shared_thumbs *shared, vt_shared_thumbs_use how)
{
    if (shared && !shared->fixed) {
        atomic_store(&shared->use, (int)how);
    }
}

void vt_shared_thumbs_free(vt_shared_thumbs *shared)
{
    if (shared) {
        free(shared->folder);
        free(shared);
    }
}

/* The URI of a file, free(); NULL when memory runs out. */
static char *uri_of(const vt_shared_file *file)
{
    vt_str uri = VT_STR_INIT;
    vt_uri_from_path(file->path, file->length, &uri);
    if (uri.failed) {
        vt_str_free(&uri);
        return NULL;
    }
    return vt_str_take(&uri);
}

static int64_t seconds_of(int64_t ns)
{
    return ns / VT_NS_PER_S - (ns % VT_NS_PER_S < 0);
}

static uint32_t longer(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static bool is_valid(const vt_thumb_origin *origin, const vt_shared_file *file, const uint8_t *name)
{
    return origin->is_told && memcmp(origin->name, name, VT_THUMB_NAME_BYTES) == 0 &&
           origin->mtime_s == seconds_of(file->mtime_ns) && (origin->size < 0 || origin->size == file->size);
}

/* The path of a thumbnail in one of the folders, appended. */
static void append_path(vt_str *path, const vt_shared_thumbs *shared, const char *folder, const uint8_t *name)
{
    char file[37];
    vt_thumb_origin_file(name, file);
    vt_str_appendf(path, "%s/%s/%s", shared->folder, folder, file);
}

static bool read_one(const vt_shared_thumbs *shared, vt_helper_pool *helpers, const vt_shared_file *file,
                     const char *folder, const uint8_t *name, uint32_t side, int cancel_fd, vt_pixels *pixels)
{
    vt_str path = VT_STR_INIT;
    append_path(&path, shared, folder, name);
    if (path.failed) {
        vt_str_free(&path);
        return false;
    }
    const vt_decode_request wanted = {
        .what = VT_WHAT_THUMBNAIL, .box_width = side, .box_height = side, .flags = VT_DECODE_ORIGIN};
    vt_reading reading;
    vt_error error = VT_ERROR_INIT;
    bool good = vt_reading_run(helpers, VT_HELPER_BACKGROUND, path.data, path.length, &wanted, cancel_fd,
                               &reading, &error);
    vt_pixels *found = &reading.result.pixels;
    uint32_t needed = file->longest && file->longest < side ? file->longest : side;
    good = good && found->data && is_valid(&reading.result.origin, file, name) &&
           longer(found->width, found->height) >= needed;
    if (good) {
        *pixels = *found;
        *found = (vt_pixels){0};
    }
    vt_decode_result_clear(&reading.result);
    vt_str_free(&path);
    return good;
}

bool vt_shared_thumbs_read(const vt_shared_thumbs *shared, vt_helper_pool *helpers,
                           const vt_shared_file *file, uint32_t side, int cancel_fd, vt_pixels *pixels)
{
    bool wanted = shared && atomic_load(&shared->use) != VT_SHARED_THUMBS_OFF;
    char *uri = wanted ? uri_of(file) : NULL;
    uint8_t name[VT_THUMB_NAME_BYTES];
    if (!uri) {
        return false;
    }
    vt_thumb_origin_name(uri, name);
    free(uri);
    bool read = false;
    for (size_t i = 0; i < SIZES && !read; i++) {
        bool fits = sizes[i].side >= side || (file->longest && sizes[i].side >= file->longest);
        read = fits && read_one(shared, helpers, file, sizes[i].folder, name, side, cancel_fd, pixels);
    }
    return read;
}

/* A thumbnail as a file, all it must say included. */
static bool encode(const vt_shared_file *file, const char *uri, const vt_pixels *pixels, vt_blob *png,
                   vt_error *error)
{
    static const uint8_t nothing[4];
    const vt_pixels empty = {.data = (uint8_t *)nothing, .capacity = 4, .width = 1, .height = 1, .stride = 4};
    char mtime[24];
    char size[24];
    snprintf(mtime, sizeof mtime, "%" PRId64, seconds_of(file->mtime_ns));
    snprintf(size, sizeof size, "%" PRId64, file->size);
    if (!vt_thumb_encode_png(pixels ? pixels : &empty, png, error)) {
        return false;
    }
    bool done = vt_thumb_origin_add(png, VT_THUMB_SOFTWARE_KEY, VT_THUMB_SOFTWARE, error) &&
                vt_thumb_origin_add(png, "Thumb::Size", size, error) &&
                vt_thumb_origin_add(png, "Thumb::MTime", mtime, error) &&
                vt_thumb_origin_add(png, "Thumb::URI", uri, error);
    if (!done) {
        free(png->data);
        *png = (vt_blob){NULL, 0};
    }
    return done;
}

static bool put(const vt_shared_thumbs *shared, const char *folder, const uint8_t *name, const vt_blob *png,
                vt_error *error)
{
    vt_str path = VT_STR_INIT;
    append_path(&path, shared, folder, name);
    char *where = vt_path_join(shared->folder, folder);
    bool done = where && !path.failed && vt_path_make_folders(where, error) &&
                vt_file_replace(path.data, png->data, png->size, 0600, error);
    if (!where || path.failed) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    free(where);
    vt_str_free(&path);
    return done;
}

static const char *folder_for(const vt_pixels *pixels)
{
    for (size_t i = 1; pixels && i < SIZES; i++) { /* file managers look into the large ones first */
        if (longer(pixels->width, pixels->height) <= sizes[i].side) {
            return sizes[i].folder;
        }
    }
    return pixels ? NULL : FAIL_FOLDER;
}

void vt_shared_thumbs_write(vt_shared_thumbs *shared, const vt_shared_file *file, const vt_pixels *pixels)
{
    const char *folder = folder_for(pixels);
    if (!shared || atomic_load(&shared->use) != VT_SHARED_THUMBS_WRITE || !folder ||
        vt_path_is_below(file->path, shared->folder)) {
        return;
    }
    vt_error error = VT_ERROR_INIT;
    vt_blob png = {NULL, 0};
    uint8_t name[VT_THUMB_NAME_BYTES];
    char *uri = uri_of(file);
    if (uri) {
        vt_thumb_origin_name(uri, name);
    }
    bool done = uri && encode(file, uri, pixels, &png, &error) && put(shared, folder, name, &png, &error);
    if (uri && !done && !atomic_exchange(&shared->told, true)) {
        vt_log_write(&shared->log, VT_LOG_WARN, "thumbnails are not left for other programs: %s",
                     error.message);
    }
    free(png.data);
    free(uri);
}

void vt_shared_thumbs_offer(vt_shared_thumbs *shared, const char *path, size_t length,
                            const vt_reading *reading, bool read)
{
    const vt_pixels *pixels = &reading->result.pixels;
    if (!shared || (read ? !pixels->data || pixels->width == 0 : !reading->judged)) {
        return;
    }
    const struct timespec *mtime = &reading->stat.st_mtim;
    const vt_shared_file file = {.path = path,
                                 .length = length,
                                 .size = reading->stat.st_size,
                                 .mtime_ns = vt_clock_nanoseconds(*mtime)};
    vt_shared_thumbs_write(shared, &file, read ? pixels : NULL);
}
