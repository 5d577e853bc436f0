#include "tests/support/failing_memory.h"

#include "core/index/albums.h"
#include "core/index/attributes.h"
#include "core/index/tally.h"
#include "core/index/zone.h"
#include "tests/core/index/library.h"
#include "tests/support/check.h"

#include <stdlib.h>
#include <time.h>

#define NS_PER_S INT64_C(1000000000)

static int64_t clock_ns(int year, int month, int day)
{
    struct tm shown = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day};
    return (int64_t)timegm(&shown) * NS_PER_S;
}

static const vt_tally *tally_of(const vt_snapshot *snapshot, const vt_view *view)
{
    vt_error error = VT_ERROR_INIT;
    const vt_tally *tally = vt_tally_create(snapshot, view, NULL, &error);
    if (!tally) {
        fail_msg("%s", error.message);
    }
    return tally;
}

/* ---- folders ---- */

static uint32_t below(const vt_tally *tally, const char *path)
{
    return vt_tally_below(tally, path, strlen(path));
}

static void counts_folders(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        uint32_t own, deep;
    } folders[] = {
        {"/b", 1, 1},   {"/a/b", 2, 5}, {"/a/b/c/d", 3, 3}, {"/a/b-c", 4, 4},
        {"/a b", 5, 5}, {"/A/b", 6, 6}, {"/a/bc/x", 7, 7},  {"/", 8, 36},
    };
    enum { COUNT = sizeof folders / sizeof folders[0] };
    vt_index *index = vt_index_create();
    int64_t id = 0;
    for (int i = 0; i < COUNT; i++) {
        library_folder(index, i + 1, folders[i].path);
        for (uint32_t n = 0; n < folders[i].own; n++) {
            library_put(index, library_item(++id, i + 1, "x"));
        }
    }
    const vt_snapshot *snapshot = library_publish(index);
    const vt_tally *tally = tally_of(snapshot, NULL);
    for (uint32_t i = 0; i < COUNT; i++) {
        assert_int_equal(vt_tally_folder(tally, i), folders[i].own);
        assert_int_equal(vt_tally_folder_deep(tally, i), folders[i].deep);
        assert_int_equal(below(tally, folders[i].path), folders[i].deep);
    }
    assert_int_equal(below(tally, "/a"), 2 + 3 + 4 + 7); /* holds nothing itself */
    assert_int_equal(below(tally, "/a/"), 16);
    assert_int_equal(below(tally, "/a/b/c"), 3);
    assert_int_equal(below(tally, "/a/bc"), 7);
    assert_int_equal(below(tally, "/zz"), 0);
    assert_int_equal(below(tally, "/a/b/c/d/e"), 0);

    library_folder(index, 99, "/a/b/new");
    library_put(index, library_item(++id, 99, "x"));
    const vt_snapshot *later = library_publish(index);
    const vt_tally *second = tally_of(later, NULL);
    assert_int_equal(below(second, "/a/b"), 6);
    const vt_tally *again = tally_of(snapshot, NULL);
    assert_int_equal(below(again, "/a/b"), 5);
    vt_tally_release(again);
    vt_tally_release(second);
    vt_tally_release(tally);
    vt_snapshot_release(later);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

/* ---- dates ---- */

