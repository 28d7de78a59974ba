// Package fixedwidth holds what any fixed-width text format needs and no
// domain does: which characters a column takes, how a number fills a zone,
// whether zones cover a line without hole or overlap, and lines read from a
// stream within bounded memory, their ends remembered.
package fixedwidth
