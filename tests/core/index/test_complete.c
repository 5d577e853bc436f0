#include "tests/support/failing_memory.h"

#include "core/index/albums.h"
#include "core/index/attributes.h"
#include "core/index/complete.h"
#include "core/index/filter.h"
#include "core/index/tags.h"

#include "tests/core/index/library.h"
#include "tests/support/check.h"

#include <stdlib.h>

static vt_index *make_library(void)
{
    static const struct {
        int64_t parent;
        const char *name;
    } tags[] = {{0, "place"},   {1, "Italy"}, {2, "Rome"},  {0, "car"},
                {0, "red car"}, {0, "none"},  {0, "carbon"}};
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/home/My Cars");
    library_folder(index, 2, "/home/b\xFF");
    library_folder(index, 3, "/home/boats");
    for (int64_t id = 1; id <= 7; id++) {
        assert_true(vt_index_put_tag(index, id, tags[id - 1].parent, tags[id - 1].name,
                                     strlen(tags[id - 1].name), NULL));
    }
    for (int64_t id = 1; id <= 7; id++) {
        library_put(index, library_item(id, id % 3 + 1, "x"));
        assert_true(vt_index_set_tags(index, id, (int64_t[]){id == 3 ? 7 : id}, 1, NULL));
    }
    assert_true(vt_index_put_album(index, 1, 1, "My \"best\" trip", 14, NULL));
    assert_true(vt_index_put_album(index, 2, 2, "bad one\\", 8, NULL));
    const vt_item_attributes item = {
        .item_id = 1, .which = VT_ATTRIBUTE_CAMERA, .camera = "FUJIFILM X100", .camera_length = 13};
    assert_true(vt_index_put_attributes(index, &item, 1, NULL));
    return index;
}

/* `text` has a '|' where the cursor is; `expected` are lines of "label > text with the cursor". */
static void expect(const vt_snapshot *snapshot, const vt_tally *tally, const char *text, const char *expected)
{
    const char *bar = strchr(text, '|');
    vt_str plain = VT_STR_INIT;
    vt_str_append(&plain, text, (size_t)(bar - text));
    vt_str_append_cstr(&plain, bar + 1);
    vt_completions completions;
    vt_error error = VT_ERROR_INIT;
    assert_true(
        vt_complete(snapshot, tally, plain.data, plain.length, (size_t)(bar - text), &completions, &error));
    vt_str found = VT_STR_INIT;
    for (unsigned i = 0; i < completions.count; i++) {
        const vt_completion *one = &completions.items[i];
        vt_str_appendf(&found, "%s > %.*s|%s\n", one->label, (int)one->cursor, one->text,
                       one->text + one->cursor);
        assert_true(completions.start <= completions.end && completions.end <= plain.length);
        size_t position = 0;
        vt_filter *filter = vt_filter_compile(one->text, strlen(one->text), &position, &error);
        /* What is put in is right; a key alone still waits for its value. */
        if (!filter && one->kind != VT_COMPLETION_KEY) {
            fail_msg("%s: at %zu: %s", one->text, position, error.message);
        }
        vt_filter_free(filter);
    }
    if (strcmp(found.data, expected) != 0) {
        fail_msg("%s gives\n%snot\n%s", text, found.data, expected);
    }
    vt_str_free(&found);
    vt_str_free(&plain);
    vt_completions_clear(&completions);
}