static void lists_dates(void **state)
{
    (void)state;
    static const struct {
        int year, month, day, items;
    } days[] = {{1969, 12, 31, 1}, {1970, 1, 1, 2},  {2000, 2, 29, 3},
                {2024, 5, 17, 4},  {2024, 5, 18, 5}, {2024, 12, 31, 6}};
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/a");
    int64_t id = 0;
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        for (int n = 0; n < days[i].items; n++) {
            library_put(index, library_item(++id, 1, "x"));
            const vt_item_attributes item = {.item_id = id,
                                             .which = VT_ATTRIBUTE_TAKEN,
                                             .taken_ns = clock_ns(days[i].year, days[i].month, days[i].day) +
                                                         (n % 2 ? 86399 * NS_PER_S : 0)};
            assert_true(vt_index_put_attributes(index, &item, 1, NULL));
        }
    }
    const vt_snapshot *snapshot = library_publish(index);
    const vt_tally *tally = tally_of(snapshot, NULL);
    uint32_t years = 0, months = 0, count = 0;
    const vt_tally_date *year = vt_tally_dates(tally, VT_TALLY_YEARS, &years);
    const vt_tally_date *month = vt_tally_dates(tally, VT_TALLY_MONTHS, &months);
    const vt_tally_date *day = vt_tally_dates(tally, VT_TALLY_DAYS, &count);
    assert_int_equal(count, 6);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(day[i].year, days[i].year);
        assert_int_equal(day[i].month, days[i].month);
        assert_int_equal(day[i].day, days[i].day);
        assert_int_equal(day[i].items, days[i].items);
    }
    assert_int_equal(months, 5);
    assert_int_equal(month[3].items, 9);
    assert_int_equal(month[3].day, 0);
    assert_int_equal(month[3].first, 3);
    assert_int_equal(month[3].end, 5);
    assert_int_equal(years, 4);
    assert_int_equal(year[3].year, 2024);
    assert_int_equal(year[3].month, 0);
    assert_int_equal(year[3].items, 15);
    assert_int_equal(year[3].first, 3);
    assert_int_equal(year[3].end, 5);
    assert_int_equal(year[0].end, 1);
    vt_tally_release(tally);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

/* Around the changes of the hour, and far away, a local clock is what the system says it is. */
static void knows_the_local_clock(void **state)
{
    (void)state;
    unsigned random = 1;
    for (int i = 0; i < 20000; i++) {
        random = random * 1103515245U + 12345U;
        int64_t moment = INT64_C(-2000000000) + (int64_t)(random >> 4) * 33; /* to 2220 */
        if (moment >= INT64_C(7258118400)) {
            continue;
        }
        time_t time = (time_t)moment;
        struct tm local;
        localtime_r(&time, &local);
        assert_int_equal(vt_zone_clock(moment * NS_PER_S + 5), (moment + local.tm_gmtoff) * NS_PER_S + 5);
    }
    int64_t autumn = INT64_C(1729990800); /* 2024-10-27 01:00 UTC: Berlin goes back */
    assert_int_equal(vt_zone_clock((autumn - 1) * NS_PER_S), (autumn - 1 + 7200) * NS_PER_S);
    assert_int_equal(vt_zone_clock(autumn * NS_PER_S), (autumn + 3600) * NS_PER_S);
    assert_int_equal(vt_zone_clock(INT64_MAX), INT64_MAX);
    assert_true(vt_zone_clock(INT64_MIN) - INT64_MIN < 86400 * NS_PER_S);
}

/* ---- against a plain count ---- */

enum { ROWS = 9000, TAGS = 50, ALBUMS = 4, CAMERAS = 6 };

typedef struct library {
    vt_index *index;
    unsigned random;
} library;

static unsigned draw(library *of, unsigned limit)
{
    of->random = of->random * 1103515245U + 12345U;
    return (of->random >> 16) % limit;
}

