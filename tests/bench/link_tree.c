#include "tests/bench/link_tree.h"

#include "core/decode/format.h"

#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER_FILES 1000
#define ORIGINALS    500

static const char *tree;
static char originals[ORIGINALS][PATH_MAX];
static size_t original_count;

_Noreturn static void stop(const char *what)
{
    fprintf(stderr, "link_tree: %s\n", what);
    exit(2);
}

/* Copies a small file, so that links can be made whatever file system it lies on. */
static int copy_original(const char *path, const struct stat *facts, int type, struct FTW *place)
{
    static char bytes[64 << 10];
    (void)place;
    if (type != FTW_F || facts->st_size > (off_t)sizeof bytes ||
        vt_format_of_name(path) == VT_FORMAT_UNKNOWN) {
        return 0;
    }
    char *copy = originals[original_count++];
    snprintf(copy, PATH_MAX, "%s/originals/%zu.png", tree, original_count);
    FILE *in = fopen(path, "rb");
    FILE *out = fopen(copy, "wb");
    size_t got = in ? fread(bytes, 1, sizeof bytes, in) : 0;
    if (!in || !out || fwrite(bytes, 1, got, out) != got || fclose(out) != 0) {
        stop("cannot copy a file");
    }
    fclose(in);
    return original_count == ORIGINALS;
}

static void link_original(size_t number, const char *path)
{
    if (link(originals[number % original_count], path) != 0) {
        stop("cannot link a file");
    }
}

void link_tree_make(const char *root, const char *from, size_t files)
{
    char path[PATH_MAX];
    char *source = realpath(from, NULL); /* may be a link itself */
    tree = root;
    snprintf(path, sizeof path, "%s/originals", root);
    mkdir(path, 0755);
    if (!source || nftw(source, copy_original, 64, FTW_PHYS) < 0 || original_count == 0) {
        stop("the folder has no small file of a known format");
    }
    free(source);
    int top = snprintf(path, sizeof path, "%s/files", root);
    mkdir(path, 0755);
    for (size_t i = 0; i < files; i++) {
        const size_t folder = i / FOLDER_FILES;
        const size_t levels[] = {folder / 100, folder / 10 % 10, folder % 10};
        int length = top;
        for (int level = 0; level < 3; level++) {
            length += snprintf(path + length, sizeof path - (size_t)length, "/%zu", levels[level]);
            if (i % FOLDER_FILES == 0) {
                mkdir(path, 0755);
            }
        }
        snprintf(path + length, sizeof path - (size_t)length, "/clipart (%zu).png", i);
        link_original(i, path);
    }
}

void link_tree_add(const char *root, const char *name, size_t count)
{
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s/%s", root, name);
    mkdir(path, 0755);
    for (size_t i = 0; i < count; i++) {
        snprintf(path + length, sizeof path - (size_t)length, "/more (%zu).png", i);
        link_original(i, path);
    }
}

static int remove_entry(const char *path, const struct stat *facts, int type, struct FTW *place)
{
    (void)facts;
    (void)type;
    (void)place;
    return remove(path);
}

void link_tree_remove(const char *root)
{
    nftw(root, remove_entry, 64, FTW_DEPTH | FTW_PHYS);
}
