/* app/ui/folders/folder_tree: folders of a library as a tree, with counts. */
#include "tests/support/check.h"

#include "app/ui/folders/folder_tree.h"
#include "tests/core/index/library.h"

#include <stdlib.h>
#include <string.h>

typedef struct shelf {
    vt_index *index;
    int64_t folders, items;
} shelf;

static shelf new_shelf(void)
{
    shelf all = {.index = vt_index_create()};
    assert_non_null(all.index);
    return all;
}

/* A folder with `count` items in it. */
static void put(shelf *all, const char *path, int count)
{
    char name[32];
    library_folder(all->index, ++all->folders, path);
    for (int i = 0; i < count; i++) {
        snprintf(name, sizeof name, "%d.png", i);
        library_put(all->index, library_item(++all->items, all->folders, name));
    }
}

/* The snapshot may go: only paths are kept, which live as long as the index. */
static vt_folder_tree *build(const shelf *all)
{
    const vt_snapshot *snapshot = library_publish(all->index);
    vt_folder_tree *tree = vt_folder_tree_build(snapshot);
    vt_snapshot_release(snapshot);
    assert_non_null(tree);
    return tree;
}

static uint32_t find(const vt_folder_tree *tree, const char *path)
{
    return vt_folder_tree_find(tree, path, strlen(path));
}

static void check_items(const vt_folder_tree *tree, const char *path, int64_t items)
{
    uint32_t node = find(tree, path);
    if (node == VT_FOLDER_NONE) {
        fail_msg("%s is not in the tree", path);
    }
    assert_int_equal(vt_folder_tree_node(tree, node)->items, items);
}

static void check_name(const vt_folder_tree *tree, uint32_t node, const char *name)
{
    const vt_folder_node *folder = vt_folder_tree_node(tree, node);
    assert_int_equal(folder->length - folder->name_at, strlen(name));
    assert_memory_equal(folder->path + folder->name_at, name, strlen(name));
}

/* What holds for every tree: places, parents and lists of children agree, and items add up. */
static void check_shape(const vt_folder_tree *tree)
{
    uint32_t reached = 0;
    int64_t in_roots = 0;
    for (uint32_t node = 0; node < vt_folder_tree_count(tree); node++) {
        const vt_folder_node *folder = vt_folder_tree_node(tree, node);
        assert_true(folder->parent == VT_FOLDER_NONE || folder->parent < node);
        assert_int_equal(vt_folder_tree_child(tree, folder->parent, folder->place), node);
        assert_int_equal(vt_folder_tree_find(tree, folder->path, folder->length), node);
        int64_t below = 0;
        for (uint32_t i = 0; i < vt_folder_tree_child_count(tree, node); i++) {
            const vt_folder_node *child = vt_folder_tree_node(tree, vt_folder_tree_child(tree, node, i));
            assert_int_equal(child->parent, node);
            assert_int_equal(child->place, i);
            below += child->items;
            reached++;
        }
        assert_true(below <= folder->items);
        in_roots += folder->parent == VT_FOLDER_NONE ? folder->items : 0;
    }
    assert_int_equal(reached + vt_folder_tree_child_count(tree, VT_FOLDER_NONE), vt_folder_tree_count(tree));
    assert_int_equal(in_roots, vt_folder_tree_items(tree));
}

static void an_empty_library_has_no_folders(void **state)
{
    (void)state;
    shelf all = new_shelf();
    vt_folder_tree *tree = build(&all);
    assert_int_equal(vt_folder_tree_count(tree), 0);
    assert_int_equal(vt_folder_tree_child_count(tree, VT_FOLDER_NONE), 0);
    assert_int_equal(vt_folder_tree_items(tree), 0);
    assert_int_equal(find(tree, "/"), VT_FOLDER_NONE);
    vt_folder_tree_free(tree);
    vt_index_free(all.index);
}

static void a_chain_to_the_only_folder_is_left_out(void **state)
{
    (void)state;
    shelf all = new_shelf();
    put(&all, "/home/ada/pictures", 3);
    vt_folder_tree *tree = build(&all);
    check_shape(tree);
    assert_int_equal(vt_folder_tree_count(tree), 1);
    check_name(tree, 0, "pictures");
    check_items(tree, "/home/ada/pictures", 3);
    vt_folder_tree_free(tree);
    vt_index_free(all.index);
}

static void folders_between_are_put_in_and_add_up(void **state)
{
    (void)state;
    shelf all = new_shelf();
    put(&all, "/p/2024/rome", 2);
    put(&all, "/p/2024/oslo", 3);
    put(&all, "/p/2025/deep/er", 4);
    put(&all, "/p", 1);
    vt_folder_tree *tree = build(&all);
    check_shape(tree);
    check_items(tree, "/p", 10);
    check_items(tree, "/p/2024", 5);
    check_items(tree, "/p/2024/rome", 2);
    check_items(tree, "/p/2025", 4);
    check_items(tree, "/p/2025/deep", 4);
    assert_int_equal(vt_folder_tree_child_count(tree, VT_FOLDER_NONE), 1);
    assert_int_equal(vt_folder_tree_child_count(tree, find(tree, "/p")), 2);
    check_name(tree, vt_folder_tree_child(tree, find(tree, "/p/2024"), 0), "oslo"); /* by name */
    check_name(tree, vt_folder_tree_child(tree, find(tree, "/p/2024"), 1), "rome");
    vt_folder_tree_free(tree);
    vt_index_free(all.index);
}

