#include "app/ui/sidebar/sidebar_model.h"

#include "app/ui/parts/icons.h"
#include "app/ui/parts/labels.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/twin_words.h"
#include "app/ui/parts/wording.h"

#include <qt6c/qfont.h>
#include <qt6c/qmodelindex.h>
#include <qt6c/qvariant.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMN_TITLE, COLUMN_COUNT, COLUMNS };

struct vt_sidebar_model {
    QAbstractItemModel model;                           /* first */
    vt_sidebar_content *content;                        /* owned; NULL at first */
    vt_sidebar_section shown[VT_SIDEBAR_SECTION_COUNT]; /* those that have rows */
    int shown_count;
    char *note; /* owned; NULL: none */
    int percent;
    QIcon dots[VT_LABELS]; /* owned; of labels */
    vt_sidebar_renamed renamed;
    void *renamed_user;
};

static vt_sidebar_model *model_of(const QAbstractItemModel *self)
{
    return (vt_sidebar_model *)self;
}

/* An id: the section in the upper half, in the lower one the row and 1, or 0 for the section itself. */
static unsigned long long id_of(vt_sidebar_section section, uint32_t row)
{
    return (unsigned long long)section << 32 | (row == VT_SIDEBAR_NONE ? 0 : (unsigned long long)row + 1);
}

bool vt_sidebar_model_at(const QModelIndex *index, vt_sidebar_section *section, uint32_t *row)
{
    if (!q_modelindex_is_valid(index)) {
        return false;
    }
    unsigned long long id = (unsigned long long)index->i;
    *section = (vt_sidebar_section)(id >> 32);
    *row = (uint32_t)id == 0 ? VT_SIDEBAR_NONE : (uint32_t)id - 1;
    return true;
}

static int place_of(const vt_sidebar_model *model, vt_sidebar_section section)
{
    int at = 0;
    while (at < model->shown_count && model->shown[at] != section) {
        at++;
    }
    return at;
}

QModelIndex vt_sidebar_model_index(vt_sidebar_model *model, vt_sidebar_section section, uint32_t row)
{
    int place = place_of(model, section);
    if (!model->content || place == model->shown_count) {
        return q_modelindex_make();
    }
    const vt_sidebar_rows *rows = &model->content->sections[section];
    if (row != VT_SIDEBAR_NONE) {
        if (row >= rows->count) {
            return q_modelindex_make();
        }
        place = (int)rows->rows[row].place;
    }
    return q_abstractitemmodel_create_index_id(&model->model, place, 0, id_of(section, row));
}

static int row_count(const QAbstractItemModel *self, const QModelIndex *parent)
{
    const vt_sidebar_model *model = model_of(self);
    vt_sidebar_section section;
    uint32_t row;
    if (!model->content) {
        return 0;
    }
    if (!vt_sidebar_model_at(parent, &section, &row)) {
        return model->shown_count;
    }
    return parent->c == 0 ? (int)vt_sidebar_rows_child_count(&model->content->sections[section], row) : 0;
}

static int column_count(const QAbstractItemModel *self, const QModelIndex *parent)
{
    (void)self;
    (void)parent;
    return COLUMNS;
}

static QModelIndex index_at(const QAbstractItemModel *self, int row, int column, const QModelIndex *parent)
{
    vt_sidebar_model *model = model_of(self);
    vt_sidebar_section section;
    uint32_t above;
    if (row < 0 || column < 0 || column >= COLUMNS || row >= row_count(self, parent)) {
        return q_modelindex_make();
    }
    if (!vt_sidebar_model_at(parent, &section, &above)) {
        return q_abstractitemmodel_create_index_id(self, row, column,
                                                   id_of(model->shown[row], VT_SIDEBAR_NONE));
    }
    uint32_t child = vt_sidebar_rows_child(&model->content->sections[section], above, (uint32_t)row);
    return q_abstractitemmodel_create_index_id(self, row, column, id_of(section, child));
}

static QModelIndex parent_of(const QAbstractItemModel *self, const QModelIndex *child)
{
    vt_sidebar_model *model = model_of(self);
    vt_sidebar_section section;
    uint32_t row;
    if (!model->content || !vt_sidebar_model_at(child, &section, &row) || row == VT_SIDEBAR_NONE) {
        return q_modelindex_make();
    }
    return vt_sidebar_model_index(model, section, model->content->sections[section].rows[row].parent);
}

const char *vt_sidebar_model_title(const vt_sidebar_rows *rows, vt_sidebar_section section, uint32_t row)
{
    const char *title = vt_sidebar_rows_title(rows, row);
    const char *context = section == VT_SIDEBAR_LABELS ? "label" : "sidebar";
    bool is_no_tag = section == VT_SIDEBAR_TAGS && strcmp(vt_sidebar_rows_filter(rows, row), "tag:none") == 0;
    return is_no_tag || vt_sidebar_section_get(section)->worded ? vt_tr(context, title) : title;
}