static void fill(library *of)
{
    char text[32];
    of->index = vt_index_create();
    library_folder(of->index, 1, "/a");
    library_folder(of->index, 2, "/a/b");
    for (int i = 0; i < TAGS; i++) {
        int64_t parent = i && draw(of, 3) ? draw(of, (unsigned)i) + 1 : 0;
        (void)snprintf(text, sizeof text, "t%u", draw(of, 1000));
        assert_true(vt_index_put_tag(of->index, i + 1, parent, text, strlen(text), NULL));
    }
    for (int i = 0; i < ALBUMS; i++) {
        assert_true(vt_index_put_album(of->index, i + 1, -i, "album", 5, NULL));
    }
    for (int64_t id = 1; id <= ROWS; id++) {
        vt_item_brief item = library_item(id, draw(of, 2) + 1, "x");
        item.rating = (uint8_t)draw(of, 6);
        item.state = (uint8_t)draw(of, VT_ITEM_STATE_COUNT);
        item.kind = draw(of, 2) ? VT_KIND_IMAGE : VT_KIND_MODEL;
        item.watertight = (uint8_t)draw(of, 3);
        item.format = (uint8_t)draw(of, VT_FORMAT_COUNT);
        item.mtime_ns = INT64_C(1500000000) * NS_PER_S + (int64_t)draw(of, 40) * 86400 * NS_PER_S;
        library_put(of->index, item);
        if (id > 4000 && id < 8400) {
            continue;
        }
        (void)snprintf(text, sizeof text, "camera %u", draw(of, CAMERAS) * 7);
        const vt_item_attributes said = {.item_id = id,
                                         .which = VT_ATTRIBUTES_OF_FILE | VT_ATTRIBUTE_LABEL,
                                         .label = (uint8_t)draw(of, 16),
                                         .taken_ns = draw(of, 2) ? clock_ns(2010, 1 + (int)draw(of, 12), 3)
                                                                 : VT_TAKEN_UNKNOWN,
                                         .camera = text,
                                         .camera_length = draw(of, 2) ? (uint32_t)strlen(text) : 0};
        assert_true(vt_index_put_attributes(of->index, &said, 1, NULL));
        int64_t tags[3] = {draw(of, TAGS) + 1, draw(of, TAGS) + 1, draw(of, TAGS) + 1};
        assert_true(vt_index_set_tags(of->index, id, tags, draw(of, 4), NULL));
        if (draw(of, 3) == 0) {
            assert_true(vt_index_add_to_album(of->index, draw(of, ALBUMS) + 1, &id, 1, NULL));
        }
        if (draw(of, 9) == 0) {
            assert_true(vt_index_remove(of->index, id, NULL));
        }
    }
    assert_true(vt_index_remove_tag(of->index, 7, NULL));
    assert_true(vt_index_remove_album(of->index, 2, NULL));
}

static bool has_tag(const vt_snapshot *snapshot, uint32_t row, uint32_t sought, bool deep)
{
    uint32_t count = 0;
    const uint32_t *tags = vt_snapshot_tags_of(snapshot, row, &count);
    for (uint32_t i = 0; i < count; i++) {
        vt_index_tag tag = {.parent = tags[i]};
        vt_snapshot_tag(snapshot, tags[i], &tag);
        for (uint32_t up = tag.removed ? VT_INDEX_NO_TAG : tags[i]; up != VT_INDEX_NO_TAG; up = tag.parent) {
            if (up == sought) {
                return true;
            }
            vt_snapshot_tag(snapshot, up, &tag);
            tag.parent = deep ? tag.parent : VT_INDEX_NO_TAG;
        }
    }
    return false;
}

static void compare_tags(const vt_tally *tally, const uint32_t *rows, uint32_t count)
{
    const vt_snapshot *snapshot = vt_tally_snapshot(tally);
    uint32_t untagged = 0;
    for (uint32_t tag = 0; tag < TAGS; tag++) {
        vt_index_tag of;
        vt_snapshot_tag(snapshot, tag, &of);
        uint32_t own = 0, deep = 0;
        for (uint32_t i = 0; i < count; i++) {
            own += has_tag(snapshot, rows[i], tag, false);
            deep += has_tag(snapshot, rows[i], tag, true);
        }
        assert_int_equal(vt_tally_tag(tally, tag), own);
        assert_int_equal(vt_tally_tag_deep(tally, tag), deep);
    }
    for (uint32_t i = 0; i < count; i++) {
        bool any = false;
        for (uint32_t tag = 0; tag < TAGS && !any; tag++) {
            any = has_tag(snapshot, rows[i], tag, false);
        }
        untagged += !any;
    }
    assert_int_equal(vt_tally_untagged(tally), untagged);
}

