/* Private to core/import: what a relink consists of. relink_search.c finds; relink.c tells and applies. */
#ifndef VT_IMPORT_RELINK_PRIVATE_H
#define VT_IMPORT_RELINK_PRIVATE_H

#include "core/base/arena.h"
#include "core/catalog/identity.h"
#include "core/import/relink.h"
#include "core/scan/scan.h"

/* An item whose file is not at its path. */
typedef struct vt_sought {
    int64_t id;
    const char *path; /* in the arena, as `to` */
    int64_t size, mtime_ns;
    uint64_t ino;
    const char *to;       /* the file it is; NULL: not found */
    vt_evidence evidence; /* with `to` */
    bool doubtful;        /* another file has the same evidence */
    struct {
        int64_t mtime_ns, ctime_ns;
        uint64_t dev, ino;
    } facts; /* of that file */
} vt_sought;

struct vt_relink {
    const char *old_folder, *folder; /* in the arena; old_folder may be NULL */
    vt_arena *arena;
    vt_catalog_reader *reader;
    vt_sought *sought; /* by size and time; when the search is over, the found ones first */
    size_t count, capacity;
    vt_sought **by_id; /* the same by number, while searching */
    vt_relink_doubt *doubts;
    size_t doubt_capacity;
    vt_relink_figures figures;
};

#endif
