#include "core/import/rename_draft.h"

#include "core/base/path.h"
#include "core/files/rename_pattern.h"
#include "core/sequence/sequence_name.h"

#include <stdlib.h>
#include <string.h>

struct vt_rename_draft {
    const vt_file_list *list; /* borrowed */
    vt_arena *arena;
    vt_rename_plan *plan; /* of all files; the catalog's names of sequences are not in it */
    uint32_t *item_of;    /* of each entry of the plan */
    const char **names;   /* of each item: the new one; the arena's */
    uint8_t *problems;    /* of each item */
    vt_str text;          /* in use while it is made */
};

static bool no_memory(vt_error *error)
{
    vt_error_set(error, VT_ERROR_MEMORY, "out of memory for new names");
    return false;
}

/* ---- sequences: a name with one run of # ---- */

/* The last run of # in a name: where it begins, and its length; 0 if there is none. */
static size_t find_hashes(const char *name, size_t *begin)
{
    size_t end = strlen(name);
    while (end > 0 && name[end - 1] != '#') {
        end--;
    }
    *begin = end;
    while (*begin > 0 && name[*begin - 1] == '#') {
        (*begin)--;
    }
    return end - *begin;
}

/* Puts a run of # before the extension, if there is none. */
static void make_pattern(vt_str *name, uint32_t width)
{
    size_t begin;
    if (!name->length || find_hashes(name->data, &begin)) {
        return;
    }
    const char *extension = vt_path_extension(name->data);
    char *tail = *extension ? strdup(extension) : NULL;
    if (tail) {
        name->length -= strlen(tail) + 1;
        name->data[name->length] = '\0';
    }
    vt_str_append_char(name, '.');
    for (uint32_t i = 0; i < (width ? width : 1); i++) {
        vt_str_append_char(name, '#');
    }
    if (tail) {
        vt_str_appendf(name, ".%s", tail);
    }
    free(tail);
}

/* The name of one frame under the sequence's new name. */
static bool frame_name(const char *pattern, int64_t frame, vt_str *out, vt_error *error)
{
    size_t begin;
    size_t width = find_hashes(pattern, &begin);
    const vt_sequence_pattern parts = {.prefix = pattern,
                                       .suffix = pattern + begin + width,
                                       .prefix_length = (uint32_t)begin,
                                       .suffix_length = (uint32_t)strlen(pattern + begin + width),
                                       .width = (uint32_t)(width ? width : 1)};
    return vt_sequence_pattern_name(&parts, frame, out, error);
}

/* ---- the names of all files ---- */

/* What a side-car is called when its file is called `owner`. */
static void sidecar_name(const vt_file_entry *entry, const char *owner, vt_str *out)
{
    size_t length = strlen(owner);
    const char *extension = vt_path_extension(owner);
    if (!entry->long_name && *extension) {
        length -= strlen(extension) + 1;
    }
    vt_str_append(out, owner, length);
    vt_str_append_cstr(out, ".xmp");
}

static bool add_file(vt_rename_draft *draft, const vt_file_entry *entry, const char *name,
                     vt_rename_problem known, vt_error *error)
{
    draft->item_of[vt_rename_plan_count(draft->plan)] = entry->item;
    return vt_rename_plan_add(draft->plan, entry->path, name, strlen(name), known, error);
}

/* Adds the files of an item whose new name is `name`. */
static bool add_item(vt_rename_draft *draft, size_t at, const char *name, vt_rename_problem known,
                     vt_error *error)
{
    const vt_file_item *item = &draft->list->items[at];
    vt_str own = VT_STR_INIT;
    vt_str side = VT_STR_INIT;
    bool done = true;
    for (size_t i = item->first; done && i < item->first + item->count; i++) {
        const vt_file_entry *entry = &draft->list->entries[i];
        switch (entry->role) {
        case VT_FILE_OWN:
            vt_str_clear(&own);
            vt_str_append_cstr(&own, name);
            done = add_file(draft, entry, own.data, known, error);
            break;
        case VT_FILE_FRAME:
            vt_str_clear(&own);
            done = *name ? frame_name(name, entry->frame, &own, error) : true;
            done = done && add_file(draft, entry, own.data, known, error);
            break;
        case VT_FILE_SIDECAR:
            vt_str_clear(&side);
            sidecar_name(entry, own.data, &side);
            done = add_file(draft, entry, side.data, known, error);
            break;
        case VT_FILE_ROW:
            break;
        }
    }
    done = done && (!(own.failed || side.failed) || no_memory(error));
    vt_str_free(&own);
    vt_str_free(&side);
    return done;
}

