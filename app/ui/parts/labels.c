#include "app/ui/parts/labels.h"

#include "core/base/translatable.h"

#include <stddef.h>

static const vt_label_info labels[VT_LABELS] = {
    {VT_TR_NOOP("label", "Red"), 0xdf4238},    {VT_TR_NOOP("label", "Yellow"), 0xdba30c},
    {VT_TR_NOOP("label", "Green"), 0x3d9a46},  {VT_TR_NOOP("label", "Blue"), 0x3f7fe0},
    {VT_TR_NOOP("label", "Purple"), 0xa45bd0},
};

const vt_label_info *vt_label_get(int label)
{
    return label >= 1 && label <= VT_LABELS ? &labels[label - 1] : NULL;
}
