#include "core/index/index_private.h"

#include <stdlib.h>
#include <string.h>

static vt_sets **sets_of(vt_index *index, vt_set_kind kind)
{
    return kind == VT_SET_TAGS ? &index->tag_sets : &index->album_sets;
}

static uint32_t *column_of(vt_user_block *block, vt_set_kind kind)
{
    return kind == VT_SET_TAGS ? block->tags : block->albums;
}

/* Adds each set that a row has to `fresh`; `map` tells the new number of an old one, 0 for those of no use.
 */
static bool take_over(vt_index *index, vt_set_kind kind, vt_sets *fresh, uint32_t *map)
{
    const vt_sets *old = *sets_of(index, kind);
    for (uint32_t row = 0; row < index->count; row += VT_CHUNK_ROWS) {
        /* The block must be ours before a single number of it changes: afterwards nothing may fail. */
        vt_user_block *block = index->pieces[row >> VT_CHUNK_SHIFT].user;
        block = block ? vt_index_own_user(index, row) : NULL;
        if (!block) {
            if (index->pieces[row >> VT_CHUNK_SHIFT].user) {
                return false;
            }
            continue;
        }
        const uint32_t *column = column_of(block, kind);
        for (uint32_t at = 0; at < VT_CHUNK_ROWS; at++) {
            const vt_set *set = vt_sets_at(old, column[at]);
            if (column[at] && !map[column[at]] &&
                !vt_sets_add(fresh, set->members, set->count, &map[column[at]])) {
                return false;
            }
        }
    }
    return true;
}

/* Begins a new table with the sets that rows have; snapshots keep the old one. */
static bool leave_behind(vt_index *index, vt_set_kind kind)
{
    vt_sets **place = sets_of(index, kind);
    vt_sets *fresh = vt_sets_create();
    uint32_t *map = calloc((*place)->count, sizeof *map);
    if (!fresh || !map || !take_over(index, kind, fresh, map)) {
        vt_sets_release(fresh);
        free(map);
        return false;
    }
    for (uint32_t i = 0; i < index->piece_count; i++) {
        vt_user_block *block = index->pieces[i].user;
        uint32_t *column = block ? column_of(block, kind) : NULL;
        for (uint32_t at = 0; column && at < VT_CHUNK_ROWS; at++) {
            column[at] = map[column[at]];
        }
    }
    free(map);
    vt_sets_release(*place);
    *place = fresh;
    if (fresh->count > fresh->count_limit / 2) {
        fresh->count_limit = fresh->count * 2;
    }
    if (fresh->members > fresh->members_limit / 2) {
        fresh->members_limit = fresh->members * 2;
    }
    return true;
}

bool vt_index_put_set(vt_index *index, uint32_t row, vt_set_kind kind, const uint32_t *members,
                      uint32_t count)
{
    uint32_t at = row & VT_CHUNK_MASK;
    vt_sets **sets = sets_of(index, kind);
    if (((*sets)->count >= (*sets)->count_limit || (*sets)->members >= (*sets)->members_limit) &&
        !leave_behind(index, kind)) {
        return false;
    }
    uint32_t number = 0;
    if (!vt_sets_add(*sets, members, count, &number)) {
        return false;
    }
    vt_user_block *now = index->pieces[row >> VT_CHUNK_SHIFT].user;
    if (number == (now ? column_of(now, kind)[at] : 0)) {
        return true;
    }
    vt_user_block *own = vt_index_own_user(index, row);
    if (own) {
        column_of(own, kind)[at] = number;
    }
    return own != NULL;
}

static int compare_numbers(const void *a, const void *b)
{
    const uint32_t *left = a;
    const uint32_t *right = b;
    return (*left > *right) - (*left < *right);
}

bool vt_index_set_tags(vt_index *index, int64_t item_id, const int64_t *tag_ids, size_t count,
                       vt_error *error)
{
    uint32_t row = vt_index_row_of(index, item_id);
    if (row == VT_INDEX_NO_ROW) {
        return true;
    }
    enum { FEW = 64 };
    uint32_t few[FEW];
    uint32_t *members = count <= FEW ? few : malloc(count * sizeof *members);
    uint32_t known = 0;
    for (size_t i = 0; members && i < count; i++) {
        uint32_t tag = vt_tags_find(&index->tags, tag_ids[i]);
        if (tag != VT_INDEX_NO_TAG &&
            !index->tags.chunks[tag >> VT_TAG_SHIFT]->rows[tag & VT_TAG_MASK].removed) {
            members[known++] = tag;
        }
    }
    bool done = members != NULL;
    if (done && known > 0) {
        qsort(members, known, sizeof *members, compare_numbers);
        uint32_t distinct = 1;
        for (uint32_t i = 1; i < known; i++) {
            if (members[i] != members[distinct - 1]) {
                members[distinct++] = members[i];
            }
        }
        known = distinct;
    }
    done = done && vt_index_put_set(index, row, VT_SET_TAGS, members, known);
    if (members != few) {
        free(members);
    }
    return done ||
           vt_error_set(error, VT_ERROR_MEMORY, "no memory for the tags of item %lld", (long long)item_id);
}

uint32_t vt_snapshot_tag_count(const vt_snapshot *snapshot)
{
    return snapshot->tags ? snapshot->tags->count : 0;
}

void vt_snapshot_tag(const vt_snapshot *snapshot, uint32_t tag, vt_index_tag *of)
{
    const vt_tag_row *row = vt_tag_table_at(snapshot->tags, tag);
    *of = (vt_index_tag){row->id, row->name, row->length, row->parent, row->removed};
}

uint32_t vt_snapshot_find_tag(const vt_snapshot *snapshot, int64_t id)
{
    for (uint32_t tag = 0; tag < vt_snapshot_tag_count(snapshot); tag++) {
        const vt_tag_row *row = vt_tag_table_at(snapshot->tags, tag);
        if (row->id == id && !row->removed) {
            return tag;
        }
    }
    return VT_INDEX_NO_TAG;
}

void vt_snapshot_tag_path(const vt_snapshot *snapshot, uint32_t tag, vt_str *path)
{
    /* From the top on: the way up is gone once for each level, and there are few. */
    uint32_t levels = 0;
    for (uint32_t up = tag; up != VT_INDEX_NO_TAG; up = vt_tag_table_at(snapshot->tags, up)->parent) {
        levels++;
    }
    for (uint32_t level = levels; level-- > 0;) {
        uint32_t up = tag;
        for (uint32_t i = 0; i < level; i++) {
            up = vt_tag_table_at(snapshot->tags, up)->parent;
        }
        const vt_tag_row *row = vt_tag_table_at(snapshot->tags, up);
        vt_str_append(path, row->name, row->length);
        if (level > 0) {
            vt_str_append_char(path, '/');
        }
    }
}

const uint32_t *vt_snapshot_tags_of(const vt_snapshot *snapshot, uint32_t row, uint32_t *count)
{
    const vt_user_block *user = vt_snapshot_user_block(snapshot, row);
    const vt_set *set = vt_sets_at(snapshot->tag_sets, user ? user->tags[row & VT_CHUNK_MASK] : 0);
    *count = set->count;
    return set->members;
}
