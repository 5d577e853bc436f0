/*
 * vitrine-decoder: decodes strangers' files for Vitrine, one at a time, in a process that has nothing to
 * lose. Started by the program (core/decode/helper_pool.h) with a socket and a slot of shared memory; the
 * first argument is the limit on address space in bytes. With a second one, VT_PROTOCOL_ZYGOTE, and no slot
 * it makes such processes of itself.
 */
#include "app/decoder/sandbox.h"
#include "app/decoder/serve.h"
#include "app/decoder/warmup.h"
#include "app/decoder/zygote.h"

#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* Buffers of a picture come and go: keep them rather than fault their pages in again for each one. */
#define KEPT_BLOCK_BYTES (4 << 20)
#define KEPT_HEAP_BYTES  (16 << 20)

static bool is_socket(int fd)
{
    struct stat stat;
    return fstat(fd, &stat) == 0 && S_ISSOCK(stat.st_mode);
}

static bool map_slot(vt_server *server, vt_error *error)
{
    struct stat stat;
    if (fstat(VT_PROTOCOL_SLOT, &stat) != 0 || stat.st_size < (off_t)VT_PROTOCOL_SLOT_BYTES) {
        return vt_error_set(error, VT_ERROR_USAGE, "descriptor %d is no slot of %zu bytes", VT_PROTOCOL_SLOT,
                            VT_PROTOCOL_SLOT_BYTES);
    }
    server->slot_bytes = VT_PROTOCOL_SLOT_BYTES;
    server->slot = mmap(NULL, server->slot_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, VT_PROTOCOL_SLOT, 0);
    if (server->slot == MAP_FAILED) {
        return vt_error_set_errno(error, errno, "cannot map the slot");
    }
    close(VT_PROTOCOL_SLOT);
    return true;
}

static int complain(const vt_error *error)
{
    fprintf(stderr, "vitrine-decoder: %s\n", error->message);
    return 2;
}

/* From here on the process serves one socket with one slot. */
static int serve(uint64_t memory, bool isolated)
{
    vt_error error = VT_ERROR_INIT;
    vt_server server = {.socket = VT_PROTOCOL_SOCKET};
    if (!map_slot(&server, &error)) {
        return complain(&error);
    }
    if (!vt_sandbox_enter(memory, isolated, &server.confinement, &error) || !vt_serve(&server, &error)) {
        return complain(&error);
    }
    return 0;
}

int main(int argc, char **argv)
{
    vt_error error = VT_ERROR_INIT;
    bool isolated = false;
    bool is_zygote = argc == 3 && strcmp(argv[2], VT_PROTOCOL_ZYGOTE) == 0;
    if ((argc != 2 && !is_zygote) || !is_socket(VT_PROTOCOL_SOCKET)) {
        fprintf(stderr, "vitrine-decoder is started by vitrine and does nothing by itself.\n");
        return 2;
    }
    mallopt(M_MMAP_THRESHOLD, KEPT_BLOCK_BYTES);
    mallopt(M_TRIM_THRESHOLD, KEPT_HEAP_BYTES);
    mallopt(M_ARENA_MAX, 1);
    if (!vt_warmup(&error) || !vt_sandbox_prepare(&isolated, &error)) {
        return complain(&error);
    }
    if (is_zygote) {
        switch (vt_zygote_run(&error)) {
        case VT_ZYGOTE_ENDED:
            return 0;
        case VT_ZYGOTE_FAILED:
            return complain(&error);
        case VT_ZYGOTE_COPY:
            break;
        }
    }
    return serve(strtoull(argv[1], NULL, 10), isolated);
}