static void offers_keys_and_fixed_values(void **state)
{
    (void)state;
    vt_index *index = make_library();
    const vt_snapshot *snapshot = library_publish(index);
    expect(snapshot, NULL, "ki|", "kind: > kind:|\n");
    expect(snapshot, NULL, "red -(KI|) x", "kind: > red -(kind:|) x\n");
    expect(snapshot, NULL, "ki|nd:model a", "kind: > kind:|model a\n");
    expect(snapshot, NULL, "t|",
           "triangles: > triangles:|\ntaken: > taken:|\ntag: > tag:|\ntitle: > title:|\n");
    expect(snapshot, NULL, "kind:mo|", "model > kind:model|\n");
    expect(snapshot, NULL, "a kind!=m|ess b", "model > a kind!=model| b\n");
    expect(snapshot, NULL, "label:g|", "green > label:green|\ngrey > label:grey|\n");
    expect(snapshot, NULL, "missing:|", "yes > missing:yes|\nno > missing:no|\n");
    expect(snapshot, NULL, "|", "");
    expect(snapshot, NULL, "zzz|", "");
    expect(snapshot, NULL, "width>4|", "");
    expect(snapshot, NULL, "nokey:a|", "");
    expect(snapshot, NULL, "\"ki|", "kind: > kind:|\n");
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void offers_what_is_in_the_library(void **state)
{
    (void)state;
    vt_index *index = make_library();
    const vt_snapshot *snapshot = library_publish(index);
    const vt_tally *tally = vt_tally_create(snapshot, NULL, NULL, NULL);
    expect(snapshot, NULL, "tag:car|",
           "car > tag:/car|\ncarbon > tag:/carbon|\nred car > tag:\"/red car\"|\n");
    expect(snapshot, tally, "-tag:ca| x",
           "carbon > -tag:/carbon| x\ncar > -tag:/car| x\nred car > -tag:\"/red car\"| x\n");
    expect(snapshot, NULL, "tag:ROM|", "place/Italy/Rome > tag:/place/Italy/Rome|\n");
    expect(snapshot, NULL, "tag:italy/r|", "place/Italy/Rome > tag:/place/Italy/Rome|\n");
    expect(snapshot, NULL, "tag:/place/i|",
           "place/Italy > tag:/place/Italy|\nplace/Italy/Rome > tag:/place/Italy/Rome|\n");
    expect(snapshot, NULL, "tag:no|", "none > tag:/none|\nnone > tag:none|\n");
    expect(snapshot, NULL, "tag:\"red c| \" b", "red car > tag:\"/red car\"| b\n");
    expect(snapshot, NULL, "album:tr|", "My \"best\" trip > album:\"My \\\"best\\\" trip\"|\n");
    expect(snapshot, NULL, "album:b|", "My \"best\" trip > album:\"My \\\"best\\\" trip\"|\n");
    expect(snapshot, NULL, "camera:x1|", "FUJIFILM X100 > camera:\"FUJIFILM X100\"|\n");
    expect(snapshot, NULL, "a -ca|",
           "camera: > a -camera:|\ncar > a -tag:/car|\ncarbon > a -tag:/carbon|\n"
           "red car > a -tag:\"/red car\"|\n");
    expect(snapshot, NULL, "ca|r", "camera: > camera:|\n");
    expect(snapshot, NULL, "x1|", "FUJIFILM X100 > camera:\"FUJIFILM X100\"|\n");
    expect(snapshot, NULL, "\"be|", "My \"best\" trip > album:\"My \\\"best\\\" trip\"|\n");
    expect(snapshot, NULL, "folder:c|", "/home/My Cars > folder:\"/home/My Cars\"|\n");
    expect(snapshot, NULL, "folder:b|", "/home/boats > folder:/home/boats|\n");
    assert_true(vt_index_remove_tag(index, 1, NULL));
    const vt_snapshot *later = library_publish(index);
    expect(later, tally, "tag:rom|", "");
    expect(later, tally, "tag:pl|", "");
    vt_tally_release(tally);
    vt_snapshot_release(later);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void tells_how_many_there_are(void **state)
{
    (void)state;
    vt_index *index = make_library();
    const vt_snapshot *snapshot = library_publish(index);
    const vt_tally *tally = vt_tally_create(snapshot, NULL, NULL, NULL);
    vt_completions completions;
    assert_true(vt_complete(snapshot, tally, "tag:carb", 8, 8, &completions, NULL));
    assert_int_equal(completions.count, 1);
    assert_true(completions.items[0].counted);
    assert_int_equal(completions.items[0].items, 2);
    assert_int_equal(completions.start, 4);
    assert_int_equal(completions.end, 8);
    vt_completions_clear(&completions);
    assert_int_equal(completions.count, 0);
    assert_true(vt_complete(snapshot, NULL, "tag:carb", 8, 8, &completions, NULL));
    assert_false(completions.items[0].counted);
    vt_completions_clear(&completions);

    /* A tag that came after the count has none yet, which is not 0. */
    assert_true(vt_index_put_tag(index, 8, 0, "new", 3, NULL));
    assert_true(vt_index_put_tag(index, 9, 0, "nearly new", 10, NULL));
    const vt_snapshot *empty = library_publish(index);
    assert_true(vt_index_set_tags(index, 1, (int64_t[]){8, 9}, 2, NULL));
    const vt_snapshot *later = library_publish(index);
    assert_true(vt_complete(later, tally, "tag:new", 7, 7, &completions, NULL));
    assert_int_equal(completions.count, 2);
    assert_false(completions.items[0].counted);
    vt_completions_clear(&completions);
    const vt_tally *before = vt_tally_create(empty, NULL, NULL, NULL);
    assert_true(vt_complete(later, before, "tag:new", 7, 7, &completions, NULL)); /* known, but empty then */
    assert_false(completions.items[0].counted);
    vt_completions_clear(&completions);
    assert_true(vt_complete(empty, before, "tag:new", 7, 7, &completions, NULL));
    assert_true(completions.items[0].counted);
    assert_int_equal(completions.items[0].items, 0);
    vt_completions_clear(&completions);
    vt_tally_release(before);
    vt_snapshot_release(later);
    vt_snapshot_release(empty);
    assert_true(vt_complete(snapshot, NULL, "tag", 3, 9, &completions, NULL)); /* beyond the end */
    assert_int_equal(completions.count, 0);
    vt_tally_release(tally);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void offers_the_best_of_many(void **state)
{
    (void)state;
    enum { TAGS = 3000 };
    vt_index *index = vt_index_create();
    char name[32];
    for (int64_t id = 1; id <= TAGS; id++) {
        (void)snprintf(name, sizeof name, "%s%d", id % 2 ? "tag" : "my tag", (int)id);
        assert_true(vt_index_put_tag(index, id, 0, name, strlen(name), NULL));
    }
    const vt_snapshot *snapshot = library_publish(index);
    vt_completions completions;
    assert_true(vt_complete(snapshot, NULL, "tag:ta", 6, 6, &completions, NULL));
    assert_int_equal(completions.count, VT_COMPLETIONS_MAX);
    for (unsigned i = 0; i < completions.count; i++) {
        assert_int_equal(strncmp(completions.items[i].label, "tag", 3), 0);
        assert_true(i == 0 || strlen(completions.items[i].label) >= strlen(completions.items[i - 1].label));
    }
    vt_completions_clear(&completions);
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
    vt_index *index = make_library();
    const vt_snapshot *snapshot = library_publish(index);
    long in_use = memory_in_use();
    long failures = 0;
    for (bool done = false; !done; failures++) {
        vt_completions completions;
        vt_error error = VT_ERROR_INIT;
        memory_fails_after(failures);
        done = vt_complete(snapshot, NULL, "tag:c", 5, 5, &completions, &error);
        memory_recovers();
        assert_true(done || error.code == VT_ERROR_MEMORY);
        assert_int_equal(completions.count, done ? 3 : 0);
        vt_completions_clear(&completions);
        assert_int_equal(memory_in_use(), in_use);
    }
    assert_true(failures > 5);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offers_keys_and_fixed_values), cmocka_unit_test(offers_what_is_in_the_library),
        cmocka_unit_test(tells_how_many_there_are),     cmocka_unit_test(offers_the_best_of_many),
        cmocka_unit_test(survives_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
