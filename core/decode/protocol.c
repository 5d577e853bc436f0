#include "core/decode/protocol.h"

#include "core/base/file.h"
#include "core/base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAX_DESCRIPTORS 2

/* Aligned for a cmsghdr, which a plain array of bytes is not. */
typedef union control_buffer {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int) * MAX_DESCRIPTORS)];
} control_buffer;

bool vt_protocol_send(int socket, const void *message, size_t size, int fd1, int fd2, vt_error *error)
{
    int fds[MAX_DESCRIPTORS];
    size_t count = 0;
    if (fd1 >= 0) {
        fds[count++] = fd1;
    }
    if (fd2 >= 0) {
        fds[count++] = fd2;
    }
    struct iovec part = {.iov_base = (void *)message, .iov_len = size};
    struct msghdr header = {.msg_iov = &part, .msg_iovlen = 1};
    control_buffer control = {0};
    if (count > 0) {
        header.msg_control = control.bytes;
        header.msg_controllen = CMSG_SPACE(sizeof(int) * count);
        struct cmsghdr *rights = CMSG_FIRSTHDR(&header);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(sizeof(int) * count);
        memcpy(CMSG_DATA(rights), fds, sizeof(int) * count);
    }
    ssize_t sent;
    do {
        sent = sendmsg(socket, &header, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    if (sent != (ssize_t)size) {
        return vt_error_set_errno(error, sent < 0 ? errno : EMSGSIZE, "cannot send to the decoder helper");
    }
    return true;
}

/* Takes up to two descriptors from the message; false if there were more, which are closed. */
static bool take_descriptors(struct msghdr *header, int fds[MAX_DESCRIPTORS])
{
    int taken = 0;
    bool fits = (header->msg_flags & MSG_CTRUNC) == 0;
    for (struct cmsghdr *c = CMSG_FIRSTHDR(header); c; c = CMSG_NXTHDR(header, c)) {
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS) {
            continue;
        }
        size_t count = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < count; i++) {
            int fd;
            memcpy(&fd, CMSG_DATA(c) + i * sizeof fd, sizeof fd);
            if (taken < MAX_DESCRIPTORS) {
                fds[taken++] = fd;
            } else {
                close(fd);
                fits = false;
            }
        }
    }
    return fits;
}

static void close_descriptors(int fds[MAX_DESCRIPTORS])
{
    for (int i = 0; i < MAX_DESCRIPTORS; i++) {
        if (fds[i] >= 0) {
            close(fds[i]);
            fds[i] = -1;
        }
    }
}

int vt_protocol_receive(int socket, void *message, size_t size, int fds[2], vt_error *error)
{
    struct iovec part = {.iov_base = message, .iov_len = size};
    control_buffer control = {0};
    struct msghdr header = {.msg_iov = &part,
                            .msg_iovlen = 1,
                            .msg_control = control.bytes,
                            .msg_controllen = sizeof control.bytes};
    fds[0] = -1;
    fds[1] = -1;
    ssize_t got;
    do {
        got = recvmsg(socket, &header, MSG_CMSG_CLOEXEC);
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
        if (errno == ECONNRESET) {
            return 0; /* the other side died with our message unread */
        }
        vt_error_set_errno(error, errno, "cannot receive from the other side");
        return -1;
    }
    bool fits = take_descriptors(&header, fds);
    if (got == 0) {
        close_descriptors(fds);
        return 0;
    }
    if (!fits || got != (ssize_t)size || (header.msg_flags & MSG_TRUNC)) {
        close_descriptors(fds);
        vt_error_set(error, VT_ERROR_CRASHED, "a message of %zd bytes came where %zu were expected", got,
                     size);
        return -1;
    }
    return 1;
}

static void clean_message(vt_wire_reply *reply)
{
    size_t length = strnlen(reply->message, sizeof reply->message);
    vt_str text = VT_STR_INIT;
    vt_str_append_display(&text, reply->message, length);
    memset(reply->message, 0, sizeof reply->message);
    if (!text.failed) {
        length = vt_utf8_cut(text.data, sizeof reply->message - 1);
        memcpy(reply->message, text.data, length);
    }
    vt_str_free(&text);
}

static double finite_or_zero(double value)
{
    return isfinite(value) ? value : 0;
}

static void clean_info(vt_media_info *info)
{
    info->kind = info->kind <= VT_KIND_SEQUENCE ? info->kind : VT_KIND_UNKNOWN;
    info->format = info->format < VT_FORMAT_COUNT ? info->format : VT_FORMAT_UNKNOWN;
    info->orientation = info->orientation <= 8 ? info->orientation : 0;
    info->has_alpha = info->has_alpha != 0;
    info->channels = info->channels <= 4 ? info->channels : 0;
    info->bit_depth = info->bit_depth <= 32 ? info->bit_depth : 0;
    info->watertight = info->watertight <= VT_WATERTIGHT_YES ? info->watertight : VT_WATERTIGHT_UNKNOWN;
    info->ascii = info->ascii != 0;
    for (int i = 0; i < 3; i++) {
        info->bounds_min[i] = isfinite(info->bounds_min[i]) ? info->bounds_min[i] : 0;
        info->bounds_max[i] = isfinite(info->bounds_max[i]) ? info->bounds_max[i] : 0;
    }
    info->area = finite_or_zero(info->area);
    info->volume = finite_or_zero(info->volume);
    info->reserved = 0;
}

