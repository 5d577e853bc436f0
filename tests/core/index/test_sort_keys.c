/* Orders by several keys, and by what stands beside the rows. */
#include "core/index/albums.h"
#include "core/index/attributes.h"
#include "core/index/sort.h"
#include "core/index/tags.h"
#include "core/index/view.h"

#include "tests/core/index/library.h"
#include "tests/support/check.h"

#include <stdlib.h>

enum { ROWS = 6000 };

typedef struct library {
    vt_index *index;
    const vt_snapshot *snapshot;
    unsigned random;
} library;

static unsigned draw(library *of, unsigned limit)
{
    of->random = of->random * 1103515245U + 12345U;
    return (of->random >> 16) % limit;
}

/* Few values of each, so that many rows are equal in one key, and some in several. */
static void fill(library *of)
{
    static const char *const titles[] = {"sea 10", "Sea 2", "sea 02", "garden", ""};
    static const char *const cameras[] = {"X100", "x20", "Canon", ""};
    static const char *const names[] = {"b", "a", "A", "img10", "img2", "img02"};
    of->index = vt_index_create();
    library_folder(of->index, 1, "/b");
    library_folder(of->index, 2, "/a");
    for (int64_t id = 1; id <= 5; id++) {
        assert_true(vt_index_put_tag(of->index, id, 0, "t", 1, NULL));
    }
    assert_true(vt_index_put_album(of->index, 1, 1, "album", 5, NULL));
    for (int64_t id = 1; id <= ROWS; id++) {
        vt_item_brief item = library_item(id, 1 + draw(of, 2), names[draw(of, 6)]);
        item.size = draw(of, 4);
        item.rating = (uint8_t)draw(of, 3);
        item.mtime_ns = draw(of, 3) * INT64_C(1000000000);
        library_put(of->index, item);
        if (id > 4200 && id < 4300) {
            continue;
        }
        const char *title = titles[draw(of, 5)];
        const char *camera = cameras[draw(of, 4)];
        const vt_item_attributes said = {
            .item_id = id,
            .which = VT_ATTRIBUTES_OF_FILE | VT_ATTRIBUTE_LABEL | VT_ATTRIBUTE_TITLE,
            .label = (uint8_t)draw(of, 3),
            .taken_ns = draw(of, 2) ? draw(of, 5) * INT64_C(500000000) : VT_TAKEN_UNKNOWN,
            .file_title = title,
            .file_title_length = (uint32_t)strlen(title),
            .title = "own",
            .title_length = draw(of, 4) ? 0 : 3,
            .camera = camera,
            .camera_length = (uint32_t)strlen(camera)};
        assert_true(vt_index_put_attributes(of->index, &said, 1, NULL));
        assert_true(vt_index_set_tags(of->index, id, (int64_t[]){1, 2, 3}, draw(of, 4), NULL));
    }
    for (int i = 0; i < 700; i++) {
        int64_t id = draw(of, ROWS) + 1;
        assert_true(vt_index_add_to_album(of->index, 1, &id, 1, NULL));
    }
    assert_true(vt_index_remove_tag(of->index, 2, NULL));
    of->snapshot = library_publish(of->index);
}

/* By row: the place in the album, or that behind all. */
static int64_t places[ROWS];

static void note_places(const vt_snapshot *snapshot)
{
    vt_index_album album;
    vt_snapshot_album(snapshot, 0, &album);
    for (uint32_t row = 0; row < ROWS; row++) {
        places[row] = album.row_count;
    }
    for (uint32_t place = 0; place < album.row_count; place++) {
        places[album.rows[place]] = place;
    }
}

static int set_up(void **state)
{
    static library of;
    of = (library){.random = 11};
    fill(&of);
    note_places(of.snapshot);
    *state = &of;
    return 0;
}

static int tear_down(void **state)
{
    library *of = *state;
    vt_snapshot_release(of->snapshot);
    vt_index_free(of->index);
    return 0;
}

static int compare_texts(const char *a, const char *b)
{
    if (!*a || !*b) {
        return (*a == '\0') - (*b == '\0'); /* none last */
    }
    return vt_natural_compare(a, strlen(a), b, strlen(b));
}

