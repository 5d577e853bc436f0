#include "core/import/fault.h"

#include "core/base/path.h"

#include <errno.h>
#include <stdlib.h>

bool vt_fault_passes(vt_error_code code)
{
    static const bool passes[VT_ERROR_COUNT] = {
        [VT_ERROR_IO] = true, [VT_ERROR_BUSY] = true, [VT_ERROR_CHANGED] = true};
    return (unsigned)code < VT_ERROR_COUNT && passes[code];
}

static bool lacks_descriptors(const vt_error *error)
{
    return error->system == EMFILE || error->system == ENFILE;
}

bool vt_fault_is_ours(const vt_error *error)
{
    return error->code == VT_ERROR_INTERNAL || error->code == VT_ERROR_MEMORY || lacks_descriptors(error);
}

void vt_fault_explain(vt_error *error, const char *path)
{
    const vt_error fault = *error;
    if (fault.code == VT_ERROR_INTERNAL) {
        return; /* of the helpers, whatever the file: it says what to do */
    }
    char *shown = vt_path_display(path);
    vt_error_set(error, fault.code,
                 "the import stopped at %s: %.200s; %s and import again (what was finished is kept)",
                 shown ? shown : "a file", fault.message,
                 lacks_descriptors(&fault) ? "raise the limit of open files (ulimit -n)"
                                           : "close other programs");
    error->system = fault.system;
    free(shown);
}
