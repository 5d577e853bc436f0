/* Ratings, labels and keywords that pictures carry in themselves, through the whole engine: real files, real
   helpers, the catalog and the index that the views show. */
#include "tests/support/check.h"

#include "core/index/filter.h"
#include "tests/core/import/sidecar_session.h"
#include "tests/support/carrying.h"
#include "tests/support/files.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SEA   "Landscapes/evening sea.jpg"
#define DUNES "Landscapes/dunes.webp"
#define TILES "Patterns/tiles.png"

static engine_session *begin(vt_sidecar_use use)
{
    engine_session *session = session_create();
    sidecar_session_open(session, use);
    return session;
}

static const char *path(engine_session *session, const char *name)
{
    return files_path(session->pictures, name);
}

/* How many items of the index the filter finds. */
static int found(engine_session *session, const char *text)
{
    vt_error error = VT_ERROR_INIT;
    vt_filter *filter = vt_filter_compile(text, strlen(text), NULL, &error);
    if (!filter) {
        fail_msg("%s", error.message);
    }
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
    uint32_t *rows = NULL, count = 0;
    assert_true(vt_filter_run(filter, snapshot, NULL, &rows, &count, &error));
    free(rows);
    vt_snapshot_release(snapshot);
    vt_filter_free(filter);
    return (int)count;
}

static void expect_tags(engine_session *session, const char *name, size_t count, const char *const *tags)
{
    vt_sidecar_state now = sidecar_state_of(session, name);
    for (size_t i = 0; i < count; i++) {
        if (!vt_sidecar_tags_has(&now.ours.tags, tags[i])) {
            fail_msg("%s has no tag %s", name, tags[i]);
        }
    }
    assert_int_equal(now.ours.tags.count, count);
    vt_sidecar_state_free(&now);
}

#define EXPECT_TAGS(session, name, ...)                                                                      \
    expect_tags(session, name, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *),                  \
                (const char *const[]){__VA_ARGS__})

static void every_format_is_found_by_what_it_carries(void **state)
{
    (void)state;
    engine_session *session = begin(VT_SIDECARS_ON_READ);
    carrying_jpeg(
        path(session, "a.jpg"), SEA,
        CARRYING_XMP("xmp:Rating='5' xmp:Label='Red'",
                     CARRYING_WORDS(CARRYING_ITEM("Rome") CARRYING_ITEM("beach")) CARRYING_LEVELS(
                         CARRYING_ITEM("Places|Italy|Rome")) "<dc:title>Evening by the sea</dc:title>"));
    carrying_png(path(session, "b.png"), TILES,
                 CARRYING_XMP("MicrosoftPhoto:Rating='75'", CARRYING_WORDS(CARRYING_ITEM("beach"))));
    carrying_webp(path(session, "c.webp"), DUNES,
                  CARRYING_XMP("xmp:Rating='-1' xmp:Label='Blue'",
                               "<digiKam:TagsList><rdf:Seq>" CARRYING_ITEM(
                                   "Places/Namib") "</rdf:Seq></digiKam:TagsList>"));
    carrying_iptc(path(session, "d.jpg"), SEA, (const char *const[]){"beach", "S\xfc\xdf", "a/b", NULL});
    vt_import_figures figures = sidecar_import(session);
    assert_int_equal(figures.imported, 4);
    assert_int_equal(figures.failed, 0);
    EXPECT_TAGS(session, "a.jpg", "Places/Italy/Rome", "beach");
    EXPECT_TAGS(session, "c.webp", "Places/Namib");
    EXPECT_TAGS(session, "d.jpg", "beach", "S\xc3\xbc\xc3\x9f",
                "a\xe2\x88\x95"
                "b");
    assert_int_equal(found(session, "rating>=4"), 2);
    assert_int_equal(found(session, "rating:4"), 1);
    assert_int_equal(found(session, "rating:0"), 2); /* what is rejected is not rated, as in side-cars */
    assert_int_equal(found(session, "label:red"), 1);
    assert_int_equal(found(session, "label:blue"), 1);
    assert_int_equal(found(session, "tag:beach"), 3);
    assert_int_equal(found(session, "tag:Places"), 2);
    assert_int_equal(found(session, "tag:Places/Italy"), 1);
    assert_int_equal(found(session, "title:evening"), 1);
    assert_int_equal(sidecar_due(session), 0);
    vt_sidecars_figures told = sidecar_figures_of(session);
    assert_int_equal(told.conflicts, 0);
    session_close(session); /* and after the next start */
    sidecar_session_open(session, VT_SIDECARS_ON_READ);
    while (!session->index_loaded) {
        vt_engine_deliver(session->engine, 0);
    }
    figures = sidecar_import(session);
    assert_int_equal(figures.imported + figures.updated, 0);
    session_free(session);
}

