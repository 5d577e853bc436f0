#include "app/ui/viewer/player.h"

#include "core/base/clock.h"

#include <qt6c/qtimer.h>

#include <stdlib.h>

/* There is one helper for what the user looks at: more would only wait, and hold the engine's threads. */
enum { UNDER_WAY_MAX = 2 };

/* A frame that was asked for. */
typedef struct slot {
    vt_player *player;
    bool used;
    vt_request *request; /* NULL once it is here */
    uint64_t frame;
    int64_t asked_ns;
    vt_picture picture; /* pixels owned, NULL while it is under way */
} slot;

struct vt_player {
    vt_engine *engine;
    QTimer *timer;
    vt_player_show show;
    void *user;
    const vt_sequence_facts *facts; /* borrowed while it plays */
    vt_playback playback;
    vt_playback_repeat repeat;
    uint32_t width, height;
    uint64_t shown, next; /* the place of the frame on the canvas; the next to be asked for */
    int64_t decode_ns;    /* how long a picture takes of late */
    vt_player_figures figures;
    slot slots[VT_PLAYBACK_AHEAD_MAX];
};

static void empty(slot *of)
{
    vt_request_cancel(of->request);
    vt_picture_clear(&of->picture);
    *of = (slot){.player = of->player};
}

static void advance(vt_player *player);

static void picture_ready(void *user, vt_picture *picture, const vt_error *error)
{
    slot *to = user;
    vt_player *player = to->player;
    int64_t took = vt_clock_now() - to->asked_ns;
    player->decode_ns = player->decode_ns ? (3 * player->decode_ns + took) / 4 : took;
    to->request = NULL;
    if (error) { /* a frame that cannot be read is one that is left out */
        empty(to);
    } else {
        to->picture = *picture;
    }
    advance(player);
}

/* Frames from the one on the canvas to `frame`, forwards. */
static uint64_t beyond(const vt_player *player, uint64_t frame)
{
    uint64_t frames = player->playback.frames;
    return (frame + frames - player->shown) % frames;
}

/* The newest frame that is here and not beyond the one that is due; NULL: none but what is shown. */
static slot *newest(vt_player *player, uint64_t due)
{
    slot *best = NULL;
    for (size_t i = 0; i < VT_PLAYBACK_AHEAD_MAX; i++) {
        slot *at = &player->slots[i];
        if (at->used && at->picture.pixels && beyond(player, at->frame) <= beyond(player, due) &&
            beyond(player, at->frame) > 0 &&
            (!best || beyond(player, at->frame) > beyond(player, best->frame))) {
            best = at;
        }
    }
    return best;
}

static void show_due(vt_player *player, uint64_t due)
{
    slot *best = newest(player, due);
    if (!best) {
        return;
    }
    vt_picture picture = best->picture;
    uint64_t frame = best->frame;
    best->picture.pixels = NULL;
    best->picture.histogram = NULL;
    player->figures.skipped += (int64_t)beyond(player, frame) - 1;
    player->figures.shown++;
    player->shown = frame;
    player->show(player->user, vt_playback_frame_at(player->repeat, player->facts->frames, frame), &picture);
}

/* Pictures whose time has passed; those under way are let come: stopping them costs the helper. */
static void drop_passed(vt_player *player, uint64_t due)
{
    for (size_t i = 0; i < VT_PLAYBACK_AHEAD_MAX; i++) {
        slot *at = &player->slots[i];
        if (at->used && !at->request &&
            (!at->picture.pixels ||
             !vt_playback_is_ahead(&player->playback, at->frame, due, 2 * VT_PLAYBACK_AHEAD_MAX))) {
            empty(at);
        }
    }
}

static slot *free_slot(vt_player *player)
{
    int under_way = 0;
    slot *found = NULL;
    for (size_t i = 0; i < VT_PLAYBACK_AHEAD_MAX; i++) {
        slot *at = &player->slots[i];
        under_way += at->request != NULL;
        found = at->used ? found : at;
    }
    return under_way < UNDER_WAY_MAX ? found : NULL;
}

