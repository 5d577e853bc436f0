#include "app/ui/viewer/playback.h"

#define NS_PER_S INT64_C(1000000000)

/* Whole frames in `ns`. 128 bits: hours at any rate. */
static uint64_t frames_in(const vt_playback *playback, int64_t ns)
{
    return (uint64_t)((unsigned __int128)ns * playback->numerator /
                      ((unsigned __int128)NS_PER_S * playback->denominator));
}

/* When the frame `count` frames after the first is due, rounded up. */
static int64_t time_of(const vt_playback *playback, uint64_t count)
{
    unsigned __int128 scaled = (unsigned __int128)count * NS_PER_S * playback->denominator;
    return (int64_t)((scaled + playback->numerator - 1) / playback->numerator);
}

uint64_t vt_playback_places(vt_playback_repeat repeat, uint64_t frames)
{
    return repeat == VT_PLAYBACK_BACK_AND_FORTH && frames > 1 ? 2 * frames - 2 : frames;
}

uint64_t vt_playback_frame_at(vt_playback_repeat repeat, uint64_t frames, uint64_t place)
{
    return place < frames ? place : vt_playback_places(repeat, frames) - place;
}

void vt_playback_start(vt_playback *playback, uint64_t from, int64_t now_ns)
{
    playback->playing = true;
    playback->from = from % playback->frames;
    playback->begun_ns = now_ns;
}

void vt_playback_stop(vt_playback *playback)
{
    playback->playing = false;
}

void vt_playback_set_rate(vt_playback *playback, uint32_t numerator, uint32_t denominator, uint64_t shown,
                          int64_t now_ns)
{
    playback->numerator = numerator;
    playback->denominator = denominator;
    if (playback->playing) {
        vt_playback_start(playback, shown, now_ns);
    }
}

static int64_t elapsed(const vt_playback *playback, int64_t now_ns)
{
    return now_ns > playback->begun_ns ? now_ns - playback->begun_ns : 0;
}

uint64_t vt_playback_due(const vt_playback *playback, int64_t now_ns)
{
    if (!playback->playing) {
        return playback->from;
    }
    uint64_t place = playback->from + frames_in(playback, elapsed(playback, now_ns));
    if (playback->once && place >= playback->frames) {
        return playback->frames - 1;
    }
    return place % playback->frames;
}

int64_t vt_playback_wait(const vt_playback *playback, int64_t now_ns)
{
    int64_t gone = elapsed(playback, now_ns);
    int64_t wait = time_of(playback, frames_in(playback, gone) + 1) - gone;
    return wait > 0 ? wait : 1;
}

uint64_t vt_playback_lead(const vt_playback *playback, int64_t decode_ns)
{
    uint64_t lead = frames_in(playback, decode_ns > 0 ? decode_ns : 0) + 1;
    return lead < VT_PLAYBACK_AHEAD_MAX ? lead : VT_PLAYBACK_AHEAD_MAX;
}

bool vt_playback_is_ahead(const vt_playback *playback, uint64_t frame, uint64_t due, uint64_t ahead)
{
    uint64_t distance = (frame + playback->frames - due % playback->frames) % playback->frames;
    return distance < ahead;
}
