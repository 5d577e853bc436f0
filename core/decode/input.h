/*
 * Input: bounded reading of an open file or of memory, which is all a decoder sees of the file system.
 *
 * Reads with pread(), never mmap(): a file cut short while it is being read must not raise SIGBUS.
 * Threads: one thread at a time. Does not own the descriptor or the memory.
 */
#ifndef VT_DECODE_INPUT_H
#define VT_DECODE_INPUT_H

#include <stddef.h>
#include <stdint.h>

/* A value; all fields are the module's own, start with one of the two functions below. */
typedef struct vt_input {
    int fd;                /* -1: memory */
    const uint8_t *memory; /* NULL: file */
    uint64_t size;         /* bytes after which the input ends, whatever the file does meanwhile */
    uint64_t at;           /* position of the next vt_input_read */
    int system;            /* errno of the first failed read, 0 if none */
} vt_input;

vt_input vt_input_from_fd(int fd, uint64_t size);
vt_input vt_input_from_memory(const void *bytes, size_t size);

/* Reads up to `count` bytes at the position and moves on. Less than `count` only at the end or on an error.
 */
size_t vt_input_read(vt_input *input, void *buffer, size_t count);

/* Reads at `offset` without moving. */
size_t vt_input_read_at(vt_input *input, uint64_t offset, void *buffer, size_t count);

/* Moves the position by `count` (negative: back), kept between 0 and the end. */
void vt_input_skip(vt_input *input, int64_t count);

#endif
