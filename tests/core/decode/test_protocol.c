/* Messages: what crosses, and what a hostile helper may try. */
#include "support/check.h"

#include "core/decode/protocol.h"

#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct channel {
    int near;
    int far;
} channel;

static channel open_channel(void)
{
    int pair[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), 0);
    return (channel){pair[0], pair[1]};
}

static void close_channel(const channel *c)
{
    close(c->near);
    close(c->far);
}

static void test_message_with_descriptors(void **state)
{
    (void)state;
    channel c = open_channel();
    char received[8];
    int fds[2];
    int slot = vt_protocol_slot_create(4096, NULL);
    assert_true(slot >= 0);
    for (int count = 0; count <= 2; count++) {
        assert_true(
            vt_protocol_send(c.near, "message", 8, count > 0 ? slot : -1, count > 1 ? slot : -1, NULL));
        assert_int_equal(vt_protocol_receive(c.far, received, 8, fds, NULL), 1);
        assert_string_equal(received, "message");
        for (int i = 0; i < 2; i++) {
            assert_int_equal(fds[i] >= 0, i < count);
            if (fds[i] >= 0) {
                assert_int_equal(fcntl(fds[i], F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
                close(fds[i]);
            }
        }
    }
    close(slot);
    close(c.near);
    assert_int_equal(vt_protocol_receive(c.far, received, 8, fds, NULL), 0);
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_protocol_send(c.far, "x", 1, -1, -1, &error));
    assert_true(error.code != VT_ERROR_NONE);
    close(c.far);
}

static void send_many_descriptors(int socket, int fd, int count)
{
    char bytes[CMSG_SPACE(sizeof(int) * 8)] __attribute__((aligned(8))) = {0};
    struct iovec part = {.iov_base = "message", .iov_len = 8};
    struct msghdr header = {.msg_iov = &part,
                            .msg_iovlen = 1,
                            .msg_control = bytes,
                            .msg_controllen = CMSG_SPACE(sizeof(int) * (size_t)count)};
    struct cmsghdr *rights = CMSG_FIRSTHDR(&header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof(int) * (size_t)count);
    for (int i = 0; i < count; i++) {
        memcpy(CMSG_DATA(rights) + (size_t)i * sizeof fd, &fd, sizeof fd);
    }
    assert_int_equal(sendmsg(socket, &header, 0), 8);
}

static void test_wrong_messages(void **state)
{
    (void)state;
    channel c = open_channel();
    char received[8];
    int fds[2];
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_protocol_send(c.near, "short", 6, -1, -1, NULL));
    assert_int_equal(vt_protocol_receive(c.far, received, 8, fds, &error), -1);
    assert_int_equal(error.code, VT_ERROR_CRASHED);
    assert_true(vt_protocol_send(c.near, "much too long", 14, -1, -1, NULL));
    assert_int_equal(vt_protocol_receive(c.far, received, 8, fds, &error), -1);
    /* More descriptors than agreed: all of them are closed. */
    int spare = dup(c.near);
    close(spare); /* the next number to be handed out */
    send_many_descriptors(c.near, c.near, 8);
    assert_int_equal(vt_protocol_receive(c.far, received, 8, fds, &error), -1);
    assert_int_equal(fds[0], -1);
    int next = dup(c.near);
    assert_int_equal(next, spare);
    close(next);
    close_channel(&c);
}

static void test_slot_cannot_be_resized(void **state)
{
    (void)state;
    int slot = vt_protocol_slot_create(8192, NULL);
    assert_true(slot >= 0);
    assert_int_equal(ftruncate(slot, 0), -1);
    assert_int_equal(ftruncate(slot, 1 << 20), -1);
    assert_int_equal(fcntl(slot, F_ADD_SEALS, F_SEAL_WRITE), -1);
    close(slot);
}

static const vt_wire_request asked = {
    .id = 7, .version = VT_PROTOCOL_VERSION, .what = VT_WHAT_THUMBNAIL, .box_width = 256, .box_height = 128};

static vt_wire_reply honest_reply(void)
{
    vt_wire_reply reply = {.id = 7, .width = 256, .height = 128};
    reply.info = (vt_media_info){.kind = VT_KIND_IMAGE,
                                 .format = VT_FORMAT_PNG,
                                 .channels = 3,
                                 .bit_depth = 8,
                                 .width = 512,
                                 .height = 256};
    return reply;
}

static bool accepts(vt_wire_reply *reply)
{
    vt_error error = VT_ERROR_INIT;
    bool fine = vt_protocol_check_reply(&asked, VT_PROTOCOL_SLOT_BYTES, reply, &error);
    assert_int_equal(fine ? VT_ERROR_NONE : VT_ERROR_CRASHED, error.code);
    return fine;
}

