#include "tests/faults/power_vfs.h"

#include "tests/faults/figure.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SECTOR = 512, FILES_MAX = 8, PATH_SIZE = 512 };

/* What the disk holds of a file, and what it should hold once all writes have come to it. */
typedef struct disk_file {
    char path[PATH_SIZE]; /* "" for a free place */
    bool exists, exists_synced;
    unsigned char *now, *synced; /* owned; of `size` and `synced_size` */
    int64_t size, synced_size;
} disk_file;

typedef struct power_file {
    sqlite3_file base;
    sqlite3_file *real; /* owned */
    disk_file *disk;    /* NULL for temporary files */
} power_file;

static sqlite3_vfs *real_vfs;
static disk_file disk[FILES_MAX];
static int64_t moments, fails_at;
static char crash_folder[PATH_SIZE];

static void stop(const char *what)
{
    fprintf(stderr, "power_vfs: %s\n", what);
    exit(3);
}

static void resize(unsigned char **bytes, int64_t *size, int64_t wanted)
{
    unsigned char *grown = realloc(*bytes, (size_t)wanted + 1);
    if (!grown) {
        stop("out of memory");
    }
    if (wanted > *size) {
        memset(grown + *size, 0, (size_t)(wanted - *size));
    }
    *bytes = grown;
    *size = wanted;
}

static disk_file *find(const char *path, bool add)
{
    for (int i = 0; path && i < FILES_MAX; i++) {
        if (strcmp(disk[i].path, path) == 0) {
            return &disk[i];
        }
    }
    for (int i = 0; path && add && i < FILES_MAX; i++) {
        if (!disk[i].path[0]) {
            snprintf(disk[i].path, sizeof disk[i].path, "%s", path);
            return &disk[i];
        }
    }
    return NULL;
}

/* ---- the power fails ---- */

/* Bytes that differ between what is synced and what was written: first and last of them in a sector. */
static bool find_changed(const disk_file *file, int64_t at, int64_t end, int64_t *first, int64_t *last)
{
    *first = *last = -1;
    for (int64_t i = at; i < end; i++) {
        if (i < file->size && (i >= file->synced_size || file->synced[i] != file->now[i])) {
            *first = *first < 0 ? i : *first;
            *last = i;
        }
    }
    return *first >= 0;
}

/* Each sector is the old one or the new one; at most one of those that were written is neither. What stood
   around the written bytes stays: Linux promises as much, and SQLite relies on it (PSOW). */
static void mix_sectors(unsigned char *out, int64_t size, const disk_file *file)
{
    bool torn = fault_random(4) != 0; /* most disks write whole sectors */
    unsigned keep = 1 + fault_random(9);
    for (int64_t at = 0; at < size; at += SECTOR) {
        int64_t end = at + SECTOR < size ? at + SECTOR : size;
        int64_t first, last;
        if (at < file->synced_size) {
            int64_t to = end < file->synced_size ? end : file->synced_size;
            memcpy(out + at, file->synced + at, (size_t)(to - at));
        }
        if (!find_changed(file, at, end, &first, &last)) {
            continue;
        }
        if (at < file->size && fault_random(10) < keep) {
            int64_t to = end < file->size ? end : file->size;
            memcpy(out + at, file->now + at, (size_t)(to - at));
        } else if (!torn && fault_random(8) == 0) {
            torn = true;
            for (int64_t i = first; i <= last; i++) {
                out[i] = (unsigned char)fault_random(256);
            }
        }
    }
}

static void write_down(const disk_file *file)
{
    char path[2 * PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", crash_folder, strrchr(file->path, '/') + 1);
    unlink(path);
    bool there = file->exists == file->exists_synced ? file->exists : fault_random(2) == 0;
    if (!there) {
        return;
    }
    int64_t most = file->synced_size > file->size ? file->synced_size : file->size;
    int64_t sectors = (file->size - file->synced_size) / SECTOR;
    int64_t size = most;
    if (!file->exists) {
        size = file->synced_size; /* what was deleted comes back whole */
    } else if (file->size < file->synced_size) {
        size = fault_random(2) == 0 ? file->size : most; /* truncated or not, never by half */
    } else if (fault_random(2) == 0) {
        size = file->synced_size + SECTOR * (int64_t)fault_random((unsigned)sectors + 1);
    }
    unsigned char *bytes = calloc(1, (size_t)most + 1);
    FILE *out = fopen(path, "wb");
    if (!bytes || !out) {
        stop("cannot write what the disk holds");
    }
    if (file->exists) {
        mix_sectors(bytes, size, file);
    } else if (size > 0) {
        memcpy(bytes, file->synced, (size_t)size);
    }
    if (fwrite(bytes, 1, (size_t)size, out) != (size_t)size || fclose(out) != 0) {
        stop("cannot write what the disk holds");
    }
    free(bytes);
}

/* Before each step: what the step is about to do has not come to the disk yet. */
static void moment(void)
{
    if (++moments == fails_at) {
        for (int i = 0; i < FILES_MAX; i++) {
            if (disk[i].path[0]) {
                write_down(&disk[i]);
            }
        }
    }
}

/* ---- the methods of a file ---- */

static sqlite3_file *real(sqlite3_file *file)
{
    return ((power_file *)file)->real;
}

static int power_close(sqlite3_file *file)
{
    int rc = real(file)->pMethods->xClose(real(file));
    sqlite3_free(real(file));
    return rc;
}

static int power_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 at)
{
    return real(file)->pMethods->xRead(real(file), bytes, count, at);
}

