#include "app/decoder/poison.h"

#ifdef VITRINE_TEST_HELPER

#include "app/decoder/escape.h"
#include "core/decode/protocol.h"

#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What a wild write does, without relying on undefined behaviour and on what a sanitizer makes of it. */
static void raise_plain(int number)
{
    signal(number, SIG_DFL);
    raise(number);
}

static void crash(void)
{
    raise_plain(SIGSEGV);
}

static void bus(void)
{
    raise_plain(SIGBUS);
}

static void illegal(void)
{
    raise_plain(SIGILL);
}

/* Stopped, it does not even burn time. */
static void stop(void)
{
    raise_plain(SIGSTOP);
}

static size_t descend(const volatile char *above)
{
    volatile char frame[4096];
    frame[0] = above[0];
    return above[0] ? 0 : 1 + descend(frame);
}

static void overflow(void)
{
    const volatile char start[1] = {0};
    (void)descend(start);
}

/* No decoder has business with swap space. As ordinary users it may not, unconfined either. */
static void forbidden(void)
{
    syscall(SYS_swapoff, "");
    _exit(4);
}

static void leave(void)
{
    _exit(3);
}

static void spin(void)
{
    for (;;) {
        usleep(1000);
    }
}

/* Takes memory until there is no more, then tries to use it: the limit on address space ends it. */
static void hog(void)
{
    const size_t block = (size_t)16 << 20;
    /* Sanitized builds set no limit on address space: stop where the limit would be. */
    for (size_t taken = 0; taken < (size_t)1 << 30; taken += block) {
        char *memory = malloc(block);
        if (!memory) {
            break;
        }
        memset(memory, 1, 4096);
    }
    abort();
}

/* A reply to a request that nobody made, with a picture larger than the slot. */
static void lie(void)
{
    vt_wire_reply reply;
    memset(&reply, 0xee, sizeof reply);
    vt_protocol_send(VT_PROTOCOL_SOCKET, &reply, sizeof reply, -1, -1, NULL);
    spin();
}

static void flood(void)
{
    char half[40] = "half a reply";
    vt_protocol_send(VT_PROTOCOL_SOCKET, half, sizeof half, -1, -1, NULL);
    spin();
}

void vt_poison_strike(const uint8_t *head, size_t count)
{
    static const struct {
        const char *word;
        void (*strike)(void);
    } poisons[] = {{"segv", crash},     {"bus", bus},    {"illegal", illegal}, {"abort", abort},
                   {"stack", overflow}, {"exit", leave}, {"loop", spin},       {"stop", stop},
                   {"hog", hog},        {"lie", lie},    {"flood", flood},     {"forbidden", forbidden}};
    static const char poison[] = "poison:";
    static const char escape[] = "escape:";
    char text[256] = {0};
    memcpy(text, head, count < sizeof text ? count : sizeof text - 1);
    if (strncmp(text, escape, sizeof escape - 1) == 0) {
        vt_escape_try(text + sizeof escape - 1);
    }
    if (strncmp(text, poison, sizeof poison - 1) != 0) {
        return;
    }
    for (size_t i = 0; i < sizeof poisons / sizeof poisons[0]; i++) {
        if (strncmp(text + sizeof poison - 1, poisons[i].word, strlen(poisons[i].word)) == 0) {
            poisons[i].strike();
        }
    }
}

bool vt_poison_sidecar(bool edit, const char *text, size_t count, vt_str *answer)
{
    static const char poison[] = "edit-poison:";
    static const char forge[] = "edit-forge:";
    const size_t begin = edit ? 0 : strlen("edit-");
    const size_t poison_length = strlen(poison) - begin;
    const size_t forge_length = strlen(forge) - begin;
    const char *poisoned = memmem(text, count, poison + begin, poison_length);
    const char *forged = memmem(text, count, forge + begin, forge_length);
    if (poisoned && (edit || poisoned == text)) {
        const char *word = poisoned + strlen("edit-") - begin;
        vt_poison_strike((const uint8_t *)word, count - (size_t)(word - text));
    }
    if (!forged || (!edit && forged != text)) {
        return false;
    }
    forged += forge_length;
    vt_str_append(answer, forged, count - (size_t)(forged - text));
    return true;
}

#endif
