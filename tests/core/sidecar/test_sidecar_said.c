/* What helpers tell of side-cars: what an honest one says comes through whole, and no lie does. */
#include "tests/support/check.h"

#include "core/sidecar/sidecar_pack.h"
#include "core/sidecar/sidecar_parse.h"
#include "tests/core/sidecar/samples.h"

#include <stdlib.h>
#include <string.h>

static vt_sidecar_said parsed(const char *text)
{
    vt_sidecar_said said;
    vt_error error = VT_ERROR_INIT;
    if (!vt_sidecar_parse(text, strlen(text), &said, &error)) {
        fail_msg("%s", error.message);
    }
    return said;
}

static vt_str packed(const vt_sidecar_said *said)
{
    vt_str form = VT_STR_INIT;
    vt_sidecar_said_pack(said, &form);
    assert_false(form.failed);
    return form;
}

static void check_same(const vt_sidecar_said *a, const vt_sidecar_said *b)
{
    for (int i = 0; i < VT_SIDECAR_SINGLES; i++) {
        assert_int_equal(a->single[i] != NULL, b->single[i] != NULL);
        assert_string_equal(a->single[i] ? a->single[i] : "", b->single[i] ? b->single[i] : "");
    }
    assert_int_equal(a->paths.count, b->paths.count);
    assert_int_equal(a->words.count, b->words.count);
    assert_true(vt_sidecar_tags_same(&a->paths, &b->paths) && vt_sidecar_tags_same(&a->words, &b->words));
    assert_int_equal(a->kept, b->kept);
    assert_memory_equal(&a->metadata, &b->metadata, sizeof a->metadata);
}

static void what_an_honest_one_says_comes_through(void **state)
{
    (void)state;
    const char *samples[] = {digikam, lightroom, darktable, vt_sidecar_change_empty()};
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        vt_sidecar_said before = parsed(samples[i]), after;
        vt_str form = packed(&before);
        vt_error error = VT_ERROR_INIT;
        assert_true(vt_sidecar_said_unpack(form.data, form.length, &after, &error));
        check_same(&before, &after);
        for (size_t cut = 0; cut < form.length; cut++) { /* each end too early is noticed */
            vt_sidecar_said none;
            assert_false(vt_sidecar_said_unpack(form.data, cut, &none, &error));
            assert_int_equal(error.code, VT_ERROR_CRASHED);
            assert_null(none.paths.list);
        }
        vt_str_append_char(&form, '\0'); /* and what is too much */
        vt_sidecar_said_free(&after);
        assert_false(vt_sidecar_said_unpack(form.data, form.length, &after, &error));
        vt_sidecar_said_free(&before);
        vt_str_free(&form);
    }
}

static void check_lie(vt_sidecar_said *said)
{
    vt_str form = packed(said);
    vt_sidecar_said read;
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_sidecar_said_unpack(form.data, form.length, &read, &error));
    assert_int_equal(error.code, VT_ERROR_CRASHED);
    assert_non_null(strstr(error.message, "nonsense"));
    for (int i = 0; i < VT_SIDECAR_SINGLES; i++) {
        assert_null(read.single[i]);
    }
    vt_str_free(&form);
}

static void texts_that_could_not_be(void **state)
{
    (void)state;
    static const char *const lies[] = {"\xff", "a\xc3", " a",       "a ",           "a\x01",
                                       "\x7f", "a\tb",  "a\u2028b", "\xed\xa0\x80", "\uffff"};
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        for (int k = 0; k < VT_SIDECAR_SINGLES; k++) {
            vt_sidecar_said said = {.single = {NULL}};
            said.single[k] = (char *)lies[i];
            check_lie(&said);
        }
    }
    vt_sidecar_said said = {.single = {[VT_SIDECAR_SINGLE_TITLE] = "two\nlines"}};
    check_lie(&said);
    said = (vt_sidecar_said){.single = {[VT_SIDECAR_SINGLE_NOTES] = "two\nlines"}};
    vt_str form = packed(&said);
    vt_sidecar_said read;
    assert_true(vt_sidecar_said_unpack(form.data, form.length, &read, NULL)); /* these may have them */
    vt_sidecar_said_free(&read);
    vt_str_free(&form);
}

