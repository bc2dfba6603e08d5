// Decides which HTML the page may parse. All HTML that the program writes passes here, and what
// comes from elsewhere was escaped before.
//
// HTML passes unchanged if it consists of nothing but text, the four character references below,
// and the tags below, in lower case, with the attributes below, each in double quotes or without
// a value. An href has to be https, http, mailto, or an address without a scheme. If one
// character of it is something else, the result is empty: a handler, src, style, a comment, or a
// character reference that hides a scheme.
{
  const tags =
    "a|bdi|button|code|d[dlt]|details|div|fieldset|footer|form|h[1-6]|header|input|label|legend" +
    "|li|main|nav|ol|option|p|path|pre|rect|section|span|strong|summary|svg|ul|use";
  const names =
    "aria-[a-z]+|auto(?:capitalize|complete)|checked|class|d|dir|enterkeyhint|for|height|hidden" +
    "|id|inputmode|lang|method|name|novalidate|rel|role|rx|selected|spellcheck|tabindex|target" +
    "|type|value|viewBox|width";
  const reference = "&(?:amp|lt|gt|quot);";
  const value = `(?:[^"<&]|${reference})*"`;
  // What has a colon before the first / ? or # has a scheme.
  const address = '(?:[Hh][Tt][Tt][Pp][Ss]?:|[Mm][Aa][Ii][Ll][Tt][Oo]:|(?![^"/?#]*:))';
  const attribute = ` (?:(?:${names})(?:="${value})?|href="${address}${value})`;
  const known = `[^<&]+|${reference}|</(?:${tags})>|<(?:${tags})(?:${attribute})* ?/?>`;

  globalThis.trustedTypes?.createPolicy("default", {
    createHTML: (html) => (html.replace(new RegExp(known, "g"), "") ? "" : html),
  });
}
