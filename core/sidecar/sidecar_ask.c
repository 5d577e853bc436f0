#include "core/sidecar/sidecar_ask.h"

#include <string.h>

bool vt_sidecar_is_unasked(const vt_error *error)
{
    bool asked =
        error->code != VT_ERROR_BUSY && error->code != VT_ERROR_CANCELLED && error->code != VT_ERROR_INTERNAL;
    return !asked && error->system == 0; /* a file may be busy, too: that fault is the system's */
}

/* What an honest helper can have to say against a side-car. */
static bool is_verdict(vt_error_code code)
{
    switch (code) {
    case VT_ERROR_USAGE:
    case VT_ERROR_UNSUPPORTED:
    case VT_ERROR_EMPTY:
    case VT_ERROR_CORRUPT:
    case VT_ERROR_LIMIT:
    case VT_ERROR_MEMORY:
    case VT_ERROR_INTERNAL:
        return true;
    default:
        return false;
    }
}

static bool nonsense(vt_error *error, const char *verb)
{
    return vt_error_set(error, VT_ERROR_CRASHED, "cannot be %s: the decoder answered nonsense about it",
                        verb);
}

static bool ask(const vt_sidecar_asking *asking, vt_sidecar_question question, const vt_str *bytes,
                size_t text_begin, vt_str *answer, vt_error *error)
{
    const char *verb = question == VT_SIDECAR_SAYS_WHAT ? "read" : "changed";
    bool answered = false;
    vt_error reason = VT_ERROR_INIT;
    if (asking->ask(asking->user, question, bytes, text_begin, answer, &answered, &reason)) {
        return true;
    }
    if (answered && is_verdict(reason.code)) {
        /* A change that does not come out as it is meant is of a form that we cannot change. */
        vt_error_code code = reason.code == VT_ERROR_INTERNAL ? VT_ERROR_UNSUPPORTED : reason.code;
        return vt_error_set(error, code, "%s", reason.message);
    }
    if (answered) {
        return nonsense(error, verb);
    }
    switch (reason.code) {
    case VT_ERROR_CRASHED:
    case VT_ERROR_TIMEOUT:
    case VT_ERROR_MEMORY:
    case VT_ERROR_LIMIT:
        return vt_error_set(error, reason.code, "cannot be %s: %s", verb, reason.message);
    case VT_ERROR_CANCELLED:
        return vt_error_set(error, VT_ERROR_CANCELLED, "was not %s: cancelled", verb);
    default:
        return vt_error_set(error, reason.code == VT_ERROR_INTERNAL ? VT_ERROR_INTERNAL : VT_ERROR_BUSY,
                            "cannot be %s now: %s", verb, reason.message);
    }
}

bool vt_sidecar_ask_what(const vt_sidecar_asking *asking, const vt_str *text, vt_sidecar_said *said,
                         vt_error *error)
{
    vt_str answer = VT_STR_INIT;
    memset(said, 0, sizeof *said);
    bool done = ask(asking, VT_SIDECAR_SAYS_WHAT, text, 0, &answer, error) &&
                vt_sidecar_said_unpack(answer.data, answer.length, said, error);
    vt_str_free(&answer);
    return done;
}

bool vt_sidecar_ask_changed(const vt_sidecar_asking *asking, const vt_str *text,
                            const vt_sidecar_change *change, vt_str *result, vt_error *error)
{
    vt_str question = VT_STR_INIT;
    size_t text_length = text ? text->length : 0;
    vt_sidecar_change_pack(change, text ? text->data : "", text_length, &question);
    vt_str_clear(result);
    bool done = question.failed ? vt_error_set(error, VT_ERROR_MEMORY, "cannot be changed: out of memory")
                                : ask(asking, text ? VT_SIDECAR_CHANGED : VT_SIDECAR_MADE, &question,
                                      question.length - text_length, result, error);
    vt_str_free(&question);
    if (done &&
        (result->length == 0 || result->length > VT_SIDECAR_BYTES_MAX ||
         memchr(result->data, '\0', result->length) || !vt_utf8_valid(result->data, result->length))) {
        done = nonsense(error, "changed");
    }
    return done;
}