static QVariant count_text(int64_t count)
{
    char words[32];
    return qt_variant_string(count < 0 ? "?" : vt_wording_count(words, sizeof words, count));
}

bool vt_sidebar_model_is_action(const vt_sidebar_model *model, const QModelIndex *index)
{
    vt_sidebar_section section;
    uint32_t row;
    return model->content && vt_sidebar_model_at(index, &section, &row) && section == VT_SIDEBAR_TWINS &&
           row != VT_SIDEBAR_NONE && *vt_sidebar_rows_filter(&model->content->sections[section], row) == '\0';
}

/* How far a search is, or how many items it would find new. */
static QVariant action_count(const vt_sidebar_model *model, int64_t younger)
{
    char words[40];
    char number[32];
    if (model->note ? model->percent < 0 : younger == 0) {
        return qt_variant_null();
    }
    if (model->note) {
        (void)snprintf(words, sizeof words, "%d %%", model->percent);
    } else {
        (void)snprintf(words, sizeof words, "+%s", vt_wording_count(number, sizeof number, younger));
    }
    return qt_variant_string(words);
}

/* A screen reader would spell the signs. */
static QVariant stars_text(int64_t rating)
{
    vt_str words = VT_STR_INIT;
    vt_tr_append_count(&words, "column", "%n star", "%n stars", rating);
    QVariant value = qt_variant_string(words.data ? words.data : "");
    vt_str_free(&words);
    return value;
}

/* Of the rows for duplicates. */
static QVariant twins_data(const vt_sidebar_model *model, const QModelIndex *index, uint32_t row, int role)
{
    const vt_sidebar_rows *rows = &model->content->sections[VT_SIDEBAR_TWINS];
    bool action = vt_sidebar_model_is_action(model, index);
    if (role == Qt_DisplayRole && index->c == COLUMN_TITLE) {
        return qt_variant_string(
            action && model->note ? model->note : vt_tr("duplicates", vt_sidebar_rows_title(rows, row)));
    }
    if (role == Qt_DisplayRole && action) {
        return action_count(model, rows->rows[row].count);
    }
    if (role == Qt_DisplayRole) {
        return rows->rows[row].count < 0 ? qt_variant_null() : count_text(rows->rows[row].count);
    }
    if (role == Qt_FontRole && action && index->c == COLUMN_TITLE) {
        QFont font;
        q_font_init(&font);
        q_font_set_underline(&font, !model->note); /* it can be pressed */
        QVariant value = qt_variant_of(QT_TYPE_FONT, &font);
        q_font_fini(&font);
        return value;
    }
    if (role != Qt_ToolTipRole) {
        return qt_variant_null();
    }
    if (action) {
        return qt_variant_string(vt_tr("duplicates", "Reads files and pictures; nothing is changed or "
                                                     "deleted. The right button has more."));
    }
    vt_str text = VT_STR_INIT;
    vt_twin_kind kind = row == 0 ? VT_TWIN_SAME : VT_TWIN_ALIKE;
    vt_twin_words_state(kind, &model->content->twins[kind], &text);
    QVariant value = qt_variant_string(text.data);
    vt_str_free(&text);
    return value;
}

static QVariant data(const QAbstractItemModel *self, const QModelIndex *index, int role)
{
    const vt_sidebar_model *model = model_of(self);
    vt_sidebar_section section;
    uint32_t row;
    if (!model->content || !vt_sidebar_model_at(index, &section, &row)) {
        return qt_variant_null();
    }
    const vt_sidebar_rows *rows = &model->content->sections[section];
    if (role == Qt_TextAlignmentRole && index->c == COLUMN_COUNT) {
        return qt_variant_int(Qt_AlignRight | Qt_AlignVCenter);
    }
    if (section == VT_SIDEBAR_TWINS && row != VT_SIDEBAR_NONE) {
        return twins_data(model, index, row, role);
    }
    if (role == Qt_ToolTipRole && row != VT_SIDEBAR_NONE) {
        return qt_variant_string(vt_sidebar_rows_filter(rows, row));
    }
    if (role == Qt_DecorationRole && index->c == COLUMN_TITLE && section == VT_SIDEBAR_LABELS &&
        row != VT_SIDEBAR_NONE) {
        int64_t label = rows->rows[row].id;
        return label >= 1 && label <= VT_LABELS ? qt_variant_of(QT_TYPE_ICON, &model->dots[label - 1])
                                                : qt_variant_null();
    }
    if (role == Qt_AccessibleTextRole && section == VT_SIDEBAR_RATINGS && index->c == COLUMN_TITLE &&
        row != VT_SIDEBAR_NONE && rows->rows[row].id > 0) {
        return stars_text(rows->rows[row].id);
    }
    if (role != Qt_DisplayRole && role != Qt_EditRole) {
        return qt_variant_null();
    }
    if (row == VT_SIDEBAR_NONE) {
        return index->c == COLUMN_TITLE
                   ? qt_variant_string(vt_tr("sidebar", vt_sidebar_section_get(section)->title))
                   : qt_variant_null();
    }
    return index->c == COLUMN_TITLE ? qt_variant_string(vt_sidebar_model_title(rows, section, row))
                                    : count_text(rows->rows[row].count);
}

