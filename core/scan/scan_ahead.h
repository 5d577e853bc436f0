/*
 * Scan ahead: the scan on a thread of its own, some folders ahead of whoever takes what it finds.
 *
 * To list a folder and ask for its files is waiting for the system, to compare them with the catalog is work
 * of ours: the two go on side by side. What was found waits in a queue of bounded length.
 *
 * Threads: called on one thread, on which all callbacks run, too; the scan itself runs on another until the
 * call returns.
 */
#ifndef VT_SCAN_SCAN_AHEAD_H
#define VT_SCAN_SCAN_AHEAD_H

#include "core/scan/scan.h"

/* vt_scan_walk, with the same callbacks in the same order. `figures` is set, before each of them and at the
   end, to those of the scan when it found that. A file given by itself is taken without another thread. Fails
   as vt_scan_walk does, and with VT_ERROR_MEMORY if there is no thread to be had. */
bool vt_scan_ahead_walk(vt_scan *scan, const char *path, const vt_scan_visitor *visitor,
                        vt_scan_figures *figures, vt_error *error);

#endif
