#include "app/ui/performance/cells.h"

#include "app/ui/parts/list_table.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qabstracttablemodel.h>
#include <qt6c/qbrush.h>
#include <qt6c/qevent.h>
#include <qt6c/qheaderview.h>
#include <qt6c/qitemselectionmodel.h>
#include <qt6c/qmodelindex.h>

#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 128, SECTION_MIN = 70, FREE_MIN = 180 };

struct vt_cells {
    QAbstractTableModel model; /* first */
    QTableView *table;
    const vt_cells_column *columns;
    int column_count, rows;
    char *texts[ROWS_MAX][VT_CELLS_COLUMNS_MAX]; /* owned; NULL: empty */
    bool marked[ROWS_MAX];
    int at; /* the next cell that is written */
};

static int row_count(const QAbstractTableModel *self, const QModelIndex *parent)
{
    return q_modelindex_is_valid(parent) ? 0 : ((const vt_cells *)self)->rows;
}

static int column_count(const QAbstractTableModel *self, const QModelIndex *parent)
{
    return q_modelindex_is_valid(parent) ? 0 : ((const vt_cells *)self)->column_count;
}

static QVariant data(const QAbstractTableModel *self, const QModelIndex *index, int role)
{
    const vt_cells *cells = (const vt_cells *)self;
    if (index->r < 0 || index->r >= cells->rows || index->c < 0 || index->c >= cells->column_count) {
        return qt_variant_null();
    }
    const char *text = cells->texts[index->r][index->c];
    if (role == Qt_TextAlignmentRole && cells->columns[index->c].is_number) {
        return qt_variant_int(Qt_AlignRight | Qt_AlignVCenter);
    }
    if (role == Qt_ForegroundRole && cells->marked[index->r]) {
        return vt_theme_brush(vt_theme_current()->danger);
    }
    return role == Qt_DisplayRole || role == Qt_ToolTipRole ? qt_variant_string(text ? text : "")
                                                            : qt_variant_null();
}

static QVariant header_data(const QAbstractTableModel *self, int section, Qt_Orientation orientation,
                            int role)
{
    const vt_cells *cells = (const vt_cells *)self;
    bool shown = orientation == Qt_Horizontal && section >= 0 && section < cells->column_count;
    if (shown && role == Qt_TextAlignmentRole && cells->columns[section].is_number) {
        return qt_variant_int(Qt_AlignRight | Qt_AlignVCenter);
    }
    return shown && role == Qt_DisplayRole
               ? qt_variant_string(vt_tr("performance", cells->columns[section].title))
               : qt_variant_null();
}

static void cells_finish(void *self)
{
    vt_cells *cells = self;
    for (int row = 0; row < ROWS_MAX; row++) {
        for (int column = 0; column < VT_CELLS_COLUMNS_MAX; column++) {
            free(cells->texts[row][column]);
        }
    }
}

/* The column without a width takes what is left, and stays readable where that is little: the table scrolls
   then. */
static void fit(const vt_cells *cells)
{
    QHeaderView *header = q_tableview_horizontal_header(cells->table);
    int left = q_widget_width(q_abstractscrollarea_viewport(cells->table));
    for (int i = 0; i < cells->column_count; i++) {
        left -= cells->columns[i].width > 0 ? q_headerview_section_size(header, i) : 0;
    }
    for (int i = 0; i < cells->column_count; i++) {
        if (cells->columns[i].width == 0) {
            q_headerview_resize_section(header, i, left > FREE_MIN ? left : FREE_MIN);
        }
    }
}

static void on_section(void *user, int section, int before, int now)
{
    const vt_cells *cells = user;
    if (cells->columns[section].width > 0 && before != now) {
        fit(cells);
    }
}

static bool filter(QAbstractTableModel *self, QObject *watched, QEvent *event)
{
    (void)watched;
    if (q_event_type(event) == QEvent_Resize) {
        fit((vt_cells *)self);
    }
    return false;
}

