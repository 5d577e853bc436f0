#include "core/sequence/sequence_listing.h"

#include "core/base/arena.h"

#include <stdlib.h>
#include <string.h>

/* What is kept for the next folder, so that one large one does not hold its memory for the whole scan. */
#define FILES_KEPT 4096

struct vt_sequence_listing {
    vt_arena *names; /* owned */
    vt_scan_file *files;
    size_t count, capacity;
};

vt_sequence_listing *vt_sequence_listing_create(void)
{
    vt_sequence_listing *listing = calloc(1, sizeof *listing);
    if (!listing) {
        return NULL;
    }
    listing->names = vt_arena_create(0);
    if (!listing->names) {
        free(listing);
        return NULL;
    }
    return listing;
}

void vt_sequence_listing_free(vt_sequence_listing *listing)
{
    if (listing) {
        vt_arena_free(listing->names);
        free(listing->files);
        free(listing);
    }
}

static bool make_room(vt_sequence_listing *listing, size_t count)
{
    size_t capacity = listing->capacity ? listing->capacity : VT_SCAN_CHUNK;
    while (capacity < count) {
        capacity *= 2;
    }
    if (capacity > listing->capacity) {
        vt_scan_file *files = realloc(listing->files, capacity * sizeof *files);
        if (!files) {
            return false;
        }
        listing->files = files;
        listing->capacity = capacity;
    }
    return true;
}

bool vt_sequence_listing_add(vt_sequence_listing *listing, const vt_scan_file *files, size_t count,
                             vt_error *error)
{
    if (count > VT_SEQUENCE_LISTING_MAX - listing->count) {
        return vt_error_set(error, VT_ERROR_LIMIT,
                            "a folder of more than %zu files; the others are not looked at for sequences",
                            VT_SEQUENCE_LISTING_MAX);
    }
    bool fits = make_room(listing, listing->count + count);
    for (size_t i = 0; i < count && fits; i++) {
        vt_scan_file *copy = &listing->files[listing->count + i];
        *copy = files[i];
        copy->name = vt_arena_copy(listing->names, files[i].name, files[i].name_length);
        fits = copy->name != NULL;
    }
    if (!fits) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the files of a folder");
    }
    listing->count += count;
    return true;
}

const vt_scan_file *vt_sequence_listing_files(const vt_sequence_listing *listing, size_t *count)
{
    *count = listing->count;
    return listing->files;
}

void vt_sequence_listing_reset(vt_sequence_listing *listing)
{
    vt_arena_reset(listing->names);
    listing->count = 0;
    if (listing->capacity > FILES_KEPT) {
        free(listing->files);
        listing->files = NULL;
        listing->capacity = 0;
    }
}
