#include "app/decoder/serve.h"

#include "app/decoder/poison.h"
#include "app/decoder/privileges.h"
#include "app/decoder/sidecar.h"
#include "app/decoder/view.h"
#include "core/decode/format.h"
#include "core/decode/icc.h"
#include "core/decode/image.h"
#include "core/mesh/model.h"

#include <errno.h>
#include <inttypes.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

/* What one request works with. */
typedef struct job {
    const vt_server *server;
    const vt_wire_request *request;
    vt_view *view;
    vt_icc_cache *profiles;
    int file;
    vt_pixels pixels;
    vt_wire_reply *reply;
    vt_error error;
} job;

/* What the heap holds of memory, in use or kept. To ask the kernel would cost a small picture a tenth. */
static uint32_t heap_kib(void)
{
    struct mallinfo2 heap = mallinfo2();
    return (uint32_t)((heap.arena + heap.hblkhd) / 1024);
}

static bool decode_picture(job *j, vt_format format)
{
    const vt_wire_request *r = j->request;
    vt_input input = vt_input_from_fd(j->file, r->file_bytes);
    vt_metadata metadata = {0};
    vt_image_request wanted = {.box_width = r->box_width,
                               .box_height = r->box_height,
                               .probe = r->what == VT_WHAT_PROBE,
                               .region = {r->region[0], r->region[1], r->region[2], r->region[3]},
                               .limits = vt_limits_default,
                               .metadata = r->what == VT_WHAT_VIEW ? NULL : &metadata,
                               .profiles = j->profiles};
    wanted.limits.max_side = r->max_side;
    wanted.limits.max_scans = r->max_scans;
    wanted.limits.max_pixels = r->max_pixels;
    wanted.limits.max_pixels_scaled = r->max_pixels_scaled;
    wanted.limits.max_memory = r->max_memory;
    vt_view_make_room(j->view);
    if ((r->flags & VT_DECODE_ORIGIN) && format == VT_FORMAT_PNG) {
        vt_thumb_origin_read(&input, &j->reply->origin);
    }
    bool decoded = vt_image_decode(format, &input, &wanted, &j->reply->info, &j->pixels, &j->error);
    j->reply->metadata_bytes = (uint32_t)vt_metadata_pack(&metadata, j->reply->metadata);
    return decoded;
}

static bool probe_model(job *j)
{
    bool partial = false;
    const vt_mesh_limits limits = vt_mesh_limits_for(j->request->max_triangles, j->request->max_memory);
    vt_model *model =
        vt_model_load(j->file, j->request->file_bytes, &limits, &j->reply->info, &partial, &j->error);
    vt_model_free(model);
    return model && !partial;
}

static bool draw_model(job *j)
{
    const vt_wire_request *r = j->request;
    vt_media_info *info = &j->reply->info;
    if (r->what == VT_WHAT_PROBE) {
        return probe_model(j);
    }
    if (r->box_width == 0 || r->box_height == 0 || r->box_width > VT_RENDER_SIDE_MAX ||
        r->box_height > VT_RENDER_SIDE_MAX ||
        (uint64_t)r->box_width * r->box_height * 4 > j->pixels.capacity) {
        return vt_error_set(&j->error, VT_ERROR_LIMIT, "a model cannot be drawn with %u x %u pixels",
                            r->box_width, r->box_height);
    }
    if (r->what == VT_WHAT_VIEW) {
        return vt_view_draw(j->view, j->file, r, info, &j->pixels, &j->error);
    }
    vt_view_make_room(j->view);
    const vt_render_target target = {.pixels = j->pixels.data,
                                     .width = r->box_width,
                                     .height = r->box_height,
                                     .stride = (size_t)r->box_width * 4,
                                     .samples = 0};
    const vt_mesh_limits limits = vt_mesh_limits_for(r->max_triangles, r->max_memory);
    bool partial = false;
    if (!vt_mesh_thumbnail(j->file, r->file_bytes, &limits, &target, info, &partial, &j->error)) {
        return false;
    }
    j->pixels.width = target.width;
    j->pixels.height = target.height;
    return !partial;
}

static bool decode(job *j)
{
    uint8_t head[VT_FORMAT_SNIFF_BYTES];
    vt_input input = vt_input_from_fd(j->file, j->request->file_bytes);
    size_t count = vt_input_read_at(&input, 0, head, sizeof head);
    if (input.system) {
        return vt_error_set_errno(&j->error, input.system, "cannot be read");
    }
    if (count == 0 && j->request->file_bytes > 0) {
        return vt_error_set(&j->error, VT_ERROR_CHANGED, "was emptied while it was read");
    }
    vt_poison_strike(head, count);
    vt_format format =
        vt_format_sniff(head, count, j->request->file_bytes, (vt_format)j->request->hint, &j->error);
    const vt_format_info *line = vt_format_get(format);
    if (!line) {
        return false;
    }
    j->reply->info.format = (uint8_t)format;
    j->reply->info.kind = (uint8_t)line->kind;
    bool done = line->decode ? decode_picture(j, format) : draw_model(j);
    /* stb_image leaves memory behind on some of its failures. */
    j->reply->tainted = !done && line->decode && strcmp(line->library, "stb_image") == 0;
    return done;
}

static void answer_about_sidecar(job *j)
{
    const vt_wire_request *r = j->request;
    if (!vt_decoder_sidecar(r, j->file, j->server->slot, j->server->slot_bytes, &j->reply->bytes,
                            &j->error) &&
        j->error.code == VT_ERROR_NONE) {
        vt_error_set(&j->error, VT_ERROR_INTERNAL, "cannot be read: the decoder failed without saying why");
    }
}

