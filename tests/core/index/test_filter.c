#include "core/index/filter.h"

#include "tests/core/index/library.h"
#include "tests/support/check.h"

#include <stdlib.h>
#include <time.h>

enum { FOLDER_CARS = 1, FOLDER_MODELS = 2, FOLDER_ROOT = 3 };

static int64_t local_ns(int year, int month, int day, int hour)
{
    struct tm local = {
        .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day, .tm_hour = hour, .tm_isdst = -1};
    return (int64_t)mktime(&local) * INT64_C(1000000000);
}

/* Ids 1 to 8; every test filters these. */
static vt_index *make_library(void)
{
    vt_index *index = vt_index_create();
    library_folder(index, FOLDER_CARS, "/home/Cars");
    library_folder(index, FOLDER_MODELS, "/home/models/Draft");
    library_folder(index, FOLDER_ROOT, "/");
    vt_item_brief items[] = {
        library_item(1, FOLDER_CARS, "Red Ferrari.JPG"),   library_item(2, FOLDER_CARS, "blue-boat.png"),
        library_item(3, FOLDER_MODELS, "gear.stl"),        library_item(4, FOLDER_MODELS, "Bolt.v2.STL"),
        library_item(5, FOLDER_ROOT, "\xC3\x84pfel.webp"), /* Äpfel */
        library_item(6, FOLDER_ROOT, "\xFF\xFEodd"),       library_item(7, FOLDER_ROOT, "or"),
        library_item(8, FOLDER_ROOT, "a \"b\" (c)"),
    };
    items[0].size = 1024 * 1024;
    items[0].width = 4000;
    items[0].height = 3000;
    items[0].rating = 5;
    items[0].mtime_ns = local_ns(2024, 5, 17, 12);
    items[1].format = VT_FORMAT_PNG;
    items[1].size = 1500;
    items[1].rating = 3;
    items[1].mtime_ns = local_ns(2024, 12, 31, 23);
    items[1].state = VT_ITEM_MISSING;
    items[5].state = VT_ITEM_OFFLINE;
    for (int i = 2; i <= 3; i++) {
        items[i].kind = VT_KIND_MODEL;
        items[i].format = VT_FORMAT_STL;
        items[i].width = items[i].height = 0;
    }
    items[2].triangles = 2000000;
    items[2].watertight = VT_WATERTIGHT_YES;
    items[2].mtime_ns = local_ns(2025, 1, 1, 0);
    items[3].triangles = 12;
    items[3].watertight = VT_WATERTIGHT_NO;
    items[4].format = VT_FORMAT_WEBP;
    items[5].kind = VT_KIND_UNKNOWN;
    items[5].format = VT_FORMAT_UNKNOWN;
    items[5].width = items[5].height = 0;
    for (int i = 0; i < 8; i++) {
        library_put(index, items[i]);
    }
    return index;
}

static void expect(const vt_snapshot *snapshot, const char *text, const char *ids)
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
    char found[256] = "";
    for (uint32_t i = 0; i < count; i++) {
        (void)snprintf(found + strlen(found), sizeof found - strlen(found), "%s%u", i ? " " : "",
                       rows[i] + 1);
    }
    if (strcmp(found, ids) != 0) {
        fail_msg("%s: found \"%s\", not \"%s\"", text, found, ids);
    }
    free(rows);
    vt_filter_free(filter);
}

typedef struct example {
    const char *text, *ids;
} example;

