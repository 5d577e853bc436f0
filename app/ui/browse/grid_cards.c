/*
 * Which cards there are: a card for each item of the viewport and of half a page above and below it.
 *
 * Cards that leave that range are used again for rows that enter it. Configuring stops after 4 ms and goes on
 * in the next turn of the event loop, the visible rows first, so that a jump across a million rows costs no
 * frame.
 */
#include "app/ui/browse/grid_private.h"

#include "app/ui/parts/caption.h"
#include "core/base/clock.h"
#include "core/base/str.h"
#include "core/base/translatable.h"

#include <qt6c/qtimer.h>

#include <stdio.h>

enum {
    BATCH_MS = 4,
    BATCH_PAUSE_MS = 8,
    BATCH_CARDS = 12,
    COLD_CARDS = 4,
    FIRST_CARDS = 48,
    IDLE_CARDS = 64,
    WANTED_MAX = 256,
    AHEAD_MAX = 96
};

static vt_card **place_of(vt_grid *grid, int64_t number)
{
    return &grid->cards[number % VT_GRID_CARDS_MAX];
}

/* The card at `number`'s place if it is that number's. */
static vt_card *card_of(vt_grid *grid, int64_t number)
{
    vt_card *card = *place_of(grid, number);
    return card && vt_card_number(card) == number ? card : NULL;
}

/* ---- pictures ---- */

/* Thumbnails beyond this are not stored yet, as a rule: a smaller one is there long before them. */
enum { STORED_SIDE = 256 };

/* Until the right picture of a large card has come, one that is stored is shown. False: wait for that. */
static bool show_smaller(vt_grid *grid, vt_card *card, vt_picture_key key)
{
    QPixmap pixmap;
    key.side = STORED_SIDE;
    vt_picture_state state = vt_pictures_get(grid->pictures, &key, &pixmap);
    if (state == VT_PICTURE_HERE) {
        vt_card_set_smaller(card, &pixmap);
        grid->figures.smaller_shown++;
        q_pixmap_fini(&pixmap);
    } else if (state == VT_PICTURE_ROUGH) {
        vt_card_set_rough(card, &pixmap);
        q_pixmap_fini(&pixmap);
    }
    grid->starved |= state == VT_PICTURE_NO_ROOM;
    return state == VT_PICTURE_HERE || state == VT_PICTURE_FAILED;
}

static void show_picture(vt_grid *grid, vt_card *card)
{
    if (vt_card_has_picture(card)) {
        return;
    }
    vt_picture_key key = vt_grid_picture_key(grid, vt_card_number(card));
    if (key.side > STORED_SIDE && !vt_pictures_has(grid->pictures, &key) && !show_smaller(grid, card, key)) {
        return;
    }
    QPixmap pixmap;
    vt_picture_state state = vt_pictures_get(grid->pictures, &key, &pixmap);
    if (state == VT_PICTURE_HERE) {
        vt_card_set_picture(card, &pixmap);
        q_pixmap_fini(&pixmap);
        grid->figures.pictures_shown++;
    } else if (state == VT_PICTURE_ROUGH) {
        vt_card_set_rough(card, &pixmap);
        q_pixmap_fini(&pixmap);
    } else if (state == VT_PICTURE_FAILED) {
        vt_card_set_failed(card);
    } else if (state == VT_PICTURE_NO_ROOM) {
        grid->starved = true;
    }
}

static void place_card(vt_grid *grid, vt_card *card)
{
    vt_grid_cell cell = vt_grid_layout_cell(&grid->layout, vt_card_number(card));
    QRect area = q_rect_make(cell.x, (int)(cell.y - grid->scroll), cell.width, cell.height);
    q_widget_set_geometry(vt_card_widget(card), &area);
}

static void mark_card(vt_grid *grid, vt_card *card)
{
    const vt_selection *selection = vt_library_selection(grid->library);
    vt_row_interval rows = vt_grid_rows_of(grid, vt_card_number(card));
    bool selected = vt_selection_of_rows(selection, rows.first, rows.last) == VT_SELECTION_ALL;
    bool current = selection->current >= rows.first && selection->current < rows.last;
    vt_card_set_state(card, (vt_card_state){.selected = selected, .current = current});
}

/* ---- configuring ---- */

