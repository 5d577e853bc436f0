/* What pictures carry in themselves is given to their items: below the user, below side-cars, and taken back
   with the pictures. */
#include "core/catalog/fixture.h"

#include "core/catalog/change.h"
#include "core/catalog/embedded.h"
#include "core/catalog/sidecars.h"
#include "core/catalog/writer_private.h"
#include "tests/core/catalog/edits.h"

static vt_catalog *catalog;
static vt_catalog_writer *writer;
static vt_catalog_reader *reader;
static vt_item item;

static int set_up(void **state)
{
    if (fixture_set_up(state) != 0) {
        return -1;
    }
    catalog = fixture_open(VT_CATALOG_READ_WRITE);
    writer = fixture_writer(catalog);
    reader = fixture_reader(catalog);
    item = fixture_item("/a/one.jpg", 1);
    vt_sidecars_mark_edits(writer, true);
    return 0;
}

static int tear_down(void **state)
{
    vt_catalog_reader_free(reader);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    return fixture_tear_down(state);
}

#define embedded_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

static int64_t number(const char *sql)
{
    return fixture_number(fixture_path, sql);
}

static vt_metadata saying(int rating, const char *label, const char *const *tags)
{
    vt_metadata m = {0};
    if (rating) {
        vt_metadata_set_number(&m, VT_METADATA_RATING, rating);
    }
    vt_metadata_set(&m, VT_METADATA_LABEL, label, strlen(label));
    for (size_t i = 0; tags && tags[i]; i++) {
        vt_metadata_add_tag(&m, "/", tags[i], strlen(tags[i]));
    }
    return m;
}

#define TAGS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* The file was read again, and says this now. Returns whether the index has to be told. */
static bool comes(const vt_metadata *said)
{
    vt_embedded_label changed = {0};
    item.mtime_ns++;
    vt_batch batch = {.items = &item, .item_count = 1, .metadata = &said, .embedded = &changed};
    fixture_commit(writer, batch);
    return changed.changed;
}

static vt_sidecar_state state_now(void)
{
    vt_error error = VT_ERROR_INIT;
    vt_sidecar_state state = {0};
    if (!vt_sidecars_state(reader, item.id, &state, &error)) {
        fail_msg("%s", error.message);
    }
    return state;
}

/* The item has exactly these; `tags` as one text, in the order of the alphabet. */
static void expect(int rating, int label, const char *tags)
{
    vt_sidecar_state state = state_now();
    assert_int_equal(state.ours.rating, rating);
    assert_int_equal(state.ours.label, label);
    size_t length = 0, count = 0;
    for (const char *at = tags; *at; at += length + (at[length] == ' ')) {
        char tag[256];
        length = strcspn(at, " ");
        snprintf(tag, sizeof tag, "%.*s", (int)length, at);
        if (!vt_sidecar_tags_has(&state.ours.tags, tag)) {
            fail_msg("the item has no tag %s", tag);
        }
        count++;
    }
    assert_int_equal(state.ours.tags.count, count);
    vt_sidecar_state_free(&state);
}

static vt_change *edit(vt_item_edit what)
{
    vt_error error = VT_ERROR_INIT;
    vt_change *change = vt_change_make(writer, &what, &item.id, 1, &error);
    if (!change) {
        fail_msg("%s", error.message);
    }
    return change;
}

static void rate(int rating)
{
    vt_change_free(edit((vt_item_edit){.kind = VT_EDIT_RATING, .number = rating}));
}

static void tag(const char *path, bool give)
{
    vt_change_free(edit((vt_item_edit){
        .kind = give ? VT_EDIT_ADD_TAGS : VT_EDIT_REMOVE_TAGS, .tags = &path, .tag_count = 1}));
}

/* ---- */

static void what_a_picture_carries_is_given(void **state)
{
    (void)state;
    vt_metadata said = saying(4, "RED", TAGS("Sea", "Places/Italy/Rome"));
    assert_true(comes(&said));
    assert_int_equal(item.rating, 4); /* what the index is told with the batch */
    expect(4, 1, "Sea Places/Italy/Rome");
    assert_int_equal(number("SELECT count(*) FROM tag"), 4);
    /* Nobody has edited anything: nothing is to be written, and nothing given by a user goes with the item.
     */
    assert_int_equal(number("SELECT count(*) FROM sidecar_due"), 0);
    assert_int_equal(number("SELECT count(*) FROM sidecar_conflict"), 0);
    assert_int_equal(number("SELECT count(*) FROM item WHERE " VT_ITEM_UNMARKED), 1);
    assert_false(comes(&said)); /* nothing new */
    expect(4, 1, "Sea Places/Italy/Rome");
    vt_metadata_set_number(&said, VT_METADATA_ISO, 100);
    assert_false(comes(&said));
}