/* Sections are opened and closed, not chosen. */
static int flags(const QAbstractItemModel *self, const QModelIndex *index)
{
    vt_sidebar_section section;
    uint32_t row;
    bool chosen = vt_sidebar_model_at(index, &section, &row) && row != VT_SIDEBAR_NONE &&
                  !vt_sidebar_model_is_action(model_of(self), index);
    bool renamed = chosen && index->c == COLUMN_TITLE && vt_sidebar_section_is_renamed(section);
    return Qt_ItemIsEnabled | (chosen ? Qt_ItemIsSelectable : 0) | (renamed ? Qt_ItemIsEditable : 0);
}

/* The row says what it said until the library is counted anew. */
static bool set_data(QAbstractItemModel *self, const QModelIndex *index, const QVariant *value, int role)
{
    const vt_sidebar_model *model = model_of(self);
    char *name = role == Qt_EditRole ? q_variant_to_string(value) : NULL;
    bool taken = name && model->renamed && model->renamed(model->renamed_user, index, name);
    free(name);
    return taken;
}

void vt_sidebar_model_on_renamed(vt_sidebar_model *model, vt_sidebar_renamed renamed, void *user)
{
    model->renamed = renamed;
    model->renamed_user = user;
}

void vt_sidebar_content_free(vt_sidebar_content *content)
{
    for (int i = 0; content && i < VT_SIDEBAR_SECTION_COUNT; i++) {
        vt_sidebar_rows_free(&content->sections[i]);
    }
    free(content);
}

static void finish(void *self)
{
    vt_sidebar_model *model = self;
    for (int i = 0; i < VT_LABELS; i++) {
        q_icon_fini(&model->dots[i]);
    }
    vt_sidebar_content_free(model->content);
    free(model->note);
}

static const QAbstractItemModelVirtuals model_virtuals = {.index = index_at,
                                                          .parent = parent_of,
                                                          .row_count = row_count,
                                                          .column_count = column_count,
                                                          .flags = flags,
                                                          .data = data,
                                                          .set_data = set_data};
static qt_subclass model_class = {.base = &qt_class_QAbstractItemModel,
                                  .virtuals = &model_virtuals,
                                  .instance_size = sizeof(vt_sidebar_model),
                                  .finish = finish};

vt_sidebar_model *vt_sidebar_model_create(QObjectRef parent)
{
    vt_sidebar_model *model = qt_subclass_allocate(&model_class);
    q_abstractitemmodel_init(&model->model, parent);
    qt_subclass_install(&model_class, model);
    for (int i = 0; i < VT_LABELS; i++) {
        model->dots[i] = vt_icon_make_dot(vt_label_get(i + 1)->rgb);
    }
    return model;
}

QAbstractItemModel *vt_sidebar_model_item_model(vt_sidebar_model *model)
{
    return &model->model;
}

void vt_sidebar_model_set_note(vt_sidebar_model *model, const char *text, int percent)
{
    model->percent = percent;
    free(model->note);
    model->note = text ? strdup(text) : NULL;
}

bool vt_sidebar_model_set(vt_sidebar_model *model, vt_sidebar_content *content)
{
    bool same = model->content != NULL;
    for (int i = 0; same && i < VT_SIDEBAR_SECTION_COUNT; i++) {
        same = vt_sidebar_rows_same_shape(&model->content->sections[i], &content->sections[i]);
    }
    if (!same) {
        q_abstractitemmodel_begin_reset_model(&model->model);
    }
    vt_sidebar_content_free(model->content);
    model->content = content;
    model->shown_count = 0;
    for (int i = 0; i < VT_SIDEBAR_SECTION_COUNT; i++) {
        if (content->sections[i].count > 0) {
            model->shown[model->shown_count++] = (vt_sidebar_section)i;
        }
    }
    if (!same) {
        q_abstractitemmodel_end_reset_model(&model->model);
    }
    return !same;
}

const vt_sidebar_content *vt_sidebar_model_content(const vt_sidebar_model *model)
{
    return model->content;
}