static void names_that_begin_alike_are_no_parents(void **state)
{
    (void)state;
    shelf all = new_shelf();
    put(&all, "/p/cat", 1);
    put(&all, "/p/cat-photos", 2); /* '-' sorts before '/' in plain byte order */
    put(&all, "/p/cat/black", 4);
    put(&all, "/p/cat.old/black", 8);
    vt_folder_tree *tree = build(&all);
    check_shape(tree);
    check_items(tree, "/p/cat", 5);
    check_items(tree, "/p/cat-photos", 2);
    check_items(tree, "/p/cat.old", 8);
    check_items(tree, "/p", 15);
    vt_folder_tree_free(tree);
    vt_index_free(all.index);
}

static void folders_on_two_disks_meet_at_the_root(void **state)
{
    (void)state;
    shelf all = new_shelf();
    put(&all, "/home/ada", 1);
    put(&all, "/media/disk/photos", 2);
    put(&all, "/", 4);
    vt_folder_tree *tree = build(&all);
    check_shape(tree);
    check_items(tree, "/", 7);
    check_items(tree, "/media", 2);
    check_name(tree, find(tree, "/media"), "media");
    check_name(tree, find(tree, "/"), "/");
    vt_folder_tree_free(tree);
    vt_index_free(all.index);
}

static void folders_whose_items_are_gone_are_gone(void **state)
{
    (void)state;
    shelf all = new_shelf();
    put(&all, "/p/a", 2);
    put(&all, "/p/b", 1);
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_index_remove(all.index, 3, &error)); /* the only item of /p/b */
    vt_folder_tree *tree = build(&all);
    check_shape(tree);
    assert_int_equal(find(tree, "/p/b"), VT_FOLDER_NONE);
    assert_int_equal(vt_folder_tree_items(tree), 2);
    vt_folder_tree_free(tree);
    vt_index_free(all.index);
}

static void counts_alone_do_not_change_the_shape(void **state)
{
    (void)state;
    shelf all = new_shelf();
    put(&all, "/p/a", 2);
    put(&all, "/p/b", 1);
    vt_folder_tree *before = build(&all);
    library_put(all.index, library_item(++all.items, 1, "more.png"));
    vt_folder_tree *more = build(&all);
    assert_true(vt_folder_tree_same_shape(before, more));
    put(&all, "/p/c", 1);
    vt_folder_tree *other = build(&all);
    assert_false(vt_folder_tree_same_shape(before, other));
    vt_folder_tree_free(before);
    vt_folder_tree_free(more);
    vt_folder_tree_free(other);
    vt_index_free(all.index);
}

/* Many folders in no order, checked against plain counting. */
static void a_random_library_adds_up(void **state)
{
    (void)state;
    enum { FOLDERS = 400 };
    shelf all = new_shelf();
    unsigned seed = 7;
    static char paths[FOLDERS][64];
    for (int i = 0; i < FOLDERS; i++) {
        seed = seed * 1664525 + 1013904223;
        snprintf(paths[i], sizeof paths[i], "/r/%u/%u/%u-%d", seed >> 30, seed >> 27 & 7, seed >> 24 & 7, i);
        put(&all, paths[i], (int)(seed >> 20 & 3));
    }
    vt_folder_tree *tree = build(&all);
    check_shape(tree);
    assert_int_equal(vt_folder_tree_items(tree), all.items);
    for (unsigned top = 0; top < 4; top++) {
        char prefix[16];
        snprintf(prefix, sizeof prefix, "/r/%u/", top);
        int64_t expected = 0;
        const vt_snapshot *snapshot = vt_index_snapshot(all.index);
        for (uint32_t row = 0; row < vt_snapshot_count(snapshot); row++) {
            vt_str path = VT_STR_INIT;
            vt_snapshot_path(snapshot, row, &path);
            expected += strncmp(path.data, prefix, strlen(prefix)) == 0;
            vt_str_free(&path);
        }
        vt_snapshot_release(snapshot);
        prefix[strlen(prefix) - 1] = '\0';
        check_items(tree, prefix, expected);
    }
    vt_folder_tree_free(tree);
    vt_index_free(all.index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_library_has_no_folders),
        cmocka_unit_test(a_chain_to_the_only_folder_is_left_out),
        cmocka_unit_test(folders_between_are_put_in_and_add_up),
        cmocka_unit_test(names_that_begin_alike_are_no_parents),
        cmocka_unit_test(folders_on_two_disks_meet_at_the_root),
        cmocka_unit_test(folders_whose_items_are_gone_are_gone),
        cmocka_unit_test(counts_alone_do_not_change_the_shape),
        cmocka_unit_test(a_random_library_adds_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
