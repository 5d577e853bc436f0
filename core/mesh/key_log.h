/*
 * Key log: very many keys, written down and gone through later a part at a time.
 *
 * A hash table of hundreds of megabytes waits for memory at every key. The log writes keys in a row instead,
 * in parts by their upper bits; later each part by itself is gone through with tables that fit the
 * processor's cache (radix partitioning; Manegold, Boncz and Kersten, "Optimizing main-memory join on modern
 * hardware", 2002): one of bits tells which few keys may be equal to others, and only those are looked up. Of
 * the 64 bits of a key 56 are kept: 6 bytes, and 8 bits that tell its part.
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

/* Room for at least `keys` keys, or for as many as `bytes` of memory have, if that is less; and for a few
   thousand more. NULL when memory runs out. */
vt_key_log *vt_key_log_create(uint64_t keys, uint64_t bytes);

/* NULL is allowed. */
void vt_key_log_free(vt_key_log *log);

/* Writes keys down. False if there is no room left: some of them are lost. */
bool vt_key_log_write(vt_key_log *log, const uint64_t *keys, size_t count);

/* Forgets all keys. */
void vt_key_log_clear(vt_key_log *log);

/* Keys that have room, however they are spread. */
uint64_t vt_key_log_room(const vt_key_log *log);

/* Returns the number of different keys, and shows those that were there more than once to `visit`, which may
   be NULL; the lower 8 bits of a key shown are 0. UINT64_MAX when memory runs out. */
uint64_t vt_key_log_count(vt_key_log *log, void (*visit)(void *user, uint64_t key), void *user);

/* Leaves each different key once, which makes room for others. Returns their number, UINT64_MAX when memory
   runs out. */
uint64_t vt_key_log_reduce(vt_key_log *log);

#endif