static void another_program_changes_them(void **state)
{
    (void)state;
    engine_session *session = begin(VT_SIDECARS_ON_READ);
    carrying_jpeg(path(session, "a.jpg"), SEA,
                  CARRYING_XMP("xmp:Rating='2'", CARRYING_WORDS(CARRYING_ITEM("old") CARRYING_ITEM("kept")
                                                                    CARRYING_ITEM("unwanted"))));
    sidecar_import(session);
    sidecar_tag(session, "a.jpg", "mine", true);
    sidecar_tag(session, "a.jpg", "unwanted", false);
    carrying_jpeg(
        path(session, "a.jpg"), SEA,
        CARRYING_XMP("xmp:Rating='3'", CARRYING_WORDS(CARRYING_ITEM("kept") CARRYING_ITEM("fresh")
                                                          CARRYING_ITEM("unwanted") CARRYING_ITEM("more"))));
    assert_int_equal(sidecar_import(session).updated, 1);
    EXPECT_TAGS(session, "a.jpg", "kept", "fresh", "more", "mine");
    assert_int_equal(found(session, "tag:old"), 0);
    assert_int_equal(found(session, "tag:fresh tag:mine rating:3"), 1);
    sidecar_rate(session, "a.jpg", 0);
    carrying_jpeg(path(session, "a.jpg"), SEA, CARRYING_XMP("xmp:Rating='5'", ""));
    assert_int_equal(sidecar_import(session).updated, 1);
    EXPECT_TAGS(session, "a.jpg", "mine");
    assert_int_equal(found(session, "rating:0"), 1);
    files_write_picture(path(session, "a.jpg"), 12, 9, 7); /* one that says nothing at all */
    assert_int_equal(sidecar_import(session).updated, 1);
    EXPECT_TAGS(session, "a.jpg", "mine");
    session_free(session);
}

/* The side-car is of the higher rank, and gets no more than the user gives. */
static void a_side_car_beside_it_wins(void **state)
{
    (void)state;
    engine_session *session = begin(VT_SIDECARS_ON_WRITE);
    carrying_jpeg(path(session, "a.jpg"), SEA,
                  CARRYING_XMP("xmp:Rating='5' xmp:Label='Red'", CARRYING_WORDS(CARRYING_ITEM("beach"))));
    sidecar_write_plain(session, "a.jpg.xmp", 2, "Beside it");
    vt_import_figures figures = sidecar_import(session);
    assert_int_equal(figures.sidecars, 1);
    assert_int_equal(figures.sidecar_conflicts, 0);
    sidecar_wait_settled(session);
    assert_int_equal(found(session, "rating:2 label:red tag:beach title:beside"), 1);
    assert_true(sidecar_holds(session, "a.jpg.xmp", "xmp:Rating=\"2\""));
    assert_false(sidecar_holds(session, "a.jpg.xmp", "beach")); /* nothing was written */
    /* The picture changes: what the side-car says stays. */
    carrying_jpeg(path(session, "a.jpg"), SEA,
                  CARRYING_XMP("xmp:Rating='4' xmp:Label='Blue'", CARRYING_WORDS(CARRYING_ITEM("boat"))));
    figures = sidecar_import(session);
    assert_int_equal(figures.updated, 1);
    assert_int_equal(figures.sidecar_conflicts, 0);
    assert_int_equal(found(session, "rating:2 label:blue tag:boat"), 1);
    assert_int_equal(found(session, "tag:beach"), 0);
    /* The side-car changes: still no conflict. */
    sidecar_write_plain(session, "a.jpg.xmp", 1, "Beside it, too");
    assert_int_equal(sidecar_import(session).sidecar_conflicts, 0);
    assert_int_equal(found(session, "rating:1 label:blue tag:boat"), 1);
    /* A rating of the user's is written, and brings along nothing. */
    sidecar_rate(session, "a.jpg", 3);
    sidecar_wait_settled(session);
    assert_true(sidecar_holds(session, "a.jpg.xmp", "xmp:Rating=\"3\""));
    assert_false(sidecar_holds(session, "a.jpg.xmp", "boat"));
    assert_false(sidecar_holds(session, "a.jpg.xmp", "Blue"));
    /* A tag of the user's: the list is whole then, for who reads it looks at no other. */
    sidecar_tag(session, "a.jpg", "mine", true);
    sidecar_wait_settled(session);
    assert_true(sidecar_holds(session, "a.jpg.xmp", "mine"));
    assert_true(sidecar_holds(session, "a.jpg.xmp", "boat"));
    assert_int_equal(sidecar_import(session).sidecar_conflicts, 0);
    assert_int_equal(found(session, "rating:3 label:blue tag:boat tag:mine"), 1);
    session_free(session);
}

