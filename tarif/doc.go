// Package tarif holds dated catalogues of prices, dated lists of codes, and the
// places where the billing rules round.
//
// A Catalogue answers one question: what is the price of this code, in this
// sector and zone, for care of this day, as known at that date? Arrêtés are
// sometimes published after the care that they price, so every row carries the
// day from which it is known, and a later row wins over an earlier one.
// A price that nobody loaded is a TarifNonCharge, never zero.
//
// Officiels holds the prices that are public and sourced. Everything else is
// loaded from a file of the editor: see Load for its format.
package tarif
