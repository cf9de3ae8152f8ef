/* Web addresses: campaign parameters and domains out of URLs and e-mail addresses, as exports hold them. Nothing is
 * looked up and nothing allocated but in the buffer. */
#ifndef CRM_VALUE_WEB_ADDRESS_H
#define CRM_VALUE_WEB_ADDRESS_H

#include "base/buffer.h"

/* The value of a parameter ("utm_source") in a URL's query, or when it is not there, behind its "#": the first of that
 * name, with %XX decoded and "+" a blank, appended to out. Names are compared without case, and decoded; "&amp;" is
 * read as "&". 0 (the value may be empty); 1: there is none, or it is no UTF-8 or holds a control character, and out is
 * as it was; -1: out of memory. */
int web_parameter(struct slice url, struct slice name, struct buffer *out);

/* The domain of a URL, of a bare domain ("www.Example.com/about") or of an e-mail address, appended to out: in small
 * letters, without "www.", port, user and a point at the end; letters of any script stay as they are ("пример.рф"), and
 * so does punycode. 0; 1: there is none (no point in it, an IP address, a character that no domain has, a label of more
 * than 63 bytes, more than 253 in all), and out is as it was; -1: out of memory. */
int web_domain(struct slice address, struct buffer *out);

#endif