static void count_configure(vt_grid *grid, int64_t duration)
{
    vt_grid_figures *figures = &grid->figures;
    figures->configured++;
    if (grid->monitor) {
        vt_monitor_record(grid->monitor, grid->configured, duration);
    }
    grid->configure_ns_total += duration;
    figures->configure_ns_mean = grid->configure_ns_total / figures->configured;
    figures->configure_ns_max = duration > figures->configure_ns_max ? duration : figures->configure_ns_max;
}

/* True if `number` has its card, showing what it should. Does nothing else then. */
static bool is_ready(vt_grid *grid, int64_t number)
{
    vt_card *card = card_of(grid, number);
    if (!card) {
        return false;
    }
    vt_card_content wanted = vt_grid_card_identity(grid, number);
    return vt_card_shows(card, &wanted);
}

static void configure_card(vt_grid *grid, int64_t number)
{
    vt_card_parts parts;
    vt_card_content content = vt_grid_card_content(grid, number, &parts);
    int64_t start = vt_clock_now();
    vt_card *card = card_of(grid, number);
    if (card) {
        vt_card_configure(card, &content);
    } else {
        card = vt_object_pool_acquire(grid->pool, &content, NULL);
    }
    if (card) {
        *place_of(grid, number) = card;
        place_card(grid, card);
        mark_card(grid, card);
        count_configure(grid, vt_clock_now() - start);
        show_picture(grid, card);
        q_widget_show(vt_card_widget(card));
    }
    vt_card_parts_free(&parts);
}

/* What one turn may do. */
typedef struct batch_limit {
    int64_t deadline;
    int cards; /* each of them is painted afterwards, too */
} batch_limit;

/* Configures rows that need it, up to the limit; false if some are left. */
static bool configure_rows(vt_grid *grid, vt_grid_range rows, batch_limit *limit)
{
    for (int64_t number = rows.first; number < rows.last; number++) {
        if (is_ready(grid, number)) {
            continue;
        }
        if (limit->cards-- <= 0 || vt_clock_now() > limit->deadline) {
            return false;
        }
        configure_card(grid, number);
    }
    return true;
}

/* The rows that will come into sight next and have no card yet, as memory allows. */
static vt_prefetch_plan plan_ahead(vt_grid *grid, vt_grid_range visible)
{
    const vt_prefetch_view view = {
        .first = visible.first,
        .visible = visible.last - visible.first,
        .rows = grid->layout.count,
        .paused = !grid->load_ahead ||
                  !vt_governor_may_prefetch(vt_engine_governor(vt_library_engine(grid->library))),
    };
    vt_prefetch_plan plan = vt_prefetch_make_plan(&grid->prefetch, &view, vt_clock_now());
    while (plan.count > 0 && plan.first >= grid->range.first && plan.first < grid->range.last) {
        plan.first += plan.step;
        plan.count--;
    }
    plan.count = plan.count < AHEAD_MAX ? plan.count : AHEAD_MAX;
    return plan;
}

/* The pictures that the cards wait for, and those that lie ahead; all others need not come. */
static void keep_wanted_pictures(vt_grid *grid, vt_grid_range visible)
{
    int64_t items[WANTED_MAX + AHEAD_MAX];
    uint32_t rows[WANTED_MAX + AHEAD_MAX];
    vt_picture_key ahead[AHEAD_MAX];
    size_t count = 0, seen = 0;
    vt_grid_range parts[] = {visible, {grid->range.first, visible.first}, {visible.last, grid->range.last}};
    for (size_t p = 0; p < 3; p++) {
        for (int64_t number = parts[p].first; number < parts[p].last && count < WANTED_MAX; number++) {
            vt_card *card = card_of(grid, number);
            if (card && !vt_card_has_picture(card)) {
                items[count] = vt_card_item(card);
                rows[count++] = vt_library_index_row(grid->library, vt_grid_row_of(grid, number));
            }
        }
        seen = p == 0 ? count : seen;
    }
    grid->starved |= count == WANTED_MAX; /* those behind may have been cancelled */
    vt_prefetch_plan plan = plan_ahead(grid, visible);
    for (int64_t i = 0; i < plan.count; i++) {
        ahead[i] = vt_grid_picture_key(grid, plan.first + i * plan.step);
        items[count] = ahead[i].item;
        rows[count++] = ahead[i].row;
    }
    vt_pictures_keep_only(grid->pictures, items, rows, seen, count);
    grid->more_ahead = false;
    for (int64_t i = 0; i < plan.count && !grid->more_ahead; i++) {
        grid->more_ahead = !vt_pictures_load_ahead(grid->pictures, &ahead[i]);
    }
}

