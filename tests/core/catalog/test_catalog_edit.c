/* What the user gives to items, written and read back. */
#include "core/catalog/fixture.h"

#include "core/catalog/marks.h"
#include "core/catalog/marks_survey.h"
#include "tests/core/catalog/edits.h"

#include "core/base/str.h"

static vt_catalog *catalog;
static vt_catalog_writer *writer;
static vt_catalog_reader *reader;
static int64_t ids[100];

static int set_up(void **state)
{
    if (fixture_set_up(state) != 0) {
        return -1;
    }
    catalog = fixture_open(VT_CATALOG_READ_WRITE);
    writer = fixture_writer(catalog);
    reader = fixture_reader(catalog);
    fixture_fill(writer, 100);
    for (int i = 0; i < 100; i++) {
        ids[i] = i + 1;
    }
    return 0;
}

static int tear_down(void **state)
{
    vt_catalog_reader_free(reader);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    return fixture_tear_down(state);
}

#define edit_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* What visitors saw, in words: "1:5 2:5 ". */
static vt_str seen = VT_STR_INIT;

static bool see_tag(void *user, const vt_tag *tag)
{
    (void)user;
    vt_str_appendf(&seen, "%s=%d,%d ", tag->path, (int)tag->items, (int)tag->items_all);
    const char *slash = strrchr(tag->path, '/');
    assert_string_equal(slash ? slash + 1 : tag->path, tag->name);
    return true;
}

static bool see_item(void *user, int64_t item_id)
{
    (void)user;
    vt_str_appendf(&seen, "%d ", (int)item_id);
    return true;
}

static bool see_pair(void *user, int64_t item_id, int64_t number)
{
    (void)user;
    vt_str_appendf(&seen, "%d:%d ", (int)item_id, (int)number);
    return true;
}

static bool see_title(void *user, int64_t item_id, const char *title)
{
    (void)user;
    vt_str_appendf(&seen, "%d:%s ", (int)item_id, title);
    return true;
}

static bool see_album(void *user, const vt_album *album)
{
    (void)user;
    assert_true(album->created_ns > 0);
    vt_str_appendf(&seen, "%s=%d ", album->name, (int)album->items);
    return true;
}

#define expect_seen(call, expected)                                                                          \
    do {                                                                                                     \
        vt_str_clear(&seen);                                                                                 \
        assert_true(call);                                                                                   \
        assert_string_equal(seen.data, expected);                                                            \
    } while (0)

#define expect_tags(expected) expect_seen(vt_marks_each_tag(reader, see_tag, NULL, NULL), expected)
#define expect_tags_of(item, expected)                                                                       \
    expect_seen(vt_marks_each_tag_of(reader, item, see_tag, NULL, NULL), expected)
#define expect_albums(expected) expect_seen(vt_marks_each_album(reader, see_album, NULL, NULL), expected)
#define expect_album(id, expected)                                                                           \
    expect_seen(vt_marks_each_in_album(reader, id, see_item, NULL, NULL), expected)

/* A number that changes with whatever an edit can change. */
static int64_t content(void)
{
    return fixture_number(
        fixture_path,
        "SELECT (SELECT total(rating * 3 + coalesce(label, 0) + length(coalesce(title, ''))) FROM item) + "
        "(SELECT 1000 * count(*) + total(length(name) + 7 * coalesce(parent_id, 0)) FROM tag) + "
        "(SELECT 100 * count(*) FROM item_tag) + (SELECT total(length(text)) FROM note) + "
        "(SELECT total(position * 17 + length(name)) FROM album) + (SELECT total(position * item_id) FROM "
        "album_item)");
}

/* The call fails with `expected`, a message, and no change of the file. */
#define expect_refused(call, expected)                                                                       \
    do {                                                                                                     \
        vt_error error = VT_ERROR_INIT;                                                                      \
        int64_t before = content();                                                                          \
        assert_false(call);                                                                                  \
        assert_string_equal(vt_error_code_name(error.code), vt_error_code_name(expected));                   \
        assert_true(error.message[0] != '\0');                                                               \
        assert_int_equal(content(), before);                                                                 \
    } while (0)

static int64_t number(const char *sql)
{
    return fixture_number(fixture_path, sql);
}

