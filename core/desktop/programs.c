#include "core/desktop/programs.h"

#include "core/desktop/mime_types.h"

#include <gio/gdesktopappinfo.h>
#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

/* Opening a file with Vitrine out of Vitrine leads nowhere. */
#define OURSELVES "org.vitrine.Vitrine.desktop"

static bool no_memory(vt_error *error)
{
    vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a list of programs");
    return false;
}

static void clear_program(vt_program *program)
{
    free(program->id);
    free(program->name);
    free(program->icon);
    free(program->command);
    free(program->entry);
    free(program->folder);
}

void vt_programs_clear(vt_programs *programs)
{
    for (size_t i = 0; i < programs->count; i++) {
        clear_program(&programs->list[i]);
    }
    free(programs->list);
    *programs = (vt_programs){NULL, 0};
}

const vt_program *vt_programs_find(const vt_programs *programs, const char *id)
{
    for (size_t i = 0; i < programs->count; i++) {
        if (strcmp(programs->list[i].id, id) == 0) {
            return &programs->list[i];
        }
    }
    return NULL;
}

/* ---- one program ---- */

static char *copy(const char *text)
{
    return text && *text ? strdup(text) : NULL;
}

/* The name of a themed icon, or the path of one that lies somewhere. */
static char *icon_of(GAppInfo *info)
{
    GIcon *icon = g_app_info_get_icon(info);
    char *found = NULL;
    if (icon && G_IS_THEMED_ICON(icon)) {
        const char *const *names = g_themed_icon_get_names(G_THEMED_ICON(icon));
        found = names ? copy(names[0]) : NULL;
    } else if (icon && G_IS_FILE_ICON(icon)) {
        found = copy(g_file_peek_path(g_file_icon_get_file(G_FILE_ICON(icon))));
    }
    return found;
}

/* False when memory runs out; what is no program that could be started is passed over. */
static bool add(vt_programs *programs, GAppInfo *info, vt_error *error)
{
    const char *id = g_app_info_get_id(info);
    const char *command = g_app_info_get_commandline(info);
    if (!id || !command || !G_IS_DESKTOP_APP_INFO(info) || strcmp(id, OURSELVES) == 0 ||
        vt_programs_find(programs, id)) {
        return true;
    }
    vt_program *grown = realloc(programs->list, (programs->count + 1) * sizeof *grown);
    if (!grown) {
        return no_memory(error);
    }
    programs->list = grown;
    GDesktopAppInfo *entry = G_DESKTOP_APP_INFO(info);
    char *folder = g_desktop_app_info_get_string(entry, "Path");
    vt_program program = {.id = strdup(id),
                          .name = strdup(g_app_info_get_display_name(info)),
                          .icon = icon_of(info),
                          .command = strdup(command),
                          .entry = copy(g_desktop_app_info_get_filename(entry)),
                          .folder = copy(folder),
                          .terminal = g_desktop_app_info_get_boolean(entry, "Terminal")};
    g_free(folder);
    if (!program.id || !program.name || !program.command) {
        clear_program(&program);
        return no_memory(error);
    }
    programs->list[programs->count++] = program;
    return true;
}

/* Takes over the list and the references in it. */
static bool add_all(vt_programs *programs, GList *infos, bool shown_only, vt_error *error)
{
    bool done = true;
    for (GList *at = infos; done && at; at = at->next) {
        GAppInfo *info = at->data;
        bool wanted = !shown_only || (g_app_info_should_show(info) &&
                                      (g_app_info_supports_files(info) || g_app_info_supports_uris(info)));
        done = !wanted || add(programs, info, error);
    }
    g_list_free_full(infos, g_object_unref);
    return done;
}

/* ---- of formats ---- */

/* Under whichever of its names programs claim the format. */
static bool find_format(vt_format format, vt_programs *programs, vt_error *error)
{
    bool done = true;
    bool has_standard = false;
    for (const char *const *type = vt_mime_types(format); done && *type; type++) {
        GAppInfo *standard = g_app_info_get_default_for_type(*type, FALSE);
        if (standard) {
            done = add(programs, standard, error);
            const char *id = g_app_info_get_id(standard);
            vt_program *found = id ? (vt_program *)vt_programs_find(programs, id) : NULL;
            if (found && !has_standard) {
                found->standard = has_standard = true;
            }
            g_object_unref(standard);
        }
        done = done && add_all(programs, g_app_info_get_all_for_type(*type), false, error);
    }
    return done;
}

static void keep_common(vt_programs *programs, const vt_programs *others)
{
    size_t kept = 0;
    for (size_t i = 0; i < programs->count; i++) {
        if (vt_programs_find(others, programs->list[i].id)) {
            programs->list[kept++] = programs->list[i];
        } else {
            clear_program(&programs->list[i]);
        }
    }
    programs->count = kept;
}

bool vt_programs_for(unsigned formats, vt_programs *programs, vt_error *error)
{
    *programs = (vt_programs){NULL, 0};
    bool first = true;
    for (int format = 1; format < VT_FORMAT_COUNT; format++) {
        vt_programs others = {NULL, 0};
        if (!(formats & 1u << format)) {
            continue;
        }
        bool done = find_format((vt_format)format, first ? programs : &others, error);
        if (done && !first) {
            keep_common(programs, &others);
        }
        vt_programs_clear(&others);
        if (!done) {
            vt_programs_clear(programs);
            return false;
        }
        first = false;
    }
    return true;
}

static int compare_names(const void *a, const void *b)
{
    const vt_program *first = a;
    const vt_program *second = b;
    int order = strcoll(first->name, second->name);
    return order ? order : strcmp(first->id, second->id);
}

bool vt_programs_all(vt_programs *programs, vt_error *error)
{
    *programs = (vt_programs){NULL, 0};
    if (!add_all(programs, g_app_info_get_all(), true, error)) {
        vt_programs_clear(programs);
        return false;
    }
    if (programs->count > 1) {
        qsort(programs->list, programs->count, sizeof *programs->list, compare_names);
    }
    return true;
}

bool vt_programs_of(const char *const *ids, size_t count, vt_programs *programs, vt_error *error)
{
    *programs = (vt_programs){NULL, 0};
    bool done = true;
    for (size_t i = 0; done && i < count; i++) {
        GDesktopAppInfo *info = ids[i] ? g_desktop_app_info_new(ids[i]) : NULL;
        if (info) {
            done = add(programs, G_APP_INFO(info), error);
            g_object_unref(info);
        }
    }
    if (!done) {
        vt_programs_clear(programs);
    }
    return done;
}

bool vt_programs_copy_one(const vt_program *program, vt_programs *copy_of, vt_error *error)
{
    *copy_of = (vt_programs){calloc(1, sizeof *copy_of->list), 1};
    if (!copy_of->list) {
        *copy_of = (vt_programs){NULL, 0};
        return no_memory(error);
    }
    copy_of->list[0] = (vt_program){.id = copy(program->id),
                                    .name = copy(program->name),
                                    .icon = copy(program->icon),
                                    .command = copy(program->command),
                                    .entry = copy(program->entry),
                                    .folder = copy(program->folder),
                                    .terminal = program->terminal,
                                    .standard = program->standard};
    if (!copy_of->list[0].id || !copy_of->list[0].name || !copy_of->list[0].command) {
        vt_programs_clear(copy_of);
        return no_memory(error);
    }
    return true;
}
