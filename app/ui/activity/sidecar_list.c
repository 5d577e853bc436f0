#include "app/ui/activity/sidecar_list.h"

#include "app/ui/parts/labels.h"
#include "app/ui/parts/translate.h"
#include "core/catalog/label.h"

#include <stdlib.h>
#include <string.h>

static const char *const titles[VT_SIDECAR_COLUMN_COUNT] = {
    VT_TR_NOOP("sidecars", "File"),
    VT_TR_NOOP("sidecars", "What"),
    VT_TR_NOOP("sidecars", "Here"),
    VT_TR_NOOP("sidecars", "In the side-car"),
};

bool vt_sidecar_list_add(vt_sidecar_list *list, const vt_sidecar_problem *problem)
{
    if (list->count == VT_SIDECAR_LIST_MAX) {
        return false;
    }
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 64;
        vt_sidecar_row *grown = realloc(list->rows, capacity * sizeof *grown);
        if (!grown) {
            return false;
        }
        list->rows = grown;
        list->capacity = capacity;
    }
    vt_sidecar_row *row = &list->rows[list->count];
    *row = (vt_sidecar_row){.item_id = problem->item_id,
                            .field = problem->field,
                            .path = strdup(problem->path),
                            .ours = strdup(problem->ours),
                            .theirs = strdup(problem->theirs)};
    if (!row->path || !row->ours || !row->theirs) {
        free(row->path);
        free(row->ours);
        free(row->theirs);
        return false;
    }
    list->count++;
    list->conflicts += row->field != 0;
    return true;
}

void vt_sidecar_list_free(vt_sidecar_list *list)
{
    for (size_t i = 0; list && i < list->count; i++) {
        free(list->rows[i].path);
        free(list->rows[i].ours);
        free(list->rows[i].theirs);
    }
    if (list) {
        free(list->rows);
    }
    free(list);
}

static const char *name_of(uint32_t field)
{
    switch (field) {
    case VT_SIDECAR_RATING:
        return vt_tr("sidecars", "Rating");
    case VT_SIDECAR_LABEL:
        return vt_tr("sidecars", "Label");
    case VT_SIDECAR_TITLE:
        return vt_tr("sidecars", "Title");
    case VT_SIDECAR_NOTES:
        return vt_tr("sidecars", "Notes");
    default:
        return vt_tr("sidecars", "Failed");
    }
}

static void append_value(uint32_t field, const char *value, vt_str *text)
{
    int number = atoi(value);
    bool is_number = field == VT_SIDECAR_RATING || field == VT_SIDECAR_LABEL;
    if (is_number ? number == 0 : *value == '\0') {
        vt_str_append_cstr(text, field ? vt_tr("sidecars", "none") : "");
    } else if (field == VT_SIDECAR_RATING) {
        for (int i = 0; i < 5; i++) {
            vt_str_append_cstr(text, i < number ? "\u2605" : "\u2606");
        }
    } else if (field == VT_SIDECAR_LABEL) {
        const vt_label_info *label = vt_label_get(number);
        const char *name = vt_label_name(number);
        vt_str_append_cstr(text, label ? vt_tr("label", label->name) : name ? name : value);
    } else {
        vt_str_append_display(text, value, strlen(value));
    }
}

/* Whose it is stands in front: of the reason what follows the side-car's name. */
static const char *reason_of(const char *message)
{
    static const char name_end[] = ".xmp ";
    const char *at = strstr(message, name_end);
    return at ? at + strlen(name_end) : message;
}

void vt_sidecar_row_text(const vt_sidecar_row *row, vt_sidecar_column column, vt_str *text)
{
    switch (column) {
    case VT_SIDECAR_COLUMN_FILE:
        vt_str_append_display(text, row->path, strlen(row->path));
        break;
    case VT_SIDECAR_COLUMN_WHAT:
        vt_str_append_cstr(text, name_of(row->field));
        break;
    case VT_SIDECAR_COLUMN_OURS:
        append_value(row->field, row->ours, text);
        break;
    default:
        append_value(row->field, row->field ? row->theirs : reason_of(row->theirs), text);
        break;
    }
}

const char *vt_sidecar_column_title(vt_sidecar_column column)
{
    return vt_tr("sidecars", titles[column]);
}