static int64_t tags_of(const vt_snapshot *snapshot, uint32_t row)
{
    uint32_t count = 0;
    int64_t left = 0;
    const uint32_t *tags = vt_snapshot_tags_of(snapshot, row, &count);
    for (uint32_t i = 0; i < count; i++) {
        vt_index_tag tag;
        vt_snapshot_tag(snapshot, tags[i], &tag);
        left += !tag.removed;
    }
    return left;
}

/* Below, at or above 0 by one key, ascending. */
static int compare(const vt_snapshot *snapshot, vt_sort_key key, uint32_t a, uint32_t b)
{
    vt_item_brief left, right;
    vt_snapshot_item(snapshot, a, &left);
    vt_snapshot_item(snapshot, b, &right);
    int64_t x = 0, y = 0;
    switch (key) {
    case VT_SORT_NAME:
        return vt_natural_compare(left.name, left.name_length, right.name, right.name_length);
    case VT_SORT_PATH:
        return left.folder_id != right.folder_id
                   ? (left.folder_id < right.folder_id) - (left.folder_id > right.folder_id) /* /b, /a */
                   : vt_natural_compare(left.name, left.name_length, right.name, right.name_length);
    case VT_SORT_TITLE:
        return compare_texts(left.title, right.title);
    case VT_SORT_CAMERA:
        return compare_texts(left.camera, right.camera);
    case VT_SORT_ID:
        x = left.id, y = right.id;
        break;
    case VT_SORT_SIZE:
        x = left.size, y = right.size;
        break;
    case VT_SORT_RATING:
        x = left.rating, y = right.rating;
        break;
    case VT_SORT_MODIFIED:
        x = left.mtime_ns, y = right.mtime_ns;
        break;
    case VT_SORT_DATE:
        x = vt_snapshot_date(snapshot, a), y = vt_snapshot_date(snapshot, b);
        break;
    case VT_SORT_LABEL:
        x = left.label, y = right.label;
        break;
    case VT_SORT_TAGS:
        x = tags_of(snapshot, a), y = tags_of(snapshot, b);
        break;
    default:
        x = places[a], y = places[b];
        break;
    }
    return (x > y) - (x < y);
}

static const vt_sort_key keys[] = {VT_SORT_NAME,  VT_SORT_PATH,   VT_SORT_TITLE, VT_SORT_CAMERA,
                                   VT_SORT_SIZE,  VT_SORT_RATING, VT_SORT_DATE,  VT_SORT_MODIFIED,
                                   VT_SORT_LABEL, VT_SORT_TAGS,   VT_SORT_ALBUM, VT_SORT_ID};
enum { KEYS = sizeof keys / sizeof keys[0] };

static void check_order(const vt_snapshot *snapshot, const uint32_t *rows, uint32_t count,
                        const vt_sort *sorts, unsigned sort_count, bool ids_ascend)
{
    for (uint32_t i = 1; i < count; i++) {
        int order = 0;
        unsigned by = 0;
        for (; !order && by < sort_count; by++) {
            order = compare(snapshot, sorts[by].key, rows[i - 1], rows[i]);
            order = sorts[by].descending ? -order : order;
        }
        order = order || ids_ascend != (rows[i - 1] > rows[i]) ? order : 1;
        if (order > 0) {
            fail_msg("%s, key %u: row %u before %u", vt_sort_key_name(sorts[0].key), by, rows[i - 1],
                     rows[i]);
        }
    }
}

static void sorts_by_one_key(void **state)
{
    const library *of = *state;
    static uint32_t rows[ROWS];
    for (int k = 0; k < KEYS; k++) {
        for (int descending = 0; descending < 2; descending++) {
            const vt_sort sort = {keys[k], descending};
            for (uint32_t i = 0; i < ROWS; i++) {
                rows[i] = i;
            }
            assert_true(vt_sort_rows_by(of->snapshot, &sort, 1, 0, rows, ROWS, NULL, NULL));
            check_order(of->snapshot, rows, ROWS, &sort, 1, true);
        }
    }
}