static void decode_into_slots(job *j, int view_slot)
{
    size_t view_bytes = j->request->slot_bytes;
    uint8_t *mapped = MAP_FAILED;
    j->pixels = (vt_pixels){.data = j->server->slot, .capacity = j->server->slot_bytes};
    if (j->request->what == VT_WHAT_VIEW) {
        mapped = mmap(NULL, view_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, view_slot, 0);
        if (mapped == MAP_FAILED) {
            vt_error_set_errno(&j->error, errno, "cannot reach the memory for a view of %zu bytes",
                               view_bytes);
            return;
        }
        j->pixels = (vt_pixels){.data = mapped, .capacity = view_bytes};
    }
    if (decode(j)) {
        vt_error_clear(&j->error);
    } else if (j->error.code == VT_ERROR_NONE) {
        vt_error_set(&j->error, VT_ERROR_INTERNAL, "a decoder failed without saying why");
    }
    bool shown = j->error.code == VT_ERROR_NONE || j->error.code == VT_ERROR_TRUNCATED;
    if (shown && j->request->what != VT_WHAT_PROBE) {
        j->reply->width = j->pixels.width;
        j->reply->height = j->pixels.height;
    }
    if (mapped != MAP_FAILED) {
        munmap(mapped, view_bytes);
    }
}

/* The kernel would end the process in the midst of a picture some day: better between two. */
static bool is_worn_out(void)
{
    struct timespec used;
    return clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) == 0 &&
           used.tv_sec >= VT_PRIVILEGES_CPU_WORN_SECONDS;
}

static void fill_hello(const vt_confinement *confinement, vt_wire_reply *reply)
{
    reply->sandbox = confinement->level;
    reply->landlock = confinement->landlock;
    reply->filter = confinement->filter;
    reply->isolated = confinement->isolated;
    memcpy(reply->message, confinement->reason, sizeof reply->message);
}

static void fill_reply(const vt_server *server, const vt_error *error, vt_wire_reply *reply)
{
    reply->status = error->code;
    reply->sandbox = server->confinement.level;
    reply->memory_kib = heap_kib();
    if (is_worn_out()) {
        reply->tainted = 1;
    }
    /* Cut by bytes: the other side repairs a character that was cut through. */
    memcpy(reply->message, error->message, sizeof reply->message - 1);
    reply->message[sizeof reply->message - 1] = '\0';
}

static void close_all(const int fds[2])
{
    for (int i = 0; i < 2; i++) {
        if (fds[i] >= 0) {
            close(fds[i]);
        }
    }
}

static bool is_request(const vt_wire_request *request, const int fds[2])
{
    if (request->version != VT_PROTOCOL_VERSION) {
        return false;
    }
    switch (request->what) {
    case VT_WHAT_HELLO:
        return true;
    case VT_WHAT_PROBE:
    case VT_WHAT_THUMBNAIL:
        return fds[0] >= 0;
    case VT_WHAT_SIDECAR:
    case VT_WHAT_SIDECAR_EDIT:
    case VT_WHAT_SIDECAR_MAKE:
        return fds[0] >= 0 && request->file_bytes <= VT_PROTOCOL_TEXT_BYTES;
    case VT_WHAT_VIEW:
        return fds[0] >= 0 && fds[1] >= 0 && request->slot_bytes > 0 &&
               request->slot_bytes <= VT_PROTOCOL_VIEW_BYTES;
    default:
        return false;
    }
}

/* What is kept from one request to the next. */
typedef struct kept {
    vt_view *view;
    vt_icc_cache *profiles;
} kept;

static bool answer(const vt_server *server, const kept *k, const vt_wire_request *request, const int fds[2],
                   vt_error *error)
{
    vt_wire_reply reply = {.id = request->id};
    job j = {.server = server,
             .request = request,
             .view = k->view,
             .profiles = k->profiles,
             .file = fds[0],
             .reply = &reply};
    if (!is_request(request, fds)) {
        close_all(fds);
        return vt_error_set(error, VT_ERROR_USAGE,
                            "the program sent what is no request (version %u, kind %u)", request->version,
                            request->what);
    }
    if (vt_what_is_sidecar(request->what)) {
        answer_about_sidecar(&j);
    } else if (request->what != VT_WHAT_HELLO) {
        decode_into_slots(&j, fds[1]);
    }
    close_all(fds);
    fill_reply(server, &j.error, &reply);
    if (request->what == VT_WHAT_HELLO) {
        fill_hello(&server->confinement, &reply);
    }
    /* If the program is gone, so is the need for an answer: the next receive sees the end. */
    vt_protocol_send(server->socket, &reply, sizeof reply, -1, -1, NULL);
    return true;
}

bool vt_serve(const vt_server *server, vt_error *error)
{
    kept k = {vt_view_create(), vt_icc_cache_create()};
    bool fine = (k.view && k.profiles) || vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    while (fine) {
        vt_wire_request request;
        int fds[2];
        int got = vt_protocol_receive(server->socket, &request, sizeof request, fds, error);
        if (got <= 0) {
            fine = got == 0;
            break;
        }
        fine = answer(server, &k, &request, fds, error);
    }
    vt_icc_cache_free(k.profiles);
    vt_view_free(k.view);
    return fine;
}
