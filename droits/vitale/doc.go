// Package vitale reads the XML that a Vitale card reader gives (API Lecture
// 6.xx) and makes an acquisition of rights for each beneficiary of the card.
//
// Only the tags that billing uses are read. What the published texts do not
// say is read with tolerance: the names of the elements that hold the
// beneficiaries and the periods, and how an organisme is written.
//
// Texts of exemptions are for a person to read: they are kept as they stand
// and come with suggestions, never with a right. A birth date of six digits
// keeps its century unknown.
package vitale
