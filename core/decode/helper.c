#include "core/decode/helper.h"

#include "core/base/clock.h"
#include "core/decode/helper_private.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* A larger slot is not worth keeping between two views. */
#define KEPT_VIEW_BYTES ((size_t)64 << 20)
#define ATTEMPTS        2

void vt_helper_init(vt_helper *helper, vt_helper_pool *pool, vt_helper_counts *counts, vt_format_guard *guard,
                    int niceness)
{
    *helper = (vt_helper){.pool = pool,
                          .counts = counts,
                          .guard = guard,
                          .process = VT_HELPER_PROCESS_NONE,
                          .niceness = niceness,
                          .next_id = 2,
                          .view_slot = -1,
                          .only = VT_STR_INIT};
}

static void drop_view_slot(vt_helper *helper)
{
    if (helper->view_mapped) {
        munmap((void *)helper->view_mapped, helper->view_bytes);
    }
    if (helper->view_slot >= 0) {
        close(helper->view_slot);
    }
    helper->view_mapped = NULL;
    helper->view_slot = -1;
    helper->view_bytes = 0;
}

static int kill_process(vt_helper *helper)
{
    atomic_store(&helper->pid, 0);
    helper->images = 0;
    helper->retired = false;
    return vt_helper_process_kill(&helper->process);
}

void vt_helper_finish(vt_helper *helper)
{
    atomic_store(&helper->pid, 0);
    vt_helper_process_end(&helper->process);
    helper->retired = false;
    vt_str_free(&helper->only);
    drop_view_slot(helper);
}

static bool ensure_process(vt_helper *helper, vt_error *error)
{
    if (helper->retired) {
        kill_process(helper);
    }
    if (helper->process.pid > 0 && helper->memory == helper->limits.max_memory) {
        return true;
    }
    if (helper->process.pid > 0) { /* the limit was changed: it takes a new process */
        atomic_store(&helper->pid, 0);
        vt_helper_process_end(&helper->process);
    }
    if (!vt_helper_pool_take_process(helper->pool, &helper->process, &helper->memory, error)) {
        return false;
    }
    helper->images = 0;
    helper->had = VT_HAD_NOTHING;
    atomic_store(&helper->pid, helper->process.pid);
    atomic_store(&helper->sandbox, (int)helper->process.confinement.level);
    if (helper->niceness > 0) {
        setpriority(PRIO_PROCESS, (id_t)helper->process.pid, helper->niceness); /* a courtesy: may fail */
    }
    return true;
}

static bool ensure_view_slot(vt_helper *helper, size_t bytes, vt_error *error)
{
    if (helper->view_bytes == bytes) {
        return true;
    }
    drop_view_slot(helper);
    int fd = vt_protocol_slot_create(bytes, error);
    if (fd < 0) {
        return false;
    }
    void *mapped = mmap(NULL, bytes, PROT_READ, MAP_SHARED, fd, 0);
    if (mapped == MAP_FAILED) {
        close(fd);
        return vt_error_set_errno(error, errno, "cannot map %zu bytes for a view", bytes);
    }
    helper->view_slot = fd;
    helper->view_mapped = mapped;
    helper->view_bytes = bytes;
    return true;
}

static bool check_request(const vt_decode_request *request, vt_error *error)
{
    uint64_t width = request->box_width;
    uint64_t height = request->box_height;
    switch (request->what) {
    case VT_WHAT_PROBE:
        return true;
    case VT_WHAT_THUMBNAIL:
        if (width >= 1 && height >= 1 && width <= VT_PROTOCOL_THUMB_SIDE &&
            height <= VT_PROTOCOL_THUMB_SIDE) {
            return true;
        }
        break;
    case VT_WHAT_VIEW:
        if (width >= 1 && height >= 1 && width <= VT_PROTOCOL_VIEW_BYTES &&
            height <= VT_PROTOCOL_VIEW_BYTES / 4 / width) {
            return true;
        }
        break;
    default:
        break;
    }
    return vt_error_set(error, VT_ERROR_USAGE, "a picture of %" PRIu64 " x %" PRIu64 " cannot be asked for",
                        width, height);
}

