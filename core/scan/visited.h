/* Visited: the folders a scan has been in, by device and inode. One thread at a time. */
#ifndef VT_SCAN_VISITED_H
#define VT_SCAN_VISITED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Open addressing with linear probing, at most half full. Start with all bytes 0. */
typedef struct vt_visited {
    struct vt_folder_identity {
        uint64_t dev, ino;
        bool used;
    } * slots; /* owned, `capacity` of them: 0 or a power of two */
    size_t capacity, count;
} vt_visited;

typedef enum vt_visit { VT_VISIT_FIRST, VT_VISIT_AGAIN, VT_VISIT_NO_MEMORY } vt_visit;

/* Remembers the folder and says whether it was known. */
vt_visit vt_visited_add(vt_visited *visited, uint64_t dev, uint64_t ino);

/* Whether it was remembered. */
bool vt_visited_contains(const vt_visited *visited, uint64_t dev, uint64_t ino);

void vt_visited_clear(vt_visited *visited);

#endif