static void sorts_by_several_keys(void **state)
{
    library *of = *state;
    static uint32_t rows[ROWS];
    for (int round = 0; round < 60; round++) {
        vt_sort sorts[VT_SORT_KEYS_MAX];
        unsigned count = 2 + draw(of, VT_SORT_KEYS_MAX - 1);
        for (unsigned i = 0; i < count; i++) {
            sorts[i] = (vt_sort){keys[draw(of, KEYS)], draw(of, 2)};
        }
        for (uint32_t i = 0; i < ROWS; i++) {
            rows[i] = i;
        }
        assert_true(vt_sort_rows_by(of->snapshot, sorts, count, 0, rows, ROWS, NULL, NULL));
        check_order(of->snapshot, rows, ROWS, sorts, count, true);
    }
}

static void views_turn_all_keys_round(void **state)
{
    const library *of = *state;
    static uint32_t rows[ROWS];
    vt_view_request request = {.key = VT_SORT_RATING,
                               .descending = true,
                               .then = {{VT_SORT_LABEL, false}, {VT_SORT_NAME, true}},
                               .then_count = 2};
    const vt_sort expected[] = {{VT_SORT_RATING, true}, {VT_SORT_LABEL, false}, {VT_SORT_NAME, true}};
    const vt_view *view = vt_view_build(of->snapshot, &request, NULL, NULL);
    vt_sort sorts[VT_SORT_KEYS_MAX];
    assert_int_equal(vt_view_sorts(view, sorts), 3);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(sorts[i].key, expected[i].key);
        assert_int_equal(sorts[i].descending, expected[i].descending);
    }
    for (uint32_t i = 0; i < ROWS; i++) {
        rows[i] = vt_view_row(view, i);
    }
    check_order(of->snapshot, rows, ROWS, expected, 3, false);
    const vt_view *reversed = vt_view_reversed(view);
    assert_int_equal(vt_view_sorts(reversed, sorts), 3);
    assert_true(!sorts[0].descending && sorts[1].descending && !sorts[2].descending);
    assert_int_equal(vt_view_row(reversed, 0), rows[ROWS - 1]);
    vt_view_release(reversed);
    vt_view_release(view);
}

static void views_show_an_album_in_its_order(void **state)
{
    const library *of = *state;
    vt_index_album album;
    vt_snapshot_album(of->snapshot, 0, &album);
    vt_view_request request = {.album_id = 1, .key = VT_SORT_ALBUM, .positions = true};
    const vt_view *view = vt_view_build(of->snapshot, &request, NULL, NULL);
    assert_int_equal(vt_view_count(view), album.row_count);
    for (uint32_t i = 0; i < album.row_count; i++) {
        assert_int_equal(vt_view_row(view, i), album.rows[i]);
        assert_int_equal(vt_view_position(view, album.rows[i]), i);
    }
    vt_view_release(view);
    request.album_id = 77;
    view = vt_view_build(of->snapshot, &request, NULL, NULL);
    assert_int_equal(vt_view_count(view), 0);
    vt_view_release(view);
    request.album_id = 0; /* then the key says nothing */
    view = vt_view_build(of->snapshot, &request, NULL, NULL);
    assert_int_equal(vt_view_row(view, 5), 5);
    vt_view_release(view);
}

static void can_be_cancelled(void **state)
{
    const library *of = *state;
    static uint32_t rows[ROWS];
    const atomic_bool cancelled = true;
    const vt_sort_key slow[] = {VT_SORT_TITLE, VT_SORT_TAGS, VT_SORT_ALBUM, VT_SORT_DATE};
    for (int k = 0; k < 4; k++) {
        for (uint32_t i = 0; i < ROWS; i++) {
            rows[i] = i;
        }
        vt_error error = VT_ERROR_INIT;
        const vt_sort sort = {.key = slow[k]};
        assert_false(vt_sort_rows_by(of->snapshot, &sort, 1, 0, rows, ROWS, &cancelled, &error));
        assert_int_equal(error.code, VT_ERROR_CANCELLED);
    }
}

int main(void)
{
    setenv("TZ", "Europe/Berlin", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(sorts_by_one_key, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sorts_by_several_keys, set_up, tear_down),
        cmocka_unit_test_setup_teardown(views_turn_all_keys_round, set_up, tear_down),
        cmocka_unit_test_setup_teardown(views_show_an_album_in_its_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(can_be_cancelled, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
