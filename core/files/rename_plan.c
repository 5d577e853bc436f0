#include "core/files/rename_plan.h"

#include "core/base/arena.h"
#include "core/base/path.h"
#include "core/base/translatable.h"
#include "core/files/rename_private.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *const texts[VT_RENAME_PROBLEM_COUNT] = {
    [VT_RENAME_FINE] = VT_TR_NOOP("rename", "nothing is wrong"),
    [VT_RENAME_UNCHANGED] = VT_TR_NOOP("rename", "that is its name already"),
    [VT_RENAME_EMPTY] = VT_TR_NOOP("rename", "a name needs at least one character"),
    [VT_RENAME_RESERVED] = VT_TR_NOOP("rename", "'.' and '..' are folders"),
    [VT_RENAME_SLASH] = VT_TR_NOOP("rename", "a name cannot contain '/'"),
    [VT_RENAME_NUL] = VT_TR_NOOP("rename", "a name cannot contain a zero byte"),
    [VT_RENAME_TOO_LONG] = VT_TR_NOOP("rename", "a name has at most 255 bytes"),
    [VT_RENAME_NO_DATE] = VT_TR_NOOP("rename", "its date is not known"),
    [VT_RENAME_HIDDEN] = VT_TR_NOOP("rename", "a name that begins with a dot is hidden"),
    [VT_RENAME_TWICE] = VT_TR_NOOP("rename", "another of these files gets the same name"),
    [VT_RENAME_EXISTS] = VT_TR_NOOP("rename", "another file has that name"),
};

const char *vt_rename_problem_text(vt_rename_problem problem)
{
    return (unsigned)problem < VT_RENAME_PROBLEM_COUNT ? texts[problem] : texts[VT_RENAME_FINE];
}

vt_rename_plan *vt_rename_plan_create(void)
{
    vt_rename_plan *plan = calloc(1, sizeof *plan);
    if (plan && !(plan->arena = vt_arena_create(0))) {
        free(plan);
        return NULL;
    }
    return plan;
}

void vt_rename_plan_free(vt_rename_plan *plan)
{
    if (plan) {
        vt_arena_free(plan->arena);
        free(plan->entries);
        free(plan);
    }
}

static bool has_room(vt_rename_plan *plan)
{
    if (plan->count < plan->capacity) {
        return true;
    }
    size_t capacity = plan->capacity ? plan->capacity * 2 : 64;
    vt_rename_item *entries = realloc(plan->entries, capacity * sizeof *entries);
    if (entries) {
        plan->entries = entries;
        plan->capacity = capacity;
    }
    return entries != NULL;
}

/* What is wrong with the name as such. */
static vt_rename_problem judge_name(const char *name, size_t length)
{
    vt_rename_problem problem = VT_RENAME_FINE;
    if (length == 0) {
        problem = VT_RENAME_EMPTY;
    } else if (memchr(name, '\0', length)) {
        problem = VT_RENAME_NUL;
    } else if (memchr(name, '/', length)) {
        problem = VT_RENAME_SLASH;
    } else if (length > VT_RENAME_NAME_MAX) {
        problem = VT_RENAME_TOO_LONG;
    } else if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
        problem = VT_RENAME_RESERVED;
    }
    return problem;
}

bool vt_rename_plan_add(vt_rename_plan *plan, const char *old_path, const char *new_name, size_t new_length,
                        vt_rename_problem known, vt_error *error)
{
    const char *old_name = vt_path_name(old_path);
    if (old_path[0] != '/' || !*old_name) {
        return vt_error_set(error, VT_ERROR_USAGE, "'%s' is not the absolute path of a file", old_path);
    }
    if (plan->count >= VT_RENAME_FILES_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT, "more than %d files cannot be renamed at once; take fewer",
                            VT_RENAME_FILES_MAX);
    }
    size_t folder = (size_t)(old_name - old_path);
    bool room = has_room(plan);
    vt_rename_item item = {0};
    item.old_path = room ? vt_arena_copy(plan->arena, old_path, strlen(old_path)) : NULL;
    char *path = room ? vt_arena_alloc_bytes(plan->arena, folder + new_length + 1) : NULL;
    if (!item.old_path || !path) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    memcpy(path, old_path, folder);
    memcpy(path + folder, new_name, new_length);
    path[folder + new_length] = '\0';
    item.new_path = path;
    item.new_name = path + folder;
    item.new_length = new_length;
    item.name_problem = known ? known : judge_name(item.new_name, new_length);
    item.problem = item.name_problem;
    plan->entries[plan->count++] = item;
    plan->checked = false;
    return true;
}