static void check_tag(const char *tag, bool word, bool fine)
{
    char *list[] = {(char *)tag};
    const vt_sidecar_tags tags = {.list = list, .count = 1};
    vt_sidecar_said said = {.kept = 0};
    *(word ? &said.words : &said.paths) = tags;
    if (!fine) {
        check_lie(&said);
        return;
    }
    vt_str form = packed(&said);
    vt_sidecar_said read;
    assert_true(vt_sidecar_said_unpack(form.data, form.length, &read, NULL));
    check_same(&said, &read);
    vt_sidecar_said_free(&read);
    vt_str_free(&form);
}

static void tags_that_could_not_be(void **state)
{
    (void)state;
    static const char *const lies[] = {"",
                                       "/",
                                       "a/",
                                       "/a",
                                       "a//b",
                                       "a /b",
                                       " a",
                                       "a\nb",
                                       "\xff",
                                       "darktable/exported",
                                       "_Digikam_Internal_Tags_/x",
                                       "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17"};
    char level[VT_SIDECAR_LEVEL_BYTES_MAX + 2] = "";
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        check_tag(lies[i], false, false);
    }
    memset(level, 'a', VT_SIDECAR_LEVEL_BYTES_MAX);
    check_tag(level, false, true);
    check_tag(level, true, true);
    level[VT_SIDECAR_LEVEL_BYTES_MAX] = 'a';
    check_tag(level, false, false);
    check_tag(level, true, false);
    check_tag("a/b", true, false); /* a word has no levels */
    check_tag("a/b", false, true);
    char *twice[] = {"a", "a"};
    vt_sidecar_said said = {.paths = {.list = twice, .count = 2}};
    check_lie(&said);
    char *path[] = {"a/b"}, *word[] = {"b"};
    said = (vt_sidecar_said){.paths = {.list = path, .count = 1}, .words = {.list = word, .count = 1}};
    check_lie(&said); /* it is a level, so no word */
}

static void numbers_that_could_not_be(void **state)
{
    (void)state;
    char *list[VT_SIDECAR_TAGS_MAX + 1];
    char names[VT_SIDECAR_TAGS_MAX + 1][8];
    for (int i = 0; i <= VT_SIDECAR_TAGS_MAX; i++) {
        snprintf(names[i], sizeof names[i], "t%d", i);
        list[i] = names[i];
    }
    vt_sidecar_said said = {.paths = {.list = list, .count = VT_SIDECAR_TAGS_MAX + 1}};
    check_lie(&said);
    said = (vt_sidecar_said){.kept = VT_SIDECAR_BYTES_MAX + 1};
    check_lie(&said);
    said = (vt_sidecar_said){.kept = 1};
    vt_str form = packed(&said);
    static const size_t at[] = {0, 2, 3, 8, 12}; /* head, version, there or not, counts */
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        vt_sidecar_said read;
        char before = form.data[at[i]];
        form.data[at[i]] = '\x7f';
        assert_false(vt_sidecar_said_unpack(form.data, form.length, &read, NULL));
        form.data[at[i]] = before;
    }
    vt_str_free(&form);
}

/* Metadata is checked by its own rules, and a length is no way around them. */
static void metadata_that_could_not_be(void **state)
{
    (void)state;
    vt_sidecar_said said = parsed(digikam), read;
    vt_str form = packed(&said);
    uint8_t metadata[VT_METADATA_PACKED_MAX];
    size_t count = vt_metadata_pack(&said.metadata, metadata);
    assert_true(count > 8);
    for (size_t i = 0; i < 4; i++) { /* its length */
        form.data[form.length - count - 4 + i] ^= 1;
        assert_false(vt_sidecar_said_unpack(form.data, form.length, &read, NULL));
        form.data[form.length - count - 4 + i] ^= 1;
    }
    form.data[form.length - count] = 'X';
    assert_false(vt_sidecar_said_unpack(form.data, form.length, &read, NULL));
    vt_sidecar_said_free(&said);
    vt_str_free(&form);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_an_honest_one_says_comes_through),
        cmocka_unit_test(texts_that_could_not_be),
        cmocka_unit_test(tags_that_could_not_be),
        cmocka_unit_test(numbers_that_could_not_be),
        cmocka_unit_test(metadata_that_could_not_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