static const QAbstractTableModelVirtuals virtuals = {.row_count = row_count,
                                                     .column_count = column_count,
                                                     .data = data,
                                                     .header_data = header_data,
                                                     .event_filter = filter};
static qt_subclass cells_class = {.base = &qt_class_QAbstractTableModel,
                                  .virtuals = &virtuals,
                                  .instance_size = sizeof(vt_cells),
                                  .finish = cells_finish};

vt_cells *vt_cells_create(QWidgetRef parent, const char *name, const vt_cells_column *columns, int count)
{
    vt_cells *cells = qt_subclass_allocate(&cells_class);
    q_abstracttablemodel_init(&cells->model, parent.QWidget_);
    qt_subclass_install(&cells_class, cells);
    cells->columns = columns;
    cells->column_count = count;
    cells->table = vt_list_table_new(parent, &cells->model);
    q_widget_set_accessible_name(cells->table, name);
    QHeaderView *header = q_tableview_horizontal_header(cells->table);
    q_headerview_set_highlight_sections(header, false);
    q_headerview_set_minimum_section_size(header, SECTION_MIN);
    for (int i = 0; i < count; i++) {
        if (columns[i].width > 0) { /* or what its title takes in this language */
            int title = q_headerview_section_size_hint(header, i);
            q_headerview_resize_section(header, i, title > columns[i].width ? title : columns[i].width);
        } else {
            q_headerview_set_section_resize_mode(header, i, QHeaderView_Fixed);
        }
    }
    q_headerview_on_section_resized(header, &cells->model, on_section, cells);
    q_object_install_event_filter(q_abstractscrollarea_viewport(cells->table), &cells->model);
    return cells;
}

QTableView *vt_cells_table(vt_cells *cells)
{
    return cells->table;
}

void vt_cells_begin(vt_cells *cells)
{
    cells->at = 0;
}

void vt_cells_add(vt_cells *cells, const char *text)
{
    int row = cells->at / cells->column_count;
    int column = cells->at % cells->column_count;
    if (row == ROWS_MAX) {
        return;
    }
    cells->at++;
    if (column == 0) {
        cells->marked[row] = false;
    }
    char **old = &cells->texts[row][column];
    if (!*old || strcmp(*old, text) != 0) {
        free(*old);
        *old = strdup(text);
    }
}

void vt_cells_mark(vt_cells *cells)
{
    int row = (cells->at - 1) / cells->column_count;
    if (cells->at > 0 && row < ROWS_MAX) {
        cells->marked[row] = true;
    }
}

void vt_cells_end(vt_cells *cells)
{
    int rows = cells->at / cells->column_count;
    const QModelIndex none = {.r = -1, .c = -1};
    if (rows > cells->rows) {
        q_abstractitemmodel_begin_insert_rows(&cells->model, &none, cells->rows, rows - 1);
        cells->rows = rows;
        q_abstractitemmodel_end_insert_rows(&cells->model);
    } else if (rows < cells->rows) {
        q_abstractitemmodel_begin_remove_rows(&cells->model, &none, rows, cells->rows - 1);
        cells->rows = rows;
        q_abstractitemmodel_end_remove_rows(&cells->model);
    }
    if (rows > 0) {
        QModelIndex first = q_abstracttablemodel_index(&cells->model, 0, 0, &none);
        QModelIndex last =
            q_abstracttablemodel_index(&cells->model, rows - 1, cells->column_count - 1, &none);
        q_abstractitemmodel_data_changed(&cells->model, &first, &last, &(QList){NULL, NULL, 0});
    }
}

int vt_cells_chosen(const vt_cells *cells)
{
    QModelIndex current = q_abstractitemview_current_index(cells->table);
    return current.r >= 0 && current.r < cells->rows ? current.r : -1;
}

int vt_cells_rows(const vt_cells *cells)
{
    return cells->rows;
}
