#include "core/base/str.h"
#include "core/index/filter_private.h"
#include "core/index/fold.h"

#include <stdio.h>
#include <string.h>

const char *vt_span_excerpt(vt_span span, vt_excerpt text)
{
    enum { SHOWN = 40 };
    size_t length = span.length > SHOWN ? vt_utf8_cut(span.bytes, SHOWN) : span.length;
    vt_str shown = VT_STR_INIT;
    vt_str_append_display(&shown, span.bytes, length);
    /* A byte becomes three at most, so it fits. */
    (void)snprintf(text, sizeof(vt_excerpt), "%s%s", shown.data, length < span.length ? "..." : "");
    vt_str_free(&shown);
    return text;
}

bool vt_span_equals(vt_span span, const char *text)
{
    return span.length == strlen(text) && memcmp(span.bytes, text, span.length) == 0;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool ends_word(char c)
{
    return is_blank(c) || c == '(' || c == ')' || c == '"';
}

static bool starts_with(const vt_lexer *lexer, size_t at, const char *what)
{
    size_t length = strlen(what);
    return lexer->text.length - at >= length && memcmp(lexer->text.bytes + at, what, length) == 0;
}

/* How long the comparison at `at` is, 0 if there is none. */
static size_t read_compare(const vt_lexer *lexer, size_t at, vt_compare *compare)
{
    /* Longer ones first: "<" is the start of "<=". */
    static const struct {
        const char *text;
        vt_compare compare;
    } compares[] = {
        {"!=", VT_COMPARE_UNEQUAL}, {"<=", VT_COMPARE_AT_MOST}, {">=", VT_COMPARE_AT_LEAST},
        {"<", VT_COMPARE_LESS},     {">", VT_COMPARE_GREATER},  {":", VT_COMPARE_EQUAL},
        {"=", VT_COMPARE_EQUAL},
    };
    for (size_t i = 0; i < sizeof compares / sizeof compares[0]; i++) {
        if (starts_with(lexer, at, compares[i].text)) {
            *compare = compares[i].compare;
            return strlen(compares[i].text);
        }
    }
    return 0;
}

static bool fail(vt_lexer *lexer, size_t position, vt_error *error, const char *message)
{
    lexer->error_position = position;
    return vt_error_set(error, VT_ERROR_USAGE, "%s", message);
}

static bool read_quoted(vt_lexer *lexer, vt_span *value, vt_error *error)
{
    size_t start = lexer->at++;
    char *to = lexer->buffer + lexer->used;
    size_t length = 0;
    for (; lexer->at < lexer->text.length; lexer->at++) {
        char c = lexer->text.bytes[lexer->at];
        if (c == '"') {
            lexer->at++;
            vt_fold(to, to, length);
            lexer->used += length;
            *value = (vt_span){to, length};
            return true;
        }
        if (c == '\\' && starts_with(lexer, lexer->at, "\\\"")) {
            c = '"';
            lexer->at++;
        }
        to[length++] = c;
    }
    return fail(lexer, start, error, "the quote that opens here is not closed: add \" at its end");
}

static void read_bare(vt_lexer *lexer, vt_span *value)
{
    size_t start = lexer->at;
    while (lexer->at < lexer->text.length && !ends_word(lexer->text.bytes[lexer->at])) {
        lexer->at++;
    }
    char *to = lexer->buffer + lexer->used;
    *value = (vt_span){to, lexer->at - start};
    vt_fold(to, lexer->text.bytes + start, value->length);
    lexer->used += value->length;
}

static bool read_value(vt_lexer *lexer, vt_span *value, vt_error *error)
{
    if (lexer->at < lexer->text.length && lexer->text.bytes[lexer->at] == '"') {
        return read_quoted(lexer, value, error);
    }
    read_bare(lexer, value);
    return true;
}

/* A word, or letters, a comparison and a value. */
static bool read_term(vt_lexer *lexer, vt_token *token, vt_error *error)
{
    size_t start = lexer->at;
    size_t letters = 0;
    while (start + letters < lexer->text.length && is_letter(lexer->text.bytes[start + letters])) {
        letters++;
    }
    size_t compare = read_compare(lexer, start + letters, &token->compare);
    if (compare == 0) {
        token->kind = VT_TOKEN_WORD;
        bool quoted = lexer->text.bytes[start] == '"';
        if (!read_value(lexer, &token->value, error)) {
            return false;
        }
        token->quoted = quoted;
        if (!quoted && vt_span_equals(token->value, "or")) {
            token->kind = VT_TOKEN_OR;
        }
        return true;
    }
    if (letters == 0) {
        return fail(lexer, start, error,
                    "a comparison needs its field right before it, without a space: width>4000");
    }
    token->kind = VT_TOKEN_FIELD;
    token->field = (vt_span){lexer->text.bytes + start, letters};
    lexer->at += letters + compare;
    token->value_position = lexer->at;
    bool quoted = lexer->at < lexer->text.length && lexer->text.bytes[lexer->at] == '"';
    if (!read_value(lexer, &token->value, error)) {
        return false;
    }
    token->quoted = quoted;
    token->missing = token->value.length == 0 && !quoted;
    return true;
}

bool vt_lexer_next(vt_lexer *lexer, vt_token *token, vt_error *error)
{
    while (lexer->at < lexer->text.length && is_blank(lexer->text.bytes[lexer->at])) {
        lexer->at++;
    }
    *token = (vt_token){.kind = VT_TOKEN_END, .position = lexer->at};
    if (lexer->at == lexer->text.length) {
        return true;
    }
    switch (lexer->text.bytes[lexer->at]) {
    case '(':
        token->kind = VT_TOKEN_OPEN;
        break;
    case ')':
        token->kind = VT_TOKEN_CLOSE;
        break;
    case '-':
        token->kind = VT_TOKEN_NOT;
        break;
    default:
        return read_term(lexer, token, error);
    }
    lexer->at++;
    return true;
}
