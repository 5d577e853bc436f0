#include "app/ui/folders/folder_tree.h"

#include "core/base/path.h"

#include <stdlib.h>
#include <string.h>

struct vt_folder_tree {
    vt_folder_node *nodes; /* by path */
    uint32_t *children;    /* numbers of nodes: the roots first, then each node's children together */
    uint32_t count, capacity, root_count;
    int64_t items;
};

static int compare_nodes(const void *a, const void *b)
{
    const vt_folder_node *left = a;
    const vt_folder_node *right = b;
    return vt_path_compare(left->path, left->length, right->path, right->length);
}

static bool add_node(vt_folder_tree *tree, const char *path, uint32_t length, int64_t items)
{
    if (tree->count == tree->capacity) {
        uint32_t capacity = tree->capacity ? tree->capacity * 2 : 64;
        vt_folder_node *nodes = realloc(tree->nodes, capacity * sizeof *nodes);
        if (!nodes) {
            return false;
        }
        tree->nodes = nodes;
        tree->capacity = capacity;
    }
    tree->nodes[tree->count++] =
        (vt_folder_node){.path = path, .length = length, .parent = VT_FOLDER_NONE, .items = items};
    return true;
}

/* The length of the folder above, 0 if there is none. "/a/b" -> 2, "/a" -> 1, "/" -> 0. */
static uint32_t above(const char *path, uint32_t length)
{
    if (length <= 1) {
        return 0;
    }
    uint32_t at = length;
    while (at > 0 && path[at - 1] != '/') {
        at--;
    }
    return at > 1 ? at - 1 : at;
}

static int64_t *count_items(const vt_snapshot *snapshot)
{
    int64_t *counts = calloc((size_t)vt_snapshot_folder_count(snapshot) + 1, sizeof *counts);
    uint32_t rows = vt_snapshot_count(snapshot);
    for (uint32_t row = 0; counts && row < rows; row++) {
        counts[vt_snapshot_folder_of(snapshot, row)] += !vt_snapshot_removed(snapshot, row);
    }
    return counts;
}

static bool add_folders(vt_folder_tree *tree, const vt_snapshot *snapshot)
{
    int64_t *counts = count_items(snapshot);
    bool added = counts != NULL;
    for (uint32_t i = 0; added && i < vt_snapshot_folder_count(snapshot); i++) {
        size_t length = 0;
        const char *path = vt_snapshot_folder(snapshot, i, &length, NULL);
        tree->items += counts[i];
        if (counts[i]) {
            added = add_node(tree, path, (uint32_t)length, counts[i]);
        }
    }
    free(counts);
    return added;
}

static bool is_prefix_of_next(const vt_folder_tree *tree, uint32_t next, uint32_t length, const char *path)
{
    return next < tree->count && tree->nodes[next].length == length &&
           memcmp(tree->nodes[next].path, path, length) == 0;
}

/* Between sorted neighbours, adds the folders above the second that are not above the first too. */
static bool add_missing_parents(vt_folder_tree *tree)
{
    uint32_t known = tree->count;
    for (uint32_t i = 0; i < known; i++) {
        const char *path = tree->nodes[i].path;
        for (uint32_t length = above(path, tree->nodes[i].length); length; length = above(path, length)) {
            const vt_folder_node *before = i ? &tree->nodes[i - 1] : NULL;
            bool above_both = before && before->length >= length && memcmp(before->path, path, length) == 0 &&
                              (before->length == length || before->path[length] == '/' || length == 1);
            if (above_both || is_prefix_of_next(tree, i, length, path)) {
                break; /* the neighbour brought it, and all above it */
            }
            if (!add_node(tree, path, length, 0)) {
                return false;
            }
        }
    }
    qsort(tree->nodes, tree->count, sizeof *tree->nodes, compare_nodes);
    return true;
}

static bool is_below(const vt_folder_node *node, const vt_folder_node *top)
{
    return node->length > top->length && memcmp(node->path, top->path, top->length) == 0 &&
           (top->length == 1 || node->path[top->length] == '/');
}

/* Sorted order is that of a walk, so the open folders are a stack. Items add up from the leaves. */
static void link_parents(vt_folder_tree *tree)
{
    for (uint32_t i = 0; i < tree->count; i++) {
        vt_folder_node *node = &tree->nodes[i];
        uint32_t top = i ? i - 1 : VT_FOLDER_NONE;
        while (top != VT_FOLDER_NONE && !is_below(node, &tree->nodes[top])) {
            top = tree->nodes[top].parent;
        }
        node->parent = top;
        node->name_at = top == VT_FOLDER_NONE ? 0 : tree->nodes[top].length + (tree->nodes[top].length > 1);
    }
    for (uint32_t i = tree->count; i-- > 0;) {
        if (tree->nodes[i].parent != VT_FOLDER_NONE) {
            tree->nodes[tree->nodes[i].parent].items += tree->nodes[i].items;
        }
    }
}

