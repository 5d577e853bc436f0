/* The filter on what stands beside the rows: tags, albums, labels, titles, cameras, dates taken. */
#include "core/index/albums.h"
#include "core/index/attributes.h"
#include "core/index/filter.h"
#include "core/index/tags.h"

#include "core/catalog/label.h"
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

static int64_t local_ns(int year, int month, int day)
{
    struct tm local = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day, .tm_isdst = -1};
    return (int64_t)mktime(&local) * NS_PER_S;
}

static void put_tag(vt_index *index, int64_t id, int64_t parent, const char *name)
{
    assert_true(vt_index_put_tag(index, id, parent, name, strlen(name), NULL));
}

static void put(vt_index *index, vt_item_attributes item)
{
    item.title_length = item.title ? (uint32_t)strlen(item.title) : 0;
    item.file_title_length = item.file_title ? (uint32_t)strlen(item.file_title) : 0;
    item.camera_length = item.camera ? (uint32_t)strlen(item.camera) : 0;
    assert_true(vt_index_put_attributes(index, &item, 1, NULL));
}

enum { PLACE = 1, ITALY, ROME, CAR, NONE, PAINTED, PAINTED_ROME };

/* Ids 1 to 6. */
static vt_index *make_library(void)
{
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/f");
    for (int64_t id = 1; id <= 6; id++) {
        vt_item_brief item = library_item(id, 1, "x.jpg");
        item.mtime_ns = local_ns(2020, 6, 15);
        library_put(index, item);
    }
    put_tag(index, PLACE, 0, "place");
    put_tag(index, ITALY, PLACE, "Italy");
    put_tag(index, ROME, ITALY, "Rome");
    put_tag(index, CAR, 0, "Car");
    put_tag(index, NONE, 0, "none");
    put_tag(index, PAINTED, 0, "painted");
    put_tag(index, PAINTED_ROME, PAINTED, "rome");
    assert_true(vt_index_set_tags(index, 1, (int64_t[]){ROME, CAR}, 2, NULL));
    assert_true(vt_index_set_tags(index, 2, (int64_t[]){PLACE}, 1, NULL));
    assert_true(vt_index_set_tags(index, 3, (int64_t[]){PAINTED_ROME}, 1, NULL));
    assert_true(vt_index_set_tags(index, 4, (int64_t[]){NONE}, 1, NULL));
    put(index, (vt_item_attributes){.item_id = 1,
                                    .which = VT_ATTRIBUTES_OF_FILE,
                                    .taken_ns = clock_ns(2024, 5, 17),
                                    .file_title = "Sunset at sea",
                                    .camera = "FUJIFILM X100"});
    put(index, (vt_item_attributes){.item_id = 2,
                                    .which = VT_ATTRIBUTES_OF_FILE | VT_ATTRIBUTE_TITLE,
                                    .taken_ns = VT_TAKEN_UNKNOWN,
                                    .title = "caf\xC3\x89",
                                    .file_title = "hidden sunset",
                                    .camera = "Canon"});
    put(index, (vt_item_attributes){.item_id = 3, .which = VT_ATTRIBUTE_LABEL, .label = 1});
    put(index, (vt_item_attributes){.item_id = 4, .which = VT_ATTRIBUTE_LABEL, .label = 14});
    assert_true(vt_index_put_album(index, 1, 1, "My Trip", 7, NULL));
    assert_true(vt_index_put_album(index, 2, 2, "My Trip 2", 9, NULL));
    assert_true(vt_index_add_to_album(index, 1, (int64_t[]){5, 1}, 2, NULL));
    assert_true(vt_index_add_to_album(index, 2, (int64_t[]){6}, 1, NULL));
    return index;
}

static char *run(const vt_snapshot *snapshot, const char *text, char ids[64])
{
    vt_error error = VT_ERROR_INIT;
    size_t position = 0;
    vt_filter *filter = vt_filter_compile(text, strlen(text), &position, &error);
    if (!filter) {
        fail_msg("%s: at %zu: %s", text, position, error.message);
    }
    uint32_t *rows = NULL;
    uint32_t count = 0;
    assert_true(vt_filter_run(filter, snapshot, NULL, &rows, &count, &error));
    ids[0] = '\0';
    for (uint32_t i = 0; i < count; i++) {
        (void)snprintf(ids + strlen(ids), 64 - strlen(ids), "%u", rows[i] + 1);
    }
    free(rows);
    vt_filter_free(filter);
    return ids;
}

