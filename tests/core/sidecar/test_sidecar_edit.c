/* Changes of a side-car's text: what is meant, and not a byte more. */
#include "tests/support/check.h"

#include "core/sidecar/sidecar_edit.h"
#include "core/sidecar/sidecar_read.h"
#include "tests/core/sidecar/samples.h"

#include <stdlib.h>
#include <string.h>

#define HEAD                                                                                                 \
    "<rdf:RDF xmlns:rdf='" RDF_NAMESPACE "' xmlns:xmp='http://ns.adobe.com/xap/1.0/'"                        \
    " xmlns:dc='http://purl.org/dc/elements/1.1/'>"
#define TAIL "</rdf:RDF>"

/* `text` with the first `from` replaced by `to`. free(). */
static char *replaced(const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    assert_non_null(at);
    char *made = malloc(strlen(text) + strlen(to) + 1);
    assert_non_null(made);
    sprintf(made, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    return made;
}

static void edit_to(const char *text, const vt_sidecar_change *change, const char *expected)
{
    vt_str result = VT_STR_INIT;
    vt_error error = VT_ERROR_INIT;
    if (!vt_sidecar_edit(text, strlen(text), change, &result, &error)) {
        fail_msg("%s", error.message);
    }
    assert_string_equal(result.data, expected);
    vt_str again = VT_STR_INIT; /* holds already */
    assert_true(vt_sidecar_edit(result.data, result.length, change, &again, &error));
    assert_string_equal(again.data, expected);
    vt_str_free(&again);
    vt_str_free(&result);
}

static void refused(const char *text, size_t count, const vt_sidecar_change *change, vt_error_code code)
{
    vt_str result = VT_STR_INIT;
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_sidecar_edit(text, count, change, &result, &error));
    assert_string_equal(vt_error_code_name(error.code), vt_error_code_name(code));
    assert_true(strlen(error.message) > 10);
    vt_str_free(&result);
}

static void attributes_are_changed_where_they_stand(void **state)
{
    (void)state;
    char *once = replaced(digikam, "xmp:Rating=\"3\"", "xmp:Rating=\"5\"");
    char *expected = replaced(once, "'Orange'", "'a &lt;b&gt; &amp; &apos;c&apos; &quot;d&quot;'");
    const vt_sidecar_change change = {
        .fields = VT_SIDECAR_RATING | VT_SIDECAR_LABEL, .rating = 5, .label = "a <b> & 'c' \"d\""};
    edit_to(digikam, &change, expected);
    free(once);
    free(expected);
}

static void only_the_language_of_nobody_is_changed(void **state)
{
    (void)state;
    char *expected = replaced(digikam, "On the Spree", "]]&gt; two");
    const vt_sidecar_change change = {.fields = VT_SIDECAR_TITLE, .title = " ]]> two\n"};
    edit_to(digikam, &change, expected);
    free(expected);
    /* Wherever it stands; and where there is none, the first. */
    edit_to(HEAD "<rdf:Description><dc:title><rdf:Alt><rdf:li xml:lang='de'>a</rdf:li>"
                 "<rdf:li xml:lang='x-default'>b</rdf:li></rdf:Alt></dc:title></rdf:Description>" TAIL,
            &change,
            HEAD
            "<rdf:Description><dc:title><rdf:Alt><rdf:li xml:lang='de'>a</rdf:li>"
            "<rdf:li xml:lang='x-default'>]]&gt; two</rdf:li></rdf:Alt></dc:title></rdf:Description>" TAIL);
    edit_to(HEAD "<rdf:Description><dc:title><rdf:Alt><rdf:li xml:lang='de'>a</rdf:li>"
                 "<rdf:li xml:lang='en'>b</rdf:li></rdf:Alt></dc:title></rdf:Description>" TAIL,
            &change,
            HEAD "<rdf:Description><dc:title><rdf:Alt><rdf:li xml:lang='de'>]]&gt; two</rdf:li>"
                 "<rdf:li xml:lang='en'>b</rdf:li></rdf:Alt></dc:title></rdf:Description>" TAIL);
}

static void empty_texts_take_their_property_away(void **state)
{
    (void)state;
    char *once = replaced(digikam, "\n   xmp:Label='Orange'", "");
    const char *begin = strstr(once, "\n   <dc:title>");
    const char *end = strstr(once, "</dc:title>") + strlen("</dc:title>");
    char *expected = malloc(strlen(once) + 1);
    sprintf(expected, "%.*s%s", (int)(begin - once), once, end);
    const vt_sidecar_change change = {.fields = VT_SIDECAR_LABEL | VT_SIDECAR_TITLE | VT_SIDECAR_NOTES,
                                      .label = "",
                                      .title = NULL,
                                      .notes = " "};
    edit_to(digikam, &change, expected);
    free(once);
    free(expected);
}