/* How many nodes at the start are a chain with nothing else in it: they are dropped. */
static uint32_t chain_length(const vt_folder_tree *tree)
{
    uint32_t chain = 0;
    while (chain + 1 < tree->count && tree->nodes[chain + 1].items == tree->nodes[chain].items &&
           tree->nodes[chain + 1].parent == chain) {
        chain++;
    }
    return chain;
}

static void drop_chain(vt_folder_tree *tree)
{
    if (tree->count == 0) {
        return;
    }
    uint32_t chain = chain_length(tree);
    tree->count -= chain;
    memmove(tree->nodes, tree->nodes + chain, tree->count * sizeof *tree->nodes);
    for (uint32_t i = 0; i < tree->count; i++) {
        vt_folder_node *node = &tree->nodes[i];
        node->parent =
            node->parent == VT_FOLDER_NONE || node->parent < chain ? VT_FOLDER_NONE : node->parent - chain;
    }
    const vt_folder_node *root = &tree->nodes[0];
    uint32_t parent = above(root->path, root->length);
    tree->nodes[0].name_at = parent > 1 ? parent + 1 : parent;
}

static bool collect_children(vt_folder_tree *tree)
{
    tree->children = malloc(((size_t)tree->count + 1) * sizeof *tree->children);
    if (!tree->children) {
        return false;
    }
    for (uint32_t i = 0; i < tree->count; i++) {
        vt_folder_node *node = &tree->nodes[i];
        uint32_t *siblings =
            node->parent == VT_FOLDER_NONE ? &tree->root_count : &tree->nodes[node->parent].child_count;
        node->place = (*siblings)++;
    }
    uint32_t at = tree->root_count;
    for (uint32_t i = 0; i < tree->count; i++) {
        tree->nodes[i].first_child = at;
        at += tree->nodes[i].child_count;
    }
    for (uint32_t i = 0; i < tree->count; i++) {
        const vt_folder_node *node = &tree->nodes[i];
        uint32_t first = node->parent == VT_FOLDER_NONE ? 0 : tree->nodes[node->parent].first_child;
        tree->children[first + node->place] = i;
    }
    return true;
}

vt_folder_tree *vt_folder_tree_build(const vt_snapshot *snapshot)
{
    vt_folder_tree *tree = calloc(1, sizeof *tree);
    if (!tree) {
        return NULL;
    }
    bool built = add_folders(tree, snapshot);
    if (built && tree->count) {
        qsort(tree->nodes, tree->count, sizeof *tree->nodes, compare_nodes);
        built = add_missing_parents(tree);
    }
    if (built) {
        link_parents(tree);
        drop_chain(tree);
        built = collect_children(tree);
    }
    if (!built) {
        vt_folder_tree_free(tree);
        return NULL;
    }
    return tree;
}

void vt_folder_tree_free(vt_folder_tree *tree)
{
    if (tree) {
        free(tree->nodes);
        free(tree->children);
        free(tree);
    }
}

uint32_t vt_folder_tree_count(const vt_folder_tree *tree)
{
    return tree->count;
}

const vt_folder_node *vt_folder_tree_node(const vt_folder_tree *tree, uint32_t node)
{
    return &tree->nodes[node];
}

uint32_t vt_folder_tree_child_count(const vt_folder_tree *tree, uint32_t parent)
{
    return parent == VT_FOLDER_NONE ? tree->root_count : tree->nodes[parent].child_count;
}

uint32_t vt_folder_tree_child(const vt_folder_tree *tree, uint32_t parent, uint32_t place)
{
    return tree->children[(parent == VT_FOLDER_NONE ? 0 : tree->nodes[parent].first_child) + place];
}

uint32_t vt_folder_tree_find(const vt_folder_tree *tree, const char *path, size_t length)
{
    uint32_t low = 0;
    uint32_t high = tree->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = vt_path_compare(tree->nodes[middle].path, tree->nodes[middle].length, path, length);
        if (order == 0) {
            return middle;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return VT_FOLDER_NONE;
}

bool vt_folder_tree_same_shape(const vt_folder_tree *a, const vt_folder_tree *b)
{
    if (a->count != b->count) {
        return false;
    }
    for (uint32_t i = 0; i < a->count; i++) {
        if (a->nodes[i].length != b->nodes[i].length ||
            memcmp(a->nodes[i].path, b->nodes[i].path, a->nodes[i].length) != 0) {
            return false;
        }
    }
    return true;
}

int64_t vt_folder_tree_items(const vt_folder_tree *tree)
{
    return tree->items;
}
