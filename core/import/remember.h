/* Private to core/import: folders that are imported are noted as roots (core/catalog/roots.h), with their
   volume. */
#ifndef VT_IMPORT_REMEMBER_H
#define VT_IMPORT_REMEMBER_H

#include "core/import/engine_private.h"
#include "core/import/offline.h"

/* Notes `path`, if it is a folder and neither lies in a root that is there nor in one that is away. What
   fails is told in the log: it is no reason to stop an import. On a walk's thread. */
void vt_remember_root(vt_engine *engine, const vt_offline *offline, const char *path);

/* Sets what the options of an import choose of that; a path that is no root of its own is left alone. */
void vt_remember_choice(vt_engine *engine, const vt_import_options *options, const char *path);

/* Notes that a root is on the volume `now`; takes over its strings. Any thread. */
void vt_remember_volume(vt_engine *engine, const char *path, vt_volume *now);

#endif
