/* Filters of any text: each is refused with words and a place within it, or runs over a small library. What
   it finds and what its negation finds must together be everything, once. */
#include "core/index/albums.h"
#include "core/index/attributes.h"
#include "core/index/filter.h"
#include "core/index/tags.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

static void require(bool condition)
{
    if (!condition) {
        abort();
    }
}

enum { ROWS = 12 };

/* Some rows have what stands beside rows. */
static void mark(vt_index *index)
{
    require(
        vt_index_put_tag(index, 1, 0, "place", 5, NULL) && vt_index_put_tag(index, 2, 1, "Rome", 4, NULL) &&
        vt_index_put_tag(index, 3, 0, "none", 4, NULL) && vt_index_put_album(index, 1, 1, "Trip", 4, NULL) &&
        vt_index_set_tags(index, 1, (const int64_t[]){2, 3}, 2, NULL) &&
        vt_index_set_tags(index, 2, (const int64_t[]){1}, 1, NULL) &&
        vt_index_add_to_album(index, 1, (const int64_t[]){3, 1}, 2, NULL) &&
        vt_index_remove_tag(index, 3, NULL));
    for (int64_t id = 1; id <= ROWS; id += 2) {
        const vt_item_attributes item = {
            .item_id = id,
            .which = VT_ATTRIBUTES_OF_FILE | VT_ATTRIBUTE_LABEL | VT_ATTRIBUTE_TITLE,
            .label = (uint8_t)(id % 16),
            .taken_ns = id % 4 == 1 ? INT64_C(190000000000000000) * id : VT_TAKEN_UNKNOWN,
            .title = "Sea",
            .title_length = id % 3 ? 0 : 3,
            .file_title = "caf\xC3\xA9",
            .file_title_length = 5,
            .camera = "X100",
            .camera_length = 4};
        require(vt_index_put_attributes(index, &item, 1, NULL));
    }
}

/* Made once; its memory is the program's. */
static const vt_snapshot *library(void)
{
    static const vt_snapshot *snapshot;
    static vt_index *index;
    if (snapshot) {
        return snapshot;
    }
    static const char *const names[] = {"red car.jpg",       "Boat.PNG", "gear.stl",
                                        "\xC3\x84pfel.webp", "\xFF\xFE", "a"};
    index = vt_index_create();
    require(index && vt_index_add_folder(index, 1, "/home/Cars", 10, NULL) &&
            vt_index_add_folder(index, 2, "/", 1, NULL));
    for (int i = 0; i < ROWS; i++) {
        const char *name = names[i % 6];
        bool model = i % 6 == 2;
        vt_item_brief item = {.id = i + 1,
                              .folder_id = i % 2 + 1,
                              .name = name,
                              .name_length = (uint32_t)strlen(name),
                              .width = model ? 0 : 1000U * (unsigned)i,
                              .height = model ? 0 : 600,
                              .size = INT64_C(1) << (i * 5),
                              .mtime_ns = INT64_C(200000000000000000) * i,
                              .triangles = model ? 5000 : 0,
                              .kind = model ? VT_KIND_MODEL : VT_KIND_IMAGE,
                              .format = (uint8_t)i,
                              .state =
                                  (uint8_t)(i % (VT_ITEM_UNREAD + 1)), /* what is in the trash is no row */
                              .watertight = (uint8_t)(i % 3),
                              .rating = (uint8_t)(i % 6)};
        require(vt_index_put(index, &item, 1, NULL));
    }
    mark(index);
    require(vt_index_publish(index, NULL));
    snapshot = vt_index_snapshot(index);
    return snapshot;
}

/* A bit for each row. */
static unsigned run(const vt_filter *filter)
{
    uint32_t *rows = NULL;
    uint32_t count = 0;
    require(vt_filter_run(filter, library(), NULL, &rows, &count, NULL));
    unsigned found = 0;
    for (uint32_t i = 0; i < count; i++) {
        require(rows[i] < ROWS && (i == 0 || rows[i] > rows[i - 1]));
        found |= 1U << rows[i];
    }
    free(rows);
    return found;
}

static void check_negation(const char *text, size_t size, unsigned found)
{
    char *negated = malloc(size + 4);
    require(negated != NULL);
    memcpy(negated, "-(", 2);
    for (size_t i = 0; i < size; i++) {
        negated[2 + i] = text[i];
    }
    negated[size + 2] = ')';
    negated[size + 3] = '\0';
    vt_filter *filter = vt_filter_compile(negated, size + 3, NULL, NULL);
    if (filter) { /* a limit may stand in its way */
        require(run(filter) == (~found & ((1U << ROWS) - 1)));
    }
    vt_filter_free(filter);
    free(negated);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    /* A copy of its own, so that a sanitizer sees a step beyond its end. */
    char *text = malloc(size ? size : 1);
    require(text != NULL);
    if (size) {
        memcpy(text, bytes, size);
    }
    vt_error error = VT_ERROR_INIT;
    size_t position = 0;
    vt_filter *filter = vt_filter_compile(text, size, &position, &error);
    if (!filter) {
        require(error.code == VT_ERROR_USAGE && error.message[0] && position <= size);
    } else {
        unsigned found = run(filter);
        require(!vt_filter_is_empty(filter) || found == (1U << ROWS) - 1);
        if (!vt_filter_is_empty(filter)) {
            check_negation(text, size, found);
        }
    }
    vt_error lacks = VT_ERROR_INIT;
    vt_filter *typed = vt_filter_compile_typed(text, size, &position, &lacks);
    require(typed || !filter);
    require(!typed || (lacks.code == VT_ERROR_NONE) == (filter != NULL));
    require(position <= size);
    if (typed && filter) {
        require(run(typed) == run(filter));
    }
    vt_filter_free(typed);
    vt_filter_free(filter);
    free(text);
    return 0;
}
