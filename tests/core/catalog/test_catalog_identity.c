/* Items that move to another path, what they are known by, and the roots with their volumes. */
#include "fixture.h"

#include "core/catalog/identity.h"
#include "core/catalog/roots.h"
#include "tests/core/catalog/edits.h"

static int64_t id_at(vt_catalog *catalog, const char *path, uint8_t *state)
{
    vt_catalog_reader *reader = fixture_reader(catalog);
    vt_item item = {0};
    bool found = vt_catalog_reader_item_at(reader, path, strlen(path), &item, NULL);
    vt_catalog_reader_free(reader);
    if (state) {
        *state = item.state;
    }
    return found ? item.id : 0;
}

/* Commits one item at `path` that comes from `origin`. */
static vt_commit commit_from(vt_catalog_writer *writer, const char *path, int64_t number, vt_origin *origin,
                             vt_outcome *outcome)
{
    vt_item item = fixture_item(path, number);
    return fixture_commit(
        writer, (vt_batch){.items = &item, .item_count = 1, .origins = origin, .outcomes = outcome});
}

static vt_origin from(int64_t id, const char *path)
{
    return (vt_origin){.id = id, .path = path, .path_length = (uint32_t)strlen(path)};
}

static void test_an_item_moves_with_all_it_has(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 3);
    int64_t id = id_at(catalog, "/photos/1.jpg", NULL);
    assert_true(edits_set_rating(writer, &id, 1, 5, NULL));
    vt_failure failure = fixture_failure("/photos/1.jpg", VT_ERROR_CORRUPT);
    fixture_commit(writer, (vt_batch){.failures = &failure, .failure_count = 1});

    vt_origin origin = from(id, "/photos/1.jpg");
    vt_outcome outcome;
    vt_commit done = commit_from(writer, "/other/folder/new.jpg", 1, &origin, &outcome);
    assert_int_equal(done.moved, 1);
    assert_int_equal(done.inserted + done.updated + done.unchanged, 0);
    assert_int_equal(outcome, VT_OUTCOME_MOVED);
    assert_int_equal(origin.replaced_id, 0);
    assert_int_equal(id_at(catalog, "/other/folder/new.jpg", NULL), id);
    assert_int_equal(id_at(catalog, "/photos/1.jpg", NULL), 0);
    assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM item"), 3);
    assert_int_equal(fixture_number(fixture_path, "SELECT sum(rating) FROM item"), 5);
    assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM failure"), 0);

    /* It is not there any more: what claims to come from there is new. */
    done = commit_from(writer, "/again.jpg", 1, &origin, &outcome);
    assert_int_equal(outcome, VT_OUTCOME_INSERTED);
    assert_int_equal(done.moved, 0);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static void test_who_stands_in_the_way_goes_only_if_nobody_cares(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 4);
    int64_t id = id_at(catalog, "/photos/1.jpg", NULL);
    int64_t bare = id_at(catalog, "/photos/2.jpg", NULL);
    int64_t noted = id_at(catalog, "/photos/3.jpg", NULL);
    assert_true(edits_set_note(writer, &noted, 1, "keep", NULL));

    vt_origin origin = from(id, "/photos/1.jpg");
    vt_outcome outcome;
    commit_from(writer, "/photos/3.jpg", 1, &origin, &outcome);
    assert_int_equal(outcome, VT_OUTCOME_UPDATED); /* of the item that is there */
    assert_int_equal(id_at(catalog, "/photos/3.jpg", NULL), noted);
    assert_int_equal(id_at(catalog, "/photos/1.jpg", NULL), id);

    commit_from(writer, "/photos/2.jpg", 1, &origin, &outcome);
    assert_int_equal(outcome, VT_OUTCOME_MOVED);
    assert_int_equal(origin.replaced_id, bare);
    assert_int_equal(id_at(catalog, "/photos/2.jpg", NULL), id);

    origin = from(id, "/photos/2.jpg"); /* to where it is */
    commit_from(writer, "/photos/2.jpg", 1, &origin, &outcome);
    assert_int_equal(outcome, VT_OUTCOME_UNCHANGED);
    assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM item"), 3);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static void test_what_has_moved_is_not_missing(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 4);
    const int64_t ids[] = {id_at(catalog, "/photos/0.jpg", NULL), id_at(catalog, "/photos/1.jpg", NULL),
                           id_at(catalog, "/photos/2.jpg", NULL), id_at(catalog, "/photos/3.jpg", NULL)};
    const char *const paths[] = {"/photos/0.jpg", "/elsewhere/1.jpg", NULL, "/photos/3.jpg"};
    const uint8_t states[] = {VT_ITEM_OFFLINE, VT_ITEM_MISSING, VT_ITEM_MISSING, VT_ITEM_MISSING};
    bool missed[4];
    const vt_batch batch = {.missing_ids = ids,
                            .missing_paths = paths,
                            .missing_states = states,
                            .missed = missed,
                            .missing_count = 4};
    vt_commit done = fixture_commit(writer, batch);
    assert_int_equal(done.missing, 3);
    assert_true(missed[0] && !missed[1] && missed[2] && missed[3]);
    uint8_t now;
    id_at(catalog, "/photos/0.jpg", &now);
    assert_int_equal(now, VT_ITEM_OFFLINE);
    id_at(catalog, "/photos/1.jpg", &now);
    assert_int_equal(now, VT_ITEM_OK);
    id_at(catalog, "/photos/3.jpg", &now);
    assert_int_equal(now, VT_ITEM_MISSING);

    /* A volume that goes away does not find what is missing. */
    const uint8_t offline[] = {VT_ITEM_OFFLINE};
    done = fixture_commit(writer,
                          (vt_batch){.missing_ids = &ids[3], .missing_states = offline, .missing_count = 1});
    assert_int_equal(done.missing, 0);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static void test_candidates_by_inode_and_by_content(void **state)
{
    (void)state;
    enum { ALIKE = VT_CANDIDATES_MAX + 1 };
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 3);
    vt_item alike[ALIKE];
    char paths[ALIKE][32];
    for (int i = 0; i < ALIKE; i++) {
        snprintf(paths[i], sizeof paths[i], "/alike/%d.jpg", i);
        alike[i] = fixture_item(paths[i], 77);
        alike[i].fingerprint = 0xfedcba9876543210u;
    }
    alike[0].fingerprint = 5;
    fixture_commit(writer, (vt_batch){.items = alike, .item_count = ALIKE});
    vt_item unread = fixture_item("/photos/unread.jpg", 9);
    unread.state = VT_ITEM_UNREAD;
    fixture_commit(writer, (vt_batch){.items = &unread, .item_count = 1});

    vt_catalog_reader *reader = fixture_reader(catalog);
    vt_identity *identity = vt_identity_create(reader, NULL);
    static vt_candidates found;
    vt_item wanted = fixture_item("", 1);
    assert_true(vt_identity_by_file(identity, wanted.ino, wanted.size, wanted.mtime_ns, &found, NULL));
    assert_int_equal(found.count, 1);
    assert_string_equal(found.items[0].path, "/photos/1.jpg");
    assert_string_equal(found.items[0].path + found.items[0].name_at, "1.jpg");
    assert_int_equal(found.items[0].media.width, wanted.media.width);
    assert_true(vt_identity_by_file(identity, wanted.ino, wanted.size, wanted.mtime_ns + 1, &found, NULL));
    assert_int_equal(found.count, 0);
    assert_true(vt_identity_by_file(identity, unread.ino, unread.size, unread.mtime_ns, &found, NULL));
    assert_int_equal(found.count, 0); /* in no index */
    assert_true(vt_identity_by_file(identity, alike[0].ino, alike[0].size, alike[0].mtime_ns, &found, NULL));
    assert_int_equal(found.count, VT_CANDIDATES_MAX);
    assert_true(found.more);

    assert_true(vt_identity_by_content(identity, alike[0].size, 5, &found, NULL));
    assert_int_equal(found.count, 1);
    assert_false(found.more);
    assert_string_equal(found.items[0].path, "/alike/0.jpg");
    assert_true(vt_identity_by_content(identity, alike[0].size + 1, 5, &found, NULL));
    assert_int_equal(found.count, 0);
    assert_true(vt_identity_by_content(identity, alike[1].size, alike[1].fingerprint, &found, NULL));
    assert_int_equal(found.count, VT_CANDIDATES_MAX);
    uint64_t fingerprint = 0;
    assert_true(vt_identity_fingerprint(identity, id_at(catalog, "/alike/3.jpg", NULL), &fingerprint, NULL));
    assert_true(fingerprint == 0xfedcba9876543210u);
    assert_true(vt_identity_fingerprint(identity, 1, &fingerprint, NULL));
    assert_true(fingerprint == 0);
    vt_identity_free(identity);
    vt_catalog_reader_free(reader);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

