/* The style of the page. Sides are start and end, not left and right, so that it turns with the language. */
#include "report/canvas_svg.h"
#include "report/page.h"

static const char *const rules =
    ":root{--text:#1b1f24;--muted:#57606a;--line:#d8dee4;--paper:#fff;--band:#f5f7f9;--link:#0b5cad}\n"
    "@media screen and (prefers-color-scheme:dark){:root{--text:#e6edf3;--muted:#9aa5b1;--line:#343b44;"
    "--paper:#12161b;--band:#1a2027;--link:#79b8ff}}\n"
    "*{box-sizing:border-box}\n"
    "html{color-scheme:light dark;-webkit-text-size-adjust:100%}\n"
    "body{margin:0 auto;padding:1.5rem 1rem 3rem;max-width:56rem;background:var(--paper);color:var(--text);"
    "font:16px/1.5 system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",sans-serif}\n"
    "h1{font-size:1.75rem;line-height:1.25;margin:0 0 .25rem}\n"
    "h2{font-size:1.3rem;line-height:1.3;margin:0 0 .25rem}\n"
    "h1,h2,p,li,figcaption{overflow-wrap:anywhere}td,th{overflow-wrap:break-word}\n"
    "a{color:var(--link)}\n"
    ".muted,.source{color:var(--muted);font-size:.875rem}\n"
    ".key{margin:.25rem 0 .75rem}\n"
    "nav ul{margin:.75rem 0 0;padding:0;list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}\n"
    "section{margin-top:2rem;padding-top:1.25rem;border-top:1px solid var(--line)}\n"
    "figure{margin:1rem 0 1.25rem;break-inside:avoid}\n"
    "figcaption{font-weight:600;margin-bottom:.5rem}\n"
    "svg{display:block;width:100%;height:auto;max-width:56rem;font-family:inherit}\n"
    "svg text{unicode-bidi:plaintext}\n"
    ".phone{display:none}\n"
    ".scroll{overflow-x:auto}\n"
    "table{border-collapse:collapse;font-size:.875rem;line-height:1.35}\n"
    "th,td{padding:.3rem .6rem;border-bottom:1px solid var(--line);text-align:start;vertical-align:top}\n"
    "thead th{color:var(--muted);font-weight:600;vertical-align:bottom}\n"
    "tbody th{font-weight:400}\n"
    "tbody tr:nth-child(even){background:var(--band)}\n"
    ".n{text-align:end;font-variant-numeric:tabular-nums}\n"
    "tbody .n{white-space:nowrap}\n"
    "td.n{direction:ltr;unicode-bidi:isolate;text-align:right}\n"
    "html[dir=rtl] :is(h1,h2,p,figcaption,th,td){text-align:right}\n"
    "html[dir=ltr] :is(h1,h2,p,figcaption,th:not(.n),td:not(.n)){text-align:left}\n"
    "td,tbody th{max-width:22rem;min-width:2.5rem}\n"
    "details{margin:.5rem 0}\n"
    "summary{cursor:pointer;color:var(--link)}\n"
    "details[open] summary{margin-bottom:.5rem}\n"
    "@media screen and (max-width:34rem){body{padding:1rem .75rem 2rem}h1{font-size:1.4rem}.wide{display:none}"
    ".phone{display:block}}\n"
    "@media print{@page{margin:15mm}body{max-width:none;padding:0;font-size:11pt}section{break-before:auto}"
    "h2,.key{break-after:avoid}tr,figure{break-inside:avoid}thead{display:table-header-group}nav,summary{display:none}"
    ".scroll{overflow:visible}details::details-content{content-visibility:visible;block-size:auto}"
    "table{font-size:8.5pt}th,td{padding:.15rem .35rem}svg{max-width:100%}}\n";

void page_style(struct markup *out)
{
    markup_raw(out, "<style>\n");
    markup_raw(out, rules);
    canvas_svg_style(out);
    markup_raw(out, "</style>\n");
}
