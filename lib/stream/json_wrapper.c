/* JSON wrappers: from one array of records to the next, member by member. */
#include "stream/json_wrapper.h"

#include <string.h>

void json_wrapper_fini(struct json_wrapper *wrapper)
{
    json_path_free(wrapper->path);
    buffer_fini(&wrapper->first);
    *wrapper = (struct json_wrapper){0};
}

/* A member of a wrapper. */
struct member {
    struct slice name; /* as written */
    bool escaped;
    const char *value;  /* where it begins */
    const char *behind; /* where it ends, when it was asked for */
    uint64_t lines;
};

/* Scans the member that begins here, reading on as far as it needs: up to the first byte of its value, or with
 * `whole` to its end. 1, 0 with *reason, or -1. */
static int scan_member(struct json_input *input, bool whole, struct member *member, const char **reason,
                       struct error *err)
{
    for (int more = 1;;) {
        struct slice text = json_input_rest(input);
        struct json_scan scan = {.end = text.ptr + (text.len < RECORD_LIMIT ? text.len : RECORD_LIMIT)};
        enum field_kind kind;
        const char *p = json_scan_name(&scan, text.ptr, &member->name);
        member->escaped = scan.escaped;
        member->value = p;
        member->lines = scan.lines;
        if (p && p < scan.end && !whole)
            return 1;
        if (p && whole)
            p = json_scan_value(&scan, p, &kind);
        if (p && whole) {
            member->behind = p;
            member->lines = scan.lines;
            return 1;
        }
        *reason = scan.reason;
        if (!p && scan.reason)
            return 0;
        *reason = "a member of the object around the records is longer than 16 MiB";
        if (text.len >= RECORD_LIMIT)
            return 0;
        *reason = "the input ends inside the object around the records (is it cut off?)";
        if (more == 0)
            return 0;
        more = json_input_more(input, err);
        if (more < 0)
            return -1;
    }
}

static void advance(struct json_input *input, const char *to, uint64_t lines)
{
    input->at += (size_t)(to - json_input_rest(input).ptr);
    input->line += lines;
}

/* Whether the member is on the path. 1, 0, or -1 out of memory. */
static int is_step(const struct json_wrapper *wrapper, const struct member *member)
{
    struct slice wanted = wrapper->path->steps[wrapper->level - 1].name;
    struct buffer decoded;

    if (!member->escaped)
        return slice_equal(member->name, wanted);
    buffer_init(&decoded);
    int same = json_decode(member->name, &decoded) ? -1 : slice_equal(buffer_slice(&decoded), wanted);
    buffer_fini(&decoded);
    return same;
}

/* At a member: into it, or past it. *step is set when records are reached. 1, 0 with *reason, or -1. */
static int take_member(struct json_wrapper *wrapper, struct json_input *input, bool *reached, enum wrapper_step *step,
                       const char **reason, struct error *err)
{
    struct member member;
    int result = scan_member(input, false, &member, reason, err);

    if (result <= 0)
        return result;
    int same = is_step(wrapper, &member);
    if (same < 0)
        return error_memory(err);
    bool last = wrapper->level == wrapper->path->count;
    char c = *member.value;
    if (same && !last && c == '{') {
        advance(input, member.value + 1, member.lines);
        wrapper->level++;
        wrapper->behind = false;
        return 1;
    }
    if (same && last && (c == '[' || c == '{')) {
        advance(input, member.value + (c == '['), member.lines);
        wrapper->found = wrapper->behind = *reached = true;
        *step = c == '[' ? WRAPPER_ARRAY : WRAPPER_OBJECT;
        return 1;
    }
    if (same && c != 'n') {
        *reason = "an array of records expected here";
        return 0;
    }
    wrapper->found = wrapper->found || same;
    result = scan_member(input, true, &member, reason, err);
    if (result > 0)
        advance(input, member.behind, member.lines);
    wrapper->behind = true;
    return result;
}

/* Between wrappers. 1, 0 with *reason, or -1. */
static int open_wrapper(struct json_wrapper *wrapper, struct json_input *input, const char **reason, struct error *err)
{
    struct member member;

    *reason = "an object with the records in it expected";
    if (*json_input_rest(input).ptr != '{')
        return 0;
    input->at++;
    wrapper->level = 1;
    wrapper->behind = wrapper->found = false;
    if (wrapper->started)
        return 1;
    wrapper->started = true;
    int more = json_input_skip_blank(input, err);
    if (more <= 0 || *json_input_rest(input).ptr != '"')
        return more < 0 ? -1 : 1; /* found out when the member is taken */
    more = scan_member(input, false, &member, reason, err);
    if (more > 0 && buffer_append(&wrapper->first, member.name))
        return error_memory(err);
    return more < 0 ? -1 : 1;
}

enum wrapper_step json_wrapper_next(struct json_wrapper *wrapper, struct json_input *input, const char **reason,
                                    struct error *err)
{
    enum wrapper_step step = WRAPPER_BAD;

    for (bool reached = false, comma = false; !reached;) {
        int more = json_input_skip_blank(input, err);
        if (more == 0 && wrapper->level == 0)
            return WRAPPER_END;
        *reason = "the object around the records is not closed (is the input cut off?)";
        if (more == 0)
            return WRAPPER_BAD;
        char c = more < 0 ? '\0' : *json_input_rest(input).ptr;
        if (more > 0 && wrapper->level == 0) {
            more = open_wrapper(wrapper, input, reason, err);
        } else if (more > 0 && c == '}' && !comma) {
            input->at++;
            wrapper->behind = true;
            wrapper->level--;
            if (wrapper->level == 0 && !wrapper->found)
                return WRAPPER_LACKS;
        } else if (more > 0 && wrapper->behind && !comma) {
            *reason = "',' or '}' expected in the object around the records";
            more = comma = c == ',';
            input->at += comma;
        } else if (more > 0) {
            comma = false;
            more = take_member(wrapper, input, &reached, &step, reason, err);
        }
        if (more <= 0)
            return more < 0 ? WRAPPER_FAILED : WRAPPER_BAD;
    }
    return step;
}

int json_wrapper_resembles(const struct json_wrapper *wrapper, struct json_input *input, struct error *err)
{
    struct slice first = buffer_slice(&wrapper->first);

    for (int more = 1;;) {
        struct slice text = json_input_rest(input);
        struct json_scan scan = {.end = text.ptr + (text.len < RECORD_LIMIT ? text.len : RECORD_LIMIT)};
        struct slice name;
        const char *p = json_skip_blank(&scan, text.ptr + 1);
        if (p < scan.end && *p != '"')
            return 0;
        if (p < scan.end && json_scan_name(&scan, p, &name))
            return slice_equal(name, first);
        if (scan.reason || more == 0 || text.len >= RECORD_LIMIT)
            return 0;
        more = json_input_more(input, err);
        if (more < 0)
            return -1;
    }
}