/* A side-car that is made by a rating holds the rating alone, and its next reading takes nothing away. */
static void a_new_side_car_holds_what_the_user_gave(void **state)
{
    (void)state;
    engine_session *session = begin(VT_SIDECARS_ON_WRITE);
    carrying_jpeg(path(session, "a.jpg"), SEA,
                  CARRYING_XMP("xmp:Rating='5' xmp:Label='Red'", CARRYING_WORDS(CARRYING_ITEM("beach"))));
    sidecar_import(session);
    assert_int_equal(access(path(session, "a.jpg.xmp"), F_OK), -1);
    sidecar_rate(session, "a.jpg", 1);
    sidecar_wait_settled(session);
    assert_int_equal(access(path(session, "a.jpg.xmp"), F_OK), 0);
    assert_false(sidecar_holds(session, "a.jpg.xmp", "beach"));
    sidecar_write_plain(session, "a.jpg.xmp", 4, "By another");
    assert_int_equal(sidecar_import(session).sidecar_conflicts, 0);
    assert_int_equal(found(session, "rating:4 label:red tag:beach"), 1);
    session_free(session);
}

/* What is no keyword, and more of them than anybody gives. */
static void hostile_ones_cost_nothing(void **state)
{
    (void)state;
    engine_session *session = begin(VT_SIDECARS_ON_READ);
    static char xmp[60000];
    size_t length =
        (size_t)snprintf(xmp, sizeof xmp, "%s",
                         "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
                         "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description "
                         "xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:subject><rdf:Bag>");
    for (int i = 0; i < 2000; i++) {
        length += (size_t)snprintf(xmp + length, sizeof xmp - length, "<rdf:li>k%04d</rdf:li>", i);
    }
    snprintf(xmp + length, sizeof xmp - length,
             "</rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>");
    carrying_jpeg(path(session, "many.jpg"), SEA, xmp);
    carrying_iptc(path(session, "odd.jpg"), SEA,
                  (const char *const[]){"\x01\x02\x7f", "/", "//", "\xff\xfe", "e\x1b[31mvil", "", NULL});
    carrying_jpeg(path(session, "broken.jpg"), SEA, "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF>&a;");
    vt_import_figures figures = sidecar_import(session);
    assert_int_equal(figures.imported, 3);
    assert_int_equal(figures.failed, 0);
    vt_sidecar_state now = sidecar_state_of(session, "many.jpg");
    assert_int_equal(now.ours.tags.count,
                     4096 / 6); /* as many as there is room for: "k0000" and a line end */
    vt_sidecar_state_free(&now);
    EXPECT_TAGS(session, "odd.jpg", "\xe2\x88\x95", "\xe2\x88\x95\xe2\x88\x95", "\xc3\xbf\xc3\xbe",
                "e [31mvil");
    now = sidecar_state_of(session, "broken.jpg");
    assert_int_equal(now.ours.tags.count, 0);
    vt_sidecar_state_free(&now);
    session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format_is_found_by_what_it_carries),
        cmocka_unit_test(another_program_changes_them),
        cmocka_unit_test(a_side_car_beside_it_wins),
        cmocka_unit_test(a_new_side_car_holds_what_the_user_gave),
        cmocka_unit_test(hostile_ones_cost_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
