#include "app/ui/files/program_search.h"

#include "core/desktop/icon_path.h"

#include <qt6c/qpixmap.h>

#include <stdlib.h>
#include <string.h>

/* Sharp at scale factors up to 2. */
enum { ICON_SIDE = 32 };

static void load_icon(const char *name, QImage *image)
{
    char *path = name ? vt_icon_path(name, ICON_SIDE) : NULL;
    q_image_init_null(image);
    if (path) {
        QImage loaded;
        q_image_init_string_char(&loaded, path);
        if (!q_image_is_null(&loaded)) {
            const QSize size = {ICON_SIDE, ICON_SIDE};
            QImage reduced = q_image_scaled_full(&loaded, &size, Qt_KeepAspectRatio, Qt_SmoothTransformation);
            q_image_fini(image);
            *image = reduced;
        }
        q_image_fini(&loaded);
    }
    free(path);
}

static bool load_icons(vt_program_group *group, vt_error *error)
{
    size_t count = group->programs.count;
    group->icons = calloc(count ? count : 1, sizeof *group->icons);
    if (!group->icons) {
        vt_programs_clear(&group->programs);
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for icons");
    }
    for (size_t i = 0; i < count; i++) {
        load_icon(group->programs.list[i].icon, &group->icons[i]);
    }
    return true;
}

static void clear_group(vt_program_group *group)
{
    for (size_t i = 0; group->icons && i < group->programs.count; i++) {
        q_image_fini(&group->icons[i]);
    }
    free(group->icons);
    vt_programs_clear(&group->programs);
}

static bool is_gone(const vt_item_brief *item)
{
    return item->state == VT_ITEM_MISSING || item->state == VT_ITEM_OFFLINE || item->state == VT_ITEM_TRASHED;
}

static unsigned formats_of(vt_program_search *search)
{
    unsigned formats = 0;
    size_t count = vt_chosen_count(search->chosen);
    for (size_t i = 0; i < count; i++) {
        vt_item_brief item;
        vt_chosen_item(search->chosen, i, &item);
        if (is_gone(&item)) {
            search->missing++;
        } else if (item.format > 0 && item.format < VT_FORMAT_COUNT) {
            formats |= 1u << item.format;
        }
    }
    return formats;
}

static vt_program_search_result judge(const vt_program_search *search, unsigned formats)
{
    if (search->missing == vt_chosen_count(search->chosen)) {
        return VT_PROGRAMS_MISSING;
    }
    if (search->fitting.programs.count > 0) {
        return VT_PROGRAMS_FOUND;
    }
    return (formats & (formats - 1)) ? VT_PROGRAMS_MIXED : VT_PROGRAMS_NONE;
}

bool vt_program_search_run(vt_program_search *search, vt_error *error)
{
    unsigned formats = formats_of(search);
    bool done = vt_programs_for(formats, &search->fitting.programs, error) &&
                load_icons(&search->fitting, error) &&
                vt_programs_of((const char *const *)search->recent, VT_PROGRAMS_RECENT_MAX,
                               &search->used.programs, error) &&
                load_icons(&search->used, error);
    if (done && search->all) {
        done = vt_programs_all(&search->others.programs, error) && load_icons(&search->others, error);
    }
    search->result = judge(search, formats);
    return done;
}

void vt_program_search_free(vt_program_search *search)
{
    if (search) {
        clear_group(&search->fitting);
        clear_group(&search->used);
        clear_group(&search->others);
        for (size_t i = 0; i < VT_PROGRAMS_RECENT_MAX; i++) {
            free(search->recent[i]);
        }
        vt_chosen_unref(search->chosen);
        free(search);
    }
}

QIcon vt_program_icon(const vt_program_group *group, size_t at)
{
    QIcon icon;
    if (q_image_is_null(&group->icons[at])) {
        q_icon_init(&icon);
        return icon;
    }
    QPixmap pixmap = q_pixmap_from_image(&group->icons[at]);
    q_icon_init_pixmap(&icon, &pixmap);
    q_pixmap_fini(&pixmap);
    return icon;
}
