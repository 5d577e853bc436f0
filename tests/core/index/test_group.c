/* core/index/group and the groups of a view: where they begin, in which order, what they are called. */
#include "core/base/clock.h"
#include "core/index/attributes.h"
#include "core/index/view.h"
#include "tests/core/index/library.h"

#include <stdlib.h>
#include <time.h>

/* Clocks go forward on the last Sunday of March, at one in the morning UTC. */
static void live_in_central_europe(void)
{
    setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
    tzset();
}

/* 2024-03-31 00:00 UTC, the day the clocks go forward there. */
static const int64_t forward_day = INT64_C(1711843200);

static vt_item_brief dated(int64_t id, int64_t seconds)
{
    vt_item_brief item = library_item(id, 1, "a");
    item.mtime_ns = seconds * VT_NS_PER_S;
    return item;
}

static const vt_view *build(const vt_snapshot *snapshot, vt_view_request request)
{
    vt_error error = VT_ERROR_INIT;
    const vt_view *view = vt_view_build(snapshot, &request, NULL, &error);
    if (!view) {
        fail_msg("%s", error.message);
    }
    return view;
}

/* "Title:rows Title:rows ..." with the ids of the rows. */
static void expect(const vt_view *view, const char *wanted)
{
    vt_str text = VT_STR_INIT;
    uint32_t next = 0;
    for (uint32_t g = 0; g < vt_view_group_count(view); g++) {
        vt_group_span group = vt_view_group(view, g);
        uint32_t size = 0;
        vt_view_group_sizes(view, g, 1, &size);
        assert_int_equal(group.first, next);
        assert_int_equal(size, group.count);
        assert_int_equal(vt_view_find_group(view, group.value), g);
        next = group.first + group.count;
        vt_str_append_cstr(&text, g ? " " : "");
        vt_group_append_title(vt_view_snapshot(view), vt_view_grouped_by(view), group.value, NULL, &text);
        vt_str_append_char(&text, ':');
        for (uint32_t i = group.first; i < next; i++) {
            vt_item_brief item;
            vt_snapshot_item(vt_view_snapshot(view), vt_view_row(view, i), &item);
            vt_str_appendf(&text, "%d", (int)item.id);
            assert_int_equal(vt_view_group_of(view, i), g);
            assert_int_equal(
                vt_group_value(vt_view_snapshot(view), vt_view_grouped_by(view), vt_view_row(view, i)),
                group.value);
        }
    }
    assert_int_equal(next, vt_view_group_count(view) ? vt_view_count(view) : 0);
    assert_string_equal(text.data ? text.data : "", wanted);
    vt_str_free(&text);
}

static void expect_grouped(const vt_snapshot *snapshot, vt_view_request request, const char *wanted)
{
    const vt_view *view = build(snapshot, request);
    expect(view, wanted);
    vt_view_release(view);
}

