#include "app/ui/files/open_with.h"

#include "app/ui/files/open_with_private.h"
#include "app/ui/files/program_dialog.h"
#include "app/ui/parts/translate.h"
#include "core/base/str.h"

#include <stdlib.h>
#include <string.h>

/* ---- the menu ---- */

static void clear_menu(vt_open_with *with)
{
    for (int i = 0; i < with->made_count; i++) {
        q_object_delete_later(with->made[i]);
        q_widget_remove_action(with->menu, with->made[i]);
    }
    with->made_count = 0;
}

static void insert(vt_open_with *with, QAction *action)
{
    if (with->made_count < VT_OPEN_WITH_ACTIONS_MAX) {
        q_widget_insert_action(with->menu, with->other, action);
        with->made[with->made_count++] = action;
    }
}

static void insert_words(vt_open_with *with, const char *text)
{
    QAction *action = q_action_new(text, with->menu);
    q_action_set_enabled(action, false);
    insert(with, action);
}

static void insert_separator(vt_open_with *with)
{
    QAction *action = q_action_new("", with->menu);
    q_action_set_separator(action, true);
    insert(with, action);
}

typedef struct program_user {
    vt_open_with *with;
    char *id; /* owned */
} program_user;

static void free_program_user(void *user)
{
    program_user *of = user;
    free(of->id);
    free(of);
}

static void on_program(void *user, bool checked)
{
    (void)checked;
    const program_user *of = user;
    const vt_program_search *found = of->with->found;
    const vt_program *program = found ? vt_programs_find(&found->fitting.programs, of->id) : NULL;
    program = program || !found ? program : vt_programs_find(&found->used.programs, of->id);
    if (program) {
        vt_open_with_start(of->with, program, found->chosen);
    }
}

/* An & in a name would be the letter for Alt. */
static void append_name(vt_str *text, const char *name)
{
    for (; *name; name++) {
        vt_str_append_char(text, *name);
        if (*name == '&') {
            vt_str_append_char(text, '&');
        }
    }
}

static void insert_program(vt_open_with *with, const vt_program_group *group, size_t at)
{
    const vt_program *program = &group->programs.list[at];
    vt_str text = VT_STR_INIT;
    append_name(&text, program->name);
    if (program->standard) {
        vt_str_append_char(&text, ' ');
        vt_str_append_cstr(&text, vt_tr("programs", "(default)"));
    }
    QIcon icon = vt_program_icon(group, at);
    QAction *action = q_action_new(text.data, with->menu);
    q_action_set_icon(action, &icon);
    q_action_set_icon_visible_in_menu(action, true);
    program_user *user = malloc(sizeof *user);
    if (user) {
        *user = (program_user){with, strdup(program->id)};
        q_action_on_triggered_with(action, &with->root, on_program, user,
                                   &(qt_connect_options){.destroy = free_program_user});
    }
    insert(with, action);
    q_icon_fini(&icon);
    vt_str_free(&text);
}

static const char *why_none(const vt_program_search *found)
{
    switch (found->result) {
    case VT_PROGRAMS_MISSING:
        return vt_chosen_count(found->chosen) == 1 ? vt_tr("programs", "The file is not there")
                                                   : vt_tr("programs", "None of the files is there");
    case VT_PROGRAMS_MIXED:
        return vt_tr("programs", "No program opens all of these kinds of files");
    case VT_PROGRAMS_NONE:
        return vt_tr("programs", "No program is known for these files");
    case VT_PROGRAMS_FOUND:
        break;
    }
    return NULL;
}

/* Some lines of the menu stay for the separator and what was used lately. */
static void fill_menu(vt_open_with *with)
{
    const vt_program_search *found = with->found;
    const char *none = why_none(found);
    clear_menu(with);
    if (none) {
        insert_words(with, none);
    }
    bool missing = found->result == VT_PROGRAMS_MISSING;
    for (size_t i = 0; !missing && i < found->fitting.programs.count && i < VT_OPEN_WITH_ACTIONS_MAX - 10;
         i++) {
        insert_program(with, &found->fitting, i);
    }
    bool lined = false;
    for (size_t i = 0; !missing && i < found->used.programs.count; i++) {
        if (!vt_programs_find(&found->fitting.programs, found->used.programs.list[i].id)) {
            if (!lined) {
                insert_separator(with);
                lined = true;
            }
            insert_program(with, &found->used, i);
        }
    }
    insert_separator(with);
    q_action_set_enabled(with->other, !missing);
    if (q_menu_active_action(with->menu) == with->other && found->fitting.programs.count > 0 && !missing) {
        q_menu_set_active_action(with->menu, with->made[0]); /* the keyboard found nothing else before */
    }
    vt_log_write(
        &with->context.log, VT_LOG_INFO, "open with: menu: programs=%zu used=%zu missing=%zu result=%d",
        found->fitting.programs.count, found->used.programs.count, found->missing, (int)found->result);
}

