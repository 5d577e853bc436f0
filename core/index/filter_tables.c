/*
 * What a filter asks of tables: each tag, album, camera and title is looked at once, each set of tags and
 * albums once, and a row then needs only look up the answer for its number.
 */
#include "core/index/albums_private.h"
#include "core/index/filter_private.h"
#include "core/index/search.h"
#include "core/index/stacks_private.h"
#include "core/index/tags_private.h"
#include "core/index/twins_private.h"

#include <stdlib.h>
#include <string.h>

/* Whether a tag itself is meant. */
typedef bool (*tag_test)(const vt_tag_table *tags, uint32_t tag, vt_span text);

static bool equals(vt_span text, const char *name, size_t length)
{
    return text.length == length && memcmp(text.bytes, vt_name_folded(name), length) == 0;
}

/* `text` is the name of the tag, or the end of its path: "rome" and "italy/rome" are place/italy/rome. With a
   slash before it, it is the whole path. */
static bool is_named(const vt_tag_table *tags, uint32_t tag, vt_span text)
{
    for (;;) {
        const char *slash = text.length ? memrchr(text.bytes, '/', text.length) : NULL;
        size_t at = slash ? (size_t)(slash - text.bytes) + 1 : 0;
        const vt_tag_row *row = vt_tag_table_at(tags, tag);
        if (!equals((vt_span){text.bytes + at, text.length - at}, row->name, row->length)) {
            return false;
        }
        tag = row->parent;
        if (!slash) {
            return true;
        }
        if (slash == text.bytes) {
            return tag == VT_INDEX_NO_TAG;
        }
        if (tag == VT_INDEX_NO_TAG) {
            return false;
        }
        text.length = at - 1;
    }
}

static bool holds(const vt_tag_table *tags, uint32_t tag, vt_span text)
{
    const vt_tag_row *row = vt_tag_table_at(tags, tag);
    return vt_search(vt_name_folded(row->name), row->length, text.bytes, text.length) != NULL;
}

/* The path of the tag contains the text, which has a slash. From the last slash on it must begin the name,
   up to the first it must end a name further up, and between them whole names stand. */
static bool path_holds(const vt_tag_table *tags, uint32_t tag, vt_span text)
{
    const char *slash = memrchr(text.bytes, '/', text.length);
    size_t at = (size_t)(slash - text.bytes) + 1;
    const vt_tag_row *row = vt_tag_table_at(tags, tag);
    if (row->length < text.length - at ||
        memcmp(vt_name_folded(row->name), text.bytes + at, text.length - at) != 0) {
        return false;
    }
    for (tag = row->parent, text.length = at - 1; tag != VT_INDEX_NO_TAG; tag = row->parent) {
        row = vt_tag_table_at(tags, tag);
        slash = text.length ? memrchr(text.bytes, '/', text.length) : NULL;
        at = slash ? (size_t)(slash - text.bytes) + 1 : 0;
        vt_span part = {text.bytes + at, text.length - at};
        bool ends =
            row->length >= part.length &&
            memcmp(vt_name_folded(row->name) + row->length - part.length, part.bytes, part.length) == 0;
        if (!slash || !ends || row->length != part.length) {
            return !slash && ends;
        }
        text.length = at - 1;
    }
    return text.length == 0; /* "/place": at the top */
}

enum { UNDECIDED, MEANT, NOT_MEANT };

/* By tag: MEANT for those that pass the test and all below them. NULL when memory runs out. */
static uint8_t *decide_tags(const vt_tag_table *tags, tag_test test, vt_span text)
{
    uint32_t count = tags ? tags->count : 0;
    uint8_t *decided = calloc(count ? count : 1, 1);
    for (uint32_t i = 0; decided && i < count; i++) {
        /* Up to one that is decided, or to the top; then all on the way are. */
        uint32_t top = i;
        uint8_t meant = decided[i];
        while (meant == UNDECIDED) {
            meant = test(tags, top, text) ? MEANT : UNDECIDED;
            uint32_t parent = vt_tag_table_at(tags, top)->parent;
            if (meant == UNDECIDED) {
                meant = parent == VT_INDEX_NO_TAG ? NOT_MEANT : decided[parent];
                top = parent == VT_INDEX_NO_TAG ? top : parent;
            }
        }
        for (uint32_t tag = i; tag != VT_INDEX_NO_TAG && decided[tag] == UNDECIDED;) {
            decided[tag] = meant;
            tag = tag == top ? VT_INDEX_NO_TAG : vt_tag_table_at(tags, tag)->parent;
        }
    }
    for (uint32_t i = 0; decided && i < count; i++) {
        decided[i] = vt_tag_table_at(tags, i)->removed ? NOT_MEANT : decided[i];
    }
    return decided;
}