static void expect_all(const example *examples, size_t count)
{
    vt_index *index = make_library();
    const vt_snapshot *snapshot = library_publish(index);
    for (size_t i = 0; i < count; i++) {
        expect(snapshot, examples[i].text, examples[i].ids);
    }
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

#define EXPECT_ALL(examples) expect_all(examples, sizeof(examples) / sizeof(examples)[0])

static void finds_words(void **state)
{
    (void)state;
    const example examples[] = {
        {"", "1 2 3 4 5 6 7 8"},
        {"  \t", "1 2 3 4 5 6 7 8"},
        {"ferrari", "1"},
        {"FERRARI red", "1"},
        {"red blue", ""},
        {"cars", "1 2"},
        {"home", "1 2 3 4"},
        {"\"red ferrari\"", "1"},
        {"\"red  ferrari\"", ""},
        {"red\"ferrari\"", "1"},
        {"\"\"", "1 2 3 4 5 6 7 8"},
        {"\"\\\"b\\\" (c)\"", "8"},
        {"\"or\"", "7"},
        {"f", "1 3 4 5"}, /* one letter: Ferrari, /Draft, Äpfel */
        {"blue-boat", "2"},
        {"\xC3\xA4PFEL", "5"},
        {"\xC3\x84", "5"},
        {"\xFF\xFE", "6"},
        {"\xFF\xFEODD", "6"},
    };
    EXPECT_ALL(examples);
}

static void tells_name_folder_and_path_apart(void **state)
{
    (void)state;
    const example examples[] = {
        {"name:car", ""},          {"folder:car", "1 2"},
        {"path:car", "1 2"},       {"folder:cars/", "1 2"},
        {"folder:\"cars/x\"", ""}, {"name=gear", "3"},
        {"name!=r", "2 4 5 6 8"},  {"folder!=home", "5 6 7 8"},
        {"path!=r", "5 6 8"},      {"cars/red", "1"},
        {"path:cars/blue", "2"},   {"path:/home/cars/b", "2"},
        {"folder:cars/red", ""},   {"path:draft/gear", "3"},
        {"path:/or", "7"},         {"name:\"red f\"", "1"},
        {"NAME:Gear", "3"},        {"name:\"\"", "1 2 3 4 5 6 7 8"},
        {"ext:jpg", "1"},          {"ext:.STL", "3 4"},
        {"ext:v2.stl", "4"},       {"ext!=stl", "1 2 5 6 7 8"},
        {"ext:\"\"", "6 7 8"},
    };
    EXPECT_ALL(examples);
}

static void combines(void **state)
{
    (void)state;
    const example examples[] = {
        {"ferrari or boat", "1 2"},
        {"ferrari OR gear or bolt", "1 3 4"},
        {"home red or gear", "1 3"}, /* or binds weaker */
        {"home (red or gear)", "1 3"},
        {"cars -red", "2"},
        {"-cars", "3 4 5 6 7 8"},
        {"-(cars or gear)", "4 5 6 7 8"},
        {"--cars", "1 2"},
        {"-(-(-(cars)))", "3 4 5 6 7 8"},
        {"((cars))", "1 2"},
        {"(cars)(red)", "1"},
        {"kind:model -bolt", "3"},
        {"-kind:model -folder:cars", "5 6 7 8"},
        {"(kind:model or rating>=5) -gear", "1 4"},
        {"-(red or -cars)", "2"},
        {"home gear or home red or apfel", "1 3"},
    };
    EXPECT_ALL(examples);
}

static void compares_numbers(void **state)
{
    (void)state;
    const example examples[] = {
        {"width:640", "2 5 7 8"},
        {"width=4k", "1"},
        {"width!=640", "1"}, /* what has no width matches no comparison */
        {"width<4000", "2 5 7 8"},
        {"width<=4000", "1 2 5 7 8"},
        {"width>640", "1"},
        {"width>=640", "1 2 5 7 8"},
        {"-width>=640", "3 4 6"},
        {"width:641..", "1"},
        {"width:..640", "2 5 7 8"},
        {"width!=1..1000", "1"},
        {"height>480", "1"},
        {"pixels>=12m", "1"},
        {"pixels>12m", ""},
        {"pixels<12m", "2 5 7 8"},
        {"size:1m", "1"},
        {"size>=1m", "1"},
        {"size>=1mb", "1"},
        {"size:1k..1.5k", "2"},
        {"size<1k", "3 4 5 6 7 8"},
        {"triangles>1m", "3"},
        {"triangles:2m", "3"},
        {"triangles<1k", "4"},
        {"rating>=3", "1 2"},
        {"rating:0", "3 4 5 6 7 8"},
        {"rating:1..4", "2"},
        {"id:3", "3"},
        {"id!=3", "1 2 4 5 6 7 8"},
        {"id:2..4", "2 3 4"},
        {"id>9223372036854775807", ""},
        {"id<=9223372036854775807", "1 2 3 4 5 6 7 8"},
        {"id<0", ""},
    };
    EXPECT_ALL(examples);
}

static void compares_dates_and_choices(void **state)
{
    (void)state;
    const example examples[] = {
        {"date:2024", "1 2"},
        {"date:2024-05", "1"},
        {"date:2024-05-17", "1"},
        {"date:2024-05-18", ""},
        {"date:2024-05..2025", "1 2 3"},
        {"date:2024-06..", "2 3"},
        {"date:..2024-05", "1 4 5 6 7 8"},
        {"date>2024", "3"},
        {"date>=2024-05-17", "1 2 3"},
        {"date<2024-05-17", "4 5 6 7 8"},
        {"date<=2024-05-17", "1 4 5 6 7 8"},
        {"date!=2024", "3 4 5 6 7 8"},
        {"date:2024-02-29", ""},
        {"kind:model", "3 4"},
        {"kind:image", "1 2 5 7 8"},
        {"kind!=image", "3 4 6"},
        {"kind:unknown", "6"},
        {"format:jpg", "1 7 8"},
        {"format:JPEG", "1 7 8"},
        {"format:stl", "3 4"},
        {"watertight:yes", "3"},
        {"watertight:no", "4"},
        {"watertight:unknown", ""},
        {"watertight!=yes", "4"}, /* pictures are neither */
        {"missing:yes", "2"},
        {"missing:no", "1 3 4 5 6 7 8"},
        {"offline:yes", "6"},
        {"offline:no missing:no", "1 3 4 5 7 8"},
    };
    EXPECT_ALL(examples);
}

typedef struct fault {
    const char *text;
    size_t position;
    const char *says;
} fault;

static void tells_where_it_is_wrong(void **state)
{
    (void)state;
    const fault faults[] = {
        {"red \"car", 4, "not closed"},
        {"red (car", 4, "not closed"},
        {"(", 0, "not closed"},
        {"red (car or (boat)", 4, "not closed"},
        {"red) car", 3, "closes none"},
        {")", 0, "closes none"},
        {"red ()", 5, "nothing between"},
        {"or red", 0, "both sides"},
        {"red or", 6, "both sides"},
        {"red or or blue", 7, "both sides"},
        {"(red or )", 8, "closes none"},
        {"red -", 4, "minus"},
        {"red - blue", 4, "minus"},
        {"red -)", 5, "closes none"},
        {"-or", 1, "both sides"},
        {"width > 4", 6, "field right before it"},
        {"width>", 6, "value is missing"},
        {"width> 4", 6, "value is missing"},
        {"red widht>4", 4, "no field \"widht\""},
        {"http://x", 0, "no field \"http\""},
        {"width>four", 6, "not a number"},
        {"width:4x", 6, "not a number"},
        {"width:.", 6, "not a number"},
        {"width:-4", 6, "not a number"},
        {"width:10b", 6, "not a number"},
        {"width:..", 6, "at least one end"},
        {"width:9..4", 6, "swap"},
        {"width>1..4", 6, "range"},
        {"id:9223372036854775808", 3, "too large"},
        {"size:9999999999t", 5, "too large"},
        {"kind:modl", 5, "image, model, sequence, unknown"},
        {"kind>model", 0, "not a number"},
        {"name<x", 0, "not a number"},
        {"missing:maybe", 8, "yes, no"},
        {"date:yesterday", 5, "not a date"},
        {"date:2024-", 5, "not a date"},
        {"date:2024-13", 5, "no day"},
        {"date:2024-00", 5, "not a date"},
        {"date:2024-05-00", 5, "not a date"},
        {"date:2023-02-29", 5, "no day"},
        {"date:2024-05-171", 5, "not a date"},
        {"date:9999", 5, "no day"},
        {"kind:\"\xFF\x1B\"", 5, "kind is never"},
    };
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        vt_error error = VT_ERROR_INIT;
        size_t position = 99;
        vt_filter *filter = vt_filter_compile(faults[i].text, strlen(faults[i].text), &position, &error);
        if (filter || position != faults[i].position || !strstr(error.message, faults[i].says)) {
            fail_msg("%s: at %zu: %s", faults[i].text, position, error.message);
        }
        assert_int_equal(error.code, VT_ERROR_USAGE);
        assert_null(strchr(error.message, '\x1B'));
        assert_null(vt_filter_compile(faults[i].text, strlen(faults[i].text), NULL, NULL));
    }
}

