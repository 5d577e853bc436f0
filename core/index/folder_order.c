#include "core/index/folder_order.h"

#include "core/base/path.h"

#include <stdlib.h>

static int compare_folders(const void *a, const void *b, void *folders)
{
    const vt_folder *left = vt_folders_at(folders, *(const uint32_t *)a);
    const vt_folder *right = vt_folders_at(folders, *(const uint32_t *)b);
    return vt_path_compare(left->path, left->length, right->path, right->length);
}

void vt_folder_order_release(vt_folder_order *order)
{
    if (order && atomic_fetch_sub_explicit(&order->references, 1, memory_order_acq_rel) == 1) {
        free(order);
    }
}

static vt_folder_order *create(const vt_snapshot *snapshot)
{
    uint32_t count = snapshot->folder_count;
    vt_folder_order *order = malloc(sizeof *order + count * sizeof *order->folders);
    if (!order) {
        return NULL;
    }
    atomic_init(&order->references, 1);
    order->count = count;
    for (uint32_t i = 0; i < count; i++) {
        order->folders[i] = i;
    }
    qsort_r(order->folders, count, sizeof *order->folders, compare_folders, (void *)snapshot->folders);
    return order;
}

vt_folder_order *vt_folder_order_of(const vt_snapshot *snapshot)
{
    vt_order_cache *cache = snapshot->tables->order;
    pthread_mutex_lock(&cache->lock);
    vt_folder_order *order = cache->order;
    if (!order || order->count != snapshot->folder_count) {
        order = create(snapshot);
        if (order) {
            vt_folder_order_release(cache->order);
            cache->order = order;
        }
    }
    if (order) {
        atomic_fetch_add_explicit(&order->references, 1, memory_order_relaxed);
    }
    pthread_mutex_unlock(&cache->lock);
    return order;
}

vt_order_cache *vt_order_cache_create(void)
{
    vt_order_cache *cache = calloc(1, sizeof *cache);
    if (cache && pthread_mutex_init(&cache->lock, NULL) != 0) {
        free(cache);
        return NULL;
    }
    return cache;
}

void vt_order_cache_free(vt_order_cache *cache)
{
    if (cache) {
        vt_folder_order_release(cache->order);
        pthread_mutex_destroy(&cache->lock);
        free(cache);
    }
}

/* Whether a path is `path` with a '/' behind it and more, which stands before all that follows that. */
static bool is_below(const vt_folder *folder, const char *path, size_t length)
{
    return folder->length > length &&
           (length == 0 || vt_path_compare(folder->path, length, path, length) == 0) &&
           folder->path[length] == '/';
}

uint32_t vt_folder_order_below(const vt_folder_order *order, const vt_folders *folders, const char *path,
                               size_t length, uint32_t *first)
{
    bool root = length == 1 && path[0] == '/';
    uint32_t low = 0;
    for (uint32_t high = order->count; low < high;) {
        uint32_t middle = low + (high - low) / 2;
        const vt_folder *folder = vt_folders_at(folders, order->folders[middle]);
        if (vt_path_compare(folder->path, folder->length, path, length) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *first = low;
    uint32_t end = low;
    for (uint32_t high = order->count; end < high;) {
        uint32_t middle = end + (high - end) / 2;
        const vt_folder *folder = vt_folders_at(folders, order->folders[middle]);
        bool same = folder->length == length && vt_path_compare(folder->path, length, path, length) == 0;
        if (same || is_below(folder, path, root ? 0 : length)) {
            end = middle + 1;
        } else {
            high = middle;
        }
    }
    return end;
}