/* Asks again for cards that found no room when they were configured, the visible ones first. */
static void ask_again(vt_grid *grid, vt_grid_range visible)
{
    grid->starved = false;
    vt_grid_range parts[] = {visible, {grid->range.first, visible.first}, {visible.last, grid->range.last}};
    for (size_t p = 0; p < 3; p++) {
        for (int64_t number = parts[p].first; number < parts[p].last && !grid->starved; number++) {
            vt_card *card = card_of(grid, number);
            if (card) {
                show_picture(grid, card);
            }
        }
    }
}

static void configure_batch(vt_grid *grid, int cards)
{
    if (!q_widget_is_visible(&grid->area)) {
        return; /* shown again, it is placed anew */
    }
    int64_t start = vt_clock_now();
    batch_limit limit = {start + BATCH_MS * VT_NS_PER_MS, cards};
    vt_grid_range visible = vt_grid_layout_visible(&grid->layout, grid->scroll, 0);
    bool all = configure_rows(grid, visible, &limit);
    grid->cold_batches += grid->cold_batches < BATCH_CARDS / COLD_CARDS && limit.cards < cards;
    if (!grid->figures.first_viewport_ns && vt_library_count(grid->library)) {
        grid->viewport_ns += vt_clock_now() - start;
        grid->figures.first_viewport_ns = all ? grid->viewport_ns : 0;
    }
    all = all && configure_rows(grid, grid->range, &limit);
    if (all) {
        if (grid->starved) {
            ask_again(grid, visible);
        }
        keep_wanted_pictures(grid, visible);
        vt_object_pool_trim(grid->pool, IDLE_CARDS);
    } else {
        q_timer_start(grid->batch);
    }
}

/* The very first cards take longest to paint, for letters and signs are drawn for the first time; and they
   come in the turn in which the page is laid out. */
static int batch_cards(const vt_grid *grid)
{
    int cards = COLD_CARDS * (1 + grid->cold_batches);
    return grid->anew ? COLD_CARDS : cards < BATCH_CARDS ? cards : BATCH_CARDS;
}

static void on_batch(void *user)
{
    vt_grid *grid = user;
    configure_batch(grid, batch_cards(grid));
}

/* ---- the range ---- */

static void release_card(vt_grid *grid, vt_card **place)
{
    vt_object_pool_release(grid->pool, *place);
    *place = NULL;
}

static void set_range(vt_grid *grid, int64_t scroll)
{
    grid->scroll = scroll;
    vt_grid_range range = vt_grid_layout_visible(&grid->layout, scroll, grid->layout.height / 2);
    if (range.last - range.first > VT_GRID_CARDS_MAX) {
        range.last = range.first + VT_GRID_CARDS_MAX;
    }
    for (int64_t number = grid->range.first; number < grid->range.last; number++) {
        vt_card **place = place_of(grid, number);
        if (*place && (number < range.first || number >= range.last)) {
            release_card(grid, place);
        }
    }
    grid->range = range;
}

void vt_grid_scroll_cards(vt_grid *grid, int64_t scroll)
{
    vt_grid_end_hover(grid);
    set_range(grid, scroll);
    vt_grid_place_sticky(grid);
    vt_grid_move_scrubber(grid);
    vt_grid_range visible = vt_grid_layout_visible(&grid->layout, scroll, 0);
    vt_prefetch_sample(&grid->prefetch, visible.first, vt_clock_now());
    configure_batch(grid, VT_GRID_CARDS_MAX); /* who scrolls looks at them now */
}

/* New rows come all the time while an import runs; what plays goes on if it still stands there. */
static bool hovers_same(vt_grid *grid)
{
    if (vt_hover_item(grid->hover) == 0 || grid->hovered >= grid->layout.count) {
        return false;
    }
    return vt_grid_card_identity(grid, grid->hovered).item == vt_hover_item(grid->hover);
}

