#include "core/export/export_names.h"

#include "core/base/arena.h"
#include "core/base/hash.h"
#include "core/export/export_copy.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIRST_CAPACITY = 256 /* a power of two */ };

/* A name that was asked for or given. */
typedef struct named {
    const char *name; /* in the arena; NULL: a free place */
    uint64_t hash;
    unsigned next; /* the number to try next for it: those before are taken */
    bool given;
} named;

struct vt_export_names {
    int folder;
    vt_arena *arena;
    named *table; /* open addressing */
    size_t count, capacity;
    vt_str wanted;
};

vt_export_names *vt_export_names_create(int folder, vt_error *error)
{
    vt_export_names *names = calloc(1, sizeof *names);
    if (names) {
        *names = (vt_export_names){.folder = folder, .capacity = FIRST_CAPACITY, .wanted = VT_STR_INIT};
        names->arena = vt_arena_create(0);
        names->table = calloc(names->capacity, sizeof *names->table);
    }
    if (!names || !names->arena || !names->table) {
        vt_export_names_free(names);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the names of an export");
        return NULL;
    }
    return names;
}

void vt_export_names_free(vt_export_names *names)
{
    if (names) {
        vt_arena_free(names->arena);
        free(names->table);
        vt_str_free(&names->wanted);
        free(names);
    }
}

static named *place_of(named *table, size_t capacity, const char *name, uint64_t hash)
{
    size_t at = hash & (capacity - 1);
    while (table[at].name && (table[at].hash != hash || strcmp(table[at].name, name) != 0)) {
        at = (at + 1) & (capacity - 1);
    }
    return &table[at];
}

static bool grow(vt_export_names *names)
{
    size_t capacity = names->capacity * 2;
    named *table = calloc(capacity, sizeof *table);
    for (size_t i = 0; table && i < names->capacity; i++) {
        const named *one = &names->table[i];
        if (one->name) {
            *place_of(table, capacity, one->name, one->hash) = *one;
        }
    }
    if (table) {
        free(names->table);
        names->table = table;
        names->capacity = capacity;
    }
    return table != NULL;
}

/* What is known of a name; valid until the next one is looked up. NULL without memory. */
static named *look_up(vt_export_names *names, const char *name)
{
    uint64_t hash = vt_hash_fold(vt_hash_add(VT_HASH_INIT, name, strlen(name)));
    if (names->count * 2 >= names->capacity && !grow(names)) {
        return NULL;
    }
    named *one = place_of(names->table, names->capacity, name, hash);
    if (!one->name) {
        const char *copy = vt_arena_copy(names->arena, name, strlen(name));
        if (!copy) {
            return NULL;
        }
        *one = (named){.name = copy, .hash = hash, .next = 1};
        names->count++;
    }
    return one;
}

static bool is_there(const vt_export_names *names, const char *name)
{
    return names->folder >= 0 && faccessat(names->folder, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

const char *vt_export_names_give(vt_export_names *names, const char *name, bool *numbered, vt_error *error)
{
    named *asked = look_up(names, name);
    bool good = asked != NULL;
    unsigned number = good ? asked->next : 1;
    const char *told = good ? asked->name : NULL;
    const char *given = NULL;
    for (; good && !given && number <= VT_EXPORT_NAMES_MAX; number++) {
        named *one =
            vt_export_number_name(name, number, &names->wanted) ? look_up(names, names->wanted.data) : NULL;
        good = one != NULL;
        if (good && !one->given && !is_there(names, one->name)) {
            one->given = true;
            given = one->name;
        }
    }
    asked = good ? look_up(names, name) : NULL; /* the table may have grown */
    if (!asked) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the names of an export");
        return NULL;
    }
    asked->next = number;
    *numbered = !given || number > 2;
    return given ? given : told;
}