static void test_replies_that_cannot_be(void **state)
{
    (void)state;
    vt_wire_reply reply = honest_reply();
    assert_true(accepts(&reply));
    reply.id = 8;
    assert_false(accepts(&reply));
    reply = honest_reply();
    reply.width = 257;
    assert_false(accepts(&reply));
    reply = honest_reply();
    reply.height = UINT32_MAX;
    assert_false(accepts(&reply));
    reply = honest_reply();
    reply.status = VT_ERROR_COUNT;
    assert_false(accepts(&reply));
    reply = honest_reply();
    reply.sandbox = 4;
    assert_false(accepts(&reply));
    reply = honest_reply();
    reply.status = VT_ERROR_CORRUPT; /* a failure has no picture */
    assert_false(accepts(&reply));
    reply.status = VT_ERROR_TRUNCATED; /* but the upper part of one may be there */
    assert_true(accepts(&reply));
    reply = honest_reply();
    reply.width = 0; /* a success without a picture */
    assert_false(accepts(&reply));
    reply = honest_reply();
    reply.info.kind = 77;
    assert_false(accepts(&reply));
    reply = honest_reply();
    reply.info.width = 0;
    assert_false(accepts(&reply));
    /* A box without bounds is still bounded by the slot. */
    vt_wire_request open_box = asked;
    open_box.box_width = 0;
    open_box.box_height = 0;
    reply = honest_reply();
    reply.width = UINT32_MAX;
    reply.height = UINT32_MAX;
    assert_false(vt_protocol_check_reply(&open_box, VT_PROTOCOL_SLOT_BYTES, &reply, NULL));
}

static void test_metadata_in_replies(void **state)
{
    (void)state;
    vt_metadata metadata = {0};
    vt_wire_reply reply = honest_reply();
    vt_metadata_set(&metadata, VT_METADATA_TITLE, "Boats", 5);
    reply.metadata_bytes = (uint32_t)vt_metadata_pack(&metadata, reply.metadata);
    assert_true(accepts(&reply));
    reply.metadata_bytes--;
    assert_false(accepts(&reply));
    reply = honest_reply();
    reply.metadata_bytes = UINT32_MAX;
    assert_false(accepts(&reply));
    reply.metadata_bytes = sizeof reply.metadata + 1;
    assert_false(accepts(&reply));
    reply.metadata_bytes = 5;
    memset(reply.metadata, 'V', sizeof reply.metadata);
    assert_false(accepts(&reply));
}

