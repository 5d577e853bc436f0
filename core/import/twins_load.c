#include "core/import/twins_load.h"

#include "core/index/twins.h"

#include <stdlib.h>

bool vt_twins_load(vt_index *index, vt_catalog_reader *reader, vt_error *error)
{
    bool any = false;
    for (int kind = 0; kind < VT_TWIN_KINDS; kind++) {
        vt_twins_found found;
        bool is_there = false;
        bool done = vt_catalog_reader_twins(reader, (vt_twin_kind)kind, &found, &is_there, error) &&
                    (!is_there || vt_index_set_twins(index, (vt_twin_kind)kind, &found, error));
        free(found.twins);
        if (!done) {
            return false;
        }
        any = any || is_there;
    }
    return !any || vt_index_publish(index, error);
}
