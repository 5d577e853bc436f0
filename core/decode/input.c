#include "core/decode/input.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

vt_input vt_input_from_fd(int fd, uint64_t size)
{
    /* pread() takes a signed offset: nothing beyond its range can be read. */
    uint64_t limit = size > (uint64_t)INT64_MAX ? (uint64_t)INT64_MAX : size;
    return (vt_input){.fd = fd, .memory = NULL, .size = limit, .at = 0, .system = 0};
}

vt_input vt_input_from_memory(const void *bytes, size_t size)
{
    return (vt_input){.fd = -1, .memory = bytes, .size = size, .at = 0, .system = 0};
}

static size_t read_file(vt_input *input, uint64_t offset, uint8_t *buffer, size_t count)
{
    size_t done = 0;
    while (done < count) {
        ssize_t got = pread(input->fd, buffer + done, count - done, (off_t)(offset + done));
        if (got > 0) {
            done += (size_t)got;
        } else if (got == 0) {
            break; /* shorter by now than it was */
        } else if (errno != EINTR) {
            if (input->system == 0) {
                input->system = errno;
            }
            break;
        }
    }
    return done;
}

size_t vt_input_read_at(vt_input *input, uint64_t offset, void *buffer, size_t count)
{
    if (offset >= input->size) {
        return 0;
    }
    if (count > input->size - offset) {
        count = (size_t)(input->size - offset);
    }
    if (input->memory) {
        memcpy(buffer, input->memory + offset, count);
        return count;
    }
    return read_file(input, offset, buffer, count);
}

size_t vt_input_read(vt_input *input, void *buffer, size_t count)
{
    size_t got = vt_input_read_at(input, input->at, buffer, count);
    input->at += got;
    return got;
}

void vt_input_skip(vt_input *input, int64_t count)
{
    if (count < 0) {
        uint64_t back = (uint64_t)0 - (uint64_t)count;
        input->at = back > input->at ? 0 : input->at - back;
    } else {
        uint64_t left = input->size - input->at;
        input->at += (uint64_t)count > left ? left : (uint64_t)count;
    }
}
