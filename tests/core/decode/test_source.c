/* Opening the user's files: nothing but regular files, and never waiting for one. */
#include "support/check.h"

#include "core/decode/source.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

typedef struct place {
    char path[64];
    int fd;
} place;

static int make_place(void **state)
{
    place *p = calloc(1, sizeof *p);
    strcpy(p->path, "/tmp/vitrine-source-XXXXXX");
    if (!mkdtemp(p->path)) {
        return -1;
    }
    p->fd = open(p->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    *state = p;
    return p->fd < 0;
}

static int remove_place(void **state)
{
    static const char *const names[] = {"a.png",  "empty.png", "fifo",     "link",
                                        "socket", "large.jpg", "model.stl"};
    place *p = *state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        unlinkat(p->fd, names[i], 0);
    }
    unlinkat(p->fd, "folder", AT_REMOVEDIR);
    close(p->fd);
    int failed = rmdir(p->path);
    free(p);
    return failed;
}

static void put(const place *p, const char *name, const char *text, off_t size)
{
    int fd = openat(p->fd, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    if (size) {
        assert_int_equal(ftruncate(fd, size), 0);
    }
    close(fd);
}

static void expect_refusal(const place *p, const char *name, const vt_limits *limits, vt_error_code code,
                           const char *says)
{
    vt_error error = VT_ERROR_INIT;
    vt_source source;
    assert_false(vt_source_open(p->fd, name, limits, &source, &error));
    assert_int_equal(source.fd, -1);
    vt_source_close(&source);
    if (error.code != code || !strstr(error.message, says)) {
        fail_msg("%s: %s (%s), expected %s with \"%s\"", name, vt_error_code_name(error.code), error.message,
                 vt_error_code_name(code), says);
    }
}

static void test_opens_a_file(void **state)
{
    const place *p = *state;
    vt_source source;
    vt_error error = VT_ERROR_INIT;
    put(p, "a.png", "some bytes", 0);
    assert_true(vt_source_open(p->fd, "a.png", &vt_limits_default, &source, &error));
    assert_int_equal(source.promised, VT_FORMAT_PNG);
    assert_int_equal(source.stat.st_size, 10);
    assert_int_equal(fcntl(source.fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
    assert_true(vt_source_unchanged(&source, &error));
    put(p, "a.png", "others", 0);
    assert_false(vt_source_unchanged(&source, &error));
    assert_int_equal(error.code, VT_ERROR_CHANGED);
    vt_source_close(&source);
    vt_source_close(&source);
    assert_int_equal(source.fd, -1);
}

static void test_refuses_what_is_no_file(void **state)
{
    const place *p = *state;
    const vt_limits *limits = &vt_limits_default;
    assert_int_equal(mkfifoat(p->fd, "fifo", 0600), 0);
    assert_int_equal(mkdirat(p->fd, "folder", 0700), 0);
    assert_int_equal(symlinkat("a.png", p->fd, "link"), 0);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", p->path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    /* Nobody writes into the FIFO: an opening that waits would hang this test. */
    expect_refusal(p, "fifo", limits, VT_ERROR_NOT_REGULAR, "a FIFO");
    expect_refusal(p, "folder", limits, VT_ERROR_NOT_REGULAR, "a folder");
    expect_refusal(p, "link", limits, VT_ERROR_NOT_REGULAR, "a symbolic link");
    expect_refusal(p, "socket", limits, VT_ERROR_NOT_REGULAR, "a socket");
    expect_refusal(p, "/dev/null", limits, VT_ERROR_NOT_REGULAR, "a device");
    expect_refusal(p, "missing", limits, VT_ERROR_NOT_FOUND, "cannot be opened");
    close(fd);
}

static void test_refuses_sizes(void **state)
{
    const place *p = *state;
    vt_limits limits = vt_limits_default;
    limits.max_image_bytes = 1000;
    limits.max_model_bytes = 2000;
    put(p, "empty.png", "", 0);
    put(p, "large.jpg", "x", 1001);
    put(p, "model.stl", "x", 1001);
    expect_refusal(p, "empty.png", &limits, VT_ERROR_EMPTY, "zero bytes");
    expect_refusal(p, "large.jpg", &limits, VT_ERROR_LIMIT, "limits.image_file");
    vt_source source;
    assert_true(vt_source_open(p->fd, "model.stl", &limits, &source, NULL));
    vt_source_close(&source);
    put(p, "model.stl", "x", 2001);
    expect_refusal(p, "model.stl", &limits, VT_ERROR_LIMIT, "limits.model_file");
}

static void test_unreadable(void **state)
{
    const place *p = *state;
    enum { NOBODY = 65534 };
    put(p, "a.png", "x", 0);
    assert_int_equal(fchmodat(p->fd, "a.png", 0, 0), 0);
    assert_int_equal(fchmod(p->fd, 0755), 0);
    bool root = geteuid() == 0; /* who reads everything, so for once is somebody else */
    assert_true(!root || seteuid(NOBODY) == 0);
    expect_refusal(p, "a.png", &vt_limits_default, VT_ERROR_PERMISSION, "cannot be opened");
    assert_true(!root || seteuid(0) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_opens_a_file, make_place, remove_place),
        cmocka_unit_test_setup_teardown(test_refuses_what_is_no_file, make_place, remove_place),
        cmocka_unit_test_setup_teardown(test_refuses_sizes, make_place, remove_place),
        cmocka_unit_test_setup_teardown(test_unreadable, make_place, remove_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