static void finds_what_stands_beside_the_rows(void **state)
{
    (void)state;
    static const struct {
        const char *text, *ids;
    } examples[] = {
        {"tag:car", "1"},
        {"tag:CAR", "1"},
        {"tag:ca", ""},
        {"tag:place", "12"},
        {"tag:italy", "1"},
        {"tag:rome", "13"},
        {"tag:italy/rome", "1"},
        {"tag:place/italy/rome", "1"},
        {"tag:painted/rome", "3"},
        {"tag:y/rome", ""},
        {"tag:/rome", ""},
        {"tag:/painted", "3"},
        {"tag:x/painted", ""},
        {"tag:\"\"", ""},
        {"tag:/", ""},
        {"tag:rome -tag:car", "3"},
        {"tag!=car", "23456"},
        {"-tag:car", "23456"},
        {"tag:none", "56"},
        {"tag!=none", "1234"},
        {"tag:\"none\"", "4"},
        {"tag:none tag:car", ""},
        {"album:\"my trip\"", "15"},
        {"album!=\"my trip\"", "2346"},
        {"album:none", "234"},
        {"album:trip", ""},
        {"title:sunset", "1"}, /* the user's title hides the file's */
        {"title:CAF\xC3\xA9", "2"},
        {"title!=sunset", "2"},
        {"title:none", "3456"},
        {"title!=none", "12"},
        {"camera:x100", "1"},
        {"camera:\"X100\"", "1"},
        {"camera!=x100", "2"},
        {"camera:none", "3456"},
        {"camera:\"\"", "12"},
        {"label:red", "3"},
        {"label:1", "3"},
        {"label:RED or label:14", "34"},
        {"label:1..14", "34"},
        {"label:none", "1256"},
        {"label!=red", "12456"},
        {"label:gray", ""},
        {"date:2024", "1"},
        {"date:2024-05-17", "1"},
        {"date:2024-05-16", ""},
        {"date:2020", "23456"},
        {"date!=2020", "1"},
        {"date<2024", "23456"},
        {"date>=2024-05-17", "1"},
        {"modified:2020", "123456"},
        {"modified>2020", ""},
        {"taken:2024", "1"},
        {"taken:..2025", "1"},
        {"taken<2024", ""},
        {"taken!=2023", "1"},
        {"taken:none", "23456"},
        {"taken!=none", "1"},
        /* words */
        {"sunset", "1"},
        {"hidden", ""},
        {"ital", "1"},
        {"pla", "12"},
        {"y/ro", "1"},
        {"italy/ro", "1"},
        {"d/rome", "3"},
        {"/place", "12"},
        {"place/italy/rome/x", ""},
        {"x.jpg rome", "13"},
        {"-rome", "2456"},
        {"name:rome", ""},
        {"path:rome", ""},
        {"caf\xC3\xA9", "2"},
        {"car or caf", "12"},
        {"trip", ""},
    };
    vt_index *index = make_library();
    const vt_snapshot *snapshot = library_publish(index);
    char ids[64];
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        if (strcmp(run(snapshot, examples[i].text, ids), examples[i].ids) != 0) {
            fail_msg("%s: %s, not %s", examples[i].text, ids, examples[i].ids);
        }
    }
    assert_true(vt_index_remove_tag(index, ROME, NULL));
    assert_true(vt_index_remove_album(index, 1, NULL));
    const vt_snapshot *after = library_publish(index);
    assert_string_equal(run(after, "tag:rome", ids), "3");
    assert_string_equal(run(after, "tag:place", ids), "2");
    assert_string_equal(run(after, "ital", ids), "");
    assert_string_equal(run(after, "album:none", ids), "12345");
    assert_string_equal(run(snapshot, "tag:rome", ids), "13");
    vt_snapshot_release(after);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void tells_what_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t position;
        const char *says;
    } faults[] = {
        {"label:rde", 6, "none, red, yellow, green"},
        {"label:16", 6, "up to 15"},
        {"tag>car", 0, "not a number"},
        {"title<a", 0, "not a number"},
        {"label>1", 0, "not a number"},
        {"taken:nothing", 6, "not a date"},
        {"taken>none", 6, "not a date"},
        {"modified:none", 9, "not a date"},
        {"camera: x", 7, "missing"},
    };
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        vt_error error = VT_ERROR_INIT;
        size_t position = 99;
        vt_filter *filter = vt_filter_compile(faults[i].text, strlen(faults[i].text), &position, &error);
        if (filter || position != faults[i].position || !strstr(error.message, faults[i].says)) {
            fail_msg("%s: at %zu: %s", faults[i].text, position, error.message);
        }
    }
}