static void compare_rest(const vt_tally *tally, const uint32_t *rows, uint32_t count)
{
    const vt_snapshot *snapshot = vt_tally_snapshot(tally);
    uint32_t facets[VT_FACET_COUNT][16] = {0}, folders[2] = {0}, albums[ALBUMS] = {0}, cameras[100] = {0};
    assert_int_equal(vt_tally_items(tally), count);
    for (uint32_t i = 0; i < count; i++) {
        vt_item_brief item;
        vt_snapshot_item(snapshot, rows[i], &item);
        facets[VT_FACET_RATING][item.rating]++;
        facets[VT_FACET_LABEL][item.label]++;
        facets[VT_FACET_KIND][item.kind]++;
        facets[VT_FACET_FORMAT][item.format]++;
        facets[VT_FACET_STATE][item.state]++;
        facets[VT_FACET_WATERTIGHT][item.watertight] += item.kind == VT_KIND_MODEL;
        folders[item.folder_id - 1]++;
        cameras[item.camera_length ? atoi(item.camera + strlen("camera ")) : 99]++;
        uint32_t in = 0;
        const uint32_t *of = vt_snapshot_albums_of(snapshot, rows[i], &in);
        for (uint32_t k = 0; k < in; k++) {
            albums[of[k]]++;
        }
    }
    for (int facet = 0; facet < VT_FACET_COUNT; facet++) {
        for (unsigned value = 0; value < 16; value++) {
            assert_int_equal(vt_tally_of(tally, (vt_facet)facet, value), facets[facet][value]);
        }
    }
    assert_int_equal(vt_tally_of(tally, VT_FACET_RATING, 256), 0);
    assert_int_equal(vt_tally_of(tally, VT_FACET_COUNT, 0), 0);
    assert_int_equal(vt_tally_folder(tally, 0), folders[0]);
    assert_int_equal(vt_tally_folder_deep(tally, 0), folders[0] + folders[1]);
    uint32_t shown = 0;
    const uint32_t *order = vt_tally_albums(tally, &shown);
    assert_int_equal(shown, ALBUMS - 1);
    const uint32_t expected[] = {3, 2, 0};
    for (uint32_t i = 0; i < shown; i++) {
        assert_int_equal(order[i], expected[i]);
        assert_int_equal(vt_tally_album(tally, order[i]), albums[order[i]]);
    }
    uint32_t camera_count = 0;
    const vt_tally_camera *camera = vt_tally_cameras(tally, &camera_count);
    int last = -1;
    uint32_t known = 0;
    for (uint32_t i = 0; i < camera_count; i++) {
        int number = atoi(camera[i].name + strlen("camera "));
        assert_true(number > last);
        last = number;
        assert_true(camera[i].items > 0 && camera[i].items == cameras[number]);
        known += camera[i].items;
    }
    assert_int_equal(known + cameras[99], count);
}

static void compare_dates(const vt_tally *tally, const uint32_t *rows, uint32_t count)
{
    const vt_snapshot *snapshot = vt_tally_snapshot(tally);
    uint32_t days = 0, seen = 0;
    const vt_tally_date *day = vt_tally_dates(tally, VT_TALLY_DAYS, &days);
    for (uint32_t d = 0; d < days; d++) {
        uint32_t items = 0;
        for (uint32_t i = 0; i < count; i++) {
            time_t shown = (time_t)(vt_snapshot_date(snapshot, rows[i]) / NS_PER_S);
            struct tm time;
            gmtime_r(&shown, &time);
            items += time.tm_year + 1900 == day[d].year && time.tm_mon + 1 == day[d].month &&
                     time.tm_mday == day[d].day;
        }
        assert_int_equal(day[d].items, items);
        seen += items;
    }
    assert_int_equal(seen, count);
}

