// Package xmlguard is the one gate for inbound XML. [Parse] and [Lit] accept
// the part of XML 1.0 with namespaces that a teleservice message needs (UTF-8,
// elements, attributes, text, CDATA, comments) and refuse the rest before it
// costs anything: DOCTYPE, entities of one's own, processing instructions,
// other encodings, names that parsers read differently, and documents beyond
// [Limites]. What comes out is an etree document with resolved references.
//
// Reading goes through [Nom], [Enfant], [Exige], [Enfants], [Attribut] and
// [Texte], which look at namespaces and refuse ambiguity: a comment inside a
// value, an element that stands twice.
//
// Errors are *simphonie.Erreur with a code XML-…, line and column, and never
// anything of the document itself.
package xmlguard
