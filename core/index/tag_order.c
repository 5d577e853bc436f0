#include "core/index/chunk.h"
#include "core/index/natural.h"
#include "core/index/tags_private.h"

#include <stdlib.h>

static const char *name_of(const void *of, uint32_t tag, size_t *length)
{
    const vt_tag_row *row = vt_tag_table_at(of, tag);
    *length = row->length;
    return vt_name_folded(row->name);
}

/* Room for lists of `count` entries each; `bytes` of one entry. */
static void *list_of(uint32_t count, size_t bytes)
{
    return malloc((count ? count : 1) * bytes);
}

/* The first and the next child of each tag, by name; [table->count] stands for the top. */
typedef struct family {
    uint32_t *first, *next;
} family;

/* `sorted`: all tags by name. From the last on, each is put in front of its siblings. */
static void join_families(const vt_tag_table *table, const uint32_t *sorted, uint32_t count, family *of)
{
    for (uint32_t i = 0; i <= table->count; i++) {
        of->first[i] = VT_INDEX_NO_TAG;
    }
    for (uint32_t i = count; i-- > 0;) {
        uint32_t parent = vt_tag_table_at(table, sorted[i])->parent;
        parent = parent == VT_INDEX_NO_TAG ? table->count : parent;
        of->next[sorted[i]] = of->first[parent];
        of->first[parent] = sorted[i];
    }
}

/* Goes through the tree, down before on; without recursion, for a tree may be as deep as there are tags. */
static void walk(const vt_tag_table *table, const family *of, vt_tag_order *order)
{
    uint32_t tag = of->first[table->count];
    uint32_t level = 0;
    order->count = 0;
    while (tag != VT_INDEX_NO_TAG) {
        order->places[tag] = order->count;
        order->levels[order->count] = level;
        order->tags[order->count++] = tag;
        if (of->first[tag] != VT_INDEX_NO_TAG) {
            tag = of->first[tag];
            level++;
            continue;
        }
        while (tag != VT_INDEX_NO_TAG) {
            order->ends[order->places[tag]] = order->count;
            if (of->next[tag] != VT_INDEX_NO_TAG) {
                tag = of->next[tag];
                break;
            }
            tag = vt_tag_table_at(table, tag)->parent;
            level -= tag != VT_INDEX_NO_TAG;
        }
    }
}

static bool fill(const vt_tag_table *table, vt_tag_order *order, uint32_t *sorted, const family *of)
{
    uint32_t count = 0;
    for (uint32_t tag = 0; tag < table->count; tag++) {
        order->places[tag] = VT_INDEX_NO_TAG;
        if (!vt_tag_table_at(table, tag)->removed) {
            sorted[count++] = tag;
        }
    }
    if (!vt_natural_sort(&(vt_texts){name_of, table}, sorted, count, NULL, NULL)) {
        return false;
    }
    family joined = *of;
    join_families(table, sorted, count, &joined);
    walk(table, of, order);
    return true;
}

vt_tag_order *vt_tag_order_create(const vt_tag_table *table)
{
    uint32_t count = table ? table->count : 0;
    vt_tag_order *order = calloc(1, sizeof *order);
    if (!order) {
        return NULL;
    }
    order->tags = list_of(count, sizeof *order->tags);
    order->ends = list_of(count, sizeof *order->ends);
    order->levels = list_of(count, sizeof *order->levels);
    order->places = list_of(count, sizeof *order->places);
    uint32_t *sorted = list_of(count, sizeof *sorted);
    family of = {list_of(count + 1, sizeof *of.first), list_of(count, sizeof *of.next)};
    bool made = order->tags && order->ends && order->levels && order->places && sorted && of.first &&
                of.next && (!table || fill(table, order, sorted, &of));
    free(sorted);
    free(of.first);
    free(of.next);
    if (!made) {
        vt_tag_order_free(order);
        return NULL;
    }
    return order;
}

void vt_tag_order_free(vt_tag_order *order)
{
    if (order) {
        free(order->tags);
        free(order->ends);
        free(order->levels);
        free(order->places);
        free(order);
    }
}

const vt_tag_order *vt_snapshot_tag_order(const vt_snapshot *snapshot)
{
    static const vt_tag_order none;
    vt_tag_table *table = snapshot->tags;
    if (!table) {
        return &none;
    }
    pthread_mutex_lock(&table->lock);
    if (!table->order) {
        table->order = vt_tag_order_create(table);
    }
    const vt_tag_order *order = table->order;
    pthread_mutex_unlock(&table->lock);
    return order;
}