static void add_tag(const int64_t *items, size_t count, const char *tag)
{
    vt_error error = VT_ERROR_INIT;
    if (!edits_add_tags(writer, items, count, &tag, 1, &error)) {
        fail_msg("%s", error.message);
    }
}

static void test_ratings_labels_and_titles_of_many_items(void **state)
{
    (void)state;
    assert_true(edits_set_rating(writer, ids, 100, 4, NULL));
    assert_true(edits_set_rating(writer, ids + 10, 10, 0, NULL));
    assert_int_equal(number("SELECT sum(rating) FROM item"), 90 * 4);
    assert_true(edits_set_label(writer, ids + 1, 3, 7, NULL));
    assert_true(edits_set_label(writer, ids + 2, 1, 0, NULL));
    expect_seen(vt_marks_each_label(reader, see_pair, NULL, NULL), "2:7 4:7 ");
    assert_true(edits_set_title(writer, ids + 4, 3, "Rom, Fr\xc3\xbchling", NULL));
    assert_true(edits_set_title(writer, ids + 5, 1, "", NULL));
    expect_seen(vt_marks_each_title(reader, see_title, NULL, NULL),
                "5:Rom, Fr\xc3\xbchling 7:Rom, Fr\xc3\xbchling ");
    /* an import overwrites none of it */
    fixture_fill(writer, 100);
    vt_item item = fixture_item("/photos/4.jpg", 999);
    fixture_commit(writer, (vt_batch){.items = &item, .item_count = 1});
    assert_int_equal(item.id, 5);
    assert_int_equal(item.rating, 4);
    expect_seen(vt_marks_each_label(reader, see_pair, NULL, NULL), "2:7 4:7 ");
    vt_item_marks marks;
    assert_true(vt_marks_item(reader, 5, &marks, NULL));
    assert_int_equal(marks.label, 0);
    assert_string_equal(marks.title, "Rom, Fr\xc3\xbchling");
    assert_string_equal(marks.note, "");
    vt_item_marks_free(&marks);
}

