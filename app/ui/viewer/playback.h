/*
 * Playback: which frame is due, and which to ask for ahead. No Qt, no clock of its own.
 *
 * Time decides, not the number of pictures that came: what is decoded too slowly is skipped, and the next one
 * is shown when it is due. At the end it begins anew, unless it is played once. Frames are counted from 0,
 * gaps do not count.
 *
 * Times are nanoseconds of any clock that only goes forward. One thread.
 */
#ifndef VT_UI_VIEWER_PLAYBACK_H
#define VT_UI_VIEWER_PLAYBACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Frames that wait to be shown or are being decoded. */
#define VT_PLAYBACK_AHEAD_MAX 8

/* What comes behind the last frame. */
typedef enum vt_playback_repeat {
    VT_PLAYBACK_LOOP,           /* the first */
    VT_PLAYBACK_BACK_AND_FORTH, /* the one before it, and so back to the first */
    VT_PLAYBACK_ONCE,           /* nothing: the last one stays */
    VT_PLAYBACK_REPEAT_COUNT
} vt_playback_repeat;

/* Back and forth the frames are gone through in a cycle that is nearly twice as long: what is played are its
   places. How many there are for so many frames, and the frame at one. */
uint64_t vt_playback_places(vt_playback_repeat repeat, uint64_t frames);
uint64_t vt_playback_frame_at(vt_playback_repeat repeat, uint64_t frames, uint64_t place);

typedef struct vt_playback {
    uint64_t frames;                 /* 1 or more; places, if it goes back and forth */
    uint32_t numerator, denominator; /* frames a second */
    bool playing;
    bool once;        /* the last frame stays due */
    uint64_t from;    /* the frame that was shown when playing began */
    int64_t begun_ns; /* and when */
} vt_playback;

void vt_playback_start(vt_playback *playback, uint64_t from, int64_t now_ns);
void vt_playback_stop(vt_playback *playback);

/* Another rate; what is shown now goes on from `shown`. */
void vt_playback_set_rate(vt_playback *playback, uint32_t numerator, uint32_t denominator, uint64_t shown,
                          int64_t now_ns);

/* The frame to be shown now; while nothing plays, the one it began with. */
uint64_t vt_playback_due(const vt_playback *playback, int64_t now_ns);

/* Nanoseconds until another one is due; at least 1. */
int64_t vt_playback_wait(const vt_playback *playback, int64_t now_ns);

/* How many frames behind the one that is due to ask for next, given how long a picture took of late
   (`decode_ns`): those that would come too late are left out. */
uint64_t vt_playback_lead(const vt_playback *playback, int64_t decode_ns);

/* True if `frame` lies among the `ahead` frames from `due` on, the end and the beginning being neighbours. */
bool vt_playback_is_ahead(const vt_playback *playback, uint64_t frame, uint64_t due, uint64_t ahead);

#endif