static int power_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 at)
{
    disk_file *on = ((power_file *)file)->disk;
    if (on) {
        moment();
        if (at + count > on->size) {
            resize(&on->now, &on->size, at + count);
        }
        memcpy(on->now + at, bytes, (size_t)count);
    }
    return real(file)->pMethods->xWrite(real(file), bytes, count, at);
}

static int power_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    disk_file *on = ((power_file *)file)->disk;
    if (on) {
        moment();
        resize(&on->now, &on->size, size);
    }
    return real(file)->pMethods->xTruncate(real(file), size);
}

/* All names are in one folder: what was made and deleted there is so for good. */
static void sync_folder(void)
{
    for (int i = 0; i < FILES_MAX; i++) {
        disk[i].exists_synced = disk[i].exists;
        disk[i].synced_size = disk[i].exists ? disk[i].synced_size : 0;
    }
}

static int power_sync(sqlite3_file *file, int flags)
{
    (void)flags;
    disk_file *on = ((power_file *)file)->disk;
    if (on) {
        moment();
        resize(&on->synced, &on->synced_size, on->size);
        if (on->size > 0) {
            memcpy(on->synced, on->now, (size_t)on->size);
        }
        if (!on->exists_synced && strchr(strrchr(on->path, '/'), '-')) {
            sync_folder(); /* SQLite does that for a new log or journal */
        }
        on->exists_synced = on->exists;
    }
    return SQLITE_OK; /* the power of this machine stays on */
}

static int power_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return real(file)->pMethods->xFileSize(real(file), size);
}

static int power_lock(sqlite3_file *file, int lock)
{
    return real(file)->pMethods->xLock(real(file), lock);
}

static int power_unlock(sqlite3_file *file, int lock)
{
    return real(file)->pMethods->xUnlock(real(file), lock);
}

static int power_check_lock(sqlite3_file *file, int *locked)
{
    return real(file)->pMethods->xCheckReservedLock(real(file), locked);
}

static int power_control(sqlite3_file *file, int op, void *argument)
{
    /* Growing a file behind our back would be a write that nobody sees. */
    return op == SQLITE_FCNTL_SIZE_HINT ? SQLITE_OK
                                        : real(file)->pMethods->xFileControl(real(file), op, argument);
}

static int power_sector(sqlite3_file *file)
{
    return real(file)->pMethods->xSectorSize(real(file));
}

static int power_traits(sqlite3_file *file)
{
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
}

static int power_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **memory)
{
    return real(file)->pMethods->xShmMap(real(file), page, size, extend, memory);
}

static int power_shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
    return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}

static void power_shm_barrier(sqlite3_file *file)
{
    real(file)->pMethods->xShmBarrier(real(file));
}

static int power_shm_unmap(sqlite3_file *file, int delete_it)
{
    return real(file)->pMethods->xShmUnmap(real(file), delete_it);
}

static const sqlite3_io_methods power_methods = {
    .iVersion = 2,
    .xClose = power_close,
    .xRead = power_read,
    .xWrite = power_write,
    .xTruncate = power_truncate,
    .xSync = power_sync,
    .xFileSize = power_size,
    .xLock = power_lock,
    .xUnlock = power_unlock,
    .xCheckReservedLock = power_check_lock,
    .xFileControl = power_control,
    .xSectorSize = power_sector,
    .xDeviceCharacteristics = power_traits,
    .xShmMap = power_shm_map,
    .xShmLock = power_shm_lock,
    .xShmBarrier = power_shm_barrier,
    .xShmUnmap = power_shm_unmap,
};

static int power_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out_flags)
{
    (void)vfs;
    power_file *self = (power_file *)file;
    *self = (power_file){.real = sqlite3_malloc(real_vfs->szOsFile)};
    if (!self->real) {
        return SQLITE_NOMEM;
    }
    int rc = real_vfs->xOpen(real_vfs, path, self->real, flags, out_flags);
    if (rc != SQLITE_OK) {
        sqlite3_free(self->real);
        return rc;
    }
    self->base.pMethods = &power_methods;
    self->disk = find(path, true);
    if (path && !self->disk) {
        stop("too many files");
    }
    if (self->disk) {
        self->disk->exists = true;
    }
    return SQLITE_OK;
}

static int power_delete(sqlite3_vfs *vfs, const char *path, int with_folder)
{
    (void)vfs;
    disk_file *on = find(path, false);
    if (on) {
        moment();
        on->exists = false;
        on->size = 0;
        if (with_folder) {
            sync_folder();
        }
    }
    return real_vfs->xDelete(real_vfs, path, with_folder);
}

void power_install(void)
{
    static sqlite3_vfs vfs;
    sqlite3_initialize();
    real_vfs = sqlite3_vfs_find(NULL);
    vfs = *real_vfs;
    vfs.zName = "power";
    vfs.szOsFile = sizeof(power_file);
    vfs.xOpen = power_open;
    vfs.xDelete = power_delete;
    if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK) {
        stop("cannot be registered");
    }
}

int64_t power_moments(void)
{
    return moments;
}

void power_fails_at(int64_t at, const char *folder)
{
    fails_at = at;
    snprintf(crash_folder, sizeof crash_folder, "%s", folder);
}

void power_forget(void)
{
    for (int i = 0; i < FILES_MAX; i++) {
        free(disk[i].now);
        free(disk[i].synced);
        disk[i] = (disk_file){0};
    }
    moments = fails_at = 0;
}