static vt_filter *compile_repeated(const char *piece, int times, const char *middle, const char *close,
                                   vt_error *error)
{
    vt_str text = VT_STR_INIT;
    for (int i = 0; i < times; i++) {
        vt_str_append_cstr(&text, piece);
    }
    vt_str_append_cstr(&text, middle);
    for (int i = 0; i < times; i++) {
        vt_str_append_cstr(&text, close);
    }
    size_t position = 0;
    vt_filter *filter = vt_filter_compile(text.data, text.length, &position, error);
    assert_true(position <= text.length);
    vt_str_free(&text);
    return filter;
}

static void has_limits(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_filter *filter = compile_repeated("a ", VT_FILTER_TERMS_MAX, "", "", &error);
    assert_non_null(filter);
    vt_filter_free(filter);
    filter = compile_repeated("(a b)or ", VT_FILTER_TERMS_MAX / 2 - 1, "a b", "", &error);
    assert_non_null(filter); /* the most nodes a filter can have */
    vt_filter_free(filter);
    assert_null(compile_repeated("a ", VT_FILTER_TERMS_MAX + 1, "", "", &error));
    assert_non_null(strstr(error.message, "128"));
    filter = compile_repeated("-(", VT_FILTER_DEPTH_MAX, "a", ")", &error);
    assert_non_null(filter);
    vt_filter_free(filter);
    assert_null(compile_repeated("(", VT_FILTER_DEPTH_MAX + 1, "a", ")", &error));
    assert_non_null(strstr(error.message, "32"));
    assert_null(compile_repeated("x", VT_FILTER_LENGTH_MAX + 1, "", "", &error));
    assert_non_null(strstr(error.message, "4096"));
    size_t position = 0;
    assert_null(vt_filter_compile("a\0b", 3, &position, &error));
    assert_int_equal(position, 1);
}

