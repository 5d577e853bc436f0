#include "core/scan/patterns.h"

#include "core/base/str.h"

#include <stdlib.h>
#include <string.h>

typedef struct pattern {
    const char *text; /* in the list's copy */
    size_t length;
    bool away;    /* takes away */
    bool literal; /* no wildcard */
    bool path;
} pattern;

struct vt_patterns {
    vt_patterns_how how;
    size_t count;
    bool any_positive, any_path;
    pattern list[VT_PATTERNS_MAX];
    char text[];
};

static unsigned char lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* ---- one pattern ---- */

/* The end of the set that begins behind '[' at `at`, or NULL if it has none. A ']' that comes first is one of
   the set. */
static const char *set_end(const char *at, const char *end)
{
    at += at < end && *at == '!';
    at += at < end && *at == ']';
    return memchr(at, ']', (size_t)(end - at));
}

static bool set_has(const char *at, const char *end, char c)
{
    bool away = *at == '!';
    bool has = false;
    unsigned char wanted = lower(c);
    for (at += away; at < end; at++) {
        if (at + 2 < end && at[1] == '-') {
            has = has || (wanted >= lower(at[0]) && wanted <= lower(at[2]));
            at += 2;
        } else {
            has = has || lower(*at) == wanted;
        }
    }
    return has != away;
}

/* Whether the piece of pattern at `*at` takes the beginning of `name`; `*step` bytes of it. Moves on. */
static bool take_one(const char **at, const char *end, const char *name, size_t length, size_t *step)
{
    const char *close;
    *step = 1;
    if (**at == '?') {
        size_t character = vt_utf8_decode(name, length, NULL);
        *step = character ? character : 1;
        (*at)++;
        return true;
    }
    if (**at == '[' && (close = set_end(*at + 1, end)) != NULL) {
        bool has = set_has(*at + 1, close, *name);
        *at = close + 1;
        return has;
    }
    return lower(*(*at)++) == lower(*name);
}

/* The classic way with one place to go back to: behind the last star. */
static bool glob(const char *at, const char *end, const char *name, size_t length)
{
    const char *star = NULL, *name_end = name + length, *again = name;
    while (name < name_end) {
        size_t step = 0;
        if (at < end && *at == '*') {
            star = ++at;
            again = name;
        } else if (at < end && take_one(&at, end, name, (size_t)(name_end - name), &step)) {
            name += step;
        } else if (star) {
            at = star;
            name = ++again;
        } else {
            return false;
        }
    }
    while (at < end && *at == '*') {
        at++;
    }
    return at == end;
}

static bool contains(const char *name, size_t length, const pattern *part)
{
    for (size_t at = 0; at + part->length <= length; at++) {
        size_t same = 0;
        while (same < part->length && lower(name[at + same]) == lower(part->text[same])) {
            same++;
        }
        if (same == part->length) {
            return true;
        }
    }
    return false;
}

static bool fits(const vt_patterns *patterns, const pattern *pattern, const char *name, size_t length)
{
    if (pattern->literal && patterns->how == VT_PATTERNS_PART) {
        return contains(name, length, pattern);
    }
    const char *end = pattern->text + pattern->length;
    if (!pattern->path || pattern->text[0] == '/') {
        return glob(pattern->text, end, name, length);
    }
    for (size_t at = 0; at < length; at++) { /* "raw/old" fits behind any slash */
        if ((at == 0 || name[at - 1] == '/') && glob(pattern->text, end, name + at, length - at)) {
            return true;
        }
    }
    return false;
}

/* ---- the list ---- */

static bool check(const pattern *pattern, vt_error *error)
{
    const char *end = pattern->text + pattern->length;
    for (const char *at = pattern->text; at < end; at++) {
        if (*at != '[') {
            continue;
        }
        at = set_end(at + 1, end);
        if (!at) {
            return vt_error_set(error, VT_ERROR_USAGE, "'%.*s' has a [ without its ]", (int)pattern->length,
                                pattern->text);
        }
    }
    return true;
}

static bool add(vt_patterns *patterns, const char *text, size_t length, vt_error *error)
{
    while (length > 0 && text[0] == ' ') {
        text++;
        length--;
    }
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\n')) {
        length--;
    }
    if (length == 0) {
        return true;
    }
    bool away = text[0] == '!';
    pattern one = {.text = text + away, .length = length - away, .away = away};
    if (one.length == 0) {
        return vt_error_set(error, VT_ERROR_USAGE, "a ! stands alone; write !NAME to leave names out");
    }
    if (patterns->count == VT_PATTERNS_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT, "more than %d patterns", VT_PATTERNS_MAX);
    }
    while (one.length > 1 && one.text[one.length - 1] == '/') {
        one.length--; /* "cache/" is the folder "cache" */
    }
    one.literal = !memchr(one.text, '*', one.length) && !memchr(one.text, '?', one.length) &&
                  !memchr(one.text, '[', one.length);
    one.path = memchr(one.text, '/', one.length) != NULL;
    patterns->any_positive = patterns->any_positive || !away;
    patterns->any_path = patterns->any_path || one.path;
    patterns->list[patterns->count++] = one;
    return check(&one, error);
}

vt_patterns *vt_patterns_create(const char *text, vt_patterns_how how, vt_error *error)
{
    size_t length = text ? strlen(text) : 0;
    vt_patterns *patterns = calloc(1, sizeof *patterns + length + 1);
    if (!patterns) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for patterns of names");
        return NULL;
    }
    patterns->how = how;
    if (length > 0) {
        memcpy(patterns->text, text, length + 1);
    }
    for (const char *at = patterns->text; *at;) {
        size_t part = strcspn(at, ";");
        if (!add(patterns, at, part, error)) {
            vt_patterns_free(patterns);
            return NULL;
        }
        at += part + (at[part] == ';');
    }
    return patterns;
}

void vt_patterns_free(vt_patterns *patterns)
{
    free(patterns);
}

size_t vt_patterns_count(const vt_patterns *patterns)
{
    return patterns->count;
}

bool vt_patterns_have_path(const vt_patterns *patterns)
{
    return patterns->any_path;
}

bool vt_patterns_match(const vt_patterns *patterns, const char *name, size_t length)
{
    bool taken = !patterns->any_positive;
    for (size_t i = 0; i < patterns->count; i++) {
        const pattern *one = &patterns->list[i];
        if ((one->away || !taken) && fits(patterns, one, name, length)) {
            if (one->away) {
                return false;
            }
            taken = true;
        }
    }
    return taken;
}

bool vt_patterns_hit(const vt_patterns *patterns, const char *name, size_t length, bool of_path)
{
    bool hit = false;
    for (size_t i = 0; i < patterns->count; i++) {
        const pattern *one = &patterns->list[i];
        if (one->path == of_path && (one->away || !hit) && fits(patterns, one, name, length)) {
            if (one->away) {
                return false;
            }
            hit = true;
        }
    }
    return hit;
}