static bool no_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "no memory to filter the library");
}

static uint64_t *create_bits(uint32_t count)
{
    return calloc((size_t)count / 64 + 1, sizeof(uint64_t));
}

/* Bits of sets that have a member for which `decided` says MEANT. Takes over `decided`, which may be NULL. */
static bool mark_sets(const vt_sets *sets, uint32_t set_count, uint8_t *decided, uint64_t **bits,
                      vt_error *error)
{
    *bits = decided ? create_bits(set_count) : NULL;
    if (!*bits) {
        free(decided);
        no_memory(error);
        return false;
    }
    for (uint32_t number = 1; number < set_count; number++) {
        const vt_set *set = vt_sets_at(sets, number);
        bool meant = false;
        for (uint32_t i = 0; i < set->count && !meant; i++) {
            meant = decided[set->members[i]] == MEANT;
        }
        (*bits)[number / 64] |= (uint64_t)meant << (number & 63);
    }
    free(decided);
    return true;
}

static void turn_round(uint64_t *bits, uint32_t count)
{
    for (uint32_t i = 0; i <= count / 64; i++) {
        bits[i] = ~bits[i];
    }
}

static bool any_tag(const vt_tag_table *tags, uint32_t tag, vt_span text)
{
    (void)tags;
    (void)tag;
    (void)text;
    return true;
}

static uint8_t *decide_albums(const vt_album_table *albums, const vt_node *node)
{
    uint32_t count = albums ? albums->count : 0;
    uint8_t *decided = calloc(count ? count : 1, 1);
    for (uint32_t i = 0; decided && i < count; i++) {
        const vt_album_row *row = &albums->rows[i];
        bool meant = !row->removed && (node->none || equals(node->text, row->name, row->length));
        decided[i] = meant ? MEANT : NOT_MEANT;
    }
    return decided;
}

/* Texts that contain `text`; all that are not empty if it is. */
static bool mark_texts(const vt_vocabulary *texts, uint32_t count, vt_span text, uint64_t **bits,
                       vt_error *error)
{
    *bits = calloc((size_t)count / VT_VOCABULARY_BLOCK + 1, sizeof(vt_bits));
    if (!*bits) {
        no_memory(error);
        return false;
    }
    for (uint32_t first = 0; first < count; first += VT_VOCABULARY_BLOCK) {
        const vt_vocabulary_block *block = texts->blocks[first >> VT_VOCABULARY_SHIFT];
        uint32_t left = count - first;
        const vt_name_list list = {block->text, block->length,
                                   left < VT_VOCABULARY_BLOCK ? left : VT_VOCABULARY_BLOCK};
        uint64_t *found = *bits + first / 64;
        if (text.length == 0) {
            memset(found, 0xFF, sizeof(vt_bits));
        } else {
            vt_find_in_names(text, &list, found);
        }
    }
    **bits &= ~UINT64_C(1); /* number 0 is no text */
    return true;
}

/* By row, to the end of the last chunk. */
static size_t row_words(const vt_snapshot *snapshot)
{
    return (size_t)vt_chunks_for(snapshot->count) * VT_FILTER_WORDS;
}

static bool create_row_bits(size_t words, uint64_t **bits, vt_error *error)
{
    *bits = calloc(words ? words : 1, sizeof **bits);
    if (!*bits) {
        no_memory(error);
        return false;
    }
    return true;
}

static bool mark_stacked(const vt_node *node, const vt_snapshot *snapshot, uint64_t **bits, vt_error *error)
{
    const vt_stack_table *table = snapshot->stacks;
    size_t words = row_words(snapshot);
    if (!create_row_bits(words, bits, error)) {
        return false;
    }
    bool lone = node->set == VT_STACKED_NOT;
    for (uint32_t place = 0; table && place < table->count; place++) {
        bool cover = table->stacks[table->stacks_of[place]].first == place;
        if (lone || (node->set & (cover ? VT_STACKED_COVER : VT_STACKED_INSIDE))) {
            vt_set_bit(*bits, table->rows[place]);
        }
    }
    for (size_t i = 0; node->unequal != lone && i < words; i++) {
        (*bits)[i] = ~(*bits)[i];
    }
    return true;
}

