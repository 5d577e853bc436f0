/*
 * Private to core/catalog: gives an item another path, with all that belongs to it. The part of the writer's
 * work that vt_origin (writer.h) asks for, within the writer's transaction.
 */
#ifndef VT_CATALOG_MOVER_H
#define VT_CATALOG_MOVER_H

#include "core/catalog/writer.h"

#include <sqlite3.h>

typedef struct vt_mover vt_mover;

/* `db` is borrowed. NULL and `error`. */
vt_mover *vt_mover_create(sqlite3 *db, vt_error *error);
void vt_mover_free(vt_mover *mover); /* before the connection is closed; NULL is allowed */

/* The item `origin` tells of gets folder and name of `item`, whose folder_id and name_at are set; what failed
   at its old path is forgotten. `*moved` is false, and nothing has changed, if it may not (see vt_origin). */
bool vt_mover_move(vt_mover *mover, const vt_item *item, vt_origin *origin, bool *moved, vt_error *error);

#endif