static void tags_come_and_go_item_by_item(void **state)
{
    (void)state;
    static const char *const tags[] = {"Boats", "Places/Norway/Oslo"};
    char *a = replaced(digikam, "\n     <rdf:li>Places/Germany/Berlin</rdf:li>\n     <rdf:li>Boats</rdf:li>",
                       "\n     <rdf:li>Boats</rdf:li>\n     <rdf:li>Places/Norway/Oslo</rdf:li>");
    char *b = replaced(a, "\n     <rdf:li>Places|Germany|Berlin</rdf:li>\n     <rdf:li>Boats</rdf:li>",
                       "\n     <rdf:li>Boats</rdf:li>\n     <rdf:li>Places|Norway|Oslo</rdf:li>");
    char *c = replaced(b, "\n     <rdf:li>Berlin</rdf:li>\n     <rdf:li>Boats</rdf:li>",
                       "\n     <rdf:li>Boats</rdf:li>\n     <rdf:li>Oslo</rdf:li>");
    const vt_sidecar_change change = {.fields = VT_SIDECAR_TAGS, .tags = tags, .tag_count = 2};
    edit_to(digikam, &change, c);
    free(a);
    free(b);
    free(c);
}

static void tags_that_hold_already_change_nothing(void **state)
{
    (void)state;
    static const char *const tags[] = {"river", " birds / heron ", "AC\u2215DC"};
    const vt_sidecar_change change = {.fields = VT_SIDECAR_TAGS | VT_SIDECAR_RATING | VT_SIDECAR_LABEL,
                                      .rating = 5,
                                      .label = "Red",
                                      .tags = tags,
                                      .tag_count = 3};
    edit_to(lightroom, &change, lightroom);
}

static void what_other_programs_keep_in_lists_stays(void **state)
{
    (void)state;
    char *a = replaced(darktable, "\n     <rdf:li>places|oslo</rdf:li>", "");
    const char *begin = strstr(a, "\n   <dc:subject>");
    const char *end = strstr(a, "</dc:subject>") + strlen("</dc:subject>");
    char *expected = malloc(strlen(a) + 1);
    sprintf(expected, "%.*s%s", (int)(begin - a), a, end);
    const vt_sidecar_change change = {.fields = VT_SIDECAR_TAGS};
    edit_to(darktable, &change, expected);
    free(a);
    free(expected);
}

static void new_properties_come_last_and_declare_what_they_need(void **state)
{
    (void)state;
    static const char *const tags[] = {"a & b", "c"};
    static const char line[] = "</lr:hierarchicalSubject>\n";
    char *expected =
        replaced(darktable, line,
                 "</lr:hierarchicalSubject>\n"
                 "   <xmp:Label>Green</xmp:Label>\n"
                 "   <dc:title>\n    <rdf:Alt>\n"
                 "     <rdf:li xml:lang=\"x-default\">T</rdf:li>\n    </rdf:Alt>\n   </dc:title>\n");
    const vt_sidecar_change change = {
        .fields = VT_SIDECAR_LABEL | VT_SIDECAR_TITLE, .label = "Green", .title = "T"};
    edit_to(darktable, &change, expected);
    free(expected);
    /* No prefix means what it should; compact; no description at all. */
    const vt_sidecar_change both = {
        .fields = VT_SIDECAR_RATING | VT_SIDECAR_TAGS, .rating = -1, .tags = tags, .tag_count = 2};
    edit_to("<r:RDF xmlns:r='" RDF_NAMESPACE "' xmlns:xmp='urn:other'><r:Description/></r:RDF>", &both,
            "<r:RDF xmlns:r='" RDF_NAMESPACE "' xmlns:xmp='urn:other'><r:Description>"
            "<xmp:Rating xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">-1</xmp:Rating>"
            "<dc:subject xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:rdf=\"" RDF_NAMESPACE "\">"
            "<rdf:Bag><rdf:li>a &amp; "
            "b</rdf:li><rdf:li>c</rdf:li></rdf:Bag></dc:subject></r:Description></r:RDF>");
    const vt_sidecar_change rating = {.fields = VT_SIDECAR_RATING, .rating = 0};
    edit_to("<x>\n <rdf:RDF xmlns:rdf='" RDF_NAMESPACE "'/>\n</x>", &rating,
            "<x>\n <rdf:RDF xmlns:rdf='" RDF_NAMESPACE "'>\n  <rdf:Description xmlns:rdf=\"" RDF_NAMESPACE
            "\" rdf:about=\"\">\n   <xmp:Rating xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">0</xmp:Rating>"
            "\n  </rdf:Description>\n </rdf:RDF>\n</x>");
}

