#include "core/base/path.h"
#include "core/index/albums_private.h"
#include "core/index/natural.h"
#include "core/index/tags_private.h"
#include "core/index/tally_private.h"

#include <stdlib.h>

static uint32_t *counters(uint32_t count)
{
    return calloc(count ? count : 1, sizeof(uint32_t));
}

/* Along the order of the paths, what is in a folder and below it is a difference of two sums: it is told when
   the first folder is met that does not lie below. */
static bool complete_folders(vt_tally *tally)
{
    const vt_snapshot *snapshot = tally->snapshot;
    uint32_t count = snapshot->folder_count;
    vt_folder_order *order = tally->folder_order = vt_folder_order_of(snapshot);
    uint32_t *before = tally->folders_before = counters(count + 1);
    tally->folders_deep = counters(count);
    uint32_t *above = counters(count); /* places of the folders that the one at a place lies in */
    bool done = order && before && tally->folders_deep && above;
    uint32_t depth = 0;
    for (uint32_t place = 0; done && place <= count; place++) {
        const vt_folder *folder =
            place < count ? vt_folders_at(snapshot->folders, order->folders[place]) : NULL;
        while (depth > 0) {
            uint32_t top = order->folders[above[depth - 1]];
            if (folder && vt_path_is_below(folder->path, vt_folders_at(snapshot->folders, top)->path)) {
                break;
            }
            tally->folders_deep[top] = before[place] - before[above[--depth]];
        }
        if (folder) {
            above[depth++] = place;
            before[place + 1] = before[place] + tally->folders[order->folders[place]];
        }
    }
    free(above);
    return done;
}

/* Adds the items of a set to its tags, and once to each tag that lies above one of them. `seen` tells of each
   tag for which set it was met last. */
static void add_set(vt_tally *tally, const vt_set *set, uint32_t number, uint32_t items, uint32_t *seen)
{
    const vt_tag_table *tags = tally->snapshot->tags;
    bool tagged = false;
    for (uint32_t i = 0; i < set->count; i++) {
        uint32_t tag = set->members[i];
        if (vt_tag_table_at(tags, tag)->removed) {
            continue;
        }
        tagged = true;
        tally->tags[tag] += items;
        for (; tag != VT_INDEX_NO_TAG && seen[tag] != number; tag = vt_tag_table_at(tags, tag)->parent) {
            seen[tag] = number;
            tally->tags_deep[tag] += items;
        }
    }
    tally->untagged += tagged ? 0 : items;
}

static bool complete_tags(vt_tally *tally, const uint32_t *set_items)
{
    const vt_snapshot *snapshot = tally->snapshot;
    uint32_t count = vt_snapshot_tag_count(snapshot);
    tally->tag_order = vt_snapshot_tag_order(snapshot);
    tally->tags = counters(count);
    tally->tags_deep = counters(count);
    uint32_t *seen = counters(count); /* of set 0, which is empty, no tag is a member */
    bool done = tally->tag_order && tally->tags && tally->tags_deep && seen;
    for (uint32_t number = 0; done && number < snapshot->tag_set_count; number++) {
        if (set_items[number]) {
            add_set(tally, vt_sets_at(snapshot->tag_sets, number), number, set_items[number], seen);
        }
    }
    free(seen);
    return done;
}

static int compare_places(const void *a, const void *b, void *albums)
{
    const vt_album_table *table = albums;
    uint32_t left = *(const uint32_t *)a;
    uint32_t right = *(const uint32_t *)b;
    int64_t left_place = table->rows[left].place;
    int64_t right_place = table->rows[right].place;
    return left_place != right_place ? (left_place > right_place) - (left_place < right_place)
                                     : (left > right) - (left < right);
}

static bool complete_albums(vt_tally *tally, const uint32_t *set_items)
{
    const vt_snapshot *snapshot = tally->snapshot;
    uint32_t count = vt_snapshot_album_count(snapshot);
    tally->albums = counters(count);
    tally->album_order = counters(count);
    if (!tally->albums || !tally->album_order) {
        return false;
    }
    for (uint32_t number = 1; number < snapshot->album_set_count; number++) {
        const vt_set *set = vt_sets_at(snapshot->album_sets, number);
        for (uint32_t i = 0; i < set->count; i++) {
            tally->albums[set->members[i]] += set_items[number];
        }
    }
    for (uint32_t album = 0; album < count; album++) {
        if (!snapshot->albums->rows[album].removed) {
            tally->album_order[tally->album_order_count++] = album;
        }
    }
    if (count > 0) {
        qsort_r(tally->album_order, tally->album_order_count, sizeof *tally->album_order, compare_places,
                snapshot->albums);
    }
    return true;
}

