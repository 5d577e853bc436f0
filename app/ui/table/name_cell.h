/* How the table paints a name: as every cell, with the row's small picture in front. UI thread only.
 */
#ifndef VT_UI_TABLE_NAME_CELL_H
#define VT_UI_TABLE_NAME_CELL_H

#include "app/ui/library/library.h"
#include "app/ui/table/cell_texts.h"
#include "app/ui/table/row_pictures.h"

#include <qt6c/qstyleditemdelegate.h>

/* `parent` owns it. `pictures` (NULL: signs alone), `texts` and `library` are borrowed; `side` as
   vt_row_pictures_create. */
QStyledItemDelegate *vt_name_cell_create(QObjectRef parent, vt_library *library, vt_row_pictures *pictures,
                                         vt_cell_texts *texts, int side);

#endif