/* Bytes are for answers about side-cars, and these for them. */
static void test_bytes_in_replies(void **state)
{
    (void)state;
    static const struct {
        unsigned what;
        uint32_t status, bytes;
        bool fine;
    } cases[] = {
        {VT_WHAT_SIDECAR, VT_ERROR_NONE, 1, true},
        {VT_WHAT_SIDECAR, VT_ERROR_NONE, VT_PROTOCOL_SLOT_BYTES, true},
        {VT_WHAT_SIDECAR, VT_ERROR_NONE, VT_PROTOCOL_SLOT_BYTES + 1, false},
        {VT_WHAT_SIDECAR, VT_ERROR_NONE, UINT32_MAX, false},
        {VT_WHAT_SIDECAR, VT_ERROR_NONE, 0, false},
        {VT_WHAT_SIDECAR, VT_ERROR_CORRUPT, 0, true},
        {VT_WHAT_SIDECAR, VT_ERROR_CORRUPT, 1, false},
        {VT_WHAT_SIDECAR_EDIT, VT_ERROR_NONE, 9, true},
        {VT_WHAT_SIDECAR_EDIT, VT_ERROR_NONE, 0, false},
        {VT_WHAT_SIDECAR_MAKE, VT_ERROR_NONE, 9, true},
        {VT_WHAT_HELLO, VT_ERROR_NONE, 1, false},
        {VT_WHAT_PROBE, VT_ERROR_CORRUPT, 1, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const vt_wire_request request = {
            .id = 7, .version = VT_PROTOCOL_VERSION, .what = (uint8_t)cases[i].what};
        vt_wire_reply reply = {.id = 7, .status = cases[i].status, .bytes = cases[i].bytes};
        assert_int_equal(vt_protocol_check_reply(&request, VT_PROTOCOL_SLOT_BYTES, &reply, NULL),
                         cases[i].fine);
        reply.width = reply.height = 1; /* and no picture */
        assert_false(vt_protocol_check_reply(&request, VT_PROTOCOL_SLOT_BYTES, &reply, NULL));
    }
    vt_wire_reply picture = honest_reply();
    picture.bytes = 1;
    assert_false(accepts(&picture));
}

static void test_text_cannot_be_changed(void **state)
{
    (void)state;
    char back[8] = "";
    int fd = vt_protocol_text_create("<x/>", 4, NULL);
    assert_true(fd >= 0);
    assert_int_equal(pread(fd, back, sizeof back, 0), 4);
    assert_string_equal(back, "<x/>");
    assert_int_equal(pwrite(fd, "y", 1, 0), -1);
    assert_int_equal(ftruncate(fd, 0), -1);
    assert_ptr_equal(mmap(NULL, 4, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0), MAP_FAILED);
    close(fd);
    fd = vt_protocol_text_create("", 0, NULL);
    assert_true(fd >= 0);
    assert_int_equal(pread(fd, back, sizeof back, 0), 0);
    close(fd);
}

static void test_replies_are_cleaned(void **state)
{
    (void)state;
    vt_wire_reply reply = honest_reply();
    memset(reply.message, '\xc3', sizeof reply.message); /* not terminated, not UTF-8 */
    reply.info.orientation = 200;
    reply.info.has_alpha = 99;
    reply.info.channels = 250;
    reply.info.watertight = 17;
    reply.info.area = NAN;
    reply.info.volume = INFINITY;
    reply.info.bounds_min[1] = -INFINITY;
    reply.info.reserved = 5;
    reply.origin.is_told = 77;
    reply.origin.reserved[3] = 1;
    assert_true(accepts(&reply));
    assert_int_equal(reply.origin.is_told, 1);
    assert_int_equal(reply.origin.reserved[3], 0);
    assert_true(strlen(reply.message) < sizeof reply.message);
    assert_int_equal(reply.info.orientation, 0);
    assert_int_equal(reply.info.has_alpha, 1);
    assert_int_equal(reply.info.channels, 0);
    assert_int_equal(reply.info.watertight, VT_WATERTIGHT_UNKNOWN);
    assert_true(reply.info.area == 0 && reply.info.volume == 0 && reply.info.bounds_min[1] == 0);
    assert_int_equal(reply.info.reserved, 0);
    strcpy(reply.message, "line\nbreak \x1b[31m");
    assert_true(accepts(&reply));
    assert_null(strchr(reply.message, '\n'));
    assert_null(strchr(reply.message, '\x1b'));
}

/* Random bytes: whatever is accepted keeps what check_reply promises. */
/* What a helper tells of its confinement when it is greeted, its reason cleaned like any other text. */
static void test_hello_tells_the_confinement(void **state)
{
    (void)state;
    const vt_wire_request hello = {.id = 1, .version = VT_PROTOCOL_VERSION, .what = VT_WHAT_HELLO};
    vt_wire_reply reply = {
        .id = 1, .sandbox = VT_SANDBOX_FILTER, .landlock = 7, .filter = 2, .message = "no\x1b[31m Landlock"};
    assert_true(vt_protocol_check_reply(&hello, VT_PROTOCOL_SLOT_BYTES, &reply, NULL));
    vt_confinement told = vt_protocol_confinement(&reply);
    assert_int_equal(told.level, VT_SANDBOX_FILTER);
    assert_int_equal(told.landlock, 7);
    assert_true(told.filter);
    assert_false(told.isolated);
    assert_non_null(strstr(told.reason, "[31m Landlock"));
    assert_null(strchr(told.reason, '\x1b'));
    memset(reply.message, 'x', sizeof reply.message);
    assert_true(vt_protocol_check_reply(&hello, VT_PROTOCOL_SLOT_BYTES, &reply, NULL));
    told = vt_protocol_confinement(&reply);
    assert_int_equal(strnlen(told.reason, sizeof told.reason), sizeof told.reason - 1);
}

static void test_random_replies(void **state)
{
    (void)state;
    uint32_t random = 12345;
    for (int round = 0; round < 20000; round++) {
        vt_wire_reply reply = honest_reply();
        uint8_t *raw = (uint8_t *)&reply;
        for (int change = 0; change < 6; change++) {
            random = random * 1664525 + 1013904223;
            raw[(random >> 8) % (sizeof reply - 384 + 8)] = (uint8_t)(random >> 24);
        }
        if (!vt_protocol_check_reply(&asked, VT_PROTOCOL_SLOT_BYTES, &reply, NULL)) {
            continue;
        }
        assert_true(reply.width <= 256 && reply.height <= 128);
        assert_true(reply.info.kind <= VT_KIND_SEQUENCE && reply.info.format < VT_FORMAT_COUNT);
        assert_true(isfinite(reply.info.area) && isfinite(reply.info.volume));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_message_with_descriptors),
        cmocka_unit_test(test_wrong_messages),
        cmocka_unit_test(test_slot_cannot_be_resized),
        cmocka_unit_test(test_replies_that_cannot_be),
        cmocka_unit_test(test_replies_are_cleaned),
        cmocka_unit_test(test_random_replies),
        cmocka_unit_test(test_hello_tells_the_confinement),
        cmocka_unit_test(test_metadata_in_replies),
        cmocka_unit_test(test_bytes_in_replies),
        cmocka_unit_test(test_text_cannot_be_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