static void what_changes_in_the_file_is_followed(void **state)
{
    (void)state;
    vt_metadata said = saying(4, "Red", TAGS("Sea", "Boats"));
    comes(&said);
    said = saying(2, "Blue", TAGS("Boats", "Night"));
    assert_true(comes(&said));
    expect(2, 4, "Boats Night");
    said = saying(0, "", NULL);
    assert_true(comes(&said));
    expect(0, 0, "");
    assert_int_equal(number("SELECT count(*) FROM embedded"), 0);
    assert_false(comes(&said));
    said = saying(5, "Green", TAGS("Sea"));
    assert_true(comes(&said));
    expect(5, 3, "Sea");
}

static void the_user_wins(void **state)
{
    (void)state;
    vt_metadata said = saying(4, "Red", TAGS("Sea", "Boats"));
    comes(&said);
    rate(2);
    tag("Sea", false);
    tag("Mine", true);
    assert_false(comes(&said)); /* the unchanged picture, read again */
    expect(2, 1, "Boats Mine");
    said = saying(5, "Red", TAGS("Sea", "Boats", "Night", "Mine"));
    assert_true(comes(&said)); /* the changed one: only what is new comes */
    expect(2, 1, "Boats Mine Night");
    said = saying(0, "Red", NULL);
    comes(&said); /* what it had given goes; what the user has given, though it said the same, stays */
    expect(2, 1, "Mine");
    assert_int_equal(number("SELECT count(*) FROM item WHERE " VT_ITEM_UNMARKED), 0);
}

static void what_the_user_took_away_stays_away(void **state)
{
    (void)state;
    vt_metadata said = saying(4, "Red", TAGS("Sea"));
    comes(&said);
    rate(0);
    vt_change_free(edit((vt_item_edit){.kind = VT_EDIT_LABEL, .number = 0}));
    tag("Sea", false);
    said = saying(5, "Blue", TAGS("Sea", "Sky"));
    comes(&said);
    expect(0, 0, "Sky");
    said = saying(1, "Green", TAGS("Sea", "Sky"));
    comes(&said);
    expect(0, 0, "Sky");
}

/* A tag that the user takes away and gives again is the user's. */
static void what_the_user_gives_again_is_the_users(void **state)
{
    (void)state;
    vt_metadata said = saying(0, "", TAGS("Sea"));
    comes(&said);
    tag("Sea", false);
    tag("Sea", true);
    said = saying(0, "", NULL);
    comes(&said);
    expect(0, 0, "Sea");
}

/* An edit that is undone leaves the item as it was, which follows its picture. */
static void undoing_brings_the_pictures_back(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_metadata said = saying(4, "", NULL);
    comes(&said);
    vt_change *change = edit((vt_item_edit){.kind = VT_EDIT_RATING, .number = 1});
    size_t skipped = 0;
    assert_true(vt_change_apply(writer, change, VT_CHANGE_BACK, &skipped, &error));
    vt_change_free(change);
    expect(4, 0, "");
    said = saying(3, "", NULL);
    comes(&said);
    expect(3, 0, "");
}

/* What no item can have is left in the picture. */
static void nonsense_is_left_out(void **state)
{
    (void)state;
    vt_metadata said = saying(-1, "Knallrot", NULL);
    assert_false(comes(&said));
    expect(0, 0, "");
    /* Behind the back of everything that checks: empty levels, a level of 300 bytes, too many levels. */
    char lines[1024];
    char name[301];
    memset(name, 'x', 300);
    name[300] = '\0';
    int length =
        snprintf(lines, sizeof lines, "//\na//b\n%s\n1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17\nGood", name);
    memcpy((char *)vt_metadata_get(&said, VT_METADATA_TAGS), lines, (size_t)length);
    assert_true(comes(&said));
    expect(0, 0, "Good");
    vt_metadata none = {0};
    assert_true(comes(&none));
    expect(0, 0, "");
}