static void test_notes(void **state)
{
    (void)state;
    assert_true(edits_set_note(writer, ids, 2, "first line\nsecond\tline", NULL));
    assert_true(edits_set_note(writer, ids + 1, 2, "other", NULL));
    assert_true(edits_set_note(writer, ids + 2, 1, NULL, NULL));
    assert_int_equal(number("SELECT count(*) FROM note"), 2);
    vt_item_marks marks;
    assert_true(vt_marks_item(reader, 1, &marks, NULL));
    assert_string_equal(marks.note, "first line\nsecond\tline");
    vt_item_marks_free(&marks);
    assert_true(vt_marks_item(reader, 2, &marks, NULL));
    assert_string_equal(marks.note, "other");
    vt_item_marks_free(&marks);
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_marks_item(reader, 12345, &marks, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
}

static void test_values_that_cannot_be_are_refused(void **state)
{
    (void)state;
    char long_text[VT_NOTE_BYTES_MAX + 2];
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    expect_refused(edits_set_rating(writer, ids, 1, 6, &error), VT_ERROR_USAGE);
    expect_refused(edits_set_rating(writer, ids, 1, -1, &error), VT_ERROR_USAGE);
    expect_refused(edits_set_label(writer, ids, 1, VT_LABEL_MAX + 1, &error), VT_ERROR_USAGE);
    expect_refused(edits_set_title(writer, ids, 1, "two\nlines", &error), VT_ERROR_USAGE);
    expect_refused(edits_set_title(writer, ids, 1, "\xff", &error), VT_ERROR_USAGE);
    expect_refused(edits_set_title(writer, ids, 1, long_text, &error), VT_ERROR_USAGE);
    expect_refused(edits_set_note(writer, ids, 1, long_text, &error), VT_ERROR_USAGE);
    expect_refused(edits_set_note(writer, ids, 1, "\x1b[1m", &error), VT_ERROR_USAGE);
    static const char *const bad_tags[] = {
        "", "/a", "a/", "a//b", "a\tb", "\xc3", "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q"};
    for (size_t i = 0; i < sizeof bad_tags / sizeof *bad_tags; i++) {
        expect_refused(edits_add_tags(writer, ids, 1, &bad_tags[i], 1, &error), VT_ERROR_USAGE);
    }
    long_text[VT_TAG_BYTES_MAX + 1] = '\0';
    const char *long_tag = long_text;
    expect_refused(edits_add_tags(writer, ids, 1, &long_tag, 1, &error), VT_ERROR_USAGE);
    int64_t album = -1;
    expect_refused(edits_create_album(writer, "", &album, &error), VT_ERROR_USAGE);
    expect_refused(edits_create_album(writer, "a\rb", &album, &error), VT_ERROR_USAGE);
    /* the second of two tags is wrong: the first is not given either */
    const char *two[] = {"good", "/bad"};
    expect_refused(edits_add_tags(writer, ids, 5, two, 2, &error), VT_ERROR_USAGE);
    expect_tags("");
}

static void test_items_that_are_gone_are_passed_over(void **state)
{
    (void)state;
    const int64_t some[] = {3, 1000, 4};
    const int64_t none[] = {1000, 1001};
    int64_t album = 0;
    assert_true(edits_create_album(writer, "album", &album, NULL));
    assert_true(edits_set_rating(writer, some, 3, 5, NULL));
    assert_true(edits_set_note(writer, some, 3, "x", NULL));
    add_tag(some, 3, "tag");
    assert_true(edits_add_to_album(writer, album, some, 3, NULL));
    assert_int_equal(number("SELECT count(*) FROM item WHERE rating = 5"), 2);
    assert_int_equal(number("SELECT count(*) FROM note"), 2);
    expect_tags("tag=2,2 ");
    expect_album(album, "3 4 ");
    const char *tag = "tag";
    expect_refused(edits_set_rating(writer, none, 2, 1, &error), VT_ERROR_NOT_FOUND);
    expect_refused(edits_set_note(writer, none, 1, "y", &error), VT_ERROR_NOT_FOUND);
    expect_refused(edits_add_tags(writer, none, 2, &tag, 1, &error), VT_ERROR_NOT_FOUND);
    expect_refused(edits_remove_tags(writer, none, 2, &tag, 1, &error), VT_ERROR_NOT_FOUND);
    expect_refused(edits_add_to_album(writer, album, none, 2, &error), VT_ERROR_NOT_FOUND);
    assert_true(edits_set_rating(writer, NULL, 0, 1, NULL)); /* nothing to do is done */
}

static void test_tags_are_made_listed_and_taken(void **state)
{
    (void)state;
    const char *tags[] = {"place/italy/rome", "summer"};
    assert_true(edits_add_tags(writer, ids, 10, tags, 2, NULL));
    assert_true(edits_add_tags(writer, ids, 10, tags, 2, NULL)); /* an item has a tag once */
    add_tag(ids + 5, 10, "place/italy");
    add_tag(ids, 1, "place a"); /* sorts behind what lies below "place" */
    expect_tags("place=0,15 place/italy=10,15 place/italy/rome=10,10 place a=1,1 summer=10,10 ");
    expect_tags_of(6, "place/italy=0,0 place/italy/rome=0,0 summer=0,0 ");
    expect_tags_of(99, "");
    expect_seen(
        vt_marks_each_tagged(reader, number("SELECT id FROM tag WHERE name = 'place'"), see_item, NULL, NULL),
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 ");
    vt_str_clear(&seen);
    assert_true(vt_marks_each_pair(reader, see_pair, NULL, NULL));
    assert_non_null(strstr(seen.data, "15:2 "));

    const char *gone[] = {"place/italy", "no such tag"};
    assert_true(edits_remove_tags(writer, ids, 8, gone, 2, NULL)); /* rome goes with italy */
    expect_tags("place=0,7 place/italy=7,7 place/italy/rome=2,2 place a=1,1 summer=10,10 ");
    expect_tags_of(6, "summer=0,0 ");
}

static void test_tags_are_renamed_and_moved(void **state)
{
    (void)state;
    add_tag(ids, 3, "a/b/c");
    add_tag(ids + 3, 2, "a/d");
    assert_true(edits_rename_tag(writer, "a/b", "x/y/B", NULL));
    expect_tags("a=0,2 a/d=2,2 x=0,3 x/y=0,3 x/y/B=0,3 x/y/B/c=3,3 ");
    assert_true(edits_rename_tag(writer, "x", "X", NULL));
    assert_true(edits_rename_tag(writer, "X/y", "y", NULL));
    expect_tags("X=0,0 a=0,2 a/d=2,2 y=0,3 y/B=0,3 y/B/c=3,3 ");
    assert_true(edits_rename_tag(writer, "y", "y", NULL));
    expect_refused(edits_rename_tag(writer, "y", "y/B/c/y", &error), VT_ERROR_USAGE);
    expect_refused(edits_rename_tag(writer, "y", "", &error), VT_ERROR_USAGE);
    expect_refused(edits_rename_tag(writer, "nothing", "z", &error), VT_ERROR_NOT_FOUND);
    /* the deepest tag would lie too deep */
    expect_refused(edits_rename_tag(writer, "y", "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15", &error),
                   VT_ERROR_USAGE);
    expect_tags("X=0,0 a=0,2 a/d=2,2 y=0,3 y/B=0,3 y/B/c=3,3 ");
}

static void test_tags_are_merged(void **state)
{
    (void)state;
    add_tag(ids, 4, "rome");
    add_tag(ids + 2, 4, "rome/old");
    add_tag(ids + 8, 1, "rome/new");
    add_tag(ids + 3, 3, "italy/Rome");
    add_tag(ids + 4, 4, "italy/Rome/old");
    assert_true(edits_rename_tag(writer, "rome", "italy/Rome", NULL));
    expect_tags("italy=0,9 italy/Rome=6,9 italy/Rome/new=1,1 italy/Rome/old=6,6 ");
    /* into the tag above it, with one of its own name below */
    add_tag(ids, 1, "italy/Rome/Rome/old");
    assert_true(edits_rename_tag(writer, "italy/Rome", "italy", NULL));
    expect_tags("italy=6,9 italy/Rome=0,1 italy/Rome/old=1,1 italy/new=1,1 italy/old=6,6 ");
    expect_refused(edits_rename_tag(writer, "italy", "italy/Rome/old", &error), VT_ERROR_USAGE);
    expect_refused(edits_rename_tag(writer, "france", "italy", &error), VT_ERROR_NOT_FOUND);
    assert_int_equal(number("SELECT count(*) FROM tag WHERE instr(name, '/')"), 0);
}

static void test_a_deleted_tag_takes_those_below_along(void **state)
{
    (void)state;
    add_tag(ids, 5, "a/b/c");
    add_tag(ids, 5, "z");
    assert_true(edits_delete_tag(writer, "a/b", NULL));
    expect_tags("a=0,0 z=5,5 ");
    assert_int_equal(number("SELECT count(*) FROM item_tag"), 5);
    expect_refused(edits_delete_tag(writer, "a/b", &error), VT_ERROR_NOT_FOUND);
}

static void test_albums_keep_their_order(void **state)
{
    (void)state;
    int64_t first = 0;
    int64_t second = 0;
    int64_t third = 0;
    assert_true(edits_create_album(writer, "first", &first, NULL));
    assert_true(edits_create_album(writer, "second", &second, NULL));
    assert_true(edits_create_album(writer, "third", &third, NULL));
    const int64_t mixed[] = {9, 2, 7, 4, 9};
    expect_refused(edits_add_to_album(writer, first, mixed, 5, &error), VT_ERROR_USAGE); /* 9 twice */
    assert_true(edits_add_to_album(writer, first, mixed, 4, NULL));
    const int64_t more[] = {2, 1};
    assert_true(edits_add_to_album(writer, first, more, 2, NULL));
    expect_album(first, "9 2 7 4 1 ");
    expect_albums("first=5 second=0 third=0 ");

    const int64_t moved[] = {1, 50, 7};
    assert_true(edits_move_in_album(writer, first, moved, 3, 9, NULL)); /* 50 is not in it */
    expect_album(first, "1 7 9 2 4 ");
    assert_true(edits_move_in_album(writer, first, moved, 3, 0, NULL));
    expect_album(first, "9 2 4 1 7 ");
    assert_true(edits_move_in_album(writer, first, moved, 3, 77, NULL));
    assert_true(edits_move_in_album(writer, first, moved, 3, 1, NULL)); /* before one of themselves */
    expect_album(first, "9 2 4 1 7 ");
    assert_true(edits_remove_from_album(writer, first, mixed, 2, NULL));
    expect_album(first, "4 1 7 ");
    assert_true(edits_add_to_album(writer, first, mixed, 1, NULL));
    expect_album(first, "4 1 7 9 ");

    assert_true(edits_move_album(writer, third, first, NULL));
    expect_albums("third=0 first=4 second=0 ");
    assert_true(edits_move_album(writer, third, 0, NULL));
    assert_true(edits_rename_album(writer, second, "zwei", NULL));
    expect_albums("first=4 zwei=0 third=0 ");
    assert_true(edits_delete_album(writer, first, NULL));
    expect_albums("zwei=0 third=0 ");
    assert_int_equal(number("SELECT count(*) FROM album_item"), 0);

    const int64_t twice[] = {3, 3};
    expect_refused(edits_move_in_album(writer, second, twice, 2, 0, &error), VT_ERROR_USAGE);
    expect_refused(edits_add_to_album(writer, first, ids, 1, &error), VT_ERROR_NOT_FOUND);
    expect_refused(edits_remove_from_album(writer, first, ids, 1, &error), VT_ERROR_NOT_FOUND);
    expect_refused(edits_move_in_album(writer, first, ids, 1, 0, &error), VT_ERROR_NOT_FOUND);
    expect_refused(edits_rename_album(writer, first, "x", &error), VT_ERROR_NOT_FOUND);
    expect_refused(edits_delete_album(writer, first, &error), VT_ERROR_NOT_FOUND);
    expect_refused(edits_move_album(writer, first, 0, &error), VT_ERROR_NOT_FOUND);
}

static void test_an_item_that_is_removed_takes_everything_along(void **state)
{
    (void)state;
    int64_t album = 0;
    assert_true(edits_create_album(writer, "album", &album, NULL));
    assert_true(edits_add_to_album(writer, album, ids, 100, NULL));
    add_tag(ids, 100, "a/b");
    assert_true(edits_set_note(writer, ids, 100, "note", NULL));
    assert_true(vt_catalog_writer_remove(writer, ids, 98, NULL));
    assert_int_equal(number("SELECT count(*) FROM item"), 2);
    assert_int_equal(number("SELECT count(*) FROM note"), 2);
    expect_tags("a=0,2 a/b=2,2 ");
    expect_album(album, "99 100 ");
    assert_int_equal(number("SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

static bool stop_at_once(void *user, int64_t item_id)
{
    (void)item_id;
    ++*(int *)user;
    return false;
}

static void test_a_visitor_may_stop(void **state)
{
    (void)state;
    int64_t album = 0;
    int calls = 0;
    assert_true(edits_create_album(writer, "album", &album, NULL));
    assert_true(edits_add_to_album(writer, album, ids, 100, NULL));
    assert_true(vt_marks_each_in_album(reader, album, stop_at_once, &calls, NULL));
    assert_int_equal(calls, 1);
}

static void test_rings_of_tags_end(void **state)
{
    (void)state;
    add_tag(ids, 2, "a/b/c");
    fixture_sql(fixture_path,
                "UPDATE tag SET parent_id = (SELECT id FROM tag WHERE name = 'c') WHERE name = 'a'");
    expect_tags("");
    expect_tags_of(1, "");
    expect_seen(
        vt_marks_each_tagged(reader, number("SELECT id FROM tag WHERE name = 'b'"), see_item, NULL, NULL),
        "1 2 ");
    expect_refused(edits_delete_tag(writer, "a", &error), VT_ERROR_NOT_FOUND);
    add_tag(ids, 1, "a");
    expect_tags("a=1,1 ");
}

static vt_shared_marks survey(const int64_t *items, size_t first, size_t second)
{
    vt_shared_marks marks;
    vt_error error = VT_ERROR_INIT;
    vt_marks_survey *of = vt_marks_survey_begin(reader, &error);
    assert_non_null(of);
    assert_true(vt_marks_survey_add(of, items, first, &error));
    assert_true(vt_marks_survey_add(of, items + first, second, &error));
    assert_true(vt_marks_survey_end(of, &marks, &error));
    vt_marks_survey_free(of);
    return marks;
}

static void test_what_several_items_share(void **state)
{
    (void)state;
    const char *both[] = {"a/b", "c"};
    const char *one[] = {"a"};
    assert_true(edits_set_rating(writer, ids, 3, 4, NULL));
    assert_true(edits_set_label(writer, ids, 1, 2, NULL));
    assert_true(edits_set_title(writer, ids, 3, "same", NULL));
    assert_true(edits_set_note(writer, ids + 2, 1, "only here", NULL));
    assert_true(edits_add_tags(writer, ids, 3, both, 2, NULL));
    assert_true(edits_add_tags(writer, ids + 1, 1, one, 1, NULL));
    const int64_t items[] = {1, 2, 4711, 3};
    vt_shared_marks marks = survey(items, 1, 3);
    assert_int_equal(marks.items, 3);
    assert_int_equal(marks.bytes, 1000 + 1001 + 1002);
    assert_int_equal(marks.rating, 4);
    assert_int_equal(marks.label, VT_SHARED_DIFFERS);
    assert_false(marks.title_differs);
    assert_string_equal(marks.title, "same");
    assert_true(marks.note_differs);
    assert_string_equal(marks.note, "");
    assert_int_equal(marks.tag_count, 3);
    assert_string_equal(marks.tags[0].path, "a");
    assert_int_equal(marks.tags[0].items, 1);
    assert_string_equal(marks.tags[1].path, "a/b");
    assert_int_equal(marks.tags[1].items, 3);
    vt_shared_marks_free(&marks);

    const int64_t gone = 4711;
    marks = survey(&gone, 1, 0);
    assert_int_equal(marks.items, 0);
    assert_int_equal(marks.tag_count, 0);
    vt_shared_marks_free(&marks);
}

static void test_the_rarest_tags_are_left_out(void **state)
{
    (void)state;
    for (int i = 0; i < VT_SHARED_TAGS_MAX + 5; i++) {
        char name[16];
        snprintf(name, sizeof name, "tag %d", i);
        const char *tag = name;
        assert_true(edits_add_tags(writer, ids, i < 5 ? 1 : 2, &tag, 1, NULL));
    }
    vt_shared_marks marks = survey(ids, 2, 0);
    assert_int_equal(marks.tag_count, VT_SHARED_TAGS_MAX);
    assert_int_equal(marks.tags_left_out, 5);
    for (size_t i = 0; i < marks.tag_count; i++) {
        assert_int_equal(marks.tags[i].items, 2);
    }
    vt_shared_marks_free(&marks);
}

static bool see_path(void *user, const char *path)
{
    (void)user;
    vt_str_appendf(&seen, "%s ", path);
    return true;
}

#define expect_completed(typed, limit, expected)                                                             \
    expect_seen(vt_marks_complete_tag(reader, typed, limit, see_path, NULL, NULL), expected)

static void test_tags_are_completed(void **state)
{
    (void)state;
    const char *tags[] = {"place/italy/rome", "place/france", "Romance", "100%", "a_b", "aXb"};
    assert_true(edits_add_tags(writer, ids, 1, tags, 6, NULL));
    expect_completed("rom", 20, "place/italy/rome Romance ");
    expect_completed("ance", 20, "place/france Romance "); /* neither begins with it: the shorter first */
    expect_completed("place/", 20, "place/italy place/france ");
    expect_completed("italy/r", 20, "place/italy/rome ");
    expect_completed("PLACE/Italy/R", 20, "place/italy/rome ");
    expect_completed("france/r", 20, "");
    expect_completed("rom", 1, "place/italy/rome ");
    expect_completed("a_b", 20, "a_b "); /* no pattern */
    expect_completed("%", 20, "100% ");
    expect_completed("nothing", 20, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        edit_test(test_what_several_items_share),
        edit_test(test_the_rarest_tags_are_left_out),
        edit_test(test_tags_are_completed),
        edit_test(test_ratings_labels_and_titles_of_many_items),
        edit_test(test_notes),
        edit_test(test_values_that_cannot_be_are_refused),
        edit_test(test_items_that_are_gone_are_passed_over),
        edit_test(test_tags_are_made_listed_and_taken),
        edit_test(test_tags_are_renamed_and_moved),
        edit_test(test_tags_are_merged),
        edit_test(test_a_deleted_tag_takes_those_below_along),
        edit_test(test_albums_keep_their_order),
        edit_test(test_an_item_that_is_removed_takes_everything_along),
        edit_test(test_a_visitor_may_stop),
        edit_test(test_rings_of_tags_end),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    vt_str_free(&seen);
    return failed;
}
