#include "parse_types.h"

#include <string.h>

const char *gen_keep(CXString string)
{
    char *copy = gen_text("%s", clang_getCString(string) ? clang_getCString(string) : "");
    clang_disposeString(string);
    return copy;
}

static const char *builtin_name(enum CXTypeKind kind)
{
    switch (kind) {
    case CXType_Bool:
        return "bool";
    case CXType_Char_S:
    case CXType_Char_U:
        return "char";
    case CXType_SChar:
        return "signed char";
    case CXType_UChar:
        return "unsigned char";
    case CXType_Char16:
        return "uint16_t";
    case CXType_Char32:
        return "uint32_t";
    case CXType_Short:
        return "short";
    case CXType_UShort:
        return "unsigned short";
    case CXType_Int:
        return "int";
    case CXType_UInt:
        return "unsigned";
    case CXType_Long:
        return "long";
    case CXType_ULong:
        return "unsigned long";
    case CXType_LongLong:
        return "long long";
    case CXType_ULongLong:
        return "unsigned long long";
    case CXType_Float:
        return "float";
    case CXType_Double:
        return "double";
    default:
        return NULL;
    }
}

const char *gen_enum_name(CXCursor declaration)
{
    CXCursor parent = clang_getCursorSemanticParent(declaration);
    const char *own = gen_keep(clang_getCursorSpelling(declaration));
    const char *scope = gen_keep(clang_getCursorSpelling(parent));
    return *scope ? gen_text("%s_%s", scope, own) : own;
}

const char *gen_enum_type(CXCursor declaration)
{
    return builtin_name(clang_getCanonicalType(clang_getEnumDeclIntegerType(declaration)).kind);
}

static void classify_record(const gen_model *model, CXType canonical, gen_type *type)
{
    CXCursor declaration = clang_getTypeDeclaration(canonical);
    const char *name = gen_keep(clang_getCursorSpelling(declaration));
    if (clang_Type_getNumTemplateArguments(canonical) > 0) {
        if (strcmp(name, "QFlags") == 0) {
            type->kind = GEN_FLAGS;
            CXType inner = clang_getCanonicalType(clang_Type_getTemplateArgumentAsType(canonical, 0));
            type->c = gen_enum_name(clang_getTypeDeclaration(inner));
            return;
        }
        if (strcmp(name, "QList") == 0) {
            type->kind = GEN_LIST;
            type->c = "QList";
            return;
        }
    }
    CXCursor parent = clang_getCursorSemanticParent(declaration);
    bool nested = parent.kind == CXCursor_ClassDecl || parent.kind == CXCursor_StructDecl;
    type->cls = nested ? NULL : gen_model_class(model, name);
    type->kind = type->cls ? GEN_CLASS : GEN_UNSUPPORTED;
    type->c = type->cls ? name : gen_keep(clang_getTypeSpelling(canonical));
}

gen_type gen_classify_type(const gen_model *model, CXType raw)
{
    gen_type type = {GEN_UNSUPPORTED, NULL, NULL, false, 0, false, false};
    CXType canonical = clang_getCanonicalType(raw);
    while (canonical.kind == CXType_Pointer || canonical.kind == CXType_LValueReference ||
           canonical.kind == CXType_RValueReference) {
        if (type.pointers == 0) {
            type.reference = canonical.kind == CXType_LValueReference;
            type.rvalue = canonical.kind == CXType_RValueReference;
        }
        type.pointers++;
        canonical = clang_getCanonicalType(clang_getPointeeType(canonical));
    }
    type.is_const = clang_isConstQualifiedType(canonical);
    if (type.pointers > 0 &&
        (canonical.kind == CXType_FunctionProto || canonical.kind == CXType_FunctionNoProto)) {
        type.kind = GEN_VOID; /* a pointer to a function crosses as void * */
        type.c = "void";
        type.reference = false;
        return type;
    }
    const char *builtin = builtin_name(canonical.kind);
    if (builtin) {
        type.kind = GEN_BUILTIN;
        type.c = builtin;
    } else if (canonical.kind == CXType_Void) {
        type.kind = GEN_VOID;
        type.c = "void";
    } else if (canonical.kind == CXType_Enum) {
        CXCursor declaration = clang_getTypeDeclaration(canonical);
        type.kind = GEN_ENUM;
        type.c = gen_enum_name(declaration);
        if (clang_Type_getSizeOf(canonical) != 4) {
            type.kind = GEN_BUILTIN;
            type.c = gen_enum_type(declaration);
        }
    } else if (canonical.kind == CXType_Record) {
        classify_record(model, canonical, &type);
    } else {
        type.c = gen_keep(clang_getTypeSpelling(canonical));
    }
    return type;
}
