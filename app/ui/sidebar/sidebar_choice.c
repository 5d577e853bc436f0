/* What is chosen in the sidebar: read, kept while the rows change, shown as chips. */
#include "app/ui/parts/translate.h"
#include "app/ui/sidebar/sidebar_private.h"

#include <qt6c/qitemselectionmodel.h>
#include <qt6c/qmodelindex.h>

#include <stdlib.h>
#include <string.h>

static int by_section(const void *a, const void *b)
{
    const QModelIndex *one = a, *other = b;
    unsigned long long left = (unsigned long long)one->i, right = (unsigned long long)other->i;
    return left < right ? -1 : left > right;
}

/* Of each section together, in the order of the rows. */
void vt_sidebar_read_choice(vt_sidebar *sidebar, vt_sidebar_choice *chosen)
{
    const vt_sidebar_content *content = vt_sidebar_model_content(sidebar->model);
    QList rows = q_itemselectionmodel_selected_rows(q_abstractitemview_selection_model(&sidebar->tree->view));
    chosen->count = 0;
    if (rows.size > 0) {
        qsort(rows.ptr, (size_t)rows.size, sizeof(QModelIndex), by_section);
    }
    for (ptrdiff_t i = 0; content && i < rows.size && chosen->count < VT_SIDEBAR_CHOSEN_MAX; i++) {
        vt_sidebar_section section;
        uint32_t row;
        const QModelIndex *index = &((const QModelIndex *)rows.ptr)[i];
        if (vt_sidebar_model_at(index, &section, &row) && row != VT_SIDEBAR_NONE) {
            char *filter = strdup(vt_sidebar_rows_filter(&content->sections[section], row));
            if (filter) {
                chosen->sections[chosen->count] = section;
                chosen->rows[chosen->count] = row;
                chosen->ids[chosen->count] = content->sections[section].rows[row].id;
                chosen->filters[chosen->count++] = filter;
            }
        }
    }
    qt_list_release(&rows, sizeof(QModelIndex));
}

void vt_sidebar_clear_choice(vt_sidebar_choice *chosen)
{
    while (chosen->count > 0) {
        free(chosen->filters[--chosen->count]);
    }
}

static uint32_t find_id(const vt_sidebar_rows *rows, int64_t id)
{
    uint32_t row = 0;
    while (id != 0 && row < rows->count && rows->rows[row].id != id) {
        row++;
    }
    return id != 0 && row < rows->count ? row : VT_SIDEBAR_NONE;
}

/* True if an album or a tag has another name now, or is gone: the filter is another one. */
bool vt_sidebar_choose_again(vt_sidebar *sidebar, const vt_sidebar_choice *chosen)
{
    const vt_sidebar_content *content = vt_sidebar_model_content(sidebar->model);
    bool other = false;
    for (size_t i = 0; i < chosen->count; i++) {
        vt_sidebar_section section = chosen->sections[i];
        uint32_t row = vt_sidebar_rows_find(&content->sections[section], chosen->filters[i]);
        if (row == VT_SIDEBAR_NONE && vt_sidebar_section_is_renamed(section)) {
            row = find_id(&content->sections[section], chosen->ids[i]);
            other = true;
        }
        QModelIndex index = vt_sidebar_model_index(sidebar->model, section, row);
        if (row != VT_SIDEBAR_NONE && q_modelindex_is_valid(&index)) {
            q_itemselectionmodel_select(q_abstractitemview_selection_model(&sidebar->tree->view), &index,
                                        QItemSelectionModel_Select | QItemSelectionModel_Rows);
            q_itemselectionmodel_set_current_index(q_abstractitemview_selection_model(&sidebar->tree->view),
                                                   &index, QItemSelectionModel_NoUpdate);
            q_treeview_scroll_to(&sidebar->tree->view, &index);
        }
    }
    return other;
}

void vt_sidebar_show_chips(vt_sidebar *sidebar)
{
    const vt_sidebar_content *content = vt_sidebar_model_content(sidebar->model);
    const char *titles[VT_SIDEBAR_CHOSEN_MAX], *kinds[VT_SIDEBAR_CHOSEN_MAX];
    vt_str paths[VT_SIDEBAR_CHOSEN_MAX];
    vt_sidebar_choice chosen = {.count = 0};
    if (!sidebar->bar) {
        return;
    }
    vt_sidebar_read_choice(sidebar, &chosen);
    for (size_t i = 0; i < chosen.count; i++) {
        paths[i] = (vt_str)VT_STR_INIT;
        const vt_sidebar_rows *rows = &content->sections[chosen.sections[i]];
        if (rows->rows[chosen.rows[i]].depth == 0) {
            vt_str_append_cstr(&paths[i], vt_sidebar_model_title(rows, chosen.sections[i], chosen.rows[i]));
        } else {
            vt_sidebar_rows_path(rows, chosen.rows[i], &paths[i]);
        }
        titles[i] = paths[i].failed ? "" : paths[i].data;
        kinds[i] = vt_tr("sidebar", vt_sidebar_section_get(chosen.sections[i])->title);
    }
    vt_choice_bar_set(sidebar->bar, titles, kinds, chosen.count);
    for (size_t i = 0; i < chosen.count; i++) {
        vt_str_free(&paths[i]);
    }
    vt_sidebar_clear_choice(&chosen);
}