static vt_wire_request wire_of(const vt_helper *helper, uint64_t size, const vt_decode_request *request)
{
    const vt_limits *limits = &helper->limits;
    return (vt_wire_request){
        .version = VT_PROTOCOL_VERSION,
        .what = (uint8_t)request->what,
        .hint = (uint8_t)request->hint,
        .max_scans = limits->max_scans,
        .box_width = request->box_width,
        .box_height = request->box_height,
        .file_bytes = size,
        .max_pixels = limits->max_pixels,
        .max_pixels_scaled = limits->max_pixels_scaled,
        .max_triangles = limits->max_triangles,
        .max_memory = limits->max_memory,
        .max_side = limits->max_side,
        .slot_bytes = (uint32_t)helper->view_bytes,
        .yaw = request->yaw,
        .pitch = request->pitch,
        .zoom = request->zoom,
        .pan_x = request->pan_x,
        .pan_y = request->pan_y,
        .flags = request->flags,
        .region = {request->region.x, request->region.y, request->region.width, request->region.height}};
}

/* Copies the picture out of shared memory once; nothing looks at it before. */
static bool take_pixels(const vt_helper *helper, const vt_wire_request *wire, const vt_wire_reply *reply,
                        vt_decode_result *result, vt_error *error)
{
    if (reply->width == 0) {
        return true;
    }
    const uint8_t *slot = wire->what == VT_WHAT_VIEW ? helper->view_mapped : helper->process.slot;
    size_t bytes = (size_t)reply->width * reply->height * 4;
    uint8_t *data = malloc(bytes);
    if (!data || !slot) {
        free(data);
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a picture of %u x %u", reply->width,
                            reply->height);
    }
    memcpy(data, slot, bytes);
    result->pixels = (vt_pixels){.data = data,
                                 .capacity = bytes,
                                 .width = reply->width,
                                 .height = reply->height,
                                 .stride = (size_t)reply->width * 4};
    return true;
}

/* The bytes were checked with the rest of the reply. */
static bool take_metadata(const vt_wire_reply *reply, vt_decode_result *result, vt_error *error)
{
    if (reply->metadata_bytes == 0) {
        return true;
    }
    result->metadata = malloc(sizeof *result->metadata);
    if (!result->metadata) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for what a picture says of itself");
    }
    return vt_metadata_unpack(result->metadata, reply->metadata, reply->metadata_bytes) ||
           vt_error_set(error, VT_ERROR_CRASHED, "the decoder helper answered nonsense");
}

static void recycle_if_due(vt_helper *helper, const vt_wire_request *wire, const vt_wire_reply *reply)
{
    bool view = wire->what == VT_WHAT_VIEW;
    /* Frames of a model that is being turned are one picture: replacing its helper would load it again. */
    if (!view) {
        helper->images++;
    }
    bool due = helper->images >= VT_HELPER_RECYCLE_IMAGES || reply->memory_kib > VT_HELPER_RECYCLE_KIB;
    if (reply->tainted || (due && !view)) {
        atomic_fetch_add(&helper->counts->recycles, 1);
        atomic_store(&helper->pid, 0);
        vt_helper_process_end(&helper->process);
        helper->images = 0;
    }
}

static bool accept_reply(vt_helper *helper, const vt_wire_request *wire, const vt_wire_reply *reply,
                         vt_decode_result *result, vt_error *error)
{
    atomic_fetch_add(&helper->counts->decoded, 1);
    result->info = reply->info;
    result->origin = reply->origin;
    bool fine = take_pixels(helper, wire, reply, result, error) && take_metadata(reply, result, error);
    if (fine && reply->status != VT_ERROR_NONE) {
        result->answered = true;
        fine = vt_error_set(error, (vt_error_code)reply->status, "%s",
                            reply->message[0] ? reply->message : "the decoder gave no reason");
    }
    recycle_if_due(helper, wire, reply);
    if (helper->view_bytes > KEPT_VIEW_BYTES) {
        drop_view_slot(helper);
    }
    return fine;
}

/* The second death of a file that promised `format`. */
static void note_crash(vt_helper *helper, vt_format format)
{
    vt_error reason = VT_ERROR_INIT;
    if (vt_format_guard_crashed(helper->guard, format, vt_clock_now()) &&
        !vt_format_guard_check(helper->guard, format, &reason)) {
        vt_helper_pool_tell_out_of_use(helper->pool, &reason);
    }
}

