/*
 * Records: what the catalog knows of one item, and of one file that could not be taken in.
 *
 * A path is bytes, never text: any byte but NUL. In the file it is stored as folder + name, so that a
 * folder's path stands there once however many files it holds. Plain data; the pointers in it are borrowed,
 * each function that fills a record says for how long.
 */
#ifndef VT_CATALOG_RECORD_H
#define VT_CATALOG_RECORD_H

#include "core/base/error.h"
#include "core/decode/media.h"

#include <stdbool.h>
#include <stdint.h>

/* State of an item. The numbers are stored in catalogs: never renumber. */
typedef enum vt_item_state {
    VT_ITEM_OK = 0,
    VT_ITEM_MISSING = 1, /* was not there at the last look; everything known is kept */
    VT_ITEM_OFFLINE = 2, /* its volume is not attached */
    VT_ITEM_FAILED =
        3, /* its last change could not be read: the facts are those of before, see its failure */
    VT_ITEM_UNREAD = 4,  /* known by its name and stat only, content not looked at yet */
    VT_ITEM_TRASHED = 5, /* in the trash, at its path there: shown nowhere, kept to be put back */
    VT_ITEM_STATE_COUNT
} vt_item_state;

typedef struct vt_item {
    int64_t id;           /* > 0, never used again while a program runs; 0: not in the catalog yet */
    int64_t folder_id;    /* > 0; filled by the catalog */
    const char *path;     /* absolute, `path_length` bytes; a NUL follows where the catalog filled it in */
    uint32_t path_length; /* at most VT_PATH_LENGTH_MAX */
    uint32_t name_at;     /* where the name starts in `path`; filled by the catalog */
    int64_t size;         /* bytes */
    int64_t mtime_ns;     /* since 1970-01-01 UTC, like ctime_ns */
    int64_t ctime_ns;
    uint64_t dev, ino;
    uint8_t state;       /* vt_item_state */
    uint8_t rating;      /* 0 (none) to 5; an import never writes it */
    vt_media_info media; /* while `state` is VT_ITEM_UNREAD: what the name promises of kind and format */
    uint64_t
        fingerprint; /* of the content; written only: 0 leaves what is known, readers do not fill it in */
} vt_item;

#define VT_TAKEN_UNKNOWN INT64_MIN

/* What the views need of an item: the columns of core/index. The last five fields come from elsewhere than
   the item's record: a brief made of a record leaves them unknown, vt_index_put does not look at them
   (vt_index_put_attributes does), and vt_snapshot_item fills them in. */
typedef struct vt_item_brief {
    int64_t id;
    int64_t folder_id;
    const char *name; /* bytes; borrowed */
    uint32_t name_length;
    uint32_t width, height; /* pixels, 0 if none */
    int64_t size;           /* bytes */
    int64_t mtime_ns;
    uint64_t triangles; /* of a model; of a sequence: its frames; 0 if none */
    uint8_t kind;       /* vt_kind */
    uint8_t format;     /* vt_format */
    uint8_t state;      /* vt_item_state */
    uint8_t watertight; /* vt_watertight */
    uint8_t rating;     /* 0 to 5 */
    uint8_t label;      /* 0 (none) to VT_LABEL_MAX */
    int64_t taken_ns;   /* what the camera's clock showed (core/decode/metadata.h), or VT_TAKEN_UNKNOWN */
    const char *title;  /* UTF-8; the user's, else the file's; "" if there is none; borrowed */
    uint32_t title_length;
    const char *camera; /* UTF-8; "" if it is not known; borrowed */
    uint32_t camera_length;
} vt_item_brief;

/* A file that could not be taken in, and why. An import does not try it again until it changes, but for
   faults that may pass (VT_ERROR_IO, _BUSY, _TIMEOUT, _CHANGED). */
typedef struct vt_failure {
    const char *path; /* as in vt_item; a folder that cannot be read has one, too */
    uint32_t path_length;
    vt_error_code code;
    const char *message;              /* UTF-8, one line, for the user */
    int64_t size, mtime_ns, ctime_ns; /* of the file at the time; 0 where it could not be asked */
    uint64_t ino;
    int64_t failed_ns; /* when, since 1970-01-01 UTC */
} vt_failure;

/* Longer paths are refused by the catalog: 1,000 folders deep fits sixty times over. */
#define VT_PATH_LENGTH_MAX ((uint32_t)4 * 1024 * 1024)

/* The brief of a full record, borrowing its path. `item->name_at` must be set (after a commit it is). */
vt_item_brief vt_item_brief_of(const vt_item *item);

/* True if two looks at a file saw the same content, as far as stat can tell: size, both times and inode.
   Not the device: its number changes from one mount to the next. */
bool vt_item_same_content(const vt_item *a, const vt_item *b);

/* Where the name starts in a path of `length` bytes: after the last '/', 0 if there is none. */
uint32_t vt_path_split(const char *path, uint32_t length);

/* The bytes of the folder part: "/a/b" -> 2 ("/a"), "/b" -> 1 ("/"). `name_at` as vt_path_split gives it. */
uint32_t vt_path_folder_length(uint32_t name_at);

#endif