static void clean_origin(vt_thumb_origin *origin)
{
    origin->is_told = origin->is_told != 0;
    memset(origin->reserved, 0, sizeof origin->reserved);
}

bool vt_what_is_sidecar(unsigned what)
{
    return what == VT_WHAT_SIDECAR || what == VT_WHAT_SIDECAR_EDIT || what == VT_WHAT_SIDECAR_MAKE;
}

static bool is_nonsense(const vt_wire_request *request, size_t slot_bytes, const vt_wire_reply *reply)
{
    bool wants_pixels = request->what == VT_WHAT_THUMBNAIL || request->what == VT_WHAT_VIEW;
    bool may_have_pixels =
        wants_pixels && (reply->status == VT_ERROR_NONE || reply->status == VT_ERROR_TRUNCATED);
    if (reply->id != request->id || reply->status >= VT_ERROR_COUNT || reply->sandbox > VT_SANDBOX_FULL) {
        return true;
    }
    /* An answer about a side-car is bytes, at least one; nothing else has any. */
    bool may_have_bytes = vt_what_is_sidecar(request->what) && reply->status == VT_ERROR_NONE;
    if (may_have_bytes != (reply->bytes > 0) || reply->bytes > VT_PROTOCOL_SLOT_BYTES) {
        return true;
    }
    if (reply->width == 0 || reply->height == 0) {
        return wants_pixels && reply->status == VT_ERROR_NONE;
    }
    if (!may_have_pixels || (request->box_width && reply->width > request->box_width) ||
        (request->box_height && reply->height > request->box_height)) {
        return true;
    }
    return (uint64_t)reply->width * reply->height > slot_bytes / 4;
}

/* A picture without a size or a success without a kind would travel on as a record that means nothing. */
static bool is_record_missing(const vt_wire_request *request, const vt_wire_reply *reply)
{
    const vt_media_info *info = &reply->info;
    if (request->what == VT_WHAT_HELLO || vt_what_is_sidecar(request->what) ||
        reply->status != VT_ERROR_NONE) {
        return false;
    }
    if (info->kind == VT_KIND_UNKNOWN || info->format == VT_FORMAT_UNKNOWN) {
        return true;
    }
    return info->kind == VT_KIND_IMAGE && (info->width == 0 || info->height == 0);
}

static bool is_metadata(const vt_wire_reply *reply)
{
    vt_metadata ignored;
    return reply->metadata_bytes <= sizeof reply->metadata &&
           vt_metadata_unpack(&ignored, reply->metadata, reply->metadata_bytes);
}

bool vt_protocol_check_reply(const vt_wire_request *request, size_t slot_bytes, vt_wire_reply *reply,
                             vt_error *error)
{
    clean_info(&reply->info);
    clean_origin(&reply->origin);
    clean_message(reply);
    if (is_nonsense(request, slot_bytes, reply) || is_record_missing(request, reply) || !is_metadata(reply)) {
        return vt_error_set(error, VT_ERROR_CRASHED, "the decoder helper answered nonsense");
    }
    if (reply->width == 0 || reply->height == 0) {
        reply->width = 0;
        reply->height = 0;
    }
    return true;
}

vt_confinement vt_protocol_confinement(const vt_wire_reply *hello)
{
    vt_confinement told = {.level = (vt_sandbox_level)hello->sandbox,
                           .landlock = hello->landlock,
                           .filter = hello->filter != 0,
                           .isolated = hello->isolated != 0};
    _Static_assert(sizeof told.reason == sizeof hello->message, "a reason is a message");
    memcpy(told.reason, hello->message, sizeof told.reason);
    return told;
}

int vt_protocol_slot_create(size_t bytes, vt_error *error)
{
    int fd = memfd_create("vitrine-slot", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0) {
        vt_error_set_errno(error, errno, "cannot create shared memory for pictures");
        return -1;
    }
    if (ftruncate(fd, (off_t)bytes) != 0 ||
        fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL)) {
        vt_error_set_errno(error, errno, "cannot reserve %zu bytes of shared memory for a picture", bytes);
        close(fd);
        return -1;
    }
    return fd;
}

int vt_protocol_text_create(const void *bytes, size_t count, vt_error *error)
{
    int fd = memfd_create("vitrine-text", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0) {
        vt_error_set_errno(error, errno, "cannot create shared memory for a side-car");
        return -1;
    }
    if (!vt_file_write_all(fd, bytes, count) ||
        fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL)) {
        vt_error_set_errno(error, errno, "cannot reserve %zu bytes of shared memory for a side-car", count);
        close(fd);
        return -1;
    }
    return fd;
}
