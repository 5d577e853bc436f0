/*
 * Stacks made by hand: items that are shown as one, by the first of them, the cover.
 *
 * An item is in one stack at most, and stays in its folder: a stack is of items, so it survives what files do
 * (renamed, moved, offline, in the trash). A stack has no row of its own. Its number is what its members
 * share; what has one member only (the others were removed from the catalog) is read as none. They are edited
 * as everything that can be undone (core/catalog/change.h).
 */
#ifndef VT_CATALOG_STACKS_H
#define VT_CATALOG_STACKS_H

#include "core/base/error.h"
#include "core/catalog/reader.h"

#include <stdbool.h>
#include <stdint.h>

#define VT_STACK_ITEMS_MAX 10000

/* Members by stack (numbers ascend), those of one stack in its order: the cover first. The callback returns
   false to stop. Also members that are in the trash. */
typedef bool (*vt_stack_visitor)(void *user, int64_t stack, int64_t item);
bool vt_catalog_reader_each_in_stacks(vt_catalog_reader *reader, vt_stack_visitor visit, void *user,
                                      vt_error *error);

typedef struct vt_stack_place {
    int64_t stack;     /* 0: in none */
    uint32_t position; /* 1: the cover */
    uint32_t count;    /* members, without those in the trash */
} vt_stack_place;

/* Where an item stands; an item that is not there is in no stack. */
bool vt_catalog_reader_stack_place(vt_catalog_reader *reader, int64_t item, vt_stack_place *place,
                                   vt_error *error);

#endif