static bool report_death(int status, vt_error *error)
{
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS) {
        return vt_error_set(error, VT_ERROR_CRASHED,
                            "it made the decoder try twice what its confinement forbids");
    }
    if (WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL) {
        return vt_error_set(error, VT_ERROR_CRASHED, "the decoder crashed on it twice (%s)",
                            strsignal(WTERMSIG(status)));
    }
    if (WIFEXITED(status)) {
        return vt_error_set(error, VT_ERROR_CRASHED, "the decoder gave up on it twice (exit status %d)",
                            WEXITSTATUS(status));
    }
    return vt_error_set(error, VT_ERROR_CRASHED, "the decoder was ended or answered nonsense on it twice");
}

/* The text of a side-car; NULL: something else of a stranger's. */
typedef struct text {
    const void *bytes;
    size_t count;
} text;

static bool is_only(const vt_helper *helper, const text *of)
{
    return helper->had == VT_HAD_ONE_SIDECAR && helper->only.length == of->count &&
           memcmp(helper->only.data, of->bytes, of->count) == 0;
}

/* The process gets it now. */
static void note_had(vt_helper *helper, const text *of)
{
    if (helper->had == VT_HAD_NOTHING && of->bytes) {
        vt_str_free(&helper->only);
        vt_str_append(&helper->only, of->bytes, of->count);
        helper->had = helper->only.failed ? VT_HAD_MANY : VT_HAD_ONE_SIDECAR;
    } else if (!of->bytes || !is_only(helper, of)) {
        helper->had = VT_HAD_MANY;
    }
}

/* Has `wire` (its id is set here) answered by a process that lives; the reply was checked. */
static bool ask(vt_helper *helper, vt_wire_request *wire, const text *of, int fd, int view_slot,
                int cancel_fd, vt_wire_reply *reply, vt_error *error)
{
    int status = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (!ensure_process(helper, error)) {
            return false;
        }
        wire->id = helper->next_id++;
        if (wire->what != VT_WHAT_SIDECAR_MAKE) {
            note_had(helper, of);
        }
        int64_t allowed = vt_limits_wall(&helper->limits, wire->file_bytes);
        vt_exchange outcome =
            vt_helper_process_exchange(&helper->process, wire, fd, view_slot, allowed, cancel_fd, reply);
        size_t slot_bytes = view_slot >= 0 ? helper->view_bytes : VT_PROTOCOL_SLOT_BYTES;
        if (outcome == VT_EXCHANGE_ANSWERED && vt_protocol_check_reply(wire, slot_bytes, reply, NULL)) {
            vt_format_guard_read(helper->guard, (vt_format)wire->hint);
            return true;
        }
        status = kill_process(helper);
        if (outcome == VT_EXCHANGE_CANCELLED) {
            return vt_error_set(error, VT_ERROR_CANCELLED, "cancelled");
        }
        if (outcome == VT_EXCHANGE_STARVED) {
            atomic_fetch_add(&helper->counts->timeouts, 1);
            return vt_error_set(error, VT_ERROR_BUSY,
                                "the machine was too busy to decode it; try again later");
        }
        if (outcome == VT_EXCHANGE_TIMEOUT) {
            atomic_fetch_add(&helper->counts->timeouts, 1);
            return vt_error_set(error, VT_ERROR_TIMEOUT,
                                "decoding took longer than the %.1f s allowed" VT_LIMIT_RAISE(VT_LIMIT_TIME),
                                (double)allowed / (double)VT_NS_PER_S);
        }
        atomic_fetch_add(&helper->counts->crashes, 1);
    }
    note_crash(helper, (vt_format)wire->hint);
    return report_death(status, error);
}

static bool decode(vt_helper *helper, int fd, uint64_t size, const vt_decode_request *request, int cancel_fd,
                   vt_decode_result *result, vt_error *error)
{
    int view_slot = request->what == VT_WHAT_VIEW ? helper->view_slot : -1;
    vt_wire_request wire = wire_of(helper, size, request);
    vt_wire_reply reply;
    const text none = {NULL, 0};
    return ask(helper, &wire, &none, fd, view_slot, cancel_fd, &reply, error) &&
           accept_reply(helper, &wire, &reply, result, error);
}

