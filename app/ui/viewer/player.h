/*
 * The player: pictures of a sequence's frames, one after the other, when they are due (playback.h).
 *
 * Frames are decoded by the engine, some ahead of their time; at most VT_PLAYBACK_AHEAD_MAX pictures of the
 * size of the canvas are held, two are under way. A frame that is not there when it is due is left out, and
 * one that comes too late is not shown: the picture never lags behind its time. UI thread only.
 */
#ifndef VT_UI_VIEWER_PLAYER_H
#define VT_UI_VIEWER_PLAYER_H

#include "app/ui/viewer/playback.h"
#include "core/import/request.h"
#include "core/import/sequence_facts.h"

#include <qt6c/qobject.h>

typedef struct vt_player vt_player;

/* The frame at `index` is due. Takes over `picture->pixels`. */
typedef void (*vt_player_show)(void *user, uint64_t index, vt_picture *picture);

typedef struct vt_player_figures {
    int64_t shown;   /* since playing began */
    int64_t skipped; /* frames whose time passed before they were there */
} vt_player_figures;

/* `parent` becomes the context of its timer; the player must be freed before it. */
vt_player *vt_player_create(QObjectRef parent, vt_engine *engine, vt_player_show show, void *user);
void vt_player_free(vt_player *player); /* NULL is allowed */

/* Plays `facts` (borrowed until it is stopped) from the frame `from` on, in pictures that fit the size. */
void vt_player_start(vt_player *player, const vt_sequence_facts *facts, uint64_t from,
                     vt_playback_repeat repeat, uint32_t width, uint32_t height);

/* Nothing is under way afterwards. Returns what has been. */
vt_player_figures vt_player_stop(vt_player *player);

bool vt_player_is_playing(const vt_player *player);

/* Another rate, or another size of the canvas, while it plays. */
void vt_player_set_rate(vt_player *player, vt_frame_rate rate);
void vt_player_set_size(vt_player *player, uint32_t width, uint32_t height);

#endif
