/*
 * The folders of a library as a tree, with how many items each holds: made from a snapshot of the index, then
 * constant.
 *
 * The index knows only folders that hold items; those between them are put in. A chain of folders with
 * nothing else in them (/home/ada/pictures) is not shown: the tree starts where it branches or where items
 * lie. No Qt; build on a worker (takes time in proportion to the rows), read anywhere.
 */
#ifndef VT_UI_FOLDERS_FOLDER_TREE_H
#define VT_UI_FOLDERS_FOLDER_TREE_H

#include "core/index/index.h"

#include <stddef.h>
#include <stdint.h>

typedef struct vt_folder_tree vt_folder_tree;

#define VT_FOLDER_NONE UINT32_MAX

typedef struct vt_folder_node {
    const char *path; /* bytes, `length` of them, no NUL; lives as long as the index */
    uint32_t length;
    uint32_t name_at;                  /* where the last component starts */
    uint32_t parent;                   /* number of a node, VT_FOLDER_NONE for a root */
    uint32_t place;                    /* among its siblings */
    uint32_t first_child, child_count; /* in the order of vt_folder_tree_child */
    int64_t items;                     /* in it and below */
} vt_folder_node;

/* NULL when memory runs out. Keeps nothing of the snapshot but paths. */
vt_folder_tree *vt_folder_tree_build(const vt_snapshot *snapshot);
void vt_folder_tree_free(vt_folder_tree *tree); /* NULL is allowed */

uint32_t vt_folder_tree_count(const vt_folder_tree *tree);
/* Nodes are in the order of their paths, parents before children. */
const vt_folder_node *vt_folder_tree_node(const vt_folder_tree *tree, uint32_t node);

/* Roots, and children of a node (VT_FOLDER_NONE: the roots), by name. */
uint32_t vt_folder_tree_child_count(const vt_folder_tree *tree, uint32_t parent);
uint32_t vt_folder_tree_child(const vt_folder_tree *tree, uint32_t parent, uint32_t place);

/* The node with that path, VT_FOLDER_NONE if there is none. */
uint32_t vt_folder_tree_find(const vt_folder_tree *tree, const char *path, size_t length);

/* True if both have the same nodes; items may differ. */
bool vt_folder_tree_same_shape(const vt_folder_tree *a, const vt_folder_tree *b);

/* Items in all folders. */
int64_t vt_folder_tree_items(const vt_folder_tree *tree);

#endif
