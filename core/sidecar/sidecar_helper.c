#include "core/sidecar/sidecar_helper.h"

static bool ask(void *user, vt_sidecar_question question, const vt_str *bytes, size_t text_begin,
                vt_str *answer, bool *answered, vt_error *error)
{
    const vt_sidecar_helper *of = user;
    vt_what what = question == VT_SIDECAR_SAYS_WHAT ? VT_WHAT_SIDECAR
                   : question == VT_SIDECAR_CHANGED ? VT_WHAT_SIDECAR_EDIT
                                                    : VT_WHAT_SIDECAR_MAKE;
    if (bytes->length > VT_PROTOCOL_TEXT_BYTES) {
        return vt_error_set(error, VT_ERROR_LIMIT, "with what is to be written it has more than %zu bytes",
                            VT_PROTOCOL_TEXT_BYTES);
    }
    vt_helper *helper = vt_helper_pool_acquire_unless(of->helpers, VT_HELPER_SIDECARS, of->cancel_fd, error);
    if (!helper) {
        return false;
    }
    bool done = vt_helper_sidecar(helper, what, bytes->data, bytes->length, text_begin, of->cancel_fd, answer,
                                  answered, error);
    vt_helper_pool_release(of->helpers, helper);
    return done;
}

vt_sidecar_asking vt_sidecar_asking_helper(vt_sidecar_helper *helper)
{
    return (vt_sidecar_asking){.ask = ask, .user = helper};
}