/* Whatever is in a damaged table is read as what it could be. */
static void a_damaged_row_does_no_harm(void **state)
{
    (void)state;
    vt_metadata said = saying(4, "Red", TAGS("Sea"));
    comes(&said);
    fixture_sql(fixture_path, "UPDATE embedded SET rating = 99, label = -7, given = -1, tags = '\n\n/\nSea'");
    vt_sidecar_state now = state_now();
    assert_int_equal(now.own.rating, 0);
    vt_sidecar_state_free(&now);
    said = saying(3, "Blue", TAGS("Sky"));
    comes(&said);
    vt_sidecar_state after = state_now();
    assert_true(vt_sidecar_tags_has(&after.ours.tags, "Sky"));
    vt_sidecar_state_free(&after);
}

/* A batch that is not committed gives nothing, and the next has the same chance. */
static void a_batch_that_fails_leaves_nothing(void **state)
{
    (void)state;
    const vt_metadata said = saying(4, "Red", TAGS("Sea"));
    const vt_metadata *both[] = {&said, &said};
    vt_embedded_label changed[2];
    vt_item items[] = {item, fixture_item("no path", 2)};
    vt_error error = VT_ERROR_INIT;
    vt_batch batch = {.items = items, .item_count = 2, .metadata = both, .embedded = changed};
    assert_false(vt_catalog_writer_commit(writer, &batch, NULL, &error));
    assert_int_equal(number("SELECT count(*) FROM tag"), 0);
    assert_int_equal(number("SELECT count(*) FROM embedded"), 0);
    assert_true(comes(&said));
    expect(4, 1, "Sea");
}

/* Without any such fact nothing is written: a million items stay as small as they are. */
static void items_without_cost_nothing(void **state)
{
    (void)state;
    vt_metadata said = {0};
    vt_metadata_set_number(&said, VT_METADATA_ISO, 400);
    vt_metadata_set_number(&said, VT_METADATA_RATING, 0);
    assert_false(comes(&said));
    assert_int_equal(number("SELECT count(*) FROM embedded"), 0);
}

/* The upgrade makes those look changed that may have something to give, and no others. */
static void an_older_catalog_is_read_once_more(void **state)
{
    (void)state;
    vt_item items[] = {fixture_item("/a/two.jpg", 2), fixture_item("/a/three.jpg", 3)};
    vt_metadata words = {0}, bare = {0};
    vt_metadata_set(&words, VT_METADATA_KEYWORDS, "Sea", 3);
    vt_metadata_set_number(&bare, VT_METADATA_ISO, 400);
    const vt_metadata *said[] = {&words, &bare};
    fixture_commit(writer, (vt_batch){.items = items, .item_count = 2, .metadata = said});
    vt_catalog_reader_free(reader);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    fixture_sql(fixture_path,
                "DROP TABLE sidecar_said; DROP TABLE embedded; ALTER TABLE item_tag DROP COLUMN given; "
                "DELETE FROM migration WHERE version >= 13; PRAGMA user_version = 12");
    catalog = fixture_open(VT_CATALOG_READ_WRITE);
    writer = fixture_writer(catalog);
    reader = fixture_reader(catalog);
    assert_int_equal(number("SELECT count(*) FROM item WHERE ctime_ns = 0"), 1);
    assert_int_equal(number("SELECT count(*) FROM item WHERE ctime_ns = 0 AND name = x'74776f2e6a7067'"), 1);
    vt_metadata_add_tag(&words, "", "Sea", 3);
    item = items[0];
    assert_true(comes(&words));
    expect(0, 0, "Sea");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        embedded_test(what_a_picture_carries_is_given),
        embedded_test(what_changes_in_the_file_is_followed),
        embedded_test(the_user_wins),
        embedded_test(what_the_user_took_away_stays_away),
        embedded_test(what_the_user_gives_again_is_the_users),
        embedded_test(undoing_brings_the_pictures_back),
        embedded_test(nonsense_is_left_out),
        embedded_test(a_damaged_row_does_no_harm),
        embedded_test(a_batch_that_fails_leaves_nothing),
        embedded_test(items_without_cost_nothing),
        embedded_test(an_older_catalog_is_read_once_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
