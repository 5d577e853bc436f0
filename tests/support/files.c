#include "tests/support/check.h"

#include "tests/support/files.h"

#include <dirent.h>
#include <ftw.h>
#include <glob.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *files_temporary_folder(void)
{
    char folder[] = "/tmp/vt-files-XXXXXX";
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chmod(folder, 0755), 0);
    char *resolved = realpath(folder, NULL);
    assert_non_null(resolved);
    return resolved;
}

/* Removing needs rights on the folder around a file, which a test may have taken away. */
static int open_folder(const char *path, const struct stat *facts, int kind, struct FTW *where)
{
    (void)facts, (void)where;
    return kind == FTW_D || kind == FTW_DNR ? chmod(path, 0700) : 0;
}

static int remove_one(const char *path, const struct stat *facts, int kind, struct FTW *where)
{
    (void)facts, (void)kind, (void)where;
    return remove(path);
}

void files_remove(char *folder)
{
    enum { OPEN_FOLDERS = 16 };
    nftw(folder, open_folder, OPEN_FOLDERS, FTW_PHYS | FTW_MOUNT);
    nftw(folder, remove_one, OPEN_FOLDERS, FTW_PHYS | FTW_DEPTH | FTW_MOUNT);
    free(folder);
}

const char *files_path(const char *folder, const char *name)
{
    enum { TURNS = 8 };
    static char paths[TURNS][PATH_MAX];
    static unsigned turn;
    char *path = paths[turn++ % TURNS];
    assert_true(snprintf(path, sizeof *paths, "%s/%s", folder, name) < (int)sizeof *paths);
    return path;
}

char *files_wait_for(const char *pattern)
{
    enum { TRIES = 1500, PAUSE_US = 20000 };
    char *found = NULL;
    for (int i = 0; i < TRIES && !found; i++) {
        glob_t all;
        if (glob(pattern, 0, NULL, &all) == 0) {
            found = strdup(all.gl_pathv[0]);
            globfree(&all);
        } else {
            usleep(PAUSE_US);
        }
    }
    if (!found) {
        fail_msg("nothing appeared as %s", pattern);
    }
    return found;
}

const char *files_folder(const char *folder, const char *name)
{
    const char *path = files_path(folder, name);
    assert_int_equal(mkdir(path, 0755), 0);
    return path;
}

void files_write(const char *path, const void *bytes, size_t count)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, count, file), count);
    assert_int_equal(fclose(file), 0);
}

char *files_read(const char *path, size_t *count)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    struct stat facts;
    assert_int_equal(fstat(fileno(file), &facts), 0);
    char *bytes = malloc((size_t)facts.st_size + 1);
    assert_non_null(bytes);
    *count = fread(bytes, 1, (size_t)facts.st_size, file);
    bytes[*count] = '\0';
    fclose(file);
    return bytes;
}

void files_copy(const char *from, const char *to, size_t count)
{
    size_t size;
    char *bytes = files_read(from, &size);
    files_write(to, bytes, count && count < size ? count : size);
    free(bytes);
}

void files_write_picture(const char *path, int width, int height, unsigned seed)
{
    size_t size = (size_t)width * (size_t)height * 3 + 32;
    char *bytes = malloc(size);
    assert_non_null(bytes);
    size_t used = (size_t)snprintf(bytes, size, "P6\n%d %d\n255\n", width, height);
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            bytes[used++] = (char)(x * 255 / width);
            bytes[used++] = (char)(y * 255 / height);
            bytes[used++] = (char)(seed + (unsigned)(x ^ y));
        }
    }
    files_write(path, bytes, used);
    free(bytes);
}

void files_write_tetrahedron(const char *path, float size)
{
    const float corners[4][3] = {{0, 0, 0}, {size, 0, 0}, {0, size, 0}, {0, 0, size}};
    static const int faces[4][3] = {{0, 2, 1}, {0, 1, 3}, {0, 3, 2}, {1, 2, 3}};
    char bytes[84 + 4 * 50] = "tetrahedron";
    bytes[80] = 4; /* little-endian count */
    for (int i = 0; i < 4; i++) {
        for (int k = 0; k < 3; k++) {
            memcpy(bytes + 84 + i * 50 + 12 + k * 12, corners[faces[i][k]], 12);
        }
    }
    files_write(path, bytes, sizeof bytes);
}

const char *files_sample(const char *name)
{
    return files_path(VITRINE_SOURCE_DIR "/assets/samples", name);
}
