#include "app/decoder/sidecar.h"

#include "app/decoder/poison.h"
#include "core/decode/input.h"
#include "core/sidecar/sidecar_parse.h"

#include <string.h>

static bool load(const vt_wire_request *request, int file, vt_str *text, vt_error *error)
{
    size_t wanted = (size_t)request->file_bytes;
    vt_input input = vt_input_from_fd(file, wanted);
    if (!vt_str_reserve(text, wanted)) {
        return vt_error_set(error, VT_ERROR_MEMORY, "cannot be read: out of memory");
    }
    text->length = vt_input_read_at(&input, 0, text->data, wanted);
    text->data[text->length] = '\0';
    if (input.system) {
        return vt_error_set_errno(error, input.system, "cannot be read");
    }
    return text->length == wanted ||
           vt_error_set(error, VT_ERROR_INTERNAL, "cannot be read: not all of it came to the decoder");
}

static vt_sidecar_question question_of(unsigned what)
{
    return what == VT_WHAT_SIDECAR        ? VT_SIDECAR_SAYS_WHAT
           : what == VT_WHAT_SIDECAR_EDIT ? VT_SIDECAR_CHANGED
                                          : VT_SIDECAR_MADE;
}

bool vt_decoder_sidecar(const vt_wire_request *request, int file, uint8_t *slot, size_t slot_bytes,
                        uint32_t *bytes, vt_error *error)
{
    vt_str text = VT_STR_INIT, answer = VT_STR_INIT;
    bool read = request->what == VT_WHAT_SIDECAR;
    bool done = load(request, file, &text, error);
    if (done && !vt_poison_sidecar(!read, text.data, text.length, &answer)) {
        done = vt_sidecar_serve(question_of(request->what), text.data, text.length, &answer, error);
    }
    if (done && answer.length > slot_bytes) {
        done = vt_error_set(error, VT_ERROR_LIMIT, "cannot be %s: it says more than the %zu bytes that fit",
                            read ? "read" : "changed", slot_bytes);
    }
    if (done) {
        memcpy(slot, answer.data, answer.length);
        *bytes = (uint32_t)answer.length;
    }
    vt_str_free(&text);
    vt_str_free(&answer);
    return done;
}
