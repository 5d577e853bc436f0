#include "app/cli/find_item.h"

#include "core/base/path.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The number that all of `text` is; 0 if it is none: ids begin at 1. */
static int64_t number_of(const char *text)
{
    char *end;
    if (text[0] < '0' || text[0] > '9') {
        return 0;
    }
    long long number = strtoll(text, &end, 10);
    return *end == '\0' ? number : 0;
}

char *vt_cli_absolute(const char *path)
{
    char *there = vt_path_absolute(path, NULL);
    if (there || path[0] == '/') {
        return there ? there : strdup(path);
    }
    char *here = getcwd(NULL, 0);
    char *joined = here ? vt_path_join(here, path) : NULL;
    free(here);
    return joined;
}

bool vt_cli_find_item(vt_catalog_reader *reader, const char *word, vt_item *item, vt_error *error)
{
    int64_t id = number_of(word);
    if (id > 0) {
        return vt_catalog_reader_item(reader, id, item, error);
    }
    char *path = vt_cli_absolute(word);
    if (!path) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    bool found = vt_catalog_reader_item_at(reader, path, strlen(path), item, error);
    free(path);
    return found;
}