static void folds_beyond_ascii(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"\xC3\x80\xC3\x9E", "\xC3\xA0\xC3\xBE"}, /* Latin-1, but not the multiplication sign */
        {"\xC5\x81\xC5\x98", "\xC5\x82\xC5\x99"}, /* Latin Extended-A */
        {"\xC5\xB8", "\xC3\xBF"},                 /* Y with diaeresis, far away */
        {"\xCE\x91\xCE\xA9\xCE\x86", "\xCE\xB1\xCF\x89\xCE\xAC"},
        {"\xCF\x82", "\xCF\x83"}, /* final sigma */
        {"\xD0\x90\xD0\xAF\xD0\x81", "\xD0\xB0\xD1\x8F\xD1\x91"},
        {"\xD4\xB1", "\xD5\xA1"},
        {"\xE1\xBA\xA0", "\xE1\xBA\xA1"}, /* Vietnamese */
        {"\xEF\xBC\xA1", "\xEF\xBD\x81"}, /* fullwidth */
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        for (int way = 0; way < 2; way++) {
            vt_index *index = vt_index_create();
            library_folder(index, 1, "/x");
            library_put(index, library_item(1, 1, pairs[i][way]));
            library_put(index, library_item(2, 1, "\xC3\x97"));
            const vt_snapshot *snapshot = library_publish(index);
            expect(snapshot, pairs[i][1 - way], "1");
            expect(snapshot, "\xC3\xB7", ""); /* division is not multiplication in lower case */
            vt_snapshot_release(snapshot);
            vt_index_free(index);
        }
    }
}

static void can_be_cancelled(void **state)
{
    (void)state;
    vt_index *index = make_library();
    const vt_snapshot *snapshot = library_publish(index);
    static const char *const texts[] = {"", "cars"};
    for (int i = 0; i < 2; i++) {
        vt_filter *filter = vt_filter_compile(texts[i], strlen(texts[i]), NULL, NULL);
        assert_int_equal(vt_filter_is_empty(filter), i == 0);
        atomic_bool cancelled = true;
        uint32_t *rows = NULL;
        uint32_t count = 0;
        vt_error error = VT_ERROR_INIT;
        assert_false(vt_filter_run(filter, snapshot, &cancelled, &rows, &count, &error));
        assert_int_equal(error.code, VT_ERROR_CANCELLED);
        assert_null(rows);
        vt_filter_free(filter);
    }
    vt_filter_free(NULL);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_words),
        cmocka_unit_test(tells_name_folder_and_path_apart),
        cmocka_unit_test(combines),
        cmocka_unit_test(compares_numbers),
        cmocka_unit_test(compares_dates_and_choices),
        cmocka_unit_test(tells_where_it_is_wrong),
        cmocka_unit_test(has_limits),
        cmocka_unit_test(folds_beyond_ascii),
        cmocka_unit_test(can_be_cancelled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