static void labels_have_names(void **state)
{
    (void)state;
    for (int label = 0; label <= 15; label++) {
        const char *name = vt_label_name(label);
        assert_true(!name || vt_label_from_name(name, strlen(name)) == label);
    }
    assert_string_equal(vt_label_name(0), "none");
    assert_string_equal(vt_label_name(5), "purple");
    assert_null(vt_label_name(15));
    assert_null(vt_label_name(16));
    assert_null(vt_label_name(-1));
    assert_int_equal(vt_label_from_name("gray", 4), vt_label_from_name("grey", 4));
    assert_int_equal(vt_label_from_name("re", 2), -1);
}

/* A clock that is far from here: what a camera showed stays what it showed, a moment is told in local time.
 */
static void knows_clocks_from_moments(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/f");
    for (int64_t id = 1; id <= 2; id++) {
        vt_item_brief item = library_item(id, 1, "x");
        item.mtime_ns = local_ns(2024, 1, 1); /* the first moment of the day, here */
        library_put(index, item);
    }
    put(index,
        (vt_item_attributes){.item_id = 1, .which = VT_ATTRIBUTE_TAKEN, .taken_ns = clock_ns(2024, 1, 1)});
    const vt_snapshot *snapshot = library_publish(index);
    char ids[64];
    assert_string_equal(run(snapshot, "date:2024-01-01", ids), "12");
    assert_string_equal(run(snapshot, "date:2023", ids), "");
    assert_string_equal(run(snapshot, "taken:2024-01-01", ids), "1");
    assert_string_equal(run(snapshot, "modified:2024-01-01", ids), "12");
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

/* ---- against a plain evaluation ---- */

enum { ROWS = 9000, TAGS = 60, CAMERAS = 7, TITLES = 300, ALBUMS = 5 };

typedef struct plain_item {
    uint64_t tags, albums; /* a bit each */
    int camera, title, file_title, label;
    bool taken;
} plain_item;

typedef struct plain {
    vt_index *index;
    int parents[TAGS]; /* -1 at the top */
    plain_item items[ROWS];
    unsigned random;
} plain;

static unsigned draw(plain *of, unsigned below)
{
    of->random = of->random * 1103515245U + 12345U;
    return (of->random >> 16) % below;
}

static void fill(plain *of)
{
    char name[32], title[32], camera[32];
    of->index = vt_index_create();
    library_folder(of->index, 1, "/f");
    for (int i = 0; i < TAGS; i++) {
        of->parents[i] = i > 0 && draw(of, 3) ? (int)draw(of, (unsigned)i) : -1;
        (void)snprintf(name, sizeof name, "tag%dx", i);
        put_tag(of->index, i + 1, of->parents[i] + 1, name);
    }
    for (int i = 0; i < ALBUMS; i++) {
        (void)snprintf(name, sizeof name, "album%d", i);
        assert_true(vt_index_put_album(of->index, i + 1, i, name, strlen(name), NULL));
    }
    for (int row = 0; row < ROWS; row++) {
        plain_item *item = &of->items[row];
        int64_t id = row + 1;
        (void)snprintf(name, sizeof name, "n%d", row % 100);
        library_put(of->index, library_item(id, 1, name));
        if (row / 1000 % 2) {
            continue; /* whole chunks without, too */
        }
        int64_t tags[4];
        size_t count = draw(of, 4);
        for (size_t i = 0; i < count; i++) {
            tags[i] = draw(of, TAGS) + 1;
            item->tags |= UINT64_C(1) << (tags[i] - 1);
        }
        assert_true(vt_index_set_tags(of->index, id, tags, count, NULL));
        item->camera = (int)draw(of, CAMERAS);
        item->title = (int)draw(of, 3) ? 0 : (int)draw(of, TITLES);
        item->file_title = (int)draw(of, TITLES);
        item->label = (int)draw(of, 6);
        item->taken = draw(of, 2);
        (void)snprintf(title, sizeof title, "own%d.", item->title);
        (void)snprintf(name, sizeof name, "said%d.", item->file_title);
        (void)snprintf(camera, sizeof camera, "cam%d", item->camera);
        put(of->index,
            (vt_item_attributes){.item_id = id,
                                 .which = VT_ATTRIBUTES_OF_FILE | VT_ATTRIBUTE_LABEL | VT_ATTRIBUTE_TITLE,
                                 .label = (uint8_t)item->label,
                                 .taken_ns = item->taken ? clock_ns(2024, 1, 2) : VT_TAKEN_UNKNOWN,
                                 .title = item->title ? title : NULL,
                                 .file_title = item->file_title ? name : NULL,
                                 .camera = item->camera ? camera : NULL});
        int album = (int)draw(of, ALBUMS + 3);
        if (album < ALBUMS) {
            assert_true(vt_index_add_to_album(of->index, album + 1, &id, 1, NULL));
            item->albums |= UINT64_C(1) << album;
        }
    }
}

static bool has_below(const plain *of, const plain_item *item, int tag)
{
    for (int i = 0; i < TAGS; i++) {
        int up = item->tags >> i & 1 ? i : -1;
        while (up >= 0 && up != tag) {
            up = of->parents[up];
        }
        if (up >= 0) {
            return true;
        }
    }
    return false;
}

/* One condition, by its number and a value, as text and as a plain function. */
enum { CONDITIONS = 9 };

static void write_condition(char *text, size_t size, int which, unsigned value)
{
    static const char *const forms[CONDITIONS] = {"tag:tag%ux",     "label:%u",      "camera:cam%u",
                                                  "title:own%u.",   "title:said%u.", "album:album%u",
                                                  "taken:2024%.0u", "tag%ux",        "tag:none%.0u"};
    (void)snprintf(text, size, forms[which], value);
}

static bool meets(const plain *of, int row, int which, unsigned value)
{
    const plain_item *item = &of->items[row];
    char exact[32];
    switch (which) {
    case 0:
    case 7: /* the word: a tag that contains it, which only itself does, but "tag1x" and "tag11x" are apart */
        return has_below(of, item, (int)value);
    case 1:
        return item->label == (int)value;
    case 2:
        return item->camera != 0 && item->camera == (int)value;
    case 3:
        return item->title != 0 && item->title == (int)value;
    case 4:
        (void)snprintf(exact, sizeof exact, "%d", item->file_title);
        return item->title == 0 && item->file_title != 0 && item->file_title == (int)value;
    case 5:
        return item->albums >> value & 1;
    case 6:
        return item->taken;
    default:
        return item->tags == 0;
    }
}

static void agrees_with_a_plain_evaluation(void **state)
{
    (void)state;
    static plain of = {.random = 3};
    fill(&of);
    static const unsigned values[CONDITIONS] = {TAGS, 6, CAMERAS, TITLES, TITLES, ALBUMS, 1, TAGS, 1};
    const vt_snapshot *snapshot = library_publish(of.index);
    for (int round = 0; round < 300; round++) {
        int a = (int)draw(&of, CONDITIONS), b = (int)draw(&of, CONDITIONS);
        unsigned x = draw(&of, values[a]), y = draw(&of, values[b]);
        bool minus = draw(&of, 2), either = draw(&of, 2);
        char one[40], other[40], text[120];
        write_condition(one, sizeof one, a, x);
        write_condition(other, sizeof other, b, y);
        (void)snprintf(text, sizeof text, "%s %s%s%s", one, either ? "or " : "", minus ? "-" : "", other);
        vt_filter *filter = vt_filter_compile(text, strlen(text), NULL, NULL);
        uint32_t *rows = NULL;
        uint32_t count = 0;
        assert_true(vt_filter_run(filter, snapshot, NULL, &rows, &count, NULL));
        uint32_t at = 0;
        for (int row = 0; row < ROWS; row++) {
            bool first = meets(&of, row, a, x);
            bool second = meets(&of, row, b, y) != minus;
            bool found = at < count && rows[at] == (uint32_t)row;
            if (found != (either ? first || second : first && second)) {
                fail_msg("%s: row %d", text, row);
            }
            at += found;
        }
        assert_int_equal(at, count);
        free(rows);
        vt_filter_free(filter);
    }
    vt_snapshot_release(snapshot);
    vt_index_free(of.index);
}

int main(void)
{
    setenv("TZ", "Pacific/Kiritimati", 1); /* fourteen hours before UTC */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_stands_beside_the_rows),
        cmocka_unit_test(tells_what_is_wrong),
        cmocka_unit_test(labels_have_names),
        cmocka_unit_test(knows_clocks_from_moments),
        cmocka_unit_test(agrees_with_a_plain_evaluation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
