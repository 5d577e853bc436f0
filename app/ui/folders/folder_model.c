#include "app/ui/folders/folder_model.h"

#include "app/ui/parts/icons.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "core/base/str.h"

#include <qt6c/qmodelindex.h>

struct vt_folder_model {
    QAbstractItemModel model; /* first */
    vt_folder_tree *tree;     /* owned; NULL at first */
    QIcon folder_icon, library_icon;
};

static const vt_folder_model *model_of(const QAbstractItemModel *self)
{
    return (const vt_folder_model *)self;
}

static QModelIndex no_index(void)
{
    return q_modelindex_make();
}

uint32_t vt_folder_model_node(const QModelIndex *index)
{
    return q_modelindex_is_valid(index) ? (uint32_t)index->i : VT_FOLDER_NONE;
}

QModelIndex vt_folder_model_index(vt_folder_model *model, uint32_t node)
{
    if (node == VT_FOLDER_ALL) {
        return q_abstractitemmodel_create_index_id(&model->model, 0, 0, VT_FOLDER_ALL);
    }
    if (!model->tree || node >= vt_folder_tree_count(model->tree)) {
        return no_index();
    }
    const vt_folder_node *folder = vt_folder_tree_node(model->tree, node);
    int first = folder->parent == VT_FOLDER_NONE ? 1 : 0; /* behind "All items" */
    return q_abstractitemmodel_create_index_id(&model->model, (int)folder->place + first, 0, node);
}

static uint32_t child_count(const vt_folder_model *model, const QModelIndex *parent)
{
    uint32_t node = vt_folder_model_node(parent);
    if (node == VT_FOLDER_ALL || !model->tree) {
        return node == VT_FOLDER_NONE ? 1 : 0;
    }
    return vt_folder_tree_child_count(model->tree, node) + (node == VT_FOLDER_NONE ? 1 : 0);
}

static QModelIndex index_at(const QAbstractItemModel *self, int row, int column, const QModelIndex *parent)
{
    const vt_folder_model *model = model_of(self);
    uint32_t node = vt_folder_model_node(parent);
    if (row < 0 || column != 0 || (uint32_t)row >= child_count(model, parent)) {
        return no_index();
    }
    if (node == VT_FOLDER_NONE && row == 0) {
        return q_abstractitemmodel_create_index_id(self, 0, 0, VT_FOLDER_ALL);
    }
    uint32_t place = (uint32_t)row - (node == VT_FOLDER_NONE ? 1 : 0);
    return q_abstractitemmodel_create_index_id(self, row, 0, vt_folder_tree_child(model->tree, node, place));
}

static QModelIndex parent_of(const QAbstractItemModel *self, const QModelIndex *child)
{
    const vt_folder_model *model = model_of(self);
    uint32_t node = vt_folder_model_node(child);
    if (node >= VT_FOLDER_ALL || !model->tree) {
        return no_index();
    }
    uint32_t parent = vt_folder_tree_node(model->tree, node)->parent;
    return parent == VT_FOLDER_NONE ? no_index() : vt_folder_model_index((vt_folder_model *)model, parent);
}

static int row_count(const QAbstractItemModel *self, const QModelIndex *parent)
{
    return (int)child_count(model_of(self), parent);
}

static int column_count(const QAbstractItemModel *self, const QModelIndex *parent)
{
    (void)self;
    (void)parent;
    return 1;
}

static QVariant text_of(const vt_folder_model *model, uint32_t node, bool whole_path)
{
    vt_str text = VT_STR_INIT;
    char count[32];
    int64_t items = 0;
    if (node == VT_FOLDER_ALL) {
        vt_str_append_cstr(&text, vt_tr("window", "All items"));
        items = model->tree ? vt_folder_tree_items(model->tree) : 0;
    } else {
        const vt_folder_node *folder = vt_folder_tree_node(model->tree, node);
        uint32_t from = whole_path ? 0 : folder->name_at;
        vt_str_append_display(&text, folder->path + from, folder->length - from);
        items = folder->items;
    }
    if (!whole_path && model->tree) { /* not counted yet is not nothing */
        vt_str_append_cstr(&text, "  (");
        vt_str_append_cstr(&text, vt_wording_count(count, sizeof count, items));
        vt_str_append_cstr(&text, ")");
    }
    QVariant variant = qt_variant_string(text.data);
    vt_str_free(&text);
    return variant;
}

static QVariant data(const QAbstractItemModel *self, const QModelIndex *index, int role)
{
    const vt_folder_model *model = model_of(self);
    uint32_t node = vt_folder_model_node(index);
    if (node == VT_FOLDER_NONE) {
        return qt_variant_null();
    }
    switch (role) {
    case Qt_DisplayRole:
        return text_of(model, node, false);
    case Qt_ToolTipRole:
        return node == VT_FOLDER_ALL ? qt_variant_null() : text_of(model, node, true);
    case Qt_DecorationRole:
        return qt_variant_of(QT_TYPE_ICON,
                             node == VT_FOLDER_ALL ? &model->library_icon : &model->folder_icon);
    default:
        return qt_variant_null();
    }
}

static void finish(void *self)
{
    vt_folder_model *model = self;
    vt_folder_tree_free(model->tree);
    q_icon_fini(&model->folder_icon);
    q_icon_fini(&model->library_icon);
}

static const QAbstractItemModelVirtuals model_virtuals = {.index = index_at,
                                                          .parent = parent_of,
                                                          .row_count = row_count,
                                                          .column_count = column_count,
                                                          .data = data};
static qt_subclass model_class = {.base = &qt_class_QAbstractItemModel,
                                  .virtuals = &model_virtuals,
                                  .instance_size = sizeof(vt_folder_model),
                                  .finish = finish};

vt_folder_model *vt_folder_model_create(QObjectRef parent)
{
    vt_folder_model *model = qt_subclass_allocate(&model_class);
    q_abstractitemmodel_init(&model->model, parent);
    qt_subclass_install(&model_class, model);
    q_icon_init(&model->folder_icon);
    q_icon_init(&model->library_icon);
    vt_folder_model_set_icons(model);
    return model;
}

static void replace_icon(QIcon *own, vt_icon shape)
{
    QIcon icon = vt_icon_make(shape);
    q_icon_assign(own, &icon);
    q_icon_fini(&icon);
}

void vt_folder_model_set_icons(vt_folder_model *model)
{
    replace_icon(&model->folder_icon, VT_ICON_FOLDER);
    replace_icon(&model->library_icon, VT_ICON_LIBRARY);
}

QAbstractItemModel *vt_folder_model_item_model(vt_folder_model *model)
{
    return &model->model;
}

bool vt_folder_model_set_tree(vt_folder_model *model, vt_folder_tree *tree)
{
    bool same = model->tree && vt_folder_tree_same_shape(model->tree, tree);
    if (!same) {
        q_abstractitemmodel_begin_reset_model(&model->model);
    }
    vt_folder_tree_free(model->tree);
    model->tree = tree;
    if (!same) {
        q_abstractitemmodel_end_reset_model(&model->model);
    }
    return !same;
}

const vt_folder_tree *vt_folder_model_tree(const vt_folder_model *model)
{
    return model->tree;
}
