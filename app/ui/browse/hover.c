#include "app/ui/browse/hover.h"

#include "app/ui/library/kept_picture.h"
#include "app/ui/viewer/player.h"
#include "core/import/sequence_edit.h"

#include <qt6c/qtimer.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { REST_MS = 180 }; /* who only passes by sets nothing in motion */

struct vt_hover {
    vt_engine *engine;
    vt_hover_show show;
    void *user;
    QTimer *rest;
    vt_player *player; /* owned */

    vt_hover_subject subject; /* item 0: nothing */
    char *path;               /* owned, the subject's */
    bool begun;
    vt_facts_request *facts_request;
    vt_sequence_facts *facts; /* owned while it plays */
    vt_request *request;      /* a view of the model that is on its way */
    float yaw, shown_yaw;     /* wanted, and asked for last */
};

/* Takes over `picture->pixels`. */
static void show_picture(vt_hover *hover, const vt_picture *picture)
{
    vt_kept_picture *kept = vt_kept_picture_create(picture);
    QPixmap pixmap;
    if (!kept) {
        return;
    }
    if (vt_kept_picture_show(kept, hover->subject.ratio, &pixmap)) {
        hover->show(hover->user, &pixmap);
        q_pixmap_fini(&pixmap);
    }
    vt_kept_picture_free(NULL, kept);
}

/* ---- sequences ---- */

static void show_frame(void *user, uint64_t index, vt_picture *picture)
{
    (void)index;
    show_picture(user, picture);
}

static void facts_ready(void *user, vt_sequence_facts *facts, const vt_error *error)
{
    (void)error; /* what cannot be read does not play */
    vt_hover *hover = user;
    hover->facts_request = NULL;
    hover->facts = facts;
    if (facts && facts->frames > 1) {
        vt_player_start(hover->player, facts, 0, VT_PLAYBACK_LOOP, hover->subject.side, hover->subject.side);
    }
}

/* ---- models ---- */

static void view_ready(void *user, vt_picture *picture, const vt_error *error);

static void ask_for_view(vt_hover *hover)
{
    const vt_model_view view = {.yaw = hover->yaw, .zoom = 1, .turning = true};
    hover->shown_yaw = hover->yaw;
    hover->request = vt_engine_request_image(hover->engine, hover->path, hover->subject.side,
                                             hover->subject.side, &view, view_ready, hover, NULL);
}

static void view_ready(void *user, vt_picture *picture, const vt_error *error)
{
    vt_hover *hover = user;
    hover->request = NULL;
    if (error) {
        return;
    }
    show_picture(hover, picture);
    if (hover->yaw != hover->shown_yaw) { /* the pointer went on meanwhile */
        ask_for_view(hover);
    }
}

/* ---- the pointer ---- */

static void begin(void *user)
{
    vt_hover *hover = user;
    hover->begun = true;
    if (hover->subject.kind == VT_KIND_SEQUENCE) {
        hover->facts_request =
            vt_engine_request_facts(hover->engine, hover->subject.item, facts_ready, hover, NULL);
    } else {
        ask_for_view(hover);
    }
}

bool vt_hover_moves(vt_kind kind)
{
    return kind == VT_KIND_SEQUENCE || kind == VT_KIND_MODEL;
}

void vt_hover_begin(vt_hover *hover, const vt_hover_subject *subject)
{
    vt_hover_end(hover);
    hover->path = strdup(subject->path);
    if (hover->path && vt_hover_moves(subject->kind)) {
        hover->subject = *subject;
        hover->subject.path = hover->path;
        q_timer_start(hover->rest);
    }
}

/* Once around from one edge to the other; in the middle stands what the thumbnail shows. */
void vt_hover_move(vt_hover *hover, double share)
{
    hover->yaw = (float)((0.5 - share) * 2 * M_PI);
    if (hover->begun && hover->subject.kind == VT_KIND_MODEL && !hover->request) {
        ask_for_view(hover);
    }
}

void vt_hover_end(vt_hover *hover)
{
    q_timer_stop(hover->rest);
    vt_player_stop(hover->player);
    vt_facts_request_cancel(hover->facts_request);
    vt_request_cancel(hover->request);
    vt_sequence_facts_free(hover->facts);
    free(hover->path);
    hover->facts_request = NULL;
    hover->request = NULL;
    hover->facts = NULL;
    hover->path = NULL;
    hover->subject = (vt_hover_subject){0};
    hover->begun = false;
}

int64_t vt_hover_item(const vt_hover *hover)
{
    return hover->subject.item;
}

vt_hover *vt_hover_create(QObjectRef parent, vt_engine *engine, vt_hover_show show, void *user)
{
    vt_hover *hover = calloc(1, sizeof *hover);
    if (!hover) {
        return NULL;
    }
    hover->engine = engine;
    hover->show = show;
    hover->user = user;
    hover->player = vt_player_create(parent, engine, show_frame, hover);
    if (!hover->player) {
        free(hover);
        return NULL;
    }
    hover->rest = q_timer_new(parent);
    q_timer_set_single_shot(hover->rest, true);
    q_timer_set_interval(hover->rest, REST_MS);
    q_timer_on_timeout(hover->rest, parent, begin, hover);
    return hover;
}

void vt_hover_free(vt_hover *hover)
{
    if (hover) {
        vt_hover_end(hover);
        vt_player_free(hover->player);
        free(hover);
    }
}
