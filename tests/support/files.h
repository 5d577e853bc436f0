/* Folders and files for tests. Everything ends the test if the system refuses. */
#ifndef VT_TESTS_FILES_H
#define VT_TESTS_FILES_H

#include <stddef.h>

/* A new folder below /tmp that everybody may enter, without symbolic links in its path. free(). */
char *files_temporary_folder(void);

/* Removes a folder and all in it, and frees its name. Changes rights where it must. */
void files_remove(char *folder);

/* The path in a static buffer of several turns: good for the next few calls. */
const char *files_path(const char *folder, const char *name);

/* Waits until a path matches glob(7)'s `pattern`; free(). Fails the test if none does for 30 seconds. */
char *files_wait_for(const char *pattern);

/* mkdir, and the path as files_path gives it. */
const char *files_folder(const char *folder, const char *name);

void files_write(const char *path, const void *bytes, size_t count);

/* All bytes, and their number; free(). */
char *files_read(const char *path, size_t *count);

/* The first `count` bytes of `from`, or all for 0. */
void files_copy(const char *from, const char *to, size_t count);

/* A colourful PPM picture; `seed` makes its bytes differ from those of other seeds. */
void files_write_picture(const char *path, int width, int height, unsigned seed);

/* A binary STL: a closed tetrahedron with edges along the axes, `size` long. Area and volume are known. */
void files_write_tetrahedron(const char *path, float size);

/* A file of the sample library in the source tree, as files_path gives it. */
const char *files_sample(const char *name);

#endif
