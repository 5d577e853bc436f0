/*
 * Writing a side-car: what a change is about, and nothing else (core/sidecar/sidecar_edit.h), in one step.
 * The change is made by who is asked for it (core/sidecar/sidecar_ask.h); here bytes are written.
 *
 * The new content is written to a file of its own in the same folder, synced, and renamed: at any time, after
 * a power cut as well, the side-car is there as before or as after. Whatever fails leaves the old one, and
 * nothing beside it. Owner, group and mode are those of the file before; a new one gets what the process
 * gives new files. Extended attributes and further hard links are not carried along. A file that may not be
 * written (its mode) is not replaced either, although its folder would allow that.
 *
 * Nothing is overwritten that was not read: the content on the disk must be what the caller has read, and it
 * is looked at again (device, inode, size, times) right before the rename; a new file never takes the place
 * of another. What remains is the time between that look and the rename, some microseconds.
 *
 * Touches the disk and waits for it: not on the window's thread. Any thread otherwise; two changes of one
 * side-car at the same time are for the caller to put in order (one of them would be VT_ERROR_CHANGED).
 */
#ifndef VT_SIDECAR_SIDECAR_WRITE_H
#define VT_SIDECAR_SIDECAR_WRITE_H

#include "core/base/error.h"
#include "core/sidecar/sidecar_ask.h"
#include "core/sidecar/sidecar_read.h"

/* Makes `change` in the side-car `path`, which is as `as_read` says: vt_sidecar.part[].stamp. Where there was
   none, it is made. A change that holds already writes nothing. `now` (may be NULL) gets the stamp of what is
   there then; untouched on failure.

   False and `error`: VT_ERROR_CHANGED if the side-car is not the one that was read (read again, then decide),
   VT_ERROR_PERMISSION, _READ_ONLY, _NO_SPACE, _IO, _NOT_FOUND (no such folder), _NOT_REGULAR, and those of
   vt_sidecar_ask_changed. */
bool vt_sidecar_write(const char *path, const vt_sidecar_stamp *as_read, const vt_sidecar_change *change,
                      const vt_sidecar_asking *asking, vt_sidecar_stamp *now, vt_error *error);

#endif