static void groups_and_rows_have_directions_of_their_own(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/p");
    static const uint8_t ratings[] = {3, 0, 3, 5, 0};
    for (int i = 0; i < 5; i++) {
        vt_item_brief item = library_item(i + 1, 1, "a");
        item.rating = ratings[i];
        item.size = 100 - i;
        library_put(index, item);
    }
    const vt_snapshot *snapshot = library_publish(index);
    vt_view_request request = {.key = VT_SORT_SIZE, .group = VT_GROUP_RATING};
    expect_grouped(snapshot, request, "Not rated:52 ★★★☆☆:31 ★★★★★:4");
    request.descending = true;
    expect_grouped(snapshot, request, "Not rated:25 ★★★☆☆:13 ★★★★★:4");
    request.group_descending = true;
    expect_grouped(snapshot, request, "★★★★★:4 ★★★☆☆:13 Not rated:25");
    request.descending = false;
    expect_grouped(snapshot, request, "★★★★★:4 ★★★☆☆:31 Not rated:52");
    const vt_view *view = build(snapshot, request);
    const vt_view *reversed = vt_view_reversed(view);
    expect(reversed, "Not rated:25 ★★★☆☆:13 ★★★★★:4");
    assert_int_equal(vt_view_find_group(view, 4), VT_INDEX_NO_ROW);
    vt_view_release(reversed);
    vt_view_release(view);
    request.group = VT_GROUP_NONE;
    expect_grouped(snapshot, request, "");
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void folders_stand_in_their_natural_order(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    static const char *const paths[] = {"/p/Part 10", "/p/part 2", "/", "/p", "/P"};
    for (int i = 0; i < 5; i++) {
        library_folder(index, i + 1, paths[i]);
        library_put(index, library_item(2 * i + 1, i + 1, "b"));
        library_put(index, library_item(2 * i + 2, i + 1, "a"));
    }
    const vt_snapshot *snapshot = library_publish(index);
    vt_view_request request = {.key = VT_SORT_NAME, .group = VT_GROUP_FOLDER};
    expect_grouped(snapshot, request, "/:65 p:87 P:109 part 2:43 Part 10:21");
    request.group_descending = true;
    expect_grouped(snapshot, request, "Part 10:21 part 2:43 P:109 p:87 /:65");
    request.key = VT_SORT_PATH;
    request.group_descending = false;
    expect_grouped(snapshot, request, "/:65 p:87 P:109 part 2:43 Part 10:21");
    vt_str detail = VT_STR_INIT;
    vt_group_append_detail(snapshot, VT_GROUP_FOLDER, 0, &detail);
    vt_str_append_char(&detail, ' ');
    vt_group_append_detail(snapshot, VT_GROUP_FOLDER, 3, &detail);
    assert_string_equal(detail.data, "/p /");
    vt_str_free(&detail);
    const vt_view *view = build(snapshot, request);
    assert_int_equal(vt_view_find_group(view, 5), VT_INDEX_NO_ROW); /* no such folder */
    vt_view_release(view);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void days_are_local_also_when_clocks_change(void **state)
{
    (void)state;
    live_in_central_europe();
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/p");
    library_put(index, dated(1, forward_day - 3600 - 1));      /* 23:59:59 in winter time */
    library_put(index, dated(2, forward_day - 3600));          /* midnight */
    library_put(index, dated(3, forward_day + 22 * 3600 - 1)); /* 23:59:59, now in summer time */
    library_put(index, dated(4, forward_day + 22 * 3600));     /* the first of April */
    library_put(index, dated(5, -1));                          /* 1970 there */
    library_put(index, dated(6, -7200));
    const vt_snapshot *snapshot = library_publish(index);
    vt_view_request request = {.key = VT_SORT_DATE, .group = VT_GROUP_DAY};
    expect_grouped(snapshot, request,
                   "Wednesday, 31 December 1969:6 Thursday, 1 January 1970:5 Saturday, 30 March 2024:1 "
                   "Sunday, 31 March 2024:23 Monday, 1 April 2024:4");
    request.group = VT_GROUP_MONTH;
    request.group_descending = true;
    expect_grouped(snapshot, request, "April 2024:4 March 2024:123 January 1970:5 December 1969:6");
    request.group = VT_GROUP_YEAR;
    expect_grouped(snapshot, request, "2024:1234 1970:5 1969:6");
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

/* Against the C library, over the centuries in which the clocks of a zone are known, leap years among them.
 */
static void days_have_the_dates_of_the_calendar(void **state)
{
    (void)state;
    live_in_central_europe();
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/p");
    int64_t id = 0;
    for (int64_t seconds = -2100000000; seconds <= 7200000000; seconds += 7654321) {
        library_put(index, dated(++id, seconds));
    }
    const vt_snapshot *snapshot = library_publish(index);
    for (uint32_t row = 0; row < vt_snapshot_count(snapshot); row++) {
        vt_item_brief item;
        vt_snapshot_item(snapshot, row, &item);
        time_t seconds = (time_t)(item.mtime_ns / VT_NS_PER_S - (item.mtime_ns % VT_NS_PER_S < 0));
        struct tm local;
        assert_non_null(localtime_r(&seconds, &local));
        char wanted[80];
        char format[80];
        assert_true(strftime(format, sizeof format, "%A, %%d %B %Y", &local) > 0);
        (void)snprintf(wanted, sizeof wanted, format, local.tm_mday);
        vt_str title = VT_STR_INIT;
        vt_group_append_title(snapshot, VT_GROUP_DAY, vt_group_value(snapshot, VT_GROUP_DAY, row), NULL,
                              &title);
        assert_string_equal(title.data, wanted);
        vt_str_free(&title);
    }
    const vt_view *view = build(snapshot, (vt_view_request){.key = VT_SORT_DATE, .group = VT_GROUP_DAY});
    assert_int_equal(vt_view_group_count(view), id);
    vt_view_release(view);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void names_sizes_and_kinds_have_groups(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/p");
    static const char *const names[] = {"apple",    "Änder", "7up",   "Acid",  "_x",
                                        "\xff\xfe", "漢字",  "zebra", "ändern"};
    static const int64_t sizes[] = {0, 1, 99999, 100000, 999999, 1000000, 99999999, 100000000, 5000000000};
    for (int i = 0; i < 9; i++) {
        vt_item_brief item = library_item(i + 1, 1, names[i]);
        item.size = sizes[i];
        item.kind = i % 2 ? VT_KIND_MODEL : VT_KIND_IMAGE;
        item.format = i % 2 ? VT_FORMAT_STL : i == 4 ? VT_FORMAT_UNKNOWN : VT_FORMAT_JPEG;
        library_put(index, item);
    }
    const vt_snapshot *snapshot = library_publish(index);
    vt_view_request request = {.key = VT_SORT_ID, .group = VT_GROUP_LETTER};
    expect_grouped(snapshot, request, "#:56 0–9:3 A:14 Z:8 ä:29 漢:7");
    request.group = VT_GROUP_SIZE;
    expect_grouped(snapshot, request,
                   "Empty:1 Below 100 kB:23 100 kB to 1 MB:45 1 to 10 MB:6 10 to 100 MB:7 100 MB to 1 GB:8 "
                   "1 GB and more:9");
    request.group = VT_GROUP_KIND;
    expect_grouped(snapshot, request, "Images:13579 Models:2468");
    request.group = VT_GROUP_FORMAT;
    expect_grouped(snapshot, request, "Not read:5 JPEG:1379 STL:2468");
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

/* The ends of what 64 bits hold, which a damaged file may have. */
static void days_at_the_ends_of_time_are_days(void **state)
{
    (void)state;
    live_in_central_europe();
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/p");
    vt_item_brief item = library_item(1, 1, "a");
    item.mtime_ns = INT64_MAX;
    library_put(index, item);
    item.id = 2;
    item.mtime_ns = INT64_MIN;
    library_put(index, item);
    const vt_snapshot *snapshot = library_publish(index);
    expect_grouped(snapshot, (vt_view_request){.key = VT_SORT_ID, .group = VT_GROUP_YEAR}, "1677:2 2262:1");
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void give(vt_index *index, int64_t id, uint8_t label, const char *camera, int64_t taken_s)
{
    const vt_item_attributes item = {
        .item_id = id,
        .which = VT_ATTRIBUTE_LABEL | VT_ATTRIBUTE_CAMERA | VT_ATTRIBUTE_TAKEN,
        .label = label,
        .camera = camera,
        .camera_length = (uint32_t)strlen(camera),
        .taken_ns = taken_s ? taken_s * VT_NS_PER_S : VT_TAKEN_UNKNOWN,
    };
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_index_put_attributes(index, &item, 1, &error));
}

/* What a picture says of itself comes before what its file says; the one is a clock's time, the other not. */
static void days_are_those_on_which_pictures_were_taken(void **state)
{
    (void)state;
    live_in_central_europe();
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/p");
    library_put(index, dated(1, forward_day + 22 * 3600)); /* the first of April there */
    library_put(index, dated(2, forward_day + 22 * 3600));
    library_put(index, dated(3, forward_day + 22 * 3600));
    give(index, 1, 0, "", forward_day + 22 * 3600); /* a clock of its own: still the last of March */
    give(index, 2, 0, "", forward_day - 400 * 86400);
    const vt_snapshot *snapshot = library_publish(index);
    expect_grouped(snapshot, (vt_view_request){.key = VT_SORT_DATE, .group = VT_GROUP_DAY},
                   "Saturday, 25 February 2023:2 Sunday, 31 March 2024:1 Monday, 1 April 2024:3");
    expect_grouped(snapshot, (vt_view_request){.key = VT_SORT_DATE, .group = VT_GROUP_YEAR},
                   "2023:2 2024:13");
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void labels_and_cameras_have_groups_the_rest_behind_them(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/p");
    static const struct {
        uint8_t label;
        const char *camera;
    } given[] = {{5, "Model 10"}, {1, ""}, {0, "model 2"}, {15, "Model 2"}, {1, "Model 10"}};
    for (int i = 0; i < 5; i++) {
        library_put(index, library_item(i + 1, 1, "a"));
        give(index, i + 1, given[i].label, given[i].camera, 0);
    }
    library_put(index, library_item(6, 1, "a"));
    const vt_snapshot *snapshot = library_publish(index);
    vt_view_request request = {.key = VT_SORT_ID, .group = VT_GROUP_LABEL};
    expect_grouped(snapshot, request, "Red:25 Purple:1 Label 15:4 No label:36");
    request.group = VT_GROUP_CAMERA;
    expect_grouped(snapshot, request, "model 2:3 Model 2:4 Model 10:15 No camera:26");
    request.group_descending = true;
    expect_grouped(snapshot, request, "No camera:26 Model 10:15 Model 2:4 model 2:3");
    const vt_view *view = build(snapshot, request);
    assert_int_equal(vt_view_find_group(view, 77), VT_INDEX_NO_ROW); /* no such camera */
    vt_view_release(view);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void an_empty_view_has_no_groups(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    const vt_snapshot *snapshot = library_publish(index);
    for (int by = 0; by < VT_GROUP_BY_COUNT; by++) {
        const vt_view *view = build(snapshot, (vt_view_request){.group = (vt_group_by)by});
        assert_int_equal(vt_view_group_count(view), 0);
        assert_int_equal(vt_view_grouped_by(view), by);
        vt_view_release(view);
    }
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

/* All in one group, and a group for each. */
static void many_rows_and_many_groups_work(void **state)
{
    (void)state;
    enum { ROWS = 200000 };
    vt_index *index = vt_index_create();
    for (int64_t i = 1; i <= ROWS; i++) {
        char path[40];
        (void)snprintf(path, sizeof path, "/models/part %d", (int)i);
        library_folder(index, i, path);
        vt_item_brief item = library_item(i, i, "a");
        item.mtime_ns = 1000 * VT_NS_PER_S;
        library_put(index, item);
    }
    const vt_snapshot *snapshot = library_publish(index);
    const vt_view *view = build(snapshot, (vt_view_request){.key = VT_SORT_NAME, .group = VT_GROUP_MONTH});
    assert_int_equal(vt_view_group_count(view), 1);
    assert_int_equal(vt_view_group(view, 0).count, ROWS);
    vt_view_release(view);
    view =
        build(snapshot, (vt_view_request){.key = VT_SORT_NAME, .group = VT_GROUP_FOLDER, .descending = true});
    assert_int_equal(vt_view_group_count(view), ROWS);
    for (uint32_t g = 0; g < ROWS; g += 997) {
        vt_group_span group = vt_view_group(view, g);
        assert_int_equal(group.first, g);
        assert_int_equal(group.value, g); /* "part 2" before "part 10" */
        assert_int_equal(vt_view_group_of(view, g), g);
        assert_int_equal(vt_view_find_group(view, group.value), g);
    }
    vt_view_release(view);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void grouping_is_cancelled(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/p");
    library_put(index, library_item(1, 1, "a"));
    const vt_snapshot *snapshot = library_publish(index);
    const atomic_bool cancelled = true;
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_view_build(snapshot, &(vt_view_request){.group = VT_GROUP_FOLDER}, &cancelled, &error));
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void groupings_have_names(void **state)
{
    (void)state;
    for (int by = 0; by < VT_GROUP_BY_COUNT; by++) {
        vt_group_by found = VT_GROUP_BY_COUNT;
        assert_true(vt_group_by_from_name(vt_group_by_name((vt_group_by)by), &found));
        assert_int_equal(found, by);
    }
    vt_group_by by = VT_GROUP_DAY;
    assert_false(vt_group_by_from_name("weather", &by));
    assert_int_equal(by, VT_GROUP_DAY);
    assert_int_equal(vt_group_by_of_sort(VT_SORT_DATE), VT_GROUP_MONTH);
    assert_int_equal(vt_group_by_of_sort(VT_SORT_ID), VT_GROUP_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_and_rows_have_directions_of_their_own),
        cmocka_unit_test(folders_stand_in_their_natural_order),
        cmocka_unit_test(days_are_local_also_when_clocks_change),
        cmocka_unit_test(days_have_the_dates_of_the_calendar),
        cmocka_unit_test(days_at_the_ends_of_time_are_days),
        cmocka_unit_test(days_are_those_on_which_pictures_were_taken),
        cmocka_unit_test(labels_and_cameras_have_groups_the_rest_behind_them),
        cmocka_unit_test(names_sizes_and_kinds_have_groups),
        cmocka_unit_test(an_empty_view_has_no_groups),
        cmocka_unit_test(many_rows_and_many_groups_work),
        cmocka_unit_test(grouping_is_cancelled),
        cmocka_unit_test(groupings_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