typedef struct roots {
    int count, offline, watched;
    char last[64];
} roots;

static bool take_root(void *user, const vt_root *root)
{
    roots *of = user;
    of->count++;
    of->offline += root->offline;
    of->watched += root->watch;
    snprintf(of->last, sizeof of->last, "%s|%s|%s", root->path, root->mount, root->volume);
    return true;
}

static roots read_roots(vt_catalog *catalog)
{
    roots of = {0};
    vt_catalog_reader *reader = fixture_reader(catalog);
    assert_true(vt_catalog_reader_each_root(reader, take_root, &of, NULL));
    vt_catalog_reader_free(reader);
    return of;
}

static void test_roots_are_kept(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    vt_root root = {.path = "/photos", .mount = "/", .volume = "uuid:1", .watch = true};
    assert_true(vt_roots_remember(writer, &root, NULL));
    root.volume = "uuid:2"; /* the disk was replaced */
    root.watch = false;     /* counts for a new one only */
    assert_true(vt_roots_remember(writer, &root, NULL));
    roots of = read_roots(catalog);
    assert_int_equal(of.count, 1);
    assert_int_equal(of.watched, 1);
    assert_string_equal(of.last, "/photos|/|uuid:2");
    assert_true(vt_roots_set(writer, "/photos", 0, 1, NULL));
    assert_int_equal(read_roots(catalog).watched, 0);
    assert_false(vt_roots_set(writer, "/other", 1, -1, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    assert_non_null(strstr(error.message, "/other"));
    assert_false(vt_roots_forget(writer, "/other", &error));
    assert_false(vt_roots_set_offline(writer, "/other", true, NULL, NULL, &error));
    root.path = "relative";
    assert_false(vt_roots_remember(writer, &root, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_true(vt_roots_forget(writer, "/photos", NULL));
    assert_int_equal(read_roots(catalog).count, 0);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static void count_changed(void *user, int64_t id, vt_item_state state)
{
    (void)id;
    ((int *)user)[state]++;
}

/* Each item is afterwards what it was: read, failed, not yet read, missing. */
static void test_a_volume_goes_and_comes_back(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 6);
    vt_item more[] = {fixture_item("/photos/sub/unread.jpg", 50), fixture_item("/photos2/other.jpg", 51)};
    more[0].state = VT_ITEM_UNREAD;
    more[0].media = (vt_media_info){.kind = VT_KIND_IMAGE, .format = VT_FORMAT_JPEG};
    fixture_commit(writer, (vt_batch){.items = more, .item_count = 2});
    vt_failure failure = fixture_failure("/photos/4.jpg", VT_ERROR_IO);
    const int64_t gone = id_at(catalog, "/photos/5.jpg", NULL);
    fixture_commit(
        writer,
        (vt_batch){.failures = &failure, .failure_count = 1, .missing_ids = &gone, .missing_count = 1});
    vt_root root = {.path = "/photos", .mount = "/", .volume = "uuid:1", .watch = true};
    assert_true(vt_roots_remember(writer, &root, NULL));

    int changed[VT_ITEM_STATE_COUNT] = {0};
    assert_true(vt_roots_set_offline(writer, "/photos", true, count_changed, changed, NULL));
    assert_int_equal(changed[VT_ITEM_OFFLINE], 6);
    assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM item WHERE state = 2"), 6);
    assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM item WHERE state = 1"), 1);
    assert_int_equal(read_roots(catalog).offline, 1);
    uint8_t now;
    id_at(catalog, "/photos2/other.jpg", &now);
    assert_int_equal(now, VT_ITEM_OK); /* a name that only begins alike */

    int back[VT_ITEM_STATE_COUNT] = {0};
    assert_true(vt_roots_set_offline(writer, "/photos", false, count_changed, back, NULL));
    assert_int_equal(back[VT_ITEM_OK], 4);
    assert_int_equal(back[VT_ITEM_FAILED], 1);
    assert_int_equal(back[VT_ITEM_UNREAD], 1);
    assert_int_equal(read_roots(catalog).offline, 0);
    assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM item WHERE state = 1"), 1);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static bool count_sample(void *user, const vt_item *item)
{
    assert_int_equal(strlen(item->path), item->path_length);
    ++*(int *)user;
    return true;
}

static void test_a_sample_comes_from_all_folders(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 40);
    vt_item more[] = {fixture_item("/photos/a/1.jpg", 50), fixture_item("/photos/b/1.jpg", 51),
                      fixture_item("/photos-2/1.jpg", 52)};
    fixture_commit(writer, (vt_batch){.items = more, .item_count = 3});
    vt_catalog_reader *reader = fixture_reader(catalog);
    int count = 0;
    assert_true(vt_roots_sample(reader, "/photos", 16, count_sample, &count, NULL));
    assert_int_equal(count, 3);
    count = 0;
    assert_true(vt_roots_sample(reader, "/", 2, count_sample, &count, NULL));
    assert_int_equal(count, 2);
    count = 0;
    assert_true(vt_roots_sample(reader, "/nowhere", 16, count_sample, &count, NULL));
    assert_int_equal(count, 0);
    vt_catalog_reader_free(reader);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(test_an_item_moves_with_all_it_has),
        fixture_test(test_who_stands_in_the_way_goes_only_if_nobody_cares),
        fixture_test(test_what_has_moved_is_not_missing),
        fixture_test(test_candidates_by_inode_and_by_content),
        fixture_test(test_roots_are_kept),
        fixture_test(test_a_volume_goes_and_comes_back),
        fixture_test(test_a_sample_comes_from_all_folders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