static void all_forms_of_a_property_are_changed(void **state)
{
    (void)state;
    static const struct {
        const char *before, *after;
    } forms[] = {
        {"<xmp:Label>x</xmp:Label>", "<xmp:Label>L</xmp:Label>"},
        {"<xmp:Label/>", "<xmp:Label>L</xmp:Label>"},
        {"<xmp:Label xml:lang='de' />", "<xmp:Label xml:lang='de' >L</xmp:Label>"},
        {"<xmp:Label><![CDATA[x]]><!-- y --></xmp:Label>", "<xmp:Label>L</xmp:Label>"},
        {"<q:Label xmlns:q='http://ns.adobe.com/xap/1.0/'/>",
         "<q:Label xmlns:q='http://ns.adobe.com/xap/1.0/'>L</q:Label>"},
        {"<xmp:Label rdf:parseType='Resource'><rdf:value>x</rdf:value></xmp:Label>",
         "<xmp:Label>L</xmp:Label>"},
        {"<xmp:Label>x</xmp:Label><a/><xmp:Label>y</xmp:Label>", "<xmp:Label>L</xmp:Label><a/>"},
        {"<a/>", "<a/><xmp:Label>L</xmp:Label>"},
        {"", "<xmp:Label>L</xmp:Label>"},
    };
    const vt_sidecar_change change = {.fields = VT_SIDECAR_LABEL, .label = "L"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        char before[1024], after[1024];
        snprintf(before, sizeof before, HEAD "<rdf:Description>%s</rdf:Description>" TAIL, forms[i].before);
        snprintf(after, sizeof after, HEAD "<rdf:Description>%s</rdf:Description>" TAIL, forms[i].after);
        edit_to(before, &change, after);
    }
    /* An attribute and, in another description, an element: one is left. */
    edit_to(HEAD "<rdf:Description xmp:Label=''/><rdf:Description><b/> "
                 "<xmp:Label>x</xmp:Label></rdf:Description>" TAIL,
            &change,
            HEAD "<rdf:Description/><rdf:Description><b/> <xmp:Label>L</xmp:Label></rdf:Description>" TAIL);
}

static void three_hundred_tags_make_the_way_and_back(void **state)
{
    (void)state;
    enum { TAGS = 300 };
    char names[TAGS][64];
    const char *tags[TAGS];
    for (int i = 0; i < TAGS; i++) {
        snprintf(names[i], sizeof names[i], i % 2 ? "top/%d/h\xc3\xa4lsa %d" : "flat|%d&%d", i % 7, i);
        tags[i] = names[i];
    }
    vt_sidecar_change change = {.fields = VT_SIDECAR_TAGS, .tags = tags, .tag_count = TAGS};
    const char *samples[] = {digikam, lightroom, darktable, vt_sidecar_change_empty()};
    for (int i = 0; i < 4; i++) {
        vt_str result = VT_STR_INIT, less = VT_STR_INIT, none = VT_STR_INIT;
        vt_error error = VT_ERROR_INIT;
        change.tag_count = TAGS; /* the edit itself proves what is read */
        assert_true(vt_sidecar_edit(samples[i], strlen(samples[i]), &change, &result, &error));
        assert_non_null(strstr(result.data, "<rdf:li>top/1/h\xc3\xa4lsa 1</rdf:li>"));
        assert_non_null(strstr(result.data, "<rdf:li>top|1|h\xc3\xa4lsa 1</rdf:li>"));
        assert_non_null(strstr(result.data, "<rdf:li>flat|2&amp;2</rdf:li>"));
        change.tag_count = 1;
        assert_true(vt_sidecar_edit(result.data, result.length, &change, &less, &error));
        assert_null(strstr(less.data, "h\xc3\xa4lsa"));
        change.tag_count = 0;
        assert_true(vt_sidecar_edit(less.data, less.length, &change, &none, &error));
        assert_null(strstr(none.data, "flat"));
        vt_str_free(&result);
        vt_str_free(&less);
        vt_str_free(&none);
    }
}

