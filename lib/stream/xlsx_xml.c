/* XML by libxml2's SAX2 interface. The parser pulls bytes through a callback, so that whoever reads them can fail with
 * an error of its own. */
#include "stream/xlsx_xml.h"

#include <limits.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include "stream/xml_memory.h"

struct parse {
    const struct xml_handlers *handlers;
    void *context;
    byte_read *read;
    void *read_context;
    struct error *err;
    xmlParserCtxtPtr parser;
    int depth;
    bool failed;    /* err is filled */
    bool no_memory; /* said by libxml2, whatever it says after that */
};

struct slice xml_attribute(const struct xml_attributes *attributes, const char *name)
{
    enum { LOCAL_NAME, PREFIX, URI, VALUE, VALUE_END, PARTS };

    for (int i = 0; i < attributes->count; i++) {
        const unsigned char **parts = attributes->values + (size_t)i * PARTS;
        if (strcmp((const char *)parts[LOCAL_NAME], name) == 0)
            return (struct slice){(const char *)parts[VALUE], (size_t)(parts[VALUE_END] - parts[VALUE])};
    }
    return (struct slice){NULL, 0};
}

static void fail(struct parse *parse)
{
    parse->failed = true;
    xmlStopParser(parse->parser);
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespaces,
                     const xmlChar **namespace_list, int attributes, int defaulted, const xmlChar **values)
{
    struct parse *parse = context;
    struct xml_attributes list = {values, attributes};

    (void)prefix, (void)uri, (void)namespaces, (void)namespace_list, (void)defaulted;
    if (parse->failed)
        return;
    if (++parse->depth > XML_DEPTH) {
        error_set(parse->err, STATUS_DATA, "elements are nested more than %d deep", XML_DEPTH);
        fail(parse);
    } else if (parse->handlers->start &&
               parse->handlers->start(parse->context, (const char *)name, &list, parse->err)) {
        fail(parse);
    }
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct parse *parse = context;

    (void)prefix, (void)uri;
    if (parse->failed)
        return;
    parse->depth--;
    if (parse->handlers->end && parse->handlers->end(parse->context, (const char *)name, parse->err))
        fail(parse);
}

static void on_text(void *context, const xmlChar *text, int len)
{
    struct parse *parse = context;

    if (!parse->failed && parse->handlers->text &&
        parse->handlers->text(parse->context, (struct slice){(const char *)text, (size_t)len}, parse->err))
        fail(parse);
}

static void on_doctype(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    struct parse *parse = context;

    (void)name, (void)external, (void)system;
    if (parse->failed)
        return;
    error_set(parse->err, STATUS_DATA, "a document type definition is not accepted");
    fail(parse);
}

/* Keeps libxml2 from printing; what is wrong is asked when the parse is over. */
static void on_error(void *context, xmlErrorPtr error)
{
    struct parse *parse = context;

    parse->no_memory |= error && error->code == XML_ERR_NO_MEMORY;
}

/* However few bytes a read gives, the parser gets all it asks for: what it says of damage may depend on it. */
static int on_read(void *context, char *to, int size)
{
    struct parse *parse = context;
    int used = 0;

    if (parse->failed)
        return -1;
    while (used < size) {
        ssize_t got = parse->read(parse->read_context, to + used, (size_t)(size - used), parse->err);
        if (got <= 0) {
            parse->failed = got < 0;
            break;
        }
        used += (int)got;
    }
    return parse->failed ? -1 : used;
}

/* What is behind the last element was not asked for by the parser, yet its end may hold an error. */
static int drain(struct parse *parse)
{
    char block[4096];
    ssize_t got;

    do
        got = parse->read(parse->read_context, block, sizeof block, parse->err);
    while (got > 0);
    return (int)got;
}

static int parse_document(struct parse *parse)
{
    struct error *err = parse->err;

    xmlCtxtUseOptions(parse->parser, XML_PARSE_NOENT | XML_PARSE_NONET);
    int status = xmlParseDocument(parse->parser);
    const xmlError *error = xmlCtxtGetLastError(parse->parser);
    if (parse->failed)
        return -1;
    if (parse->no_memory || xml_memory_failed())
        return error_memory(err);
    if (status || !parse->parser->wellFormed) {
        bool told = error && error->message && !quote_hides_values(); /* it may quote the text */
        const char *text = told ? error->message : "not well-formed";
        return error_set(err, STATUS_DATA, "the XML is damaged at line %d: %.*s", error ? error->line : 0,
                         (int)strcspn(text, "\n"), text);
    }
    return drain(parse);
}

int xml_parse(const struct xml_handlers *handlers, void *context, byte_read *read, void *read_context,
              struct error *err)
{
    struct parse parse = {handlers, context, read, read_context, err, NULL, 0, false, false};
    xmlSAXHandler sax = {
        .initialized = XML_SAX2_MAGIC,
        .startElementNs = on_start,
        .endElementNs = on_end,
        .characters = on_text,
        .cdataBlock = on_text,
        .ignorableWhitespace = on_text,
        .internalSubset = on_doctype,
        .serror = on_error,
    };
    xmlStructuredErrorFunc old_function = xmlStructuredError;
    void *old_context = xmlStructuredErrorContext;
    int status = -1;

    xmlSetStructuredErrorFunc(&parse, on_error); /* of this thread */
    xml_memory_watch();
    parse.parser = xmlCreateIOParserCtxt(&sax, &parse, on_read, NULL, &parse, XML_CHAR_ENCODING_NONE);
    if (parse.parser) {
        status = parse_document(&parse);
        if (parse.parser->myDoc)
            xmlFreeDoc(parse.parser->myDoc);
        parse.parser->myDoc = NULL;
        xmlFreeParserCtxt(parse.parser);
    } else if (!parse.failed) {
        error_memory(err);
    }
    xmlSetStructuredErrorFunc(old_context, old_function);
    return status;
}
