#include "core/base/path.h"
#include "core/base/str.h"
#include "core/files/move.h"
#include "core/files/rename_private.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#define NOBODY UINT32_MAX
/* Temporary names that are taken already: left over by somebody who was stopped. */
#define TEMPORARIES_MAX 1000000

/* A plan as a graph: each file that moves points to the one that has its new name. Names are given once, so
   it falls into chains and cycles. */
typedef struct graph {
    const vt_rename_item **items; /* those that move, by their old paths */
    uint32_t *next;               /* NOBODY: the new name is free */
    bool *seen;
    uint32_t *chain; /* the one that is walked */
    size_t count;
    unsigned temporaries; /* numbers used */
} graph;

static int compare_old(const void *a, const void *b)
{
    const vt_rename_item *const *left = a;
    const vt_rename_item *const *right = b;
    return strcmp((*left)->old_path, (*right)->old_path);
}

static int find_old(const void *path, const void *item)
{
    const vt_rename_item *const *at = item;
    return strcmp(path, (*at)->old_path);
}

static bool build(const vt_rename_plan *plan, graph *into)
{
    size_t room = plan->count ? plan->count : 1;
    into->items = malloc(room * sizeof(const vt_rename_item *));
    into->next = malloc(room * sizeof *into->next);
    into->chain = malloc(room * sizeof *into->chain);
    into->seen = calloc(room, sizeof *into->seen);
    if (!into->items || !into->next || !into->chain || !into->seen) {
        return false;
    }
    for (size_t i = 0; i < plan->count; i++) {
        if (plan->entries[i].problem == VT_RENAME_FINE) {
            into->items[into->count++] = &plan->entries[i];
        }
    }
    qsort(into->items, into->count, sizeof *into->items, compare_old);
    for (size_t i = 0; i < into->count; i++) {
        const vt_rename_item **found =
            bsearch(into->items[i]->new_path, into->items, into->count, sizeof *into->items, find_old);
        into->next[i] = found ? (uint32_t)(found - into->items) : NOBODY;
    }
    return true;
}

static void clear(graph *at)
{
    free(at->items);
    free(at->next);
    free(at->chain);
    free(at->seen);
}

/* A free name beside `path`; free(). NULL when memory runs out, or there are too many. */
static char *temporary_for(graph *at, const char *path)
{
    vt_str name = VT_STR_INIT;
    size_t folder = (size_t)(vt_path_name(path) - path);
    bool found = false;
    while (!found && at->temporaries < TEMPORARIES_MAX && !name.failed) {
        vt_str_clear(&name);
        vt_str_append(&name, path, folder);
        vt_str_appendf(&name, ".vitrine-rename-%u", ++at->temporaries);
        found = !name.failed && !vt_move_is_there(name.data);
    }
    if (!found) {
        vt_str_free(&name);
        return NULL;
    }
    return vt_str_take(&name);
}

/* True if the new name finds the file itself: the file system ignores case, or may do so. */
static bool finds_itself(const vt_rename_item *item)
{
    struct stat before, there;
    return strcasecmp(item->old_path, item->new_path) == 0 ||
           (lstat(item->new_path, &there) == 0 && lstat(item->old_path, &before) == 0 &&
            before.st_dev == there.st_dev && before.st_ino == there.st_ino);
}

/* By a temporary name: only the first half (`to` NULL), or both. `*temporary` is the caller's. */
static bool push_by_temporary(graph *at, const vt_rename_item *item, const char *to, char **temporary,
                              vt_rename_journal *moves)
{
    *temporary = temporary_for(at, item->old_path);
    return *temporary && vt_rename_journal_push(moves, item->old_path, *temporary, true) &&
           (!to || vt_rename_journal_push(moves, *temporary, to, true));
}

static bool push(graph *at, const vt_rename_item *item, vt_rename_journal *moves)
{
    if (!finds_itself(item)) {
        return vt_rename_journal_push(moves, item->old_path, item->new_path, true);
    }
    char *temporary = NULL;
    bool done = push_by_temporary(at, item, item->new_path, &temporary, moves);
    free(temporary);
    return done;
}

/* Walks from `first` as far as names are taken, and moves from the far end on: each finds its new name free.
 */
static bool push_chain(graph *at, uint32_t first, vt_rename_journal *moves)
{
    size_t length = 0;
    uint32_t i = first;
    for (; i != NOBODY && !at->seen[i]; i = at->next[i]) {
        at->seen[i] = true;
        at->chain[length++] = i;
    }
    /* Only the first can be met again: any other has the one before it as its only claimant. */
    bool cycle = length > 0 && i == first;
    char *temporary = NULL;
    bool done = !cycle || push_by_temporary(at, at->items[first], NULL, &temporary, moves);
    while (done && length > (cycle ? 1 : 0)) {
        const vt_rename_item *item = at->items[at->chain[--length]];
        /* In a cycle the disk shows names that are gone by then. */
        done = cycle ? vt_rename_journal_push(moves, item->old_path, item->new_path, true)
                     : push(at, item, moves);
    }
    if (done && cycle) {
        done = vt_rename_journal_push(moves, temporary, at->items[first]->new_path, true);
    }
    free(temporary);
    return done;
}

bool vt_rename_order(const vt_rename_plan *plan, vt_rename_journal *moves, vt_error *error)
{
    graph at = {0};
    bool done = build(plan, &at);
    for (size_t i = 0; done && i < at.count; i++) {
        done = at.seen[i] || push_chain(&at, (uint32_t)i, moves);
    }
    clear(&at);
    if (!done && at.temporaries >= TEMPORARIES_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT,
                            "too many files named .vitrine-rename-N lie beside those to be renamed; move "
                            "them away");
    }
    return done || vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
}
