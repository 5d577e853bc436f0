/*
 * The second pass of a start: labels, titles, dates, cameras, tags and albums come into the index once its
 * rows are shown. Nothing is written meanwhile, so that what is read is what there is; then the tiny
 * thumbnails follow.
 */
#ifndef VT_IMPORT_ATTRIBUTES_LOAD_H
#define VT_IMPORT_ATTRIBUTES_LOAD_H

#include "core/import/engine.h"

#include <stdbool.h>

/* Starts it. At its end, however it ends, the index is the writer's. False: it is not under way. */
bool vt_attributes_load_start(vt_engine *engine);

#endif
