/*
 * Protocol between the program and its decoder helper: fixed-size messages over a SOCK_SEQPACKET socket pair.
 *
 * A request carries the file as a descriptor (SCM_RIGHTS); the helper never opens a path. Pixels come back
 * in a slot: a memfd created and sealed (SHRINK, GROW, SEAL) by the program, so that the helper cannot pull
 * it away. Each helper has one slot for thumbnails, mapped once by both sides; a request whose picture may be
 * larger (VT_WHAT_VIEW) brings a second descriptor, a slot of its own, which the helper unmaps after its
 * reply. The model viewed last stays loaded, so that the next view of the same file only draws. Side-cars
 * come as sealed memory that holds their text, and what is found out of them goes into the kept slot as
 * bytes, which only core/sidecar understands. The helper hears nothing but requests and ends when the socket
 * closes.
 *
 * Both sides are built from the same tree; numbers are in host order. Any thread.
 */
#ifndef VT_DECODE_PROTOCOL_H
#define VT_DECODE_PROTOCOL_H

#include "core/base/error.h"
#include "core/decode/limits.h"
#include "core/decode/media.h"
#include "core/decode/metadata.h"
#include "core/decode/thumb_origin.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The helper program's second argument, by which it becomes a zygote (core/decode/helper_zygote.h). */
#define VT_PROTOCOL_ZYGOTE "zygote"

/* Descriptors the helper is born with; a zygote has no slot. */
#define VT_PROTOCOL_SOCKET 3
#define VT_PROTOCOL_SLOT   4

#define VT_PROTOCOL_VERSION 6

/* The kept slot: a thumbnail of 1024 x 1024. */
#define VT_PROTOCOL_THUMB_SIDE 1024
#define VT_PROTOCOL_SLOT_BYTES ((size_t)VT_PROTOCOL_THUMB_SIDE * VT_PROTOCOL_THUMB_SIDE * 4)
/* The largest slot that comes with a request. */
#define VT_PROTOCOL_VIEW_BYTES ((size_t)256 << 20)
/* The most bytes that come with a side-car. */
#define VT_PROTOCOL_TEXT_BYTES ((size_t)8 << 20)

typedef enum vt_what {
    VT_WHAT_HELLO = 1,     /* report the confinement; no descriptor */
    VT_WHAT_PROBE = 2,     /* fill the record, no pixels */
    VT_WHAT_THUMBNAIL = 3, /* reduce to the box (at most VT_PROTOCOL_THUMB_SIDE a side), into the kept slot */
    VT_WHAT_VIEW = 4, /* the same into a slot that comes with the request; models: seen from yaw, pitch */
    VT_WHAT_FORK =
        5, /* to a zygote only: become a helper with the socket and the kept slot that come with it */
    VT_WHAT_SIDECAR = 6,      /* tell what a side-car says, into the kept slot: core/sidecar/sidecar_said.h */
    VT_WHAT_SIDECAR_EDIT = 7, /* a side-car with a change made, the same way: core/sidecar/sidecar_change.h */
    VT_WHAT_SIDECAR_MAKE = 8  /* a new side-car with a change made; nothing of a stranger's comes with it */
} vt_what;

/* The model is being turned under the pointer: fast rather than fine. */
#define VT_DECODE_TURNING 1U
/* The file is a thumbnail that programs share: tell what it says of the file it shows. */
#define VT_DECODE_ORIGIN 2U
/* How a model is drawn; without any of the first two its faces are shaded. */
#define VT_DECODE_WIREFRAME    4U  /* edges alone */
#define VT_DECODE_EDGES        8U  /* faces, and their edges */
#define VT_DECODE_BOX          16U /* with the box around it */
#define VT_DECODE_AXES         32U /* with the axes in a corner */
#define VT_DECODE_ORTHOGRAPHIC 64U /* without perspective */

/* How well the helper is confined (reliability ladder). */
typedef enum vt_sandbox_level {
    VT_SANDBOX_NONE = 0,   /* not even limits: in-process or sanitized builds */
    VT_SANDBOX_LIMITS = 1, /* level C: own process and resource limits */
    VT_SANDBOX_FILTER = 2, /* level B: system call filter */
    VT_SANDBOX_FULL = 3    /* level A: filter and no file system */
} vt_sandbox_level;

