/*
 * Meter: measures on the UI thread how long it was kept from turning, while there is work
 * (core/perf/heartbeat.h). A precise timer asks for a turn every few milliseconds; how late it comes is the
 * stall that a user would feel, whoever caused it. UI thread only.
 */
#ifndef VT_UI_PARTS_METER_H
#define VT_UI_PARTS_METER_H

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/perf/heartbeat.h"

#include <qt6c/qobject.h>

typedef struct vt_meter vt_meter;

/* Stalls of more than half a frame are logged (debug), with the time of CLOCK_MONOTONIC at which they ended.
 * `parent` owns the timer; the meter itself is freed by vt_meter_free. */
vt_meter *vt_meter_create(QObjectRef parent, vt_log log, vt_error *error);
void vt_meter_free(vt_meter *meter);

/* Counts how many have started and not stopped; the first one begins anew. */
void vt_meter_start(vt_meter *meter);
void vt_meter_stop(vt_meter *meter);

/* Who is told of each tick that came late, and by how many nanoseconds; one listener, NULL: nobody. */
void vt_meter_listen(vt_meter *meter, void (*late)(void *user, int64_t late), void *user);

void vt_meter_get_figures(const vt_meter *meter, vt_heartbeat_figures *figures);

/* The most processor time, in nanoseconds, that the UI thread used between two beats: the part of a stall
   that is its own work. The rest is the machine's: other programs, other threads, the disk. */
int64_t vt_meter_longest_work(const vt_meter *meter);

#endif
