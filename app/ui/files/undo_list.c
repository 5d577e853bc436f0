#include "app/ui/files/undo_list.h"

#include <string.h>

static void remove_at(vt_undo_list *list, size_t at)
{
    vt_undo_step step = list->steps[at];
    memmove(&list->steps[at], &list->steps[at + 1], (list->count - at - 1) * sizeof *list->steps);
    list->count--;
    list->done -= at < list->done;
    if (step.release) {
        step.release(step.user);
    }
}

void vt_undo_list_push(vt_undo_list *list, const vt_undo_step *step)
{
    while (list->count > list->done) {
        remove_at(list, list->count - 1);
    }
    if (list->count == VT_UNDO_STEPS_MAX) {
        remove_at(list, 0);
    }
    list->steps[list->count++] = *step;
    list->done = list->count;
}

bool vt_undo_list_undo(vt_undo_list *list)
{
    if (list->done == 0) {
        return false;
    }
    vt_undo_step *step = &list->steps[list->done - 1];
    if (!step->undo(step->user)) {
        remove_at(list, list->done - 1);
        return false;
    }
    list->done--;
    return true;
}

bool vt_undo_list_redo(vt_undo_list *list)
{
    if (list->done == list->count) {
        return false;
    }
    vt_undo_step *step = &list->steps[list->done];
    if (!step->redo(step->user)) {
        remove_at(list, list->done);
        return false;
    }
    list->done++;
    return true;
}

static size_t find(const vt_undo_list *list, const void *user)
{
    size_t at = 0;
    while (at < list->count && list->steps[at].user != user) {
        at++;
    }
    return at;
}

bool vt_undo_list_put_back(vt_undo_list *list, const void *user, bool *undone)
{
    size_t at = find(list, user);
    *undone = at >= list->done;
    if (at == list->count || (at != list->done && at + 1 != list->done)) {
        return false;
    }
    list->done = *undone ? list->done + 1 : list->done - 1;
    return true;
}

void vt_undo_list_drop(vt_undo_list *list, const void *user)
{
    size_t at = find(list, user);
    if (at < list->count) {
        list->steps[at].release = NULL;
        remove_at(list, at);
    }
}

bool vt_undo_list_is_next(const vt_undo_list *list, const void *user)
{
    return list->done < list->count && list->steps[list->done].user == user;
}

const char *vt_undo_list_undo_name(const vt_undo_list *list)
{
    return list->done > 0 ? list->steps[list->done - 1].name : NULL;
}

const char *vt_undo_list_redo_name(const vt_undo_list *list)
{
    return list->done < list->count ? list->steps[list->done].name : NULL;
}

void vt_undo_list_clear(vt_undo_list *list)
{
    while (list->count > 0) {
        remove_at(list, list->count - 1);
    }
}
