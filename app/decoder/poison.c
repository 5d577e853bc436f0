#include "app/decoder/poison.h"

#ifdef VITRINE_TEST_HELPER

#include "core/decode/protocol.h"

#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

static void crash(void)
{
    /* What a wild write does, without relying on undefined behaviour and on what a sanitizer makes of it. */
    signal(SIGSEGV, SIG_DFL);
    raise(SIGSEGV);
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
    send(VT_PROTOCOL_SOCKET, &reply, sizeof reply, MSG_NOSIGNAL);
    spin();
}

static void flood(void)
{
    char half[40] = "half a reply";
    send(VT_PROTOCOL_SOCKET, half, sizeof half, MSG_NOSIGNAL);
    spin();
}

void vt_poison_strike(const uint8_t *head, size_t count)
{
    static const struct {
        const char *word;
        void (*strike)(void);
    } poisons[] = {{"poison:segv", crash}, {"poison:abort", abort}, {"poison:exit", leave},
                   {"poison:loop", spin},  {"poison:hog", hog},     {"poison:lie", lie},
                   {"poison:flood", flood}};
    for (size_t i = 0; i < sizeof poisons / sizeof poisons[0]; i++) {
        size_t length = strlen(poisons[i].word);
        if (count >= length && memcmp(head, poisons[i].word, length) == 0) {
            poisons[i].strike();
        }
    }
}

#endif
