#include "app/ui/library/library_private.h"

#include <stdlib.h>
#include <string.h>

/* The stacks that are opened, or all but which; without memory none is. */
static void copy_stacks(vt_library *library, const vt_library *other)
{
    size_t bytes = other->open_count * sizeof *other->open_stacks;
    int64_t *open = bytes ? malloc(bytes) : NULL;
    library->fold_stacks = other->fold_stacks;
    library->whole_stacks = other->whole_stacks;
    library->whole_folders = other->whole_folders;
    free(library->open_stacks);
    library->open_stacks = open;
    library->open_count = open ? other->open_count : 0;
    library->open_others = other->open_others;
    if (open) {
        memcpy(open, other->open_stacks, bytes);
    }
}

static bool copy_text(char **own, const char *text)
{
    (void)vt_library_replace_text(own, text, strlen(text));
    return strcmp(*own, text) == 0; /* else there was no memory */
}

bool vt_library_show_same(vt_library *library, const vt_library *other)
{
    if (!other->view) {
        return false;
    }
    vt_library_reset(library); /* nothing of before comes any more */
    if (!copy_text(&library->filter_text, other->filter_text) ||
        !copy_text(&library->good_filter, other->good_filter) ||
        !copy_text(&library->folder, other->folder)) {
        return false;
    }
    memcpy(library->sorts, other->sorts, sizeof library->sorts);
    library->sort_count = other->sort_count;
    library->group = other->group;
    library->group_descending = other->group_descending;
    library->opened_folder = other->opened_folder;
    library->album = other->album;
    library->album_order = other->album_order;
    copy_stacks(library, other);
    library->view = vt_view_retain(other->view);
    vt_library_share_order(library, other);
    vt_library_select(library, &other->selection);
    vt_library_tell_view_changed(library);
    if (vt_library_is_building(other)) {
        vt_library_rows_arrived(library); /* what the other one is about to show */
    }
    return true;
}