/* ---- looking up ---- */

typedef struct look {
    vt_program_search *search; /* owned, until it is taken out */
} look;

static void release_look(void *work)
{
    look *of = work;
    vt_program_search_free(of->search);
    free(of);
}

static void *prepare_look(void *user)
{
    vt_open_with *with = user;
    vt_chosen *chosen = with->context.chosen(with->context.user);
    look *of = chosen ? calloc(1, sizeof *of) : NULL;
    vt_program_search *search = of ? calloc(1, sizeof *search) : NULL;
    if (search) {
        search->chosen = chosen;
        search->all = with->list_wanted;
        vt_open_with_read_recent(with, search->recent);
        of->search = search;
    } else {
        vt_chosen_unref(chosen);
        free(of);
        of = NULL;
    }
    with->list_wanted = with->is_stale = false;
    return of;
}

static bool read_look(void *work, vt_error *error)
{
    return vt_program_search_run(((look *)work)->search, error);
}

static void wanted(void *user, const vt_program_search *search, const vt_program *program)
{
    vt_open_with_start(user, program, search->chosen);
}

static void take_look(void *user, void *work, const vt_error *error)
{
    vt_open_with *with = user;
    look *of = work;
    vt_program_search *search = of->search;
    if (with->is_stale) {
        return; /* of what was chosen before; the next look is begun when this returns */
    }
    if (error->code != VT_ERROR_NONE) {
        with->context.fault(with->context.user, error->message);
        return;
    }
    of->search = NULL;
    if (search->all) {
        vt_log_write(&with->context.log, VT_LOG_INFO, "open with: list: fitting=%zu all=%zu",
                     search->fitting.programs.count, search->others.programs.count);
        vt_program_dialog_show(with->window, search, wanted, with);
    } else {
        vt_program_search_free(with->found);
        with->found = search;
        fill_menu(with);
    }
}

static const vt_reading_ops look_ops = {.name = "look for programs",
                                        .priority = VT_PRIORITY_CRITICAL,
                                        .prepare = prepare_look,
                                        .read = read_look,
                                        .take = take_look,
                                        .release = release_look};

static void look_up(vt_open_with *with)
{
    with->is_stale = vt_reading_is_busy(with->looking);
    vt_reading_begin(with->looking);
}

static void on_about_to_show(void *user)
{
    vt_open_with *with = user;
    clear_menu(with);
    insert_words(with, vt_tr("programs", "Looking for programs\u2026"));
    insert_separator(with);
    look_up(with);
}

void vt_open_with_show_all(vt_open_with *with)
{
    with->list_wanted = true;
    look_up(with);
}

/* ---- life ---- */

static void with_finish(void *self)
{
    vt_open_with *with = self;
    vt_reading_free(with->looking);
    vt_program_search_free(with->found);
}

static qt_subclass with_class = {
    .base = &qt_class_QWidget, .instance_size = sizeof(vt_open_with), .finish = with_finish};

vt_open_with *vt_open_with_create(QWidgetRef window, const vt_open_with_context *context)
{
    vt_open_with *with = qt_subclass_allocate(&with_class);
    q_widget_init(&with->root, window);
    qt_subclass_install(&with_class, with);
    q_widget_hide(&with->root);
    with->window = window.QWidget_;
    with->context = *context;
    with->looking = vt_reading_create((QObject *)&with->root, context->executor, &look_ops, with);
    return with;
}

void vt_open_with_use_menu(vt_open_with *with, QMenu *menu, QAction *other)
{
    with->menu = menu;
    with->other = other;
    q_menu_on_about_to_show(menu, &with->root, on_about_to_show, with);
}

void vt_open_with_stop(vt_open_with *with)
{
    if (!with) {
        return;
    }
    vt_reading_stop(with->looking);
    if (with->opening) {
        vt_task_wait(with->opening, VT_FOREVER);
    }
}