static bool mark_twins(const vt_node *node, const vt_snapshot *snapshot, uint64_t **bits, vt_error *error)
{
    size_t words = row_words(snapshot);
    if (!create_row_bits(words, bits, error)) {
        return false;
    }
    for (int kind = 0; kind < VT_TWIN_KINDS; kind++) {
        const vt_twin_table *table = node->set >> kind & 1 ? snapshot->twins[kind] : NULL;
        for (uint32_t place = 0; table && place < table->count; place++) {
            vt_set_bit(*bits, table->rows[place]);
        }
    }
    for (size_t i = 0; node->unequal && i < words; i++) {
        (*bits)[i] = ~(*bits)[i];
    }
    return true;
}

/* Who has no camera or title matches no comparison with one. */
static bool look_up_texts(const vt_node *node, const vt_vocabulary *texts, uint32_t count, uint64_t **bits,
                          vt_error *error)
{
    const vt_span any = {"", 0};
    if (!mark_texts(texts, count, node->none ? any : node->text, bits, error)) {
        return false;
    }
    if (node->none != node->unequal) {
        turn_round(*bits, count);
    }
    if (node->unequal && !node->none) {
        **bits &= ~UINT64_C(1);
    }
    return true;
}

bool vt_filter_look_up(const vt_node *node, const vt_snapshot *snapshot, uint64_t **bits, vt_error *error)
{
    bool turned = node->none != node->unequal;
    switch (node->column) {
    case VT_COLUMN_TWINS:
        return mark_twins(node, snapshot, bits, error);
    case VT_COLUMN_STACK:
        return mark_stacked(node, snapshot, bits, error);
    case VT_COLUMN_CAMERA:
        return look_up_texts(node, &snapshot->tables->cameras, snapshot->camera_count, bits, error);
    case VT_COLUMN_TITLE:
        return look_up_texts(node, &snapshot->tables->titles, snapshot->title_count, bits, error);
    case VT_COLUMN_ALBUM:
        if (!mark_sets(snapshot->album_sets, snapshot->album_set_count, decide_albums(snapshot->albums, node),
                       bits, error)) {
            return false;
        }
        if (turned) {
            turn_round(*bits, snapshot->album_set_count);
        }
        return true;
    default:
        if (!mark_sets(snapshot->tag_sets, snapshot->tag_set_count,
                       decide_tags(snapshot->tags, node->none ? any_tag : is_named, node->text), bits,
                       error)) {
            return false;
        }
        if (turned) {
            turn_round(*bits, snapshot->tag_set_count);
        }
        return true;
    }
}

/* What accepts nothing need not be looked up. */
static void drop_if_empty(uint64_t **bits, uint32_t count)
{
    for (uint32_t i = 0; i <= count / 64; i++) {
        if ((*bits)[i]) {
            return;
        }
    }
    free(*bits);
    *bits = NULL;
}

bool vt_filter_find_in_tags(vt_span text, const vt_snapshot *snapshot, uint64_t **bits, vt_error *error)
{
    *bits = NULL;
    if (snapshot->tag_set_count <= 1 || text.length == 0) {
        return true;
    }
    tag_test test = memchr(text.bytes, '/', text.length) ? path_holds : holds;
    if (!mark_sets(snapshot->tag_sets, snapshot->tag_set_count, decide_tags(snapshot->tags, test, text), bits,
                   error)) {
        return false;
    }
    drop_if_empty(bits, snapshot->tag_set_count);
    return true;
}

bool vt_filter_find_in_titles(vt_span text, const vt_snapshot *snapshot, uint64_t **bits, vt_error *error)
{
    *bits = NULL;
    if (snapshot->title_count <= 1 || text.length == 0) {
        return true;
    }
    if (!mark_texts(&snapshot->tables->titles, snapshot->title_count, text, bits, error)) {
        return false;
    }
    drop_if_empty(bits, snapshot->title_count);
    return true;
}
