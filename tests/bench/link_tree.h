/*
 * A tree of very many files for benchmarks: hard links of some real, small ones, a thousand in a folder.
 *
 * Whatever goes wrong is said on stderr and ends the program with status 2. One tree at a time.
 */
#ifndef VT_TESTS_BENCH_LINK_TREE_H
#define VT_TESTS_BENCH_LINK_TREE_H

#include <stddef.h>

#define LINK_TREE_ROOT_MAX 1024

/* Copies up to 500 small files of known formats from below `from` to ROOT/originals, and links `files` times
   to them from ROOT/files/a/b/c. `root` is a folder that is there. */
void link_tree_make(const char *root, const char *from, size_t files);

/* `count` more links in the folder ROOT/`name`, which is made, to originals in turn. */
void link_tree_add(const char *root, const char *name, size_t count);

/* Deletes `root` with all below it. */
void link_tree_remove(const char *root);

#endif