void vt_grid_place_cards(vt_grid *grid, int64_t scroll)
{
    if (!hovers_same(grid)) {
        vt_grid_end_hover(grid);
    }
    set_range(grid, scroll);
    vt_grid_place_sticky(grid);
    vt_grid_move_scrubber(grid);
    for (int64_t number = grid->range.first; number < grid->range.last; number++) {
        vt_card *card = card_of(grid, number);
        if (card) {
            place_card(grid, card);
        }
    }
    configure_batch(grid, batch_cards(grid));
}

void vt_grid_forget_cards(vt_grid *grid)
{
    vt_grid_end_hover(grid);
    vt_prefetch_reset(&grid->prefetch);
    for (int64_t number = grid->range.first; number < grid->range.last; number++) {
        if (*place_of(grid, number)) {
            release_card(grid, place_of(grid, number));
        }
    }
    vt_pictures_keep_only(grid->pictures, NULL, NULL, 0, 0);
}

void vt_grid_mark_cards(vt_grid *grid)
{
    for (int64_t number = grid->range.first; number < grid->range.last; number++) {
        vt_card *card = card_of(grid, number);
        if (card) {
            mark_card(grid, card);
        }
    }
}

static void picture_arrived(void *user, int64_t item, uint64_t version)
{
    (void)version;
    vt_grid *grid = user;
    for (int64_t number = grid->range.first; number < grid->range.last; number++) {
        vt_card *card = card_of(grid, number);
        if (card && vt_card_item(card) == item) {
            show_picture(grid, card);
            break;
        }
    }
    if ((grid->starved || grid->more_ahead) && !q_timer_is_active(grid->batch)) {
        q_timer_start(grid->batch); /* there is room for another request now */
    }
}

/* ---- life ---- */

static bool make_pool(vt_grid *grid, size_t idle)
{
    const vt_object_pool_limits limits = {.live = VT_GRID_CARDS_MAX, .idle = idle};
    grid->pool =
        vt_object_pool_create(&vt_card_ops, q_abstractscrollarea_viewport(&grid->area), &limits, NULL);
    return grid->pool != NULL;
}

void vt_grid_make_cards_anew(vt_grid *grid)
{
    vt_object_pool *before = grid->pool;
    if (make_pool(grid, 0)) {
        vt_object_pool_free(before);
        grid->anew = true;
    } else {
        grid->pool = before;
    }
}

bool vt_grid_prepare_cards(vt_grid *grid)
{
    if (!make_pool(grid, IDLE_CARDS) || !vt_object_pool_prewarm(grid->pool, FIRST_CARDS, NULL)) {
        return false;
    }
    vt_caption_prewarm(q_paintdevice_device_pixel_ratio_f(q_abstractscrollarea_as_paintdevice(&grid->area)));
    grid->batch = q_timer_new(&grid->area);
    q_timer_set_single_shot(grid->batch, true);
    q_timer_set_interval(grid->batch, BATCH_PAUSE_MS);
    q_timer_on_timeout(grid->batch, &grid->area, on_batch, grid);
    vt_pictures_listen(grid->pictures, picture_arrived, grid);
    return true;
}

void vt_grid_release_cards(vt_grid *grid)
{
    if (!grid->pool) {
        return;
    }
    for (int64_t number = grid->range.first; number < grid->range.last; number++) {
        if (*place_of(grid, number)) {
            release_card(grid, place_of(grid, number));
        }
    }
    vt_object_pool_free(grid->pool);
    grid->pool = NULL;
}

vt_grid_figures vt_grid_get_figures(const vt_grid *grid)
{
    vt_object_pool_stats stats;
    vt_object_pool_get_stats(grid->pool, &stats);
    vt_grid_figures figures = grid->figures;
    figures.cards = (int64_t)(stats.in_use + stats.idle);
    figures.cards_in_use = (int64_t)stats.in_use;
    figures.shown = grid->layout.count;
    figures.scroll = grid->scroll;
    figures.moving = vt_hover_item(grid->hover);
    figures.marks = vt_scrubber_marks(grid->scrubber);
    return figures;
}

void vt_grid_measure(vt_grid *grid, vt_monitor *monitor)
{
    grid->monitor = monitor;
    grid->configured = vt_monitor_operation(monitor, VT_TR_NOOP("performance", "card configured"),
                                            vt_budget_get(VT_BUDGET_CARD_CONFIGURE), NULL);
}

void vt_grid_load_ahead(vt_grid *grid, bool on)
{
    grid->load_ahead = on;
}
