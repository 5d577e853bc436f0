#include "core/similar/best.h"

#include <string.h>
#include <strings.h>

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (unsigned char)byte >= 0x80;
}

/* The word by itself: "copy" in "beach - copy 2", not in "copyright". */
static bool has_word(const char *name, size_t length, const char *word)
{
    size_t size = strlen(word);
    for (size_t at = 0; at + size <= length; at++) {
        if (strncasecmp(name + at, word, size) == 0 && (at == 0 || !is_letter(name[at - 1])) &&
            (at + size == length || !is_letter(name[at + size]))) {
            return true;
        }
    }
    return false;
}

/* "beach (2)" */
static bool is_numbered(const char *name, size_t length)
{
    size_t at = length;
    if (at < 4 || name[at - 1] != ')') {
        return false;
    }
    at--;
    size_t end = at;
    while (at > 0 && name[at - 1] >= '0' && name[at - 1] <= '9') {
        at--;
    }
    /* A year is no number of a copy. */
    return at < end && end - at <= 3 && at >= 2 && name[at - 1] == '(';
}

bool vt_best_is_copy_name(const char *name, size_t length)
{
    static const char *const words[] = {"copy", "kopie", "copie", "copia", "kopia", "kopio"};
    const char *dot = length ? memrchr(name, '.', length) : NULL;
    size_t stem = dot && dot != name ? (size_t)(dot - name) : length;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (has_word(name, stem, words[i])) {
            return true;
        }
    }
    return is_numbered(name, stem);
}

int vt_best_compare(const void *a, const void *b)
{
    const vt_best_item *x = a;
    const vt_best_item *y = b;
    if (x->pixels != y->pixels) {
        return x->pixels > y->pixels ? -1 : 1;
    }
    if (x->named_copy != y->named_copy) {
        return x->named_copy ? 1 : -1;
    }
    if (x->mtime_ns != y->mtime_ns) {
        return x->mtime_ns < y->mtime_ns ? -1 : 1;
    }
    if (x->size != y->size) {
        return x->size > y->size ? -1 : 1;
    }
    return (x->row > y->row) - (x->row < y->row);
}
