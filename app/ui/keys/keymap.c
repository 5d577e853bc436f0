#include "app/ui/keys/keymap.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct entry {
    vt_keymap_entry is;
    char standard[VT_KEYS_SIZE]; /* in the one form, as the next */
    char keys[VT_KEYS_SIZE];
} entry;

struct vt_keymap {
    size_t count;
    entry *entries; /* owned */
};

/* ---- one key ---- */

/* In the order in which they are written. */
static const char *const modifiers[] = {"Meta", "Ctrl", "Alt", "Shift"};
enum { MODIFIER_COUNT = sizeof modifiers / sizeof *modifiers };

/* Keys that have a word of Qt's (QKeySequence, portable text) instead of a character. */
static const char *const words[] = {
    "Esc",         "Tab",       "Backtab",    "Backspace",  "Return",      "Enter",          "Ins",
    "Del",         "Pause",     "Print",      "SysReq",     "Clear",       "Home",           "End",
    "Left",        "Up",        "Right",      "Down",       "PgUp",        "PgDown",         "Menu",
    "Help",        "Space",     "Back",       "Forward",    "Stop",        "Refresh",        "Volume Down",
    "Volume Mute", "Volume Up", "Media Play", "Media Stop", "Media Pause", "Media Previous", "Media Next",
    "Home Page",   "Favorites", "Search",     "Undo",       "Redo",        "Copy",           "Cut",
    "Paste",       "Open",      "Find",       "Zoom In",    "Zoom Out",    "Calculator"};

static ptrdiff_t modifier_of(const char *text, size_t length)
{
    for (ptrdiff_t i = 0; i < MODIFIER_COUNT; i++) {
        if (strlen(modifiers[i]) == length && strncasecmp(modifiers[i], text, length) == 0) {
            return i;
        }
    }
    return -1;
}

/* Bytes of the character that begins here. */
static size_t character_length(unsigned char lead)
{
    return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/* "F1" to "F35" */
static bool is_function_key(const char *text, size_t length)
{
    char digits[3] = {0};
    if (length < 2 || length > 3 || (text[0] != 'F' && text[0] != 'f')) {
        return false;
    }
    memcpy(digits, text + 1, length - 1);
    char *end;
    long number = strtol(digits, &end, 10);
    return !*end && digits[0] >= '1' && digits[0] <= '9' && number <= 35;
}

/* The key itself, without modifiers; "" if it is none. */
static void name_key(const char *text, size_t length, char name[VT_KEY_SIZE])
{
    name[0] = '\0';
    bool is_character = length > 0 && length < VT_KEY_SIZE && (unsigned char)text[0] > ' ' &&
                        character_length((unsigned char)text[0]) == length;
    if (is_character || is_function_key(text, length)) {
        snprintf(name, VT_KEY_SIZE, "%.*s", (int)length, text);
        if (name[0] >= 'a' && name[0] <= 'z') {
            name[0] = (char)(name[0] - 'a' + 'A');
        }
        return;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i]) == length && strncasecmp(words[i], text, length) == 0) {
            snprintf(name, VT_KEY_SIZE, "%s", words[i]);
            return;
        }
    }
}

bool vt_key_normalize(const char *text, size_t length, char key[VT_KEY_SIZE], vt_error *error)
{
    const char *at = text;
    size_t left = length;
    bool has[MODIFIER_COUNT] = {false};
    const char *plus;
    /* A plus that stands last is the key. */
    while (left > 1 && (plus = memchr(at, '+', left - 1)) && plus > at) {
        ptrdiff_t modifier = modifier_of(at, (size_t)(plus - at));
        if (modifier < 0) {
            break;
        }
        has[modifier] = true;
        left -= (size_t)(plus + 1 - at);
        at = plus + 1;
    }
    char name[VT_KEY_SIZE];
    name_key(at, left, name);
    if (!*name) {
        return vt_error_set(error, VT_ERROR_USAGE,
                            "'%.*s' is no key; keys are written like F2, Ctrl+Shift+P or PgDown",
                            (int)(length < VT_KEY_SIZE ? length : VT_KEY_SIZE), text);
    }
    char *out = key;
    for (size_t i = 0; i < MODIFIER_COUNT; i++) {
        if (has[i]) {
            out += sprintf(out, "%s+", modifiers[i]); /* all four: 20 bytes; the longest word has 14 */
        }
    }
    snprintf(out, (size_t)(key + VT_KEY_SIZE - out), "%s", name);
    return true;
}

/* ---- lists of keys ---- */

bool vt_keys_next(const char **rest, const char **key, size_t *length)
{
    const char *at = *rest + strspn(*rest, " ");
    if (!*at) {
        return false;
    }
    const char *end = strstr(at + 1, "; ");
    *key = at;
    *length = end ? (size_t)(end - at) : strlen(at);
    *rest = end ? end + 2 : at + *length;
    while (*length > 1 && at[*length - 1] == ' ') {
        --*length;
    }
    return true;
}

bool vt_keys_hold(const char *keys, const char *key)
{
    const char *rest = keys, *at;
    size_t length;
    while (vt_keys_next(&rest, &at, &length)) {
        if (strlen(key) == length && memcmp(at, key, length) == 0) {
            return true;
        }
    }
    return false;
}

static size_t count_keys(const char *keys)
{
    const char *rest = keys, *at;
    size_t length, count = 0;
    while (vt_keys_next(&rest, &at, &length)) {
        count++;
    }
    return count;
}