static bool name_items(vt_rename_draft *draft, const vt_rename_wish *wish, size_t *place, vt_error *error)
{
    const vt_file_list *list = draft->list;
    vt_rename_pattern *pattern = wish->pattern
                                     ? vt_rename_pattern_create(wish->pattern, strlen(wish->pattern),
                                                                wish->search, wish->replace, place, error)
                                     : NULL;
    if (wish->pattern && !pattern) {
        return false;
    }
    bool done = true;
    for (size_t i = 0; done && i < list->item_count; i++) {
        const vt_file_item *item = &list->items[i];
        const vt_rename_file file = {item->path, item->time_ns};
        vt_rename_problem known = VT_RENAME_FINE;
        vt_str_clear(&draft->text);
        if (pattern) {
            known = vt_rename_pattern_name(pattern, &file, i, &draft->text);
        } else {
            vt_str_append_cstr(&draft->text, wish->name);
        }
        if (item->kind == VT_KIND_SEQUENCE) {
            make_pattern(&draft->text, item->names.width);
        }
        draft->names[i] = vt_arena_copy(draft->arena, draft->text.data, draft->text.length);
        done = (draft->names[i] && !draft->text.failed) || no_memory(error);
        done = done && add_item(draft, i, draft->names[i], known, error);
        draft->problems[i] = (uint8_t)known;
    }
    vt_rename_pattern_free(pattern);
    return done;
}

/* An item is unchanged if all its files are, and else has the problem of the first that has another one. */
static void judge_items(vt_rename_draft *draft)
{
    size_t count = vt_rename_plan_count(draft->plan);
    for (size_t i = 0; i < draft->list->item_count; i++) {
        draft->problems[i] = VT_RENAME_UNCHANGED;
    }
    for (size_t i = 0; i < count; i++) {
        uint8_t *problem = &draft->problems[draft->item_of[i]];
        vt_rename_problem is = vt_rename_plan_at(draft->plan, i).problem;
        bool first = *problem == VT_RENAME_FINE || *problem == VT_RENAME_UNCHANGED;
        if (first && is != VT_RENAME_UNCHANGED) {
            *problem = (uint8_t)is;
        }
    }
}

vt_rename_draft *vt_rename_draft_create(const vt_file_list *list, const vt_rename_wish *wish, size_t *place,
                                        vt_error *error)
{
    if (!wish->pattern && (list->item_count > 1 || !wish->name)) {
        vt_error_set(error, VT_ERROR_USAGE, "several items need a pattern, not one name");
        return NULL;
    }
    vt_rename_draft *draft = calloc(1, sizeof *draft);
    size_t items = list->item_count ? list->item_count : 1;
    bool done = draft != NULL;
    if (done) {
        *draft = (vt_rename_draft){.list = list, .text = VT_STR_INIT};
        draft->arena = vt_arena_create(0);
        draft->plan = vt_rename_plan_create();
        draft->item_of = calloc(list->entry_count ? list->entry_count : 1, sizeof *draft->item_of);
        draft->names = calloc(items, sizeof *draft->names);
        draft->problems = calloc(items, sizeof *draft->problems);
        done = draft->arena && draft->plan && draft->item_of && draft->names && draft->problems;
    }
    done = done || no_memory(error);
    if (!done || !name_items(draft, wish, place, error) ||
        !vt_rename_plan_check(draft->plan, wish->hidden, vt_rename_exists_on_disk, NULL, error)) {
        vt_rename_draft_free(draft);
        return NULL;
    }
    judge_items(draft);
    return draft;
}

void vt_rename_draft_free(vt_rename_draft *draft)
{
    if (draft) {
        vt_rename_plan_free(draft->plan);
        vt_arena_free(draft->arena);
        vt_str_free(&draft->text);
        free(draft->item_of);
        free(draft->names);
        free(draft->problems);
        free(draft);
    }
}

size_t vt_rename_draft_count(const vt_rename_draft *draft)
{
    return draft->list->item_count;
}