static const char *camera_text(const void *of, uint32_t camera, size_t *length)
{
    uint32_t bytes = 0;
    const char *text = vt_vocabulary_text(of, camera, &bytes);
    *length = bytes;
    return vt_name_folded(text);
}

static bool complete_cameras(vt_tally *tally, const uint32_t *items)
{
    const vt_vocabulary *cameras = &tally->snapshot->tables->cameras;
    uint32_t count = tally->snapshot->camera_count;
    uint32_t *met = counters(count);
    for (uint32_t camera = 1; met && camera < count; camera++) {
        met[tally->camera_count] = camera;
        tally->camera_count += items[camera] > 0;
    }
    tally->cameras = calloc(tally->camera_count ? tally->camera_count : 1, sizeof *tally->cameras);
    bool done = met && tally->cameras &&
                vt_natural_sort(&(vt_texts){camera_text, cameras}, met, tally->camera_count, NULL, NULL);
    for (uint32_t i = 0; done && i < tally->camera_count; i++) {
        vt_tally_camera *camera = &tally->cameras[i];
        camera->name = vt_vocabulary_text(cameras, met[i], &camera->name_length);
        camera->items = items[met[i]];
    }
    free(met);
    return done;
}

/* A day, counted from 1970-01-01, in the Gregorian calendar: years are taken to begin in March, so that the
   leap day is their last; 400 of them have 146097 days. */
static vt_tally_date date_of(int64_t day)
{
    int64_t from_march = day + 719468; /* of the year 0 */
    int64_t era = (from_march >= 0 ? from_march : from_march - 146096) / 146097;
    int64_t of_era = from_march - era * 146097;
    int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * of_year + 2) / 153; /* from March on */
    int64_t year = era * 400 + year_of_era + (month >= 10);
    return (vt_tally_date){.year = (int16_t)year,
                           .month = (uint8_t)(month < 10 ? month + 3 : month - 9),
                           .day = (uint8_t)(of_year - (153 * month + 2) / 5 + 1)};
}

/* Adds a day to the last entry of a list that holds years or months, or begins its next. */
static void add_day(vt_tally_list *list, vt_tally_date date, uint32_t items, uint32_t below)
{
    if (!list->dates) { /* there was nothing to make room for */
        return;
    }
    vt_tally_date *last = list->count ? &list->dates[list->count - 1] : NULL;
    if (!last || last->year != date.year || last->month != date.month) {
        last = &list->dates[list->count++];
        *last = date;
        last->first = below;
    }
    last->items += items;
    last->end = below + 1;
}

static bool complete_dates(vt_tally *tally, const uint32_t *days)
{
    uint32_t count = 0;
    for (uint32_t day = 0; day < 2 * VT_DAYS_AROUND; day++) {
        count += days[day] > 0;
    }
    for (int span = 0; span < VT_TALLY_SPANS; span++) {
        tally->dates[span].dates = calloc(count ? count : 1, sizeof(vt_tally_date));
        if (!tally->dates[span].dates) {
            return false;
        }
    }
    vt_tally_list *years = &tally->dates[VT_TALLY_YEARS];
    vt_tally_list *months = &tally->dates[VT_TALLY_MONTHS];
    vt_tally_list *list = &tally->dates[VT_TALLY_DAYS];
    for (uint32_t day = 0; day < 2 * VT_DAYS_AROUND; day++) {
        if (days[day]) {
            vt_tally_date date = date_of((int64_t)day - VT_DAYS_AROUND);
            vt_tally_date month = {.year = date.year, .month = date.month};
            vt_tally_date year = {.year = date.year};
            date.items = days[day];
            list->dates[list->count] = date;
            add_day(months, month, days[day], list->count++);
            add_day(years, year, days[day], months->count - 1);
        }
    }
    return true;
}

bool vt_tally_complete(vt_tally *tally, const vt_tally_counts *counts)
{
    return complete_folders(tally) && complete_tags(tally, counts->tag_sets) &&
           complete_albums(tally, counts->album_sets) && complete_cameras(tally, counts->cameras) &&
           complete_dates(tally, counts->days);
}
