#include "core/base/path.h"
#include "core/files/move.h"
#include "core/files/rename_private.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

vt_rename_journal *vt_rename_journal_create(void)
{
    return calloc(1, sizeof(vt_rename_journal));
}

static void empty(vt_rename_journal *journal)
{
    for (size_t i = 0; journal->moves && i < journal->count; i++) {
        free(journal->moves[i].from);
        free(journal->moves[i].to);
    }
    journal->count = 0;
}

void vt_rename_journal_free(vt_rename_journal *journal)
{
    if (journal) {
        empty(journal);
        free(journal->moves);
        free(journal);
    }
}

bool vt_rename_journal_reserve(vt_rename_journal *journal, size_t count)
{
    if (journal->capacity - journal->count >= count) {
        return true;
    }
    size_t capacity = journal->capacity * 2;
    capacity = capacity >= journal->count + count ? capacity : journal->count + count;
    vt_rename_move *moves = realloc(journal->moves, capacity * sizeof *moves);
    if (moves) {
        journal->moves = moves;
        journal->capacity = capacity;
    }
    return moves != NULL;
}

bool vt_rename_journal_push(vt_rename_journal *journal, const char *from, const char *to, bool certain)
{
    vt_rename_move move = {strdup(from), strdup(to), certain, false};
    if (!move.from || !move.to || !vt_rename_journal_reserve(journal, 1)) {
        free(move.from);
        free(move.to);
        return false;
    }
    journal->moves[journal->count++] = move;
    return true;
}

bool vt_rename_journal_add(vt_rename_journal *journal, const vt_rename_step *step, vt_error *error)
{
    return vt_rename_journal_push(journal, step->from, step->to, step->certain) ||
           vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
}

size_t vt_rename_journal_count(const vt_rename_journal *journal)
{
    return journal->count;
}

vt_rename_step vt_rename_journal_at(const vt_rename_journal *journal, size_t at)
{
    const vt_rename_move *move = &journal->moves[at];
    return (vt_rename_step){move->from, move->to, move->certain};
}

/* Keeps the moves that are marked as `done`, and frees the others. */
static void keep_done(vt_rename_journal *journal, bool done)
{
    size_t kept = 0;
    for (size_t i = 0; i < journal->count; i++) {
        vt_rename_move move = journal->moves[i];
        journal->moves[i] = (vt_rename_move){0};
        if (move.done == done) {
            journal->moves[kept++] = move;
        } else {
            free(move.from);
            free(move.to);
        }
    }
    journal->count = kept;
}

/* Hands all moves over to `to`, which has room for them. */
static void hand_over(vt_rename_journal *from, vt_rename_journal *to)
{
    if (from->count > 0) {
        memcpy(to->moves + to->count, from->moves, from->count * sizeof *from->moves);
    }
    to->count += from->count;
    from->count = 0;
}

static bool do_move(vt_rename_move *move, vt_rename_note note, void *user, vt_error *error)
{
    const vt_rename_step step = {move->from, move->to, true};
    if (note && !note(user, VT_RENAME_BEFORE, &step, error)) {
        return false;
    }
    int reason = vt_move(AT_FDCWD, move->from, AT_FDCWD, move->to);
    if (reason) {
        return vt_move_fault(error, reason, "rename", move->from, move->to);
    }
    move->done = true;
    return !note || note(user, VT_RENAME_AFTER, &step, error);
}

static void take_back(vt_rename_move *move, vt_rename_note note, void *user)
{
    const vt_rename_step step = {move->to, move->from, true};
    if (note) {
        note(user, VT_RENAME_BEFORE, &step, NULL);
    }
    move->done = vt_move(AT_FDCWD, move->to, AT_FDCWD, move->from) != 0;
    if (note && !move->done) {
        note(user, VT_RENAME_AFTER, &step, NULL);
    }
}