/* `key` in the one form. */
static bool append(char keys[VT_KEYS_SIZE], const char *key, vt_error *error)
{
    if (vt_keys_hold(keys, key)) {
        return true;
    }
    if (count_keys(keys) >= VT_KEYS_PER_ENTRY) {
        return vt_error_set(error, VT_ERROR_USAGE,
                            "there are %d keys for this already; take one away before another is added",
                            VT_KEYS_PER_ENTRY);
    }
    size_t used = strlen(keys); /* VT_KEYS_PER_ENTRY * (VT_KEY_SIZE + 2) fit */
    snprintf(keys + used, VT_KEYS_SIZE - used, "%s%s", used ? "; " : "", key);
    return true;
}

static bool normalize_list(const char *text, char keys[VT_KEYS_SIZE], vt_error *error)
{
    const char *rest = text, *at;
    size_t length;
    char key[VT_KEY_SIZE];
    keys[0] = '\0';
    while (vt_keys_next(&rest, &at, &length)) {
        if (!vt_key_normalize(at, length, key, error) || !append(keys, key, error)) {
            return false;
        }
    }
    return true;
}

/* ---- the map ---- */

vt_keymap *vt_keymap_create(const vt_keymap_entry *entries, size_t count, vt_error *error)
{
    vt_keymap *map = calloc(1, sizeof *map);
    entry *all = calloc(count ? count : 1, sizeof *all);
    if (!map || !all) {
        free(map);
        free(all);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    *map = (vt_keymap){count, all};
    for (size_t i = 0; i < count; i++) {
        all[i].is = entries[i];
        if (!normalize_list(entries[i].keys, all[i].standard, error)) {
            vt_keymap_free(map);
            return NULL;
        }
        memcpy(all[i].keys, all[i].standard, VT_KEYS_SIZE);
    }
    return map;
}

void vt_keymap_free(vt_keymap *map)
{
    if (map) {
        free(map->entries);
        free(map);
    }
}

size_t vt_keymap_count(const vt_keymap *map)
{
    return map->count;
}

ptrdiff_t vt_keymap_named(const vt_keymap *map, const char *name)
{
    for (size_t i = 0; i < map->count; i++) {
        if (strcmp(map->entries[i].is.name, name) == 0) {
            return (ptrdiff_t)i;
        }
    }
    return -1;
}

const char *vt_keymap_keys(const vt_keymap *map, size_t entry)
{
    return map->entries[entry].keys;
}

bool vt_keymap_is_standard(const vt_keymap *map, size_t entry)
{
    return strcmp(map->entries[entry].keys, map->entries[entry].standard) == 0;
}

bool vt_keymap_set(vt_keymap *map, size_t entry, const char *keys, vt_error *error)
{
    char made[VT_KEYS_SIZE];
    if (!normalize_list(keys, made, error)) {
        return false;
    }
    memcpy(map->entries[entry].keys, made, VT_KEYS_SIZE);
    return true;
}

bool vt_keymap_add(vt_keymap *map, size_t entry, const char *key, vt_error *error)
{
    char made[VT_KEY_SIZE];
    return vt_key_normalize(key, strlen(key), made, error) && append(map->entries[entry].keys, made, error);
}

void vt_keymap_remove(vt_keymap *map, size_t entry, const char *key)
{
    char made[VT_KEY_SIZE], left[VT_KEYS_SIZE] = "";
    if (!vt_key_normalize(key, strlen(key), made, NULL)) {
        return;
    }
    const char *rest = map->entries[entry].keys, *at;
    size_t length;
    while (vt_keys_next(&rest, &at, &length)) {
        char one[VT_KEY_SIZE];
        snprintf(one, sizeof one, "%.*s", (int)length, at);
        if (strcmp(one, made) != 0) {
            append(left, one, NULL);
        }
    }
    memcpy(map->entries[entry].keys, left, VT_KEYS_SIZE);
}

void vt_keymap_reset(vt_keymap *map, size_t entry)
{
    memcpy(map->entries[entry].keys, map->entries[entry].standard, VT_KEYS_SIZE);
}

ptrdiff_t vt_keymap_conflict(const vt_keymap *map, size_t entry, const char *key, size_t from)
{
    char made[VT_KEY_SIZE];
    if (!vt_key_normalize(key, strlen(key), made, NULL)) {
        return -1;
    }
    for (size_t i = from; i < map->count; i++) {
        if (i != entry && (map->entries[i].is.contexts & map->entries[entry].is.contexts) &&
            vt_keys_hold(map->entries[i].keys, made)) {
            return (ptrdiff_t)i;
        }
    }
    return -1;
}

bool vt_keymap_take_over(vt_keymap *map, size_t entry, const char *key, vt_error *error)
{
    if (!vt_keymap_add(map, entry, key, error)) {
        return false;
    }
    for (ptrdiff_t other; (other = vt_keymap_conflict(map, entry, key, 0)) >= 0;) {
        vt_keymap_remove(map, (size_t)other, key);
    }
    return true;
}

ptrdiff_t vt_keymap_find(const vt_keymap *map, unsigned contexts, const char *key)
{
    char made[VT_KEY_SIZE];
    if (!vt_key_normalize(key, strlen(key), made, NULL)) {
        return -1;
    }
    for (size_t i = 0; i < map->count; i++) {
        if ((map->entries[i].is.contexts & contexts) && vt_keys_hold(map->entries[i].keys, made)) {
            return (ptrdiff_t)i;
        }
    }
    return -1;
}