bool vt_rename_exists_on_disk(void *user, const char *old_path, const char *new_path)
{
    (void)user;
    struct stat before, there;
    if (lstat(new_path, &there) != 0) {
        return false; /* or cannot be looked at, which carrying it out will tell */
    }
    /* On a file system that ignores case, "A.png" finds "a.png". A second name would be another file's. */
    return lstat(old_path, &before) != 0 || before.st_dev != there.st_dev || before.st_ino != there.st_ino ||
           there.st_nlink > 1;
}

/* A path that a file has or gets. */
typedef struct claim {
    const char *path;
    uint32_t at;
    bool is_new;
} claim;

static int compare_claims(const void *a, const void *b)
{
    const claim *left = a;
    const claim *right = b;
    int order = strcmp(left->path, right->path);
    order = order ? order : (int)left->is_new - (int)right->is_new;
    return order ? order : (left->at > right->at) - (left->at < right->at);
}

/* Those of one path: at most one file may have it, and at most one may get it. */
static void judge_claims(vt_rename_plan *plan, const claim *claims, size_t count, vt_rename_exists exists,
                         void *user)
{
    size_t old = 0;
    while (old < count && !claims[old].is_new) {
        old++;
    }
    for (size_t i = 0; i < count; i++) {
        vt_rename_item *item = &plan->entries[claims[i].at];
        if ((i < old ? old : count - old) > 1) {
            item->problem = item->name_problem ? item->name_problem : VT_RENAME_TWICE;
        } else if (i >= old && old == 0 && exists && item->problem == VT_RENAME_FINE &&
                   exists(user, item->old_path, item->new_path)) {
            item->problem = VT_RENAME_EXISTS;
        }
    }
}

bool vt_rename_plan_check(vt_rename_plan *plan, bool hidden, vt_rename_exists exists, void *user,
                          vt_error *error)
{
    claim *claims = malloc((plan->count ? plan->count : 1) * 2 * sizeof *claims);
    size_t count = 0;
    if (!claims) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    for (size_t i = 0; i < plan->count; i++) {
        vt_rename_item *item = &plan->entries[i];
        item->problem = item->name_problem;
        claims[count++] = (claim){item->old_path, (uint32_t)i, false};
        if (item->name_problem) {
            continue;
        }
        claims[count++] = (claim){item->new_path, (uint32_t)i, true};
        if (strcmp(item->old_path, item->new_path) == 0) {
            item->problem = VT_RENAME_UNCHANGED;
        } else if (!hidden && item->new_name[0] == '.' && *vt_path_name(item->old_path) != '.') {
            item->problem = VT_RENAME_HIDDEN;
        }
    }
    qsort(claims, count, sizeof *claims, compare_claims);
    for (size_t i = 0, end; i < count; i = end) {
        end = i + 1;
        while (end < count && strcmp(claims[i].path, claims[end].path) == 0) {
            end++;
        }
        judge_claims(plan, claims + i, end - i, exists, user);
    }
    free(claims);
    plan->checked = true;
    return true;
}

size_t vt_rename_plan_count(const vt_rename_plan *plan)
{
    return plan->count;
}

vt_rename_entry vt_rename_plan_at(const vt_rename_plan *plan, size_t at)
{
    const vt_rename_item *item = &plan->entries[at];
    return (vt_rename_entry){item->old_path, item->name_problem ? NULL : item->new_path, item->new_name,
                             item->new_length, item->problem};
}

void vt_rename_plan_problems(const vt_rename_plan *plan, size_t counts[VT_RENAME_PROBLEM_COUNT])
{
    memset(counts, 0, VT_RENAME_PROBLEM_COUNT * sizeof *counts);
    for (size_t i = 0; i < plan->count; i++) {
        counts[plan->entries[i].problem]++;
    }
}
