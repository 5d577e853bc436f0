#include "core/base/replaceable.h"

#include "core/base/path.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool has_mark(const char *mark, const uint8_t *head, size_t length)
{
    size_t size = strlen(mark);
    for (size_t i = 0; i + size <= length; i++) {
        if (memcmp(head + i, mark, size) == 0) {
            return true;
        }
    }
    return false;
}

/* What cannot be read is of no kind. */
static bool is_of_kind(const char *path, const vt_file_kind *kind)
{
    uint8_t head[VT_REPLACEABLE_HEAD];
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t length = file >= 0 ? pread(file, head, sizeof head, 0) : -1;
    if (file >= 0) {
        close(file);
    }
    return length > 0 &&
           (kind->is ? kind->is(head, (size_t)length) : has_mark(kind->mark, head, (size_t)length));
}

bool vt_file_is_replaceable(const char *path, const vt_file_kind *kind, vt_error *error)
{
    struct stat facts;
    if (stat(path, &facts) != 0) {
        return true;
    }
    bool is_file = S_ISREG(facts.st_mode);
    if (is_file && (facts.st_size == 0 || is_of_kind(path, kind))) {
        return true;
    }
    char *shown = vt_path_display(path);
    if (is_file) {
        vt_error_set(error, VT_ERROR_USAGE,
                     "%s is there and no %s: it was left as it is; name another file, or remove this one",
                     shown ? shown : "the file", kind->name);
    } else {
        vt_error_set(error, VT_ERROR_NOT_REGULAR, "cannot write %s: it is no regular file; name another one",
                     shown ? shown : "the file");
    }
    free(shown);
    return false;
}

bool vt_file_is_same(const char *a, const char *b)
{
    struct stat facts_a;
    struct stat facts_b;
    return stat(a, &facts_a) == 0 && stat(b, &facts_b) == 0 && facts_a.st_dev == facts_b.st_dev &&
           facts_a.st_ino == facts_b.st_ino;
}