static bool ask(vt_player *player, slot *for_it, uint64_t frame)
{
    vt_str path = VT_STR_INIT;
    uint64_t index = vt_playback_frame_at(player->repeat, player->facts->frames, frame);
    bool named = vt_sequence_facts_path(player->facts, index, &path);
    *for_it = (slot){.player = player, .used = true, .frame = frame, .asked_ns = vt_clock_now()};
    for_it->request = named ? vt_engine_request_image(player->engine, path.data, player->width,
                                                      player->height, NULL, picture_ready, for_it, NULL)
                            : NULL;
    vt_str_free(&path);
    if (!for_it->request) {
        for_it->used = false;
    }
    return for_it->request != NULL;
}

static void ask_ahead(vt_player *player, uint64_t due)
{
    uint64_t frames = player->playback.frames;
    slot *room;
    while ((room = free_slot(player)) != NULL) {
        uint64_t lead = vt_playback_lead(&player->playback, player->decode_ns);
        if (!vt_playback_is_ahead(&player->playback, player->next, (due + lead) % frames,
                                  VT_PLAYBACK_AHEAD_MAX)) {
            if (vt_playback_is_ahead(&player->playback, player->next, due,
                                     lead + 2 * VT_PLAYBACK_AHEAD_MAX) &&
                !vt_playback_is_ahead(&player->playback, player->next, due, lead)) {
                return; /* far enough */
            }
            player->next = (due + lead) % frames; /* what lies between would come too late */
        }
        if (!ask(player, room, player->next)) {
            return;
        }
        player->next = (player->next + 1) % frames;
    }
}

/* Shows what is due, asks for what will be, and comes back when the next frame is due. */
static void advance(vt_player *player)
{
    if (!player->playback.playing) {
        return;
    }
    int64_t now = vt_clock_now();
    uint64_t due = vt_playback_due(&player->playback, now);
    show_due(player, due);
    if (!player->playback.playing) { /* whoever was shown a frame may stop it */
        return;
    }
    drop_passed(player, due);
    ask_ahead(player, due);
    int64_t wait = vt_playback_wait(&player->playback, vt_clock_now());
    q_timer_start_interval(player->timer, (int)(wait / VT_NS_PER_MS) + 1);
}

static void on_time(void *user)
{
    advance(user);
}

vt_player *vt_player_create(QObjectRef parent, vt_engine *engine, vt_player_show show, void *user)
{
    vt_player *player = calloc(1, sizeof *player);
    if (!player) {
        return NULL;
    }
    player->engine = engine;
    player->show = show;
    player->user = user;
    player->playback.frames = 1;
    for (size_t i = 0; i < VT_PLAYBACK_AHEAD_MAX; i++) {
        player->slots[i].player = player;
    }
    player->timer = q_timer_new(parent);
    q_timer_set_single_shot(player->timer, true);
    q_timer_set_timer_type(player->timer, Qt_PreciseTimer);
    q_timer_on_timeout(player->timer, parent, on_time, player);
    return player;
}

void vt_player_free(vt_player *player)
{
    if (player) {
        vt_player_stop(player);
        free(player);
    }
}

void vt_player_start(vt_player *player, const vt_sequence_facts *facts, uint64_t from,
                     vt_playback_repeat repeat, uint32_t width, uint32_t height)
{
    vt_player_stop(player);
    player->facts = facts;
    player->figures = (vt_player_figures){0, 0};
    player->playback = (vt_playback){.frames = vt_playback_places(repeat, facts->frames),
                                     .once = repeat == VT_PLAYBACK_ONCE,
                                     .numerator = facts->rate.numerator,
                                     .denominator = facts->rate.denominator};
    player->width = width;
    player->height = height;
    player->shown = from;
    player->next = (from + 1) % player->playback.frames;
    player->repeat = repeat;
    vt_playback_start(&player->playback, from, vt_clock_now());
    advance(player);
}

vt_player_figures vt_player_stop(vt_player *player)
{
    vt_playback_stop(&player->playback);
    q_timer_stop(player->timer);
    for (size_t i = 0; i < VT_PLAYBACK_AHEAD_MAX; i++) {
        empty(&player->slots[i]);
    }
    player->facts = NULL;
    return player->figures;
}

bool vt_player_is_playing(const vt_player *player)
{
    return player->playback.playing;
}

void vt_player_set_rate(vt_player *player, vt_frame_rate rate)
{
    vt_playback_set_rate(&player->playback, rate.numerator, rate.denominator, player->shown, vt_clock_now());
    advance(player);
}

void vt_player_set_size(vt_player *player, uint32_t width, uint32_t height)
{
    player->width = width;
    player->height = height;
}