/* One fault, one message: the failure, and what it left behind. */
static void tell_what_stays(vt_error *error, size_t count, const vt_rename_move *first)
{
    if (error) {
        vt_error before = *error;
        char *shown = vt_path_display(first->to);
        vt_error_set(error, before.code, "%zu renamed files could not be taken back, the first is %s: %s",
                     count, shown ? shown : "in the journal", before.message);
        error->system = before.system;
        free(shown);
    }
}

/* Does all, or takes back what it did. Moves that could not be taken back are `done` after a failure. */
static bool run(vt_rename_journal *moves, vt_rename_note note, void *user, vt_error *error)
{
    size_t at = 0;
    while (at < moves->count && do_move(&moves->moves[at], note, user, error)) {
        at++;
    }
    if (at == moves->count) {
        return true;
    }
    size_t stay = 0;
    const vt_rename_move *first = NULL;
    for (at++; at > 0; at--) {
        vt_rename_move *move = &moves->moves[at - 1];
        if (move->done) {
            take_back(move, note, user);
        }
        stay += move->done;
        first = move->done ? move : first;
    }
    if (stay > 0) {
        tell_what_stays(error, stay, first);
    }
    return false;
}

static bool may_be_carried_out(const vt_rename_plan *plan, vt_error *error)
{
    if (!plan->checked) {
        return vt_error_set(error, VT_ERROR_USAGE, "the plan was not checked after its last change");
    }
    for (size_t i = 0; i < plan->count; i++) {
        const vt_rename_item *item = &plan->entries[i];
        if (item->problem != VT_RENAME_FINE && item->problem != VT_RENAME_UNCHANGED) {
            char *old = vt_path_display(item->old_path);
            char *new = vt_path_display(item->new_name);
            vt_error_set(error, VT_ERROR_USAGE, "cannot rename %s to '%s': %s; change the new name",
                         old ? old : "a file", new ? new : "", vt_rename_problem_text(item->problem));
            free(old);
            free(new);
            return false;
        }
    }
    return true;
}

bool vt_rename_carry_out(const vt_rename_plan *plan, vt_rename_journal *journal, vt_rename_note note,
                         void *user, vt_error *error)
{
    vt_rename_journal moves = {0};
    bool done = may_be_carried_out(plan, error) && vt_rename_order(plan, &moves, error);
    /* Room is made before anything is moved: what was done can be noted in any case. */
    if (done && !vt_rename_journal_reserve(journal, moves.count)) {
        done = vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    if (done) {
        done = run(&moves, note, user, error);
        keep_done(&moves, true);
        hand_over(&moves, journal);
    }
    empty(&moves);
    free(moves.moves);
    return done;
}

bool vt_rename_plan_order(const vt_rename_plan *plan, vt_rename_journal *journal, vt_error *error)
{
    return may_be_carried_out(plan, error) && vt_rename_order(plan, journal, error);
}

/* A step of which nobody knows whether it was done was not, if what it was to move is still there. */
static bool never_happened(const vt_rename_move *move)
{
    return !move->certain && vt_move_is_there(move->from) && !vt_move_is_there(move->to);
}

bool vt_rename_undo(vt_rename_journal *journal, vt_rename_note note, void *user, vt_error *error)
{
    vt_rename_journal moves = {0};
    bool done = true;
    for (size_t i = 0; i < journal->count; i++) {
        journal->moves[i].done = never_happened(&journal->moves[i]); /* here: nothing is left to undo */
    }
    keep_done(journal, false);
    for (size_t i = journal->count; done && i > 0; i--) {
        const vt_rename_move *move = &journal->moves[i - 1];
        done = vt_rename_journal_push(&moves, move->to, move->from, true) ||
               vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    if (done) {
        done = run(&moves, note, user, error);
        for (size_t i = 0; moves.moves && i < moves.count; i++) {
            journal->moves[i].done = moves.moves[moves.count - 1 - i].done;
        }
        keep_done(journal, false);
    }
    empty(&moves);
    free(moves.moves);
    return done;
}