/* How a helper is confined: what it found when it tried itself (app/decoder/sandbox.h). */
typedef struct vt_confinement {
    vt_sandbox_level level;
    uint32_t landlock; /* version of Landlock the kernel offers; 0: none */
    bool filter;       /* the system call filter works */
    bool isolated;     /* a network and IPC namespace of its own besides, where the system allows one */
    char reason[384];  /* UTF-8: why the level is not VT_SANDBOX_FULL; empty if it is */
} vt_confinement;

typedef struct vt_wire_request {
    uint64_t id; /* repeated in the reply */
    uint16_t version;
    uint8_t what; /* vt_what */
    uint8_t hint; /* vt_format promised by the name */
    uint32_t max_scans;
    uint32_t box_width; /* pixels; 0: full size */
    uint32_t box_height;
    uint64_t file_bytes;
    uint64_t max_pixels;
    uint64_t max_pixels_scaled;
    uint64_t max_triangles;
    uint64_t max_memory;
    uint32_t max_side;
    uint32_t slot_bytes; /* of the slot that comes with a VT_WHAT_VIEW */
    float yaw;           /* radians from the default view; models only, as all that follow */
    float pitch;
    float zoom;  /* 1 (or 0): fits */
    float pan_x; /* shift right and down as a share of the box */
    float pan_y;
    uint32_t flags;     /* VT_DECODE_... */
    uint32_t region[4]; /* of a picture in a view: x, y, width, height as displayed; width 0: all of it */
} vt_wire_request;

typedef struct vt_wire_reply {
    uint64_t id;
    uint32_t status; /* vt_error_code */
    uint32_t width;  /* pixels in the slot, rows 4 * width bytes apart; 0 if none */
    uint32_t height;
    uint32_t sandbox;  /* vt_sandbox_level, in every reply */
    uint32_t landlock; /* as the next two: see vt_confinement; told in the reply to VT_WHAT_HELLO only */
    uint8_t filter;
    uint8_t isolated;
    uint8_t reserved[2]; /* 0 */
    uint32_t tainted;    /* 1: an error left a library by longjmp or in the middle, replace me */
    uint32_t memory_kib; /* held by its heap now */
    uint32_t bytes;      /* in the kept slot: the answer about a side-car, 0 for all else */
    vt_media_info info;
    char message[384]; /* NUL-terminated UTF-8, worded by the helper; untrusted text. Of a fault, or in the
                          reply to VT_WHAT_HELLO the reason for the sandbox's level */
    vt_thumb_origin origin;  /* zero without VT_DECODE_ORIGIN */
    uint32_t metadata_bytes; /* 0: nothing is known; pictures only, and not of views */
    uint8_t metadata[VT_METADATA_PACKED_MAX];
} vt_wire_reply;

/* A zygote's reply to VT_WHAT_FORK. */
typedef struct vt_wire_forked {
    uint64_t id;
    int32_t pid;     /* of the new helper, a child of the program's; 0: none */
    int32_t failure; /* errno, if there is none */
} vt_wire_forked;

_Static_assert(sizeof(vt_wire_request) == 112, "a request has 112 bytes");

/* Sends one message and up to two descriptors (-1: none). False and `error` if the other side is gone. */
bool vt_protocol_send(int socket, const void *message, size_t size, int fd1, int fd2, vt_error *error);

/* Receives one message of exactly `size` bytes and up to two descriptors (-1 where there is none), which the
   caller owns. Returns 1, or 0 at the orderly end, or -1 and `error` (a message of the wrong size, too many
   descriptors: they are closed). */
int vt_protocol_receive(int socket, void *message, size_t size, int fds[2], vt_error *error);

/* The request is about a side-car. */
bool vt_what_is_sidecar(unsigned what);

/* Checks a reply that may have been written by hostile code against the request it answers: identity, codes,
   sizes within the box and the slot, numbers in their ranges, text, metadata. Cleans what can be cleaned
   (message, record) and returns false with VT_ERROR_CRASHED for what cannot happen in an honest helper. What
   is in the slot is for whoever copies it to check. */
bool vt_protocol_check_reply(const vt_wire_request *request, size_t slot_bytes, vt_wire_reply *reply,
                             vt_error *error);

/* What a checked reply to VT_WHAT_HELLO tells. */
vt_confinement vt_protocol_confinement(const vt_wire_reply *hello);

/* Creates a slot of `bytes` bytes, sealed against resizing. -1 and `error` on failure. Owned: close(). */
int vt_protocol_slot_create(size_t bytes, vt_error *error);

/* Creates memory that holds `count` bytes and that nobody can change any more. As above. */
int vt_protocol_text_create(const void *bytes, size_t count, vt_error *error);

#endif