static void agrees_with_a_plain_count(void **state)
{
    (void)state;
    library of = {.random = 5};
    fill(&of);
    const vt_snapshot *snapshot = library_publish(of.index);
    static uint32_t rows[ROWS];
    uint32_t count = 0;
    for (uint32_t row = 0; row < ROWS; row++) {
        rows[count] = row;
        count += !vt_snapshot_removed(snapshot, row);
    }
    const vt_tally *all = tally_of(snapshot, NULL);
    compare_tags(all, rows, count);
    compare_rest(all, rows, count);
    compare_dates(all, rows, count);
    vt_tally_release(all);

    vt_filter *filter = vt_filter_compile("rating>=3 -label:red", 20, NULL, NULL);
    const vt_view_request request = {.filter = filter, .key = VT_SORT_DATE, .descending = true};
    const vt_view *view = vt_view_build(snapshot, &request, NULL, NULL);
    vt_filter_free(filter);
    const vt_tally *some = tally_of(NULL, view);
    for (uint32_t i = 0; i < vt_view_count(view); i++) {
        rows[i] = vt_view_row(view, i);
    }
    compare_tags(some, rows, vt_view_count(view));
    compare_rest(some, rows, vt_view_count(view));
    compare_dates(some, rows, vt_view_count(view));
    vt_view_release(view);
    const vt_tally *kept = vt_tally_retain(some);
    vt_tally_release(some);
    vt_snapshot_release(snapshot);
    assert_true(vt_tally_items(kept) > 0);
    vt_tally_release(kept);
    vt_tally_release(NULL);
    vt_index_free(of.index);
}

static void counts_an_empty_library(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    const vt_tally *tally = tally_of(snapshot, NULL);
    uint32_t count = 9;
    assert_int_equal(vt_tally_items(tally), 0);
    vt_tally_albums(tally, &count);
    assert_int_equal(count, 0);
    vt_tally_cameras(tally, &count);
    assert_int_equal(count, 0);
    vt_tally_dates(tally, VT_TALLY_YEARS, &count);
    assert_int_equal(count, 0);
    assert_int_equal(vt_tally_tags(tally)->count, 0);
    assert_int_equal(below(tally, "/"), 0);
    vt_tally_release(tally);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void can_be_cancelled(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/a");
    library_put(index, library_item(1, 1, "x"));
    const vt_snapshot *snapshot = library_publish(index);
    const atomic_bool cancelled = true;
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_tally_create(snapshot, NULL, &cancelled, &error));
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void survives_lack_of_memory(void **state)
{
    (void)state;
    if (!memory_can_fail()) {
        print_message("the sanitizer brings its own malloc\n");
        skip();
    }
    library of = {.random = 5};
    fill(&of);
    const vt_snapshot *snapshot = library_publish(of.index);
    const vt_view_request request = {.key = VT_SORT_ID};
    const vt_view *view = vt_view_build(snapshot, &request, NULL, NULL);
    vt_tally_release(tally_of(NULL, view)); /* what is kept by the snapshot is made now */
    long in_use = memory_in_use();
    const vt_tally *tally = NULL;
    long failures = 0;
    for (; !tally; failures++) {
        assert_int_equal(memory_in_use(), in_use);
        vt_error error = VT_ERROR_INIT;
        memory_fails_after(failures);
        tally = vt_tally_create(NULL, view, NULL, &error);
        memory_recovers();
        assert_true(tally || error.code == VT_ERROR_MEMORY);
    }
    assert_true(failures > 15);
    vt_tally_release(tally);
    assert_int_equal(memory_in_use(), in_use);
    vt_view_release(view);
    vt_snapshot_release(snapshot);
    vt_index_free(of.index);
}

int main(void)
{
    setenv("TZ", "Europe/Berlin", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_folders),          cmocka_unit_test(lists_dates),
        cmocka_unit_test(knows_the_local_clock),   cmocka_unit_test(agrees_with_a_plain_count),
        cmocka_unit_test(counts_an_empty_library), cmocka_unit_test(can_be_cancelled),
        cmocka_unit_test(survives_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
