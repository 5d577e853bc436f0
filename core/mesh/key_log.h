/*
 * Key log: very many keys, written down and gone through later a part at a time.
 *
 * A hash table of hundreds of megabytes waits for memory at every key. The log writes keys in a row instead,
 * in parts by their upper bits; later each part by itself is searched in a table that fits the processor's
 * cache (radix partitioning; Manegold, Boncz and Kersten, "Optimizing main-memory join on modern hardware",
 * 2002). Of the 64 bits of a key 56 are kept: 6 bytes, and 8 that tell its part.
 *
 * Threads: belongs to one at a time.
 */
#ifndef VT_MESH_KEY_LOG_H
#define VT_MESH_KEY_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_KEY_LOG_PARTS     256
#define VT_KEY_LOG_KEY_BYTES 6

typedef struct vt_key_log vt_key_log;

/* Room for about `keys` evenly spread keys, but not for more than `bytes` of memory have. NULL when memory
   runs out. */
vt_key_log *vt_key_log_create(uint64_t keys, uint64_t bytes);

/* NULL is allowed. */
void vt_key_log_free(vt_key_log *log);

/* Writes keys down. False if a part has no room left: its keys are lost. */
bool vt_key_log_write(vt_key_log *log, const uint64_t *keys, size_t count);

/* Forgets all keys. */
void vt_key_log_clear(vt_key_log *log);

/* Keys that surely have room, if they are spread evenly. */
uint64_t vt_key_log_room(const vt_key_log *log);

/* Leaves each different key once, and shows those that were there more than once to `visit`, which may be
   NULL; the lower 8 bits of a key shown are 0. Returns the number of different keys, UINT64_MAX when memory
   runs out. */
uint64_t vt_key_log_reduce(vt_key_log *log, void (*visit)(void *user, uint64_t key), void *user);

#endif