vt_rename_line vt_rename_draft_at(const vt_rename_draft *draft, size_t at)
{
    const char *path = draft->list->items[at].path;
    return (vt_rename_line){path, vt_path_name(path), draft->names[at],
                            (vt_rename_problem)draft->problems[at]};
}

void vt_rename_draft_problems(const vt_rename_draft *draft, size_t counts[VT_RENAME_PROBLEM_COUNT])
{
    memset(counts, 0, VT_RENAME_PROBLEM_COUNT * sizeof *counts);
    for (size_t i = 0; i < draft->list->item_count; i++) {
        counts[draft->problems[i]]++;
    }
}

/* ---- the steps ---- */

static int compare_entries(const void *a, const void *b)
{
    return strcmp((*(const vt_file_entry *const *)a)->path, (*(const vt_file_entry *const *)b)->path);
}

/* What is known of the file at `from`: by the list, or, at a temporary name, by the step that brought it
 * there.
 */
static bool identify(const vt_file_entry **sorted, size_t count, const vt_file_steps *before,
                     vt_file_step *step)
{
    const vt_file_entry wanted = {.path = step->from};
    const vt_file_entry *key = &wanted;
    const vt_file_entry **found = bsearch(&key, sorted, count, sizeof *sorted, compare_entries);
    if (found) {
        step->dev = (*found)->dev;
        step->ino = (*found)->ino;
        step->size = (*found)->size;
        step->mtime_ns = (*found)->mtime_ns;
        step->item = (*found)->item;
        return true;
    }
    for (size_t i = before->count; i > 0; i--) {
        const vt_file_step *earlier = &before->steps[i - 1];
        if (strcmp(earlier->to, step->from) == 0) {
            step->dev = earlier->dev;
            step->ino = earlier->ino;
            step->size = earlier->size;
            step->mtime_ns = earlier->mtime_ns;
            step->item = earlier->item;
            return true;
        }
    }
    return false;
}

/* The catalog's names of sequences follow when all frames have theirs. */
static bool add_rows(const vt_rename_draft *draft, vt_file_steps *steps)
{
    vt_str to = VT_STR_INIT;
    bool done = true;
    for (size_t i = 0; done && i < draft->list->item_count; i++) {
        const vt_file_item *item = &draft->list->items[i];
        if (item->kind != VT_KIND_SEQUENCE || draft->problems[i] != VT_RENAME_FINE) {
            continue;
        }
        vt_str_clear(&to);
        vt_str_append(&to, item->path, (size_t)(vt_path_name(item->path) - item->path));
        vt_str_append_cstr(&to, draft->names[i]);
        const vt_file_step step = {
            .from = (char *)item->path, .to = to.data, .item = (uint32_t)i, .row_only = true};
        done = !to.failed && vt_file_steps_add(steps, &step);
    }
    vt_str_free(&to);
    return done;
}

bool vt_rename_draft_steps(const vt_rename_draft *draft, vt_file_steps *steps, vt_error *error)
{
    const vt_file_list *list = draft->list;
    vt_rename_journal *order = vt_rename_journal_create();
    const vt_file_entry **sorted = calloc(list->entry_count ? list->entry_count : 1, sizeof *sorted);
    if (!order || !sorted) {
        vt_rename_journal_free(order);
        free(sorted);
        return no_memory(error);
    }
    bool done = vt_rename_plan_order(draft->plan, order, error);
    for (size_t i = 0; done && i < list->entry_count; i++) {
        sorted[i] = &list->entries[i];
    }
    if (done && list->entry_count > 0) {
        qsort(sorted, list->entry_count, sizeof *sorted, compare_entries);
    }
    size_t count = done ? vt_rename_journal_count(order) : 0;
    for (size_t i = 0; done && i < count; i++) {
        vt_rename_step move = vt_rename_journal_at(order, i);
        vt_file_step step = {.from = (char *)move.from, .to = (char *)move.to};
        done = identify(sorted, list->entry_count, steps, &step) ||
               vt_error_set(error, VT_ERROR_INTERNAL, "a step of the renaming is nobody's: %s", move.from);
        done = done && (vt_file_steps_add(steps, &step) || no_memory(error));
    }
    done = done && (add_rows(draft, steps) || no_memory(error));
    vt_rename_journal_free(order);
    free(sorted);
    return done;
}