static void what_makes_no_sense_is_refused(void **state)
{
    (void)state;
    static const char *const bad_tags[] = {"",
                                           " / ",
                                           "a\xff",
                                           "darktable/style",
                                           "_Digikam_Internal_Tags_/x",
                                           "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17"};
    char longest[VT_SIDECAR_LEVEL_BYTES_MAX + 2];
    const char *too_long = longest;
    vt_sidecar_change change = {.fields = VT_SIDECAR_RATING, .rating = 6};
    refused(digikam, strlen(digikam), &change, VT_ERROR_USAGE);
    change.rating = -2;
    refused(digikam, strlen(digikam), &change, VT_ERROR_USAGE);
    change = (vt_sidecar_change){.fields = VT_SIDECAR_NOTES, .notes = "\xc3"};
    refused(digikam, strlen(digikam), &change, VT_ERROR_USAGE);
    for (size_t i = 0; i < sizeof bad_tags / sizeof *bad_tags; i++) {
        change = (vt_sidecar_change){.fields = VT_SIDECAR_TAGS, .tags = &bad_tags[i], .tag_count = 1};
        refused(digikam, strlen(digikam), &change, VT_ERROR_USAGE);
    }
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    change.tags = &too_long;
    refused(digikam, strlen(digikam), &change, VT_ERROR_USAGE);
    longest[VT_SIDECAR_LEVEL_BYTES_MAX] = '\0';
    vt_str result = VT_STR_INIT;
    assert_true(vt_sidecar_edit(digikam, strlen(digikam), &change, &result, NULL));
    vt_str_free(&result);
}

static void what_cannot_be_changed_safely_is_refused(void **state)
{
    (void)state;
    static const char latin[] = "<?xml version='1.0' encoding='ISO-8859-1'?>" HEAD "<rdf:Description/>" TAIL;
    const vt_sidecar_change change = {.fields = VT_SIDECAR_RATING, .rating = 1};
    refused(latin, sizeof latin - 1, &change, VT_ERROR_UNSUPPORTED);
    char wide[2 * sizeof lightroom];
    wide[0] = '\xff', wide[1] = '\xfe';
    for (size_t i = 0; i < sizeof lightroom - 1; i++) {
        wide[2 + 2 * i] = lightroom[i];
        wide[3 + 2 * i] = '\0';
    }
    vt_str result = VT_STR_INIT;
    assert_true(vt_sidecar_edit(wide, sizeof wide, &change, &result, NULL)); /* becomes UTF-8 */
    assert_true(vt_utf8_valid(result.data, result.length) && !memchr(result.data, '\0', result.length));
    assert_non_null(strstr(result.data, "photoshop:"));
    vt_str_free(&result);
    memmove(wide, wide + 2, sizeof wide - 2); /* without its mark */
    refused(wide, sizeof wide - 2, &change, VT_ERROR_UNSUPPORTED);
    refused("", 0, &change, VT_ERROR_EMPTY);
    refused("<x/>", 4, &change, VT_ERROR_CORRUPT);
    char *large = malloc(VT_SIDECAR_BYTES_MAX + 1);
    size_t length = (size_t)sprintf(large, "%s", HEAD "<rdf:Description/>" TAIL);
    memset(large + length, ' ', VT_SIDECAR_BYTES_MAX - length);
    refused(large, VT_SIDECAR_BYTES_MAX, &change, VT_ERROR_LIMIT); /* larger afterwards */
    free(large);
}

static void marks_and_padding_stay(void **state)
{
    (void)state;
    static const char before[] =
        "\xef\xbb\xbf<?xml version='1.0'?>\n" HEAD "<rdf:Description xmp:Rating='1'/>" TAIL "   \0\0\0";
    vt_str result = VT_STR_INIT;
    const vt_sidecar_change change = {.fields = VT_SIDECAR_RATING, .rating = 2};
    assert_true(vt_sidecar_edit(before, sizeof before - 1, &change, &result, NULL));
    assert_int_equal(result.length, sizeof before - 1);
    size_t differing = 0;
    for (size_t i = 0; i < result.length; i++) {
        differing += result.data[i] != before[i];
    }
    assert_int_equal(differing, 1);
    vt_str_free(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(attributes_are_changed_where_they_stand),
        cmocka_unit_test(only_the_language_of_nobody_is_changed),
        cmocka_unit_test(empty_texts_take_their_property_away),
        cmocka_unit_test(tags_come_and_go_item_by_item),
        cmocka_unit_test(tags_that_hold_already_change_nothing),
        cmocka_unit_test(what_other_programs_keep_in_lists_stays),
        cmocka_unit_test(new_properties_come_last_and_declare_what_they_need),
        cmocka_unit_test(all_forms_of_a_property_are_changed),
        cmocka_unit_test(three_hundred_tags_make_the_way_and_back),
        cmocka_unit_test(what_makes_no_sense_is_refused),
        cmocka_unit_test(what_cannot_be_changed_safely_is_refused),
        cmocka_unit_test(marks_and_padding_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