bool vt_helper_decode(vt_helper *helper, int fd, uint64_t size, const vt_decode_request *request,
                      int cancel_fd, vt_decode_result *result, vt_error *error)
{
    memset(result, 0, sizeof *result);
    if (!check_request(request, error) || !vt_format_guard_check(helper->guard, request->hint, error)) {
        return false;
    }
    size_t view_bytes = (size_t)request->box_width * request->box_height * 4;
    if (request->what == VT_WHAT_VIEW && !ensure_view_slot(helper, view_bytes, error)) {
        return false;
    }
    return decode(helper, fd, size, request, cancel_fd, result, error);
}

/* What one side-car has made of a process must not come into another one that is written: the process may
   have had that one only, or nothing. */
static void take_fit(vt_helper *helper, vt_what what, const text *of)
{
    bool fit = what == VT_WHAT_SIDECAR || helper->had == VT_HAD_NOTHING ||
               (what == VT_WHAT_SIDECAR_EDIT && is_only(helper, of));
    if (helper->process.pid > 0 && !helper->retired && !fit) {
        atomic_fetch_add(&helper->counts->recycles, 1);
        kill_process(helper);
    }
}

/* Of no use for the next one to be changed. It ends while the caller writes the file; the next request takes
   the spare, which is there by then, for reading and changing one more. */
static void retire(vt_helper *helper)
{
    if (helper->process.pid > 0) {
        atomic_fetch_add(&helper->counts->recycles, 1);
        atomic_store(&helper->pid, 0);
        kill(helper->process.pid, SIGKILL);
        helper->retired = true;
    }
}

bool vt_helper_sidecar(vt_helper *helper, vt_what what, const void *bytes, size_t count, size_t text_begin,
                       int cancel_fd, vt_str *answer, bool *answered, vt_error *error)
{
    *answered = false;
    if (!vt_what_is_sidecar(what) || count > VT_PROTOCOL_TEXT_BYTES || text_begin > count) {
        return vt_error_set(error, VT_ERROR_USAGE, "%zu bytes cannot be given to a helper", count);
    }
    int fd = vt_protocol_text_create(bytes, count, error);
    if (fd < 0) {
        return false;
    }
    const text of = {(const char *)bytes + text_begin, count - text_begin};
    take_fit(helper, what, &of);
    vt_wire_request wire = {.version = VT_PROTOCOL_VERSION, .what = (uint8_t)what, .file_bytes = count};
    vt_wire_reply reply;
    bool done = ask(helper, &wire, &of, fd, -1, cancel_fd, &reply, error);
    close(fd);
    if (!done) {
        return false;
    }
    atomic_fetch_add(&helper->counts->decoded, 1);
    *answered = true;
    vt_str_append(answer, helper->process.slot, reply.bytes); /* once; nothing looks at it before */
    recycle_if_due(helper, &wire, &reply);
    if (what == VT_WHAT_SIDECAR_EDIT) {
        retire(helper);
    }
    if (answer->failed) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    return reply.status == VT_ERROR_NONE ||
           vt_error_set(error, (vt_error_code)reply.status, "%s",
                        reply.message[0] ? reply.message : "cannot be read: the decoder gave no reason");
}

void vt_decode_result_clear(vt_decode_result *result)
{
    free(result->pixels.data);
    free(result->metadata);
    memset(result, 0, sizeof *result);
}

vt_sandbox_level vt_helper_sandbox(const vt_helper *helper)
{
    return (vt_sandbox_level)atomic_load(&helper->sandbox);
}

const char *vt_sandbox_level_name(vt_sandbox_level level)
{
    static const char *const names[] = {[VT_SANDBOX_NONE] = "none",
                                        [VT_SANDBOX_LIMITS] = "limits",
                                        [VT_SANDBOX_FILTER] = "filter",
                                        [VT_SANDBOX_FULL] = "full"};
    return (unsigned)level < sizeof names / sizeof names[0] ? names[level] : "none";
}

pid_t vt_helper_pid(const vt_helper *helper)
{
    return atomic_load(&helper->pid);
}
