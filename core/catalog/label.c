#include "core/catalog/label.h"

#include "core/catalog/edit.h"

#include <ctype.h>
#include <string.h>

/* Catalogs store the number: new names go to the end. The last have none yet, and are known by number. */
static const char *const names[VT_LABEL_MAX + 1] = {"none",   "red",    "yellow", "green",   "blue",
                                                    "purple", "orange", "cyan",   "magenta", "brown",
                                                    "grey",   "black",  "white"};

const char *vt_label_name(int label)
{
    return label >= 0 && label <= VT_LABEL_MAX ? names[label] : NULL;
}

int vt_label_from_name(const char *name, size_t length)
{
    static const char american[] = "gray";
    if (length == strlen(american) && memcmp(name, american, length) == 0) {
        name = "grey";
    }
    for (int label = 0; label <= VT_LABEL_MAX; label++) {
        if (names[label] && strlen(names[label]) == length && memcmp(names[label], name, length) == 0) {
            return label;
        }
    }
    return -1;
}

int vt_label_from_text(const char *name)
{
    char lower[16];
    size_t length = strlen(name);
    if (length == 0) {
        return 0;
    }
    if (length >= sizeof lower) {
        return -1;
    }
    for (size_t i = 0; i < length; i++) {
        lower[i] = (char)tolower((unsigned char)name[i]);
    }
    return vt_label_from_name(lower, length);
}
