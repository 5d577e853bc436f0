/* The table of the kinds of content. */
#include "app/ui/panes/types.h"

#include "app/ui/panes/pane_performance.h"
#include "app/ui/panes/pane_types.h"

#include <string.h>

/* clang-format off */
const vt_pane_type *const vt_pane_types[] = {
    &vt_pane_browse_type,
    &vt_pane_table_type,
    &vt_pane_image_type,
    &vt_pane_model_type,
    &vt_pane_sequence_type,
    &vt_pane_info_type,
    &vt_pane_text_type,
    &vt_pane_query_type,
    &vt_pane_activity_type,
    &vt_pane_performance,
    &vt_pane_help_type,
    &vt_pane_note,
    NULL,
};
/* clang-format on */

const vt_pane_type *vt_pane_type_of(const char *provider, const char **argument)
{
    const char *colon = strchr(provider, ':');
    if (!colon) {
        return NULL;
    }
    size_t length = (size_t)(colon - provider);
    for (const vt_pane_type *const *type = vt_pane_types; *type; type++) {
        if (strlen((*type)->name) == length && memcmp((*type)->name, provider, length) == 0) {
            if (argument) {
                *argument = colon + 1;
            }
            return *type;
        }
    }
    return NULL;
}
