/* An index filled by hand, for the tests of core/index. */
#ifndef VT_TESTS_CORE_INDEX_LIBRARY_H
#define VT_TESTS_CORE_INDEX_LIBRARY_H

#include "core/index/index.h"
#include "tests/support/check.h"

#include <string.h>

/* A brief of an image named `name`; tests change what they are about. */
static inline vt_item_brief library_item(int64_t id, int64_t folder, const char *name)
{
    return (vt_item_brief){
        .id = id,
        .folder_id = folder,
        .name = name,
        .name_length = (uint32_t)strlen(name),
        .width = 640,
        .height = 480,
        .size = 1000,
        .kind = VT_KIND_IMAGE,
        .format = VT_FORMAT_JPEG,
    };
}

static inline void library_folder(vt_index *index, int64_t id, const char *path)
{
    vt_error error = VT_ERROR_INIT;
    if (!vt_index_add_folder(index, id, path, strlen(path), &error)) {
        fail_msg("%s", error.message);
    }
}

static inline void library_put(vt_index *index, vt_item_brief item)
{
    vt_error error = VT_ERROR_INIT;
    if (!vt_index_put(index, &item, 1, &error)) {
        fail_msg("%s", error.message);
    }
}

/* Publishes and takes the snapshot. */
static inline const vt_snapshot *library_publish(vt_index *index)
{
    vt_error error = VT_ERROR_INIT;
    if (!vt_index_publish(index, &error)) {
        fail_msg("%s", error.message);
    }
    return vt_index_snapshot(index);
}

#endif
