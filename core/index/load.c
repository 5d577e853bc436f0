#include "core/index/index.h"

/* How often a cancel is looked for. */
#define CANCEL_STEP 4096

typedef struct vt_load {
    vt_index *index;
    const atomic_bool *cancelled;
    vt_error *error;
    vt_error fault; /* of one item; here because clearing it for each would cost as much as putting it */
    uint32_t seen;
    bool failed;
} vt_load;

static bool take_folder(void *user, int64_t id, const char *path, size_t length)
{
    vt_load *load = user;
    load->failed = !vt_index_add_folder(load->index, id, path, length, load->error);
    return !load->failed;
}

static bool take_item(void *user, const vt_item_brief *item)
{
    vt_load *load = user;
    if (load->seen++ % CANCEL_STEP == 0 && load->cancelled && atomic_load(load->cancelled)) {
        vt_error_set(load->error, VT_ERROR_CANCELLED, "loading the library was cancelled");
        load->failed = true;
        return false;
    }
    load->failed = !vt_index_put(load->index, item, 1, &load->fault);
    if (load->fault.code == VT_ERROR_USAGE) { /* ours if a program made it, the catalog's here */
        vt_error_set(load->error, VT_ERROR_CORRUPT,
                     "the catalog contradicts itself: %.300s; run `vitrine check`", load->fault.message);
    } else if (load->failed && load->error) {
        *load->error = load->fault;
    }
    return !load->failed;
}

bool vt_index_load(vt_index *index, vt_catalog_reader *reader, const atomic_bool *cancelled, vt_error *error)
{
    vt_load load = {.index = index, .cancelled = cancelled, .error = error};
    if (!vt_catalog_reader_begin(reader, error)) {
        return false;
    }
    bool read = vt_catalog_reader_each_folder(reader, NULL, take_folder, &load, error) && !load.failed &&
                vt_catalog_reader_each_brief(reader, 0, take_item, &load, error) && !load.failed;
    vt_catalog_reader_end(reader);
    return read && vt_index_publish(index, error);
}
