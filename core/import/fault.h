/*
 * Private to core/import: whose fault it is that a file could not be read.
 *
 * Most faults are the file's own: they are recorded against it, and it is not tried again until it changes.
 * Some pass without the file changing; they are recorded, too, but the next import tries again. And some are
 * this machine's, and would meet every file: they stop the import and are recorded against none. Any thread.
 */
#ifndef VT_IMPORT_FAULT_H
#define VT_IMPORT_FAULT_H

#include "core/base/error.h"

#include <stdbool.h>

/* True for a fault that may be over at the next try: the disk or network failed, somebody held the file, the
   machine let the decoder starve, the file was just being written. A decoder that used up its time is the
   file's. */
bool vt_fault_passes(vt_error_code code);

/* True for a fault of this machine: no memory, no more open files, no helper. Not for what a helper answered:
   it has limits of its own, so that "out of memory" there is said of the file. */
bool vt_fault_is_ours(const vt_error *error);

/* Makes such a fault, met at `path` (bytes), the reason of an import's end: adds where, and what to do. */
void vt_fault_explain(vt_error *error, const char *path);

#endif
